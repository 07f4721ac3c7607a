//! Token providers: functions that return the credential of a client.

use super::builder::{ClientBuilder, Secret, put};
use super::cause::Cause;
use super::credential::{self, Token};
#[allow(unused_imports, reason = "named in documentation")]
use super::error::Error;
use super::profile::Auth;

impl ClientBuilder {
    /// Sets a function that returns the credential in place of a key, for tokens that expire.
    ///
    /// It is called before the first request, when a [`Token`] has expired, and when the server rejects
    /// one (401); the rejected request is then attempted once more with the new token. Concurrent
    /// requests share one call. If it fails, all of them fail with an error that is
    /// [`Error::is_authentication`].
    ///
    /// Each waiting request drives the function's future in its own task, so that a request that is no
    /// longer polled doesn't block the others. The future is dropped with the last of them. If a request
    /// times out while it waits, later requests call the function again. A panic of the function is
    /// raised in the request that was driving it; the others return an error.
    ///
    /// If the API has several security schemes, it provides the first bearer token, or else the first
    /// credential; [`token_provider_for`](Self::token_provider_for) selects another one.
    pub fn token_provider<F, A, T, E>(mut self, provide: F) -> Self
    where
        F: Fn() -> A + Send + Sync + 'static,
        A: Future<Output = Result<T, E>> + Send + 'static,
        T: Into<Token>,
        E: Into<Cause>,
    {
        let schemes = self.profile.schemes;
        let bearer = schemes.iter().position(|it| it.auth == Auth::Bearer);
        put(
            &mut self.secrets,
            bearer.unwrap_or(0),
            Secret::Provider(credential::provider(provide)),
        );
        self
    }

    /// Sets a token provider for one of several credentials, by the name of the builder's method that
    /// sets it as a key.
    ///
    /// [`build`](Self::build) returns an error if there is no such credential.
    pub fn token_provider_for<F, A, T, E>(mut self, credential: &str, provide: F) -> Self
    where
        F: Fn() -> A + Send + Sync + 'static,
        A: Future<Output = Result<T, E>> + Send + 'static,
        T: Into<Token>,
        E: Into<Cause>,
    {
        let mut schemes = self.profile.schemes.iter();
        match schemes.position(|it| it.name == credential) {
            Some(scheme) => put(
                &mut self.secrets,
                scheme,
                Secret::Provider(credential::provider(provide)),
            ),
            None => drop(
                self.refused
                    .get_or_insert_with(|| self.profile.unknown_credential(credential)),
            ),
        }
        self
    }
}
