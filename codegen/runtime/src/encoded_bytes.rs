//! What the types of Base64 strings have in common (RFC 4648).

/// A type of bytes as a string, which is kept as received.
///
/// `$encode` encodes bytes in the type's alphabet; decoding accepts both alphabets.
macro_rules! encoded_bytes {
    ($(#[$about:meta])* pub struct $type:ident by $encode:path;) => {
        $(#[$about])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $type(Box<str>);

        impl $type {
            /// Creates a value from a string that is already encoded.
            #[must_use]
            pub fn from_encoded(text: &str) -> Self {
                Self(text.into())
            }

            /// Returns the string, as received or given.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Decodes the bytes.
            ///
            /// Both alphabets of RFC 4648 (sections 4 and 5) are accepted, with or without padding, and
            /// whitespace is ignored, because servers differ in all of that.
            ///
            /// # Errors
            ///
            /// Returns an error with [`Error::is_invalid_input`] if the string is invalid.
            pub fn decode(&self) -> Result<Vec<u8>, Error> {
                basic::decode(&self.0).ok_or_else(|| Error::invalid_input("invalid base64"))
            }
        }

        impl From<&[u8]> for $type {
            fn from(bytes: &[u8]) -> Self {
                Self($encode(bytes).into())
            }
        }

        impl<const N: usize> From<&[u8; N]> for $type {
            fn from(bytes: &[u8; N]) -> Self {
                Self::from(bytes.as_slice())
            }
        }

        impl From<Vec<u8>> for $type {
            fn from(bytes: Vec<u8>) -> Self {
                Self::from(bytes.as_slice())
            }
        }

        impl TryFrom<&$type> for Vec<u8> {
            type Error = Error;

            #[doc = concat!("The same as [`", stringify!($type), "::decode`].")]
            fn try_from(text: &$type) -> Result<Self, Error> {
                text.decode()
            }
        }

        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($type)).field(&self.as_str()).finish()
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $type {
            /// Accepts any string.
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                decode::read(deserializer, Reading::default())
            }
        }

        impl Decode for $type {
            const HINT: &'static Hint = &Hint::of(Kind::String, stringify!($type));

            fn blank() -> Self {
                Self(Box::default())
            }

            fn put(&mut self, found: Input<'_>) -> Result<(), Fault> {
                let text = found.string(Self::HINT)?;
                *self = Self::from_encoded(text);
                Ok(())
            }
        }

        impl Scalar for $type {
            fn into_text(self) -> String {
                self.0.into()
            }
        }
    };
}

pub(crate) use encoded_bytes;
