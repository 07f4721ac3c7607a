//! `Content-Length`: of responses, and of requests without content.

use reqwest::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap, TRANSFER_ENCODING};
use reqwest::{Method, StatusCode};

use super::call::Call;
use super::cause::Cause;

/// The length that a response announces for its body; `None` if it announces none, or if that isn't the
/// number of bytes of the body.
///
/// The HTTP library removes the header when it decompresses a body, because it counts the compressed
/// bytes. A custom transport may keep it.
pub(crate) fn announced(call: &Call, status: StatusCode, headers: &HeaderMap) -> Option<u64> {
    let is_without_body = match call.method {
        Method::HEAD | Method::CONNECT => true,
        _ => status == StatusCode::NO_CONTENT,
    };
    // It overrides the length (RFC 9112, 6.3).
    let is_chunked = headers.contains_key(TRANSFER_ENCODING);
    let may_be_decoded = headers.contains_key(CONTENT_ENCODING) && !call.is_sent_by_library();
    if is_without_body || is_chunked || may_be_decoded {
        return None;
    }
    read(headers)
}

/// The length, which the headers may repeat (RFC 9110, 8.6).
fn read(headers: &HeaderMap) -> Option<u64> {
    let values = headers.get_all(CONTENT_LENGTH);
    let mut lengths = values
        .iter()
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b','))
        .map(|text| {
            let text = std::str::from_utf8(text.trim_ascii()).ok()?;
            // A sign is invalid.
            let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse().ok().filter(|_| is_number)
        });
    let first = lengths.next()?;
    lengths.all(|length| length == first).then_some(first)?
}

/// Why a body that ended after `received` bytes is truncated; `None` if it is complete.
///
/// Over HTTP/2, the HTTP library takes some resets of a stream for its end: only the length shows that
/// more was to come (RFC 9113, 8.1.1).
pub(crate) fn shortfall(announced: Option<u64>, received: usize) -> Option<Cause> {
    let length = announced.filter(|&length| length > wide(received))?;
    Some(format!("Content-Length is {length}").into())
}

/// Why a body of at least `received` bytes is too long; `None` if it isn't.
pub(crate) fn excess(announced: Option<u64>, received: usize) -> Option<Cause> {
    let length = announced.filter(|&length| length < wide(received))?;
    Some(format!("Content-Length is {length}, but more bytes were received").into())
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// Whether a request of this method without content has `Content-Length: 0`: the method defines a
/// meaning for content, so servers may wait for it, or respond with 411 (RFC 9110, 8.6).
pub(crate) fn is_expected(method: &Method) -> bool {
    matches!(*method, Method::POST | Method::PUT | Method::PATCH) || method.as_str() == "QUERY"
}
