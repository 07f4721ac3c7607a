//! Replacing the credentials of a client that is in use.

use super::basic;
use super::client::ClientCore;
use super::error::Error;

/// Called by emitted code.
impl ClientCore {
    /// Replaces the credential of a security scheme, by its index in the profile.
    pub fn replace_credential(&self, scheme: usize, key: String) -> Result<(), Error> {
        let Some(credentials) = self.inner.credentials.of_scheme(scheme) else {
            return Err(Error::invalid_input("unknown credential"));
        };
        let noun = credentials.scheme().noun();
        let replaced = credentials.replace(key);
        replaced.map_err(|problem| Error::invalid_input(format!("the {noun} {problem}")))
    }

    /// Replaces a user name and a password.
    pub fn replace_basic(&self, scheme: usize, user: &str, password: &str) -> Result<(), Error> {
        let pair = basic::join(user, password)
            .map_err(|problem| Error::invalid_input(format!("the credential {problem}")))?;
        self.replace_credential(scheme, pair)
    }
}
