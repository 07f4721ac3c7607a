//! Token providers: functions that return the credential of a client.

use super::builder::{BuilderCore, Secret, put};
use super::cause::Cause;
use super::credential::{self, Token};
#[allow(unused_imports, reason = "named in documentation")]
use super::error::Error;
use super::profile::Auth;

impl BuilderCore {
    /// `ClientBuilder::token_provider`.
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

    /// `ClientBuilder::token_provider_for`.
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
