//! The HTTP client that is made for a client which isn't given one: how it connects.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::base_url::BaseUrl;
use super::builder::ClientBuilder;
use super::tls;

/// The time for a connection, where nothing else is said.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Changes the settings of the HTTP library.
type Change = Arc<dyn Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync>;

/// What was said of connections.
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

/// Settings of the HTTP client that is made here.
///
/// Beside [`http_client`](Self::http_client) and [`transport`](Self::transport), which have
/// connections of their own, they are refused.
impl ClientBuilder {
    /// The longest time for making a connection: 10 seconds by default. It is for the HTTP client
    /// that is made here; one that is given to [`http_client`](Self::http_client) goes by its own.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connections.connect_timeout = Some(timeout);
        self
    }

    /// A proxy, instead of those of the environment (`HTTPS_PROXY` and the like). Of several, a request
    /// goes through the first that takes it.
    pub fn proxy(mut self, proxy: reqwest::Proxy) -> Self {
        self.connections.proxies.push(proxy);
        self
    }

    /// A certificate of an authority that is trusted beside those of the system, such as a company's
    /// own.
    ///
    /// To trust no others, call `tls_certs_only` in [`configure_http`](Self::configure_http). With
    /// rustls a provider of cryptography is needed for the process, as is said there.
    #[cfg(any(feature = "rustls", feature = "native-tls", feature = "aws-lc"))]
    pub fn add_root_certificate(mut self, certificate: reqwest::Certificate) -> Self {
        self.connections.roots.push(certificate);
        self
    }

    /// The certificate and the key by which the server knows this client (mutual TLS).
    ///
    /// For rustls, ring or aws-lc, it is made with `reqwest::Identity::from_pem`, for native-tls with
    /// `from_pkcs8_pem` or `from_pkcs12_der`; [`build`](Self::build) refuses one of the other kind. With
    /// rustls a provider of cryptography is needed for the process, as
    /// [`configure_http`](Self::configure_http) says.
    #[cfg(any(feature = "rustls", feature = "native-tls", feature = "aws-lc"))]
    pub fn identity(mut self, identity: reqwest::Identity) -> Self {
        self.connections.identity = Some(identity);
        self
    }

    /// Changes any other setting of the HTTP client that is made here: it gets the
    /// [`reqwest::ClientBuilder`] with TLS, proxies, certificates and time-outs set. Several changes
    /// are made in the order in which they are given.
    ///
    /// Redirects stay this crate's matter, which follows them on the same origin only: a policy for
    /// them that is set here doesn't hold. Headers that calls have go before default ones that are set
    /// here: set the user agent with [`user_agent`](Self::user_agent).
    ///
    /// With the feature `rustls`, this, [`add_root_certificate`](Self::add_root_certificate) and
    /// [`identity`](Self::identity) have `reqwest` set up TLS, for which it takes the
    /// `CryptoProvider` of the process. Where the program has installed none by
    /// [`build`](Self::build), that of ring is installed, as rustls does by itself where it is
    /// compiled with ring alone; a program that wants another one installs it first.
    pub fn configure_http<F>(mut self, change: F) -> Self
    where
        F: FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Clone + Send + Sync + 'static,
    {
        // The builder can be cloned, so that each client that is made calls a copy.
        self.connections
            .changes
            .push(Arc::new(move |http| change.clone()(http)));
        self
    }
}

impl Connections {
    /// The methods by which something was said that has no effect on another HTTP client.
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

    /// The longest time for a connection, as far as it is known: a change may have set another one.
    pub(super) fn limit(&self) -> Option<Duration> {
        let usual = self.changes.is_empty().then_some(CONNECT_TIMEOUT);
        self.connect_timeout.or(usual)
    }

    /// Makes the HTTP client.
    ///
    /// Of a connection that was kept and that turns out to be closed, the HTTP library (hyper) takes back
    /// a request which it hasn't begun to write, and puts it on another connection. It can't be told not
    /// to; nothing of the request went out then, so that is no second request.
    pub(super) fn open(&self, base_url: &BaseUrl) -> Result<reqwest::Client, String> {
        let http = reqwest::Client::builder().connect_timeout(CONNECT_TIMEOUT);
        // Settings of TLS are of no effect on a configuration of TLS that is made here.
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
        // What may go out again, how often and when, is the retry policy's to say; and each request is
        // counted.
        http.redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .build()
            .map_err(|error| unmade(&error))
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

/// Says no more than which methods were called: proxies hold passwords.
impl fmt::Debug for Connections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connections")
            .field("connect_timeout", &self.connect_timeout)
            .field("given", &self.given())
            .finish_non_exhaustive()
    }
}

/// What is said where the HTTP library makes no client. Its own text names the cause in a source.
fn unmade(error: &reqwest::Error) -> String {
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
