//! Credentials whose schemes the description lacks, as the configuration adds them.

use std::collections::HashSet;

use openapiv3::SecurityRequirement;

use crate::config::{Credential, CredentialScheme};
use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::model::{Auth, Operation, Resource};
use crate::nearest::nearest;
use crate::pointer::push;

use super::Lowering;
use super::operations::Found;
use super::security::RequiredScheme;

/// What was found of them while operations were lowered.
#[derive(Debug, Default)]
pub(super) struct AddedCredentials {
    /// The schemes that some requirement of the description names, once they were looked for.
    named: Option<HashSet<String>>,
    /// Keys of credentials, each with one of the operations that it is listed for and sent to.
    met: HashSet<(String, String)>,
}

impl Lowering<'_> {
    /// Whether the configuration adds any.
    pub(super) fn adds_credentials(&self) -> bool {
        let mut credentials = self.config.credentials.values();
        credentials.any(|it| it.scheme.is_some())
    }

    /// The scheme of a credential that the configuration adds.
    pub(super) fn added_scheme(&self, key: &str) -> Option<RequiredScheme> {
        let auth = auth_of(self.config.credentials.get(key)?)?;
        Some(RequiredScheme {
            key: key.to_owned(),
            auth,
            description: String::new(),
            deprecated: false,
            urls: Vec::new(),
        })
    }

    /// The credentials of an operation that the description gives no security: each of them by itself is
    /// enough.
    pub(super) fn added_security(&mut self, found: &Found<'_>) -> Vec<Vec<usize>> {
        let config = self.config;
        let mut sets = Vec::new();
        for (key, credential) in &config.credentials {
            if credential.scheme.is_none() || self.describes_scheme(key) {
                continue;
            }
            let mut listed = credential.operations.iter();
            let is_meant = if let Some(operation) = listed.find(|it| found.is_called(it)) {
                self.added_credentials
                    .met
                    .insert((key.clone(), operation.clone()));
                true
            } else {
                credential.operations.is_empty() && !self.is_required_somewhere(key)
            };
            if let Some(scheme) = self.added_scheme(key).filter(|_| is_meant) {
                sets.push(vec![self.index_of(scheme)]);
            }
        }
        sets
    }

    fn describes_scheme(&self, key: &str) -> bool {
        let pointer = push("/components/securitySchemes", key);
        self.document
            .security_scheme(&format!("#{pointer}"))
            .is_some()
    }

    /// Whether a requirement of the description names a scheme: then that says which operations take it.
    fn is_required_somewhere(&mut self, key: &str) -> bool {
        if self.added_credentials.named.is_none() {
            let api = &self.document.api;
            let paths = api.paths.iter().filter_map(|(_, item)| item.as_item());
            let operations = paths.flat_map(openapiv3::PathItem::iter);
            let own = operations.filter_map(|(_, operation)| operation.security.as_ref());
            let all = own.chain(&api.security).flatten();
            let names = all.flat_map(SecurityRequirement::keys).cloned();
            self.added_credentials.named = Some(names.collect());
        }
        let named = self.added_credentials.named.as_ref();
        named.is_some_and(|named| named.contains(key))
    }

    /// Reports what is said of added credentials to no effect.
    pub(super) fn check_added_credentials(&mut self, resources: &[Resource]) {
        let config = self.config;
        for (key, credential) in &config.credentials {
            let at = push("/credentials", key);
            if credential.scheme.is_none() {
                continue;
            }
            if self.describes_scheme(key) {
                let message = format!("the description has the security scheme `{key}`");
                let help = "remove `scheme`: the description says how the credential is sent";
                let problem = Diagnostic::error(Origin::Config, push(&at, "scheme"), message);
                self.report(problem.at_key().help(help));
                continue;
            }
            for (index, operation) in credential.operations.iter().enumerate() {
                let met = (key.clone(), operation.clone());
                if !self.added_credentials.met.contains(&met) {
                    let at = push(&push(&at, "operations"), &index.to_string());
                    self.say_not_listed(operation, &at, resources);
                }
            }
        }
    }

    /// Says why a credential isn't sent to an operation that it is listed for.
    fn say_not_listed(&mut self, key: &str, at: &str, resources: &[Resource]) {
        let operations = || resources.iter().flat_map(|resource| &resource.operations);
        let is_it = |operation: &Operation| operation.id == key || operation.route() == key;
        let mut is_gone = false;
        let (message, help) = if self.used_configuration.skipped.contains(key) {
            let message = format!("`{key}` is skipped, so nothing is sent to it");
            (message, "remove it from the list".to_owned())
        } else if operations().any(is_it) {
            let message = format!("the description says which credentials `{key}` takes");
            (
                message,
                "remove it from the list, or its `security` from the description".to_owned(),
            )
        } else {
            let names: Vec<String> = operations()
                .flat_map(|it| [it.id.clone(), it.route()])
                .collect();
            let help = match nearest(key, names.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "use an operationId, or a method and a path as in `GET /pets`".to_owned(),
            };
            is_gone = true;
            (format!("unknown operation `{key}`"), help)
        };
        let mut problem = Diagnostic::error(Origin::Config, at, message).help(help);
        if is_gone {
            problem.demote(WarningCode::UnknownName);
        }
        self.report(problem);
    }
}

/// How a credential is sent, if the configuration says it.
fn auth_of(credential: &Credential) -> Option<Auth> {
    let parameter = || credential.parameter.clone().unwrap_or_default();
    Some(match credential.scheme? {
        CredentialScheme::Bearer => Auth::Bearer,
        CredentialScheme::Basic => Auth::Basic,
        CredentialScheme::Header => Auth::Header(parameter()),
        CredentialScheme::Query => Auth::Query(parameter()),
        CredentialScheme::Cookie => Auth::Cookie(parameter()),
    })
}
