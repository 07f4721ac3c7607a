//! Which JSON a type reads.

use crate::model::{Api, JsonKind, Shape, Type};

use super::Comparison;

/// Whether what one type writes is read by another: `writer` of one side, `reader` of the other.
/// Types of the API are held against each other where they are declared, so that only their
/// kinds count here.
pub(super) fn reads(reader_api: &Api, reader: &Type, writer_api: &Api, writer: &Type) -> bool {
    let (reader, writer) = (reader_api.resolve(reader), writer_api.resolve(writer));
    match (reader, writer) {
        (Type::Value, _) => true,
        (Type::Nullable(reader), _) if !matches!(writer, Type::Nullable(_)) => {
            reads(reader_api, reader, writer_api, writer)
        }
        (Type::Nullable(reader), Type::Nullable(writer))
        | (Type::Array(reader), Type::Array(writer))
        | (Type::Map(reader), Type::Map(writer)) => reads(reader_api, reader, writer_api, writer),
        (Type::Array(_) | Type::Map(_), Type::Array(_) | Type::Map(_)) => false,
        _ => match (kind(reader_api, reader), kind(writer_api, writer)) {
            // A union isn't of one kind, and is read by what it was.
            (Some(JsonKind::Number), Some(JsonKind::Integer)) | (None, None) => true,
            (reader, writer) => reader == writer,
        },
    }
}

/// The kind of JSON that a type is; none for any, and for unions.
fn kind(api: &Api, ty: &Type) -> Option<JsonKind> {
    match ty {
        Type::String | Type::DateTime | Type::Date | Type::Base64 => Some(JsonKind::String),
        Type::Bool => Some(JsonKind::Boolean),
        Type::I64 | Type::U64 | Type::I128 => Some(JsonKind::Integer),
        Type::F64 => Some(JsonKind::Number),
        Type::Array(_) => Some(JsonKind::Array),
        Type::Map(_) => Some(JsonKind::Object),
        Type::Value | Type::Nullable(_) => None,
        Type::Named(id) => match &api.type_def(*id).shape {
            Shape::Struct(_) => Some(JsonKind::Object),
            Shape::TextEnum(_) => Some(JsonKind::String),
            Shape::IntegerEnum(_) => Some(JsonKind::Integer),
            Shape::Union(_) => None,
            Shape::Alias(target) | Shape::Newtype(target) => kind(api, target),
        },
    }
}

impl Comparison<'_> {
    /// Whether programs with the old crate read what the new service answers.
    pub(super) fn answers_are_read(&self, old: &Type, new: &Type) -> bool {
        self.is_same_named(old, new) && reads(&self.old.api, old, &self.new.api, new)
    }

    /// Whether the new service reads what programs with the old crate send.
    pub(super) fn requests_are_read(&self, old: &Type, new: &Type) -> bool {
        self.is_same_named(old, new) && reads(&self.new.api, new, &self.old.api, old)
    }

    /// Whether two objects or unions of the API are one: their own change is told where they are
    /// declared. Everything else is told apart by its kind.
    fn is_same_named(&self, old: &Type, new: &Type) -> bool {
        let (old, new) = (self.old.api.resolve(old), self.new.api.resolve(new));
        match (old, new) {
            (Type::Array(old), Type::Array(new))
            | (Type::Map(old), Type::Map(new))
            | (Type::Nullable(old), Type::Nullable(new)) => self.is_same_named(old, new),
            (Type::Named(old), Type::Named(new)) => {
                let shapes = (
                    &self.old.api.type_def(*old).shape,
                    &self.new.api.type_def(*new).shape,
                );
                match shapes {
                    (Shape::Struct(_) | Shape::Union(_), Shape::Struct(_) | Shape::Union(_)) => {
                        self.types.get(old) == Some(new)
                    }
                    _ => true,
                }
            }
            _ => true,
        }
    }
}
