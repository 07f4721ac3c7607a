//! Schemas that several operations get a copy of, or refer to.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Value, json};

use super::Object;
use crate::document::references::reference;
use crate::pointer::{push, split_last};

/// What is copied wherever it is referred to has at most so many values, with the length of texts counted.
const SMALL: usize = 64;

/// So many bytes of text count as a value.
const TEXT: usize = 64;

/// Schemas that became components because they are too large to be copied.
pub(super) struct Shared {
    /// Names that are taken.
    names: HashSet<String>,
    /// How many have begun with a name.
    numbers: BTreeMap<String, usize>,
    by_pointer: BTreeMap<String, Value>,
    schemas: Object,
}

impl Shared {
    pub(super) fn new(root: &Value) -> Self {
        let definitions = root.get("definitions").and_then(Value::as_object);
        Self {
            names: definitions
                .into_iter()
                .flatten()
                .map(|(name, _)| name.clone())
                .collect(),
            numbers: BTreeMap::new(),
            by_pointer: BTreeMap::new(),
            schemas: Object::new(),
        }
    }

    /// The reference to the component that the schema from this place has become.
    pub(super) fn known(&self, pointer: &str) -> Option<Value> {
        self.by_pointer.get(pointer).cloned()
    }

    /// Makes room for the schema from this place: the pointer of the component, and a reference to it.
    pub(super) fn place(&mut self, pointer: &str, name: &str) -> (String, Value) {
        let start: String = name.chars().take(100).collect();
        let mut unique = start.clone();
        while !self.names.insert(unique.clone()) {
            let number = self.numbers.entry(start.clone()).or_insert(1_usize);
            *number += 1;
            unique = format!("{start}{number}");
        }
        let place = push("/components/schemas", &unique);
        let reference = json!({ "$ref": reference(&place) });
        self.by_pointer
            .insert(pointer.to_owned(), reference.clone());
        (place, reference)
    }

    /// Puts the schema where there is room for it.
    pub(super) fn insert(&mut self, place: &str, schema: Value) {
        if let Some((_, name)) = split_last(place) {
            self.schemas.insert(name.into_owned(), schema);
        }
    }

    /// The components, once all are known.
    pub(super) fn take(&mut self) -> Object {
        std::mem::take(&mut self.schemas)
    }
}

/// Whether a value is so small that copies of it cost no more than what refers to it.
pub(super) fn is_small(value: &Value) -> bool {
    fn rest(value: &Value, left: usize) -> Option<usize> {
        let left = left.checked_sub(1)?;
        match value {
            Value::String(text) => left.checked_sub(text.len() / TEXT),
            Value::Array(items) => items.iter().try_fold(left, |left, item| rest(item, left)),
            Value::Object(members) => members.iter().try_fold(left, |left, (key, member)| {
                rest(member, left.checked_sub(key.len() / TEXT)?)
            }),
            _ => Some(left),
        }
    }
    rest(value, SMALL).is_some()
}
