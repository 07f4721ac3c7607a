//! The visitor that makes a JSON value of whatever serde brings.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

use crate::document::text::Format;
use crate::pointer::Place;

/// What is known of one reading while it goes on.
pub(super) struct Reading {
    /// Whether `<<` merges, as in YAML 1.1 (<https://yaml.org/type/merge.html>).
    merge: bool,
    /// How many values may still be made. Aliases let a short text stand for billions of them.
    left: Cell<usize>,
    /// How many bytes of text may still be made, for the same reason.
    text_left: Cell<usize>,
    duplicates: RefCell<Vec<String>>,
}

impl Reading {
    /// Begins to read a text of so many bytes.
    pub(super) fn new(format: Format, bytes: usize) -> Self {
        Self {
            merge: format == Format::Yaml,
            // Without aliases every value takes a byte or more; this leaves ample room for honest ones.
            left: Cell::new(bytes.saturating_mul(2).saturating_add(1_000_000)),
            text_left: Cell::new(bytes.saturating_mul(2).saturating_add(16_000_000)),
            duplicates: RefCell::default(),
        }
    }

    /// The pointers of the keys that were there already.
    pub(super) fn into_duplicates(self) -> Vec<String> {
        self.duplicates.into_inner()
    }

    fn count<E: Error>(&self) -> Result<(), E> {
        let left = self.left.get().checked_sub(1);
        self.left
            .set(left.ok_or_else(|| E::custom("its aliases expand to too many values"))?);
        Ok(())
    }

    fn count_text<E: Error>(&self, text: &str) -> Result<(), E> {
        let left = self.text_left.get().checked_sub(text.len());
        self.text_left
            .set(left.ok_or_else(|| E::custom("its aliases expand to too much text"))?);
        Ok(())
    }
}

/// A value to be read, and its place.
#[derive(Clone, Copy)]
pub(super) struct Node<'r> {
    reading: &'r Reading,
    place: Place<'r>,
}

impl<'r> Node<'r> {
    /// The whole document.
    pub(super) fn root(reading: &'r Reading) -> Self {
        Self {
            reading,
            place: Place::new(""),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.reading.count()?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "JSON text with this number is read as the nearest double too"
        )]
        let double = value as f64;
        self.visit_f64(double)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "JSON text with this number is read as the nearest double too"
        )]
        let double = value as f64;
        self.visit_f64(double)
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        // JSON has no infinities and no NaN; their text at least says what was meant.
        let number = Number::from_f64(value).map(Value::Number);
        Ok(number.unwrap_or_else(|| Value::String(value.to_string())))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.visit_string(value.to_owned())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        self.reading.count_text(&value)?;
        Ok(Value::String(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    /// A YAML value with a tag of its own: the tag says nothing that OpenAPI knows.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Value, A::Error> {
        let (_tag, value) = access.variant_seed(Key)?;
        value.newtype_variant_seed(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        loop {
            let item = Node {
                reading: self.reading,
                place: self.place.index(list.len()),
            };
            match items.next_element_seed(item)? {
                Some(value) => list.push(value),
                None => return Ok(Value::Array(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        let mut merged = Vec::new();
        while let Some(key) = members.next_key_seed(Key)? {
            self.reading.count_text(&key)?;
            let member = Node {
                reading: self.reading,
                place: self.place.key(&key),
            };
            let value = members.next_value_seed(member)?;
            if self.reading.merge && key == "<<" && mergeable(&value) {
                merged.push(value);
                continue;
            }
            match map.entry(key) {
                Entry::Vacant(free) => {
                    free.insert(value);
                }
                Entry::Occupied(mut taken) => {
                    let pointer = self.place.key(taken.key()).pointer();
                    self.reading.duplicates.borrow_mut().push(pointer);
                    taken.insert(value);
                }
            }
        }
        merge(&mut map, merged);
        Ok(Value::Object(map))
    }
}

fn mergeable(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Array(items) => items.iter().all(Value::is_object),
        _ => false,
    }
}

/// Adds members that the mapping hasn't itself; what comes first wins.
fn merge(map: &mut Map<String, Value>, merged: Vec<Value>) {
    for value in merged {
        match value {
            Value::Object(members) => {
                for (key, value) in members {
                    map.entry(key).or_insert(value);
                }
            }
            Value::Array(items) => merge(map, items),
            _ => {}
        }
    }
}

/// A key of a mapping: the text of any scalar.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_string(self)
    }
}

impl Visitor<'_> for Key {
    type Value = String;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string key")
    }

    fn visit_str<E>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }

    fn visit_string<E>(self, value: String) -> Result<String, E> {
        Ok(value)
    }
}
