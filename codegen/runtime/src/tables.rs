//! Tables of the API's types: what they are, what they are called on the wire, and all that follows
//! from that.
//!
//! Emitted code declares each type in one of them, as Rust would have it, a line a field or value:
//!
//! ```text
//! tables::object! {
//!     /// A pet.
//!     pub struct Pet {
//!         pub name: String,
//!         pub kind: Option<Kind> = "type",
//!         pub died_at: Option<DateTime> = required,
//!         ..unknown_fields: BTreeMap<String, Value>
//!     }
//!     new(name: impl Into<String>, died_at: Option<DateTime>)
//!     set(kind: impl Into<Kind>)
//! }
//! tables::text_enum! {
//!     /// How a pet does.
//!     pub enum Mood {
//!         Happy = "happy",
//!         Sad = "sad",
//!     }
//! }
//! ```
//!
//! What a table stands for is the same for every type: the traits that it has, how it is read and
//! written, how it is made, and for enums the conversions from and to what stands on the wire. A
//! derive would be no shorter, and compiles several times slower; see `decode` for why.

#![allow(
    unused_imports,
    unused_macros,
    reason = "only an API has types to make tables of"
)]

mod enums;
mod given;
mod objects;

pub(crate) use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub(crate) use self::enums::{integer_enum, text_enum};
pub(crate) use self::given::given;
pub(crate) use self::objects::{newtype, object};
pub(crate) use super::argument::Scalar;
pub(crate) use super::decode::{
    self, Decode, Fault, Field, Hint, Input, Kind, Literal, blank, start,
};
pub(crate) use super::encode;
pub(crate) use super::open_enum::{OpenEnum, OpenInteger};

/// Reads a type of a table, whatever its kind.
macro_rules! deserialize {
    ($type:ident) => {
        impl<'de> tables::Deserialize<'de> for $type {
            fn deserialize<D: tables::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                tables::decode::read(deserializer, crate::types::READING)
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
        impl ::std::panic::RefUnwindSafe for $type {}

        impl ::std::panic::UnwindSafe for $type {}
    };
}

pub(crate) use unwind_safe;
