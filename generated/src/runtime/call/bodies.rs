//! The body of a request.

use bytes::Bytes;
use reqwest::header::HeaderValue;
use serde::Serialize;

use super::super::content::{Body, Content};
use super::super::decode::Decode;
use super::super::{header, number};
use super::Call;

/// Called by emitted code.
impl Call {
    /// Sets a JSON body, which is serialized once for all attempts.
    pub fn json<T: Serialize + ?Sized>(&mut self, body: &T) {
        self.json_as("application/json", body);
    }

    /// Sets a JSON body of another media type, such as `application/merge-patch+json`.
    pub(crate) fn json_as<T: Serialize + ?Sized>(&mut self, media_type: &'static str, body: &T) {
        match number::to_json(body) {
            Ok(bytes) => self.bytes(bytes.into(), header::fixed(media_type)),
            Err(error) => self.refuse(format!("the body can't be serialized as JSON: {error}")),
        }
    }

    /// Sets a body of several JSON values: one on each line, or, in a JSON text sequence (RFC 7464), one
    /// after each record separator.
    pub(crate) fn lines<T: Serialize>(&mut self, media_type: &'static str, items: Vec<T>) {
        let is_sequence = media_type.contains("json-seq");
        let mut bytes = Vec::new();
        for item in items {
            match number::to_json(&item) {
                Ok(json) => {
                    bytes.extend(is_sequence.then_some(0x1e));
                    bytes.extend(json);
                    bytes.push(b'\n');
                }
                Err(error) => {
                    self.refuse(format!("an item can't be serialized as JSON: {error}"));
                    return;
                }
            }
        }
        self.bytes(bytes.into(), header::fixed(media_type));
    }

    /// Rejects a value that contains NaN or an infinity, which JSON can't represent.
    pub(crate) fn check_floats<T: Decode>(&mut self, name: &str, value: &T) {
        if T::HAS_FLOATS && !value.is_finite() {
            let problem = number::NOT_FINITE;
            self.refuse(format!("a number in {name} {problem}"));
        }
    }

    /// Sets a text body of this media type.
    pub(crate) fn text_as(&mut self, media_type: &'static str, body: impl Into<String>) {
        self.bytes(body.into().into(), header::fixed(media_type));
    }

    /// Sets a body of bytes.
    pub(in super::super) fn bytes(
        &mut self,
        bytes: Bytes,
        media_type: Result<HeaderValue, &'static str>,
    ) {
        self.set_body(Content::Bytes(bytes), media_type);
    }

    /// Sets a body.
    pub(in super::super) fn set_body(
        &mut self,
        content: Content,
        media_type: Result<HeaderValue, &'static str>,
    ) {
        match media_type {
            Ok(media_type) => {
                self.body = Some(Body {
                    content,
                    media_type,
                });
            }
            Err(problem) => self.refuse(format!("the media type of the body {problem}")),
        }
    }
}
