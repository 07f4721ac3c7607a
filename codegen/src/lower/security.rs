//! What credentials calls are made with.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use indexmap::map::Entry;
use indexmap::{IndexMap, IndexSet};
use openapiv3::{APIKeyLocation, SecurityRequirement, SecurityScheme};
use serde_json::Value;

use crate::config::Config;
use crate::diagnostic::WarningCode;
use crate::model::{Auth, Resource, Scheme, Security};
use crate::names::reserved::BUILDER_METHODS;
use crate::names::{Scope, snake_case, variable_case};
use crate::pointer::push;

use super::Lowering;
use super::operations::Found;

/// A scheme that some operation asks for.
#[derive(Clone, Debug)]
pub(super) struct RequiredScheme {
    /// Its name in the document, or in the configuration.
    pub(super) key: String,
    pub(super) auth: Auth,
    pub(super) description: String,
    pub(super) deprecated: bool,
    /// Where tokens are issued and documented.
    pub(super) urls: Vec<(&'static str, String)>,
}

/// What is known of credentials while operations are lowered.
#[derive(Debug, Default)]
pub(super) struct Credentials {
    /// The schemes that operations ask for, in the order in which they do.
    schemes: IndexMap<String, RequiredScheme>,
    /// Schemes that a requirement names together, though a request has room for only one of them.
    crowded: HashSet<(String, String)>,
    /// What the document says for all operations, once it was asked for.
    of_all: Option<Security>,
}

impl Lowering<'_> {
    /// What an operation takes: what it says itself, else what the document says for all.
    pub(super) fn security_of(&mut self, found: &Found<'_>) -> Security {
        let security = match &found.operation.security {
            Some(own) => self.security(own, &push(&found.pointer, "security")),
            None if self.is_silent_of_security() => in_order(self.added_security(found)),
            None => self.security_of_document().unwrap_or_default(),
        };
        self.with_credentials_of_parameters(security)
    }

    /// Whether the configuration has to say what operations take that don't say it themselves. An empty
    /// list for all of them says no more than none.
    fn is_silent_of_security(&self) -> bool {
        let all = self.document.api.security.as_ref();
        self.adds_credentials() && all.is_none_or(Vec::is_empty)
    }

    fn security_of_document(&mut self) -> Option<Security> {
        let document = self.document;
        let all = document.api.security.as_ref()?;
        if self.credentials.of_all.is_none() {
            self.credentials.of_all = Some(self.security(all, "/security"));
        }
        self.credentials.of_all.clone()
    }

    /// What of a list of requirements can be met. No credential comes last: a client that has one
    /// sends it.
    fn security(&mut self, requirements: &[SecurityRequirement], at: &str) -> Security {
        let mut security: Vec<Vec<usize>> = Vec::new();
        // By the first scheme of each.
        let mut earlier: HashMap<usize, Vec<usize>> = HashMap::new();
        for requirement in requirements {
            let Some(mut set) = self.all_of(requirement, at) else {
                continue;
            };
            set.sort_unstable();
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
        // Of several that will do, one that goes away is the last resort.
        let schemes = &self.credentials.schemes;
        let is_deprecated = |index: &usize| {
            schemes
                .get_index(*index)
                .is_some_and(|(_, it)| it.deprecated)
        };
        security.sort_by_key(|set| set.iter().any(is_deprecated));
        in_order(security)
    }

    /// The schemes that a requirement names, each in a place of its own; none where one of them
    /// can't be sent.
    fn all_of(&mut self, requirement: &SecurityRequirement, at: &str) -> Option<Vec<usize>> {
        let mut found = IndexMap::with_capacity(requirement.len());
        for key in requirement.keys() {
            let asked = self.scheme(key, at)?;
            match found.entry(asked.auth.place()) {
                Entry::Occupied(first) => {
                    let first: &RequiredScheme = first.get();
                    self.say_that_one_is_sent(&first.key, key, at);
                }
                Entry::Vacant(place) => {
                    place.insert(asked);
                }
            }
        }
        let schemes = found.into_values();
        Some(schemes.map(|asked| self.index_of(asked)).collect())
    }

    /// Says once of two schemes that a request has room for only one of them.
    fn say_that_one_is_sent(&mut self, first: &str, other: &str, at: &str) {
        if self
            .credentials
            .crowded
            .insert((first.to_owned(), other.to_owned()))
        {
            let message = format!(
                "`{first}` and `{other}` are sent in the same place, so only `{first}` is sent"
            );
            self.warning(WarningCode::CredentialConflict, at, message).help = Some(
                "if either is sufficient, write two security requirements, each an item of the array"
                    .into(),
            );
        }
    }

    /// What the document says about a scheme, where something can be sent for it.
    fn scheme(&mut self, key: &str, at: &str) -> Option<RequiredScheme> {
        let pointer = push("/components/securitySchemes", key);
        let found = self.document.security_scheme(&format!("#{pointer}"));
        let Some((at_scheme, scheme)) = found else {
            if let Some(added) = self.added_scheme(key) {
                return Some(added);
            }
            let message = format!("`{key}` is not in components/securitySchemes");
            self.warning(WarningCode::UnknownSecurityScheme, at, message)
                .help = Some(
                "add it there, or its `scheme` in sdk.toml (`[credentials]`); until then no \
                     credential is sent for it"
                    .into(),
            );
            return None;
        };
        let (auth, description) = match &*scheme {
            SecurityScheme::APIKey {
                location,
                name,
                description,
                ..
            } => (key_in(location, name), description.clone()),
            // However the token was come by, it is sent as RFC 6750 says.
            SecurityScheme::OAuth2 { description, .. }
            | SecurityScheme::OpenIDConnect { description, .. } => {
                (Auth::Bearer, description.clone())
            }
            SecurityScheme::HTTP {
                scheme,
                description,
                ..
            } => {
                let Some(auth) = http_scheme(scheme) else {
                    let message = format!("no credential is sent for `{key}`: HTTP `{scheme}`");
                    self.warning(WarningCode::UnsupportedSecurityScheme, &pointer, message)
                        .help = Some("users of the crate must set the header themselves".into());
                    return None;
                };
                (auth, description.clone())
            }
        };
        Some(RequiredScheme {
            key: key.to_owned(),
            auth,
            description: description.unwrap_or_default(),
            deprecated: self.is_deprecated(&at_scheme),
            urls: self.urls_of(&at_scheme),
        })
    }

    /// Whether the scheme at a pointer is deprecated (OpenAPI 3.2).
    fn is_deprecated(&self, at: &str) -> bool {
        let deprecated = self.document.value(&push(at, "deprecated"));
        deprecated.and_then(Value::as_bool) == Some(true)
    }

    /// The URLs of a scheme that OpenAPI 3.2 adds: those of the authorization server's metadata (RFC 8414) and of device
    /// authorization (RFC 8628).
    fn urls_of(&self, at: &str) -> Vec<(&'static str, String)> {
        let device = format!("{at}/flows/deviceAuthorization");
        let fields = [
            (
                "Authorization server metadata",
                push(at, "oauth2MetadataUrl"),
            ),
            (
                "Device authorization",
                push(&device, "deviceAuthorizationUrl"),
            ),
            ("Tokens of authorized devices", push(&device, "tokenUrl")),
        ];
        let text = |at: &str| self.document.value(at)?.as_str().map(str::to_owned);
        let urls = fields.into_iter();
        urls.filter_map(|(what, at)| Some((what, text(&at)?)))
            .collect()
    }

    /// The index of the scheme of a credential that operations take as a parameter.
    pub(super) fn credential_of_parameter(
        &mut self,
        key: &str,
        auth: Auth,
        description: String,
    ) -> usize {
        self.index_of(RequiredScheme {
            key: key.to_owned(),
            auth,
            description,
            deprecated: false,
            urls: Vec::new(),
        })
    }

    /// The index of a scheme, which has one from the first time that it is asked for.
    pub(super) fn index_of(&mut self, asked: RequiredScheme) -> usize {
        if let Some(index) = self.credentials.schemes.get_index_of(&asked.key) {
            return index;
        }
        if let Auth::Http(scheme) = &asked.auth
            && let Some(more) = needed_beyond(scheme)
        {
            let pointer = push("/components/securitySchemes", &asked.key);
            let message = format!("`{scheme}` requires more than a key: {more}");
            self.warning(WarningCode::UnsupportedSecurityScheme, &pointer, message)
                .help = Some(format!(
                "`{scheme} KEY` is sent with the user's key; users add the rest with a custom \
                 transport (`wrap_transport`)"
            ));
        }
        self.credentials
            .schemes
            .insert_full(asked.key.clone(), asked)
            .0
    }

    /// What calls take that the document doesn't have: what it says for all operations, else
    /// whatever any of them takes.
    pub(super) fn security_of_others(&mut self, resources: &[Resource]) -> Security {
        if !self.is_silent_of_security()
            && let Some(security) = self.security_of_document()
        {
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
        let asked = std::mem::take(&mut self.credentials.schemes);
        // `set_NAME` is a method of the client, beside those of the resources.
        let modules = resources.iter().map(|resource| resource.module.as_str());
        let mut reserved: Vec<&str> = modules
            .filter_map(|module| module.strip_prefix("set_"))
            .collect();
        reserved.extend(BUILDER_METHODS);
        let mut scope = Scope::new(&reserved);
        let is_only = asked.len() == 1;
        let mut variables = Variables::of(config);
        asked
            .into_iter()
            .map(|(_, asked)| {
                let configured = config.credentials.get(&asked.key);
                let parameter = config.client.parameters.get(&asked.key);
                let own = configured
                    .and_then(|it| it.name.as_deref())
                    .or_else(|| parameter.and_then(|it| it.name.as_deref()));
                let wanted = match (own, &asked.auth) {
                    (Some(name), _) => snake_case(name),
                    (None, Auth::Basic) if is_only => "basic_auth".to_owned(),
                    (None, _) if is_only => "api_key".to_owned(),
                    (None, _) => snake_case(&asked.key),
                };
                let name = scope.name(&[&wanted, &format!("{wanted}_key")], "credential");
                self.used_configuration
                    .credentials
                    .insert(asked.key.clone());
                // A user name and a password are no key where there is one.
                let is_key = is_only || asked.auth != Auth::Basic;
                let env = configured
                    .and_then(|it| it.env.clone())
                    .or_else(|| parameter.and_then(|it| it.env.clone()));
                Scheme {
                    env: env.or_else(|| variables.take(is_key, name.as_str())),
                    key: asked.key,
                    name,
                    auth: asked.auth,
                    description: asked.description,
                    deprecated: asked.deprecated,
                    urls: asked.urls,
                }
            })
            .collect()
    }
}

/// The environment variables of credentials for which the configuration names none of their own.
struct Variables<'a> {
    config: &'a Config,
    /// `api-key-env`, as long as no key has it.
    first: Option<&'a String>,
    taken: Vec<String>,
}

impl<'a> Variables<'a> {
    fn of(config: &'a Config) -> Self {
        let client = &config.client;
        let own = config.credentials.values().filter_map(|it| it.env.as_ref());
        let others = client.api_key_env.iter().chain(&client.base_url_env);
        Self {
            config,
            first: client.api_key_env.as_ref(),
            taken: own.chain(others).cloned().collect(),
        }
    }

    /// The one for a credential: the first key has what is configured, and where that is so the others
    /// are called after the crate and themselves.
    fn take(&mut self, is_key: bool, name: &str) -> Option<String> {
        let configured = self.config.client.api_key_env.as_ref()?;
        if let Some(first) = self.first.take_if(|_| is_key) {
            return Some(first.clone());
        }
        let own = variable_case(&self.config.package.name, name);
        // Two credentials in one variable would be one.
        let is_free = own != *configured && !self.taken.contains(&own);
        is_free.then(|| {
            self.taken.push(own.clone());
            own
        })
    }
}

/// Where an API key goes.
fn key_in(location: &APIKeyLocation, name: &str) -> Auth {
    let name = name.to_owned();
    match location {
        APIKeyLocation::Header => Auth::Header(name),
        APIKeyLocation::Query => Auth::Query(name),
        APIKeyLocation::Cookie => Auth::Cookie(name),
    }
}

/// What is sent for a scheme of HTTP; none where its name can't be one (RFC 9110 section 11.1).
fn http_scheme(name: &str) -> Option<Auth> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    match name {
        bearer if bearer.eq_ignore_ascii_case("bearer") => Some(Auth::Bearer),
        basic if basic.eq_ignore_ascii_case("basic") => Some(Auth::Basic),
        other if !other.is_empty() && other.bytes().all(is_token) => {
            Some(Auth::Http(other.to_owned()))
        }
        _ => None,
    }
}

/// What a scheme of HTTP takes that isn't the same for all requests (HTTP Authentication Scheme
/// Registry).
fn needed_beyond(scheme: &str) -> Option<&'static str> {
    let scheme = scheme.to_ascii_lowercase();
    match scheme.as_str() {
        "digest" | "hoba" | "mutual" | "negotiate" | "ntlm" | "kerberos" => {
            Some("each request responds to a challenge of the server")
        }
        scram if scram.starts_with("scram-") => {
            Some("each request responds to a challenge of the server")
        }
        "dpop" => Some("each request carries a proof in the header `DPoP`"),
        "oauth" | "hawk" | "signature" | "gnap" | "hmac" | "aws4-hmac-sha256" => {
            Some("each request is signed")
        }
        _ => None,
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
