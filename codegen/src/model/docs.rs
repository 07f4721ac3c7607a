//! What a document says about a thing, in its own words.

use serde_json::Value;

/// Text and marks that documentation is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Docs {
    /// `CommonMark` as found in the document: hostile until it is encoded.
    pub text: String,
    /// Whether the document marks it as deprecated.
    pub deprecated: bool,
    /// The one value that it can have.
    pub constant: Option<String>,
    /// The value that the server takes when none is sent.
    pub default: Option<Value>,
    /// A value that shows what is meant.
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
