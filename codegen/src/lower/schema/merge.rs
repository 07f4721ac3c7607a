//! `allOf`: one type out of several schemas that must all hold.

use std::borrow::Cow;
use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

use crate::diagnostic::push;
use crate::model::Shape;

use super::super::Lowering;
use super::Form;
use super::form::SchemaRef;
use super::object::Property;
use super::rest::Additional;

/// A member of `allOf` that says something about the type.
struct Member<'s> {
    schema: Cow<'s, Schema>,
    pointer: String,
    /// Where it stands in `allOf`.
    place: String,
    /// The reference that led there.
    reference: Option<&'s str>,
}

impl<'a> Lowering<'a> {
    /// The shape of a schema with `allOf`.
    ///
    /// One member that bears on the type makes the schema another name for that member; several
    /// are merged when they are objects.
    pub(super) fn merged(&mut self, form: &Form<'_>, pointer: &str) -> Shape {
        let mut members = Vec::new();
        let mut seen = HashSet::new();
        self.members(form.all_of, pointer, &mut seen, &mut members);
        let own = form.has_object_keywords();
        if !own && let [only] = members.as_slice() {
            let schema = match only.reference {
                Some(reference) => SchemaRef::Reference(reference),
                None => SchemaRef::Item(&only.schema),
            };
            return Shape::Alias(self.type_of(schema, &only.pointer));
        }
        if let Some(other) = members
            .iter()
            .find(|member| !mergeable(&Form::of(&member.schema)))
        {
            let (at, target) = (other.place.clone(), other.pointer.clone());
            let error = self.error(&at, "`allOf` of this and other schemas has no type yet");
            "this is no object".clone_into(&mut error.label);
            error.help = Some("only objects are merged; write the merged schema out".into());
            if at != target {
                *error = error.clone().related(target, "it is described here");
            }
            return Shape::Alias(crate::model::Type::Value);
        }
        self.merge(form, &members, pointer)
    }

    /// Collects the members that bear on the type, those of nested `allOf` in their place.
    fn members<'s>(
        &mut self,
        all_of: &'s [ReferenceOr<Schema>],
        pointer: &str,
        seen: &mut HashSet<String>,
        members: &mut Vec<Member<'s>>,
    ) where
        'a: 's,
    {
        let document: &'a crate::document::Document = self.document;
        for (index, member) in all_of.iter().enumerate() {
            let at = push(&push(pointer, "allOf"), &index.to_string());
            let place = at.clone();
            let (schema, at, reference) = match member {
                ReferenceOr::Item(item) => (Cow::Borrowed(item), at, None),
                ReferenceOr::Reference { reference } => match document.schema(reference) {
                    Some((target, schema)) => (schema, target, Some(reference.as_str())),
                    None => continue,
                },
            };
            let form = Form::of(&schema);
            if form.is_annotation() && reference.is_none() {
                continue;
            }
            if !seen.insert(at.clone()) {
                continue;
            }
            members.push(Member {
                schema,
                pointer: at,
                place,
                reference,
            });
        }
    }

    /// A struct of the properties of all members, then the schema's own.
    fn merge(&mut self, form: &Form<'_>, members: &[Member<'_>], pointer: &str) -> Shape {
        let mut merged = Merged::default();
        let mut seen = HashSet::from([pointer.to_owned()]);
        for member in members {
            self.collect(&member.schema, &member.pointer, &mut seen, &mut merged);
        }
        merged.take(form, pointer);
        for wire in std::mem::take(&mut merged.overridden) {
            self.warning(
                pointer,
                format!("`allOf` describes `{wire}` more than once; the last description is used"),
            );
        }
        let properties: Vec<Property<'_>> = merged
            .properties
            .iter()
            .map(|(wire, (schema, pointer))| Property {
                wire,
                schema: schema.into(),
                pointer: pointer.clone(),
            })
            .collect();
        let mut required: Vec<&str> = merged.required.iter().map(String::as_str).collect();
        let mut once = HashSet::new();
        required.retain(|wire| once.insert(*wire));
        let additional: Vec<Additional<'_>> = merged
            .additional
            .iter()
            .filter_map(|(keyword, pointer)| Additional::of(Some(keyword), pointer))
            .collect();
        if properties.is_empty() && required.is_empty() && !additional.is_empty() {
            return Shape::Alias(self.map(&additional, pointer));
        }
        Shape::Struct(self.structure(&properties, &required, &additional, pointer))
    }

    /// Adds a member and what it is made of itself.
    fn collect(
        &mut self,
        schema: &Schema,
        pointer: &str,
        seen: &mut HashSet<String>,
        merged: &mut Merged,
    ) {
        if !seen.insert(pointer.to_owned()) {
            return;
        }
        let form = Form::of(schema);
        if form.alternatives().is_some() || !form.values.is_empty() {
            self.error(
                pointer,
                "`allOf` with alternatives or values has no type yet",
            )
            .help = Some("only objects are merged; write the merged schema out".into());
            return;
        }
        let mut inner = Vec::new();
        let mut met = HashSet::new();
        self.members(form.all_of, pointer, &mut met, &mut inner);
        for member in &inner {
            self.collect(&member.schema, &member.pointer, seen, merged);
        }
        merged.take(&form, pointer);
    }
}

/// Properties gathered so far.
#[derive(Default)]
struct Merged {
    properties: IndexMap<String, (ReferenceOr<Box<Schema>>, String)>,
    required: Vec<String>,
    /// `additionalProperties`, each with the pointer of its schema.
    additional: Vec<(AdditionalProperties, String)>,
    overridden: Vec<String>,
}

impl Merged {
    fn take(&mut self, form: &Form<'_>, pointer: &str) {
        let base = push(pointer, "properties");
        for (wire, schema) in form.properties.into_iter().flatten() {
            let entry = (schema.clone(), push(&base, wire));
            if let Some((before, _)) = self.properties.insert(wire.clone(), entry)
                && before != *schema
            {
                self.overridden.push(wire.clone());
            }
        }
        self.required.extend(form.required.iter().cloned());
        let additional = form.additional.cloned();
        self.additional
            .extend(additional.map(|it| (it, pointer.to_owned())));
    }
}

/// Whether a member can be part of a struct.
fn mergeable(form: &Form<'_>) -> bool {
    form.has_object_keywords() || !form.all_of.is_empty() || form.is_annotation()
}
