//! `[manifest]`: what the manifest of the crate has beside what is generated.

use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use super::table::{Reader, Section};
use crate::pointer::push;

/// How deep tables and arrays are within each other.
const DEEPEST: usize = 16;

/// The table as JSON, which has all that a manifest can have: no dates.
pub(super) fn manifest(reader: &mut Reader, root: &Section<'_>) -> Map<String, Value> {
    let Some(table) = reader.any_table(root, "manifest") else {
        return Map::new();
    };
    object(reader, table, "/manifest", 0)
}

fn object(
    reader: &mut Reader,
    table: &DeTable<'_>,
    pointer: &str,
    depth: usize,
) -> Map<String, Value> {
    let mut object = Map::new();
    for (key, value) in table {
        let key = key.get_ref().as_ref();
        let pointer = push(pointer, key);
        if let Some(value) = json(reader, value.get_ref(), &pointer, depth + 1) {
            object.insert(key.to_owned(), value);
        }
    }
    object
}

fn json(reader: &mut Reader, value: &DeValue<'_>, pointer: &str, depth: usize) -> Option<Value> {
    if depth > DEEPEST {
        reader.unusable(pointer, "is too deep within other tables");
        return None;
    }
    let value = match value {
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Boolean(value) => Value::from(*value),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::from(number),
            Err(_) => {
                reader.unusable(pointer, "is not a 64-bit integer");
                return None;
            }
        },
        DeValue::Array(items) => {
            let items = items.iter().enumerate().filter_map(|(index, item)| {
                let pointer = push(pointer, &index.to_string());
                json(reader, item.get_ref(), &pointer, depth + 1)
            });
            Value::Array(items.collect())
        }
        DeValue::Table(table) => Value::Object(object(reader, table, pointer, depth)),
        DeValue::Float(_) | DeValue::Datetime(_) => {
            reader.unusable(pointer, "is a float or a date, which no manifest has");
            return None;
        }
    };
    Some(value)
}
