//! Validating header names and values before anything is sent.

use reqwest::header::{CONTENT_LENGTH, HeaderName, HeaderValue, TRANSFER_ENCODING};

use super::redact;

/// Validates a header, and marks it as sensitive if its name suggests it.
///
/// The error names the header and never contains the value, which may be a secret.
pub(crate) fn parse(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let name = self::name(name)?;
    let mut value = self::value(value)
        .map_err(|problem| format!("the value of the header `{name}` {problem}"))?;
    value.set_sensitive(redact::is_secret_header(name.as_str()));
    Ok((name, value))
}

/// Validates the name of a header that a caller sets or omits.
pub(crate) fn name(name: &str) -> Result<HeaderName, String> {
    let shown: String = name.escape_debug().take(100).collect();
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
        format!("invalid header name `{shown}`: expected letters, digits and `-_.`")
    })?;
    // Ambiguity about where a request ends allows request smuggling (RFC 9112, 11.2).
    if name == CONTENT_LENGTH || name == TRANSFER_ENCODING {
        return Err(format!(
            "the header `{name}` can't be set: it is derived from the body"
        ));
    }
    Ok(name)
}

/// Validates the value of a header; the error never contains it.
///
/// Non-ASCII characters are rejected: HTTP doesn't define their meaning (RFC 9110, 5.5).
pub fn value(text: &str) -> Result<HeaderValue, &'static str> {
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

/// A constant value of a header; nothing is copied.
pub(crate) fn fixed(text: &'static str) -> Result<HeaderValue, &'static str> {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        // `from_static` panics on other characters.
        return Ok(HeaderValue::from_static(text));
    }
    value(text)
}
