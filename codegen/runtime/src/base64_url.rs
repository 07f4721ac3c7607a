//! Bytes in JSON and in URLs: Base64 strings with the URL and filename safe alphabet (JSON Schema
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
    /// Bytes as a base64url string: Base64 with the URL and filename safe alphabet, without padding
    /// (RFC 4648 sections 5 and 3.2).
    ///
    /// The string is kept as received, so that an invalid one doesn't make a response fail, and is
    /// serialized unchanged; [`Base64Url::decode`] decodes it.
    ///
    /// Bytes convert with `into()`: `Base64Url::from(b"bytes")`, or a slice or `Vec` of bytes where a
    /// function takes `impl Into<Base64Url>`.
    pub struct Base64Url by basic::base64_url;
}
