//! `type`: lists of types, null as a type, and keywords that say nothing about a type.

use serde_json::{Value, json};

use super::composition::is_annotation;
use super::conditions::BRANCHES;
use super::{NULL, Object, allow_null, combines, labels};

/// Brings `type` to one name, or to a list of several names without `null`.
///
/// `[string, "null"]` becomes `string` with `nullable`; `null` alone becomes `nullable` with the extension
/// [`NULL`]; `any`, and a list of all types, become no type at all; `file`, from Swagger 2.0, becomes a binary string.
pub(super) fn names(map: &mut Object) {
    let mut names: Vec<String> = match map.get("type") {
        Some(Value::String(name)) => vec![name.clone()],
        Some(Value::Array(names)) => {
            let names = names.iter().filter_map(Value::as_str);
            names.map(str::to_owned).collect()
        }
        _ => return,
    };
    let has_null = names.iter().any(|name| name == "null");
    names.retain(|name| name != "null");
    let mut unique: Vec<String> = Vec::new();
    for name in names {
        if !unique.contains(&name) {
            unique.push(name);
        }
    }
    if unique.iter().any(|name| name == "number") {
        unique.retain(|name| name != "integer");
    }
    if has_null {
        allow_null(map);
    }
    // String, number, boolean, object and array, which are all that there are.
    let everything = unique.len() >= 5 || unique.iter().any(|name| name == "any");
    match &mut *unique {
        [] if has_null && !combines(map) => {
            map.shift_remove("type");
            map.insert(NULL.to_owned(), Value::Bool(true));
        }
        [] => {
            map.shift_remove("type");
        }
        _ if everything => {
            map.shift_remove("type");
        }
        [name] if name == "file" => {
            map.insert("type".to_owned(), json!("string"));
            map.insert("format".to_owned(), json!("binary"));
        }
        [name] => {
            let name = std::mem::take(name);
            map.insert("type".to_owned(), Value::String(name));
        }
        _ => {
            map.insert("type".to_owned(), json!(unique));
        }
    }
}

/// Several types become an `anyOf` with one branch for each, which takes the keywords that speak of its type.
///
/// Beside `allOf`, `anyOf` or `oneOf` the list is dropped: what matters of it is said there again.
pub(super) fn several(map: &mut Object) {
    let Some(Value::Array(names)) = map.get("type") else {
        return;
    };
    let names: Vec<String> = names
        .iter()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect();
    map.shift_remove("type");
    if combines(map) {
        return;
    }
    let mut branches: Vec<Object> = Vec::new();
    for name in names {
        let mut branch = Object::new();
        branch.insert("type".to_owned(), Value::String(name.clone()));
        for (keyword, value) in &*map {
            if is_annotation(keyword) || !speaks_of(keyword, &name) {
                continue;
            }
            branch.insert(keyword.clone(), value.clone());
        }
        if let Some(conditional) = map.get(BRANCHES).filter(|_| name == "object") {
            branch.insert(BRANCHES.to_owned(), conditional.clone());
        }
        if let Some(Value::Array(values)) = branch.get_mut("enum") {
            let kept: Vec<bool> = values.iter().map(|value| is_of(value, &name)).collect();
            values.retain(|value| is_of(value, &name));
            if values.is_empty() {
                continue;
            }
            labels::copy(map, &mut branch);
            labels::retain(&mut branch, &kept);
        }
        branches.push(branch);
    }
    map.shift_remove(BRANCHES);
    map.retain(|keyword, _| is_annotation(keyword) || !is_known(keyword));
    match branches.len() {
        0 => {}
        1 => map.extend(branches.remove(0)),
        _ => {
            let branches = branches.into_iter().map(Value::Object).collect();
            map.insert("anyOf".to_owned(), Value::Array(branches));
        }
    }
}

/// Drops keywords that say nothing about values of the schema's one type, such as `pattern` of an integer.
///
/// They change nothing (JSON Schema 2020-12 validation, section 6), but hide the type from openapiv3.
pub(super) fn irrelevant(map: &mut Object) {
    let Some(name) = map.get("type").and_then(Value::as_str).map(str::to_owned) else {
        return;
    };
    map.retain(|keyword, _| {
        let formatless = keyword == "format" && matches!(&*name, "boolean" | "object" | "array");
        !formatless && (keyword == "enum" || !is_known(keyword) || speaks_of(keyword, &name))
    });
}

/// Keywords by the type whose values they speak of.
const KEYWORDS: [(&str, &[&str]); 4] = [
    (
        "string",
        &[
            "pattern",
            "minLength",
            "maxLength",
            "contentEncoding",
            "contentMediaType",
            "contentSchema",
        ],
    ),
    (
        "number",
        &[
            "multipleOf",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
        ],
    ),
    (
        "object",
        &[
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
            "patternProperties",
            "propertyNames",
            "unevaluatedProperties",
            "dependentRequired",
            "dependentSchemas",
        ],
    ),
    (
        "array",
        &[
            "items",
            "minItems",
            "maxItems",
            "uniqueItems",
            "contains",
            "minContains",
            "maxContains",
            "unevaluatedItems",
            super::PREFIX_ITEMS,
        ],
    ),
];

/// Whether it is known which type a keyword speaks of.
fn is_known(keyword: &str) -> bool {
    matches!(keyword, "enum" | "format")
        || KEYWORDS
            .iter()
            .any(|(_, keywords)| keywords.contains(&keyword))
}

/// Whether a keyword says something about values of a type.
fn speaks_of(keyword: &str, name: &str) -> bool {
    let name = if name == "integer" { "number" } else { name };
    match keyword {
        "enum" => matches!(name, "string" | "number" | "boolean"),
        "format" => matches!(name, "string" | "number"),
        _ => KEYWORDS
            .iter()
            .any(|(of, keywords)| *of == name && keywords.contains(&keyword)),
    }
}

/// Whether a value is of a type.
fn is_of(value: &Value, name: &str) -> bool {
    match name {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        _ => false,
    }
}
