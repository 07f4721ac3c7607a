//! Schemas of which it depends on the object whether they hold: `then`, `else` and `dependentSchemas`.
//!
//! Which of them holds is seen from the object, and a client doesn't check it. So what they describe may be
//! there or not: their properties are optional fields.

use std::collections::HashSet;

use indexmap::{IndexMap, IndexSet};
use openapiv3::{ReferenceOr, Schema, SchemaData, SchemaKind};
use serde_json::{Map, Value};

use crate::document::BRANCHES;
use crate::model::JsonKind;
use crate::pointer::push;

use super::super::schemas::Schemas;
use super::overlap::Description;
use super::{Form, SchemaRef};

/// The branches of a schema, each with its JSON pointer within it.
pub(in super::super) fn branches_of(schema: &Schema) -> Vec<(String, ReferenceOr<Schema>)> {
    let found = schema.schema_data.extensions.get(BRANCHES);
    let found = found.and_then(Value::as_object).into_iter().flatten();
    let read = |(tail, branch): (&String, &Value)| {
        let branch = serde_json::from_value(branch.clone()).ok()?;
        Some((tail.clone(), branch))
    };
    found.filter_map(read).collect()
}

/// Whether a schema has branches.
pub(super) fn has_branches(schema: &Schema) -> bool {
    schema.schema_data.extensions.contains_key(BRANCHES)
}

/// Properties that branches describe, by name.
pub(super) type Optional = IndexMap<String, Vec<Description>>;

impl Schemas<'_> {
    /// Adds the properties of the branches of a schema, and of all that these are made of. `known` has the
    /// pointers of schemas whose properties are known.
    pub(super) fn gather_branches(
        &self,
        schema: &Schema,
        pointer: &str,
        known: &IndexSet<String>,
        found: &mut Optional,
    ) {
        // A set of its own: what a branch is made of may hold for other reasons, too.
        self.gather_inner(schema, pointer, known, &mut HashSet::new(), found);
    }

    fn gather_inner(
        &self,
        schema: &Schema,
        pointer: &str,
        known: &IndexSet<String>,
        met: &mut HashSet<String>,
        found: &mut Optional,
    ) {
        for (tail, branch) in branches_of(schema) {
            let place = format!("{pointer}{tail}");
            self.gather_optional((&branch).into(), &place, known, met, found);
        }
    }

    fn gather_optional(
        &self,
        schema: SchemaRef<'_>,
        place: &str,
        known: &IndexSet<String>,
        met: &mut HashSet<String>,
        found: &mut Optional,
    ) {
        if !self.may_go_on() {
            return;
        }
        let target = self.target_pointer(schema);
        let pointer = target.as_deref().unwrap_or(place);
        if known.contains(pointer) || !met.insert(pointer.to_owned()) {
            return;
        }
        let Some(item) = self.resolve(schema) else {
            return;
        };
        let form = Form::of(&item);
        let properties = push(pointer, "properties");
        for (wire, property) in form.properties.into_iter().flatten() {
            let all = found.entry(wire.clone()).or_default();
            all.push((property.clone(), push(&properties, wire)));
        }
        let lists = [
            ("allOf", form.all_of),
            ("oneOf", form.one_of),
            ("anyOf", form.any_of),
        ];
        for (keyword, members) in lists {
            for (index, member) in members.iter().enumerate() {
                let at = push(&push(pointer, keyword), &index.to_string());
                self.gather_optional(member.into(), &at, known, met, found);
            }
        }
        self.gather_inner(&item, pointer, known, met, found);
    }

    /// The one description of a property that only branches describe: what one says, or any of them.
    pub(super) fn any_of_branches(described: &[Description], pointer: &str) -> Description {
        let mut different: Vec<&Description> = Vec::with_capacity(described.len());
        for description in described {
            if different.iter().all(|it| it.0 != description.0) {
                different.push(description);
            }
        }
        if let [only] = different.as_slice() {
            return (*only).clone();
        }
        let any_of = different.iter().map(|it| unboxed(&it.0)).collect();
        let schema = Schema {
            schema_data: SchemaData::default(),
            schema_kind: SchemaKind::AnyOf { any_of },
        };
        (ReferenceOr::Item(Box::new(schema)), pointer.to_owned())
    }

    /// What a property is that is an object by itself, and of which branches say more: the object with
    /// more optional fields. None where they add none.
    pub(super) fn with_branches(
        &self,
        described: &[Description],
        branches: &[Description],
        pointer: &str,
    ) -> Option<Description> {
        let all_are_objects = |all: &[Description]| {
            all.iter()
                .all(|(schema, _)| self.value_kind(schema.into()).is(JsonKind::Object))
        };
        let more: Vec<&Description> = branches
            .iter()
            .filter(|(schema, _)| all_are_objects(&[(schema.clone(), String::new())]))
            .collect();
        if more.is_empty() || !all_are_objects(described) {
            return None;
        }
        let names = |(schema, _): &Description| self.property_names(schema.into());
        let known: HashSet<String> = described.iter().flat_map(names).collect();
        // Without fields of its own it is a map, which keeps all that there is.
        if known.is_empty()
            || more
                .iter()
                .flat_map(|it| names(it))
                .all(|it| known.contains(&it))
        {
            return None;
        }
        let mut written = Map::new();
        for (index, (schema, _)) in more.iter().enumerate() {
            let schema = serde_json::to_value(schema).ok()?;
            written.insert(push("/then", &index.to_string()), schema);
        }
        let mut schema_data = SchemaData::default();
        let extensions = &mut schema_data.extensions;
        extensions.insert(BRANCHES.to_owned(), Value::Object(written));
        let schema = Schema {
            schema_data,
            schema_kind: SchemaKind::AllOf {
                all_of: described.iter().map(|it| unboxed(&it.0)).collect(),
            },
        };
        Some((ReferenceOr::Item(Box::new(schema)), pointer.to_owned()))
    }
}

/// The same schema, as a member of a list.
pub(super) fn unboxed(schema: &ReferenceOr<Box<Schema>>) -> ReferenceOr<Schema> {
    match schema {
        ReferenceOr::Item(item) => ReferenceOr::Item((**item).clone()),
        ReferenceOr::Reference { reference } => ReferenceOr::Reference {
            reference: reference.clone(),
        },
    }
}
