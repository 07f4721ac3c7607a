//! The environment variables of a client.

use std::ffi::OsString;

use super::base_url::BaseUrl;
use super::credential::{self, Credential};
use super::profile::{ClientParameter, Profile, Scheme};

/// The values of an API's environment variables when they were read.
///
/// They aren't validated before the client is built: a variable that isn't needed may be invalid.
#[derive(Clone)]
pub(crate) struct Variables {
    /// In the order of the profile's schemes.
    keys: Vec<Option<OsString>>,
    base_url: Option<OsString>,
    /// In the order of the profile's parameters.
    parameters: Vec<Option<OsString>>,
}

impl Variables {
    /// Reads the variables of the profile with `read`.
    pub(super) fn read(profile: &Profile, read: impl Fn(&str) -> Option<OsString>) -> Self {
        let of_scheme = |scheme: &Scheme| scheme.env.and_then(&read);
        let of_parameter = |parameter: &ClientParameter| parameter.env.and_then(&read);
        Self {
            keys: profile.schemes.iter().map(of_scheme).collect(),
            parameters: profile.parameters.iter().map(of_parameter).collect(),
            base_url: profile.base_url_env.and_then(&read),
        }
    }

    /// The base URL; `None` if the variable is missing or blank.
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

    /// The value of a parameter of all requests; `None` if its variable is missing or blank.
    pub(super) fn parameter(
        &self,
        index: usize,
        parameter: &ClientParameter,
    ) -> Result<Option<&str>, String> {
        let value = self.parameters.get(index).and_then(Option::as_ref);
        let (Some(name), Some(value)) = (parameter.env, value) else {
            return Ok(None);
        };
        let value = text(name, value)?;
        Ok(Some(value).filter(|value| !value.trim().is_empty()))
    }

    /// The credential of a scheme; `None` if its variable is missing.
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

/// The message if there is no credential: it names the builder's methods and the variables. `were_read`
/// is whether the variables were read.
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
