//! A response as it was received.

use bytes::Bytes;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;
use serde::de::IgnoredAny;

use super::json_path;

/// A response as it was received: status, headers, and the body or what was read of it.
#[derive(Clone)]
pub struct RawResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl RawResponse {
    /// Status and headers of a response whose body isn't read yet.
    pub(crate) fn head(response: &reqwest::Response) -> Self {
        Self {
            status: response.status(),
            headers: response.headers().clone(),
            body: Bytes::new(),
        }
    }

    /// The server's ID of the request.
    pub(crate) fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// The body without a byte order mark, which JSON readers may ignore (RFC 8259, 8.1).
    pub(super) fn text(&self) -> &[u8] {
        self.body
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(&self.body)
    }

    /// The JSON path at which a truncated body ends.
    pub(crate) fn end_of_json(&self) -> String {
        match serde_json::from_slice::<IgnoredAny>(self.text()) {
            Ok(_) => String::new(),
            Err(error) => json_path::locate(self.text(), error.line(), error.column()),
        }
    }
}

/// The header `x-request-id`, or `request-id`.
pub(super) fn request_id(headers: &HeaderMap) -> Option<&str> {
    let value = headers
        .get("x-request-id")
        .or_else(|| headers.get("request-id"))?;
    value.to_str().ok()
}
