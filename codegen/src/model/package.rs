//! The crate around the API: its manifest, and what a client is made with.

use crate::names::Ident;

/// What goes into the manifest of the emitted crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Name on the registry: `pet-store`.
    pub name: String,
    /// Name in code: `pet_store`.
    pub library: Ident,
    /// Semantic version.
    pub version: String,
    /// One line.
    pub description: String,
    /// SPDX expression.
    pub license: String,
    /// Names, with or without an address in angle brackets.
    pub authors: Vec<String>,
    /// URL of the source.
    pub repository: Option<String>,
    /// URL of the product.
    pub homepage: Option<String>,
    /// URL of the documentation.
    pub documentation: Option<String>,
    /// At most five words to be found by.
    pub keywords: Vec<String>,
    /// Categories of the registry.
    pub categories: Vec<String>,
    /// Oldest compiler that builds the crate.
    pub rust_version: String,
}

/// What a client is made with when nothing else is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// All servers, the default first.
    pub servers: Vec<Server>,
    /// How calls are authenticated.
    pub auth: Auth,
    /// Environment variable of the credential.
    pub api_key_env: Option<String>,
    /// Environment variable of the base URL.
    pub base_url_env: Option<String>,
    /// Header that makes a repeated call harmless.
    pub idempotency_header: Option<String>,
}

/// A server that the document names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Name of the constant.
    pub name: Ident,
    /// Absolute URL without a slash at its end.
    pub url: String,
    /// What the document says about it.
    pub description: String,
}

/// How calls are authenticated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Auth {
    /// They aren't.
    None,
    /// `Authorization: Bearer KEY` (RFC 6750 section 2.1).
    Bearer,
    /// A header of this name holds the key.
    Header(String),
    /// A query parameter of this name holds the key.
    Query(String),
    /// A cookie of this name holds the key.
    Cookie(String),
}
