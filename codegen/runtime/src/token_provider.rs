//! Settings of a client whose credential is asked for.

use super::builder::{ClientBuilder, Secret, put};
use super::credential::{self, Token};
#[allow(unused_imports, reason = "named in documentation")]
use super::error::Error;
use super::profile::Auth;
use super::scrub::Cause;

impl ClientBuilder {
    /// A function that is asked for the credential, in the place of a key: for tokens that expire.
    ///
    /// It is asked before the first call, when a [`Token`] has passed its time, and when the server
    /// refuses one (401); the call that was refused is then tried once more with the new one. Calls
    /// that run at once ask once, and wait for the token together. Its error is that of all of them, as
    /// [`Error::is_authentication`].
    ///
    /// Each call that waits drives the function's future, in its own task: one that nobody polls any
    /// more stops no other. The future is dropped with the last of them. Where a limit of time passes
    /// for one, calls that begin after it ask anew. A panic is that of the call which was driving; the
    /// others end in an error.
    ///
    /// Of an API with several kinds of credentials, it is for the first that is a bearer token, or
    /// else for the first; [`token_provider_for`](Self::token_provider_for) chooses another.
    pub fn token_provider<F, A, T, E>(mut self, ask: F) -> Self
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
            Secret::Provider(credential::provider(ask)),
        );
        self
    }

    /// The same for one of several credentials, by the name of the method that takes it as a key.
    ///
    /// [`build`](Self::build) refuses a name that none has.
    pub fn token_provider_for<F, A, T, E>(mut self, credential: &str, ask: F) -> Self
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
                Secret::Provider(credential::provider(ask)),
            ),
            None => drop(
                self.refused
                    .get_or_insert_with(|| self.profile.no_such_credential(credential)),
            ),
        }
        self
    }
}
