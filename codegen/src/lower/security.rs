//! What credentials calls are made with.

use std::collections::HashMap;
use std::sync::Arc;

use indexmap::IndexSet;
use openapiv3::{APIKeyLocation, SecurityRequirement, SecurityScheme};

use crate::diagnostic::push;
use crate::model::{Auth, Resource, Scheme, Security};
use crate::names::reserved::BUILDER_METHODS;
use crate::names::{Scope, snake_case};

use super::Lowering;
use super::operations::Found;

/// What is said of a scheme that some operation asks for, beside where it goes.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// Its name in the document.
    key: String,
    description: String,
}

impl Lowering<'_> {
    /// What an operation takes: what it says itself, else what the document says for all.
    pub(super) fn security_of(&mut self, found: &Found<'_>) -> Security {
        match &found.operation.security {
            Some(own) => self.security(own, &push(&found.pointer, "security")),
            None => self.security_of_document().unwrap_or_default(),
        }
    }

    fn security_of_document(&mut self) -> Option<Security> {
        let document = self.document;
        let all = document.api.security.as_ref()?;
        if self.security_of_all.is_none() {
            self.security_of_all = Some(self.security(all, "/security"));
        }
        self.security_of_all.clone()
    }

    /// What of a list of requirements can be met. No credential comes last: a client that has one
    /// sends it.
    fn security(&mut self, requirements: &[SecurityRequirement], at: &str) -> Security {
        let mut security: Vec<Vec<usize>> = Vec::new();
        // By the first scheme of each.
        let mut earlier: HashMap<usize, Vec<usize>> = HashMap::new();
        for requirement in requirements {
            let found = requirement.keys().map(|key| self.scheme_index(key, at));
            let Some(mut set) = found.collect::<Option<Vec<usize>>>() else {
                continue;
            };
            set.sort_unstable();
            set.dedup();
            // One that asks for more than another before it is never chosen.
            let is_less = |earlier: &usize| {
                let earlier: &Vec<usize> = &security[*earlier];
                earlier.iter().all(|index| set.binary_search(index).is_ok())
            };
            let begins_less = |first: &usize| {
                let earlier = earlier.get(first);
                earlier.is_some_and(|earlier| earlier.iter().any(is_less))
            };
            if set.iter().any(begins_less) {
                continue;
            }
            if let Some(first) = set.first() {
                earlier.entry(*first).or_default().push(security.len());
            }
            security.push(set);
        }
        in_order(security)
    }

    /// The index of a scheme. Two that stand in the same place of a request are one: it has room
    /// for one credential there.
    fn scheme_index(&mut self, key: &str, at: &str) -> Option<usize> {
        let pointer = push("/components/securitySchemes", key);
        let Some((_, scheme)) = self.document.security_scheme(&format!("#{pointer}")) else {
            let message = format!("`{key}` is not among components/securitySchemes");
            self.warning(at, message).help =
                Some("describe it there; until then nothing is sent for it".into());
            return None;
        };
        let description = match &*scheme {
            SecurityScheme::APIKey { description, .. }
            | SecurityScheme::HTTP { description, .. }
            | SecurityScheme::OAuth2 { description, .. }
            | SecurityScheme::OpenIDConnect { description, .. } => description.clone(),
        };
        let auth = match &*scheme {
            // However the token was come by, it is sent as RFC 6750 says.
            SecurityScheme::OAuth2 { .. } | SecurityScheme::OpenIDConnect { .. } => Auth::Bearer,
            SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => {
                Auth::Bearer
            }
            SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => {
                Auth::Basic
            }
            SecurityScheme::APIKey { location, name, .. } => match location {
                APIKeyLocation::Header => Auth::Header(name.clone()),
                APIKeyLocation::Query => Auth::Query(name.clone()),
                APIKeyLocation::Cookie => Auth::Cookie(name.clone()),
            },
            SecurityScheme::HTTP { scheme, .. } => {
                let message = format!("nothing is sent for `{key}`: HTTP `{scheme}`");
                self.warning(&pointer, message).help =
                    Some("users of the crate have to send the header themselves".into());
                return None;
            }
        };
        let index = match self.schemes.get_index_of(&auth) {
            Some(known) => known,
            None => {
                let asked = Asked {
                    key: key.to_owned(),
                    description: description.unwrap_or_default(),
                };
                self.schemes.insert_full(auth, asked).0
            }
        };
        Some(index)
    }

    /// What calls take that the document doesn't have: what it says for all operations, else
    /// whatever any of them takes.
    pub(super) fn security_of_others(&mut self, resources: &[Resource]) -> Security {
        if let Some(security) = self.security_of_document() {
            return security;
        }
        let mut security = IndexSet::new();
        let operations = resources.iter().flat_map(|resource| &resource.operations);
        for set in operations.flat_map(|operation| operation.security.iter()) {
            if !set.is_empty() && !security.contains(set) {
                security.insert(set.clone());
            }
        }
        let mut security: Vec<Vec<usize>> = security.into_iter().collect();
        security.push(Vec::new());
        in_order(security)
    }

    /// The schemes with their names, after all operations were lowered.
    pub(super) fn named_schemes(&mut self, resources: &[Resource]) -> Vec<Scheme> {
        let config = self.config;
        let asked = std::mem::take(&mut self.schemes);
        // `set_NAME` is a method of the client, beside those of the resources.
        let modules = resources.iter().map(|resource| resource.module.as_str());
        let mut reserved: Vec<&str> = modules
            .filter_map(|module| module.strip_prefix("set_"))
            .collect();
        reserved.extend(BUILDER_METHODS);
        let mut scope = Scope::new(&reserved);
        let is_only = asked.len() == 1;
        let mut key_env = config.client.api_key_env.clone();
        asked
            .into_iter()
            .map(|(auth, asked)| {
                let configured = config.credentials.get(&asked.key);
                let own = configured.and_then(|it| it.name.as_deref());
                let wanted = match (own, &auth) {
                    (Some(name), _) => snake_case(name),
                    (None, Auth::Basic) if is_only => "basic_auth".to_owned(),
                    (None, _) if is_only => "api_key".to_owned(),
                    (None, _) => snake_case(&asked.key),
                };
                let name = scope.name(&[&wanted, &format!("{wanted}_key")], "credential");
                self.met.credentials.insert(asked.key.clone());
                Scheme {
                    key: asked.key,
                    name,
                    env: configured.and_then(|it| it.env.clone()).or_else(|| {
                        // A user name and a password are no key where there is one.
                        let is_key = is_only || auth != Auth::Basic;
                        key_env.take_if(|_| is_key)
                    }),
                    auth,
                    description: asked.description,
                }
            })
            .collect()
    }
}

/// With no credential as the last choice, which goes without saying where it is the only one.
fn in_order(mut security: Vec<Vec<usize>>) -> Security {
    security.sort_by_key(Vec::is_empty);
    security.dedup();
    if security.iter().all(Vec::is_empty) {
        security.clear();
    }
    Arc::new(security)
}
