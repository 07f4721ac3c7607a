//! Making a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, USER_AGENT};

use super::base_url::BaseUrl;
use super::basic;
use super::bucket::Bucket;
use super::client::{Client, Inner};
use super::connections::Connections;
use super::credential::{Credential, Credentials, Provider};
use super::error::Error;
use super::header;
use super::keyring::Keyring;
use super::profile::{Profile, Settings};
use super::reading::Reading;
use super::retry::RetryPolicy;
use super::transport::{Carrier, Transport};
use super::variables::{self, Variables};

/// Puts something around a transport.
type Wrapper = Arc<dyn Fn(Arc<dyn Transport>) -> Arc<dyn Transport> + Send + Sync>;

/// Where the credential comes from.
#[derive(Clone)]
pub(super) enum Secret {
    Key(String),
    Provider(Provider),
}

/// Settings of a client that is being made.
///
/// [`build`](Self::build) checks them all, and its error names the first that can't work.
#[derive(Clone)]
#[must_use = "settings do nothing until the client is built"]
pub struct ClientBuilder {
    // Its methods are names that no credential of an API gets.
    pub(super) profile: &'static Profile,
    base_url: Option<String>,
    /// By the profile's schemes.
    pub(super) secrets: Vec<Option<Secret>>,
    headers: HeaderMap,
    query: Vec<(String, String)>,
    transport: Option<Carrier>,
    wrappers: Vec<Wrapper>,
    pub(super) connections: Connections,
    pub(super) variables: Option<Variables>,
    pub(crate) settings: Settings,
    pub(super) refused: Option<String>,
}

impl ClientBuilder {
    /// The address of the server, with a path prefix or without, such as `https://example.com/v1`.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// The longest time for one try of a call, from connecting to the end of the body: 60 seconds by
    /// default. `Duration::MAX` is no limit.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// The longest time for a call, with all tries and the waits between them: without limit by default.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.settings.total_timeout = Some(timeout);
        self
    }

    /// How often a call is tried again after a failure that may pass: 2 times by default, 0 for never.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.settings.retry.max_retries = retries;
        self
    }

    /// How it is decided whether a call is tried again, and when, in the place of what is said to be
    /// the default. It brings its own [`max_retries`](RetryPolicy::max_retries).
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.settings.retry = policy;
        self
    }

    /// A header of every call, in the place of one with the same name. A request's `with_header` goes
    /// before it, and `with_no_header` takes it out of one call.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        match header::parse(name.as_ref(), value.as_ref()) {
            Ok((name, value)) => drop(self.headers.insert(name, value)),
            Err(message) => drop(self.refused.get_or_insert(message)),
        }
        self
    }

    /// A parameter in the query of every call, in the place of one with the same name. A call that has
    /// values of its own under that name sends those alone.
    pub fn query(mut self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        let name = name.into();
        self.query.retain(|(known, _)| *known != name);
        self.query.push((name, value.to_string()));
        self
    }

    /// The `User-Agent` of every call, in the place of this crate's own. It is short for
    /// [`header`](Self::header).
    pub fn user_agent(self, name: impl AsRef<str>) -> Self {
        self.header(USER_AGENT, name)
    }

    /// An HTTP client of one's own to send with, for example one that is shared with other parts of a
    /// program.
    ///
    /// For a proxy, certificates and other settings none is needed: see
    /// [`configure_http`](Self::configure_http), [`proxy`](Self::proxy) and their neighbours. They are
    /// refused beside a client of one's own, on which they have no effect.
    ///
    /// Build it with `redirect(reqwest::redirect::Policy::none())`: this crate follows redirects
    /// itself, on the same origin only. Where the client goes to another origin by itself, the
    /// credentials may have gone there too, and the call fails.
    ///
    /// Build it with `retry(reqwest::retry::never())` too. By default `reqwest` repeats a request, up to
    /// two times, that a server gives back unprocessed over HTTP/2; neither
    /// [`max_retries`](Self::max_retries) nor [`Error::attempts`] knows of that. This crate repeats such a
    /// request itself, whatever its method.
    ///
    /// Where this crate brings rustls (its feature `rustls`) and the program has chosen no other TLS
    /// of `reqwest`, building such a client needs a `CryptoProvider`: without one, `reqwest` panics.
    /// With the crate `rustls` among the program's dependencies:
    ///
    #[cfg_attr(feature = "rustls", doc = "```")]
    #[cfg_attr(not(feature = "rustls"), doc = "```ignore")]
    /// // It fails where the program has a provider already, which is as good.
    /// let _ = rustls::crypto::ring::default_provider().install_default();
    /// let http = reqwest::Client::builder()
    ///     .redirect(reqwest::redirect::Policy::none())
    ///     .build()?;
    /// # drop(http);
    /// # Ok::<(), reqwest::Error>(())
    /// ```
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.transport = Some(Carrier::Library(client));
        self
    }

    /// What carries requests to the server, in the place of an HTTP client.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Carrier::Given(Arc::new(transport)));
        self
    }

    /// Puts a transport around the one that there is, to change or to watch what goes out and what
    /// comes back. A second one is put around the first.
    pub fn wrap_transport<T: Transport>(
        mut self,
        wrap: impl Fn(Arc<dyn Transport>) -> T + Send + Sync + 'static,
    ) -> Self {
        self.wrappers
            .push(Arc::new(move |inner| Arc::new(wrap(inner))));
        self
    }

    /// How strictly responses are held against the API's description: [`Reading::Lenient`], unless the
    /// makers of this crate chose another level.
    pub fn reading(mut self, reading: Reading) -> Self {
        self.settings.reading = reading;
        self
    }

    /// The most bytes that are taken of a successful answer's body, after decompression: 64 MiB by
    /// default. A body above it is an error.
    pub fn max_body_size(mut self, bytes: usize) -> Self {
        self.settings.max_body_size = bytes;
        self
    }

    /// The most bytes that are kept of an error's body, after decompression: 1 MiB by default. A body
    /// above it is cut.
    pub fn max_error_body_size(mut self, bytes: usize) -> Self {
        self.settings.max_error_body_size = bytes;
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// An error with [`Error::is_invalid_input`] where the credential is missing, blank or can't be
    /// sent, where the base URL can't be one, where a header can't be sent, where the HTTP client can't
    /// be made, as without certificates of the system, or where settings of it are given beside
    /// another one, which they have no effect on.
    pub fn build(mut self) -> Result<Client, Error> {
        if let Some(message) = self.refused.take() {
            return Err(Error::invalid_input(message));
        }
        let server = server(&self).map_err(Error::invalid_input)?;
        let is_own_server = server.is_some();
        let base_url = match server {
            Some(server) => server,
            None => BaseUrl::parse(self.profile.base_url).map_err(Error::invalid_input)?,
        };
        let headers = headers(&self).map_err(Error::invalid_input)?;
        let credentials = keyring(&mut self).map_err(Error::invalid_input)?;
        let transport = carrier(&mut self, &base_url).map_err(Error::invalid_input)?;
        Ok(Client {
            inner: Arc::new(Inner {
                profile: self.profile,
                transport,
                base_url,
                is_own_server,
                headers,
                query: self.query,
                credentials,
                settings: self.settings,
                bucket: Bucket::full(),
            }),
        })
    }
}

/// What emitted code says.
impl ClientBuilder {
    pub(crate) fn new(profile: &'static Profile) -> Self {
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

    /// The credential of a scheme, by its index in the profile.
    pub(crate) fn credential(mut self, scheme: usize, credential: String) -> Self {
        put(&mut self.secrets, scheme, Secret::Key(credential));
        self
    }

    /// The same for a user name and a password.
    pub(crate) fn basic_credential(mut self, scheme: usize, user: &str, password: &str) -> Self {
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

/// Shows neither the credential, nor the base URL before it is checked, nor values of headers and of
/// the query.
impl fmt::Debug for ClientBuilder {
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

/// The server that the user names, else the environment; none for the API's own.
fn server(builder: &ClientBuilder) -> Result<Option<BaseUrl>, String> {
    match (&builder.base_url, &builder.variables) {
        (Some(url), _) => BaseUrl::parse(url).map(Some),
        (None, Some(variables)) => variables.base_url(builder.profile),
        (None, None) => Ok(None),
    }
}

/// The headers of every call: the API's own, and over them the user's.
fn headers(builder: &ClientBuilder) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    headers.insert(USER_AGENT, header::fixed(builder.profile.user_agent)?);
    for (name, value) in &builder.headers {
        headers.insert(name, value.clone());
    }
    Ok(headers)
}

/// The credentials: those that are given, else those of the environment.
fn keyring(builder: &mut ClientBuilder) -> Result<Keyring, String> {
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
    // Of several credentials a call may need any. One alone has to be there where the environment is
    // asked for it, also if some calls can do without.
    let is_asked_for = match profile.schemes {
        [only] => variables.is_some() && only.env.is_some(),
        _ => false,
    };
    let has_any = given.is_empty() || given.iter().any(Credentials::is_there);
    if !has_any && (is_asked_for || !profile.anonymous) {
        return Err(variables::missing_key(profile, variables.is_some()));
    }
    Ok(Keyring::new(profile, given))
}

/// What carries requests: what the user gives, or an HTTP client that is made here.
fn carrier(builder: &mut ClientBuilder, base_url: &BaseUrl) -> Result<Carrier, String> {
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
        Carrier::Library(builder.connections.open(base_url)?)
    };
    let wrappers = builder.wrappers.iter();
    Ok(wrappers.fold(inner, |inner, wrap| inner.wrap(&**wrap)))
}
