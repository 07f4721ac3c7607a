//! A schema for values of which the description says nothing: their types, and never a value.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::secrets::{self, Secrets};

/// Deeper values are described as any value.
const DEEPEST: usize = 16;

/// Objects with more members are described as maps.
const MOST_MEMBERS: usize = 100;

/// What is known of the values at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Inferred {
    /// `type` of each kind of value.
    kinds: BTreeSet<&'static str>,
    is_null: bool,
    /// Whether all strings are date-times; none before there is a string.
    are_date_times: Option<bool>,
    items: Option<Box<Inferred>>,
    members: IndexMap<String, Inferred>,
    /// Members whose names aren't those of fields.
    others: Option<Box<Inferred>>,
}

impl Inferred {
    /// Adds what a value says.
    pub(super) fn add(&mut self, value: &Value, secrets: &Secrets) {
        self.add_below(value, secrets, DEEPEST);
    }

    fn add_below(&mut self, value: &Value, secrets: &Secrets, depth: usize) {
        let kind = match value {
            Value::Null => {
                self.is_null = true;
                return;
            }
            Value::Bool(_) => "boolean",
            Value::Number(number) if number.is_f64() => "number",
            Value::Number(_) => "integer",
            Value::String(text) => {
                let is_date_time = secrets::is_date_time(text);
                let before = self.are_date_times.unwrap_or(true);
                self.are_date_times = Some(before && is_date_time);
                "string"
            }
            Value::Array(items) => {
                if depth > 0 {
                    let inner = self.items.get_or_insert_default();
                    for item in items {
                        inner.add_below(item, secrets, depth - 1);
                    }
                }
                "array"
            }
            Value::Object(members) => {
                if depth > 0 {
                    self.add_members(members, secrets, depth - 1);
                }
                "object"
            }
        };
        self.kinds.insert(kind);
    }

    fn add_members(&mut self, members: &Map<String, Value>, secrets: &Secrets, depth: usize) {
        for (name, value) in members {
            let has_room = self.members.len() < MOST_MEMBERS || self.members.contains_key(name);
            let inner = if has_room && secrets.allow(name) {
                self.members.entry(name.clone()).or_default()
            } else {
                self.others.get_or_insert_default()
            };
            inner.add_below(value, secrets, depth);
        }
    }

    /// Whether this schema is that of numbers alone.
    pub(super) fn is_number(&self) -> bool {
        let mut kinds = self.kinds.iter();
        !self.is_null
            && kinds.all(|it| ["integer", "number"].contains(it))
            && !self.kinds.is_empty()
    }

    /// The schema.
    pub(super) fn schema(&self, is_3_0: bool) -> Value {
        let mut kinds: Vec<&str> = self.kinds.iter().copied().collect();
        if kinds.contains(&"number") {
            kinds.retain(|it| *it != "integer");
        }
        let mut schemas: Vec<Value> = kinds.iter().map(|it| self.of_kind(it, is_3_0)).collect();
        let mut schema = match schemas.len() {
            0 => json!({}),
            1 => schemas.remove(0),
            _ => json!({"oneOf": schemas}),
        };
        if self.is_null {
            make_nullable(&mut schema, is_3_0);
        }
        schema
    }

    fn of_kind(&self, kind: &str, is_3_0: bool) -> Value {
        let mut schema = Map::new();
        schema.insert("type".to_owned(), kind.into());
        match kind {
            "string" if self.are_date_times == Some(true) => {
                schema.insert("format".to_owned(), "date-time".into());
            }
            "array" => {
                let items = self
                    .items
                    .as_ref()
                    .map_or(json!({}), |it| it.schema(is_3_0));
                schema.insert("items".to_owned(), items);
            }
            "object" => {
                let members = self.members.iter();
                let members: Map<String, Value> = members
                    .map(|(name, inner)| (name.clone(), inner.schema(is_3_0)))
                    .collect();
                if !members.is_empty() {
                    schema.insert("properties".to_owned(), members.into());
                }
                if let Some(others) = &self.others {
                    schema.insert("additionalProperties".to_owned(), others.schema(is_3_0));
                }
            }
            _ => {}
        }
        schema.into()
    }
}

/// Makes `null` one of the values of an inferred schema.
fn make_nullable(schema: &mut Value, is_3_0: bool) {
    let Some(members) = schema.as_object_mut() else {
        return;
    };
    if members.is_empty() {
        // Any value is null, too.
        if is_3_0 {
            members.insert("nullable".to_owned(), true.into());
        }
        return;
    }
    if is_3_0 {
        members.insert("nullable".to_owned(), true.into());
    } else if let Some(kind) = members.get("type").cloned() {
        members.insert("type".to_owned(), json!([kind, "null"]));
    } else if let Some(Value::Array(variants)) = members.get_mut("oneOf") {
        variants.push(json!({"type": "null"}));
    }
}

/// The schema of a value that a parameter has as text.
pub(super) fn of_text(text: &str) -> Value {
    match text {
        "true" | "false" => json!({"type": "boolean"}),
        _ if text.parse::<i64>().is_ok() && text.len() < 10 => json!({"type": "integer"}),
        _ => json!({"type": "string"}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemas_have_the_types_of_all_values() {
        let mut inferred = Inferred::default();
        let secrets = Secrets::default();
        for value in [
            json!({"a": 1, "at": "2026-11-30T00:00:00Z", "tags": ["x"], "ann@example.com": {"n": null}}),
            json!({"a": 1.5, "b": null, "tags": [1]}),
        ] {
            inferred.add(&value, &secrets);
        }
        let expected = json!({"type": "object", "properties": {
            "a": {"type": "number"},
            "at": {"type": "string", "format": "date-time"},
            "tags": {"type": "array", "items": {"oneOf": [{"type": "integer"}, {"type": "string"}]}},
            "b": {},
        }, "additionalProperties": {"type": "object", "properties": {"n": {}}}});
        assert_eq!(inferred.schema(false), expected);
        let mut number = Inferred::default();
        number.add(&json!(null), &secrets);
        number.add(&json!(1), &secrets);
        assert_eq!(number.schema(false), json!({"type": ["integer", "null"]}));
        assert_eq!(
            number.schema(true),
            json!({"type": "integer", "nullable": true})
        );
    }
}
