//! Types that the configuration puts in the place of what a schema would become.

use openapiv3::Schema;

use crate::config;
use crate::model::{External, JsonKind, Type};

use super::super::Lowering;
use super::{Form, Primitive, SchemaRef};

impl Lowering<'_> {
    /// The type that the configuration gives to the schema at a pointer.
    pub(super) fn configured_type(&self, schema: &Schema, pointer: &str) -> Option<Type> {
        let (_, configured) = self.config.schema(pointer)?;
        let external = configured.external.as_ref()?;
        Some(external_type(external, kind_of(&Form::of(schema))))
    }

    /// The type that the configuration gives to a property with this schema.
    pub(super) fn type_of_field(
        &self,
        field: &config::Field,
        schema: SchemaRef<'_>,
    ) -> Option<Type> {
        let external = field.external.as_ref()?;
        let kind = self
            .schemas
            .resolve(schema)
            .and_then(|schema| kind_of(&Form::of(&schema)));
        Some(external_type(external, kind))
    }
}

/// A type that isn't generated, for JSON values of this kind.
pub(super) fn external_type(external: &config::External, kind: Option<JsonKind>) -> Type {
    Type::External(Box::new(External {
        path: external.path.clone(),
        blank: external.blank.clone(),
        kind,
    }))
}

/// The kind of JSON value that a schema allows, if that is one.
fn kind_of(form: &Form<'_>) -> Option<JsonKind> {
    if let Some(primitive) = form.primitive {
        return Some(kind_of_primitive(primitive));
    }
    if form.has_object_keywords() {
        return Some(JsonKind::Object);
    }
    let values = form.values.values();
    let mut kinds = values.iter().filter_map(JsonKind::of);
    let first = kinds.next()?;
    kinds.all(|kind| kind == first).then_some(first)
}

/// The kind of JSON value of a `type`.
pub(super) fn kind_of_primitive(primitive: Primitive) -> JsonKind {
    match primitive {
        Primitive::String => JsonKind::String,
        Primitive::Number => JsonKind::Number,
        Primitive::Integer => JsonKind::Integer,
        Primitive::Boolean => JsonKind::Boolean,
        Primitive::Array => JsonKind::Array,
        Primitive::Object => JsonKind::Object,
    }
}
