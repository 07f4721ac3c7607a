//! The crate around the API: its manifest, and what a client is made with.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::names::Ident;

use super::Docs;

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
    /// What the manifest has beside what is generated.
    pub manifest: Map<String, Value>,
    /// Modules that are written by hand, and that the root of the crate declares.
    pub modules: Vec<String>,
    /// Where the crate has its runtime.
    pub runtime: Runtime,
    /// Whether it is a crate or a module of one.
    pub form: Form,
}

/// What an API becomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// A crate.
    #[default]
    Crate,
    /// A file that is a module of any crate.
    Module,
}

impl Form {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Crate, Self::Module];

    /// The word for it in a configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Crate => "crate",
            Self::Module => "module",
        }
    }
}

/// Where a crate has the part of it that no API changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Runtime {
    /// In modules of its own.
    #[default]
    Vendored,
    /// In a crate, which the crates of several APIs share.
    Crate,
}

impl Runtime {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Vendored, Self::Crate];

    /// The word for it in a configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Vendored => "vendored",
            Self::Crate => "crate",
        }
    }
}

/// A Cargo feature that a part of the API is compiled with.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// The features that come with it.
    pub needs: Vec<String>,
    /// Documentation.
    pub docs: Docs,
}

/// The defaults of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// All servers, the default first, and those last whose variables have no defaults.
    pub servers: Vec<Server>,
    /// The security schemes that operations require, in the order in which they first do.
    pub schemes: Vec<Scheme>,
    /// The credentials of requests that the description doesn't have.
    pub security: Security,
    /// Whether some operation can be called without any credential.
    pub anonymous: bool,
    /// Environment variable of the base URL.
    pub base_url_env: Option<String>,
    /// Header that makes a repeated call harmless.
    pub idempotency_header: Option<String>,
    /// How strictly responses are read.
    pub reading: Reading,
    /// Headers and query parameters that a client sends with all requests.
    pub parameters: Vec<ClientParameter>,
}

/// A header or query parameter that a client sends with all requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientParameter {
    /// The builder's method that sets it.
    pub name: Ident,
    /// Its name on the wire.
    pub wire: String,
    /// Whether it is a header, and else a query parameter.
    pub is_header: bool,
    /// The value that is sent if none is set.
    pub default: Option<String>,
    /// Environment variable that holds its value.
    pub env: Option<String>,
    /// What the description says of it.
    pub description: String,
}

/// How strictly responses are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// Each deviation is an error.
    Strict,
    /// A missing required field reads as blank.
    #[default]
    Lenient,
    /// The same, and an optional field of another type reads as absent.
    Tolerant,
}

impl Reading {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Strict, Self::Lenient, Self::Tolerant];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Lenient => "lenient",
            Self::Tolerant => "tolerant",
        }
    }
}

impl Profile {
    /// The parameters of the client that a program has to give.
    pub fn required_parameters(&self) -> impl Iterator<Item = &ClientParameter> + Clone {
        self.parameters.iter().filter(|it| it.default.is_none())
    }

    /// The default base URL.
    pub fn default_url(&self) -> Option<&str> {
        self.servers.first()?.url.as_deref()
    }

    /// The URL template, if there is no default.
    pub fn needed_template(&self) -> Option<&ServerTemplate> {
        let server = self.servers.first().filter(|server| server.url.is_none())?;
        server.template.as_ref()
    }

    /// The schemes that most operations require: those of the first set that isn't empty.
    pub fn usual(&self) -> Vec<&Scheme> {
        let set = self.security.iter().find(|set| !set.is_empty());
        match set {
            Some(set) => set
                .iter()
                .filter_map(|&index| self.schemes.get(index))
                .collect(),
            None => self.schemes.first().into_iter().collect(),
        }
    }
}

/// A Server Object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Name of the constant.
    pub name: Ident,
    /// Absolute URL without a slash at its end; none where values have to be given for its variables.
    pub url: Option<String>,
    /// `description` of the Server Object.
    pub description: String,
    /// Its URL template, if it has variables.
    pub template: Option<ServerTemplate>,
}

/// The URL template of a server (OpenAPI 3.0.3, "Server Variable Object").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerTemplate {
    /// Name of the function that makes a URL.
    pub function: Ident,
    /// As in the document, absolute: `https://{region}.example.com`.
    pub url: String,
    /// In the order in which the URL names them.
    pub variables: Vec<ServerVariable>,
}

/// A variable in a server's URL (Server Variable Object).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerVariable {
    /// Name of the argument.
    pub name: Ident,
    /// Name in the URL.
    pub wire: String,
    /// `default`; empty if the description has none.
    pub default: String,
    /// `enum`; empty for any value.
    pub values: Vec<String>,
    /// `description` of the Server Variable Object.
    pub description: String,
}

/// The Security Requirement Objects of an operation: one of these sets with all its members, by index into
/// [`Profile::schemes`] (OpenAPI 3.0.3, "Security Requirement Object").
///
/// Shared: most operations take what the document says for all of them.
pub type Security = Arc<Vec<Vec<usize>>>;

/// A Security Scheme Object that operations require.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// Its key in `securitySchemes`.
    pub key: String,
    /// Its name: the method of the builder that takes it.
    pub name: Ident,
    /// `type`, `scheme` and `in`: how the credential is sent.
    pub auth: Auth,
    /// Its environment variable.
    pub env: Option<String>,
    /// `description` of the Security Scheme Object.
    pub description: String,
    /// `deprecated` of the Security Scheme Object.
    pub deprecated: bool,
    /// Where tokens are issued and documented: what each URL is, and the URL.
    pub urls: Vec<(&'static str, String)>,
}

/// How a credential is sent.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Auth {
    /// `Authorization: Bearer KEY` (RFC 6750 section 2.1).
    Bearer,
    /// `Authorization: Basic` with user name and password (RFC 7617).
    Basic,
    /// `Authorization: SCHEME KEY`, with another scheme of HTTP (RFC 9110 section 11.4).
    Http(String),
    /// A header of this name holds the key.
    Header(String),
    /// A query parameter of this name holds the key.
    Query(String),
    /// A cookie of this name holds the key.
    Cookie(String),
}

impl Auth {
    /// Where in a request it goes, and under which name: a request has room for one credential there.
    /// Names of headers differ in nothing but case where they are the same (RFC 9110 section 5.1).
    pub fn place(&self) -> (&'static str, String) {
        match self {
            Self::Bearer | Self::Basic | Self::Http(_) => ("header", "authorization".to_owned()),
            Self::Header(name) => ("header", name.to_ascii_lowercase()),
            Self::Query(name) => ("query", name.clone()),
            Self::Cookie(name) => ("cookie", name.clone()),
        }
    }
}
