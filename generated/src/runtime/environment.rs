//! Settings from environment variables.

#![allow(
    unused_imports,
    unused_macros,
    reason = "only an API has a client to give methods to"
)]

use super::builder::BuilderCore;
use super::variables::Variables;

impl BuilderCore {
    /// Reads the environment variables of the API.
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

/// The setting of a builder that reads the environment, for APIs that have variables.
macro_rules! environment_methods {
    ($builder:ident) => {
        impl $builder {
            /// Reads the environment variables that [`Client::from_env`](super::Client::from_env)
            /// documents. A credential or a base URL that is set on the builder takes precedence over
            /// its variable, in whichever order they are set; the variable may then be missing or
            /// invalid.
            ///
            /// [`build`](Self::build) returns an error that names a missing or invalid variable.
            #[allow(
                clippy::wrong_self_convention,
                reason = "as `Client::from_env`, which is its shorthand"
            )]
            pub fn from_env(self) -> Self {
                Self {
                    core: self.core.from_env(),
                }
            }
        }
    };
}

pub(crate) use environment_methods as methods;
