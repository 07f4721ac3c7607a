//! Schemas to types.

mod branches;
mod constant;
mod distinct;
mod distribute;
mod enums;
mod form;
mod guessed;
mod inherit;
mod labels;
mod merge;
mod nature;
mod object;
mod overlap;
mod rest;
mod scalar;
mod tags;
mod tuple;
mod union;
mod variants;

use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use crate::diagnostic::push;
use crate::document::{Document, GUESSED, PREFIX_ITEMS};
use crate::model::{Shape, Type, TypeDef, TypeId, Usage};
use crate::names::pascal_case;

pub(super) use branches::branches_of;
pub(super) use distinct::Distinct;
pub(super) use form::{Form, Primitive, Properties, SchemaRef};
pub(super) use guessed::without_guess;
pub(super) use inherit::Families;
pub(super) use rest::keep_unknown_fields;
pub(super) use union::Member;

use super::{Lowering, Slot, docs, quoted};

/// Keywords that say which values go together, or which don't.
const CONDITIONS: [&str; 3] = ["not", "if", "dependentSchemas"];

/// Whether a description has any of these keywords, in schemas or as the names of something else: in
/// most no schema needs to be looked into for them.
pub(super) fn has_conditions(document: &Document) -> bool {
    let mut open: Vec<&Value> = document.value("").into_iter().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                if members.keys().any(|it| CONDITIONS.contains(&it.as_str())) {
                    return true;
                }
                open.extend(members.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    false
}

impl<'a> Lowering<'a> {
    /// Lowers all named schemas, whether anything refers to them or not.
    ///
    /// All get their ids before any is looked into, so cycles are no problem.
    pub(super) fn components(&mut self) {
        let document = self.document;
        let Some(components) = &document.api.components else {
            return;
        };
        for key in components.schemas.keys() {
            let pointer = push("/components/schemas", key);
            let wanted = self.type_name(&pointer).unwrap_or(key);
            let name = self.type_names.name(&[&pascal_case(wanted)], "Type");
            let index = self.slots.len();
            self.by_pointer.insert(pointer.clone(), TypeId(index));
            self.slots.push(Slot {
                name,
                pointer,
                order: (index, 0),
                definition: None,
            });
        }
        self.families = self.find_families();
        for (index, (key, schema)) in components.schemas.iter().enumerate() {
            if self.fields_left == 0 {
                return;
            }
            self.owner = index;
            self.component(TypeId(index), key, schema);
        }
    }

    fn component(&mut self, id: TypeId, key: &str, schema: &ReferenceOr<Schema>) {
        let pointer = self.slots[id.0].pointer.clone();
        match schema {
            ReferenceOr::Item(item) => {
                let family = self.family(item, &pointer);
                let shape = family.unwrap_or_else(|| self.shape(item, &pointer));
                let mut docs = docs::of_schema(item);
                docs::drop_title(&mut docs, key);
                docs.schema_name = docs::renamed(key, self.slots[id.0].name.as_str());
                self.define(id, shape, docs);
            }
            ReferenceOr::Reference { reference } => {
                let target = self.type_of(SchemaRef::Reference(reference), &pointer);
                self.define(id, Shape::Alias(target), crate::model::Docs::default());
            }
        }
    }

    /// The name that the configuration gives to the schema at a pointer.
    fn type_name(&self, pointer: &str) -> Option<&'a str> {
        let (_, configured) = self.config.schema(pointer)?;
        configured.name.as_deref()
    }

    fn define(&mut self, id: TypeId, shape: Shape, docs: crate::model::Docs) {
        let slot = &mut self.slots[id.0];
        slot.definition = Some(TypeDef {
            name: slot.name.clone(),
            pointer: slot.pointer.clone(),
            docs,
            shape,
            usage: Usage::default(),
        });
    }

    /// The type of a schema, `null` left aside.
    pub(super) fn type_of(&mut self, schema: SchemaRef<'_>, pointer: &str) -> Type {
        let ty = match schema {
            SchemaRef::Item(item) => self.type_at(item, pointer),
            SchemaRef::Reference(reference) => {
                let document = self.document;
                match document.schema(reference) {
                    Some((target, item)) => self.type_at(&item, &target),
                    // Reported where the document was checked.
                    None => Type::Value,
                }
            }
        };
        if let Some(typed) = &mut self.typed {
            typed.push((pointer.to_owned(), ty.clone()));
        }
        ty
    }

    /// The type of the schema at a pointer: the one made before, if there is one.
    ///
    /// A schema that is met again while it is being lowered gets its name at once, so a cycle
    /// ends there.
    fn type_at(&mut self, schema: &Schema, pointer: &str) -> Type {
        if let Some(&id) = self.by_pointer.get(pointer) {
            return Type::Named(id);
        }
        if self.fields_left == 0 {
            return Type::Value;
        }
        if self.open.contains_key(pointer) {
            return Type::Named(self.reserve(pointer));
        }
        self.entered += 1;
        self.open
            .insert(pointer.to_owned(), (self.owner, self.entered));
        let shape = self.shape(schema, pointer);
        let id = match (shape, self.by_pointer.get(pointer).copied()) {
            (Shape::Alias(ty), None) => {
                self.open.remove(pointer);
                return ty;
            }
            (shape, reserved) => {
                let id = reserved.unwrap_or_else(|| self.reserve(pointer));
                self.define(id, shape, docs::of_schema(schema));
                id
            }
        };
        self.open.remove(pointer);
        Type::Named(id)
    }

    /// Names the inline schema at a pointer.
    fn reserve(&mut self, pointer: &str) -> TypeId {
        let wanted = match self.type_name(pointer) {
            Some(name) => pascal_case(name),
            None => self.places.name(pointer),
        };
        let name = self.type_names.name(&[&wanted], "Type");
        let order = self
            .open
            .get(pointer)
            .copied()
            .unwrap_or((self.owner, self.entered));
        let id = TypeId(self.slots.len());
        self.by_pointer.insert(pointer.to_owned(), id);
        self.slots.push(Slot {
            name,
            pointer: pointer.to_owned(),
            order,
            definition: None,
        });
        id
    }

    /// What a schema becomes when it has a name.
    pub(super) fn shape(&mut self, schema: &Schema, pointer: &str) -> Shape {
        let form = Form::of(schema);
        self.mention_unchecked(&form, pointer);
        let is_with_alternatives = form.alternatives().is_some() && !form.is_alternatives();
        if !form.all_of.is_empty() || is_with_alternatives || form.has_branches {
            return self.merged(schema, &form, pointer);
        }
        if !form.values.is_empty() {
            let labels = self.labels(schema, pointer);
            return self.enumeration(&form, &labels, pointer);
        }
        if let Some(Value::Array(positions)) = schema.schema_data.extensions.get(PREFIX_ITEMS) {
            let list = self.tuple(positions, pointer);
            return if schema.schema_data.extensions.contains_key(GUESSED) {
                self.or_any_other(list, pointer)
            } else {
                Shape::Alias(list)
            };
        }
        if form.is_alternatives()
            && let Some((keyword, members)) = form.alternatives()
        {
            return self.alternatives(schema, keyword, members, pointer);
        }
        if schema.schema_data.extensions.contains_key(GUESSED) {
            return self.guessed(&form, pointer);
        }
        match form.primitive {
            Some(Primitive::Array) => Shape::Alias(self.array(&form, pointer)),
            Some(Primitive::Object) => self.object(&form, pointer),
            None if form.has_object_keywords() => self.object(&form, pointer),
            None if form.items.is_some() => Shape::Alias(self.array(&form, pointer)),
            Some(primitive) => Shape::Alias(self.scalar(primitive, &form)),
            None => {
                if form.has_not {
                    self.warning(
                        pointer,
                        "a schema that says what is not allowed has no type in Rust; any value is taken",
                    );
                }
                Shape::Alias(Type::Value)
            }
        }
    }

    /// Conditions on values make no types.
    pub(super) fn mention_unchecked(&mut self, form: &Form<'_>, pointer: &str) {
        if !self.has_conditions {
            return;
        }
        let written = self.document.value(pointer);
        let has = |keyword: &str| written.is_some_and(|it| it.get(keyword).is_some());
        let mut found: Vec<&str> = CONDITIONS.into_iter().filter(|it| has(it)).collect();
        // Where nothing else is said there is no type at all, which is told elsewhere.
        let nothing_else = matches!(
            form,
            Form {
                primitive: None,
                all_of: [],
                one_of: [],
                any_of: [],
                ..
            }
        ) && !form.has_object_keywords();
        if nothing_else {
            found.retain(|keyword| *keyword != "not");
        }
        if !found.is_empty() {
            let keywords = quoted(found);
            self.warning(pointer, format!("what {keywords} says is not checked"));
        }
    }

    pub(super) fn array(&mut self, form: &Form<'_>, pointer: &str) -> Type {
        let Some(items) = form.items else {
            return Type::Array(Box::new(Type::Value));
        };
        Type::Array(Box::new(self.item_type(items, &push(pointer, "items"))))
    }

    /// The type of an item of a list or a map, which has no absence to stand in for `null`.
    pub(super) fn item_type(&mut self, schema: SchemaRef<'_>, pointer: &str) -> Type {
        let ty = self.type_of(schema, pointer);
        if ty != Type::Value && self.nullable(schema) {
            Type::Nullable(Box::new(ty))
        } else {
            ty
        }
    }
}
