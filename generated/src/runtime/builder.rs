//! Building a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, USER_AGENT};

use super::base_url::BaseUrl;
use super::basic;
use super::client::{ClientCore, Inner};
use super::connections::Connections;
use super::credential::{Credential, Credentials, Provider};
use super::error::Error;
use super::header;
use super::keyring::Keyring;
use super::profile::{Profile, Settings};
use super::reading::Reading;
use super::retry::RetryPolicy;
use super::retry_budget::RetryBudget;
use super::transport::{ClientTransport, Transport};
use super::variables::{self, Variables};

/// Wraps a transport.
type Wrapper = Arc<dyn Fn(Arc<dyn Transport>) -> Arc<dyn Transport> + Send + Sync>;

/// Where a credential comes from.
#[derive(Clone)]
pub(super) enum Secret {
    Key(String),
    Provider(Provider),
}

/// The settings of a client that is to be built; `ClientBuilder` documents them.
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct BuilderCore {
    pub(super) profile: &'static Profile,
    base_url: Option<String>,
    /// In the order of the profile's schemes.
    pub(super) secrets: Vec<Option<Secret>>,
    headers: HeaderMap,
    query: Vec<(String, String)>,
    transport: Option<ClientTransport>,
    wrappers: Vec<Wrapper>,
    pub(super) connections: Connections,
    pub(super) variables: Option<Variables>,
    pub(crate) settings: Settings,
    pub(super) refused: Option<String>,
}

impl BuilderCore {
    /// `ClientBuilder::base_url`.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// `ClientBuilder::timeout`.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// `ClientBuilder::total_timeout`.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.settings.total_timeout = Some(timeout);
        self
    }

    /// `ClientBuilder::max_retries`.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.settings.retry.max_retries = retries;
        self
    }

    /// `ClientBuilder::retry_policy`.
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// `ClientBuilder::header`.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        match header::parse(name.as_ref(), value.as_ref()) {
            Ok((name, value)) => drop(self.headers.insert(name, value)),
            Err(message) => drop(self.refused.get_or_insert(message)),
        }
        self
    }

    /// `ClientBuilder::query`.
    pub fn query(mut self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        let name = name.into();
        self.query.retain(|(known, _)| *known != name);
        self.query.push((name, value.to_string()));
        self
    }

    /// `ClientBuilder::user_agent`.
    pub fn user_agent(self, name: impl AsRef<str>) -> Self {
        self.header(USER_AGENT, name)
    }

    /// `ClientBuilder::http_client`.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.transport = Some(ClientTransport::Library(client));
        self
    }

    /// `ClientBuilder::transport`.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(ClientTransport::Custom(Arc::new(transport)));
        self
    }

    /// `ClientBuilder::wrap_transport`.
    pub fn wrap_transport<T: Transport>(
        mut self,
        wrap: impl Fn(Arc<dyn Transport>) -> T + Send + Sync + 'static,
    ) -> Self {
        self.wrappers
            .push(Arc::new(move |inner| Arc::new(wrap(inner))));
        self
    }

    /// `ClientBuilder::reading`.
    pub fn reading(mut self, reading: Reading) -> Self {
        self.settings.reading = reading;
        self
    }

    /// `ClientBuilder::max_body_size`.
    pub fn max_body_size(mut self, bytes: usize) -> Self {
        self.settings.max_body_size = bytes;
        self
    }

    /// `ClientBuilder::max_error_body_size`.
    pub fn max_error_body_size(mut self, bytes: usize) -> Self {
        self.settings.max_error_body_size = bytes;
        self
    }

    /// `ClientBuilder::build`.
    pub fn build(mut self) -> Result<ClientCore, Error> {
        if let Some(message) = self.refused.take() {
            return Err(Error::invalid_input(message));
        }
        let server = server(&self).map_err(Error::invalid_input)?;
        let is_own_server = server.is_some();
        let base_url = match server {
            Some(server) => server,
            None => BaseUrl::parse(self.profile.base_url).map_err(Error::invalid_input)?,
        };
        self = self.with_parameters().map_err(Error::invalid_input)?;
        if let Some(message) = self.refused.take() {
            return Err(Error::invalid_input(message));
        }
        let headers = headers(&self).map_err(Error::invalid_input)?;
        let credentials = keyring(&mut self).map_err(Error::invalid_input)?;
        let transport = transport(&mut self, &base_url).map_err(Error::invalid_input)?;
        Ok(ClientCore {
            inner: Arc::new(Inner {
                profile: self.profile,
                transport,
                base_url,
                is_own_server,
                headers,
                query: self.query,
                credentials,
                settings: self.settings,
                retry_budget: RetryBudget::full(),
            }),
        })
    }
}

impl BuilderCore {
    /// Sets the parameters of the API that all requests have and that aren't set: to the value of their
    /// environment variable, or to their default.
    fn with_parameters(mut self) -> Result<Self, String> {
        for (index, parameter) in self.profile.parameters.iter().enumerate() {
            let is_set = if parameter.is_header {
                self.headers.contains_key(parameter.wire)
            } else {
                self.query.iter().any(|(name, _)| name == parameter.wire)
            };
            if is_set {
                continue;
            }
            let of_environment = match &self.variables {
                Some(variables) => variables.parameter(index, parameter)?.map(str::to_owned),
                None => None,
            };
            let default = || parameter.default.map(str::to_owned);
            let value = of_environment.or_else(default);
            let value = value.ok_or_else(|| parameter.missing())?;
            self = self.parameter(index, &value);
        }
        Ok(self)
    }
}

/// Called by emitted code.
impl BuilderCore {
    pub fn new(profile: &'static Profile) -> Self {
        Self {
            profile,
            base_url: None,
            secrets: profile.schemes.iter().map(|_| None).collect(),
            headers: HeaderMap::new(),
            query: Vec::new(),
            transport: None,
            wrappers: Vec::new(),
            connections: Connections::default(),
            variables: None,
            settings: Settings {
                reading: profile.reading,
                ..Settings::default()
            },
            refused: None,
        }
    }

    /// Sets the credential of a security scheme, by its index in the profile.
    pub fn credential(mut self, scheme: usize, credential: String) -> Self {
        put(&mut self.secrets, scheme, Secret::Key(credential));
        self
    }

    /// Sets a parameter of all requests, by its index in the profile.
    pub fn parameter(self, index: usize, value: &str) -> Self {
        match self.profile.parameters.get(index) {
            Some(it) if it.is_header => self.header(it.wire, value),
            Some(it) => self.query(it.wire, value),
            None => self,
        }
    }

    /// Sets a user name and a password.
    pub fn basic_credential(mut self, scheme: usize, user: &str, password: &str) -> Self {
        match basic::join(user, password) {
            Ok(pair) => put(&mut self.secrets, scheme, Secret::Key(pair)),
            Err(problem) => drop(
                self.refused
                    .get_or_insert(format!("the credential {problem}")),
            ),
        }
        self
    }
}

/// Shows no credentials, no base URL before it is validated, and no values of headers and query
/// parameters.
impl fmt::Debug for BuilderCore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.keys().map(HeaderName::as_str).collect();
        let query: Vec<&str> = self.query.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("ClientBuilder")
            .field("headers", &headers)
            .field("query", &query)
            .field("connections", &self.connections)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

pub(super) fn put(secrets: &mut [Option<Secret>], scheme: usize, secret: Secret) {
    if let Some(place) = secrets.get_mut(scheme) {
        *place = Some(secret);
    }
}

/// The base URL that is set, or that of the environment; `None` for the API's own.
fn server(builder: &BuilderCore) -> Result<Option<BaseUrl>, String> {
    match (&builder.base_url, &builder.variables) {
        (Some(url), _) => BaseUrl::parse(url).map(Some),
        (None, Some(variables)) => variables.base_url(builder.profile),
        (None, None) => Ok(None),
    }
}

/// The headers of all requests: this crate's own, replaced by the user's.
fn headers(builder: &BuilderCore) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    headers.insert(USER_AGENT, header::fixed(builder.profile.user_agent)?);
    for (name, value) in &builder.headers {
        headers.insert(name, value.clone());
    }
    Ok(headers)
}

/// The credentials that are set, or else those of the environment.
fn keyring(builder: &mut BuilderCore) -> Result<Keyring, String> {
    let profile = builder.profile;
    let variables = builder.variables.as_ref();
    let mut given = Vec::with_capacity(builder.secrets.len());
    let schemes = profile.schemes.iter().zip(&mut builder.secrets);
    for (index, (scheme, secret)) in schemes.enumerate() {
        let (key, provider) = match secret.take() {
            Some(Secret::Provider(provider)) => (None, Some(provider)),
            Some(Secret::Key(key)) => {
                let key = Credential::new(scheme, key)
                    .map_err(|problem| format!("the {} {problem}", scheme.noun()))?;
                (Some(key), None)
            }
            None => match variables {
                Some(variables) => (variables.credential(index, scheme)?, None),
                None => (None, None),
            },
        };
        given.push(Credentials::new(scheme, key, provider));
    }
    // With several credentials, a request may need any of them. A single one must be present if the
    // environment is read for it, even if some operations don't need it.
    let is_required = match profile.schemes {
        [only] => variables.is_some() && only.env.is_some(),
        _ => false,
    };
    let has_any = given.is_empty() || given.iter().any(Credentials::is_set);
    if !has_any && (is_required || !profile.anonymous) {
        return Err(variables::missing_key(profile, variables.is_some()));
    }
    Ok(Keyring::new(profile, given))
}

/// The transport that is set, or a new HTTP client.
fn transport(builder: &mut BuilderCore, base_url: &BaseUrl) -> Result<ClientTransport, String> {
    let inner = if let Some(given) = builder.transport.take() {
        let without_effect = builder.connections.given();
        if !without_effect.is_empty() {
            return Err(format!(
                "{} can't be combined with `http_client` or `transport`, which make their own connections: \
                 configure the custom HTTP client instead, or don't set one",
                without_effect.join(" and ")
            ));
        }
        given
    } else {
        builder.settings.connect_timeout = builder.connections.limit();
        ClientTransport::Library(builder.connections.open(base_url)?)
    };
    let wrappers = builder.wrappers.iter();
    Ok(wrappers.fold(inner, |inner, wrap| inner.wrap(&**wrap)))
}
