//! The JSON Schema of a configuration.

use serde_json::{Map, Value, json};

use super::{Key, Kind, Table, keys};

/// The JSON Schema (draft 7, which editors of TOML take) of an `sdk.toml`.
///
/// It checks keys and types of values; what has to exist in the description is checked when that is read.
///
/// # Examples
///
/// ```
/// let schema = codegen::configuration_schema();
/// assert_eq!(schema["properties"]["package"]["properties"]["name"]["type"], "string");
/// assert_eq!(schema["additionalProperties"], false);
/// ```
#[must_use]
pub fn configuration_schema() -> Value {
    let mut schema = object(keys::ROOT);
    let Value::Object(members) = &mut schema else {
        return schema;
    };
    let dialect = "http://json-schema.org/draft-07/schema#";
    members.insert("$schema".to_owned(), dialect.into());
    members.insert("title".to_owned(), "sdk.toml".into());
    let about = "The configuration of a client crate, for what OpenAPI can't express.";
    members.insert("description".to_owned(), about.into());
    schema
}

fn object(table: Table) -> Value {
    json!({
        "type": "object",
        "properties": properties(table),
        "additionalProperties": false,
    })
}

fn properties(table: Table) -> Map<String, Value> {
    let properties = table.iter().map(|Key(name, kind, about)| {
        let mut value = of(kind);
        if let Value::Object(members) = &mut value {
            members.insert("description".to_owned(), (*about).into());
        }
        ((*name).to_owned(), value)
    });
    properties.collect()
}

fn of(kind: &Kind) -> Value {
    match kind {
        Kind::Text => json!({"type": "string"}),
        Kind::Flag => json!({"type": "boolean"}),
        Kind::Integer => json!({"type": "integer"}),
        Kind::Seconds => json!({"type": "number"}),
        Kind::Words(words) => json!({"enum": words}),
        Kind::Texts => {
            json!({"type": "array", "items": {"type": ["string", "integer", "boolean"]}})
        }
        Kind::Attributes => {
            let gated = json!({
                "type": "object",
                "properties": {"text": {"type": "string"}, "feature": {"type": "string"}},
                "required": ["text"],
                "additionalProperties": false,
            });
            json!({"type": "array", "items": {"anyOf": [{"type": "string"}, gated]}})
        }
        Kind::Table(table) => object(table),
        Kind::Tables(table) => json!({"type": "array", "items": object(table)}),
        Kind::Entries(_, table) => {
            json!({"type": "object", "additionalProperties": object(table)})
        }
        Kind::TextsOrTables(_, table) => json!({
            "type": "object",
            "additionalProperties": {"anyOf": [{"type": "string"}, object(table)]},
        }),
        Kind::SettingsAndEntries(settings, _, table) => json!({
            "type": "object",
            "properties": properties(settings),
            "additionalProperties": object(table),
        }),
        Kind::Any => json!({}),
    }
}
