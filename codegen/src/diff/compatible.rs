//! Which JSON a type reads.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::model::{Access, Api, Field, JsonKind, Shape, Struct, Type, TypeDef, TypeId};

use super::Comparison;

/// How deep types are looked into: one that is deeper leads back to itself.
const DEEPEST: usize = 64;

/// Who reads what is written by the other side.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    /// A program with the old crate, whose enums and unions keep what they don't know.
    OldProgram,
    /// The new service, which takes what its description says.
    NewService,
}

impl Comparison<'_> {
    /// Whether programs with the old crate read what the new service returns.
    pub(super) fn responses_are_read(&self, old: &Type, new: &Type) -> bool {
        self.unread_response(old, new).is_none()
    }

    /// Whether the new service reads what programs with the old crate send.
    pub(super) fn requests_are_read(&self, old: &Type, new: &Type) -> bool {
        self.unread_request(old, new).is_none()
    }

    /// Why programs with the old crate don't read what the new service returns: empty where there is nothing more
    /// to say than that.
    pub(super) fn unread_response(&self, old: &Type, new: &Type) -> Option<String> {
        Reading::by(self, Reader::OldProgram).unread(old, new)
    }

    /// Why the new service doesn't read what programs with the old crate send.
    pub(super) fn unread_request(&self, old: &Type, new: &Type) -> Option<String> {
        Reading::by(self, Reader::NewService).unread(new, old)
    }

    /// Why a type that both sides have isn't read although it is the same one; for a response, and for a request.
    pub(super) fn unread_kinds(&self, old: TypeId, new: TypeId) -> [Option<String>; 2] {
        let (was, is) = (Type::Named(old), Type::Named(new));
        let mut response = Reading::by(self, Reader::OldProgram);
        response.looked_into = Some((old, new));
        let mut request = Reading::by(self, Reader::NewService);
        request.looked_into = Some((old, new));
        [response.unread(&was, &is), request.unread(&is, &was)]
    }
}

/// One side reads what the other side writes.
struct Reading<'c> {
    comparison: &'c Comparison<'c>,
    by: Reader,
    /// The types of the reader's side, and of the writer's.
    own: &'c Api,
    other: &'c Api,
    /// Types that are held against each other already: what leads back to them adds nothing.
    seen: HashSet<(TypeId, TypeId)>,
    /// One type on both sides, of which the question is.
    looked_into: Option<(TypeId, TypeId)>,
    /// The first field that isn't read, and why.
    why: Option<String>,
}

impl<'c> Reading<'c> {
    fn by(comparison: &'c Comparison<'c>, by: Reader) -> Self {
        let (old, new) = (&comparison.old.api, &comparison.new.api);
        let (own, other) = match by {
            Reader::OldProgram => (old, new),
            Reader::NewService => (new, old),
        };
        Self {
            comparison,
            by,
            own,
            other,
            seen: HashSet::new(),
            looked_into: None,
            why: None,
        }
    }

    fn unread(mut self, reader: &Type, writer: &Type) -> Option<String> {
        if self.reads(reader, writer, 0) {
            return None;
        }
        Some(self.why.unwrap_or_default())
    }

    /// Whether a type of the reader's side reads all that a type of the other side is.
    fn reads(&mut self, reader: &Type, writer: &Type, depth: usize) -> bool {
        let (own, other) = (self.own, self.other);
        let (reader, writer) = (own.resolve(reader), other.resolve(writer));
        let next = depth + 1;
        if depth > DEEPEST {
            return true;
        }
        match (reader, writer) {
            (Type::Value, _) => true,
            (Type::Nullable(reader), Type::Nullable(writer))
            | (Type::Array(reader), Type::Array(writer))
            | (Type::Map(reader), Type::Map(writer)) => self.reads(reader, writer, next),
            (Type::Nullable(reader), _) => self.reads(reader, writer, next),
            // What is one type on both sides is compared where it is declared.
            (Type::Named(reader), Type::Named(writer)) if self.is_pair(*reader, *writer) => true,
            (Type::Named(reader), Type::Named(writer)) if !self.seen.insert((*reader, *writer)) => {
                true
            }
            (_, Type::Named(id)) if is_union(other, *id) => {
                let is_open = |id: &TypeId| self.by == Reader::OldProgram && is_union(own, *id);
                if matches!(reader, Type::Named(id) if is_open(id)) {
                    return true;
                }
                let Shape::Union(union) = &other.type_def(*id).shape else {
                    return false;
                };
                let mut variants = union.variants.iter();
                variants.all(|it| self.reads(reader, &it.ty, next))
            }
            (Type::Named(id), _) => self.named_reads(own.type_def(*id), writer, depth),
            (_, Type::Named(id)) => match &other.type_def(*id).shape {
                Shape::StringEnum(_) => kind(reader) == Some(JsonKind::String),
                Shape::IntegerEnum(_) => self.reads(reader, &Type::I64, next),
                Shape::Newtype(inner) | Shape::Alias(inner) => self.reads(reader, inner, next),
                Shape::Struct(written) => match reader {
                    Type::Map(values) => self.map_reads(values, written, next),
                    _ => false,
                },
                Shape::Union(_) => false,
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
    fn named_reads(&mut self, reader: &TypeDef, writer: &Type, depth: usize) -> bool {
        let is_old = self.by == Reader::OldProgram;
        let values = self.values_of(writer);
        let has = |known: Vec<Value>| match &values {
            Some(values) => values.iter().all(|value| known.contains(value)),
            None => false,
        };
        let next = depth + 1;
        match &reader.shape {
            Shape::Union(_) if is_old => true,
            Shape::Union(union) => {
                let mut variants = union.variants.iter();
                variants.any(|it| self.reads(&it.ty, writer, next))
            }
            Shape::StringEnum(_) if is_old => self.reads(&Type::String, writer, next),
            Shape::StringEnum(known) => {
                has(known.iter().map(|it| it.value.clone().into()).collect())
            }
            Shape::IntegerEnum(_) if is_old => self.reads(&Type::I64, writer, next),
            Shape::IntegerEnum(known) => has(known.iter().map(|it| it.value.into()).collect()),
            Shape::Newtype(inner) | Shape::Alias(inner) => self.reads(inner, writer, next),
            Shape::Struct(reader) => match writer {
                Type::Named(id) => match &self.other.type_def(*id).shape {
                    Shape::Struct(writer) => self.struct_reads(reader, writer, next),
                    Shape::Newtype(inner) => self.named_reads_inner(reader, inner, next),
                    _ => false,
                },
                Type::Map(_) => is_old && reader.fields.iter().all(|it| !it.required),
                _ => false,
            },
        }
    }

    fn named_reads_inner(&mut self, reader: &Struct, writer: &Type, depth: usize) -> bool {
        match self.other.resolve(writer) {
            Type::Named(id) if depth <= DEEPEST => match &self.other.type_def(*id).shape {
                Shape::Struct(writer) => self.struct_reads(reader, writer, depth + 1),
                Shape::Newtype(inner) => self.named_reads_inner(reader, inner, depth + 1),
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether a struct reads another one: by the names of the fields on the wire, whatever the structs are called.
    fn struct_reads(&mut self, reader: &Struct, writer: &Struct, depth: usize) -> bool {
        let is_old = self.by == Reader::OldProgram;
        // What goes the other way only is in nothing that is read.
        let goes = |field: &Field| match field.access {
            Access::Both => true,
            Access::ReadOnly => is_old,
            Access::WriteOnly => !is_old,
        };
        let written: HashMap<&str, &Field> = writer
            .fields
            .iter()
            .filter(|it| goes(it))
            .map(|it| (&*it.wire, it))
            .collect();
        let mut read = HashSet::new();
        for field in reader.fields.iter().filter(|it| goes(it)) {
            read.insert(&*field.wire);
            let Some(other) = written.get(&*field.wire) else {
                if field.required {
                    return self.because(field, "is missing");
                }
                continue;
            };
            if field.required && !other.required {
                return self.because(field, "may be missing");
            }
            if other.nullable && !field.nullable && (field.required || !is_old) {
                return self.because(field, "may be null");
            }
            if field.constant.is_some() && field.constant != other.constant {
                return self.because(field, "has another value");
            }
            if !self.reads(&field.ty, &other.ty, depth) {
                return self.because(field, "has another type");
            }
        }
        // A program ignores what it doesn't know, and a service may refuse it.
        let mut others = writer.fields.iter().filter(|it| goes(it));
        let unknown = others.find(|it| !read.contains(&*it.wire));
        match unknown {
            Some(field) if !is_old && reader.rest.is_none() => self.because(field, "is unknown"),
            _ => true,
        }
    }

    /// Notes why a field isn't read, unless a field inside it has said so.
    fn because(&mut self, field: &Field, why: &str) -> bool {
        let wire = &field.wire;
        self.why = Some(match self.why.take() {
            Some(inner) => format!("`{wire}`, {inner}"),
            None => format!("`{wire}` {why}"),
        });
        false
    }

    /// Whether a map reads a struct: all its fields have the type of the values.
    fn map_reads(&mut self, values: &Type, writer: &Struct, depth: usize) -> bool {
        let mut fields = writer.fields.iter();
        fields.all(|it| self.reads(values, &it.ty, depth))
    }

    /// The values of an enum of the writer's side.
    fn values_of(&self, writer: &Type) -> Option<Vec<Value>> {
        let Type::Named(id) = self.other.resolve(writer) else {
            return None;
        };
        match &self.other.type_def(*id).shape {
            Shape::StringEnum(values) => {
                Some(values.iter().map(|it| it.value.clone().into()).collect())
            }
            Shape::IntegerEnum(values) => Some(values.iter().map(|it| it.value.into()).collect()),
            _ => None,
        }
    }

    fn is_pair(&self, reader: TypeId, writer: TypeId) -> bool {
        let (old, new) = match self.by {
            Reader::OldProgram => (reader, writer),
            Reader::NewService => (writer, reader),
        };
        self.looked_into != Some((old, new)) && self.comparison.types.get(&old) == Some(&new)
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
