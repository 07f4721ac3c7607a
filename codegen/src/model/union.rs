//! Unions: values of one of several types.

use std::collections::HashSet;

use serde_json::Value;

use crate::names::Ident;

use super::{Api, Docs, Shape, Type, TypeId};

/// A `oneOf` or `anyOf`: a value of one of several types.
#[derive(Clone, Debug, Default)]
pub struct Union {
    /// `propertyName` of the Discriminator Object, or a property whose constants discriminate the variants.
    pub tag: Option<String>,
    /// The variants, in the order of the description.
    pub variants: Vec<UnionVariant>,
    /// Whether any other JSON value is allowed, too.
    pub any: bool,
    /// Whether a value may be of several of the types at once (`anyOf`).
    pub overlapping: bool,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// Its name.
    pub name: Ident,
    /// How a value of this variant is recognised.
    pub discriminant: Discriminant,
    /// Its type.
    pub ty: Type,
    /// Whether it has to be boxed, being part of a cycle.
    pub boxed: bool,
    /// `defaultMapping`: whether it takes the objects whose tag is missing, or is none of the union's.
    pub takes_others: bool,
    /// Documentation.
    pub docs: Docs,
}

/// How a value of a variant is recognised.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Discriminant {
    /// The kind of the JSON value.
    Kind(JsonKind),
    /// The value of the union's tag, in an object.
    Tag {
        /// The values of this variant, at least one: strings, integers or booleans.
        values: Vec<Value>,
        /// Who writes the tag.
        written: TagWriter,
    },
    /// The fields, in an object; `open` if it keeps members that it has no field for.
    Fields {
        /// Whether it keeps members that it has no field for.
        open: bool,
    },
    /// A union inside the union: its own variants decide.
    Nested,
}

/// Who writes the tag of a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TagWriter {
    /// The variant's type, which has a required field for it.
    Type,
    /// The union, where the type doesn't.
    Union,
    /// The union, for a type that other variants have too.
    UnionOfSame,
}

/// Kinds of JSON values that a decoder distinguishes at the first byte (RFC 8259 section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JsonKind {
    /// A string.
    String,
    /// An integer.
    Integer,
    /// Any number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl JsonKind {
    /// The kind of a value; `null` has none.
    pub fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Null => None,
            Value::Bool(_) => Some(Self::Boolean),
            Value::Number(number) if number.is_f64() => Some(Self::Number),
            Value::Number(_) => Some(Self::Integer),
            Value::String(_) => Some(Self::String),
            Value::Array(_) => Some(Self::Array),
            Value::Object(_) => Some(Self::Object),
        }
    }
}

impl Union {
    /// The variant that takes a value, as far as can be said without decoding it.
    pub fn variant_of(&self, api: &Api, value: &Value) -> Option<&UnionVariant> {
        self.variant_among(api, value, &mut HashSet::new())
    }

    /// The same. Unions can be in each other, by many ways and in circles, so each is looked at once.
    fn variant_among(
        &self,
        api: &Api,
        value: &Value,
        seen: &mut HashSet<TypeId>,
    ) -> Option<&UnionVariant> {
        let kind = JsonKind::of(value)?;
        let tag = self.tag.as_ref().and_then(|tag| value.get(tag));
        let tagged = self
            .variants
            .iter()
            .find(|variant| match &variant.discriminant {
                Discriminant::Tag { values, .. } => tag.is_some_and(|tag| values.contains(tag)),
                _ => false,
            });
        let mut fit = |variant: &UnionVariant| match &variant.discriminant {
            Discriminant::Kind(JsonKind::Number) if kind == JsonKind::Integer => Some(0),
            Discriminant::Kind(own) => (*own == kind).then_some(0),
            Discriminant::Tag { .. } => None,
            Discriminant::Fields { .. } => named_members(api, &variant.ty, value),
            Discriminant::Nested => match api.resolve(&variant.ty) {
                Type::Named(id) => match &api.type_def(*id).shape {
                    Shape::Union(inner) if seen.insert(*id) => {
                        inner.variant_among(api, value, seen).map(|_| 0)
                    }
                    _ => None,
                },
                _ => None,
            },
        };
        let others = self.variants.iter().find(|it| it.takes_others);
        tagged
            .or(others.filter(|_| kind == JsonKind::Object))
            .or_else(|| {
                let mut best: Option<(usize, &UnionVariant)> = None;
                for variant in &self.variants {
                    let named = fit(variant);
                    if let Some(named) =
                        named.filter(|named| best.is_none_or(|(most, _)| *named > most))
                    {
                        best = Some((named, variant));
                    }
                }
                best.map(|(_, variant)| variant)
            })
    }
}

/// How many members of an object a struct has fields for, if all its required ones are there.
fn named_members(api: &Api, ty: &Type, value: &Value) -> Option<usize> {
    let (Type::Named(id), Value::Object(members)) = (api.resolve(ty), value) else {
        return None;
    };
    let Shape::Struct(shape) = &api.type_def(*id).shape else {
        return None;
    };
    let has = |wire: &String| members.contains_key(wire);
    let complete = shape.fields.iter().all(|it| !it.required || has(&it.wire));
    complete.then(|| shape.fields.iter().filter(|it| has(&it.wire)).count())
}
