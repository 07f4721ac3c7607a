//! Settings from the environment.

use super::builder::ClientBuilder;
use super::variables::Variables;

impl ClientBuilder {
    /// Reads the environment variables that `Client::from_env` lists, for what no method of this
    /// builder says. A credential or a base URL that is given goes before its variable, wherever in
    /// the chain it is given, and the variable may then be missing or wrong.
    ///
    /// Which variable is missing or can't be used is told by [`build`](Self::build).
    #[allow(
        clippy::wrong_self_convention,
        reason = "as `Client::from_env`, which is this in short"
    )]
    pub fn from_env(mut self) -> Self {
        let variables = Variables::read(self.profile, |name| std::env::var_os(name));
        self.variables = Some(variables);
        self
    }
}
