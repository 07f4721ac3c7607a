//! Settings from environment variables.

use super::builder::ClientBuilder;
use super::variables::Variables;

impl ClientBuilder {
    /// Reads the environment variables that `Client::from_env` documents. A credential or a base URL that
    /// is set on the builder takes precedence over its variable, in whichever order they are set; the
    /// variable may then be missing or invalid.
    ///
    /// [`build`](Self::build) returns an error that names a missing or invalid variable.
    #[allow(
        clippy::wrong_self_convention,
        reason = "as `Client::from_env`, which is its shorthand"
    )]
    pub fn from_env(mut self) -> Self {
        let variables = Variables::read(self.profile, |name| std::env::var_os(name));
        self.variables = Some(variables);
        self
    }
}
