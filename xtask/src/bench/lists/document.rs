//! Descriptions of which one list alone is long: each list that OpenAPI and JSON Schema have.

// Beside this file, since a test takes it in by its path.
#[path = "operations.rs"]
mod operations;
#[path = "root.rs"]
mod root;
#[path = "schemas.rs"]
mod schemas;
#[path = "values.rs"]
mod values;
#[path = "xml.rs"]
mod xml;
#[path = "yaml.rs"]
mod yaml;

use serde_json::{Map, Value, json};

/// A list of a description.
pub(crate) struct List {
    /// The list, and what its items are.
    pub(crate) name: &'static str,
    /// The ending that tells the format of the description.
    pub(crate) ending: &'static str,
    /// The most items that it can have.
    most: usize,
    make: fn(usize) -> String,
}

impl List {
    /// A list in a description written as JSON.
    const fn json(name: &'static str, make: fn(usize) -> String) -> Self {
        Self {
            name,
            ending: "json",
            most: usize::MAX,
            make,
        }
    }

    /// A list in a description written as YAML.
    const fn yaml(name: &'static str, make: fn(usize) -> String) -> Self {
        Self {
            ending: "yaml",
            ..Self::json(name, make)
        }
    }

    /// The same, of so many items at most.
    const fn at_most(self, most: usize) -> Self {
        Self { most, ..self }
    }

    /// How many items it can have, of so many that are wanted.
    pub(crate) fn length(&self, wanted: usize) -> usize {
        wanted.min(self.most)
    }

    /// The description in which it has so many items.
    pub(crate) fn description(&self, length: usize) -> String {
        (self.make)(length)
    }
}

/// All lists.
pub(crate) fn all() -> Vec<List> {
    [
        root::lists(),
        operations::lists(),
        schemas::lists(),
        values::lists(),
        xml::lists(),
        yaml::lists(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A sound description with no operation, and these members beside.
fn root(members: Value) -> String {
    let mut root = json!({
        "openapi": "3.1.0", "info": {"title": "Lists", "version": "1"},
        "servers": [{"url": "https://api.example.com"}], "paths": {}
    });
    merge(&mut root, members);
    root.to_string()
}

/// A sound description of one operation with these members, beside those of the root.
fn operation(members: Value, beside: Value) -> String {
    let mut operation =
        json!({"tags": ["things"], "operationId": "makeThing", "responses": no_content()});
    merge(&mut operation, members);
    let mut all = json!({"paths": {"/things": {"post": operation}}});
    merge(&mut all, beside);
    root(all)
}

/// A sound description of one operation that sends and receives the first of these schemas.
fn schemas(named: impl IntoIterator<Item = (String, Value)>) -> String {
    let named: Map<String, Value> = named.into_iter().collect();
    let first = named.keys().next().cloned().unwrap_or_default();
    let content = json!({"application/json": {"schema": reference("schemas", &first)}});
    let members = json!({
        "requestBody": {"content": content},
        "responses": {"200": {"description": "Fine.", "content": content}}
    });
    operation(members, json!({"components": {"schemas": named}}))
}

/// Puts the members of one object into another.
fn merge(object: &mut Value, members: Value) {
    if let (Value::Object(object), Value::Object(members)) = (object, members) {
        object.extend(members);
    }
}

fn no_content() -> Value {
    json!({"204": {"description": "Done."}})
}

/// A reference to a component.
fn reference(section: &str, name: &str) -> Value {
    json!({"$ref": format!("#/components/{section}/{name}")})
}

/// So many items.
fn items(length: usize, item: impl Fn(usize) -> Value) -> Value {
    (0..length).map(item).collect()
}

/// So many members of an object.
fn members(length: usize, member: impl Fn(usize) -> (String, Value)) -> Value {
    Value::Object((0..length).map(member).collect())
}

/// An object with one property of its own, which is a text.
fn object(property: &str) -> Value {
    json!({"type": "object", "required": [property], "properties": {property: {"type": "string"}}})
}
