//! What can go wrong in a call.

use std::any::Any;
use std::error::Error as StdError;
use std::fmt;
use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;

use super::call::Call;
use super::error_kind::{Kind, Limit};
use super::error_text::{self, Circumstances};
use super::no_retry::NoRetry;
use super::raw_response::RawResponse;
use super::retry_after;
use super::scrub::{self, Cause, Scrubber};

/// Why a call failed.
///
/// Its text says what was called, what happened, how to mend it, and why there was no other attempt;
/// that of a page says which one it is, counted from 1 where its stream begins. The predicates tell
/// the cases apart, and [`source`](StdError::source) leads to the error under it. Neither text nor
/// `Debug` shows the API key.
///
/// A call that failed several times has the error of its last try.
#[non_exhaustive]
pub struct Error(Box<Inner>);

struct Inner {
    kind: Kind,
    text: String,
    attempts: u32,
    retry_after: Option<Duration>,
    scrubber: Scrubber,
    last_polled: Option<Polled>,
}

/// What was waited for, whatever its type.
type Polled = Box<dyn Any + Send + Sync>;

impl Error {
    /// The error of a value that can't be sent; nothing went out.
    pub(crate) fn invalid_input(message: impl Into<String>) -> Self {
        let text = message.into();
        Self::new(
            Kind::InvalidInput(text.clone()),
            text,
            0,
            None,
            Scrubber::default(),
        )
    }

    /// The error of `call` after `attempts` attempts in `elapsed`, and why there was no other one.
    pub(crate) fn of_call(
        kind: Kind,
        call: &Call,
        attempts: u32,
        elapsed: Duration,
        no_retry: NoRetry,
    ) -> Self {
        let scrubber = call.scrubber();
        let kind = kind.scrubbed(&scrubber);
        let retry_after = kind
            .answer()
            .and_then(|answer| retry_after::read(&answer.headers, SystemTime::now()));
        let around = Circumstances {
            attempts,
            elapsed,
            no_retry,
            retry_after,
        };
        let text = error_text::render(&kind, call, &scrubber, &around);
        Self::new(kind, text, attempts, retry_after, scrubber)
    }

    pub(super) fn new(
        kind: Kind,
        text: String,
        attempts: u32,
        retry_after: Option<Duration>,
        scrubber: Scrubber,
    ) -> Self {
        Self(Box::new(Inner {
            kind,
            text,
            attempts,
            retry_after,
            scrubber,
            last_polled: None,
        }))
    }

    /// The same error with what was waited for, as it was last seen; with none where it never was.
    pub(crate) fn with_last_polled<T: Any + Send + Sync>(mut self, last: Option<T>) -> Self {
        self.0.last_polled = last.map(|last| Box::new(last) as Polled);
        self
    }

    /// Whether a value, a header or a setting can't be sent. Nothing went out; calling again with the
    /// same values fails again. The text names the value.
    #[must_use]
    pub fn is_invalid_input(&self) -> bool {
        matches!(self.0.kind, Kind::InvalidInput(_))
    }

    /// Whether there was no connection: refused, host unknown, TLS failed, or not in time. The server
    /// saw nothing, so calling again is safe.
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

    /// Whether a limit of time passed: for the connection, for one try, for the whole call, or for
    /// a wait. The text says which. Unless [`is_connect`](Self::is_connect) holds too, the server may have
    /// carried the call out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.0.kind, Kind::Timeout { .. })
    }

    /// Whether the connection broke before all of the answer came, or what came isn't HTTP, or the
    /// body isn't as long as its `Content-Length` says. The server may have carried the call out,
    /// unless the text says that it didn't process the request.
    ///
    /// Where the answer had begun, [`status`](Self::status), [`headers`](Self::headers) and
    /// [`body`](Self::body) are what came of it.
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

    /// Whether the server answered with a status that isn't a success (2xx), and that
    /// [`status`](Self::status) tells.
    #[must_use]
    pub fn is_status(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Status(_) | Kind::NotRenewed { .. } | Kind::Redirect { .. }
        )
    }

    /// Whether the server reported success, and the body isn't what the API documents: not JSON, of
    /// Whether the server reported success, and the body isn't what the API documents: not JSON, of
    /// another type, above the limit of size, wrongly compressed, or a page after which its list can't
    /// go on (then [`is_pagination`](Self::is_pagination) holds, too). The text names the place in the
    /// JSON; [`body`](Self::body) has the bytes. A body that broke off on its way is
    /// [`is_interrupted`](Self::is_interrupted).
    #[must_use]
    pub fn is_decode(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Decode { .. }
                | Kind::TooLarge { .. }
                | Kind::Stuck { .. }
                | Kind::BrokenBody {
                    is_corrupt: true,
                    ..
                }
        )
    }

    /// Whether a list can't go on behind a page that came, or would never end: the page names one
    /// that was there before, is the one before it once more, leads to another origin or nowhere, or
    /// has a token that no URL can hold, or there were 10,000 empty pages in a row. The text says which.
    ///
    /// All items before it were given. [`is_decode`](Self::is_decode) holds, too.
    #[must_use]
    pub fn is_pagination(&self) -> bool {
        matches!(self.0.kind, Kind::Stuck { .. })
    }

    /// Whether the server answered 400: it can't read the request.
    #[must_use]
    pub fn is_bad_request(&self) -> bool {
        self.has_status(400)
    }

    /// Whether the server answered 401: the credentials are missing or not accepted. Also where a
    /// provider of tokens gave none.
    #[must_use]
    pub fn is_authentication(&self) -> bool {
        self.has_status(401) || matches!(self.0.kind, Kind::Token(_))
    }

    /// Whether the server answered 403: the credentials don't allow the call.
    #[must_use]
    pub fn is_permission_denied(&self) -> bool {
        self.has_status(403)
    }

    /// Whether the server answered 404: there is nothing under this path.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.has_status(404)
    }

    /// Whether the server answered 409: the call doesn't fit the present state.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.has_status(409)
    }

    /// Whether the server answered 422: it read the request and refuses a value.
    #[must_use]
    pub fn is_unprocessable(&self) -> bool {
        self.has_status(422)
    }

    /// Whether the server answered 429: too many calls. [`retry_after`](Self::retry_after) may say
    /// how long to wait.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.has_status(429)
    }

    /// Whether the server answered 5xx: it failed.
    #[must_use]
    pub fn is_server(&self) -> bool {
        self.is_status() && self.status().is_some_and(|status| status.is_server_error())
    }

    /// Whether what was waited for ended badly: the calls went well, and the state that the last
    /// one told is one of those that the API has for a failure. [`last_polled`](Self::last_polled) holds the
    /// answer; [`status`](Self::status), [`headers`](Self::headers), [`body`](Self::body) are its.
    #[must_use]
    pub fn is_operation_failed(&self) -> bool {
        matches!(self.0.kind, Kind::Ended { .. })
    }

    /// What was waited for, as it was last seen before the wait ended in this error: with
    /// [`is_operation_failed`](Self::is_operation_failed) the answer that says so. `None` where none was seen, where `T`
    /// is not its type, and for an error of anything but a wait.
    #[must_use]
    pub fn last_polled<T: Any>(&self) -> Option<&T> {
        self.0.last_polled.as_ref()?.downcast_ref()
    }

    /// The status of the answer; `None` where no answer came.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.answer().map(|answer| answer.status)
    }

    /// The headers of the answer; `None` where no answer came.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.answer().map(|answer| &answer.headers)
    }

    /// The server's name for the request (`x-request-id`), by which its makers find it.
    pub fn request_id(&self) -> Option<&str> {
        self.answer().and_then(RawResponse::request_id)
    }

    /// How long the server asks to wait before the next call (`retry-after-ms`, `Retry-After`).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// How many times the request went out, or was to; 0 where it can't be sent at all.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The body of the answer as received (after decompression), cut at the limits of size; empty
    /// where there is none.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.answer().map_or(&[], |answer| &answer.body)
    }

    /// Reads the body of the answer as a documented error type.
    ///
    /// # Errors
    ///
    /// An error with [`is_decode`](Self::is_decode) where the body isn't of this type, one with
    /// [`is_invalid_input`](Self::is_invalid_input) where no answer came.
    pub fn body_as<T: DeserializeOwned>(&self) -> Result<T, Self> {
        let Some(answer) = self.answer() else {
            return Err(Self::invalid_input(
                "there is no body to read: no response was received",
            ));
        };
        answer.json().map_err(|kind| {
            let Inner {
                attempts,
                retry_after,
                scrubber,
                ..
            } = &*self.0;
            let kind = kind.scrubbed(scrubber);
            let text = error_text::render_body(&kind, scrubber);
            Self::new(kind, text, *attempts, *retry_after, scrubber.clone())
        })
    }

    /// What happened before the limit of a wait passed, where that is what the error is of.
    pub(crate) fn into_end_of_wait(self) -> Result<(u32, Option<Cause>), Self> {
        match *self.0 {
            Inner {
                kind:
                    Kind::Timeout {
                        limit: Limit::Wait,
                        cause,
                        ..
                    },
                attempts,
                ..
            } => Ok((attempts, cause)),
            inner => Err(Self(Box::new(inner))),
        }
    }

    /// The status of a failure that the server told of; none for a success that can't be read.
    pub(crate) fn failed_status(&self) -> Option<u16> {
        let status = self.status().filter(|_| self.is_status());
        status.map(|status| status.as_u16())
    }

    fn answer(&self) -> Option<&RawResponse> {
        self.0.kind.answer()
    }

    fn has_status(&self, status: u16) -> bool {
        self.is_status()
            && self
                .status()
                .is_some_and(|answered| answered.as_u16() == status)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.text)
    }
}

/// Shows the text and the source, not the body and headers as received, which may hold anything.
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
        self.0.kind.cause().map(scrub::unshared)
    }
}
