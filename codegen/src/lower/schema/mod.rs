//! Schemas to types.

mod branches;
mod clearable;
mod constant;
mod distinct;
mod distribute;
mod enumeration;
mod enums;
mod external;
mod form;
mod guessed;
mod inherit;
mod labels;
mod merge;
mod object;
mod overlap;
mod rest;
mod scalar;
mod schema_kind;
mod tags;
mod tuple;
mod union;
mod variants;

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use crate::diagnostic::WarningCode;
use crate::document::{Document, GUESSED, PREFIX_ITEMS};
use crate::model::{Shape, Type, TypeId};
use crate::names::pascal_case;
use crate::pointer::push;

pub(super) use branches::branches_of;
pub(super) use distinct::Distinct;
pub(super) use form::{Form, Primitive, Properties, SchemaRef};
pub(super) use guessed::without_guess;
pub(super) use inherit::Families;
pub(super) use rest::keep_unknown_fields;
pub(super) use union::Member;
use variants::name_of_title;
pub(super) use variants::without;

use super::{Lowering, docs, quoted, schema_names};

/// Keywords that say which values go together, or which don't.
const CONDITIONS: [&str; 5] = [
    "not",
    "if",
    "dependentSchemas",
    "contains",
    "unevaluatedProperties",
];

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

/// The titles of schemas that only a number tells from others of their name, as in `Message-2`, where a title is a
/// name that no other schema has.
fn titles_of_numbered(schemas: &IndexMap<String, ReferenceOr<Schema>>) -> HashMap<&str, String> {
    let is_numbered = |key: &str| {
        let stem = key.trim_end_matches(|it: char| it.is_ascii_digit());
        stem.len() < key.len() && stem.ends_with(['-', '_', ' ', '.'])
    };
    let mut uses: HashMap<String, usize> = HashMap::new();
    for key in schemas.keys() {
        *uses.entry(pascal_case(key)).or_default() += 1;
    }
    let mut titles: Vec<(&str, String)> = Vec::new();
    for (key, schema) in schemas.iter().filter(|(key, _)| is_numbered(key)) {
        if let ReferenceOr::Item(item) = schema
            && let Some(title) = item.schema_data.title.as_deref().and_then(name_of_title)
            && !title.ends_with(|last: char| last.is_ascii_digit())
        {
            *uses.entry(title.clone()).or_default() += 1;
            titles.push((key, title));
        }
    }
    titles.retain(|(_, title)| uses[title] == 1);
    titles.into_iter().collect()
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
        let titles = titles_of_numbered(&components.schemas);
        let keys: Vec<&str> = components.schemas.keys().map(String::as_str).collect();
        let short = schema_names::short(&keys);
        for key in keys {
            let pointer = push("/components/schemas", key);
            let plain = short.get(key).map_or(key, String::as_str);
            if plain != key {
                self.inline_names.insert(&pointer, plain);
            }
            let title = titles.get(key).map(String::as_str);
            let wanted = self.type_name(&pointer).or(title).unwrap_or(plain);
            self.types.declare(&pascal_case(wanted), pointer);
        }
        self.schemas.families = self.find_families();
        for (index, (key, schema)) in components.schemas.iter().enumerate() {
            if self.fields.is_spent() {
                return;
            }
            self.types.enter_component(index);
            self.component(TypeId(index), key, schema);
        }
    }

    fn component(&mut self, id: TypeId, key: &str, schema: &ReferenceOr<Schema>) {
        let pointer = self.types.pointer(id).to_owned();
        match schema {
            ReferenceOr::Item(item) => {
                let family = self.family(item, &pointer);
                let shape = family.unwrap_or_else(|| self.shape(item, &pointer));
                let mut docs = docs::of_schema(item);
                docs::drop_title(&mut docs, key);
                docs.schema_name = docs::renamed(key, self.types.name(id).as_str());
                self.types.define(id, shape, docs);
            }
            ReferenceOr::Reference { reference } => {
                let target = self.type_of(SchemaRef::Reference(reference), &pointer);
                self.types
                    .define(id, Shape::Alias(target), crate::model::Docs::default());
            }
        }
    }

    /// The name that the configuration gives to the schema at a pointer.
    fn type_name(&self, pointer: &str) -> Option<&'a str> {
        let (_, configured) = self.config.schema(pointer)?;
        configured.name.as_deref()
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
        self.types.became(pointer, &ty);
        ty
    }

    /// The type of the schema at a pointer: the one made before, if there is one.
    ///
    /// A schema that is met again while it is being lowered gets its name at once, so a cycle
    /// ends there.
    fn type_at(&mut self, schema: &Schema, pointer: &str) -> Type {
        if let Some(id) = self.types.at(pointer) {
            return Type::Named(id);
        }
        if self.fields.is_spent() {
            return Type::Value;
        }
        if self.types.is_open(pointer) {
            return Type::Named(self.reserve(pointer, None));
        }
        self.types.begin(pointer);
        let shape = self.shape(schema, pointer);
        let id = match (shape, self.types.at(pointer)) {
            (Shape::Alias(ty), None) => {
                self.types.end(pointer);
                return ty;
            }
            (shape, reserved) => {
                let id = reserved.unwrap_or_else(|| self.reserve(pointer, Some(&shape)));
                self.types.define(id, shape, docs::of_schema(schema));
                id
            }
        };
        self.types.end(pointer);
        Type::Named(id)
    }

    /// Names the inline schema at a pointer, as far as is known after its shape where its place says too little.
    fn reserve(&mut self, pointer: &str, shape: Option<&Shape>) -> TypeId {
        if let Some(name) = self.type_name(pointer) {
            return self.types.reserve(&[&pascal_case(name)], pointer);
        }
        let name = self.inline_names.name(pointer);
        let by_status = self.inline_names.name_by_status(pointer);
        let by_shape = shape.and_then(|shape| match shape {
            Shape::Struct(_) => Some(format!("{name}Object")),
            Shape::Union(_) => Some(format!("Any{name}")),
            Shape::StringEnum(_) | Shape::IntegerEnum(_) => Some(format!("{name}Value")),
            Shape::Alias(_) | Shape::Newtype(_) => None,
        });
        let wanted: Vec<&str> = [Some(&name), by_status.as_ref(), by_shape.as_ref()]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        self.types.reserve(&wanted, pointer)
    }

    /// What a schema becomes when it has a name.
    pub(super) fn shape(&mut self, schema: &Schema, pointer: &str) -> Shape {
        if let Some(ty) = self.configured_type(schema, pointer) {
            return Shape::Alias(ty);
        }
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
                        WarningCode::NotValidated,
                        pointer,
                        "`not` has no equivalent Rust type; any value is accepted",
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
        let rest = written.and_then(|it| it.get("unevaluatedProperties"));
        let is_read = rest.and_then(Value::as_bool) == Some(false) || has("additionalProperties");
        if is_read || !form.is_alternatives() {
            found.retain(|keyword| *keyword != "unevaluatedProperties");
        }
        if !found.is_empty() {
            let keywords = quoted(found);
            self.warning(
                WarningCode::NotValidated,
                pointer,
                format!("not validated: {keywords}"),
            );
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
        let is_nullable =
            self.schemas.nullable(schema) || self.schemas.is_cleared_by_empty_text(schema, pointer);
        if ty != Type::Value && is_nullable {
            Type::Nullable(Box::new(ty))
        } else {
            ty
        }
    }
}
