//! What carries requests to the server, and the place to put something else there.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::error_kind::{Kind, Limit};
use super::scrub::Cause;

/// What carries requests to the server: a [`reqwest::Client`], or whatever a program puts in its
/// place, such as a recorder, a cache or a fake.
///
/// A transport gets each try of a call as it goes out, credentials and all, and gives back what the
/// server answered. Retries, redirects, limits of time and size, decoding and errors are not its
/// matter: they are the same whatever transport there is. Where its answer has a `Content-Length`, the
/// body is held against it, unless the answer has a `Content-Encoding` too: a transport that decodes
/// bodies had better take away both headers, as `reqwest` does.
///
/// A transport that passes requests on, changed or watched, is put around the one that a client has
/// with [`ClientBuilder::wrap_transport`](super::builder::ClientBuilder::wrap_transport).
pub trait Transport: Send + Sync + 'static {
    /// Sends one request, and comes back with the status and headers of its answer, whose body may
    /// still be on its way.
    ///
    /// # Errors
    ///
    /// A [`TransportError`] where no answer came. Which one decides whether the request may go out
    /// again.
    fn send(&self, request: reqwest::Request) -> TransportFuture<'_>;
}

/// A request on its way; see [`Transport::send`].
pub type TransportFuture<'a> =
    Pin<Box<dyn Future<Output = Result<reqwest::Response, TransportError>> + Send + 'a>>;

impl Transport for reqwest::Client {
    fn send(&self, request: reqwest::Request) -> TransportFuture<'_> {
        let answer = self.execute(request);
        Box::pin(async move { Ok(answer.await?) })
    }
}

/// What a client sends with. The HTTP library's own client is kept apart, because asking it directly
/// spares each call the box that a [`TransportFuture`] is.
#[derive(Clone)]
pub(crate) enum Carrier {
    Library(reqwest::Client),
    Given(Arc<dyn Transport>),
}

impl Carrier {
    /// Sends one request, as [`Transport::send`].
    pub(crate) fn send(
        &self,
        request: reqwest::Request,
    ) -> impl Future<Output = Result<reqwest::Response, TransportError>> + Send {
        // Begun here and not in the future, which would take the request along: that is large.
        let underway = match self {
            Self::Library(client) => Underway::Library(client.execute(request)),
            Self::Given(transport) => Underway::Given(transport.send(request)),
        };
        async move {
            match underway {
                Underway::Library(answer) => Ok(answer.await?),
                Underway::Given(answer) => answer.await,
            }
        }
    }

    /// Whether it is the HTTP library alone, with nothing in its place or around it.
    pub(crate) fn is_library(&self) -> bool {
        matches!(self, Self::Library(_))
    }

    /// The same with something around it.
    pub(crate) fn wrap(
        self,
        wrapper: impl FnOnce(Arc<dyn Transport>) -> Arc<dyn Transport>,
    ) -> Self {
        Self::Given(wrapper(match self {
            Self::Library(client) => Arc::new(client),
            Self::Given(transport) => transport,
        }))
    }
}

enum Underway<L, G> {
    Library(L),
    Given(G),
}

/// Why no answer came.
///
/// An error of `reqwest` becomes one by `?` or `into`.
pub struct TransportError(Reason);

enum Reason {
    Library(reqwest::Error),
    Connect(Cause),
    NotProcessed(Cause),
    Timeout(Cause),
    Broken(Cause),
}

impl TransportError {
    /// There was no connection: the server surely saw nothing, so the request may go out again.
    pub fn connect(cause: impl Into<Cause>) -> Self {
        Self(Reason::Connect(cause.into()))
    }

    /// The server said that it didn't process the request, which may go out again whatever its method.
    pub fn not_processed(cause: impl Into<Cause>) -> Self {
        Self(Reason::NotProcessed(cause.into()))
    }

    /// The answer didn't come in time. The server may have carried the request out.
    pub fn timeout(cause: impl Into<Cause>) -> Self {
        Self(Reason::Timeout(cause.into()))
    }

    /// The connection broke, or something else went wrong. The server may have carried the request
    /// out.
    pub fn broken(cause: impl Into<Cause>) -> Self {
        Self(Reason::Broken(cause.into()))
    }

    /// The kind of this error. `connect_timeout` is the limit that the client's own HTTP client has
    /// for a connection.
    pub(crate) fn into_kind(self, connect_timeout: Option<Duration>) -> Kind {
        match self.0 {
            Reason::Library(error) => Kind::of_library(error, connect_timeout),
            Reason::Connect(cause) => Kind::Connect(cause),
            Reason::NotProcessed(cause) => Kind::NotProcessed(cause),
            Reason::Timeout(cause) => Kind::Timeout {
                limit: Limit::Given,
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
        // The URL may hold a key in its query.
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

/// The host that `reqwest` gives an answer which was made without a URL, by a fake for example.
const NO_URL: &str = "no.url.provided.local";

/// Whether an answer says where it came from; else it is the URL of the request.
pub(crate) fn tells_origin(response: &reqwest::Response) -> bool {
    response.url().host_str() != Some(NO_URL)
}
