//! Bytes in JSON: Base64 strings (OpenAPI 3.0.3, format `byte`; RFC 4648 section 4).

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::argument::Scalar;
use super::basic;
use super::decode::{self, Decode, Fault, Hint, Input, Kind};
use super::encoded_bytes::encoded_bytes;
use super::error::Error;
use super::reading::Reading;

encoded_bytes! {
    /// Bytes as a Base64 string.
    ///
    /// The string is kept as received, so that an invalid one doesn't make a response fail, and is
    /// serialized unchanged; [`Base64::decode`] decodes it.
    ///
    /// Bytes convert with `into()`: `Base64::from(b"bytes")`, or a slice or `Vec` of bytes where a function
    /// takes `impl Into<Base64>`.
    pub struct Base64 by basic::base64;
}
