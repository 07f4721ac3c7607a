//! Bytes in JSON: text in Base64 (OpenAPI 3.0.3, format `byte`; RFC 4648).

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::argument::Scalar;
use super::basic;
use super::decode::{self, Decode, Fault, Hint, Input, Kind};
use super::error::Error;
use super::reading::Reading;

/// Bytes as text in Base64.
///
/// The text is kept as it was received, so that a response never fails because of it and goes back
/// unchanged; [`Base64::decode`] reads it.
///
/// Bytes become one by `into()`: `Base64::from(b"bytes")`, or whatever is a list of bytes where a
/// function takes `impl Into<Base64>`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base64(Box<str>);

impl Base64 {
    /// Takes text that is in Base64 already.
    #[must_use]
    pub fn from_encoded(text: &str) -> Self {
        Self(text.into())
    }

    /// The text, as it was received or given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The bytes.
    ///
    /// Both alphabets of RFC 4648 are read (sections 4 and 5), with or without `=` at the end, and
    /// white space is skipped, since servers differ in all of that.
    ///
    /// # Errors
    ///
    /// If the text is no Base64. For such an error [`Error::is_invalid_input`] is true.
    pub fn decode(&self) -> Result<Vec<u8>, Error> {
        basic::decode(&self.0).ok_or_else(|| Error::invalid_input("the text is no Base64"))
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(basic::base64(bytes).into())
    }
}

impl<const N: usize> From<&[u8; N]> for Base64 {
    fn from(bytes: &[u8; N]) -> Self {
        Self::from(bytes.as_slice())
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(bytes.as_slice())
    }
}

impl TryFrom<&Base64> for Vec<u8> {
    type Error = Error;

    /// The same as [`Base64::decode`].
    fn try_from(text: &Base64) -> Result<Self, Error> {
        text.decode()
    }
}

impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Base64").field(&self.as_str()).finish()
    }
}

impl fmt::Display for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Base64 {
    /// Takes any string.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        decode::read(deserializer, Reading::default())
    }
}

impl Decode for Base64 {
    const HINT: &'static Hint = &Hint::of(Kind::Text, "Base64");

    fn blank() -> Self {
        Self(Box::default())
    }

    fn put(&mut self, found: Input<'_>) -> Result<(), Fault> {
        let text = found.text(Self::HINT)?;
        *self = Self::from_encoded(text);
        Ok(())
    }
}

impl Scalar for Base64 {
    fn into_text(self) -> String {
        self.0.into()
    }
}
