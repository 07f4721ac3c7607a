//! Bytes in strings.

use serde_json::{Value, json};

use super::{Object, combines};

/// `contentEncoding` and `contentMediaType` become the formats `byte` and `binary` of OpenAPI 3.0, and
/// `base64url` of the format registry.
///
/// The mapping is that of the OpenAPI 3.1 specification, section 4.4.2 ("Working with Binary Data"). Text and JSON
/// inside a string stay text.
pub(super) fn encoding(map: &mut Object) {
    let is_text = match map.get("type") {
        Some(name) => name == "string",
        None => !combines(map),
    };
    let encoding = map.get("contentEncoding").and_then(Value::as_str);
    let encoding = encoding.map(str::to_ascii_lowercase);
    // The format says as much as it can of the alphabet, and the encoding more.
    let is_further = map.get("format").is_some_and(|format| {
        let is_said = format == "byte" && encoding.as_deref() == Some("base64url");
        !is_said
    });
    if !is_text || is_further {
        return;
    }
    let media = map.get("contentMediaType").and_then(Value::as_str);
    let format = match (encoding.as_deref(), media) {
        (Some("base64url"), _) => "base64url",
        (Some(encoding), _) if encoding.starts_with("base64") => "byte",
        (None, Some(media)) if !is_textual(media) => "binary",
        _ => return,
    };
    map.insert("type".to_owned(), json!("string"));
    map.insert("format".to_owned(), json!(format));
}

fn is_textual(media: &str) -> bool {
    let media = media.to_ascii_lowercase();
    let essence = media.split(';').next().unwrap_or_default().trim();
    essence.starts_with("text/")
        || ["json", "xml", "yaml", "javascript"]
            .iter()
            .any(|end| essence.ends_with(end))
}
