//! What a document says about a thing, in its own words.

use serde_json::Value;

/// The parts of a documentation comment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Docs {
    /// `CommonMark` as found in the document: hostile until it is encoded.
    pub text: String,
    /// `deprecated`.
    pub deprecated: bool,
    /// The only value that it can have (`const`).
    pub constant: Option<String>,
    /// `default`: the value that the server assumes when none is sent.
    pub default: Option<Value>,
    /// `example`.
    pub example: Option<Value>,
    /// The name in JSON, a query or the like, where the Rust name doesn't tell it.
    pub renamed_from: Option<String>,
    /// The key of a schema, where the Rust name doesn't tell it.
    pub schema_name: Option<String>,
}

impl Docs {
    /// Documentation that is only text.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}
