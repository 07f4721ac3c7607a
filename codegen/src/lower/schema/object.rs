//! Objects: structs where the document names fields, maps where it doesn't.

use std::collections::HashSet;

use openapiv3::AdditionalProperties;

use crate::diagnostic::push;
use crate::model::{Field, Shape, Struct, Type};
use crate::names::{Scope, snake_case};

use super::super::{Lowering, docs};
use super::{Form, SchemaRef};

/// A property, wherever it came from.
pub(super) struct Property<'s> {
    pub wire: &'s str,
    pub schema: SchemaRef<'s>,
    pub pointer: String,
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
            })
            .collect();
        if properties.is_empty() && form.required.is_empty() {
            return Shape::Alias(self.map(form.additional, pointer));
        }
        if let Some(AdditionalProperties::Schema(_)) = form.additional {
            self.warning(
                &push(pointer, "additionalProperties"),
                "typed extra fields beside named ones are not kept when an answer is decoded",
            );
        }
        let required: Vec<&str> = form.required.iter().map(String::as_str).collect();
        Shape::Struct(self.fields(&properties, &required, pointer))
    }

    /// A map, its values typed where the document says how they look.
    fn map(&mut self, additional: Option<&AdditionalProperties>, pointer: &str) -> Type {
        let value = match additional {
            Some(AdditionalProperties::Schema(schema)) => {
                let at = push(pointer, "additionalProperties");
                self.item_type(schema.as_ref().into(), &at)
            }
            _ => Type::Value,
        };
        Type::Map(Box::new(value))
    }

    /// Fields in the document's order; those that `required` names alone come last and hold any
    /// value (JSON Schema Validation, section 6.5.3: `required` says nothing about types).
    pub(super) fn fields(
        &mut self,
        properties: &[Property<'_>],
        required: &[&str],
        pointer: &str,
    ) -> Struct {
        let required_names: HashSet<&str> = required.iter().copied().collect();
        let mut scope = Scope::new(&[]);
        let mut fields = Vec::with_capacity(properties.len());
        for property in properties {
            let wanted = self
                .field_name(pointer, property.wire)
                .unwrap_or(property.wire);
            let name = scope.name(&[&snake_case(wanted)], "empty");
            let ty = self.type_of(property.schema, &property.pointer);
            let mut docs = self.docs_of(property.schema);
            docs.renamed_from = docs::renamed(property.wire, name.as_str());
            fields.push(Field {
                name,
                wire: property.wire.to_owned(),
                nullable: ty != Type::Value && self.nullable(property.schema),
                ty,
                required: required_names.contains(property.wire),
                boxed: false,
                docs,
            });
        }
        let mut known: HashSet<&str> = properties.iter().map(|property| property.wire).collect();
        for &wire in required {
            if known.insert(wire) {
                self.warning(
                    &push(pointer, "required"),
                    format!("`{wire}` is required but has no schema; any value is taken"),
                );
                fields.push(Field {
                    name: scope.name(&[&snake_case(wire)], "field"),
                    wire: wire.to_owned(),
                    ty: Type::Value,
                    required: true,
                    nullable: false,
                    boxed: false,
                    docs: crate::model::Docs::default(),
                });
            }
        }
        Struct {
            fields,
            parts: None,
        }
    }

    /// The name that the configuration gives to a property.
    fn field_name(&mut self, pointer: &str, wire: &str) -> Option<&'a str> {
        let types = &self.config.types;
        let component = pointer.strip_prefix("/components/schemas/");
        let (key, configured) = types
            .get_key_value(pointer)
            .or_else(|| types.get_key_value(component?))?;
        let name = configured.fields.get(wire)?.name.as_deref();
        self.met.fields.insert((key.clone(), wire.to_owned()));
        name
    }
}
