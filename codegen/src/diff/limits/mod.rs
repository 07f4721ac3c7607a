//! Limits and defaults of values, which the model doesn't have: the two documents are compared for them.
//!
//! Programs of both crates are the same whatever the limits are, for nothing checks them before a request
//! is sent; services do. So schemas are walked side by side from what operations send and receive, and all
//! that follows from a change is on the wire.

mod keywords;
mod walk;

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::model::{Api, Webhook};
use crate::pointer::push;

use super::change::{ChangeKind, Consequence, Subject};
use super::operations::{Call, route};
use super::parameters::parameter_pairs;
use super::side::Side;
use super::{ChangeText, Comparison, now};
use keywords::{Allowed, Limit};
use walk::{Changes, Step, Walk};

/// What messages call a schema.
#[derive(Clone)]
struct Name {
    subject: Subject,
    /// As the start of a sentence, in Markdown.
    text: String,
    /// Plain.
    plain: String,
    /// What other operations may have too: the parameter or body without its operation.
    shared: Option<String>,
}

impl Name {
    /// What a part of it is called.
    fn within(&self, what: &str) -> Self {
        let shared = self.shared.as_ref();
        Self {
            text: format!("{what} {}", self.text),
            shared: shared.map(|shared| format!("{what} {shared}")),
            ..self.clone()
        }
    }
}

/// What has changed about a schema, and who sees values of it.
#[derive(Default, PartialEq)]
struct Found {
    limits: Vec<Limit>,
    default: Option<(String, bool)>,
    is_sent: bool,
    is_received: bool,
    /// How many more places have the schema.
    others: usize,
}

impl Comparison<'_> {
    /// Compares the limits and defaults of what both sides send and receive.
    pub(super) fn limits(&mut self, calls: &[(Call<'_>, Call<'_>)]) {
        let mut walk = Walk::new(self.old, self.new);
        for (old, new) in calls {
            for step in self.of_parameters(*old, *new) {
                walk.begin(step);
            }
            for step in self.of_bodies(*old, *new) {
                walk.begin(step);
            }
        }
        for step in self.of_webhooks() {
            walk.begin(step);
        }
        for ((old, new), (name, found)) in together(walk.finish()) {
            self.limit(&old, &new, &name, &found);
        }
    }

    fn of_parameters(&self, old: Call<'_>, new: Call<'_>) -> Vec<Step> {
        let pairs = parameter_pairs(old, new);
        let steps = pairs.both.iter().filter_map(|(was, is)| {
            let before = schema_of(self.old, &self.old.parameter(old.1, was))?;
            let after = schema_of(self.new, &self.new.parameter(new.1, is))?;
            let (place, wire, route) = (is.place.as_str(), &is.wire, route(new.1));
            let name = Name {
                subject: Subject::Parameter,
                text: format!("the {place} parameter `{wire}` of `{route}`"),
                plain: format!("{route} {place} {wire}"),
                shared: Some(format!("{place} {wire}")),
            };
            Some(Step::new(before, after, name, true))
        });
        steps.collect()
    }

    fn of_bodies(&self, old: Call<'_>, new: Call<'_>) -> Vec<Step> {
        let (before, after) = (self.old.operation(old.1), self.new.operation(new.1));
        let route = route(new.1);
        let name = |subject: Subject, what: &str| Name {
            subject,
            text: format!("the {what} of `{route}`"),
            plain: route.clone(),
            shared: Some(what.to_owned()),
        };
        let in_both = |rest: &str| {
            let old = self.old.followed_at(&format!("{before}/{rest}"))?.0;
            Some((old, self.new.followed_at(&format!("{after}/{rest}"))?.0))
        };
        let mut steps = Vec::new();
        if let Some((old, new)) = in_both("requestBody") {
            steps.extend(self.contents(&old, &new, &name(Subject::Body, "body"), true));
        }
        let responses = in_both("responses").map(|(old, new)| self.keys_of_both(&old, &new));
        for (old, new) in responses.into_iter().flatten() {
            steps.extend(self.contents(&old, &new, &name(Subject::Response, "response"), false));
            let headers = self.keys_of_both(&push(&old, "headers"), &push(&new, "headers"));
            steps.extend(headers.into_iter().filter_map(|(old, new)| {
                let wire = new.rsplit('/').next().unwrap_or_default();
                let name = name(Subject::Response, &format!("response header `{wire}`"));
                let schemas = (schema_of(self.old, &old)?, schema_of(self.new, &new)?);
                Some(Step::new(schemas.0, schemas.1, name, false))
            }));
        }
        steps
    }

    /// The schemas of `content`, by media types, or of the only one on each side.
    fn contents(&self, old: &str, new: &str, name: &Name, is_sent: bool) -> Vec<Step> {
        let (old, new) = (push(old, "content"), push(new, "content"));
        let mut both = self.keys_of_both(&old, &new);
        if both.is_empty()
            && let ([was], [is]) = (&*self.old.keys(&old), &*self.new.keys(&new))
        {
            both.push((push(&old, was), push(&new, is)));
        }
        let steps = both.into_iter().map(|(old, new)| {
            let (old, new) = (push(&old, "schema"), push(&new, "schema"));
            Step::new(old, new, name.clone(), is_sent)
        });
        steps.collect()
    }

    fn of_webhooks(&self) -> Vec<Step> {
        let names = |api: &Api| -> Vec<String> {
            let webhooks = api.webhooks.iter();
            let offered = webhooks.flat_map(|it| it.offered.iter());
            offered.map(|it: &Webhook| it.name.clone()).collect()
        };
        let (olds, mut news) = (names(&self.old.api), names(&self.new.api));
        news.retain(|name| olds.contains(name));
        let mut steps = Vec::new();
        for wire in news {
            let name = Name {
                subject: Subject::Webhook,
                text: format!("the webhook `{wire}`"),
                plain: wire.clone(),
                shared: None,
            };
            let place = push("/webhooks", &wire);
            for (old, new) in self.keys_of_both(&place, &place) {
                let (old, new) = (push(&old, "requestBody"), push(&new, "requestBody"));
                let both = self.old.followed_at(&old).zip(self.new.followed_at(&new));
                if let Some(((old, _), (new, _))) = both {
                    steps.extend(self.contents(&old, &new, &name, false));
                }
            }
        }
        steps
    }

    /// What both sides have in an object, by its keys: the two values, past references.
    fn keys_of_both(&self, old: &str, new: &str) -> Vec<(String, String)> {
        let keys = self.new.keys(new).into_iter();
        let both = keys.filter_map(|key| {
            let old = self.old.followed_at(&push(old, &key))?.0;
            Some((old, self.new.followed_at(&push(new, &key))?.0))
        });
        both.collect()
    }

    fn limit(&mut self, old: &str, new: &str, name: &Name, found: &Found) {
        let mut wire = Consequence::none();
        for limit in &found.limits {
            wire = wire.and_new(of_limit(limit, found));
        }
        let mut phrases: Vec<String> = found.limits.iter().map(|it| it.text.clone()).collect();
        if let Some((text, was_promised)) = &found.default {
            phrases.push(text.clone());
            if found.is_sent {
                wire = wire.and_new(of_default(*was_promised));
            }
        }
        let others = match found.others {
            0 => String::new(),
            1 => " (also of 1 other operation)".to_owned(),
            many => format!(" (also of {many} other operations)"),
        };
        let text = format!("{}{others} {}", name.text, now(&phrases));
        let change = ChangeText::new(ChangeKind::Changed, name.subject, &name.plain, text)
            .old(self.old.existing(old.to_owned()))
            .new_at(self.new.existing(new.to_owned()));
        self.note(change, Consequence::none(), wire);
    }
}

/// Changes by their places, those that several operations have in the same way together.
fn together(found: Changes) -> Changes {
    let mut kept: Changes = IndexMap::new();
    let mut first: HashMap<String, Vec<(String, String)>> = HashMap::new();
    for (places, (name, found)) in found {
        let Some(shared) = &name.shared else {
            kept.insert(places, (name, found));
            continue;
        };
        let like = first.entry(shared.clone()).or_default();
        let same = like.iter().find(|places| {
            let known = kept.get(*places).map(|it| &it.1);
            known.is_some_and(|it| (&it.limits, &it.default) == (&found.limits, &found.default))
        });
        match same.cloned().and_then(|places| kept.get_mut(&places)) {
            Some((_, known)) => known.others += 1 + found.others,
            None => {
                like.push(places.clone());
                kept.insert(places, (name, found));
            }
        }
    }
    kept
}

/// What it means to programs with the old crate that other values are allowed.
fn of_limit(limit: &Limit, found: &Found) -> Consequence {
    let mut wire = Consequence::none();
    let (fewer, more) = match limit.allowed {
        Allowed::Fewer => (true, false),
        Allowed::More => (false, true),
        Allowed::Others => (true, true),
        Allowed::Same => (false, false),
    };
    if found.is_sent && fewer {
        wire = wire.and(Consequence::breaking(
            "requests with values outside of it are rejected",
        ));
    }
    if found.is_received && more && !limit.is_annotation {
        wire = wire.and(Consequence::breaking(
            "existing clients receive values that they may not expect",
        ));
    }
    if found.is_sent && more && !fewer {
        wire = wire.and(Consequence::additive("more requests are accepted"));
    }
    wire
}

/// What it means that requests without a value mean another one.
fn of_default(was_promised: bool) -> Consequence {
    if was_promised {
        Consequence::breaking("requests without it have another effect")
    } else {
        Consequence::additive("requests without it have a known effect")
    }
}

/// Where the schema of a parameter or header is.
fn schema_of(side: &Side<'_>, pointer: &str) -> Option<String> {
    let (pointer, value) = side.followed_at(pointer)?;
    if value.get("schema").is_some() {
        return Some(push(&pointer, "schema"));
    }
    let content = push(&pointer, "content");
    let media_type = side.keys(&content).into_iter().next()?;
    Some(push(&push(&content, &media_type), "schema"))
}
