//! References with siblings, and null as a member of `anyOf` or `oneOf`.

use serde_json::{Value, json};

use super::{NULL, Object, allow_null, combines};

/// `$ref` beside other keywords becomes a member of `allOf`.
///
/// JSON Schema has had siblings of `$ref` count since draft 2019-09; OpenAPI 3.0 ignores them.
pub(super) fn reference_with_siblings(map: &mut Object) {
    let Some(reference) = map.shift_remove("$ref") else {
        return;
    };
    let member = json!({ "$ref": reference });
    match map.get_mut("allOf") {
        Some(Value::Array(members)) => members.insert(0, member),
        _ => {
            map.insert("allOf".to_owned(), Value::Array(vec![member]));
        }
    }
}

/// Members of `anyOf` and `oneOf` that only null matches become `nullable`.
///
/// Where one member is left, it takes the place of the list.
pub(super) fn null_members(map: &mut Object) {
    // Taking a member's place can bring another list; each turn takes one list away or is the last.
    while ["anyOf", "oneOf"]
        .into_iter()
        .any(|keyword| null_member(map, keyword))
    {}
}

/// Says whether the schema has taken over the keywords of a member.
fn null_member(map: &mut Object, keyword: &str) -> bool {
    let Some(Value::Array(members)) = map.get_mut(keyword) else {
        return false;
    };
    let before = members.len();
    members.retain(|member| !is_null(member));
    if members.len() == before {
        return false;
    }
    let only = (members.len() < 2).then(|| members.pop());
    allow_null(map);
    match only {
        None => false,
        Some(None) => {
            map.shift_remove(keyword);
            if !combines(map) && !map.contains_key("type") {
                map.insert(NULL.to_owned(), Value::Bool(true));
            }
            false
        }
        Some(Some(member)) => {
            map.shift_remove(keyword);
            take_over(map, member)
        }
    }
}

/// Puts a single member in the place of the list; says whether its keywords are now those of the schema.
fn take_over(map: &mut Object, member: Value) -> bool {
    match member {
        Value::Object(member) if !member.contains_key("$ref") && !conflict(map, &member) => {
            for (key, value) in member {
                map.entry(key).or_insert(value);
            }
            true
        }
        Value::Bool(true) => false,
        member => {
            match map.get_mut("allOf") {
                Some(Value::Array(members)) => members.push(member),
                _ => {
                    map.insert("allOf".to_owned(), Value::Array(vec![member]));
                }
            }
            false
        }
    }
}

/// Whether both have a keyword that isn't a mere annotation, with different values.
fn conflict(map: &Object, member: &Object) -> bool {
    let differs = |key: &str, value: &Value| map.get(key).is_some_and(|own| own != value);
    member
        .iter()
        .any(|(key, value)| !is_annotation(key) && differs(key, value))
}

/// Keywords that say nothing about which values match.
pub(super) fn is_annotation(keyword: &str) -> bool {
    matches!(
        keyword,
        "title"
            | "description"
            | "default"
            | "example"
            | "examples"
            | "deprecated"
            | "readOnly"
            | "writeOnly"
            | "externalDocs"
            | "xml"
            | "nullable"
            | "discriminator"
            | "$comment"
            | "$defs"
            | "definitions"
    ) || keyword.starts_with("x-")
}

/// Whether only null matches a schema.
pub(crate) fn is_null(schema: &Value) -> bool {
    let Value::Object(map) = schema else {
        return false;
    };
    let only_null = |value: &Value| match value {
        Value::Array(items) => {
            !items.is_empty() && items.iter().all(|item| item.is_null() || item == "null")
        }
        _ => false,
    };
    let by_type = map
        .get("type")
        .is_some_and(|name| name == "null" || only_null(name));
    let by_value = map.get("const").is_some_and(Value::is_null)
        || map
            .get("enum")
            .is_some_and(|values| only_null(values) && values.get(0).is_some_and(Value::is_null));
    let rest = map
        .keys()
        .all(|key| is_annotation(key) || matches!(&**key, "type" | "const" | "enum" | "format"));
    (by_type || by_value) && rest
}
