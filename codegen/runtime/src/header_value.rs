//! Decoding the value of a header.

use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::cause::Cause;

/// Decodes the value of a header: as a string, else as JSON, else as a list separated by commas (OpenAPI
/// 3.0.3, style `simple`; RFC 9110 section 5.6.1). Several field lines of the same name are one value
/// (RFC 9110 section 5.3).
pub(crate) fn read<T: DeserializeOwned>(
    headers: &HeaderMap,
    name: &str,
) -> Result<Option<T>, Cause> {
    let mut lines = Vec::new();
    for line in headers.get_all(name) {
        lines.push(std::str::from_utf8(line.as_bytes())?.trim());
    }
    if lines.is_empty() {
        return Ok(None);
    }
    let text = lines.join(", ");
    if let Ok(value) = decode(&Value::from(text.as_str())) {
        return Ok(Some(value));
    }
    // The error about a single value is more useful than the one about a list.
    let plain = serde_json::from_str(&text);
    plain
        .or_else(|error| list(&text).map_err(|_| error))
        .map(Some)
        .map_err(Cause::from)
}

fn decode<T: DeserializeOwned>(value: &Value) -> serde_json::Result<T> {
    serde_json::from_str(&value.to_string())
}

/// A list whose items are strings, or else JSON.
fn list<T: DeserializeOwned>(text: &str) -> serde_json::Result<T> {
    let items = || {
        text.split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty())
    };
    let texts = decode(&items().map(Value::from).collect());
    texts.or_else(|_| serde_json::from_str(&format!("[{}]", items().collect::<Vec<_>>().join(","))))
}
