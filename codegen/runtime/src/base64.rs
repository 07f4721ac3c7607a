//! Bytes in JSON: text in Base64 (OpenAPI 3.0.3, format `byte`; RFC 4648 section 4).

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::argument::Scalar;
use super::basic;
use super::decode::{self, Decode, Fault, Hint, Input, Kind};
use super::encoded_bytes::encoded_bytes;
use super::error::Error;
use super::reading::Reading;

encoded_bytes! {
    /// Bytes as text in Base64.
    ///
    /// The text is kept as it was received, so that a response never fails because of it and goes back
    /// unchanged; [`Base64::decode`] reads it.
    ///
    /// Bytes become one by `into()`: `Base64::from(b"bytes")`, or whatever is a list of bytes where a
    /// function takes `impl Into<Base64>`.
    pub struct Base64 by basic::base64;
}
