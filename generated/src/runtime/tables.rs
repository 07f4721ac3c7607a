//! How the types of an API are read from JSON and written to it.
//!
//! An emitted crate declares its types in plain Rust. How they are serialized is in
//! a private module with a table for each, a line a field, value or variant:
//!
//! ```text
//! tables::object!(Pet {
//!     name,
//!     kind? = "type",
//!     died_at?,
//!     ..additional_properties
//! });
//! tables::string_enum!(Mood {
//!     Happy = "happy",
//!     Sad = "sad",
//! });
//! ```
//!
//! A table implements for a type of the module `types`, whatever its module is called, what
//! decoding and encoding need of it, `Deserialize` and `Serialize`, and what enums are compared with; an
//! enum also gets the methods that all enums have. A derive would not be shorter, and compiles several
//! times slower; see `decode` for why.
//!
//! Conversions by `From` stand below a table, written out: the compiler lists them where an argument has
//! a wrong type, and would quote the macro.

#![allow(
    unused_imports,
    unused_macros,
    reason = "only an API has types to make tables of"
)]

mod enums;
mod objects;

use std::collections::BTreeMap;

pub(crate) use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub(crate) use self::enums::{integer_enum, string_enum};
pub(crate) use self::objects::{newtype, object};
pub(crate) use super::argument::Scalar;
pub(crate) use super::decode::{self, Decode, Fault, Field, Hint, Input, Kind, Literal, blank, defaults};
pub(crate) use super::encode;
pub(crate) use super::open_enum::{OpenEnum, OpenInteger};

/// A map of whatever gives its entries: an array of pairs, or another kind of map.
pub fn entries<V>(
    entries: impl IntoIterator<Item = (impl Into<String>, impl Into<V>)>,
) -> BTreeMap<String, V> {
    let entries = entries.into_iter();
    entries
        .map(|(key, value)| (key.into(), value.into()))
        .collect()
}

/// Implements `Deserialize` for a type that has a table.
macro_rules! deserialize {
    ($type:ident) => {
        impl<'de> tables::Deserialize<'de> for types::$type {
            fn deserialize<D: tables::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                tables::decode::read(deserializer, types::READING)
            }
        }
    };
}

pub(crate) use deserialize;

/// Says that a panic leaves no value of a type half changed: it holds data and nothing else.
///
/// The compiler would find that out by itself, by way of all types that this one reaches: in a large
/// API these are more, one within another, than it follows (E0275).
macro_rules! unwind_safe {
    ($type:ident) => {
        impl ::std::panic::RefUnwindSafe for types::$type {}

        impl ::std::panic::UnwindSafe for types::$type {}
    };
}

pub(crate) use unwind_safe;
