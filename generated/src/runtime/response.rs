//! Responses.

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
use super::redact::Redactor;
use super::trace::Trace;

/// A decoded response with its status and headers.
#[derive(Clone)]
pub struct Response<T> {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) attempts: u32,
    pub(super) elapsed: Duration,
    pub(super) deviations: Vec<Deviation>,
    /// For errors about it: a response may contain what was sent in the request.
    pub(super) redactor: Redactor,
    pub(super) received: Bytes,
    pub(super) body: T,
}

impl<T> Response<T> {
    pub(crate) fn new(payload: Payload, body: T) -> Self {
        let Payload {
            call,
            response:
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
            redactor: call.redactor(),
            received,
            body,
        }
    }

    /// Returns the status: a success (2xx), or a redirect (3xx) that the API documents as a response.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Decodes the value of a header: a string, a number, a boolean, an enum or a date; a list of values
    /// that are separated by commas; any other type if the header contains JSON. `None` if the response
    /// doesn't have the header.
    ///
    /// # Errors
    ///
    /// Returns an error with [`is_decode`](Error::is_decode) if the value isn't of this type.
    pub fn header_as<H: DeserializeOwned>(&self, name: &str) -> Result<Option<H>, Error> {
        header_value::read(&self.headers, name).map_err(|cause| {
            let response = RawResponse {
                status: self.status,
                headers: self.headers.clone(),
                body: Bytes::new(),
            };
            Error::of_header(response, self.attempts, name, cause, &self.redactor)
        })
    }

    /// Returns the request ID (`x-request-id`), by which the server's operators can find the request.
    pub fn request_id(&self) -> Option<&str> {
        raw_response::request_id(&self.headers)
    }

    /// Returns the number of attempts: 1 if the request wasn't retried.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Returns the time from the start of the request to the end of the response body, including backoffs;
    /// up to the start of the body if it is streamed.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// Returns the places where the body deviates from the API description and was decoded nevertheless,
    /// in the order in which they were decoded: the first hundred. See [`Reading`] for what they are
    /// decoded as.
    ///
    /// Empty if there are none, and if the body isn't decoded (`send_raw`, `send_streaming`).
    pub fn deviations(&self) -> &[Deviation] {
        &self.deviations
    }

    /// Returns the decoded body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// Consumes the response and returns the decoded body.
    pub fn into_body(self) -> T {
        self.body
    }
}

/// Omits the headers, which may contain cookies.
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

/// A successful response before it is decoded.
pub struct Payload {
    pub(crate) call: Box<Call>,
    pub(crate) trace: Trace,
    pub(crate) response: RawResponse,
    pub(crate) attempts: u32,
    pub(crate) elapsed: Duration,
    /// The deviations of the body that was decoded last.
    pub(crate) deviations: Mutex<Vec<Deviation>>,
    /// The URL that redirects led to.
    pub(crate) redirected: Option<Box<Url>>,
}

impl Payload {
    /// Decodes the body as JSON of one of the API's types, whatever its `Content-Type`.
    pub fn json<T: Decode>(&self) -> Result<T, Error> {
        let mut value = T::blank();
        match self.json_into(&mut value) {
            Ok(()) => Ok(value),
            Err(error) => Err(error),
        }
    }

    /// Decodes the body as JSON of any type.
    pub(crate) fn json_as<T: DeserializeOwned>(&self) -> Result<T, Error> {
        self.decode(|| self.response.json())
    }

    /// Decodes the body with the client's [`Reading`], and keeps and logs its deviations.
    pub(super) fn decode<T>(&self, read: impl FnOnce() -> Result<T, Kind>) -> Result<T, Error> {
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

    /// Decodes the body into a place of any type, so that it is compiled once.
    fn json_into(&self, place: &mut dyn Place) -> Result<(), Error> {
        let read = |text: &str| {
            let mut deserializer = serde_json::Deserializer::from_str(text);
            decode::fill(place, &mut deserializer)?;
            deserializer.end()
        };
        self.decode(|| self.response.read(read))
    }

    /// The body as text. It must be UTF-8, whatever the charset of its `Content-Type`.
    pub fn text(&self) -> Result<String, Error> {
        self.response.utf8().map_err(|kind| self.error(kind))
    }

    /// The body as received.
    pub fn bytes(&self) -> Bytes {
        self.response.body.clone()
    }

    /// The status, for operations whose responses differ by it.
    pub fn status(&self) -> StatusCode {
        self.response.status
    }

    /// Whether the body is empty.
    pub(crate) fn is_empty(&self) -> bool {
        self.response.body.is_empty()
    }

    /// The error of a page after which pagination can't continue, and why.
    pub(crate) fn pagination_error(&self, reason: String) -> Error {
        self.error(Kind::Pagination {
            response: self.response.clone().into(),
            reason,
        })
    }

    /// The error of a successful response that can't be decoded.
    #[cold]
    pub(crate) fn error(&self, kind: Kind) -> Error {
        let no_retry = NoRetry::of_kind(&kind);
        self.error_as(kind, no_retry)
    }

    /// The same, with another reason why it was not retried.
    #[cold]
    pub(crate) fn error_as(&self, kind: Kind, no_retry: NoRetry) -> Error {
        self.trace
            .fail_late(&self.call, self.attempts, &kind, self.elapsed);
        Error::of_call(kind, &self.call, self.attempts, self.elapsed, no_retry)
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payload")
            .field("status", &self.response.status)
            .field("bytes", &self.response.body.len())
            .finish_non_exhaustive()
    }
}
