//! Schemas that hold under a condition.

use serde_json::Value;

use super::Object;
use crate::pointer::push;

/// The extension that holds the schemas of `then`, `else`, `dependentSchemas` and of its forerunner
/// `dependencies`: each by its JSON pointer within the schema, as in `/then`.
pub const BRANCHES: &str = "x-branches";

/// Keywords by which a schema speaks of properties, or may.
const OF_PROPERTIES: [&str; 8] = [
    "properties",
    "$ref",
    "allOf",
    "anyOf",
    "oneOf",
    "then",
    "else",
    "dependentSchemas",
];

/// Moves the schemas of which it depends on the object whether they hold to the extension [`BRANCHES`].
///
/// OpenAPI 3.0 has no such keywords. Those that speak of no properties say nothing about types, and stay.
pub(super) fn branches(map: &mut Object) {
    if !may_be_object(map.get("type")) {
        return;
    }
    let mut found = Object::new();
    // Without `if` the other two are ignored (JSON Schema 2020-12 core, section 10.2.2).
    if map.contains_key("if") {
        for keyword in ["then", "else"] {
            if map.get(keyword).is_some_and(speaks_of_properties)
                && let Some(schema) = map.shift_remove(keyword)
            {
                found.insert(push("", keyword), schema);
            }
        }
    }
    for keyword in ["dependentSchemas", "dependencies"] {
        let Some(Value::Object(dependent)) = map.get_mut(keyword) else {
            continue;
        };
        let names: Vec<String> = dependent
            .iter()
            .filter(|(_, schema)| speaks_of_properties(schema))
            .map(|(name, _)| name.clone())
            .collect();
        for name in names {
            if let Some(schema) = dependent.shift_remove(&name) {
                found.insert(push(&push("", keyword), &name), schema);
            }
        }
    }
    if found.is_empty() {
        return;
    }
    found.values_mut().for_each(super::schema);
    map.insert(BRANCHES.to_owned(), Value::Object(found));
}

/// Whether a `type` lets objects through.
fn may_be_object(names: Option<&Value>) -> bool {
    match names {
        None => true,
        Some(Value::Array(names)) => names.iter().any(|name| name == "object"),
        Some(name) => name == "object",
    }
}

fn speaks_of_properties(schema: &Value) -> bool {
    schema.as_object().is_some_and(|it| {
        OF_PROPERTIES
            .iter()
            .any(|keyword| it.contains_key(*keyword))
    })
}
