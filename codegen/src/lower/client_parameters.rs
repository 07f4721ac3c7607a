//! Headers and query parameters that a client sets once, for all operations that take them.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::ParameterData;

use crate::config;
use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::model::{Auth, ClientParameter, ParameterLocation, Security};
use crate::names::reserved::BUILDER_METHODS;
use crate::names::{Scope, snake_case};
use crate::pointer::push;

use super::Lowering;

/// A parameter of the client that some operation takes.
#[derive(Clone, Debug)]
struct Taken {
    is_header: bool,
    description: String,
}

/// What was found of the parameters of the client while operations were lowered.
#[derive(Debug, Default)]
pub(super) struct ClientParameters {
    /// Those that aren't credentials, by their keys in the configuration.
    taken: IndexMap<String, Taken>,
    /// The security schemes of credentials that the operation takes which is being lowered.
    credentials: Vec<usize>,
    /// Keys of the configuration that are credentials of some operation.
    used_credentials: HashSet<String>,
}

impl<'a> Lowering<'a> {
    /// Whether a parameter of an operation is one of the client, which then sends it.
    pub(super) fn is_of_client(
        &mut self,
        place: ParameterLocation,
        wire: &str,
        data: &ParameterData,
        at: &str,
    ) -> bool {
        let is_header = place == ParameterLocation::Header;
        if !is_header && place != ParameterLocation::Query {
            return false;
        }
        let Some((key, configured)) = self.client_parameter(is_header, wire) else {
            return false;
        };
        let description = data.description.clone().unwrap_or_default();
        if configured.credential {
            let auth = if is_header {
                Auth::Header(wire.to_owned())
            } else {
                Auth::Query(wire.to_owned())
            };
            let index = self.credential_of_parameter(key, auth, description);
            self.client_parameters.credentials.push(index);
            self.client_parameters
                .used_credentials
                .insert(key.to_owned());
        } else {
            let taken = &mut self.client_parameters.taken;
            let first = taken.entry(key.to_owned()).or_insert(Taken {
                is_header,
                description,
            });
            if first.is_header != is_header {
                let (here, there) = if is_header {
                    ("a header", "a query parameter")
                } else {
                    ("a query parameter", "a header")
                };
                let message = format!(
                    "`{wire}` is {here} here and {there} of other operations, which the client sets"
                );
                self.warning(WarningCode::MixedParameter, at, message).help =
                    Some("this operation takes it as an argument".into());
                return false;
            }
        }
        true
    }

    /// What the configuration says of a parameter as one of the client. Names of headers are the same in
    /// either case (RFC 9110, section 5.1).
    fn client_parameter(
        &self,
        is_header: bool,
        wire: &str,
    ) -> Option<(&'a String, &'a config::ClientParameter)> {
        let parameters: &'a IndexMap<String, config::ClientParameter> =
            &self.config.client.parameters;
        let same = |key: &str| {
            if is_header {
                key.eq_ignore_ascii_case(wire)
            } else {
                key == wire
            }
        };
        parameters.iter().find(|(key, _)| same(key))
    }

    /// Begins with the parameters of an operation.
    pub(super) fn enter_parameters(&mut self) {
        self.client_parameters.credentials.clear();
    }

    /// The credentials that the operation takes as parameters, beside those of its security requirements.
    pub(super) fn with_credentials_of_parameters(&self, security: Security) -> Security {
        let credentials = self.client_parameters.credentials.clone();
        if credentials.is_empty() {
            return security;
        }
        let sets = if security.is_empty() {
            vec![credentials]
        } else {
            let sets = security.iter().map(|set| {
                let others = credentials.iter().filter(|index| !set.contains(index));
                set.iter().chain(others).copied().collect()
            });
            sets.collect()
        };
        sets.into()
    }

    /// The parameters of the client with their names, after all operations were lowered. `reserved` are the
    /// methods of the builder that set credentials.
    pub(super) fn named_client_parameters(&self, reserved: &[&str]) -> Vec<ClientParameter> {
        let reserved = [BUILDER_METHODS, reserved].concat();
        let mut scope = Scope::new(&reserved);
        let taken = &self.client_parameters.taken;
        let mut parameters = Vec::with_capacity(taken.len());
        for (key, configured) in &self.config.client.parameters {
            let Some(found) = taken.get(key) else {
                continue;
            };
            let wanted = snake_case(configured.name.as_deref().unwrap_or(key));
            parameters.push(ClientParameter {
                name: scope.name(&[&wanted, &format!("{wanted}_parameter")], "parameter"),
                wire: key.clone(),
                is_header: found.is_header,
                default: configured.default.clone(),
                env: configured.env.clone(),
                description: found.description.clone(),
            });
        }
        parameters
    }

    /// Reports the parameters of the configuration that no operation has.
    pub(super) fn unknown_client_parameters(&mut self) {
        let found = &self.client_parameters;
        let is_unknown = |key: &&String| {
            !found.taken.contains_key(*key) && !found.used_credentials.contains(*key)
        };
        let keys = self.config.client.parameters.keys();
        let unknown: Vec<&String> = keys.filter(is_unknown).collect();
        for key in unknown {
            let message = format!("no operation has the header or query parameter `{key}`");
            let code = WarningCode::UnknownName;
            let diagnostic = Diagnostic::warning(
                code,
                Origin::Config,
                push("/client/parameters", key),
                message,
            )
            .at_key();
            self.report(diagnostic.help("correct the name, or remove the entry: it has no effect"));
        }
    }
}
