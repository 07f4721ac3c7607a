//! Making a client.

use std::ffi::OsString;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, USER_AGENT};

use super::base_url::BaseUrl;
use super::bucket::Bucket;
use super::client::{Client, Inner};
use super::error::Error;
use super::header;
use super::profile::{Auth, Profile, Settings};
use super::tls;

/// The time for a connection, where nothing else is said.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Settings of a client that is being made.
///
/// [`build`](Self::build) checks them all, and its error names the first that can't work.
#[derive(Clone)]
#[must_use = "settings do nothing until the client is built"]
pub struct ClientBuilder {
    profile: &'static Profile,
    base_url: Option<String>,
    credential: Option<String>,
    headers: HeaderMap,
    http: Option<reqwest::Client>,
    pub(crate) settings: Settings,
    refused: Option<String>,
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

    /// The longest time for making a connection: 10 seconds by default. It is for the HTTP client
    /// that is made here; one that is given to [`http_client`](Self::http_client) goes by its own.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.connect_timeout = Some(timeout);
        self
    }

    /// The longest time for a call, with all tries and the waits between them: without limit by default.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.settings.total_timeout = Some(timeout);
        self
    }

    /// How often a call is tried again after a failure that may pass: 2 times by default, 0 for never.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.settings.max_retries = retries;
        self
    }

    /// A header of every call, in the place of one with the same name.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        match header::parse(name.as_ref(), value.as_ref()) {
            Ok((name, value)) => drop(self.headers.insert(name, value)),
            Err(message) => drop(self.refused.get_or_insert(message)),
        }
        self
    }

    /// The HTTP client to send with, for a proxy, own certificates and the like.
    ///
    /// Build it with `redirect(reqwest::redirect::Policy::none())`: this crate follows redirects
    /// itself, on the same origin only. Where the client goes to another origin by itself, the
    /// credentials may have gone there too, and the call fails.
    ///
    /// Where this crate brings rustls (its feature `rustls`) and the program has chosen no other TLS
    /// of `reqwest`, building such a client needs a `CryptoProvider`: install one with
    /// `rustls::crypto::ring::default_provider().install_default()`, or hand a configuration to
    /// `tls_backend_preconfigured`. Without one, `reqwest` panics.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
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
    /// sent, where the base URL can't be one, where a header can't be sent, or where the system's
    /// certificates can't be read.
    pub fn build(mut self) -> Result<Client, Error> {
        if let Some(message) = self.refused.take() {
            return Err(Error::invalid_input(message));
        }
        let base_url = BaseUrl::parse(self.base_url.as_deref().unwrap_or(self.profile.base_url))
            .map_err(Error::invalid_input)?;
        let (credential, headers) = self.headers().map_err(Error::invalid_input)?;
        let http = if let Some(given) = self.http.take() {
            // Connections are the given client's own matter.
            self.settings.connect_timeout = None;
            given
        } else {
            let limit = *self.settings.connect_timeout.get_or_insert(CONNECT_TIMEOUT);
            new_http_client(&base_url, limit)?
        };
        Ok(Client {
            inner: Arc::new(Inner {
                profile: self.profile,
                http,
                base_url,
                headers,
                credential,
                settings: self.settings,
                bucket: Bucket::full(),
            }),
        })
    }

    /// The credential, and the headers of every call: the API's own, and over them the user's.
    fn headers(&self) -> Result<(String, HeaderMap), String> {
        let profile = self.profile;
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, header::fixed(profile.user_agent)?);
        let mut credential = String::new();
        if profile.auth != Auth::None {
            credential = self
                .credential
                .clone()
                .ok_or_else(|| missing_key(profile))?;
            check_key(&credential).map_err(|problem| format!("the API key {problem}"))?;
        }
        let (name, text) = match profile.auth {
            Auth::Bearer => ("authorization", format!("Bearer {credential}")),
            Auth::Header(name) => (name, credential.clone()),
            Auth::None | Auth::Query(_) | Auth::Cookie(_) => ("", String::new()),
        };
        if !name.is_empty() {
            let (name, mut value) = header::parse(name, &text)?;
            value.set_sensitive(true);
            headers.insert(name, value);
        }
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        Ok((credential, headers))
    }
}

/// What emitted code says.
impl ClientBuilder {
    pub(crate) fn new(profile: &'static Profile) -> Self {
        Self {
            profile,
            base_url: None,
            credential: None,
            headers: HeaderMap::new(),
            http: None,
            settings: Settings::default(),
            refused: None,
        }
    }

    /// Settings from the environment: the credential, which has to be there, and the base URL.
    pub(crate) fn from_env(profile: &'static Profile) -> Result<Self, Error> {
        Self::from_variables(profile, |name| std::env::var_os(name))
    }

    /// The same from any source of variables. A blank base URL counts as none.
    pub(crate) fn from_variables(
        profile: &'static Profile,
        read: impl Fn(&str) -> Option<OsString>,
    ) -> Result<Self, Error> {
        let text = |name: &str| match read(name).map(OsString::into_string) {
            Some(Ok(text)) => Ok(Some(text)),
            Some(Err(_)) => Err(Error::invalid_input(format!(
                "the environment variable {name} is not Unicode"
            ))),
            None => Ok(None),
        };
        let mut builder = Self::new(profile);
        if let (Some(name), true) = (profile.api_key_env, profile.auth != Auth::None) {
            let key = text(name)?.ok_or_else(|| {
                Error::invalid_input(format!(
                    "the environment variable {name} is not set: set it to the API key"
                ))
            })?;
            check_key(&key).map_err(|problem| {
                Error::invalid_input(format!(
                    "the API key in the environment variable {name} {problem}"
                ))
            })?;
            builder = builder.credential(key);
        }
        if let Some(name) = profile.base_url_env
            && let Some(url) = text(name)?
            && !url.trim().is_empty()
        {
            BaseUrl::parse(&url).map_err(|message| {
                Error::invalid_input(format!("the environment variable {name}: {message}"))
            })?;
            builder = builder.base_url(url);
        }
        Ok(builder)
    }

    pub(crate) fn credential(mut self, credential: String) -> Self {
        self.credential = Some(credential);
        self
    }
}

/// Shows neither the credential, nor the base URL before it is checked, nor values of headers.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.keys().map(HeaderName::as_str).collect();
        f.debug_struct("ClientBuilder")
            .field("headers", &headers)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

fn new_http_client(
    base_url: &BaseUrl,
    connect_timeout: Duration,
) -> Result<reqwest::Client, Error> {
    let builder = reqwest::Client::builder()
        .connect_timeout(connect_timeout)
        .redirect(reqwest::redirect::Policy::none());
    let builder = tls::configure(builder, base_url).map_err(Error::invalid_input)?;
    builder
        .build()
        .map_err(|error| Error::invalid_input(format!("the HTTP client can't be made: {error:?}")))
}

fn missing_key(profile: &Profile) -> String {
    let variable = profile
        .api_key_env
        .map(|name| format!(", or set {name} and use `Client::from_env`"));
    format!(
        "there is no API key: give one with `api_key`{}",
        variable.unwrap_or_default()
    )
}

/// What is wrong with a key that can't be sent, without showing it.
fn check_key(key: &str) -> Result<(), &'static str> {
    if key.trim().is_empty() {
        return Err("is blank");
    }
    header::value(key)?;
    // HTTP drops blanks around a value, so the server would see another key.
    if key.trim() != key {
        return Err("has blanks before or after it");
    }
    Ok(())
}
