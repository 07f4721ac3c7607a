//! Schemas of OpenAPI 3.0 as JSON Schema 2020-12, so that one validator judges both dialects.
//!
//! It goes by form, as documents of either version have the forms of both. This is on purpose not
//! the conversion of the generator: a fault there must not hide itself here.

use serde_json::{Map, Value, json};

/// Keywords whose values are data, not schemas.
const DATA: [&str; 5] = ["const", "default", "enum", "example", "examples"];

/// Keywords whose members have names of the description, which are no keywords.
const NAMED: [&str; 7] = [
    "$defs",
    "definitions",
    "dependentSchemas",
    "patternProperties",
    "properties",
    "schemas",
    "parameters",
];

/// Rewrites all schemas of a document.
pub(super) fn convert(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(convert),
        Value::Object(map) => {
            for (key, member) in map.iter_mut() {
                if NAMED.contains(&key.as_str())
                    && let Value::Object(members) = member
                {
                    members.values_mut().for_each(convert);
                } else if !DATA.contains(&key.as_str()) {
                    convert(member);
                }
            }
            exclusive(map, "minimum", "exclusiveMinimum");
            exclusive(map, "maximum", "exclusiveMaximum");
            nullable(map);
        }
        _ => {}
    }
}

/// `exclusiveMinimum: true` beside `minimum: 1` is `exclusiveMinimum: 1`.
fn exclusive(map: &mut Map<String, Value>, limit: &str, keyword: &str) {
    let Some(Value::Bool(excludes)) = map.get(keyword) else {
        return;
    };
    let excludes = *excludes;
    map.shift_remove(keyword);
    if excludes && let Some(number) = map.shift_remove(limit) {
        map.insert(keyword.to_owned(), number);
    }
}

/// `nullable: true` lets `null` through beside what the other keywords do. An `enum` still decides
/// where there is a `type` too (OpenAPI 3.0.3, "Schema Object").
fn nullable(map: &mut Map<String, Value>) {
    if map.get("nullable") != Some(&Value::Bool(true)) {
        return;
    }
    map.shift_remove("nullable");
    match map.get_mut("type") {
        Some(Value::String(name)) => {
            let types = json!([name.clone(), "null"]);
            map.insert("type".to_owned(), types);
        }
        Some(_) => {}
        None => {
            let schema = std::mem::take(map);
            map.insert("anyOf".to_owned(), json!([{"type": "null"}, schema]));
        }
    }
}

/// Where what stands at a pointer of a document stands in the converted one.
///
/// Only [`nullable`] moves anything: what stands inside of a schema with it and without a `type`.
pub(super) fn moved(document: &Value, pointer: &str) -> String {
    let mut moved = String::with_capacity(pointer.len());
    let mut at = Some(document);
    for part in pointer.split('/').skip(1) {
        if at.is_some_and(is_wrapped) {
            moved.push_str("/anyOf/1");
        }
        moved.push('/');
        moved.push_str(part);
        let key = part.replace("~1", "/").replace("~0", "~");
        at = match at {
            Some(Value::Object(map)) => map.get(&key),
            Some(Value::Array(items)) => key.parse().ok().and_then(|it: usize| items.get(it)),
            _ => None,
        };
    }
    moved
}

/// Whether a schema gets another one around it.
fn is_wrapped(schema: &Value) -> bool {
    schema.get("nullable") == Some(&Value::Bool(true)) && schema.get("type").is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(mut value: Value) -> Value {
        convert(&mut value);
        value
    }

    #[test]
    fn null_is_let_through() {
        assert_eq!(
            converted(json!({"type": "string", "nullable": true})),
            json!({"type": ["string", "null"]})
        );
        assert_eq!(
            converted(json!({"$ref": "#/a", "nullable": true})),
            json!({"anyOf": [{"type": "null"}, {"$ref": "#/a"}]})
        );
        let unchanged = json!({"type": ["string", "null"]});
        assert_eq!(converted(unchanged.clone()), unchanged);
    }

    #[test]
    fn exclusive_limits_are_numbers() {
        assert_eq!(
            converted(json!({"minimum": 1, "exclusiveMinimum": true})),
            json!({"exclusiveMinimum": 1})
        );
        assert_eq!(
            converted(json!({"maximum": 1, "exclusiveMaximum": false})),
            json!({"maximum": 1})
        );
        let unchanged = json!({"exclusiveMinimum": 3});
        assert_eq!(converted(unchanged.clone()), unchanged);
    }

    #[test]
    fn data_and_names_are_no_keywords() {
        let data =
            json!({"example": {"type": "a", "nullable": true}, "enum": [{"nullable": true}]});
        assert_eq!(converted(data.clone()), data);
        assert_eq!(
            converted(json!({"properties": {"enum": {"type": "string", "nullable": true}}})),
            json!({"properties": {"enum": {"type": ["string", "null"]}}})
        );
    }
}
