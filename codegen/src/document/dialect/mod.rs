//! Forms of OpenAPI 3.1, 3.2 and JSON Schema 2020-12, rewritten to those of OpenAPI 3.0.
//!
//! The rewriting goes by form and not by the version that a document names: documents of 3.0 are full of 3.1 forms.
//! It visits schemas where the tables of `check` have them, and never looks into examples, defaults, enum
//! values or extensions. A schema is rewritten before the schemas inside it, so that each rule sees
//! the forms as they were written.

mod arrays;
mod composition;
mod conditions;
mod content;
mod exclusions;
mod inference;
mod labels;
mod limits;
mod media_types;
mod objects;
mod parameters;
mod security;
mod types;
mod values;

use serde_json::{Map, Value};

pub(crate) use composition::is_null;
pub use conditions::BRANCHES;
pub use labels::{ENUM_NAMES, ENUM_TEXTS, ENUM_VALUES};
pub(crate) use media_types::inline as inline_media_types;
pub use parameters::{COOKIE_STYLE, WHOLE_QUERY};

use super::check::shape::{Kind, Want};
use super::check::tables::{ADDITIONAL_OPERATIONS, OPENAPI};
use crate::pointer::{get, local};

type Object = Map<String, Value>;

/// The extension that marks a schema which only null matches; OpenAPI 3.0 has no other word for it.
pub const NULL: &str = "x-null";

/// The extension that holds what `prefixItems` held: the schemas of the first items of an array.
pub const PREFIX_ITEMS: &str = "x-prefix-items";

/// A pointer or keyword as the description has it, with the name of what was moved to [`PREFIX_ITEMS`].
pub fn as_written(text: &str) -> String {
    text.replace(PREFIX_ITEMS, "prefixItems")
}

/// The extension that marks an array whose last schema in [`PREFIX_ITEMS`] is that of all further items.
pub const PREFIX_REST: &str = "x-prefix-rest";

/// The extension that marks a schema whose `type` is not in the document, and so may be another.
pub const GUESSED: &str = "x-guessed";

/// Converts a whole document.
pub(crate) fn convert(root: &mut Value) {
    path_items(root);
    security::by_reference(root);
    security::mutual_tls(root);
    convert_as(root, Want::Object(&OPENAPI));
}

/// Converts a value that is what `want` says.
pub(crate) fn convert_as(value: &mut Value, want: Want) {
    match want {
        Want::Schema => schema(value),
        Want::SchemaOrList => match value {
            Value::Array(items) => items.iter_mut().for_each(schema),
            _ => schema(value),
        },
        Want::Object(shape) | Want::OrReference(shape) => {
            let Value::Object(map) = value else { return };
            match shape.kind {
                Some(Kind::Parameter) => parameters::places(map),
                Some(Kind::Example) => values::data_value(map),
                _ => {}
            }
            map.retain(|key, value| {
                let Some(want) = shape.member(key) else {
                    return true;
                };
                convert_as(value, want);
                is_there(value, want)
            });
        }
        Want::Map(want) if has_schemas(*want) => {
            let Value::Object(map) = value else { return };
            map.retain(|_, value| {
                convert_as(value, *want);
                is_there(value, *want)
            });
        }
        Want::List(want) if has_schemas(*want) => {
            let Value::Array(items) = value else { return };
            items.retain_mut(|value| {
                convert_as(value, *want);
                is_there(value, *want)
            });
        }
        _ => {}
    }
}

/// Whether a value wasn't taken out by the checks, which leave null in its place.
fn is_there(value: &Value, want: Want) -> bool {
    !(value.is_null() && matches!(want, Want::OrReference(_)))
}

fn has_schemas(want: Want) -> bool {
    !matches!(want, Want::Any | Want::Text)
}

/// Converts a schema and all schemas in it.
fn schema(value: &mut Value) {
    match value {
        // A boolean schema takes everything or nothing (JSON Schema 2020-12 core, section 4.3.2).
        Value::Bool(true) => *value = Value::Object(Object::new()),
        Value::Bool(false) => *value = serde_json::json!({ "not": {} }),
        Value::Object(map) => {
            rewrite(map);
            for (key, value) in map {
                if key == "additionalProperties" && value.is_boolean() {
                    continue;
                }
                if let Some(want) = Want::Schema.member(key) {
                    convert_as(value, want);
                }
            }
        }
        _ => {}
    }
}

/// The extension that holds the schema of objects whose discriminator names no other: `defaultMapping`.
pub const DEFAULT_MAPPING: &str = "x-default-mapping";

/// `defaultMapping` of a discriminator (OpenAPI 3.2) becomes an extension.
fn default_mapping(map: &mut Object) {
    if let Some(Value::Object(discriminator)) = map.get_mut("discriminator")
        && let Some(mapping) = discriminator.shift_remove("defaultMapping")
    {
        discriminator.insert(DEFAULT_MAPPING.to_owned(), mapping);
    }
}

/// Rewrites the keywords of one schema.
fn rewrite(map: &mut Object) {
    if map.len() == 1 && map.contains_key("$ref") {
        return;
    }
    default_mapping(map);
    exclusions::apply(map);
    composition::reference_with_siblings(map);
    composition::null_members(map);
    values::constant(map);
    values::examples(map);
    types::names(map);
    values::null_in_enum(map);
    arrays::prefix(map);
    objects::patterns(map);
    conditions::branches(map);
    content::encoding(map);
    limits::exclusive(map);
    inference::missing_type(map);
    types::several(map);
    limits::width(map);
    limits::integers(map);
    types::irrelevant(map);
}

/// Whether a schema has one of the keywords that combine others.
fn combines(map: &Object) -> bool {
    ["$ref", "allOf", "anyOf", "oneOf", "not"]
        .iter()
        .any(|keyword| map.contains_key(*keyword))
}

/// Marks a schema as one that null matches too.
fn allow_null(map: &mut Object) {
    map.insert("nullable".to_owned(), Value::Bool(true));
}

/// Path items that refer to another and add operations of their own become a copy of both; what they
/// say themselves wins (OpenAPI 3.1 section 4.8.9 leaves conflicts open).
fn path_items(root: &mut Value) {
    let Some(Value::Object(paths)) = root.get("paths") else {
        return;
    };
    let mut merged = Vec::new();
    for (template, item) in paths {
        let Value::Object(own) = item else { continue };
        if own.len() < 2 || !own.contains_key("$ref") {
            continue;
        }
        let mut copy = own.clone();
        // As many steps as a chain may have; loops were refused before.
        for _ in 0..100 {
            let reference = copy.shift_remove("$ref");
            let target = reference.as_ref().and_then(Value::as_str).and_then(local);
            let Some(Value::Object(other)) = target.and_then(|target| get(root, &target)) else {
                break;
            };
            for (key, value) in other {
                match (copy.get_mut(key), value) {
                    (Some(Value::Object(own)), Value::Object(others))
                        if key == ADDITIONAL_OPERATIONS =>
                    {
                        for (method, operation) in others {
                            own.entry(method.clone())
                                .or_insert_with(|| operation.clone());
                        }
                    }
                    (Some(_), _) => {}
                    (None, value) => {
                        copy.insert(key.clone(), value.clone());
                    }
                }
            }
        }
        merged.push((template.clone(), copy));
    }
    if let Some(Value::Object(paths)) = root.get_mut("paths") {
        for (template, copy) in merged {
            paths.insert(template, Value::Object(copy));
        }
    }
}

#[cfg(test)]
mod tests;
