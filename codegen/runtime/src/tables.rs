//! Tables of what the API's types are called on the wire, and all that follows from them.
//!
//! Emitted code has one table a type, a line a field or value:
//!
//! ```text
//! tables::object!(types::Pet {
//!     required name: "name",
//!     optional tag: "tag",
//!     ..unknown_fields
//! });
//! tables::text_enum!(types::Mood { Happy: "happy", Sad: "sad" });
//! ```
//!
//! What a table stands for is the same for every type: how it is read, how it is written, and for
//! enums the conversions from and to what stands on the wire. A derive would be no shorter, and
//! compiles several times slower; see `decode` for why.

#![allow(
    unused_imports,
    unused_macros,
    reason = "only an API has types to make tables of"
)]

pub(crate) use serde::de::MapAccess;
pub(crate) use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub(crate) use super::argument::Scalar;
pub(crate) use super::decode::{self, Decode, Field, Object, blank};
pub(crate) use super::encode;
pub(crate) use super::open_enum::{OpenEnum, OpenInteger};

/// A struct that is a JSON object.
///
/// Each field is `required` (a key that is always there), `optional` (an `Option`, left out where it
/// is none), or `any` (an `Option` of any JSON, where `null` is a value). `..rest` is the map of
/// members that are not named.
macro_rules! object {
    (types::$type:ident { $($need:ident $field:ident: $wire:literal),* $(,)? $(..$rest:ident)? }) => {
        impl tables::Decode for types::$type {
            fn blank() -> Self {
                Self {
                    $($field: tables::decode::blank(),)*
                    $($rest: tables::decode::blank(),)?
                }
            }

            fn fill<'de, D: tables::Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
                tables::decode::object(self, deserializer)
            }
        }

        impl tables::Object for types::$type {
            const NAME: &'static str = stringify!($type);
            const FIELDS: &'static [tables::Field] = &[$(tables::Field::$need($wire)),*];

            #[allow(unused_variables, reason = "there may be no fields")]
            fn put<'de, A: tables::MapAccess<'de>>(
                &mut self,
                field: usize,
                map: &mut A,
            ) -> Result<(), A::Error> {
                #[allow(non_camel_case_types, dead_code, reason = "they are names of fields")]
                enum At { $($field),* }
                $(if field == At::$field as usize {
                    return tables::decode::$need(&mut self.$field, map);
                })*
                Ok(())
            }

            $(
                const OPEN: bool = true;

                fn extra<'de, A: tables::MapAccess<'de>>(
                    &mut self,
                    key: String,
                    map: &mut A,
                ) -> Result<(), A::Error> {
                    tables::decode::entry(&mut self.$rest, key, map)
                }
            )?
        }

        impl<'de> tables::Deserialize<'de> for types::$type {
            fn deserialize<D: tables::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                tables::decode::read(deserializer)
            }
        }

        impl tables::Serialize for types::$type {
            fn serialize<S: tables::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                #[allow(unused_mut, reason = "there may be no fields")]
                let mut object = tables::encode::Object::new(serializer)?;
                $(object.$need($wire, &self.$field)?;)*
                $(object.extra(<Self as tables::Object>::FIELDS, &self.$rest)?;)?
                object.end()
            }
        }
    };
}

/// A struct around one value, which stands on the wire as that value does.
macro_rules! newtype {
    (types::$type:ident($inner:ty)) => {
        impl From<$inner> for types::$type {
            fn from(inner: $inner) -> Self {
                Self(inner)
            }
        }

        impl tables::Decode for types::$type {
            fn blank() -> Self {
                Self(tables::decode::blank())
            }

            fn fill<'de, D: tables::Deserializer<'de>>(
                &mut self,
                deserializer: D,
            ) -> Result<(), D::Error> {
                tables::Decode::fill(&mut self.0, deserializer)
            }
        }

        impl<'de> tables::Deserialize<'de> for types::$type {
            fn deserialize<D: tables::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                tables::decode::read(deserializer)
            }
        }

        impl tables::Serialize for types::$type {
            fn serialize<S: tables::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                tables::Serialize::serialize(&self.0, serializer)
            }
        }
    };
}

/// An enum of texts, whose last variant, `UnknownValue`, keeps any other text.
macro_rules! text_enum {
    (types::$type:ident { $($variant:ident: $wire:literal),* $(,)? }) => {
        impl types::$type {
            /// All values that this version of the crate knows.
            pub const VALUES: &'static [Self] = &[$(Self::$variant),*];

            /// The value as it goes over the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::UnknownValue(value) => value,
                }
            }
        }

        impl From<&str> for types::$type {
            fn from(value: &str) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    unknown => Self::UnknownValue(unknown.to_owned()),
                }
            }
        }

        impl From<String> for types::$type {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl std::fmt::Display for types::$type {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl tables::OpenEnum for types::$type {
            const NAME: &'static str = stringify!($type);

            fn as_str(&self) -> &str {
                self.as_str()
            }
        }

        impl tables::Decode for types::$type {
            fn blank() -> Self {
                Self::UnknownValue(String::new())
            }

            fn fill<'de, D: tables::Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
                tables::decode::text(self, deserializer)
            }
        }

        impl<'de> tables::Deserialize<'de> for types::$type {
            fn deserialize<D: tables::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                tables::decode::read(deserializer)
            }
        }

        impl tables::Serialize for types::$type {
            fn serialize<S: tables::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

/// An enum of whole numbers, whose last variant, `UnknownValue`, keeps any other number.
macro_rules! integer_enum {
    (types::$type:ident { $($variant:ident: $wire:literal),* $(,)? }) => {
        impl types::$type {
            /// All numbers that this version of the crate knows.
            pub const VALUES: &'static [Self] = &[$(Self::$variant),*];

            /// The number as it goes over the wire.
            #[must_use]
            pub fn value(self) -> i64 {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::UnknownValue(value) => value,
                }
            }
        }

        impl From<i64> for types::$type {
            fn from(value: i64) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    unknown => Self::UnknownValue(unknown),
                }
            }
        }

        impl std::fmt::Display for types::$type {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&(*self).value(), formatter)
            }
        }

        impl tables::Scalar for types::$type {
            fn into_text(self) -> String {
                self.value().to_string()
            }
        }

        impl tables::OpenInteger for types::$type {
            const NAME: &'static str = stringify!($type);
        }

        impl tables::Decode for types::$type {
            fn blank() -> Self {
                Self::UnknownValue(0)
            }

            fn fill<'de, D: tables::Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
                tables::decode::integer(self, deserializer)
            }
        }

        impl<'de> tables::Deserialize<'de> for types::$type {
            fn deserialize<D: tables::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                tables::decode::read(deserializer)
            }
        }

        impl tables::Serialize for types::$type {
            fn serialize<S: tables::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64((*self).value())
            }
        }
    };
}

/// Setters for fields that are none unless they are set: the argument, and what it becomes.
macro_rules! setters {
    ($type:ident { $($field:ident: $argument:ty => $value:expr),* $(,)? }) => {
        impl $type {
            $(
                #[doc = concat!("Sets [`", stringify!($field), "`](Self::", stringify!($field), ").")]
                #[must_use]
                pub fn $field(mut self, $field: $argument) -> Self {
                    self.$field = ::std::option::Option::Some($value);
                    self
                }
            )*
        }
    };
}

pub(crate) use {integer_enum, newtype, object, setters, text_enum};
