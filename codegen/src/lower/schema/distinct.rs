//! Equal schemas, found without a comparison of each with all others.

use std::collections::HashMap;

use super::SchemaRef;

/// Schemas that were met.
#[derive(Default)]
pub(in super::super) struct Distinct<'s> {
    /// By what they are written as: equal ones are written the same.
    met: HashMap<String, Vec<SchemaRef<'s>>>,
}

impl<'s> Distinct<'s> {
    /// Takes a schema in; says whether no equal one was met before.
    pub(in super::super) fn insert(&mut self, schema: SchemaRef<'s>) -> bool {
        let written = match schema {
            SchemaRef::Reference(reference) => reference.to_owned(),
            // What can't be written is compared with all others of its kind.
            SchemaRef::Item(item) => serde_json::to_string(item).unwrap_or_default(),
        };
        let alike = self.met.entry(written).or_default();
        let is_new = !alike.contains(&schema);
        if is_new {
            alike.push(schema);
        }
        is_new
    }
}
