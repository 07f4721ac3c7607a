//! The crate, its client, and what the description lacks.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::{tables, words};

tables! {
    /// `[limits]`.
    pub struct Limits {
        /// Size of the description, overlays applied; 64 without it.
        pub megabytes: Option<u32>,
        /// Number of paths; 16000 without it.
        pub paths: Option<u32>,
        /// Number of fields of all types; 300000 without it.
        pub fields: Option<u32>,
    }

    /// `[package]`: metadata of the crate. Name and version are required.
    pub struct Package {
        /// Name of the crate, as in `pet-store`.
        pub name: String,
        /// Version of the crate.
        pub version: String,
        /// One sentence.
        pub description: Option<String>,
        /// SPDX expression; `MIT OR Apache-2.0` without it.
        pub license: Option<String>,
        /// As in `Jo <jo@example.com>`.
        pub authors: Vec<String>,
        /// URL of the source.
        pub repository: Option<String>,
        /// URL of the product.
        pub homepage: Option<String>,
        /// URL of the documentation.
        pub documentation: Option<String>,
        /// At most five.
        pub keywords: Vec<String>,
        /// At most five, of those of crates.io.
        pub categories: Vec<String>,
        /// The minimum supported Rust version; `1.88` without it.
        pub rust_version: Option<String>,
        /// Whether each resource has a Cargo feature; big crates have them without it.
        pub resource_features: Option<bool>,
        /// Modules that are written by hand.
        pub modules: Vec<String>,
        /// Where the crate has its runtime.
        pub runtime: Option<Runtime>,
        /// Whether it is a crate or a module.
        pub form: Option<Form>,
    }

    /// `[client]`.
    pub struct Client {
        /// Environment variable of the credential.
        pub api_key_env: Option<String>,
        /// URL that overrides the servers of the description.
        pub base_url: Option<String>,
        /// Environment variable of the base URL.
        pub base_url_env: Option<String>,
        /// Header whose value makes a repeated request harmless.
        pub idempotency_header: Option<String>,
        /// Headers and query parameters of nearly all operations.
        pub parameters: IndexMap<String, ClientParameter>,
    }

    /// `[docs]`.
    pub struct Docs {
        /// The operation of the first example, as `listPets` or `GET /pets`.
        pub first_call: Option<String>,
    }

    /// `[names]`.
    pub struct Names {
        /// What the names of resources and methods come from.
        pub by: Option<NamedBy>,
    }

    /// `[[servers]]`.
    pub struct Server {
        /// Its URL. Required.
        pub url: String,
        /// Name of its constant.
        pub name: Option<String>,
        /// Its documentation.
        pub description: Option<String>,
        /// Whether it comes before all others.
        pub default: bool,
    }

    /// `[credentials.SCHEME]`.
    pub struct Credential {
        /// Name of the method of the builder.
        pub name: Option<String>,
        /// Environment variable of the credential.
        pub env: Option<String>,
        /// How the credential of a scheme that the description lacks is sent.
        pub scheme: Option<CredentialScheme>,
        /// The header, query parameter or cookie that it is sent in.
        pub parameter: Option<String>,
        /// The operations that it is for, of those without security; all of them without it.
        pub operations: Option<Vec<String>>,
    }

    /// `[resources.TAG]`.
    pub struct Resource {
        /// Name of the resource; `beta.pets` is `client.beta().pets()`.
        pub name: Option<String>,
        /// Text that replaces the description of the tag.
        pub description: Option<String>,
    }

    /// `[warnings]`.
    pub struct Warnings {
        /// Codes of warnings: see WARNINGS.md.
        pub allow: Vec<String>,
    }
}

/// `[client.parameters]`: a header or query parameter that a client sets for all requests.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ClientParameter {
    /// Its default value.
    Default(String),
    /// All about it.
    Table {
        /// The value that is sent unless a program sets another one.
        #[serde(skip_serializing_if = "Option::is_none")]
        default: Option<String>,
        /// Environment variable of the value.
        #[serde(skip_serializing_if = "Option::is_none")]
        env: Option<String>,
        /// Name of the method of the builder.
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// Whether it is a credential, and redacted.
        #[serde(default, skip_serializing_if = "super::is_default")]
        credential: bool,
    },
}

/// `[formats]`: a Rust type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum External {
    /// A word for a type that the generator has, such as `date-time`, or the path of another one.
    Type(String),
    /// A type and what its values are where a required field is missing.
    Table {
        /// The path of the type.
        #[serde(rename = "type")]
        path: String,
        /// The path of a function that returns the value of a missing required field.
        #[serde(skip_serializing_if = "Option::is_none")]
        blank: Option<String>,
    },
}

/// A derive or an attribute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Attribute {
    /// Its text.
    Always(String),
    /// One with a Cargo feature.
    With {
        /// Its text.
        text: String,
        /// The feature.
        feature: String,
    },
}

words! {
    /// Where a crate has its runtime.
    pub enum Runtime {
        /// In modules of its own.
        Vendored,
        /// In the crate `clientsmith-runtime`.
        Crate,
    }

    /// What is generated.
    pub enum Form {
        /// A crate.
        Crate,
        /// One file, to be a module of a crate.
        Module,
    }

    /// What names come from.
    pub enum NamedBy {
        /// The path.
        Path,
        /// The operationId.
        OperationId,
        /// The tag.
        Tag,
    }

    /// How a credential is sent.
    pub enum CredentialScheme {
        /// `Authorization: Bearer`.
        Bearer,
        /// `Authorization: Basic`.
        Basic,
        /// In a header.
        Header,
        /// In a query parameter.
        Query,
        /// In a cookie.
        Cookie,
    }

    /// How strictly responses are decoded.
    pub enum Reading {
        /// Each deviation is an error.
        Strict,
        /// A missing required field is empty.
        Lenient,
        /// An optional field of a wrong type is omitted, too.
        Tolerant,
    }
}
