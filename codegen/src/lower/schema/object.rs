//! Objects: structs where the document names fields, maps where it doesn't.

use std::collections::HashSet;

use crate::config;
use crate::diagnostic::WarningCode;
use crate::model::{Access, Field, Shape, Struct, Type};
use crate::names::{Scope, snake_case};
use crate::pointer::push;

use super::super::skipped_fields::SkippedField;
use super::super::{Lowering, docs};
use super::overlap::Description;
use super::rest::Additional;
use super::{Form, SchemaRef};

/// A property, wherever it came from.
pub(super) struct Property<'s> {
    pub wire: &'s str,
    pub schema: SchemaRef<'s>,
    pub pointer: String,
    /// All descriptions of it, where there are several.
    pub all: &'s [Description],
}

impl<'a> Lowering<'a> {
    /// The shape of a schema with `properties` or `additionalProperties`.
    pub(super) fn object(&mut self, form: &Form<'_>, pointer: &str) -> Shape {
        let properties: Vec<Property<'_>> = form
            .properties
            .into_iter()
            .flatten()
            .map(|(wire, schema)| Property {
                wire,
                schema: schema.into(),
                pointer: push(&push(pointer, "properties"), wire),
                all: &[],
            })
            .collect();
        let required: Vec<&str> = form.required.iter().map(String::as_str).collect();
        let additional = Additional::of(form.additional, pointer);
        let additional = additional.as_slice();
        if properties.is_empty() && required.is_empty() {
            return Shape::Alias(self.map(additional, pointer));
        }
        Shape::Struct(self.structure(&properties, &required, additional, pointer))
    }

    /// A struct of properties, and of what it holds beside them.
    pub(super) fn structure(
        &mut self,
        properties: &[Property<'_>],
        required: &[&str],
        additional: &[Additional<'_>],
        pointer: &str,
    ) -> Struct {
        let mut scope = Scope::new(&[]);
        let fields = self.fields(properties, required, pointer, &mut scope);
        Struct {
            fields,
            left_out: self.left_out(pointer),
            rest: self.rest(additional, pointer, &mut scope),
            parts: None,
        }
    }

    /// Fields in the document's order; those that `required` names alone come last and hold any
    /// value (JSON Schema Validation, section 6.5.3: `required` says nothing about types).
    fn fields(
        &mut self,
        properties: &[Property<'_>],
        required: &[&str],
        pointer: &str,
        scope: &mut Scope,
    ) -> Vec<Field> {
        if !self.allow_fields(pointer, properties.len() + required.len()) {
            return Vec::new();
        }
        let required_names: HashSet<&str> = required.iter().copied().collect();
        let mut fields = Vec::with_capacity(properties.len());
        for property in properties {
            let configured = self.configured_field(pointer, property.wire);
            if configured.is_some_and(|it| it.skip) {
                let is_needed = required_names.contains(property.wire)
                    && self.access(property) != Access::ReadOnly;
                self.skip_field(pointer, property.wire, is_needed);
                continue;
            }
            let wanted = configured.and_then(|it| it.name.as_deref());
            let name = scope.name(&[&snake_case(wanted.unwrap_or(property.wire))], "empty");
            let required = configured
                .and_then(|it| it.required)
                .unwrap_or_else(|| required_names.contains(property.wire));
            let external = configured.and_then(|it| self.type_of_field(it, property.schema));
            let constant = (required && external.is_none())
                .then(|| self.constant(property.schema, &property.pointer))
                .flatten();
            let (constant, ty) = match (constant, external) {
                (Some((constant, ty)), _) => (Some(constant), ty),
                (None, Some(external)) => (None, external),
                (None, None) => (None, self.type_of(property.schema, &property.pointer)),
            };
            let (mut docs, nullable) = match property.all {
                [] => (
                    self.schemas.docs_of(property.schema),
                    self.schemas.nullable(property.schema)
                        || self
                            .schemas
                            .is_cleared_by_empty_text(property.schema, &property.pointer),
                ),
                all => (self.words_of(all), self.last_is_nullable(all)),
            };
            docs.renamed_from = docs::renamed(property.wire, name.as_str());
            docs::drop_title(&mut docs, property.wire);
            docs.constant = constant.as_ref().map(ToString::to_string);
            fields.push(Field {
                name,
                wire: property.wire.to_owned(),
                nullable: nullable && constant.is_none() && ty != Type::Value,
                ty,
                required,
                access: self.access(property),
                constant,
                boxed: false,
                docs,
            });
        }
        fields.extend(self.fields_only_required(properties, required, pointer, scope));
        fields
    }

    /// Fields for what `required` names and no property describes.
    fn fields_only_required(
        &mut self,
        properties: &[Property<'_>],
        required: &[&str],
        pointer: &str,
        scope: &mut Scope,
    ) -> Vec<Field> {
        let mut known: HashSet<&str> = properties.iter().map(|property| property.wire).collect();
        let mut fields = Vec::new();
        for &wire in required {
            if !known.insert(wire) {
                continue;
            }
            self.warning(
                WarningCode::RequiredWithoutSchema,
                &push(pointer, "required"),
                format!("`{wire}` is required but has no schema; any value is accepted"),
            );
            let configured = self.configured_field(pointer, wire);
            if configured.is_some_and(|it| it.skip) {
                self.skip_field(pointer, wire, true);
                continue;
            }
            let wanted = configured.and_then(|it| it.name.as_deref());
            fields.push(Field {
                name: scope.name(&[&snake_case(wanted.unwrap_or(wire))], "field"),
                wire: wire.to_owned(),
                ty: Type::Value,
                required: configured.and_then(|it| it.required).unwrap_or(true),
                nullable: false,
                access: Access::Both,
                constant: None,
                boxed: false,
                docs: crate::model::Docs::default(),
            });
        }
        fields
    }

    /// Which ways a property goes: what it says itself, or the schema that it refers to.
    fn access(&self, property: &Property<'_>) -> Access {
        let own = [property.schema];
        let all = property.all.iter().map(|(schema, _)| schema.into());
        let (mut read_only, mut write_only) = (false, false);
        for schema in own.into_iter().chain(all) {
            if let Some(item) = self.schemas.resolve(schema) {
                for annotated in std::iter::once(&*item).chain(docs::annotations(&Form::of(&item)))
                {
                    read_only |= annotated.schema_data.read_only;
                    write_only |= annotated.schema_data.write_only;
                }
            }
        }
        match (read_only, write_only) {
            (true, false) => Access::ReadOnly,
            (false, true) => Access::WriteOnly,
            _ => Access::Both,
        }
    }

    /// Keeps in mind that a property has no field.
    fn skip_field(&mut self, pointer: &str, wire: &str, is_needed: bool) {
        let Some((key, _)) = self.config.schema(pointer) else {
            return;
        };
        let entry = push(&push(&push("/types", key), "fields"), wire);
        self.skipped_fields.push(SkippedField {
            said_at: push(&entry, "skip"),
            pointer: pointer.to_owned(),
            wire: wire.to_owned(),
            is_needed,
        });
    }

    /// The properties of a schema that the configuration leaves out.
    fn left_out(&self, pointer: &str) -> Vec<String> {
        let configured = self.config.schema(pointer).into_iter();
        let fields = configured.flat_map(|(_, configured)| &configured.fields);
        let skipped = fields.filter(|(_, field)| field.skip);
        skipped.map(|(wire, _)| wire.clone()).collect()
    }

    /// What the configuration says about a property.
    fn configured_field(&mut self, pointer: &str, wire: &str) -> Option<&'a config::Field> {
        let (key, configured) = self.config.schema(pointer)?;
        let field = configured.fields.get(wire)?;
        self.used_configuration
            .fields
            .insert((key.to_owned(), wire.to_owned()));
        Some(field)
    }
}
