//! Open enums.

/// An enum of texts, whose last variant, `UnknownValue`, keeps any other text.
macro_rules! text_enum {
    (
        $(#[$about:meta])*
        pub enum $type:ident {
            $($(#[$meta:meta])* $variant:ident = $wire:literal),* $(,)?
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the description of the API says nothing of some")]
        #[non_exhaustive]
        pub enum $type {
            $(
                $(#[$meta])*
                #[doc = concat!("\n`", stringify!($wire), "` on the wire.")]
                $variant,
            )*
            /// A value that this version of the crate doesn't know, as it was received.
            UnknownValue(::std::string::String),
        }

        impl $type {
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

        impl ::std::convert::From<&str> for $type {
            fn from(value: &str) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    unknown => Self::UnknownValue(::std::string::String::from(unknown)),
                }
            }
        }

        impl ::std::convert::From<::std::string::String> for $type {
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::std::fmt::Display for $type {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl tables::OpenEnum for $type {
            const IS_CONSTANT: bool = Self::VALUES.len() == 1;

            fn as_str(&self) -> &str {
                self.as_str()
            }

            fn is_unknown(&self) -> bool {
                ::std::matches!(self, Self::UnknownValue(_))
            }
        }

        impl tables::Decode for $type {
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

        impl tables::Serialize for $type {
            fn serialize<S: tables::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

/// An enum of whole numbers, whose last variant, `UnknownValue`, keeps any other number.
macro_rules! integer_enum {
    (
        $(#[$about:meta])*
        pub enum $type:ident {
            $($(#[$meta:meta])* $variant:ident = $wire:literal),* $(,)?
        }
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the description of the API says nothing of some")]
        #[non_exhaustive]
        pub enum $type {
            $(
                $(#[$meta])*
                #[doc = concat!("\n`", stringify!($wire), "` on the wire.")]
                $variant,
            )*
            /// A number that this version of the crate doesn't know.
            UnknownValue(i64),
        }

        impl $type {
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

        impl ::std::convert::From<i64> for $type {
            fn from(value: i64) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    unknown => Self::UnknownValue(unknown),
                }
            }
        }

        impl ::std::fmt::Display for $type {
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&(*self).value(), formatter)
            }
        }

        impl tables::Scalar for $type {
            fn into_text(self) -> ::std::string::String {
                ::std::string::ToString::to_string(&self.value())
            }
        }

        impl tables::OpenInteger for $type {
            const IS_CONSTANT: bool = Self::VALUES.len() == 1;

            fn is_unknown(&self) -> bool {
                ::std::matches!(self, Self::UnknownValue(_))
            }
        }

        impl tables::Decode for $type {
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

        impl tables::Serialize for $type {
            fn serialize<S: tables::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_i64((*self).value())
            }
        }
    };
}

pub(crate) use {integer_enum, text_enum};
