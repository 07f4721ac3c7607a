//! Properties that are told by a pattern, or by what is left.

use serde_json::Value;

use super::Object;

/// `patternProperties` and `unevaluatedProperties` become `additionalProperties`, where there is none that takes values.
///
/// A client reads and writes such properties alike whatever their names; several patterns share no
/// schema and become any value.
pub(super) fn patterns(map: &mut Object) {
    let closed = matches!(map.get("additionalProperties"), None | Some(Value::Bool(_)));
    let Some(Value::Object(patterns)) = map.get("patternProperties") else {
        if !map.contains_key("additionalProperties")
            && let Some(rest) = map.get("unevaluatedProperties")
            && !super::combines(map)
        {
            let rest = rest.clone();
            map.insert("additionalProperties".to_owned(), rest);
        }
        return;
    };
    if !closed || patterns.is_empty() {
        return;
    }
    let mut schemas = patterns.values();
    let first = schemas.next().filter(|_| schemas.next().is_none());
    let schema = first.cloned().unwrap_or(Value::Bool(true));
    // With `additionalProperties: true` other names take any value, so all that is known is that.
    if map.get("additionalProperties") != Some(&Value::Bool(true)) {
        map.insert("additionalProperties".to_owned(), schema);
    }
}
