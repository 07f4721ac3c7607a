//! A transport for tests, which answers from a list (feature `test-util`).

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

/// A transport for tests: it knows which requests are to come, in order, and what to answer.
///
/// A request that isn't the expected one panics, which fails the test, and the message names both.
/// Clones share the list: give one to
/// [`ClientBuilder::transport`](super::builder::ClientBuilder::transport), and keep one.
///
/// No connection is made. On Tokio's paused clock (`#[tokio::test(start_paused = true)]`) waits
/// between tries take no time either.
#[derive(Clone, Default)]
pub struct MockTransport {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    expected: VecDeque<Expected>,
    sent: Vec<SentRequest>,
    /// What was wrong with a request, for a test whose panic was swallowed.
    failure: Option<String>,
}

/// A request that is to come, and its answer.
struct Expected {
    method: String,
    path: String,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: Option<Value>,
    answer: MockResponse,
}

impl MockTransport {
    /// A transport that expects no request yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Says which request comes next: its method, and its path as it is sent, which is that of the
    /// base URL too and percent-encoded. It takes effect with [`Expectation::answer`].
    pub fn expect(&self, method: &str, path: &str) -> Expectation<'_> {
        Expectation {
            fake: self,
            expected: Expected {
                method: method.to_owned(),
                path: path.to_owned(),
                query: Vec::new(),
                headers: Vec::new(),
                body: None,
                answer: MockResponse::new(200),
            },
        }
    }

    /// The requests that were sent so far.
    #[must_use]
    pub fn requests(&self) -> Vec<SentRequest> {
        self.state().sent.clone()
    }

    /// Checks that all expected requests came, and no other.
    ///
    /// # Panics
    ///
    /// Where one is missing, or another one came.
    pub fn assert_done(&self) {
        let state = self.state();
        if let Some(failure) = &state.failure {
            panic!("{failure}");
        }
        if let Some(next) = state.expected.front() {
            panic!(
                "more requests were expected ({}), the next one {} {}",
                state.expected.len(),
                next.method,
                next.path
            );
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // A panic is a failed expectation, which the state remembers.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request that is to come; see [`MockTransport::expect`].
#[must_use = "nothing is expected before `answer`"]
pub struct Expectation<'a> {
    fake: &'a MockTransport,
    expected: Expected,
}

impl Expectation<'_> {
    /// It has this pair in its query, among others.
    pub fn with_query(mut self, name: &str, value: impl fmt::Display) -> Self {
        self.expected
            .query
            .push((name.to_owned(), value.to_string()));
        self
    }

    /// It has a header of this value, among others.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.expected
            .headers
            .push((name.to_owned(), value.to_owned()));
        self
    }

    /// Its body is this JSON, whatever the order of members.
    ///
    /// # Panics
    ///
    /// Where the value can't be written as JSON.
    pub fn with_json<T: Serialize + ?Sized>(mut self, body: &T) -> Self {
        self.expected.body = Some(to_value(body));
        self
    }

    /// Puts it behind those that are expected already, with what it is answered.
    pub fn respond(mut self, answer: MockResponse) {
        self.expected.answer = answer;
        self.fake.state().expected.push_back(self.expected);
    }

    /// Answers with a status and JSON.
    ///
    /// # Panics
    ///
    /// Where the value can't be written as JSON, or the status isn't from 100 to 999.
    pub fn respond_json<T: Serialize + ?Sized>(self, status: u16, body: &T) {
        self.respond(MockResponse::new(status).json(body));
    }
}

/// What a [`MockTransport`] does with a request.
#[derive(Clone)]
pub struct MockResponse(Does);

#[derive(Clone)]
enum Does {
    Answer(Box<http::Response<Bytes>>),
    ConnectError,
    NoResponse,
    Nothing,
}

impl MockResponse {
    /// An answer of this status, without a body.
    ///
    /// # Panics
    ///
    /// Where the status isn't from 100 to 999.
    #[must_use]
    pub fn new(status: u16) -> Self {
        let mut response = http::Response::new(Bytes::new());
        *response.status_mut() =
            http::StatusCode::from_u16(status).expect("a status is from 100 to 999");
        Self(Does::Answer(response.into()))
    }

    /// No connection: nothing is sent.
    #[must_use]
    pub fn connect_error() -> Self {
        Self(Does::ConnectError)
    }

    /// The connection breaks before an answer.
    #[must_use]
    pub fn disconnect() -> Self {
        Self(Does::NoResponse)
    }

    /// Nothing happens, until a limit of time passes.
    #[must_use]
    pub fn never() -> Self {
        Self(Does::Nothing)
    }

    /// The same answer with a header.
    ///
    /// # Panics
    ///
    /// Where they can't be a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name: http::HeaderName = name.parse().expect("a header's name");
        let value = value.parse().expect("a header's value");
        if let Does::Answer(response) = &mut self.0 {
            response.headers_mut().append(name, value);
        }
        self
    }

    /// The same answer with these bytes as its body. A header `content-length` with another number makes
    /// it one that broke off.
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        if let Does::Answer(response) = &mut self.0 {
            *response.body_mut() = body.into();
        }
        self
    }

    /// The same answer with this JSON as its body.
    ///
    /// # Panics
    ///
    /// Where the value can't be written as JSON.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(self, body: &T) -> Self {
        self.header("content-type", "application/json")
            .body(to_value(body).to_string())
    }
}

/// A request that a [`MockTransport`] got.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SentRequest {
    /// The request method.
    pub method: String,
    /// The whole URL.
    pub url: Url,
    /// All headers but those that an HTTP client adds, such as `host`.
    pub headers: HeaderMap,
    /// The body; empty where there is none.
    pub body: Bytes,
}

impl SentRequest {
    /// The body as JSON; `Null` where it isn't JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The request with all of its body; without one that is a stream, where nobody reads it.
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

    /// How it isn't the expected one.
    fn differs_from(&self, expected: &Expected) -> Option<String> {
        if self.method != expected.method || self.url.path() != expected.path {
            return Some(format!(
                "{} {} was expected",
                expected.method, expected.path
            ));
        }
        for (name, value) in &expected.query {
            let mut pairs = self.url.query_pairs();
            if !pairs.any(|(its, it)| its == *name && it == *value) {
                let query = self.url.query().unwrap_or_default();
                return Some(format!(
                    "its query was expected to have {name}={value} (decoded), and is `{query}`"
                ));
            }
        }
        for (name, value) in &expected.headers {
            let mut values = self.headers.get_all(name).iter();
            if !values.any(|it| it.as_bytes() == value.as_bytes()) {
                return Some(format!(
                    "it was expected to have the header {name}: {value}"
                ));
            }
        }
        let body = expected.body.as_ref()?;
        (self.json() != *body).then(|| {
            let sent = String::from_utf8_lossy(&self.body);
            format!("its body was expected to be {body}, and is {sent}")
        })
    }
}

impl Transport for MockTransport {
    /// # Panics
    ///
    /// Where the request isn't the one that was expected.
    fn send(&self, request: reqwest::Request) -> TransportFuture<'_> {
        Box::pin(async move {
            let sent = SentRequest::of(request, self.is_server_next()).await?;
            match self.receive(sent).0 {
                Does::Answer(response) => Ok(reqwest::Response::from(*response)),
                Does::ConnectError => Err(TransportError::connect("there is no server")),
                Does::NoResponse => Err(TransportError::broken("the server went away")),
                Does::Nothing => future::pending().await,
            }
        })
    }
}

impl MockTransport {
    /// Whether anybody reads the next request.
    fn is_server_next(&self) -> bool {
        let state = self.state();
        let next = state.expected.front().map(|expected| &expected.answer.0);
        !matches!(next, Some(Does::ConnectError))
    }

    /// Takes in a request, and says what is done with it.
    fn receive(&self, sent: SentRequest) -> MockResponse {
        let mut state = self.state();
        let shown = format!("the client sent {} {}", sent.method, sent.url.path());
        let (answer, failure) = match state.expected.pop_front() {
            None => (
                MockResponse::never(),
                Some("nothing more was expected".to_owned()),
            ),
            Some(expected) => {
                let difference = sent.differs_from(&expected);
                (expected.answer, difference)
            }
        };
        state.sent.push(sent);
        if let Some(failure) = failure {
            let failure = format!("{shown}, but {failure}");
            state.failure.get_or_insert(failure.clone());
            drop(state);
            panic!("{failure}");
        }
        answer
    }
}

/// Shows how many requests are to come and came.
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
            Does::Answer(response) => write!(f, "MockResponse({})", response.status()),
            Does::ConnectError => f.write_str("MockResponse(no connection)"),
            Does::NoResponse => f.write_str("MockResponse(no answer)"),
            Does::Nothing => f.write_str("MockResponse(never)"),
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
    serde_json::to_value(body).expect("the value can be written as JSON")
}
