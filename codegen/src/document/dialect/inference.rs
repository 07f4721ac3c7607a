//! The type of a schema that doesn't name it.

use serde_json::Value;

use super::{Object, combines};

/// Gives a schema without `type` the type that its other keywords make plain.
///
/// Strictly such keywords take values of other types too; those who leave `type` out never mean that.
pub(super) fn missing_type(map: &mut Object) {
    if map.contains_key("type") || combines(map) || map.contains_key(super::NULL) {
        return;
    }
    let by_values = match map.get("enum") {
        Some(Value::Array(values)) => of_values(values),
        _ => None,
    };
    let has = |keywords: &[&str]| keywords.iter().any(|keyword| map.contains_key(*keyword));
    let name = if let Some(name) = by_values {
        name
    } else if has(&["enum"]) {
        return;
    } else if has(&["properties", "additionalProperties"]) {
        "object"
    } else if has(&["items"]) {
        "array"
    } else {
        return;
    };
    map.insert("type".to_owned(), Value::String(name.to_owned()));
}

/// The one type that all values have.
fn of_values(values: &[Value]) -> Option<&'static str> {
    let all = |is: fn(&Value) -> bool| !values.is_empty() && values.iter().all(is);
    if all(Value::is_string) {
        Some("string")
    } else if all(|value| value.is_i64() || value.is_u64()) {
        Some("integer")
    } else if all(Value::is_number) {
        Some("number")
    } else if all(Value::is_boolean) {
        Some("boolean")
    } else {
        None
    }
}
