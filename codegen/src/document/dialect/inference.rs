//! The type of a schema that doesn't name it.

use serde_json::{Value, json};

use super::{GUESSED, Object, combines};

/// Keywords that speak of arrays, beside `items`.
const OF_ARRAYS: [&str; 7] = [
    "minItems",
    "maxItems",
    "uniqueItems",
    "contains",
    "minContains",
    "maxContains",
    "unevaluatedItems",
];

/// Gives a schema without `type` the type that its other keywords make plain.
///
/// Strictly such keywords take values of other types, too (JSON Schema 2020-12 validation, section 4.3).
/// Who writes `properties` nearly always means an object, unless the example is something else. `items`
/// alone is less telling: that other values may come is marked with [`GUESSED`], unless other keywords
/// speak of arrays as well.
pub(super) fn missing_type(map: &mut Object) {
    if map.contains_key("type") || combines(map) || map.contains_key(super::NULL) {
        return;
    }
    let by_values = match map.get("enum") {
        Some(Value::Array(values)) => of_values(values),
        _ => None,
    };
    let has = |keywords: &[&str]| keywords.iter().any(|keyword| map.contains_key(*keyword));
    let (names, guessed) = if let Some(name) = by_values {
        (json!(name), false)
    } else if has(&["enum"]) {
        return;
    } else if has(&["properties", "additionalProperties"]) && has(&["items"]) {
        (json!(["object", "array"]), false)
    } else if has(&["properties", "additionalProperties"]) {
        let other = shown(map).any(|value| !is_written_as(value, '{'));
        (json!("object"), other || is_free(map))
    } else if has(&["items"]) {
        let is_list = has(&OF_ARRAYS) || shown(map).next().is_some();
        let other = shown(map).any(|value| !is_written_as(value, '['));
        (json!("array"), other || !is_list)
    } else {
        return;
    };
    map.insert("type".to_owned(), names);
    if guessed {
        map.insert(GUESSED.to_owned(), Value::Bool(true));
    }
}

/// The values that a schema shows.
fn shown(map: &Object) -> impl Iterator<Item = &Value> {
    let values = ["example", "default"].into_iter();
    let values = values.filter_map(|keyword| map.get(keyword));
    values.filter(|value| !value.is_null())
}

/// Whether the JSON of a value begins like this, or that in a text: so some tools write their examples.
fn is_written_as(value: &Value, first: char) -> bool {
    match value {
        Value::Object(_) => first == '{',
        Value::Array(_) => first == '[',
        Value::String(text) => text.trim_start().starts_with(first),
        _ => false,
    }
}

/// Whether all that is said is that any members may be there: of any value, then.
fn is_free(map: &Object) -> bool {
    let others = ["properties", "required", "patternProperties"];
    let is_any = match map.get("additionalProperties") {
        Some(Value::Bool(any)) => *any,
        Some(Value::Object(schema)) => schema.is_empty(),
        _ => false,
    };
    is_any && !others.iter().any(|keyword| map.contains_key(*keyword))
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
