//! The transport, which sends requests to the server and can be replaced.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::cause::Cause;
use super::error_kind::{Kind, Limit};

/// Sends requests to the server: a [`reqwest::Client`], or a custom implementation such as a recorder, a
/// cache or a mock.
///
/// A transport receives each attempt of a request as it is sent, including credentials, and returns the
/// server's response. Retries, redirects, timeouts, size limits, decoding and errors are the same for
/// all transports. If a response has a `Content-Length` and no `Content-Encoding`, the body must have
/// that length: a transport that decompresses bodies should remove both headers, as `reqwest` does.
///
/// Middleware, which observes or modifies requests and responses, wraps the client's transport with
/// `ClientBuilder::wrap_transport`.
pub trait Transport: Send + Sync + 'static {
    /// Sends one request and returns the response as soon as its status and headers are received.
    ///
    /// # Errors
    ///
    /// Returns a [`TransportError`] if no response was received. Its kind decides whether the request can
    /// be retried.
    fn send(&self, request: reqwest::Request) -> TransportFuture<'_>;
}

/// The future of a request; see [`Transport::send`].
pub type TransportFuture<'a> =
    Pin<Box<dyn Future<Output = Result<reqwest::Response, TransportError>> + Send + 'a>>;

impl Transport for reqwest::Client {
    fn send(&self, request: reqwest::Request) -> TransportFuture<'_> {
        let response = self.execute(request);
        Box::pin(async move { Ok(response.await?) })
    }
}

/// The transport of a client. The HTTP library's client is called directly, which avoids the box of a
/// [`TransportFuture`] for each request.
#[derive(Clone)]
pub(crate) enum ClientTransport {
    Library(reqwest::Client),
    Custom(Arc<dyn Transport>),
}

impl ClientTransport {
    /// Sends one request, as [`Transport::send`].
    pub(crate) fn send(
        &self,
        request: reqwest::Request,
    ) -> impl Future<Output = Result<reqwest::Response, TransportError>> + Send {
        // Called here and not in the future, which would store the request: that is large.
        let in_flight = match self {
            Self::Library(client) => InFlight::Library(client.execute(request)),
            Self::Custom(transport) => InFlight::Custom(transport.send(request)),
        };
        async move {
            match in_flight {
                InFlight::Library(response) => Ok(response.await?),
                InFlight::Custom(response) => response.await,
            }
        }
    }

    /// Whether it is the HTTP library's client, neither replaced nor wrapped.
    pub(crate) fn is_library(&self) -> bool {
        matches!(self, Self::Library(_))
    }

    /// Wraps it in another transport.
    pub(crate) fn wrap(
        self,
        wrapper: impl FnOnce(Arc<dyn Transport>) -> Arc<dyn Transport>,
    ) -> Self {
        Self::Custom(wrapper(match self {
            Self::Library(client) => Arc::new(client),
            Self::Custom(transport) => transport,
        }))
    }
}

enum InFlight<L, C> {
    Library(L),
    Custom(C),
}

/// Why no response was received.
///
/// An error of `reqwest` converts into it with `?` or `into`.
pub struct TransportError(Reason);

enum Reason {
    Library(reqwest::Error),
    Connect(Cause),
    NotProcessed(Cause),
    Timeout(Cause),
    Broken(Cause),
}

impl TransportError {
    /// No connection was established. The server received nothing, so the request can be retried.
    pub fn connect(cause: impl Into<Cause>) -> Self {
        Self(Reason::Connect(cause.into()))
    }

    /// The server reported that it didn't process the request, which can be retried whatever its method.
    pub fn not_processed(cause: impl Into<Cause>) -> Self {
        Self(Reason::NotProcessed(cause.into()))
    }

    /// No response was received in time. The server may have processed the request.
    pub fn timeout(cause: impl Into<Cause>) -> Self {
        Self(Reason::Timeout(cause.into()))
    }

    /// The connection closed, or another failure. The server may have processed the request.
    pub fn broken(cause: impl Into<Cause>) -> Self {
        Self(Reason::Broken(cause.into()))
    }

    /// The kind of this error. `connect_timeout` is that of the client's own HTTP client.
    pub(crate) fn into_kind(self, connect_timeout: Option<Duration>) -> Kind {
        match self.0 {
            Reason::Library(error) => Kind::of_library(error, connect_timeout),
            Reason::Connect(cause) => Kind::Connect(cause),
            Reason::NotProcessed(cause) => Kind::NotProcessed(cause),
            Reason::Timeout(cause) => Kind::Timeout {
                limit: Limit::Custom,
                length: None,
                cause: Some(cause),
            },
            Reason::Broken(cause) => Kind::Broken(cause),
        }
    }

    fn cause(&self) -> &(dyn std::error::Error + 'static) {
        match &self.0 {
            Reason::Library(error) => error,
            Reason::Connect(cause)
            | Reason::NotProcessed(cause)
            | Reason::Timeout(cause)
            | Reason::Broken(cause) => &**cause,
        }
    }
}

impl From<reqwest::Error> for TransportError {
    fn from(error: reqwest::Error) -> Self {
        // The URL may have a key in its query.
        Self(Reason::Library(error.without_url()))
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Reason::Library(_) => f.write_str("the HTTP client received no response"),
            Reason::Connect(_) => f.write_str("could not connect"),
            Reason::NotProcessed(_) => f.write_str("the server did not process the request"),
            Reason::Timeout(_) => f.write_str("timed out before a response was received"),
            Reason::Broken(_) => f.write_str("connection closed before a response was received"),
        }
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TransportError")
            .field(&self.cause())
            .finish()
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.cause())
    }
}

/// The host that `reqwest` sets for a response that was built without a URL, for example by a mock.
const NO_URL: &str = "no.url.provided.local";

/// Whether a response has a URL; otherwise it is that of the request.
pub(crate) fn has_url(response: &reqwest::Response) -> bool {
    response.url().host_str() != Some(NO_URL)
}
