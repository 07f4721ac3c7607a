//! Reading the body of a response as something else, and by its `Content-Type`.

use std::str;

use bytes::Bytes;
use reqwest::header::{HeaderMap, LOCATION};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use super::decode::{self, Decode};
use super::error::Error;
use super::error_kind::Kind;
use super::error_text;
use super::media_type;
use super::raw_response::RawResponse;
use super::response::{Payload, Response};
use super::scrub::{self, Cause, Scrubber};

impl<T> Response<T> {
    /// Where the server says to go on, as it says so: the header `Location` of a redirect, or of
    /// something that was created. It may be relative to the URL of the request.
    pub fn location(&self) -> Option<&str> {
        location(&self.headers)
    }

    /// The body as it was received (after decompression), whatever was read from it. Empty where it
    /// is read as a stream (`send_streaming`).
    ///
    /// So nothing is lost of a response that the API documents no content for.
    pub fn bytes(&self) -> &Bytes {
        &self.received
    }

    /// The body as text.
    ///
    /// # Errors
    ///
    /// An error with [`is_decode`](Error::is_decode) where it isn't UTF-8.
    pub fn text(&self) -> Result<String, Error> {
        self.read(RawResponse::utf8)
    }

    /// The body read as JSON of any type: `serde_json::Value`, one of this crate's types, or one of
    /// yours.
    ///
    /// # Errors
    ///
    /// An error with [`is_decode`](Error::is_decode) where it isn't JSON of this type.
    pub fn json<D: DeserializeOwned>(&self) -> Result<D, Error> {
        self.read(RawResponse::json)
    }

    fn read<D>(&self, read: impl FnOnce(&RawResponse) -> Result<D, Kind>) -> Result<D, Error> {
        let answer = RawResponse {
            status: self.status,
            headers: self.headers.clone(),
            body: self.received.clone(),
        };
        read(&answer).map_err(|kind| Error::of_received(kind, self.attempts, &self.scrubber))
    }
}

impl Payload {
    /// Decodes a body that may hold any JSON; none at all is no value.
    pub(crate) fn value<T: Decode>(&self) -> Result<T, Error> {
        if self.is_empty() {
            return Ok(T::blank());
        }
        self.json()
    }

    /// Reads a text of the API's type `T` by the `Content-Type` that came: JSON holds it as a string,
    /// and anything else is the text itself.
    pub(crate) fn string<T: Decode>(&self) -> Result<T, Error> {
        if media_type::is_json(&self.answer.headers) {
            return self.json();
        }
        let answer = RawResponse {
            body: Value::from(self.text()?).to_string().into(),
            ..self.answer.clone()
        };
        let mut value = T::blank();
        let read =
            |text: &str| decode::fill(&mut value, &mut serde_json::Deserializer::from_str(text));
        self.told(|| answer.read(read))?;
        Ok(value)
    }

    /// Which of the documented kinds of content this is, each told by its media types; see
    /// [`media_type::choose`].
    pub(crate) fn content(&self, documented: &[&[&str]]) -> usize {
        let is_json = || serde_json::from_slice::<IgnoredAny>(self.answer.text()).is_ok();
        media_type::choose(&self.answer.headers, documented, is_json)
    }

    /// The header `Location`.
    pub(crate) fn location(&self) -> Option<&str> {
        location(&self.answer.headers)
    }
}

fn location(headers: &HeaderMap) -> Option<&str> {
    str::from_utf8(headers.get(LOCATION)?.as_bytes()).ok()
}

impl Error {
    /// The error of a body that was received in a success and isn't of the type that it is read as.
    pub(crate) fn of_received(kind: Kind, attempts: u32, scrubber: &Scrubber) -> Self {
        let kind = kind.scrubbed(scrubber);
        let text = error_text::render_body(&kind, scrubber);
        Self::new(kind, text, attempts, None, scrubber.clone())
    }

    /// The error of a header that isn't what it should be.
    pub(crate) fn of_header(
        answer: RawResponse,
        attempts: u32,
        name: &str,
        cause: Cause,
        scrubber: &Scrubber,
    ) -> Self {
        // What is wrong is said with the value.
        let cause = if scrub::is_secret_header(name) {
            "the value is redacted".into()
        } else {
            scrubber.cause(cause)
        };
        let text = format!("the response header `{name}` is not of the requested type: {cause}");
        let kind = Kind::Decode {
            answer: Box::new(answer),
            path: String::new(),
            cause,
        };
        Self::new(kind, text, attempts, None, scrubber.clone())
    }
}
