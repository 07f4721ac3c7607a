//! What a place expects.

use std::fmt;

use serde::de::Expected;

/// What a place expects, for the reader and for messages.
#[derive(Clone, Copy, Debug)]
pub struct Hint {
    pub(crate) kind: Kind,
    /// Whether `null` is decoded as a missing value.
    pub(crate) is_optional: bool,
    /// The type's name, for messages.
    pub(crate) name: &'static str,
    /// The fields, in the order of the schema, which is the most likely order in JSON.
    pub(crate) fields: &'static [Field],
    /// The required fields.
    pub(super) required: Required,
}

/// Types of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any JSON.
    Json,
    /// Any JSON object.
    JsonObject,
    /// A value of a union: its type is chosen by its parts before they are decoded.
    Parts,
    /// The same for a union of which a type keeps the digits of numbers.
    ExactParts,
    Boolean,
    /// An integer of up to 64 bits.
    Int,
    /// An unsigned integer of up to 64 bits.
    UInt,
    /// An integer of up to 128 bits.
    Int128,
    F64,
    /// A float of 32 bits.
    F32,
    /// A number, as its digits.
    Digits,
    String,
    /// A string, or any other JSON in its place.
    StringOrJson,
    Array,
    Map,
    /// An object with known fields.
    Object,
}

/// A field: its name in JSON, and whether it is required.
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Field {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    /// The value that constructors set.
    pub(super) constant: Option<Constant>,
}

/// The only value of a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Constant {
    String(&'static str),
    Boolean(bool),
    Integer(i64),
    Float(f64),
}

/// A literal in a table, whose type decides which `Constant` it is.
pub struct Literal<T>(pub T);

impl Literal<&'static str> {
    pub const fn constant(self) -> Constant {
        Constant::String(self.0)
    }
}

impl Literal<bool> {
    pub const fn constant(self) -> Constant {
        Constant::Boolean(self.0)
    }
}

impl Literal<i64> {
    pub const fn constant(self) -> Constant {
        Constant::Integer(self.0)
    }
}

impl Literal<f64> {
    pub const fn constant(self) -> Constant {
        Constant::Float(self.0)
    }
}

/// Used by tables.
impl Field {
    /// A field that must be there, and is serialized as it is called.
    pub const fn required(name: &'static str) -> Self {
        Self {
            name,
            required: true,
            constant: None,
        }
    }

    /// A field that may be left out.
    pub const fn optional(self) -> Self {
        Self {
            required: false,
            ..self
        }
    }

    /// A field that is serialized as something else than it is called.
    pub const fn serialized_as(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    /// A field that always has the same value; its type takes any of that kind.
    pub const fn always(self, constant: Constant) -> Self {
        Self {
            constant: Some(constant),
            ..self
        }
    }
}

/// The required fields: one bit each for the first 64, and whether any other one is required.
#[derive(Clone, Copy, Debug)]
pub(super) struct Required {
    pub(super) first: u64,
    pub(super) beyond: bool,
}

impl Required {
    const fn of(fields: &[Field]) -> Self {
        let mut required = Self {
            first: 0,
            beyond: false,
        };
        let mut at = 0;
        while at < fields.len() {
            if fields[at].required && at < 64 {
                required.first |= 1 << at;
            } else if fields[at].required {
                required.beyond = true;
            }
            at += 1;
        }
        required
    }
}

impl Hint {
    /// A value of this type; `name` is its Rust type.
    pub const fn of(kind: Kind, name: &'static str) -> Self {
        Self {
            kind,
            is_optional: false,
            name,
            fields: &[],
            required: Required::of(&[]),
        }
    }

    /// An object with these fields.
    pub const fn object(name: &'static str, fields: &'static [Field]) -> Self {
        Self {
            fields,
            required: Required::of(fields),
            ..Self::of(Kind::Object, name)
        }
    }

    /// The same, with `null` as a missing value.
    pub(super) const fn or_nothing(self) -> Self {
        Self {
            is_optional: true,
            ..self
        }
    }
}

/// Formats what is expected.
impl Expected for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name;
        match self.kind {
            Kind::Json => f.write_str("any JSON value"),
            Kind::Parts | Kind::ExactParts => write!(f, "a value of {name}"),
            Kind::Boolean => f.write_str("a boolean"),
            Kind::Int if name.starts_with(char::is_uppercase) => {
                write!(f, "a 64-bit integer ({name})")
            }
            Kind::Int | Kind::UInt | Kind::Int128 | Kind::F64 | Kind::F32 => f.write_str(name),
            Kind::Digits => write!(f, "a number ({name})"),
            Kind::String if name.is_empty() => f.write_str("a string"),
            Kind::String | Kind::StringOrJson => write!(f, "a string ({name})"),
            Kind::Array => f.write_str("an array"),
            Kind::Map | Kind::JsonObject => f.write_str("an object"),
            Kind::Object => write!(f, "an object ({name})"),
        }
    }
}
