//! Credentials, and which operations take which.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::model::{Auth, Profile, Scheme, Security};

use super::change::{ChangeKind, Consequence, Subject};
use super::operations::{Call, route};
use super::pairs::{Pairs, pair};
use super::{ChangeText, Comparison};

impl Comparison<'_> {
    /// Compares the credentials that a client is made with.
    pub(super) fn credentials(&mut self) {
        let (old, new) = (&self.old.api.profile, &self.new.api.profile);
        let pairs = same(old, new);
        for (was, is) in &pairs.both {
            if was.name != is.name {
                let (before, after) = (&was.name, &is.name);
                self.about_credential(
                    ChangeKind::Renamed,
                    is,
                    format!("the credential `{before}` is renamed to `{after}`"),
                    Consequence::breaking(format!(
                        "`ClientBuilder::{before}` is `{after}`, and `Client::set_{before}` is `set_{after}`"
                    )),
                    Consequence::none(),
                );
            }
            self.credential(was, is);
        }
        for is in &pairs.added {
            self.about_credential(
                ChangeKind::Added,
                is,
                format!(
                    "the credential `{}` was added, sent {}",
                    is.name,
                    place(&is.auth)
                ),
                Consequence::additive(format!("`ClientBuilder::{}`", is.name)),
                Consequence::none(),
            );
        }
        for was in &pairs.gone {
            self.about_credential(
                ChangeKind::Removed,
                was,
                format!("the credential `{}` was removed", was.name),
                Consequence::breaking(format!(
                    "`ClientBuilder::{0}` and `Client::set_{0}` were removed",
                    was.name
                )),
                Consequence::none(),
            );
        }
        self.constructor(old, new);
    }

    fn credential(&mut self, was: &Scheme, is: &Scheme) {
        if was.auth != is.auth {
            let takes_two = |auth: &Auth| *auth == Auth::Basic;
            let rust = if takes_two(&was.auth) == takes_two(&is.auth) {
                Consequence::none()
            } else {
                Consequence::breaking(format!(
                    "`ClientBuilder::{}` takes other arguments",
                    is.name
                ))
            };
            self.about_credential(
                ChangeKind::Changed,
                is,
                format!(
                    "the credential `{}` is sent {} instead of {}",
                    is.name,
                    place(&is.auth),
                    place(&was.auth)
                ),
                rust,
                Consequence::breaking("existing clients send it in the old place"),
            );
        }
        if was.env != is.env {
            let what = format!("credential `{}`", is.name);
            self.variable(&what, was.env.as_deref(), is.env.as_deref());
        }
    }

    /// What `Client::new` takes.
    fn constructor(&mut self, old: &Profile, new: &Profile) {
        let usual = |profile: &Profile| match profile.usual().as_slice() {
            [one] => Some((one.name.clone(), one.auth == Auth::Basic)),
            _ => None,
        };
        let is_new_there = |profile: &Profile| {
            profile.default_url().is_some()
                && (usual(profile).is_some() || profile.schemes.is_empty())
        };
        if is_new_there(old)
            && (!is_new_there(new) || usual(old).map(|it| it.1) != usual(new).map(|it| it.1))
        {
            self.about_crate(
                ChangeKind::Changed,
                "a client is created with other credentials".to_owned(),
                Consequence::breaking("`Client::new` takes other arguments, or was removed"),
            );
        }
    }

    /// What operations take, by the names of the credentials: what holds for several is told once.
    pub(super) fn security(&mut self, pairs: &Pairs<'_, '_, Call<'_>, Call<'_>>) {
        let (old_profile, new_profile) = (&self.old.api.profile, &self.new.api.profile);
        let both = same(old_profile, new_profile).both;
        // What has another name or another place has it for all operations, and is told once.
        let now: HashMap<&str, &str> = both
            .iter()
            .map(|(was, is)| (was.name.as_str(), is.name.as_str()))
            .collect();
        let sets = |profile: &Profile, security: &Security, is_old: bool| -> Sets {
            let sets = security.iter().map(|set| {
                let schemes = set.iter().filter_map(|&index| profile.schemes.get(index));
                schemes
                    .map(|it| (it.name.to_string(), identity(it, &now, is_old)))
                    .collect()
            });
            sets.collect()
        };
        let mut changed: IndexMap<(Sets, Sets), Vec<(Call<'_>, Call<'_>)>> = IndexMap::new();
        for (old, new) in &pairs.both {
            let before = sets(old_profile, &old.1.security, true);
            let after = sets(new_profile, &new.1.security, false);
            if identities(&before) != identities(&after) {
                changed
                    .entry((before, after))
                    .or_default()
                    .push((**old, **new));
            }
        }
        for ((before, after), calls) in changed {
            let what = format!("{} instead of {}", shown(&after), shown(&before));
            let takes = |set: &[(String, String)]| {
                let mut all = after.iter();
                all.any(|it| identities_of(it) == identities_of(set))
            };
            let is_kept = before.iter().all(|set| takes(set)) && !before.is_empty();
            let wire = if is_kept || after.is_empty() || after.iter().any(Vec::is_empty) {
                Consequence::none()
            } else {
                Consequence::breaking("the credentials of existing clients may not be sufficient")
            };
            let (old, new) = calls[0];
            let (name, text) = match calls.len() {
                1 => (route(new.1), format!("`{}` requires {what}", route(new.1))),
                many => (
                    "security".to_owned(),
                    format!("{many} operations require {what}"),
                ),
            };
            let change = ChangeText::new(ChangeKind::Changed, Subject::Credential, &name, text)
                .old(self.old.operation(old.1))
                .new_at(self.new.operation(new.1));
            self.note(change, Consequence::none(), wire);
        }
    }

    fn about_credential(
        &mut self,
        kind: ChangeKind,
        scheme: &Scheme,
        text: String,
        rust: Consequence,
        wire: Consequence,
    ) {
        let place = "/components/securitySchemes".to_owned();
        let change = ChangeText::new(kind, Subject::Credential, scheme.name.as_str(), text)
            .old(self.old.existing(place.clone()))
            .new_at(self.new.existing(place));
        self.note(change, rust, wire);
    }
}

/// Where a credential goes.
fn place(auth: &Auth) -> String {
    match auth {
        Auth::Bearer => "as a bearer token".to_owned(),
        Auth::Basic => "as user name and password".to_owned(),
        Auth::Http(scheme) => format!("in `Authorization`, with the scheme `{scheme}`"),
        Auth::Header(name) => format!("in the header `{name}`"),
        Auth::Query(name) => format!("in the query parameter `{name}`"),
        Auth::Cookie(name) => format!("in the cookie `{name}`"),
    }
}

/// Which credential is which: by its name, by that of its scheme, and by where it goes.
fn same<'o, 'n>(old: &'o Profile, new: &'n Profile) -> Pairs<'o, 'n, Scheme, Scheme> {
    let name = |scheme: &Scheme| scheme.name.clone();
    let mut pairs = pair(&old.schemes, &new.schemes, name, name);
    // A method that takes other arguments isn't the same by another name.
    let key = |scheme: &Scheme| Some((scheme.key.clone(), scheme.auth == Auth::Basic));
    pairs.also(key, key);
    let auth = |scheme: &Scheme| Some(format!("{:?}", scheme.auth));
    pairs.also(auth, auth);
    pairs
}

/// What a credential is in both descriptions: its name now, where it has one.
fn identity(scheme: &Scheme, now: &HashMap<&str, &str>, is_old: bool) -> String {
    match now.get(scheme.name.as_str()) {
        Some(name) if is_old => (*name).to_owned(),
        None if is_old => format!("{} (old)", scheme.name),
        _ => scheme.name.to_string(),
    }
}

/// Sets of credentials: the name of each, and which one it is.
type Sets = Vec<Vec<(String, String)>>;

fn identities(sets: &Sets) -> Vec<Vec<&str>> {
    sets.iter().map(|set| identities_of(set)).collect()
}

fn identities_of(set: &[(String, String)]) -> Vec<&str> {
    let mut all: Vec<&str> = set.iter().map(|it| it.1.as_str()).collect();
    // The order of a set means nothing.
    all.sort_unstable();
    all
}

/// Sets of credentials, in words.
fn shown(sets: &[Vec<(String, String)>]) -> String {
    let sets = sets.iter().map(|set| match set.as_slice() {
        [] => "no credential".to_owned(),
        some => {
            let names: Vec<String> = some.iter().map(|it| format!("`{}`", it.0)).collect();
            names.join(" and ")
        }
    });
    let sets: Vec<String> = sets.collect();
    match sets.join(", or ") {
        none if none.is_empty() => "no credential".to_owned(),
        some => some,
    }
}
