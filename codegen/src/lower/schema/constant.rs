//! Schemas that allow one value.

use openapiv3::ReferenceOr;
use serde_json::Value;

use crate::model::{Constant, Type};

use super::super::Lowering;
use super::schema_kind::Seen;
use super::union::text_of;
use super::{Form, Primitive, SchemaRef};

impl Lowering<'_> {
    /// The one value that the schema of something required allows, and the type that holds it.
    ///
    /// A schema without a name of its own is the plain type: an enum of one value would only be in the
    /// way of those who read it.
    pub(in super::super) fn constant(
        &mut self,
        schema: SchemaRef<'_>,
        pointer: &str,
    ) -> Option<(Constant, Type)> {
        let constant = self.only_value(schema)?;
        let SchemaRef::Item(item) = schema else {
            return Some((constant, self.type_of(schema, pointer)));
        };
        let form = Form::of(item);
        if form.values.is_empty() || self.type_name(pointer).is_some() {
            return Some((constant, self.type_of(schema, pointer)));
        }
        Some(match constant {
            Constant::Text(_) => (constant, Type::String),
            Constant::Boolean(_) => (constant, Type::Bool),
            Constant::Integer(_) => (constant, Type::I64),
            Constant::Float(_) => (constant, Type::F64),
        })
    }

    /// The one value that a schema allows, or the schema that it is another name for; `null` would be a
    /// second one.
    pub(in super::super) fn only_value(&self, schema: SchemaRef<'_>) -> Option<Constant> {
        self.only_value_at(schema, &mut Seen::new())
    }

    fn only_value_at(&self, schema: SchemaRef<'_>, seen: &mut Seen) -> Option<Constant> {
        let item = self.schemas.resolve_once(schema, seen)?;
        if item.schema_data.nullable {
            return None;
        }
        let form = Form::of(&item);
        if form.alternatives().is_some() {
            return None;
        }
        if form.values.is_empty() {
            return self.only_value_at(only_member(&form)?, seen);
        }
        let value = form
            .values
            .only_value()
            .filter(|_| form.all_of.is_empty())?;
        value_of(&value, form.primitive)
    }
}

/// The only member of `allOf` that bears on the type, where nothing beside it does.
fn only_member<'s>(form: &Form<'s>) -> Option<SchemaRef<'s>> {
    if form.has_object_keywords() {
        return None;
    }
    let mut telling = form.all_of.iter().filter(|member| match member {
        ReferenceOr::Item(item) => !Form::of(item).is_annotation(),
        ReferenceOr::Reference { .. } => true,
    });
    let only = telling.next()?;
    telling.next().is_none().then(|| only.into())
}

/// A value of an enum, as the type of that enum holds it.
fn value_of(value: &Value, primitive: Option<Primitive>) -> Option<Constant> {
    match (value, primitive) {
        (Value::String(text), None | Some(Primitive::String)) => Some(Constant::Text(text.clone())),
        // YAML makes numbers and booleans of words without quotes.
        (Value::Bool(_) | Value::Number(_), Some(Primitive::String)) => {
            Some(Constant::Text(text_of(value)))
        }
        (Value::Bool(value), None | Some(Primitive::Boolean)) => Some(Constant::Boolean(*value)),
        (Value::Number(number), None | Some(Primitive::Integer | Primitive::Number)) => {
            match number.as_i64() {
                Some(whole) => Some(Constant::Integer(whole)),
                // Beyond 63 bits an enum holds no numbers.
                None if number.is_u64() => None,
                None => number.as_f64().map(Constant::Float),
            }
        }
        _ => None,
    }
}
