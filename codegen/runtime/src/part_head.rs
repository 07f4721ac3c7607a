//! The headers of the parts of a multipart body.

use std::fmt::Write as _;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::upload::Upload;

/// What the parts of a body are to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Fields of a form, each by its name (RFC 7578).
    Form,
    /// Parts that refer to one another (RFC 2387).
    Related,
    /// Parts by their order alone.
    List,
}

/// The delimiter and the headers of a part (RFC 7578, 4.2). Related parts have a `Content-ID` in addition
/// (RFC 2387 section 3; RFC 2392).
pub(crate) fn head(boundary: &str, name: &str, content: &Upload, kind: Kind) -> String {
    let mut head = format!("--{boundary}\r\n");
    if kind == Kind::Related {
        let id = utf8_percent_encode(name, NON_ALPHANUMERIC);
        let _ = write!(head, "Content-ID: <{id}>\r\n");
    }
    let file_name = content.file_name.as_deref();
    let disposition = match kind {
        Kind::Form => Some("form-data"),
        Kind::Related => Some("attachment"),
        Kind::List => file_name.map(|_| "attachment"),
    };
    if let Some(disposition) = disposition {
        let _ = write!(head, "Content-Disposition: {disposition}");
        let name = (kind != Kind::List).then_some(name);
        for (parameter, value) in [("name", name), ("filename", file_name)] {
            if let Some(value) = value {
                let _ = write!(head, "; {parameter}=");
                push_quoted(&mut head, value);
            }
        }
        head.push_str("\r\n");
    }
    if let Some(media_type) = &content.content_type {
        // Writing to a String can't fail.
        let _ = write!(head, "Content-Type: {media_type}\r\n");
    }
    for (name, value) in &content.headers {
        let _ = write!(head, "{name}: {value}\r\n");
    }
    head.push_str("\r\n");
    head
}

/// A quoted name, in which quotes and control characters are percent-encoded as browsers do (WHATWG
/// HTML, 4.10.22.8).
///
/// A backslash at the end is encoded as well: by RFC 9110 it would escape the closing quote.
fn push_quoted(head: &mut String, name: &str) {
    head.push('"');
    let (name, last) = match name.strip_suffix('\\') {
        Some(name) => (name, "%5C"),
        None => (name, ""),
    };
    for character in name.chars() {
        if character == '"' || character.is_ascii_control() {
            // Writing to a String can't fail.
            let _ = write!(head, "%{:02X}", u32::from(character));
        } else {
            head.push(character);
        }
    }
    head.push_str(last);
    head.push('"');
}
