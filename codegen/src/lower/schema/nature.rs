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

use super::super::docs::kind_of_primitive;
use super::super::schemas::Schemas;
use super::branches::branches_of;
use super::{Form, SchemaRef};

/// Pointers of the schemas that a question has been at.
pub(super) type Seen = HashSet<String>;

/// What values a schema describes.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Nature {
    /// Values of one kind; where they are listed, these.
    Kind(JsonKind, Option<Vec<Value>>),
    /// Values of several kinds.
    Several,
    /// Any value, as far as can be said.
    Any,
    /// Only `null`, or nothing that isn't said elsewhere.
    Nothing,
}

impl Nature {
    /// Whether all values are of a kind.
    pub(super) fn is(&self, kind: JsonKind) -> bool {
        matches!(self, Self::Kind(own, _) if *own == kind)
    }
}

impl<'a> Schemas<'a> {
    /// The schema, or the one that it refers to.
    pub(super) fn look<'s>(&self, schema: SchemaRef<'s>) -> Option<Cow<'s, Schema>>
    where
        'a: 's,
    {
        let document: &'a Document = self.document;
        match schema {
            SchemaRef::Item(item) => Some(Cow::Borrowed(item)),
            SchemaRef::Reference(reference) => document.schema(reference).map(|(_, item)| item),
        }
    }

    /// The pointer of the schema that a reference leads to.
    pub(super) fn target(&self, schema: SchemaRef<'_>) -> Option<String> {
        let SchemaRef::Reference(reference) = schema else {
            return None;
        };
        self.document.schema(reference).map(|(target, _)| target)
    }

    /// The schema, unless it was seen before.
    pub(super) fn enter<'s>(
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
                let (target, item) = document.schema(reference)?;
                seen.insert(target).then_some(item)
            }
        }
    }

    /// What values a schema describes.
    pub(super) fn nature(&self, schema: SchemaRef<'_>) -> Nature {
        self.nature_at(schema, &mut Seen::new())
    }

    fn nature_at(&self, schema: SchemaRef<'_>, seen: &mut Seen) -> Nature {
        let Some(item) = self.enter(schema, seen) else {
            return Nature::Nothing;
        };
        let form = Form::of(&item);
        if let Some(first) = form.values.first() {
            return match JsonKind::of(first) {
                Some(kind) if form.values.iter().all(|it| JsonKind::of(it) == Some(kind)) => {
                    Nature::Kind(kind, Some(form.values))
                }
                _ => Nature::Any,
            };
        }
        if let Some((_, members)) = form.alternatives() {
            let natures = members.iter().map(|it| self.nature_at(it.into(), seen));
            return together(natures);
        }
        if let Some(primitive) = form.primitive {
            return Nature::Kind(kind_of_primitive(primitive), None);
        }
        if form.has_object_keywords() {
            return Nature::Kind(JsonKind::Object, None);
        }
        if form.items.is_some() {
            return Nature::Kind(JsonKind::Array, None);
        }
        if item.schema_data.extensions.contains_key(NULL) {
            return Nature::Nothing;
        }
        // All members have to hold, so what one of them says is true of the whole.
        let mut nature = Nature::Any;
        for member in form.all_of {
            match self.nature_at(member.into(), seen) {
                Nature::Any | Nature::Nothing => {}
                Nature::Several if nature != Nature::Any => {}
                Nature::Kind(_, None) if matches!(nature, Nature::Kind(..)) => {}
                known => nature = known,
            }
        }
        nature
    }

    /// All values that a property can have, where the schema lists them: texts, whole numbers or
    /// booleans.
    pub(super) fn values_of(&self, schema: SchemaRef<'_>, property: &str) -> Option<Vec<Value>> {
        self.values_at(schema, property, &mut Seen::new())
    }

    fn values_at(&self, schema: SchemaRef<'_>, name: &str, seen: &mut Seen) -> Option<Vec<Value>> {
        let item = self.enter(schema, seen)?;
        let form = Form::of(&item);
        if let Some(property) = form.properties.and_then(|it| it.get(name)) {
            return match self.nature(property.into()) {
                Nature::Kind(
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
        let Some(item) = self.enter(schema, seen) else {
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
        let Some(item) = self.enter(schema, seen) else {
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

/// What values several alternatives describe together.
fn together(natures: impl Iterator<Item = Nature>) -> Nature {
    let mut known: Option<(JsonKind, Option<Vec<Value>>)> = None;
    for nature in natures {
        match (nature, &mut known) {
            (Nature::Nothing, _) => {}
            (Nature::Kind(kind, values), None) => known = Some((kind, values)),
            (Nature::Kind(kind, values), Some((known, listed))) if kind == *known => {
                // Where one lists values and another takes all, the list is worth knowing.
                match (listed, values) {
                    (Some(listed), Some(values)) => listed.extend(values),
                    (listed @ None, values) => *listed = values,
                    (Some(_), None) => {}
                }
            }
            _ => return Nature::Several,
        }
    }
    known.map_or(Nature::Nothing, |(kind, values)| Nature::Kind(kind, values))
}
