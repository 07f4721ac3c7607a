//! Values of one of several types (`oneOf` and `anyOf`).
//!
//! Emitted code has one table a union, a line a variant, each with its discriminant:
//!
//! ```text
//! union::union!(Shape by "kind" {
//!     Name(String): string,
//!     Circle(types::Circle): tag "circle" | "disc",
//!     Polygon(types::Polygon): adding "polygon",
//! });
//! ```
//!
//! | word | the variant takes |
//! |---|---|
//! | `string`, `text`, `boolean`, `integer`, `number`, `decimal`, `array`, `object` | this kind of JSON; `text` is a string with a type of its own, `decimal` a number that keeps its digits |
//! | `tag` | an object whose discriminator, the property that `by` names, has one of these values |
//! | `adding` | the same, for a type that may leave the discriminator out: it is written beside its own fields |
//! | `sharing` | the same as `adding`, for a type that other variants have too |
//! | `fields`, `open` | an object with its required fields; `open` keeps additional properties |
//! | `nested` | whatever that other union takes |
//!
//! An object is taken by its discriminator, else by the variant whose fields name most of its members.
//! Behind `else` is the variant of all objects whose discriminator names none, or is missing.
//! What no variant takes is kept as it is, in `UnknownValue`. `..any` behind the last line says that
//! any other JSON is fine too, so that there is no wrong object.
//!
//! Until the variant is known, an array or object is kept as the texts of its parts. They are parts of
//! the whole text where that is in memory, so nothing is copied, and every number comes back to the
//! last digit.

#![allow(
    unused_imports,
    unused_macros,
    reason = "they are for tables, and an API may have no unions"
)]

mod choose;
mod fit;
mod tagged;

pub(crate) use serde::{Deserialize, Deserializer, Serialize, Serializer};
pub(crate) use serde_json::{Error, Value};

pub(crate) use self::choose::{Discriminant, Fields, Table, Variant, first, is_any};
pub(crate) use self::tagged::tagged;
pub(crate) use super::decode::{self, Decode, Fault, Hint, Input, Kind, Source, tally};
pub(crate) use super::encode;
use super::reading::Reading;

/// A type that is one of several.
pub trait Union: Decode {
    /// The variants, and their discriminants.
    const TABLE: &'static Table;

    /// Keeps a value that no variant takes.
    fn unknown(value: Value) -> Self;

    /// Reads a value as the variant at this position of the table.
    fn read(variant: usize, source: Source<'_>) -> Result<Self, Error>;
}

/// Takes a value of one of several types: what `put` does for it.
pub fn put<U: Union>(slot: &mut U, found: Input<'_>) -> Result<(), Fault> {
    let (source, is_item) = found.parts(U::HINT)?;
    let value = choose::Found {
        source,
        is_item,
        hint: U::HINT,
    };
    let mut keep = |value| *slot = value;
    let chosen = choose::choose(U::TABLE, &value, &mut |at| {
        U::read(at, source).map(&mut keep)
    });
    if chosen.map_err(Fault::message)? {
        return Ok(());
    }
    let value = Value::deserialize(source).map_err(|error| Fault::message(error.to_string()))?;
    tally::unknown();
    keep(U::unknown(value));
    Ok(())
}

/// Reads a value as the variant that `made` makes of it.
pub fn variant<T: Decode, U>(source: Source<'_>, made: fn(T) -> U) -> Result<U, Error> {
    decode::read_within(source).map(made)
}

/// What a string becomes that a program gives for a union which has an enum of strings: the variant
/// that decoding would choose.
pub fn from_string<U: Union>(text: String) -> U {
    let value = Value::String(text);
    decode::read(&value, Reading::Lenient).unwrap_or_else(|_| U::unknown(value))
}

/// The table of a union; see the top of this module.
macro_rules! union {
    (@write adding $value:ident $serializer:ident $tag:literal $(| $more:literal)*) => {
        union::tagged($value, <Self as union::Union>::TABLE, &$tag, $serializer)
    };
    (@write sharing $value:ident $serializer:ident $tag:literal) => {
        union::tagged($value, <Self as union::Union>::TABLE, &$tag, $serializer)
    };
    (@write number $value:ident $serializer:ident) => {
        union::encode::finite($value, $serializer)
    };
    (@write array $value:ident $serializer:ident) => {
        union::encode::finite($value, $serializer)
    };
    (@write object $value:ident $serializer:ident) => {
        union::encode::finite($value, $serializer)
    };
    (@write $discriminant:ident $value:ident $serializer:ident $($tag:literal)|*) => {
        union::Serialize::serialize($value, $serializer)
    };

    (
        $type:ident $(by $tag:literal)? $(else $other:ident)? {
            $($variant:ident($ty:ty): $discriminant:ident $($value:literal)|*),*
            $(,)?
            $(..$any:ident)?
        }
    ) => {
        impl union::Union for types::$type {
            const TABLE: &'static union::Table = &union::Table {
                name: stringify!($type),
                tag: union::first(&[$($tag)?]),
                variants: &[$(union::Variant {
                    name: stringify!($variant),
                    discriminant: union::Discriminant::$discriminant::<$ty>(&[$(concat!($value)),*]),
                }),*],
                any: union::is_any(&[$(stringify!($any))?]),
                other: union::first(&[$(stringify!($other))?]),
            };

            fn unknown(value: union::Value) -> Self {
                Self::UnknownValue(value)
            }

            fn read(
                variant: usize,
                source: union::Source<'_>,
            ) -> ::std::result::Result<Self, union::Error> {
                #[allow(
                    non_camel_case_types,
                    dead_code,
                    clippy::enum_variant_names,
                    reason = "they are the union's own"
                )]
                enum _At { $($variant),* }
                $(if variant == _At::$variant as usize {
                    return union::variant(source, Self::$variant);
                })*
                union::variant(source, Self::UnknownValue)
            }
        }

        impl union::Decode for types::$type {
            const HINT: &'static union::Hint =
                &union::Hint::of(<Self as union::Union>::TABLE.kind(), stringify!($type));

            fn blank() -> Self {
                Self::UnknownValue(union::Value::Null)
            }

            fn put(&mut self, found: union::Input<'_>) -> ::std::result::Result<(), union::Fault> {
                union::put(self, found)
            }
        }

        impl<'de> union::Deserialize<'de> for types::$type {
            fn deserialize<D: union::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                union::decode::read(deserializer, types::READING)
            }
        }

        // Said outright, as for the other types of an API: see `unwind_safe` of the tables.
        impl ::std::panic::RefUnwindSafe for types::$type {}

        impl ::std::panic::UnwindSafe for types::$type {}

        impl union::Serialize for types::$type {
            fn serialize<S: union::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => union::union!(@write $discriminant value serializer $($value)|*),)*
                    Self::UnknownValue(value) => union::Serialize::serialize(value, serializer),
                }
            }
        }
    };
}

pub(crate) use union;
