//! One view of a schema, whichever of its variants `openapiv3` chose for it.
//!
//! `openapiv3` sorts schemas into variants by which keywords stand together; what a schema
//! means does not depend on that, so everything after this file reads a [`Form`].

use std::borrow::Cow;

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaKind, Type, VariantOrUnknownOrEmpty,
};
use serde_json::Value;

use super::enumeration::Enumeration;
use crate::document::BRANCHES;
use crate::model::JsonKind;

/// Properties in the document's order.
pub(crate) type Properties = IndexMap<String, ReferenceOr<Box<Schema>>>;

/// A schema or a reference to one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum SchemaRef<'s> {
    /// `$ref`
    Reference(&'s str),
    /// The schema itself.
    Item(&'s Schema),
}

impl<'s> From<&'s ReferenceOr<Schema>> for SchemaRef<'s> {
    fn from(schema: &'s ReferenceOr<Schema>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(item) => Self::Item(item),
        }
    }
}

impl<'s> From<&'s ReferenceOr<Box<Schema>>> for SchemaRef<'s> {
    fn from(schema: &'s ReferenceOr<Box<Schema>>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(item) => Self::Item(item),
        }
    }
}

/// The value of `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Primitive {
    String,
    Number,
    Integer,
    Boolean,
    Array,
    Object,
}

impl Primitive {
    /// The kind of JSON that it names.
    pub(crate) fn kind(self) -> JsonKind {
        match self {
            Self::String => JsonKind::String,
            Self::Number => JsonKind::Number,
            Self::Integer => JsonKind::Integer,
            Self::Boolean => JsonKind::Boolean,
            Self::Array => JsonKind::Array,
            Self::Object => JsonKind::Object,
        }
    }
}

/// All keywords of a schema that bear on its type.
#[derive(Debug, Default)]
pub(crate) struct Form<'s> {
    pub primitive: Option<Primitive>,
    pub format: Option<Cow<'s, str>>,
    pub values: Enumeration<'s>,
    pub properties: Option<&'s Properties>,
    pub required: &'s [String],
    pub additional: Option<&'s AdditionalProperties>,
    pub items: Option<SchemaRef<'s>>,
    pub all_of: &'s [ReferenceOr<Schema>],
    pub one_of: &'s [ReferenceOr<Schema>],
    pub any_of: &'s [ReferenceOr<Schema>],
    pub has_not: bool,
    /// Whether there are schemas of which it depends on the object whether they hold.
    pub has_branches: bool,
}

impl<'s> Form<'s> {
    /// Reads the keywords of a schema.
    pub(crate) fn of(schema: &'s Schema) -> Self {
        let has_branches = schema.schema_data.extensions.contains_key(BRANCHES);
        Self {
            has_branches,
            ..Self::of_kind(&schema.schema_kind)
        }
    }

    fn of_kind(kind: &'s SchemaKind) -> Self {
        match kind {
            SchemaKind::Type(ty) => Self::of_type(ty),
            SchemaKind::OneOf { one_of } => Self {
                one_of,
                ..Self::default()
            },
            SchemaKind::AllOf { all_of } => Self {
                all_of,
                ..Self::default()
            },
            SchemaKind::AnyOf { any_of } => Self {
                any_of,
                ..Self::default()
            },
            SchemaKind::Not { .. } => Self {
                has_not: true,
                ..Self::default()
            },
            SchemaKind::Any(any) => Self::of_any(any),
        }
    }

    fn of_type(ty: &'s Type) -> Self {
        match ty {
            Type::String(string) => Self {
                primitive: Some(Primitive::String),
                format: format_name(&string.format),
                values: Enumeration::Strings(&string.enumeration),
                ..Self::default()
            },
            Type::Number(number) => Self {
                primitive: Some(Primitive::Number),
                format: format_name(&number.format),
                values: Enumeration::Numbers(&number.enumeration),
                ..Self::default()
            },
            Type::Integer(integer) => Self {
                primitive: Some(Primitive::Integer),
                format: format_name(&integer.format),
                values: Enumeration::Integers(&integer.enumeration),
                ..Self::default()
            },
            Type::Boolean(boolean) => Self {
                primitive: Some(Primitive::Boolean),
                values: Enumeration::Booleans(&boolean.enumeration),
                ..Self::default()
            },
            Type::Array(array) => Self {
                primitive: Some(Primitive::Array),
                items: array.items.as_ref().map(SchemaRef::from),
                ..Self::default()
            },
            Type::Object(object) => Self {
                primitive: Some(Primitive::Object),
                properties: Some(&object.properties),
                required: &object.required,
                additional: object.additional_properties.as_ref(),
                ..Self::default()
            },
        }
    }

    fn of_any(any: &'s AnySchema) -> Self {
        let own = any.typ.as_deref().and_then(primitive);
        let of_types = |members: &'s [ReferenceOr<Schema>]| match own {
            Some(own) if members.iter().all(|it| only_limits(it, own)) => &[],
            _ => members,
        };
        Self {
            primitive: own,
            format: any.format.as_deref().map(Cow::Borrowed),
            values: Enumeration::Any(&any.enumeration),
            properties: Some(&any.properties),
            required: &any.required,
            additional: any.additional_properties.as_ref(),
            items: any.items.as_ref().map(SchemaRef::from),
            all_of: &any.all_of,
            one_of: of_types(&any.one_of),
            any_of: of_types(&any.any_of),
            has_not: any.not.is_some(),
            has_branches: false,
        }
    }

    /// Whether the schema has fields of its own or says how other keys look.
    pub(crate) fn has_object_keywords(&self) -> bool {
        self.primitive == Some(Primitive::Object)
            || self
                .properties
                .is_some_and(|properties| !properties.is_empty())
            || self.additional.is_some()
            || !self.required.is_empty()
            || self.has_branches
    }

    /// Whether nothing here bears on the type: descriptions, examples and limits alone.
    pub(crate) fn is_annotation(&self) -> bool {
        self.primitive.is_none()
            && self.format.is_none()
            && self.values.is_empty()
            && !self.has_object_keywords()
            && self.items.is_none()
            && self.all_of.is_empty()
            && self.one_of.is_empty()
            && self.any_of.is_empty()
            && !self.has_not
    }

    /// Whether all that is said of the type is which of the properties that others describe must
    /// be there, or what is not allowed.
    pub(crate) fn only_narrows(&self) -> bool {
        let has_fields = self.properties.is_some_and(|own| !own.is_empty());
        matches!(self.primitive, None | Some(Primitive::Object))
            && !has_fields
            && !self.has_branches
            && self.values.is_empty()
            && self.items.is_none()
            && self.additional.is_none()
            && self.all_of.is_empty()
            && self.alternatives().is_none()
    }

    /// Whether nothing beside `oneOf` or `anyOf` bears on the type.
    pub(crate) fn is_alternatives(&self) -> bool {
        let has_fields = self.properties.is_some_and(|own| !own.is_empty());
        let both = !self.one_of.is_empty() && !self.any_of.is_empty();
        let adds_fields = has_fields || self.has_branches;
        self.alternatives().is_some() && !adds_fields && !both && self.all_of.is_empty()
    }

    /// The members of `oneOf` and `anyOf`, with the keyword they stand under.
    pub(crate) fn alternatives(&self) -> Option<(&'static str, &'s [ReferenceOr<Schema>])> {
        if !self.one_of.is_empty() {
            Some(("oneOf", self.one_of))
        } else if !self.any_of.is_empty() {
            Some(("anyOf", self.any_of))
        } else {
            None
        }
    }
}

/// Whether a member of `oneOf` or `anyOf` beside a `type` says nothing but which of the values of that
/// type are valid: by a format, a length, a pattern. Its type is the one beside it.
fn only_limits(member: &ReferenceOr<Schema>, own: Primitive) -> bool {
    let ReferenceOr::Item(item) = member else {
        return false;
    };
    let form = Form::of(item);
    form.primitive.is_none_or(|it| it == own)
        && form.values.is_empty()
        && form.properties.is_none_or(IndexMap::is_empty)
        && form.required.is_empty()
        && form.additional.is_none()
        && form.items.is_none()
        && form.all_of.is_empty()
        && form.alternatives().is_none()
        && !form.has_branches
        && !form.has_not
}

fn primitive(name: &str) -> Option<Primitive> {
    match name {
        "string" => Some(Primitive::String),
        "number" => Some(Primitive::Number),
        "integer" => Some(Primitive::Integer),
        "boolean" => Some(Primitive::Boolean),
        "array" => Some(Primitive::Array),
        "object" => Some(Primitive::Object),
        _ => None,
    }
}

/// The format as the document writes it.
fn format_name<T: serde::Serialize>(format: &VariantOrUnknownOrEmpty<T>) -> Option<Cow<'_, str>> {
    match format {
        VariantOrUnknownOrEmpty::Unknown(name) => Some(Cow::Borrowed(name)),
        VariantOrUnknownOrEmpty::Item(known) => match serde_json::to_value(known) {
            Ok(Value::String(name)) => Some(Cow::Owned(name)),
            _ => None,
        },
        VariantOrUnknownOrEmpty::Empty => None,
    }
}
