//! A mock transport for tests, which replays scripted responses (feature `test-util`).

use std::collections::VecDeque;
use std::fmt;
use std::future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use reqwest::Url;
use reqwest::header::HeaderMap;
use serde::Serialize;
use serde_json::Value;

use super::transport::{Transport, TransportError, TransportFuture};

/// A mock transport for tests: it expects requests in a given order, and replays a response for each.
///
/// A request other than the expected one panics, which fails the test; the message names both. Clones
/// share the expectations: give one to
/// `ClientBuilder::transport`, and keep one.
///
/// No connection is made. On Tokio's paused clock (`#[tokio::test(start_paused = true)]`) backoffs take
/// no time either.
#[derive(Clone, Default)]
pub struct MockTransport {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    expected: VecDeque<Expected>,
    sent: Vec<SentRequest>,
    /// The first unexpected request, for a test in which its panic was caught.
    failure: Option<String>,
}

/// An expected request, and its response.
struct Expected {
    method: String,
    path: String,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: Option<Value>,
    response: MockResponse,
}

impl MockTransport {
    /// Creates a mock transport without expectations.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Expects a request of this method and path after those that are already expected. The path is
    /// the one that is sent: percent-encoded, and with the path of the base URL.
    ///
    /// The expectation is added by the method that sets its response:
    /// [`respond`](Expectation::respond), [`respond_json`](Expectation::respond_json),
    /// [`disconnect`](Expectation::disconnect) or [`connect_error`](Expectation::connect_error).
    pub fn expect(&self, method: &str, path: &str) -> Expectation<'_> {
        Expectation {
            transport: self,
            expected: Expected {
                method: method.to_owned(),
                path: path.to_owned(),
                query: Vec::new(),
                headers: Vec::new(),
                body: None,
                response: MockResponse::new(200),
            },
        }
    }

    /// Returns the requests that were sent so far.
    #[must_use]
    pub fn requests(&self) -> Vec<SentRequest> {
        self.state().sent.clone()
    }

    /// Asserts that all expected requests were sent, and no other.
    ///
    /// # Panics
    ///
    /// If an expected request was not sent, or another one was.
    pub fn assert_done(&self) {
        let state = self.state();
        if let Some(failure) = &state.failure {
            panic!("{failure}");
        }
        if let Some(next) = state.expected.front() {
            panic!(
                "{} expected requests were not sent, the first is {} {}",
                state.expected.len(),
                next.method,
                next.path
            );
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic is an unexpected request, which the state remembers.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An expected request; see [`MockTransport::expect`].
#[must_use = "a request is expected once its response is given, such as with `respond`"]
pub struct Expectation<'a> {
    transport: &'a MockTransport,
    expected: Expected,
}

impl Expectation<'_> {
    /// Expects this query parameter, decoded, among others.
    pub fn with_query(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.expected
            .query
            .push((name.to_owned(), value.to_string()));
        self
    }

    /// Expects this header, among others.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.expected
            .headers
            .push((name.to_owned(), value.to_owned()));
        self
    }

    /// Expects this JSON body; the order of object members doesn't matter.
    ///
    /// # Panics
    ///
    /// If the value can't be serialized as JSON.
    pub fn with_json<T: Serialize + ?Sized>(mut self, body: &T) -> Self {
        self.expected.body = Some(to_value(body));
        self
    }

    /// Responds with this response.
    pub fn respond(mut self, response: MockResponse) {
        self.expected.response = response;
        self.transport.state().expected.push_back(self.expected);
    }

    /// Responds with a status and a JSON body.
    ///
    /// # Panics
    ///
    /// If the value can't be serialized as JSON, or the status isn't from 100 to 999.
    pub fn respond_json<T: Serialize + ?Sized>(self, status: u16, body: &T) {
        self.respond(MockResponse::new(status).json(body));
    }

    /// Closes the connection before a response: the server may have processed the request.
    pub fn disconnect(self) {
        self.respond(MockResponse::disconnect());
    }

    /// Fails to connect: the server receives nothing.
    pub fn connect_error(self) {
        self.respond(MockResponse::connect_error());
    }
}

/// The result of a request to a [`MockTransport`]: a response, or a failure.
#[derive(Clone)]
pub struct MockResponse(Behavior);

#[derive(Clone)]
enum Behavior {
    Respond(Box<http::Response<Bytes>>),
    ConnectError,
    Disconnect,
    Pending,
}

impl MockResponse {
    /// A response with this status and an empty body.
    ///
    /// # Panics
    ///
    /// If the status isn't from 100 to 999.
    #[must_use]
    pub fn new(status: u16) -> Self {
        let mut response = http::Response::new(Bytes::new());
        *response.status_mut() =
            http::StatusCode::from_u16(status).expect("a status is from 100 to 999");
        Self(Behavior::Respond(response.into()))
    }

    /// A connection that can't be made: the server receives nothing.
    #[must_use]
    pub fn connect_error() -> Self {
        Self(Behavior::ConnectError)
    }

    /// A connection that closes before a response: the server may have processed the request.
    #[must_use]
    pub fn disconnect() -> Self {
        Self(Behavior::Disconnect)
    }

    /// A response that never arrives: the request stays pending until it times out.
    #[must_use]
    pub fn pending() -> Self {
        Self(Behavior::Pending)
    }

    /// Adds a header.
    ///
    /// # Panics
    ///
    /// If the name or the value is invalid.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name: http::HeaderName = name.parse().expect("a header's name");
        let value = value.parse().expect("a header's value");
        if let Behavior::Respond(response) = &mut self.0 {
            response.headers_mut().append(name, value);
        }
        self
    }

    /// Sets the body. With a `content-length` header of another length, the body counts as truncated.
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        if let Behavior::Respond(response) = &mut self.0 {
            *response.body_mut() = body.into();
        }
        self
    }

    /// Sets a JSON body, and the header `content-type: application/json`.
    ///
    /// # Panics
    ///
    /// If the value can't be serialized as JSON.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(self, body: &T) -> Self {
        self.header("content-type", "application/json")
            .body(to_value(body).to_string())
    }
}

/// A request that was sent to a [`MockTransport`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SentRequest {
    /// The request method.
    pub method: String,
    /// The URL, with its query.
    pub url: Url,
    /// The headers, without those that an HTTP client adds, such as `host`.
    pub headers: HeaderMap,
    /// The body; empty if the request has none.
    pub body: Bytes,
}

impl SentRequest {
    /// Returns the body as JSON; `Null` if it isn't JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// Records a request; a streamed body only if the server receives it.
    async fn of(mut request: reqwest::Request, is_read: bool) -> Result<Self, TransportError> {
        let bytes = request.body().and_then(reqwest::Body::as_bytes);
        let body = match (bytes.map(Bytes::copy_from_slice), is_read) {
            (Some(bytes), _) => bytes,
            (None, true) => {
                let body = request.body_mut().take().unwrap_or_default();
                let body = reqwest::Response::from(http::Response::new(body));
                body.bytes().await?
            }
            (None, false) => Bytes::new(),
        };
        Ok(Self {
            method: request.method().to_string(),
            url: request.url().clone(),
            headers: request.headers().clone(),
            body,
        })
    }

    /// Describes the expectation that the request doesn't meet.
    fn differs_from(&self, expected: &Expected) -> Option<String> {
        if self.method != expected.method || self.url.path() != expected.path {
            return Some(format!("expected {} {}", expected.method, expected.path));
        }
        for (name, value) in &expected.query {
            let mut pairs = self.url.query_pairs();
            if !pairs.any(|(its, it)| its == *name && it == *value) {
                let query = self.url.query().unwrap_or_default();
                return Some(format!(
                    "expected the query parameter {name}={value} (decoded), found the query `{query}`"
                ));
            }
        }
        for (name, value) in &expected.headers {
            let mut values = self.headers.get_all(name).iter();
            if !values.any(|it| it.as_bytes() == value.as_bytes()) {
                return Some(format!("expected the header {name}: {value}"));
            }
        }
        let body = expected.body.as_ref()?;
        (self.json() != *body).then(|| {
            let sent = String::from_utf8_lossy(&self.body);
            format!("expected the body {body}, found {sent}")
        })
    }
}

impl Transport for MockTransport {
    /// # Panics
    ///
    /// If the request isn't the expected one.
    fn send(&self, request: reqwest::Request) -> TransportFuture<'_> {
        Box::pin(async move {
            let sent = SentRequest::of(request, self.receives_next()).await?;
            match self.receive(sent).0 {
                Behavior::Respond(response) => Ok(reqwest::Response::from(*response)),
                Behavior::ConnectError => Err(TransportError::connect("mock connect error")),
                Behavior::Disconnect => Err(TransportError::broken("mock disconnect")),
                Behavior::Pending => future::pending().await,
            }
        })
    }
}

impl MockTransport {
    /// Whether the next request is received, so that its body is read.
    fn receives_next(&self) -> bool {
        let state = self.state();
        let next = state.expected.front().map(|expected| &expected.response.0);
        !matches!(next, Some(Behavior::ConnectError))
    }

    /// Checks a request against the next expectation and returns its response.
    fn receive(&self, sent: SentRequest) -> MockResponse {
        let mut state = self.state();
        let shown = format!("unexpected request {} {}", sent.method, sent.url.path());
        let (response, failure) = match state.expected.pop_front() {
            None => (
                MockResponse::pending(),
                Some("no further request was expected".to_owned()),
            ),
            Some(expected) => {
                let difference = sent.differs_from(&expected);
                (expected.response, difference)
            }
        };
        state.sent.push(sent);
        if let Some(failure) = failure {
            let failure = format!("{shown}: {failure}");
            state.failure.get_or_insert(failure.clone());
            drop(state);
            panic!("{failure}");
        }
        response
    }
}

/// Shows how many requests are expected and were sent.
impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("MockTransport")
            .field("expected", &state.expected.len())
            .field("sent", &state.sent.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for MockResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Behavior::Respond(response) => write!(f, "MockResponse({})", response.status()),
            Behavior::ConnectError => f.write_str("MockResponse(connect error)"),
            Behavior::Disconnect => f.write_str("MockResponse(disconnect)"),
            Behavior::Pending => f.write_str("MockResponse(pending)"),
        }
    }
}

impl fmt::Debug for Expectation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Expected { method, path, .. } = &self.expected;
        write!(f, "Expectation({method} {path})")
    }
}

fn to_value<T: Serialize + ?Sized>(body: &T) -> Value {
    serde_json::to_value(body).expect("the value can be serialized as JSON")
}
