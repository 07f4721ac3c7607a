//! What came back.

use std::fmt;
use std::sync::Mutex;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::HeaderMap;
use reqwest::{StatusCode, Url};
use serde::de::DeserializeOwned;

use super::call::Call;
use super::decode::{self, Decode, Place, tally};
use super::deviation::Deviation;
use super::error::Error;
use super::error_kind::Kind;
use super::header_value;
use super::no_retry::NoRetry;
use super::raw_response::{self, RawResponse};
#[allow(unused_imports, reason = "named in documentation")]
use super::reading::Reading;
use super::scrub::Scrubber;
use super::trace::Trace;

/// A decoded answer with its status and headers.
#[derive(Clone)]
pub struct Response<T> {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) attempts: u32,
    pub(super) elapsed: Duration,
    pub(super) deviations: Vec<Deviation>,
    /// For errors about it: a server may send back what was sent to it.
    pub(super) scrubber: Scrubber,
    pub(super) received: Bytes,
    pub(super) body: T,
}

impl<T> Response<T> {
    pub(crate) fn new(payload: Payload, body: T) -> Self {
        let Payload {
            call,
            answer:
                RawResponse {
                    status,
                    headers,
                    body: received,
                },
            attempts,
            elapsed,
            deviations,
            ..
        } = payload;
        Self {
            status,
            headers,
            attempts,
            elapsed,
            deviations: deviations.into_inner().unwrap_or_default(),
            scrubber: call.scrubber(),
            received,
            body,
        }
    }

    /// The status: a success (2xx), or a redirect (3xx) where the API documents it as a response.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The value of a header as a type that JSON is read as: text, a number, a boolean, an enum, a
    /// date; a list where commas stand between values; anything else where the header holds JSON.
    /// `None` where the answer has no such header.
    ///
    /// # Errors
    ///
    /// An error with [`is_decode`](Error::is_decode) where the value isn't of this type.
    pub fn header_as<H: DeserializeOwned>(&self, name: &str) -> Result<Option<H>, Error> {
        header_value::read(&self.headers, name).map_err(|cause| {
            let answer = RawResponse {
                status: self.status,
                headers: self.headers.clone(),
                body: Bytes::new(),
            };
            Error::of_header(answer, self.attempts, name, cause, &self.scrubber)
        })
    }

    /// The server's name for the request (`x-request-id`), by which its makers find it.
    pub fn request_id(&self) -> Option<&str> {
        raw_response::request_id(&self.headers)
    }

    /// How many times the request went out: 1 where it wasn't retried.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The time from the start of the call to the end of the body, waits between tries included; to
    /// the start of the body where that is read as it comes.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// The places in the body that aren't what the API documents and were read all the same, in the
    /// order in which they were read: the first hundred. [`Reading`] says what was read in their
    /// place.
    ///
    /// Empty where the body was read as it is documented, and where it isn't read at all
    /// (`send_raw`, `send_streaming`).
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }

    /// The decoded body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The decoded body, on its own.
    pub fn into_body(self) -> T {
        self.body
    }
}

/// Leaves the headers out: they may hold cookies.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("attempts", &self.attempts)
            .field("elapsed", &self.elapsed)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// A successful answer before decoding.
pub struct Payload {
    pub(crate) call: Box<Call>,
    pub(crate) trace: Trace,
    pub(crate) answer: RawResponse,
    pub(crate) attempts: u32,
    pub(crate) elapsed: Duration,
    /// What of the body that was read last isn't what the API documents.
    pub(crate) deviations: Mutex<Vec<Deviation>>,
    /// Where redirects led the request to that got it.
    pub(crate) redirected: Option<Box<Url>>,
}

impl Payload {
    /// Decodes the body as JSON, as a type of the API's, whatever content type the server names.
    pub(crate) fn json<T: Decode>(&self) -> Result<T, Error> {
        let mut value = T::blank();
        match self.json_into(&mut value) {
            Ok(()) => Ok(value),
            Err(error) => Err(error),
        }
    }

    /// Decodes the body as JSON, as a type of a program's own.
    pub(crate) fn json_as<T: DeserializeOwned>(&self) -> Result<T, Error> {
        self.told(|| self.answer.json())
    }

    /// Reads the body at the client's level, and keeps and logs where it deviates.
    pub(super) fn told<T>(&self, read: impl FnOnce() -> Result<T, Kind>) -> Result<T, Error> {
        let level = self.call.client.inner.settings.reading;
        let (result, deviations) = tally::at_level(level, read);
        let value = result.map_err(|kind| self.error(kind))?;
        if deviations.count > 0 {
            self.trace
                .deviations(&self.call, &deviations.list, deviations.count);
        }
        if let Ok(mut kept) = self.deviations.lock() {
            *kept = deviations.list;
        }
        Ok(value)
    }

    /// Decodes the body into a place of any type: this is compiled once.
    fn json_into(&self, place: &mut dyn Place) -> Result<(), Error> {
        let read = |text: &str| {
            let mut deserializer = serde_json::Deserializer::from_str(text);
            decode::fill(place, &mut deserializer)?;
            deserializer.end()
        };
        self.told(|| self.answer.read(read))
    }

    /// The body as text. It has to be UTF-8, whatever charset the server names.
    pub(crate) fn text(&self) -> Result<String, Error> {
        self.answer.utf8().map_err(|kind| self.error(kind))
    }

    /// The body as it came.
    pub(crate) fn bytes(&self) -> Bytes {
        self.answer.body.clone()
    }

    /// The status, for operations whose successes differ by it.
    pub(crate) fn status(&self) -> StatusCode {
        self.answer.status
    }

    /// Whether there is no body.
    pub(crate) fn is_empty(&self) -> bool {
        self.answer.body.is_empty()
    }

    /// The error of a page after which its list can't go on, and why it can't.
    pub(crate) fn stuck(&self, reason: String) -> Error {
        self.error(Kind::Stuck {
            answer: self.answer.clone().into(),
            reason,
        })
    }

    /// The error of a success that turned out to be none.
    #[cold]
    pub(crate) fn error(&self, kind: Kind) -> Error {
        let no_retry = NoRetry::of_kind(&kind);
        self.error_as(kind, no_retry)
    }

    /// The same, with another reason why there was no other attempt.
    #[cold]
    pub(crate) fn error_as(&self, kind: Kind, no_retry: NoRetry) -> Error {
        self.trace
            .spoil(&self.call, self.attempts, &kind, self.elapsed);
        Error::of_call(kind, &self.call, self.attempts, self.elapsed, no_retry)
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payload")
            .field("status", &self.answer.status)
            .field("bytes", &self.answer.body.len())
            .finish_non_exhaustive()
    }
}
