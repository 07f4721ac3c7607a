//! Bytes in JSON and in URLs: text in Base64 with the URL and filename safe alphabet (JSON Schema
//! 2020-12, `contentEncoding: base64url`; RFC 4648 section 5).

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::argument::Scalar;
use super::basic;
use super::decode::{self, Decode, Fault, Hint, Input, Kind};
use super::encoded_bytes::encoded_bytes;
use super::error::Error;
use super::reading::Reading;

encoded_bytes! {
    /// Bytes as text in base64url: Base64 with the URL and filename safe alphabet, without `=` at its
    /// end (RFC 4648 sections 5 and 3.2).
    ///
    /// The text is kept as it was received, so that a response never fails because of it and goes back
    /// unchanged; [`Base64Url::decode`] reads it.
    ///
    /// Bytes become one by `into()`: `Base64Url::from(b"bytes")`, or whatever is a list of bytes where
    /// a function takes `impl Into<Base64Url>`.
    pub struct Base64Url by basic::base64_url;
}
