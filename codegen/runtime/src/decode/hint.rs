//! What a place takes.

use std::fmt;

use serde::de::Expected;

/// What a place takes: the reader goes by it, and messages tell it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hint {
    pub(crate) kind: Kind,
    /// Whether there may be nothing, as which `null` is read.
    pub(crate) is_optional: bool,
    /// The type's name, for messages.
    pub(crate) name: &'static str,
    /// The fields, in the order of the schema, which is the order in which a server most likely
    /// sends them.
    pub(crate) fields: &'static [Field],
    /// Those that must be there.
    pub(super) required: Required,
}

/// Kinds of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Any JSON, as a value that holds any.
    Json,
    /// Any object, as a map that holds any.
    JsonObject,
    /// A value of one of several types: which one it is, is seen from its parts before any is read.
    Parts,
    /// The same, where one of the types keeps the digits of numbers.
    ExactParts,
    Boolean,
    /// A whole number.
    Whole,
    /// A whole number from 0 on, perhaps one that has no room among the signed ones of 64 bits.
    Natural,
    /// A whole number that may have more than 64 bits.
    Wide,
    Float,
    /// A float of 32 bits.
    Single,
    /// A number, as its digits.
    Digits,
    Text,
    /// A text, in whose place any other JSON is kept.
    TextOrJson,
    List,
    Map,
    /// An object with known fields.
    Object,
}

/// A field: its name on the wire, and whether it must be there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    /// The value that constructors give it.
    pub(super) constant: Option<Constant>,
}

/// The one value that a field can have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Constant {
    Text(&'static str),
    Boolean(bool),
    Integer(i64),
    Float(f64),
}

/// A value as a table has it, of a type that tells which of the [`Constant`]s it is.
pub(crate) struct Literal<T>(pub(crate) T);

impl Literal<&'static str> {
    pub(crate) const fn constant(self) -> Constant {
        Constant::Text(self.0)
    }
}

impl Literal<bool> {
    pub(crate) const fn constant(self) -> Constant {
        Constant::Boolean(self.0)
    }
}

impl Literal<i64> {
    pub(crate) const fn constant(self) -> Constant {
        Constant::Integer(self.0)
    }
}

impl Literal<f64> {
    pub(crate) const fn constant(self) -> Constant {
        Constant::Float(self.0)
    }
}

/// What tables say of fields.
impl Field {
    /// A field that must be there, and is serialized as it is called.
    pub(crate) const fn required(name: &'static str) -> Self {
        Self {
            name,
            required: true,
            constant: None,
        }
    }

    /// A field that may be left out.
    pub(crate) const fn optional(self) -> Self {
        Self {
            required: false,
            ..self
        }
    }

    /// A field that is serialized as something else than it is called.
    pub(crate) const fn serialized_as(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    /// A field that always has the same value; its type takes any of that kind.
    pub(crate) const fn always(self, constant: Constant) -> Self {
        Self {
            constant: Some(constant),
            ..self
        }
    }
}

/// Which fields must be there: one bit each for the first 64, and whether any of the others must.
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
    /// A value of this kind; `name` is its type's.
    pub(crate) const fn of(kind: Kind, name: &'static str) -> Self {
        Self {
            kind,
            is_optional: false,
            name,
            fields: &[],
            required: Required::of(&[]),
        }
    }

    /// An object with these fields.
    pub(crate) const fn object(name: &'static str, fields: &'static [Field]) -> Self {
        Self {
            fields,
            required: Required::of(fields),
            ..Self::of(Kind::Object, name)
        }
    }

    /// This, or `null` for nothing.
    pub(super) const fn or_nothing(self) -> Self {
        Self {
            is_optional: true,
            ..self
        }
    }
}

/// Says what is wanted, behind "expected".
impl Expected for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name;
        match self.kind {
            Kind::Json => f.write_str("any JSON value"),
            Kind::Parts | Kind::ExactParts => write!(f, "a value of {name}"),
            Kind::JsonObject => f.write_str("a map"),
            Kind::Boolean => f.write_str("a boolean"),
            Kind::Whole if name.starts_with(char::is_uppercase) => {
                write!(f, "an integer of 64 bits ({name})")
            }
            Kind::Whole | Kind::Natural | Kind::Wide | Kind::Float | Kind::Single => {
                f.write_str(name)
            }
            Kind::Digits => write!(f, "a number ({name})"),
            Kind::Text if name.is_empty() => f.write_str("a string"),
            Kind::Text | Kind::TextOrJson => write!(f, "a string ({name})"),
            Kind::List => f.write_str("an array"),
            Kind::Map => f.write_str("an object"),
            Kind::Object => write!(f, "an object ({name})"),
        }
    }
}
