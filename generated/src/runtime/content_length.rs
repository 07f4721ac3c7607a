//! `Content-Length`: what a response announces, and when a request says that it has no content.

use reqwest::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap, TRANSFER_ENCODING};
use reqwest::{Method, StatusCode};

use super::call::Call;
use super::scrub::Cause;

/// The length that a successful response announces for its body; none where it announces none, or
/// where that isn't the number of bytes which are to come.
///
/// Where the HTTP library decompresses a body it takes the header away, because that counts the
/// compressed bytes, which nobody sees then. A transport that somebody put in its place may leave it.
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

/// The one length that the headers name, however often (RFC 9110, 8.6).
fn read(headers: &HeaderMap) -> Option<u64> {
    let values = headers.get_all(CONTENT_LENGTH);
    let mut lengths = values
        .iter()
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b','))
        .map(|text| {
            let text = std::str::from_utf8(text.trim_ascii()).ok()?;
            // A sign is none of its digits.
            let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse().ok().filter(|_| is_number)
        });
    let first = lengths.next()?;
    lengths.all(|length| length == first).then_some(first)?
}

/// Why a body isn't whole that ended after `received` bytes; none where it is.
///
/// Over HTTP/2 a stream may be reset, and the HTTP library takes some resets for its end: only the
/// length says that there was to be more (RFC 9113, 8.1.1).
pub(crate) fn shortfall(announced: Option<u64>, received: usize) -> Option<Cause> {
    let length = announced.filter(|&length| length > wide(received))?;
    Some(format!("Content-Length is {length}").into())
}

/// Why a body is broken of which `received` bytes came, whether it ended or not; none where it isn't.
pub(crate) fn excess(announced: Option<u64>, received: usize) -> Option<Cause> {
    let length = announced.filter(|&length| length < wide(received))?;
    Some(format!("Content-Length is {length}, but more bytes were received").into())
}

fn wide(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// Whether a request of this method that has no content says so by `Content-Length: 0`: the method
/// gives a meaning to content, so that servers wait for it, or refuse the request with 411
/// (RFC 9110, 8.6).
pub(crate) fn is_expected(method: &Method) -> bool {
    matches!(*method, Method::POST | Method::PUT | Method::PATCH) || method.as_str() == "QUERY"
}
