//! Properties that are told by a pattern, or by what is left.

use serde_json::Value;

use super::Object;
use super::composition::is_annotation;

/// `patternProperties` and `unevaluatedProperties` become part of `additionalProperties`.
///
/// A client reads and writes such properties alike whatever their names. Where the patterns, and
/// an `additionalProperties` beside them that takes values, agree on one type, that is theirs; they
/// are any values otherwise. What the members of an `allOf` describe is known by its name, so that the rest is
/// what they leave; that nothing is left makes no difference to a client.
pub(super) fn patterns(map: &mut Object) {
    let Some(Value::Object(patterns)) = map.get("patternProperties") else {
        if !map.contains_key("additionalProperties")
            && let Some(rest) = map.get("unevaluatedProperties")
            && (!super::combines(map) || is_beside_all_of(map) && *rest != Value::Bool(false))
        {
            let rest = rest.clone();
            map.insert("additionalProperties".to_owned(), rest);
        }
        return;
    };
    let beside = map.get("additionalProperties");
    let mut schemas = beside
        .into_iter()
        .chain(patterns.values())
        .filter(|schema| **schema != Value::Bool(false));
    let Some(first) = schemas.next() else { return };
    let schema = if schemas.all(|schema| same_type(first, schema)) {
        first.clone()
    } else {
        Value::Bool(true)
    };
    map.insert("additionalProperties".to_owned(), schema);
}

/// Whether a schema combines others by `allOf` alone, or has properties of its own beside alternatives.
fn is_beside_all_of(map: &Object) -> bool {
    let has_alternatives = map.contains_key("anyOf") || map.contains_key("oneOf");
    let has_own = map.contains_key("properties") || map.contains_key("allOf");
    !has_alternatives || has_own
}

/// Whether two schemas differ in nothing but words and lengths.
fn same_type(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            let same = |one: &Object, other: &Object| {
                let mut telling = one.iter().filter(|(keyword, _)| tells_type(keyword));
                telling.all(|(keyword, value)| other.get(keyword) == Some(value))
            };
            same(one, other) && same(other, one)
        }
        _ => one == other,
    }
}

/// Whether a keyword can bear on the type in Rust. The limits of numbers do: they tell how wide an
/// integer has to be.
fn tells_type(keyword: &str) -> bool {
    let length = matches!(
        keyword,
        "pattern"
            | "minLength"
            | "maxLength"
            | "minItems"
            | "maxItems"
            | "uniqueItems"
            | "minProperties"
            | "maxProperties"
    );
    !length && (keyword == "nullable" || !is_annotation(keyword))
}
