//! Settings from the environment.

use std::ffi::OsString;

use super::base_url::BaseUrl;
use super::builder::ClientBuilder;
use super::credential;
use super::error::Error;
use super::profile::{Auth, Profile};

impl ClientBuilder {
    /// Settings from the environment: the credential, which has to be there, and the base URL.
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
        if let (Some(name), true) = (profile.api_key_env, profile.auth != Auth::None) {
            let key = text(name)?.ok_or_else(|| {
                Error::invalid_input(format!(
                    "the environment variable {name} is not set: set it to the API key"
                ))
            })?;
            credential::check(&key).map_err(|problem| {
                Error::invalid_input(format!(
                    "the API key in the environment variable {name} {problem}"
                ))
            })?;
            builder = builder.credential(key);
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
