//! Decoding the body of a response as another type, and by its `Content-Type`.

use std::str;

use bytes::Bytes;
use reqwest::header::{HeaderMap, LOCATION};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use super::cause::Cause;
use super::decode::{self, Decode};
use super::error::Error;
use super::error_kind::Kind;
use super::error_text;
use super::media_type;
use super::raw_response::RawResponse;
use super::redact::{self, Redactor};
use super::response::{Payload, Response};

impl<T> Response<T> {
    /// Returns the header `Location` of a redirect, or of a resource that was created. It may be relative
    /// to the URL of the request.
    pub fn location(&self) -> Option<&str> {
        location(&self.headers)
    }

    /// Returns the body as received (after decompression), whether it was decoded or not: also that of a
    /// response for which the API documents no content. Empty if it is streamed (`send_streaming`).
    pub fn bytes(&self) -> &Bytes {
        &self.received
    }

    /// Returns the body as text.
    ///
    /// # Errors
    ///
    /// Returns an error with [`is_decode`](Error::is_decode) if it isn't UTF-8.
    pub fn text(&self) -> Result<String, Error> {
        self.read(RawResponse::utf8)
    }

    /// Decodes the body as JSON of any type: `serde_json::Value`, one of this crate's types, or your own.
    ///
    /// # Errors
    ///
    /// Returns an error with [`is_decode`](Error::is_decode) if it isn't JSON of this type.
    pub fn json<D: DeserializeOwned>(&self) -> Result<D, Error> {
        self.read(RawResponse::json)
    }

    fn read<D>(&self, read: impl FnOnce(&RawResponse) -> Result<D, Kind>) -> Result<D, Error> {
        let response = RawResponse {
            status: self.status,
            headers: self.headers.clone(),
            body: self.received.clone(),
        };
        read(&response).map_err(|kind| Error::of_received(kind, self.attempts, &self.redactor))
    }
}

impl Payload {
    /// Decodes a body of any JSON; an empty body is the blank value.
    pub fn value<T: Decode>(&self) -> Result<T, Error> {
        if self.is_empty() {
            return Ok(T::blank());
        }
        self.json()
    }

    /// Decodes a string type of the API by the `Content-Type` of the response: a JSON string, or else the
    /// text itself.
    pub fn string<T: Decode>(&self) -> Result<T, Error> {
        if media_type::is_json(&self.response.headers) {
            return self.json();
        }
        let response = RawResponse {
            body: Value::from(self.text()?).to_string().into(),
            ..self.response.clone()
        };
        let mut value = T::blank();
        let read =
            |text: &str| decode::fill(&mut value, &mut serde_json::Deserializer::from_str(text));
        self.decode(|| response.read(read))?;
        Ok(value)
    }

    /// The index of the documented media types that the response has; see [`media_type::choose`].
    pub fn content(&self, documented: &[&[&str]]) -> usize {
        let is_json = || serde_json::from_slice::<IgnoredAny>(self.response.text()).is_ok();
        media_type::choose(&self.response.headers, documented, is_json)
    }

    /// The header `Location`.
    pub(crate) fn location(&self) -> Option<&str> {
        location(&self.response.headers)
    }
}

fn location(headers: &HeaderMap) -> Option<&str> {
    str::from_utf8(headers.get(LOCATION)?.as_bytes()).ok()
}

impl Error {
    /// The error of a successful response whose body is not of the requested type.
    pub(crate) fn of_received(kind: Kind, attempts: u32, redactor: &Redactor) -> Self {
        let kind = kind.redacted(redactor);
        let text = error_text::render_body(&kind, redactor);
        Self::new(kind, text, attempts, None, redactor.clone())
    }

    /// The error of a header that is not of the requested type.
    pub(crate) fn of_header(
        response: RawResponse,
        attempts: u32,
        name: &str,
        cause: Cause,
        redactor: &Redactor,
    ) -> Self {
        // The cause contains the value.
        let cause = if redact::is_secret_header(name) {
            "the value is redacted".into()
        } else {
            redactor.cause(cause)
        };
        let text = format!("the response header `{name}` is not of the requested type: {cause}");
        let kind = Kind::Decode {
            response: Box::new(response),
            path: String::new(),
            cause,
        };
        Self::new(kind, text, attempts, None, redactor.clone())
    }
}
