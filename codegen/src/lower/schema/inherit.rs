//! Inheritance: a schema with a discriminator, and others that take it over by `allOf`.
//!
//! Where such a parent is referred to, a value may be of any of its children, and the discriminator
//! tells of which (OpenAPI 3.0.3 and 3.1.0, "Discriminator Object": "the discriminator ... in a
//! parent schema definition, and there may be multiple schemas composing the parent schema in an
//! allOf"). Where a child takes the parent over, its properties alone are meant.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use indexmap::IndexSet;
use openapiv3::{ReferenceOr, Schema, SchemaData, SchemaKind};
use serde_json::Value;

use crate::model::{Docs, Shape, Struct, Type};
use crate::pointer::push;

use super::super::Lowering;
use super::rest::keep_unknown_fields;
use super::tags::name_in;
use super::union::Draft;
use super::{Form, SchemaRef};

/// The children of each parent, all generations, by pointers, in the document's order.
pub(in super::super) type Families = HashMap<String, IndexSet<String>>;

impl Lowering<'_> {
    /// The families among the named schemas.
    pub(super) fn find_families(&self) -> Families {
        let mut families = Families::new();
        let Some(components) = &self.document.api.components else {
            return families;
        };
        let named: Vec<(String, &Schema)> = components
            .schemas
            .iter()
            .filter_map(|(key, schema)| Some((push("/components/schemas", key), schema.as_item()?)))
            .collect();
        let mut children: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, (_, schema)) in named.iter().enumerate() {
            self.note_parents(schema, index, &mut children);
        }
        for (pointer, schema) in &named {
            let is_parent = schema.schema_data.discriminator.is_some()
                && Form::of(schema).alternatives().is_none();
            let Some(first) = children.get(pointer).filter(|_| is_parent) else {
                continue;
            };
            let mut found: BTreeSet<usize> = BTreeSet::new();
            let mut open: VecDeque<usize> = first.iter().copied().collect();
            while let Some(index) = open.pop_front() {
                let (child, _) = &named[index];
                if child != pointer && found.insert(index) {
                    open.extend(children.get(child).into_iter().flatten());
                }
            }
            let found: IndexSet<String> =
                found.iter().map(|&index| named[index].0.clone()).collect();
            if !found.is_empty() {
                families.insert(pointer.clone(), found);
            }
        }
        families
    }

    /// Notes a named schema with all those that it takes over, those in schemas without a name too.
    fn note_parents(
        &self,
        schema: &Schema,
        index: usize,
        children: &mut HashMap<String, Vec<usize>>,
    ) {
        for member in Form::of(schema).all_of {
            match member {
                ReferenceOr::Item(item) => self.note_parents(item, index, children),
                ReferenceOr::Reference { .. } => {
                    if let Some(parent) = self.schemas.target_pointer(member.into()) {
                        children.entry(parent).or_default().push(index);
                    }
                }
            }
        }
    }

    /// Whether a schema at a pointer is a child of the one at another.
    pub(super) fn is_child(&self, pointer: &str, parent: &str) -> bool {
        let children = self.schemas.families.get(parent);
        children.is_some_and(|children| children.contains(pointer))
    }

    /// The shape of a named schema that is a parent: a union of its children, and of what it is
    /// itself for kinds that the document doesn't know.
    pub(super) fn family(&mut self, schema: &Schema, pointer: &str) -> Option<Shape> {
        let children = self.schemas.families.get(pointer)?.clone();
        let discriminator = schema.schema_data.discriminator.as_ref()?;
        let own = match self.shape(schema, pointer) {
            Shape::Struct(own) => own,
            other => return Some(other),
        };
        let union = self.name_at(pointer);
        let property = discriminator.property_name.clone();
        let inherited = self.schemas.values_of(SchemaRef::Item(schema), &property);
        let references: Vec<String> = children.iter().map(|child| format!("#{child}")).collect();
        let mapped = self.schemas.mapped_values(discriminator);
        let default = self.schemas.default_mapping(discriminator);
        let is_own = |it: &str| it == pointer || children.contains(it);
        self.mention_default(Some(discriminator), is_own, pointer);
        let mut drafts = Vec::with_capacity(children.len() + 1);
        for (reference, child) in references.iter().zip(&children) {
            let schema = SchemaRef::Reference(reference);
            let mut tags: Vec<Value> = mapped.get(child).cloned().unwrap_or_default();
            // The values that the parent lists are those of all children.
            let listed = self.schemas.values_of(schema, &property);
            let listed = listed.filter(|it| inherited.as_ref() != Some(it));
            tags.extend(listed.into_iter().flatten().filter(Value::is_string));
            let is_called_after_schema = tags.is_empty();
            if is_called_after_schema {
                tags.extend(name_in(child).map(Value::String));
            }
            let mut once = HashSet::with_capacity(tags.len());
            tags.retain(|tag| once.insert(tag.clone()));
            drafts.push(Draft {
                schema,
                hint: None,
                is_called_after_schema,
                tags,
                takes_others: default.as_ref() == Some(child),
                ty: self.type_of(schema, child),
            });
        }
        let others = Schema {
            schema_data: SchemaData {
                description: Some("Any other variant.".to_owned()),
                ..SchemaData::default()
            },
            schema_kind: SchemaKind::Any(openapiv3::AnySchema::default()),
        };
        if drafts.iter().any(|it| it.takes_others) {
            return Some(self.finish_union(drafts, Some(property), &union));
        }
        drafts.push(Draft {
            schema: SchemaRef::Item(&others),
            hint: Some("Base".to_owned()),
            is_called_after_schema: false,
            tags: Vec::new(),
            takes_others: false,
            ty: self.base(own, pointer, &union),
        });
        Some(self.finish_union(drafts, Some(property), &union))
    }

    /// The type of the parent itself, which keeps what only its children have.
    fn base(&mut self, mut own: Struct, pointer: &str, union: &str) -> Type {
        if own.rest.is_none() {
            keep_unknown_fields(&mut own);
        }
        let place = push(pointer, "base");
        self.inline_names.insert(&place, &format!("{union} base"));
        let docs = Docs::text(format!(
            "The common fields of every `{union}`, for variants that this version of the crate \
             doesn't know."
        ));
        self.define_with(Shape::Struct(own), &place, docs)
    }
}
