//! What the environment says for a client.

use std::ffi::OsString;

use super::base_url::BaseUrl;
use super::credential::{self, Credential};
use super::profile::{Profile, Scheme};

/// The environment variables of an API as they were when they were read.
///
/// They are held against nothing before the client is built: what nobody needs can't be wrong.
#[derive(Clone)]
pub(crate) struct Variables {
    /// By the profile's schemes.
    keys: Vec<Option<OsString>>,
    base_url: Option<OsString>,
}

impl Variables {
    /// Those of the profile, from wherever variables come from.
    pub(super) fn read(profile: &Profile, read: impl Fn(&str) -> Option<OsString>) -> Self {
        let of_scheme = |scheme: &Scheme| scheme.env.and_then(&read);
        Self {
            keys: profile.schemes.iter().map(of_scheme).collect(),
            base_url: profile.base_url_env.and_then(read),
        }
    }

    /// The base URL; none where the variable is missing or blank.
    pub(super) fn base_url(&self, profile: &Profile) -> Result<Option<BaseUrl>, String> {
        let (Some(name), Some(url)) = (profile.base_url_env, &self.base_url) else {
            return Ok(None);
        };
        let url = text(name, url)?;
        if url.trim().is_empty() {
            return Ok(None);
        }
        let parsed = BaseUrl::parse(url);
        parsed
            .map(Some)
            .map_err(|message| format!("the environment variable {name}: {message}"))
    }

    /// The credential of a scheme, if its variable is there.
    pub(super) fn credential(
        &self,
        index: usize,
        scheme: &'static Scheme,
    ) -> Result<Option<Credential>, String> {
        let key = self.keys.get(index).and_then(Option::as_ref);
        let (Some(name), Some(key)) = (scheme.env, key) else {
            return Ok(None);
        };
        let key = text(name, key)?;
        let wrong = |problem| {
            let noun = scheme.noun();
            format!("the {noun} in the environment variable {name} {problem}")
        };
        credential::check(scheme.auth, key).map_err(wrong)?;
        Credential::new(scheme, key.to_owned())
            .map(Some)
            .map_err(wrong)
    }
}

fn text<'a>(name: &str, value: &'a OsString) -> Result<&'a str, String> {
    value
        .to_str()
        .ok_or_else(|| format!("the environment variable {name} is not valid Unicode"))
}

/// What is said where no credential is there: both ways to give one, the method and the variable.
/// `were_read` is whether the variables were looked at.
pub(super) fn missing_key(profile: &Profile, were_read: bool) -> String {
    let noun = match profile.schemes {
        [only] => only.noun(),
        _ => "credential",
    };
    let methods = profile.methods().join(" or ");
    let variables: Vec<&str> = profile.schemes.iter().filter_map(|it| it.env).collect();
    match (variables.as_slice(), were_read) {
        ([], _) => format!("missing {noun}: set it with {methods}"),
        ([only], true) => format!(
            "missing {noun}: the environment variable {only} is not set; set it, or use the builder's \
             {methods}"
        ),
        (several, true) => format!(
            "missing {noun}: none of the environment variables {} is set; set one of them, or use the \
             builder's {methods}",
            several.join(", ")
        ),
        (names, false) => format!(
            "missing {noun}: set it with {methods}, or set {} and use `Client::from_env` or the \
             builder's `from_env`",
            names.join(" or ")
        ),
    }
}
