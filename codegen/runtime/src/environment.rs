//! Settings from the environment.

use std::ffi::OsString;

use super::base_url::BaseUrl;
use super::builder::ClientBuilder;
use super::credential;
use super::error::Error;
use super::profile::Profile;

impl ClientBuilder {
    /// Settings from the environment: the credentials, of which a single one has to be there, and the
    /// base URL.
    pub(crate) fn from_env(profile: &'static Profile) -> Result<Self, Error> {
        Self::from_variables(profile, |name| std::env::var_os(name))
    }

    /// The same from any source of variables. A blank base URL counts as none.
    pub(crate) fn from_variables(
        profile: &'static Profile,
        read: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, Error> {
        let text = |name: &str| match read(name).map(OsString::into_string) {
            Some(Ok(text)) => Ok(Some(text)),
            Some(Err(_)) => Err(Error::invalid_input(format!(
                "the environment variable {name} is not Unicode"
            ))),
            None => Ok(None),
        };
        let mut builder = Self::new(profile);
        // Of several credentials a call may need any; one alone has to be there.
        let is_only = profile.schemes.len() == 1;
        for (index, scheme) in profile.schemes.iter().enumerate() {
            let (Some(name), noun) = (scheme.env, scheme.noun()) else {
                continue;
            };
            let Some(key) = text(name)? else {
                if is_only {
                    return Err(Error::invalid_input(format!(
                        "the environment variable {name} is not set: set it to the {noun}"
                    )));
                }
                continue;
            };
            credential::check(scheme.auth, &key).map_err(|problem| {
                Error::invalid_input(format!(
                    "the {noun} in the environment variable {name} {problem}"
                ))
            })?;
            builder = builder.credential(index, key);
        }
        if let Some(name) = profile.base_url_env
            && let Some(url) = text(name)?
            && !url.trim().is_empty()
        {
            BaseUrl::parse(&url).map_err(|message| {
                Error::invalid_input(format!("the environment variable {name}: {message}"))
            })?;
            builder = builder.base_url(url);
        }
        Ok(builder)
    }
}
