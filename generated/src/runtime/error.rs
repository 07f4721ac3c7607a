//! The error of a request.

use std::any::Any;
use std::error::Error as StdError;
use std::fmt;
use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;

use super::call::Call;
use super::cause::{self, Cause};
use super::error_kind::{Kind, Limit};
use super::error_text::{self, Context};
use super::no_retry::NoRetry;
use super::raw_response::RawResponse;
use super::redact::Redactor;
use super::retry_after;

/// The error of a request.
///
/// Its message names the request, says what happened and how to fix it, and why there was no retry; for
/// a page of a stream it includes the number of the page, from 1. The predicates distinguish the cases,
/// and [`source`](StdError::source) returns the underlying error. Credentials are redacted in the message
/// and in `Debug`.
///
/// A request that failed several times returns the error of its last attempt.
#[non_exhaustive]
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    text: String,
    attempts: u32,
    retry_after: Option<Duration>,
    redactor: Redactor,
    last_polled: Option<Polled>,
}

/// The last polled value, of any type.
type Polled = Box<dyn Any + Send + Sync>;

impl Error {
    /// The error of a value that can't be sent; nothing was sent.
    pub(crate) fn invalid_input(message: impl Into<String>) -> Self {
        let text = message.into();
        Self::new(
            Kind::InvalidInput(text.clone()),
            text,
            0,
            None,
            Redactor::default(),
        )
    }

    /// The error of `call` after `attempts` attempts in `elapsed`, and why it was not retried.
    pub(crate) fn of_call(
        kind: Kind,
        call: &Call,
        attempts: u32,
        elapsed: Duration,
        no_retry: NoRetry,
    ) -> Self {
        let redactor = call.redactor();
        let kind = kind.redacted(&redactor);
        let retry_after = kind
            .response()
            .and_then(|response| retry_after::read(&response.headers, SystemTime::now()));
        let context = Context {
            attempts,
            elapsed,
            no_retry,
            retry_after,
        };
        let text = error_text::render(&kind, call, &redactor, &context);
        Self::new(kind, text, attempts, retry_after, redactor)
    }

    pub(super) fn new(
        kind: Kind,
        text: String,
        attempts: u32,
        retry_after: Option<Duration>,
        redactor: Redactor,
    ) -> Self {
        Self(Box::new(Inner {
            kind,
            text,
            attempts,
            retry_after,
            redactor,
            last_polled: None,
        }))
    }

    /// Adds the last polled value; `None` if nothing was polled successfully.
    pub(crate) fn with_last_polled<T: Any + Send + Sync>(mut self, last: Option<T>) -> Self {
        self.0.last_polled = last.map(|last| Box::new(last) as Polled);
        self
    }

    /// Whether a value, a header or a setting is invalid. Nothing was sent; sending the same request again
    /// fails again. The message names the value.
    #[must_use]
    pub fn is_invalid_input(&self) -> bool {
        matches!(self.0.kind, Kind::InvalidInput(_))
    }

    /// Whether no connection was established: it was refused, the host is unknown, TLS failed, or
    /// connecting timed out. The server received nothing, so sending the request again is safe.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Connect(_)
                | Kind::Timeout {
                    limit: Limit::Connect,
                    ..
                }
        )
    }

    /// Whether a timeout elapsed: of connecting, of one attempt, of the whole request, or of polling. The
    /// message says which. Unless [`is_connect`](Self::is_connect) is also true, the server may have
    /// processed the request.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, Kind::Timeout { .. })
    }

    /// Whether the connection closed before the complete response was received, or the response isn't
    /// HTTP, or the body doesn't have the length of its `Content-Length`. The server may have processed
    /// the request, unless the message says that it did not.
    ///
    /// If part of the response was received, [`status`](Self::status), [`headers`](Self::headers) and
    /// [`body`](Self::body) return that part.
    #[must_use]
    pub fn is_interrupted(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Broken(_)
                | Kind::NotProcessed(_)
                | Kind::BrokenBody {
                    is_corrupt: false,
                    ..
                }
        )
    }

    /// Whether the server responded with a status that isn't a success (2xx);
    /// [`status`](Self::status) returns it.
    #[must_use]
    pub fn is_status(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Status(_) | Kind::NotRenewed { .. } | Kind::Redirect { .. }
        )
    }

    /// Whether the response is a success whose body isn't what the API documents: not JSON, of another
    /// type, larger than the maximum size, wrongly compressed, or a page after which pagination can't
    /// continue (then [`is_pagination`](Self::is_pagination) is also true). The message names the path in
    /// the JSON; [`body`](Self::body) returns the bytes. A truncated body is
    /// [`is_interrupted`](Self::is_interrupted).
    #[must_use]
    pub fn is_decode(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Decode { .. }
                | Kind::TooLarge { .. }
                | Kind::Pagination { .. }
                | Kind::BrokenBody {
                    is_corrupt: true,
                    ..
                }
        )
    }

    /// Whether pagination can't continue after a page, or would never end: the page token is repeated, the
    /// server returned the same page twice, the next page has another origin, is missing or has a token
    /// too long for a URL, or there were 10,000 empty pages in a row. The message says which.
    ///
    /// All items before it were returned. [`is_decode`](Self::is_decode) is also true.
    #[must_use]
    pub fn is_pagination(&self) -> bool {
        matches!(self.0.kind, Kind::Pagination { .. })
    }

    /// Whether the status is 400 Bad Request: the server can't read the request.
    #[must_use]
    pub fn is_bad_request(&self) -> bool {
        self.has_status(400)
    }

    /// Whether the status is 401 Unauthorized: the credentials are missing or were not accepted. Also true
    /// if the token provider failed.
    #[must_use]
    pub fn is_authentication(&self) -> bool {
        self.has_status(401) || matches!(self.0.kind, Kind::Token(_))
    }

    /// Whether the status is 403 Forbidden: the credentials don't permit the request.
    #[must_use]
    pub fn is_permission_denied(&self) -> bool {
        self.has_status(403)
    }

    /// Whether the status is 404 Not Found: there is no resource at this path.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.has_status(404)
    }

    /// Whether the status is 409 Conflict: the request conflicts with the state of the resource.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.has_status(409)
    }

    /// Whether the status is 422 Unprocessable Content: the server rejected a value of the request.
    #[must_use]
    pub fn is_unprocessable(&self) -> bool {
        self.has_status(422)
    }

    /// Whether the status is 429 Too Many Requests. [`retry_after`](Self::retry_after) may return how long
    /// to wait.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.has_status(429)
    }

    /// Whether the status is 5xx: the server failed.
    #[must_use]
    pub fn is_server(&self) -> bool {
        self.is_status() && self.status().is_some_and(|status| status.is_server_error())
    }

    /// Whether the polled operation failed: the requests succeeded, and the last response has one of the
    /// API's statuses for a failure. [`last_polled`](Self::last_polled) returns it decoded;
    /// [`status`](Self::status), [`headers`](Self::headers) and [`body`](Self::body) return its parts.
    #[must_use]
    pub fn is_operation_failed(&self) -> bool {
        matches!(self.0.kind, Kind::OperationFailed { .. })
    }

    /// Returns the last response of the polling that ended in this error, decoded; if
    /// [`is_operation_failed`](Self::is_operation_failed), the one that says so. `None` if no response was
    /// received, if `T` is not its type, and for errors of other requests.
    #[must_use]
    pub fn last_polled<T: Any>(&self) -> Option<&T> {
        self.0.last_polled.as_ref()?.downcast_ref()
    }

    /// Returns the status of the response; `None` if no response was received.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.response().map(|response| response.status)
    }

    /// Returns the headers of the response; `None` if no response was received.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.response().map(|response| &response.headers)
    }

    /// Returns the request ID (`x-request-id`), by which the server's operators can find the request.
    pub fn request_id(&self) -> Option<&str> {
        self.response().and_then(RawResponse::request_id)
    }

    /// Returns how long the server asks to wait before the next request (`retry-after-ms`, `Retry-After`).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Returns the number of attempts; 0 if the request can't be sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns the body of the response as received (after decompression), truncated at the maximum size;
    /// empty if there is none.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.response().map_or(&[], |response| &response.body)
    }

    /// Decodes the body of the response as a documented error type.
    ///
    /// # Errors
    ///
    /// Returns an error with [`is_decode`](Self::is_decode) if the body isn't of this type, and one with
    /// [`is_invalid_input`](Self::is_invalid_input) if no response was received.
    pub fn body_as<T: DeserializeOwned>(&self) -> Result<T, Self> {
        let Some(response) = self.response() else {
            return Err(Self::invalid_input(
                "there is no body to read: no response was received",
            ));
        };
        response.json().map_err(|kind| {
            let Inner {
                attempts,
                retry_after,
                redactor,
                ..
            } = &*self.0;
            let kind = kind.redacted(redactor);
            let text = error_text::render_body(&kind, redactor);
            Self::new(kind, text, *attempts, *retry_after, redactor.clone())
        })
    }

    /// The number of attempts and the cause, if the timeout of polling elapsed.
    pub(crate) fn into_polling_timeout(self) -> Result<(u32, Option<Cause>), Self> {
        match *self.0 {
            Inner {
                kind:
                    Kind::Timeout {
                        limit: Limit::Polling,
                        cause,
                        ..
                    },
                attempts,
                ..
            } => Ok((attempts, cause)),
            inner => Err(Self(Box::new(inner))),
        }
    }

    /// The status of an error response; `None` for a success that can't be decoded.
    pub(crate) fn failed_status(&self) -> Option<u16> {
        let status = self.status().filter(|_| self.is_status());
        status.map(|status| status.as_u16())
    }

    fn response(&self) -> Option<&RawResponse> {
        self.0.kind.response()
    }

    fn has_status(&self, status: u16) -> bool {
        self.is_status()
            && self
                .status()
                .is_some_and(|actual| actual.as_u16() == status)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.text)
    }
}

/// Shows the message and the source. The body and the headers may contain anything, so they are omitted.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Error");
        shown.field("message", &self.0.text);
        if let Some(status) = self.status() {
            shown.field("status", &status.as_u16());
        }
        shown.field("attempts", &self.0.attempts);
        if let Some(cause) = self.0.kind.cause() {
            shown.field("source", cause);
        }
        shown.finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.kind.cause().map(cause::unshared)
    }
}
