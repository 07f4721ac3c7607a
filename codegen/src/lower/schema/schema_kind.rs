//! What is known of a schema before it is lowered: enough to tell the members of a union apart.
//!
//! Schemas form loops, so each question notes where it has been. A schema that is met again adds
//! nothing to the answer.

use std::borrow::Cow;
use std::collections::HashSet;

use indexmap::IndexSet;
use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use crate::document::{Document, NULL};
use crate::model::JsonKind;

use super::super::schemas::Schemas;
use super::branches::branches_of;
use super::{Form, SchemaRef};

/// Pointers of the schemas that a question has been at.
pub(super) type Seen = HashSet<String>;

/// What values a schema describes.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ValueKind {
    /// Values of one kind; where they are listed, these.
    Kind(JsonKind, Option<Vec<Value>>),
    /// Values of several kinds.
    Several,
    /// Any value, as far as can be said.
    Any,
    /// Only `null`, or nothing that isn't said elsewhere.
    Nothing,
}

impl ValueKind {
    /// Whether all values are of a kind.
    pub(super) fn is(&self, kind: JsonKind) -> bool {
        matches!(self, Self::Kind(own, _) if *own == kind)
    }
}

impl<'a> Schemas<'a> {
    /// The schema, or the one that it refers to.
    pub(super) fn resolve<'s>(&self, schema: SchemaRef<'s>) -> Option<Cow<'s, Schema>>
    where
        'a: 's,
    {
        let document: &'a Document = self.document;
        match schema {
            SchemaRef::Item(item) => Some(Cow::Borrowed(item)),
            SchemaRef::Reference(reference) => document.follow(reference).map(|(_, item)| item),
        }
    }

    /// The pointer of the schema that a reference leads to.
    pub(super) fn target_pointer(&self, schema: SchemaRef<'_>) -> Option<String> {
        let SchemaRef::Reference(reference) = schema else {
            return None;
        };
        self.document.schema(reference).map(|(target, _)| target)
    }

    /// The schema, unless it was seen before.
    pub(super) fn resolve_once<'s>(
        &self,
        schema: SchemaRef<'s>,
        seen: &mut Seen,
    ) -> Option<Cow<'s, Schema>>
    where
        'a: 's,
    {
        let document: &'a Document = self.document;
        match schema {
            SchemaRef::Item(item) => Some(Cow::Borrowed(item)),
            SchemaRef::Reference(reference) => {
                if !self.may_go_on() {
                    return None;
                }
                let (target, item) = document.follow(reference)?;
                if seen.contains(&*target) {
                    return None;
                }
                seen.insert(target.into_owned());
                Some(item)
            }
        }
    }

    /// What values a schema describes.
    pub(super) fn value_kind(&self, schema: SchemaRef<'_>) -> ValueKind {
        self.value_kind_at(schema, &mut Seen::new())
    }

    fn value_kind_at(&self, schema: SchemaRef<'_>, seen: &mut Seen) -> ValueKind {
        let Some(item) = self.resolve_once(schema, seen) else {
            return ValueKind::Nothing;
        };
        let form = Form::of(&item);
        if !form.values.is_empty() {
            return of_values(form.values.values());
        }
        if let Some((_, members)) = form.alternatives() {
            let value_kinds = members.iter().map(|it| self.value_kind_at(it.into(), seen));
            return together(value_kinds);
        }
        if let Some(primitive) = form.primitive {
            return ValueKind::Kind(primitive.kind(), None);
        }
        if form.has_object_keywords() {
            return ValueKind::Kind(JsonKind::Object, None);
        }
        if form.items.is_some() {
            return ValueKind::Kind(JsonKind::Array, None);
        }
        if item.schema_data.extensions.contains_key(NULL) {
            return ValueKind::Nothing;
        }
        // All members have to hold, so what one of them says is true of the whole.
        let mut value_kind = ValueKind::Any;
        for member in form.all_of {
            match self.value_kind_at(member.into(), seen) {
                ValueKind::Any | ValueKind::Nothing => {}
                ValueKind::Several if value_kind != ValueKind::Any => {}
                ValueKind::Kind(_, None) if matches!(value_kind, ValueKind::Kind(..)) => {}
                known => value_kind = known,
            }
        }
        value_kind
    }

    /// All values that a property can have, where the schema lists them: texts, whole numbers or
    /// booleans.
    pub(super) fn values_of(&self, schema: SchemaRef<'_>, property: &str) -> Option<Vec<Value>> {
        self.values_at(schema, property, &mut Seen::new())
    }

    fn values_at(&self, schema: SchemaRef<'_>, name: &str, seen: &mut Seen) -> Option<Vec<Value>> {
        let item = self.resolve_once(schema, seen)?;
        let form = Form::of(&item);
        if let Some(property) = form.properties.and_then(|it| it.get(name)) {
            return match self.value_kind(property.into()) {
                ValueKind::Kind(
                    JsonKind::String | JsonKind::Integer | JsonKind::Boolean,
                    Some(values),
                ) => Some(values),
                _ => None,
            };
        }
        let mut members = form.all_of.iter().rev();
        let inherited = members.find_map(|it| self.values_at(it.into(), name, seen));
        if inherited.is_some() {
            return inherited;
        }
        // A union has the values of all its members, if each has some.
        let (_, members) = form.alternatives()?;
        let mut values = Vec::new();
        for member in members {
            values.extend(self.values_at(member.into(), name, seen)?);
        }
        Some(values)
    }

    /// The names of all properties of a schema, in its order, those that it takes over first.
    pub(super) fn property_names(&self, schema: SchemaRef<'_>) -> IndexSet<String> {
        let mut names = IndexSet::new();
        self.names_at(schema, &mut Seen::new(), &mut names);
        names
    }

    fn names_at(&self, schema: SchemaRef<'_>, seen: &mut Seen, names: &mut IndexSet<String>) {
        let Some(item) = self.resolve_once(schema, seen) else {
            return;
        };
        let form = Form::of(&item);
        for member in form.all_of {
            self.names_at(member.into(), seen, names);
        }
        for name in form.properties.into_iter().flat_map(|it| it.keys()) {
            if !names.contains(name) {
                names.insert(name.clone());
            }
        }
        for (_, branch) in branches_of(&item) {
            self.names_at((&branch).into(), seen, names);
        }
    }

    /// Whether `null` is a value of the schema.
    pub(in super::super) fn nullable(&self, schema: SchemaRef<'_>) -> bool {
        self.nullable_at(schema, &mut Seen::new())
    }

    fn nullable_at(&self, schema: SchemaRef<'_>, seen: &mut Seen) -> bool {
        let Some(item) = self.resolve_once(schema, seen) else {
            return false;
        };
        if item.schema_data.nullable {
            return true;
        }
        let form = Form::of(&item);
        // A schema around one other takes over what that one allows, and so does one around
        // several of which one has to hold.
        if form.is_alternatives() {
            let mut members = form.one_of.iter().chain(form.any_of);
            return members.any(|member| self.nullable_at(member.into(), seen));
        }
        let mut telling = form.all_of.iter().filter(|it| tells_type(it)).peekable();
        telling.peek().is_some() && telling.all(|member| self.nullable_at(member.into(), seen))
    }
}

/// Whether a member of `allOf` says more than words, or than which members an object must have.
fn tells_type(member: &ReferenceOr<Schema>) -> bool {
    match member {
        ReferenceOr::Reference { .. } => true,
        ReferenceOr::Item(item) => {
            let form = Form::of(item);
            !form.is_annotation() && !form.only_narrows()
        }
    }
}

/// What listed values have in common.
fn of_values(values: Vec<Value>) -> ValueKind {
    let kind = values.first().and_then(JsonKind::of);
    match kind {
        Some(kind) if values.iter().all(|it| JsonKind::of(it) == Some(kind)) => {
            ValueKind::Kind(kind, Some(values))
        }
        _ => ValueKind::Any,
    }
}

/// What values several alternatives describe together.
fn together(value_kinds: impl Iterator<Item = ValueKind>) -> ValueKind {
    let mut known: Option<(JsonKind, Option<Vec<Value>>)> = None;
    for value_kind in value_kinds {
        match (value_kind, &mut known) {
            (ValueKind::Nothing, _) => {}
            (ValueKind::Kind(kind, values), None) => known = Some((kind, values)),
            (ValueKind::Kind(kind, values), Some((known, listed))) if kind == *known => {
                // Where one lists values and another takes all, the list is worth knowing.
                match (listed, values) {
                    (Some(listed), Some(values)) => listed.extend(values),
                    (listed @ None, values) => *listed = values,
                    (Some(_), None) => {}
                }
            }
            _ => return ValueKind::Several,
        }
    }
    known.map_or(ValueKind::Nothing, |(kind, values)| {
        ValueKind::Kind(kind, values)
    })
}
