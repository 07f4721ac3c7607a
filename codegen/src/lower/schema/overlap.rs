//! Properties that several of the schemas describe which must all hold.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use openapiv3::{ReferenceOr, Schema, SchemaData, SchemaKind};

use crate::diagnostic::WarningCode;
use crate::model::{Docs, JsonKind};
use crate::pointer::push;

use super::super::Lowering;
use super::branches::unboxed;
use super::schema_kind::{Seen, ValueKind};
use super::{Form, Primitive, SchemaRef};

/// What one schema says of a property, with the place where it does.
pub(super) type Description = (ReferenceOr<Box<Schema>>, String);

/// What all of them come to.
pub(super) struct PropertySchema<'s> {
    /// The description that says most, or one made of all.
    pub schema: Cow<'s, ReferenceOr<Box<Schema>>>,
    pub pointer: String,
    /// All of them, where there are several.
    pub all: &'s [Description],
}

/// What several descriptions say.
#[derive(Default)]
struct Constraints<'s> {
    references: HashSet<&'s str>,
    /// Schemas that stand there themselves, by what bears on the type is written as.
    kinds: HashMap<String, Vec<&'s SchemaKind>>,
    /// The pointers of all named schemas that they are made of.
    made_of: Seen,
}

impl<'s> Constraints<'s> {
    fn insert(&mut self, schema: &'s ReferenceOr<Box<Schema>>) {
        match schema {
            ReferenceOr::Reference { reference } => {
                self.references.insert(reference);
            }
            ReferenceOr::Item(item) => {
                let alike = self.kinds.entry(written(item)).or_default();
                if !alike.contains(&&item.schema_kind) {
                    alike.push(&item.schema_kind);
                }
            }
        }
    }

    /// Whether one of them is this one, but for words.
    fn contains(&self, schema: &ReferenceOr<Box<Schema>>) -> bool {
        match schema {
            ReferenceOr::Reference { reference } => self.references.contains(reference.as_str()),
            ReferenceOr::Item(item) => {
                let alike = self.kinds.get(&written(item));
                alike.is_some_and(|alike| alike.contains(&&item.schema_kind))
            }
        }
    }
}

/// Kinds that are equal are written the same.
fn written(schema: &Schema) -> String {
    serde_json::to_string(&schema.schema_kind).unwrap_or_default()
}

/// So often a property of what is described together can be described together itself.
const DEEPEST: usize = 12;

impl Lowering<'_> {
    /// The one schema for a property of the schema at `pointer`.
    pub(super) fn property_schema<'s>(
        &mut self,
        wire: &str,
        described: &'s [Description],
        pointer: &str,
    ) -> Option<PropertySchema<'s>> {
        let (last, earlier) = described.split_last()?;
        let taken = |(schema, pointer): &'s Description| PropertySchema {
            schema: Cow::Borrowed(schema),
            pointer: pointer.clone(),
            all: if earlier.is_empty() { &[] } else { described },
        };
        if earlier.is_empty() {
            return Some(taken(last));
        }
        let telling = self.telling_descriptions(described);
        let (Some(newest), [_, _, ..]) = (telling.last(), telling.as_slice()) else {
            return Some(taken(telling.first().unwrap_or(&last)));
        };
        let value_kinds: Vec<ValueKind> = telling
            .iter()
            .map(|it| self.schemas.value_kind((&it.0).into()))
            .collect();
        if let Some(narrowest) = self.narrowest_scalar(&telling, &value_kinds) {
            return Some(taken(narrowest));
        }
        if value_kinds.iter().all(|it| it.is(JsonKind::Array)) {
            return Some(taken(newest));
        }
        let is_scalar = |value_kind: &ValueKind| matches!(value_kind, ValueKind::Kind(kind, _) if *kind != JsonKind::Object);
        if value_kinds.iter().any(is_scalar) {
            self.warning(
                WarningCode::AllOfConflict,
                pointer,
                format!("`allOf` has contradictory schemas for `{wire}`; the last is used"),
            )
            .help = Some("describe it once, or with compatible schemas".into());
            return Some(taken(newest));
        }
        let Some(place) = self.place_together(wire, &telling, pointer) else {
            self.warning(
                WarningCode::AllOfConflict,
                pointer,
                format!("`allOf` has infinitely recursive schemas for `{wire}`; the last is used"),
            )
            .help = Some("describe it once".into());
            return Some(taken(newest));
        };
        let together = Schema {
            schema_data: SchemaData::default(),
            schema_kind: SchemaKind::AllOf {
                all_of: telling.iter().map(|it| unboxed(&it.0)).collect(),
            },
        };
        Some(PropertySchema {
            schema: Cow::Owned(ReferenceOr::Item(Box::new(together))),
            pointer: place,
            all: described,
        })
    }

    /// The place of what several descriptions of a property say together: the same wherever it is the same
    /// schemas that do, since those can lead back to themselves. None where ever more of them come together.
    fn place_together(
        &mut self,
        wire: &str,
        telling: &[&Description],
        pointer: &str,
    ) -> Option<String> {
        let place = |(schema, place): &&Description| {
            self.schemas
                .target_pointer(schema.into())
                .unwrap_or(place.clone())
        };
        let mut schemas: Vec<String> = telling.iter().map(place).collect();
        schemas.sort_unstable();
        let own = || push(&push(&push(pointer, "allOf"), "properties"), wire);
        let place = self.together.entry(schemas).or_insert_with(own);
        (place.matches("/allOf/properties/").count() <= DEEPEST).then(|| place.clone())
    }

    /// The descriptions that say something of the type which no later one says, too.
    fn telling_descriptions<'s>(&self, described: &'s [Description]) -> Vec<&'s Description> {
        let mut later = Constraints::default();
        let mut telling: Vec<&Description> = Vec::with_capacity(described.len());
        for description in described.iter().rev() {
            if !self.is_free(&description.0) && !self.is_implied(&later, &description.0) {
                telling.push(description);
            }
            self.add_constraints(&mut later, &description.0);
        }
        telling.reverse();
        self.drop_open(&mut telling);
        // What an earlier one says more of is said there.
        let mut earlier = Constraints::default();
        telling.retain(|description| {
            let is_new = !self.is_implied(&earlier, &description.0);
            self.add_constraints(&mut earlier, &description.0);
            is_new
        });
        telling
    }

    /// Whether a schema takes any value, or any object.
    fn is_free(&self, schema: &ReferenceOr<Box<Schema>>) -> bool {
        let Some(item) = self.schemas.resolve(schema.into()) else {
            return true;
        };
        let form = Form::of(&item);
        form.is_annotation()
            || matches!(schema, ReferenceOr::Item(_))
                && form.only_narrows()
                && form.required.is_empty()
    }

    /// Takes out the descriptions that leave open what another one says.
    fn drop_open(&self, telling: &mut Vec<&Description>) {
        let is_open = |it: &&Description| self.has_any_object(&it.0);
        let says = |it: &&Description| {
            !self.has_any_object(&it.0)
                && self.schemas.value_kind((&it.0).into()).is(JsonKind::Object)
        };
        if telling.iter().any(is_open) && telling.iter().any(says) {
            telling.retain(|it| !is_open(it));
        }
    }

    /// Whether a schema is a list of alternatives of which one is any object: beside a schema of objects it
    /// says nothing.
    fn has_any_object(&self, schema: &ReferenceOr<Box<Schema>>) -> bool {
        let Some(item) = self.schemas.resolve(schema.into()) else {
            return false;
        };
        let form = Form::of(&item);
        let any_object = |member: &ReferenceOr<Schema>| {
            self.schemas.resolve(member.into()).is_some_and(|item| {
                let form = Form::of(&item);
                form.primitive == Some(Primitive::Object)
                    && form.only_narrows()
                    && form.required.is_empty()
            })
        };
        form.is_alternatives()
            && form
                .alternatives()
                .is_some_and(|(_, members)| members.iter().any(any_object))
    }

    /// Whether one of several schemas says all that another does: being the same but for words, or made of it.
    fn is_implied(&self, by: &Constraints<'_>, schema: &ReferenceOr<Box<Schema>>) -> bool {
        by.contains(schema)
            || self
                .schemas
                .target_pointer(schema.into())
                .is_some_and(|target| by.made_of.contains(&target))
    }

    /// Notes what a schema says.
    fn add_constraints<'s>(
        &self,
        stated: &mut Constraints<'s>,
        schema: &'s ReferenceOr<Box<Schema>>,
    ) {
        stated.insert(schema);
        self.note_members(schema.into(), &mut stated.made_of);
    }

    /// Notes the schema that a reference leads to, and all that it has in its `allOf`.
    fn note_members(&self, schema: SchemaRef<'_>, made_of: &mut Seen) {
        // What was noted before was noted with all its members.
        let Some(item) = self.schemas.resolve_once(schema, made_of) else {
            return;
        };
        for member in Form::of(&item).all_of {
            self.note_members(member.into(), made_of);
        }
    }

    /// The description that says most, where all are of one kind that has no parts.
    fn narrowest_scalar<'s>(
        &self,
        telling: &[&'s Description],
        value_kinds: &[ValueKind],
    ) -> Option<&'s Description> {
        let mut best: Option<((usize, bool, bool), &Description)> = None;
        let mut kinds: Option<JsonKind> = None;
        for (description, value_kind) in telling.iter().zip(value_kinds) {
            let ValueKind::Kind(kind, listed) = value_kind else {
                return None;
            };
            if matches!(kind, JsonKind::Array | JsonKind::Object) {
                return None;
            }
            let is_number = |kind: JsonKind| matches!(kind, JsonKind::Integer | JsonKind::Number);
            match kinds {
                Some(before) if before != *kind && !(is_number(before) && is_number(*kind)) => {
                    return None;
                }
                _ => kinds = Some(*kind),
            }
            let has_format = self
                .schemas
                .resolve((&description.0).into())
                .is_some_and(|item| Form::of(&item).format.is_some());
            let values = listed.as_ref().map_or(usize::MAX, Vec::len);
            // The last of equals is the one that the schema itself has.
            let rank = (values, *kind != JsonKind::Integer, !has_format);
            if best.as_ref().is_none_or(|(least, _)| rank <= *least) {
                best = Some((rank, description));
            }
        }
        best.map(|(_, description)| description)
    }

    /// What all descriptions say in words, the last first.
    pub(super) fn words_of(&self, described: &[Description]) -> Docs {
        let mut docs = Docs::default();
        for (schema, _) in described.iter().rev() {
            let stated = self.schemas.docs_of(schema.into());
            if docs.text.is_empty() {
                docs.text = stated.text;
            }
            docs.deprecated |= stated.deprecated;
            docs.default = docs.default.or(stated.default);
            docs.example = docs.example.or(stated.example);
        }
        docs
    }

    /// Whether the last of the descriptions that say anything of the type takes `null`: a schema
    /// that narrows what it is made of says so, and one that widens it is what the server does.
    pub(super) fn last_is_nullable(&self, described: &[Description]) -> bool {
        let telling = described.iter().rev().find(|it| !self.is_free(&it.0));
        let last = telling.or(described.last());
        last.is_some_and(|(schema, _)| self.schemas.nullable(schema.into()))
    }
}
