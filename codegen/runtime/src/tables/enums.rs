//! Open enums.

/// The table of an enum of strings, whose last variant, `UnknownValue`, keeps any other string.
#[doc(hidden)]
#[macro_export]
macro_rules! string_enum {
    ($type:ident { $($variant:ident = $wire:literal),* $(,)? }) => {
        impl types::$type {
            /// All values that this version of the crate knows.
            pub const VALUES: &'static [Self] = <Self as tables::OpenEnum>::VALUES;

            /// The value as it is serialized.
            #[must_use]
            pub fn as_str(&self) -> &str {
                tables::OpenEnum::as_str(self)
            }
        }

        impl tables::OpenEnum for types::$type {
            const VALUES: &'static [Self] = &[$(Self::$variant),*];

            fn parse(value: &str) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    unknown => Self::UnknownValue(::std::string::String::from(unknown)),
                }
            }

            fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::UnknownValue(value) => value,
                }
            }

            fn is_unknown(&self) -> bool {
                ::std::matches!(self, Self::UnknownValue(_))
            }
        }

        impl ::std::str::FromStr for types::$type {
            type Err = ::std::convert::Infallible;

            // Not `Self::Err`: a variant may be called so.
            fn from_str(
                value: &str,
            ) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                ::std::result::Result::Ok(tables::OpenEnum::parse(value))
            }
        }

        impl ::std::convert::AsRef<str> for types::$type {
            fn as_ref(&self) -> &str {
                tables::OpenEnum::as_str(self)
            }
        }

        impl ::std::cmp::PartialEq<str> for types::$type {
            fn eq(&self, other: &str) -> bool {
                tables::OpenEnum::as_str(self) == other
            }
        }

        impl ::std::cmp::PartialEq<&str> for types::$type {
            fn eq(&self, other: &&str) -> bool {
                tables::OpenEnum::as_str(self) == *other
            }
        }

        impl ::std::fmt::Display for types::$type {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.pad(tables::OpenEnum::as_str(self))
            }
        }

        impl tables::Decode for types::$type {
            const HINT: &'static tables::Hint =
                &tables::Hint::of(tables::Kind::String, stringify!($type));

            fn blank() -> Self {
                Self::UnknownValue(::std::string::String::new())
            }

            fn put(&mut self, found: tables::Input<'_>) -> ::std::result::Result<(), tables::Fault> {
                tables::decode::string(self, found)
            }
        }

        tables::deserialize!($type);

        impl tables::Serialize for types::$type {
            fn serialize<S: tables::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(tables::OpenEnum::as_str(self))
            }
        }
    };
}

/// The table of an enum of integers, whose last variant, `UnknownValue`, keeps any other integer.
#[doc(hidden)]
#[macro_export]
macro_rules! integer_enum {
    ($type:ident { $($variant:ident = $wire:literal),* $(,)? }) => {
        impl types::$type {
            /// All values that this version of the crate knows.
            pub const VALUES: &'static [Self] = <Self as tables::OpenInteger>::VALUES;

            /// The value as it is serialized.
            #[must_use]
            pub fn value(self) -> i64 {
                tables::OpenInteger::value(self)
            }
        }

        impl tables::OpenInteger for types::$type {
            const VALUES: &'static [Self] = &[$(Self::$variant),*];

            fn parse(value: i64) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    unknown => Self::UnknownValue(unknown),
                }
            }

            fn value(self) -> i64 {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::UnknownValue(value) => value,
                }
            }

            fn is_unknown(self) -> bool {
                ::std::matches!(self, Self::UnknownValue(_))
            }
        }

        impl ::std::fmt::Display for types::$type {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&tables::OpenInteger::value(*self), formatter)
            }
        }

        impl tables::Scalar for types::$type {
            fn into_text(self) -> ::std::string::String {
                ::std::string::ToString::to_string(&tables::OpenInteger::value(self))
            }
        }

        impl tables::Decode for types::$type {
            const HINT: &'static tables::Hint =
                &tables::Hint::of(tables::Kind::Int, stringify!($type));

            fn blank() -> Self {
                Self::UnknownValue(0)
            }

            fn put(&mut self, found: tables::Input<'_>) -> ::std::result::Result<(), tables::Fault> {
                tables::decode::integer(self, found)
            }
        }

        tables::deserialize!($type);

        impl tables::Serialize for types::$type {
            fn serialize<S: tables::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_i64(tables::OpenInteger::value(*self))
            }
        }
    };
}

pub use {integer_enum, string_enum};
