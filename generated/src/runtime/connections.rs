//! The HTTP client that is built unless a custom one is set: proxies, TLS and connecting.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::base_url::BaseUrl;
use super::builder::BuilderCore;
use super::tls;

/// The default connect timeout.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Configures the builder of the HTTP library.
type Change = Arc<dyn Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync>;

/// Settings of the HTTP client.
#[derive(Clone, Default)]
pub(super) struct Connections {
    pub(super) connect_timeout: Option<Duration>,
    proxies: Vec<reqwest::Proxy>,
    changes: Vec<Change>,
    #[cfg(any(feature = "rustls", feature = "native-tls", feature = "aws-lc"))]
    roots: Vec<reqwest::Certificate>,
    #[cfg(any(feature = "rustls", feature = "native-tls", feature = "aws-lc"))]
    identity: Option<reqwest::Identity>,
}

/// Settings of the HTTP client.
///
/// They can't be combined with [`http_client`](Self::http_client) or [`transport`](Self::transport),
/// which make their own connections.
impl BuilderCore {
    /// `ClientBuilder::connect_timeout`.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connections.connect_timeout = Some(timeout);
        self
    }

    /// `ClientBuilder::proxy`.
    pub fn proxy(mut self, proxy: reqwest::Proxy) -> Self {
        self.connections.proxies.push(proxy);
        self
    }

    /// `ClientBuilder::add_root_certificate`.
    #[cfg(any(feature = "rustls", feature = "native-tls", feature = "aws-lc"))]
    pub fn add_root_certificate(mut self, certificate: reqwest::Certificate) -> Self {
        self.connections.roots.push(certificate);
        self
    }

    /// `ClientBuilder::identity`.
    #[cfg(any(feature = "rustls", feature = "native-tls", feature = "aws-lc"))]
    pub fn identity(mut self, identity: reqwest::Identity) -> Self {
        self.connections.identity = Some(identity);
        self
    }

    /// `ClientBuilder::configure_http`.
    pub fn configure_http<F>(mut self, change: F) -> Self
    where
        F: FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Clone + Send + Sync + 'static,
    {
        // A builder can be cloned, so each `build` calls a copy of the closure.
        self.connections
            .changes
            .push(Arc::new(move |http| change.clone()(http)));
        self
    }
}

impl Connections {
    /// The methods that were called and have no effect on a custom HTTP client.
    pub(super) fn given(&self) -> Vec<&'static str> {
        let mut given = Vec::new();
        if !self.proxies.is_empty() {
            given.push("`proxy`");
        }
        given.extend(self.given_for_tls());
        if !self.changes.is_empty() {
            given.push("`configure_http`");
        }
        given
    }

    #[cfg(any(feature = "rustls", feature = "native-tls", feature = "aws-lc"))]
    fn given_for_tls(&self) -> Vec<&'static str> {
        let mut given = Vec::new();
        if !self.roots.is_empty() {
            given.push("`add_root_certificate`");
        }
        if self.identity.is_some() {
            given.push("`identity`");
        }
        given
    }

    #[cfg(not(any(feature = "rustls", feature = "native-tls", feature = "aws-lc")))]
    fn given_for_tls(&self) -> Vec<&'static str> {
        Vec::new()
    }

    /// The connect timeout; `None` if a closure may have set another one.
    pub(super) fn limit(&self) -> Option<Duration> {
        let default = self.changes.is_empty().then_some(CONNECT_TIMEOUT);
        self.connect_timeout.or(default)
    }

    /// Builds the HTTP client.
    ///
    /// If a pooled connection turns out to be closed, the HTTP library (hyper) moves a request that it
    /// hasn't begun to write to another connection. This can't be disabled; nothing of the request was
    /// sent, so it doesn't count as a second attempt.
    pub(super) fn open(&self, base_url: &BaseUrl) -> Result<reqwest::Client, String> {
        let http = reqwest::Client::builder().connect_timeout(CONNECT_TIMEOUT);
        // The library's TLS settings have no effect on a TLS configuration of our own.
        let by_library = !self.changes.is_empty() || !self.given_for_tls().is_empty();
        let http = if by_library {
            tls::configure_library(http, base_url)?
        } else {
            tls::configure(http, base_url)?
        };
        let http = self.trusting(http);
        let http = self
            .proxies
            .iter()
            .cloned()
            .fold(http, reqwest::ClientBuilder::proxy);
        let mut http = self.changes.iter().fold(http, |http, change| change(http));
        if let Some(limit) = self.connect_timeout {
            http = http.connect_timeout(limit);
        }
        // Retries are the retry policy's decision, and each attempt is counted.
        http.redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .build()
            .map_err(|error| build_error(&error))
    }

    #[cfg(any(feature = "rustls", feature = "native-tls", feature = "aws-lc"))]
    fn trusting(&self, http: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        let http = http.tls_certs_merge(self.roots.iter().cloned());
        match &self.identity {
            Some(identity) => http.identity(identity.clone()),
            None => http,
        }
    }

    #[cfg(not(any(feature = "rustls", feature = "native-tls", feature = "aws-lc")))]
    #[allow(clippy::unused_self, reason = "as where there is TLS")]
    fn trusting(&self, http: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        http
    }
}

/// Shows only which methods were called: a proxy may hold a password.
impl fmt::Debug for Connections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connections")
            .field("connect_timeout", &self.connect_timeout)
            .field("given", &self.given())
            .finish_non_exhaustive()
    }
}

/// The message if the HTTP client can't be built. The library names the cause in the error's source.
fn build_error(error: &reqwest::Error) -> String {
    let mut text = String::from("the HTTP client can't be built");
    let mut cause = std::error::Error::source(error);
    if cause.is_none() {
        text = format!("{text}: {error}");
    }
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
