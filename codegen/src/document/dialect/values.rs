//! `const`, `enum` and `examples`.

use serde_json::Value;

use super::{NULL, Object, allow_null, combines, labels};

/// `const` becomes an `enum` of one value; beside an `enum` it is the narrower of the two.
pub(super) fn constant(map: &mut Object) {
    if let Some(value) = map.shift_remove("const") {
        map.insert("enum".to_owned(), Value::Array(vec![value]));
    }
}

/// `examples`, a list in JSON Schema, gives its first to `example`.
///
/// A mapping in its place is a slip from the Media Type Object, where each entry has a `value`.
pub(super) fn examples(map: &mut Object) {
    let first = match map.shift_remove("examples") {
        Some(Value::Array(examples)) => examples.into_iter().next(),
        Some(Value::Object(examples)) => examples
            .into_iter()
            .find_map(|(_, mut example)| Some(example.get_mut("value")?.take())),
        _ => None,
    };
    if let Some(example) = first {
        map.entry("example").or_insert(example);
    }
}

/// `dataValue` of an Example Object (OpenAPI 3.2) becomes its `value`. A `serializedValue` alone does if it is an
/// array or an object in JSON: what else it is depends on where it is sent.
pub(super) fn data_value(example: &mut Object) {
    let data = example.shift_remove("dataValue");
    let data = data.or_else(|| {
        let text = example.get("serializedValue")?.as_str()?;
        let is_nested = |it: &Value| it.is_object() || it.is_array();
        serde_json::from_str(text).ok().filter(is_nested)
    });
    if let Some(data) = data {
        example.entry("value").or_insert(data);
    }
}

/// Null among the values of an `enum` becomes `nullable`.
pub(super) fn null_in_enum(map: &mut Object) {
    let Some(Value::Array(values)) = map.get_mut("enum") else {
        return;
    };
    let kept: Vec<bool> = values.iter().map(|value| !value.is_null()).collect();
    if !kept.contains(&false) {
        return;
    }
    values.retain(|value| !value.is_null());
    let nothing_left = values.is_empty();
    labels::retain(map, &kept);
    allow_null(map);
    if nothing_left {
        map.shift_remove("enum");
        if !combines(map) {
            map.shift_remove("type");
            map.insert(NULL.to_owned(), Value::Bool(true));
        }
    }
}
