//! Checking header names and values before anything goes out.

use reqwest::header::{CONTENT_LENGTH, HeaderName, HeaderValue, TRANSFER_ENCODING};

use super::scrub;

/// The header, marked as sensitive where its name says so.
///
/// The message of a refusal names the header and never shows the value, which may be a secret.
pub(crate) fn parse(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let name = self::name(name)?;
    let mut value = self::value(value)
        .map_err(|problem| format!("the value of the header `{name}` {problem}"))?;
    value.set_sensitive(scrub::is_secret_header(name.as_str()));
    Ok((name, value))
}

/// The name of a header that a caller may set or leave out.
pub(crate) fn name(name: &str) -> Result<HeaderName, String> {
    let shown: String = name.escape_debug().take(100).collect();
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
        format!("invalid header name `{shown}`: expected letters, digits and `-_.`")
    })?;
    // Two opinions about where a request ends are a way to smuggle one into another (RFC 9112, 11.2).
    if name == CONTENT_LENGTH || name == TRANSFER_ENCODING {
        return Err(format!(
            "the header `{name}` can't be set: it is derived from the body"
        ));
    }
    Ok(name)
}

/// The value of a header; the message says what is wrong without showing it.
///
/// Characters beyond ASCII are refused: HTTP leaves open what they mean (RFC 9110, 5.5).
pub(crate) fn value(text: &str) -> Result<HeaderValue, &'static str> {
    if !text.is_ascii() {
        return Err("contains non-ASCII characters, which have no defined meaning in a header");
    }
    HeaderValue::from_str(text).map_err(|_| {
        if text.contains(['\r', '\n']) {
            "contains a line break"
        } else {
            "contains a control character"
        }
    })
}

/// The value of a header that the API description fixes; nothing is copied.
pub(crate) fn fixed(text: &'static str) -> Result<HeaderValue, &'static str> {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        // It panics on other characters.
        return Ok(HeaderValue::from_static(text));
    }
    value(text)
}
