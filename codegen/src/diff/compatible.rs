//! Which JSON a type reads.

use serde_json::Value;

use crate::model::{Api, JsonKind, Shape, Type, TypeDef, TypeId};

use super::Comparison;

/// How deep types are looked into: one that is deeper leads back to itself.
const DEEPEST: usize = 16;

/// Who reads what is written by the other side.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    /// A program with the old crate, whose enums and unions keep what they don't know.
    OldProgram,
    /// The new service, which takes what its description says.
    NewService,
}

impl Comparison<'_> {
    /// Whether programs with the old crate read what the new service answers.
    pub(super) fn answers_are_read(&self, old: &Type, new: &Type) -> bool {
        self.reads(Reader::OldProgram, old, new, 0)
    }

    /// Whether the new service reads what programs with the old crate send.
    pub(super) fn requests_are_read(&self, old: &Type, new: &Type) -> bool {
        self.reads(Reader::NewService, new, old, 0)
    }

    /// Whether a type of the reader's side reads all that a type of the other side is.
    fn reads(&self, by: Reader, reader: &Type, writer: &Type, depth: usize) -> bool {
        let (own, other) = match by {
            Reader::OldProgram => (&self.old.api, &self.new.api),
            Reader::NewService => (&self.new.api, &self.old.api),
        };
        let (reader, writer) = (own.resolve(reader), other.resolve(writer));
        let next = |reader: &Type, writer: &Type| self.reads(by, reader, writer, depth + 1);
        if depth > DEEPEST {
            return true;
        }
        match (reader, writer) {
            (Type::Value, _) => true,
            (Type::Nullable(reader), Type::Nullable(writer))
            | (Type::Array(reader), Type::Array(writer))
            | (Type::Map(reader), Type::Map(writer)) => next(reader, writer),
            (Type::Nullable(reader), _) => next(reader, writer),
            // What is one type on both sides is compared where it is declared.
            (Type::Named(reader), Type::Named(writer)) if self.is_pair(by, *reader, *writer) => {
                true
            }
            (_, Type::Named(id)) if is_union(other, *id) => {
                let is_open = |id: &TypeId| by == Reader::OldProgram && is_union(own, *id);
                let all = || match &other.type_def(*id).shape {
                    Shape::Union(union) => union.variants.iter().all(|it| next(reader, &it.ty)),
                    _ => false,
                };
                matches!(reader, Type::Named(id) if is_open(id)) || all()
            }
            (Type::Named(id), _) => self.named_reads(by, own.type_def(*id), writer, depth),
            (_, Type::Named(id)) => match &other.type_def(*id).shape {
                Shape::StringEnum(_) => kind(reader) == Some(JsonKind::String),
                Shape::IntegerEnum(_) => next(reader, &Type::I64),
                Shape::Newtype(inner) | Shape::Alias(inner) => next(reader, inner),
                Shape::Struct(_) | Shape::Union(_) => false,
            },
            (Type::I128, _) => kind(writer) == Some(JsonKind::Integer),
            (Type::I64 | Type::U64, Type::I64 | Type::U64 | Type::I128) => reader == writer,
            (Type::F64 | Type::Decimal, _) => {
                matches!(kind(writer), Some(JsonKind::Number | JsonKind::Integer))
            }
            _ => kind(reader).is_some() && kind(reader) == kind(writer),
        }
    }

    /// Whether a type of the API reads what isn't the same type.
    fn named_reads(&self, by: Reader, reader: &TypeDef, writer: &Type, depth: usize) -> bool {
        let is_old = by == Reader::OldProgram;
        let values = self.values_of(by, writer);
        let has = |known: Vec<Value>| match &values {
            Some(values) => values.iter().all(|value| known.contains(value)),
            None => false,
        };
        match &reader.shape {
            Shape::Union(_) if is_old => true,
            Shape::Union(union) => {
                let mut variants = union.variants.iter();
                variants.any(|it| self.reads(by, &it.ty, writer, depth + 1))
            }
            Shape::StringEnum(_) if is_old => self.reads(by, &Type::String, writer, depth + 1),
            Shape::StringEnum(known) => {
                has(known.iter().map(|it| it.value.clone().into()).collect())
            }
            Shape::IntegerEnum(_) if is_old => self.reads(by, &Type::I64, writer, depth + 1),
            Shape::IntegerEnum(known) => has(known.iter().map(|it| it.value.into()).collect()),
            Shape::Newtype(inner) | Shape::Alias(inner) => self.reads(by, inner, writer, depth + 1),
            Shape::Struct(_) => false,
        }
    }

    /// The values of an enum of the writer's side.
    fn values_of(&self, by: Reader, writer: &Type) -> Option<Vec<Value>> {
        let other = match by {
            Reader::OldProgram => &self.new.api,
            Reader::NewService => &self.old.api,
        };
        let Type::Named(id) = other.resolve(writer) else {
            return None;
        };
        match &other.type_def(*id).shape {
            Shape::StringEnum(values) => {
                Some(values.iter().map(|it| it.value.clone().into()).collect())
            }
            Shape::IntegerEnum(values) => Some(values.iter().map(|it| it.value.into()).collect()),
            _ => None,
        }
    }

    fn is_pair(&self, by: Reader, reader: TypeId, writer: TypeId) -> bool {
        let (old, new) = match by {
            Reader::OldProgram => (reader, writer),
            Reader::NewService => (writer, reader),
        };
        self.types.get(&old) == Some(&new) && {
            let shapes = (
                &self.old.api.type_def(old).shape,
                &self.new.api.type_def(new).shape,
            );
            std::mem::discriminant(shapes.0) == std::mem::discriminant(shapes.1)
        }
    }
}

fn is_union(api: &Api, id: TypeId) -> bool {
    matches!(api.type_def(id).shape, Shape::Union(_))
}

/// The kind of JSON that a type is which isn't one of the API.
fn kind(ty: &Type) -> Option<JsonKind> {
    match ty {
        Type::String | Type::DateTime | Type::Date | Type::Base64 | Type::Base64Url => {
            Some(JsonKind::String)
        }
        Type::Bool => Some(JsonKind::Boolean),
        Type::I64 | Type::U64 | Type::I128 => Some(JsonKind::Integer),
        Type::F64 | Type::Decimal => Some(JsonKind::Number),
        Type::Array(_) => Some(JsonKind::Array),
        Type::Map(_) => Some(JsonKind::Object),
        Type::External(external) => external.kind,
        Type::Value | Type::Nullable(_) | Type::Named(_) => None,
    }
}
