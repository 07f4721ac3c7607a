//! The configuration as plain data, in the order of the file.

use std::time::Duration;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::attributes::Attribute;
use super::credentials::Credential;
use super::external::{External, FormatType};
use super::limits::Limits;
use super::pages::Pages;
use super::parameters::Parameter;
use super::servers::Server;
use crate::diagnostic::{Diagnostic, WarningCode};
use crate::model::{Form, NamedBy, Reading, Runtime};

/// All that a configuration says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// `only`: tags, ids, paths, or methods and paths, of the operations that are wanted, a `*` at
    /// the end for any text. All are where it is empty.
    pub only: Vec<String>,
    /// `overlays`: files of overlays, relative to that of the configuration, in the order in which they are
    /// applied.
    pub overlays: Vec<String>,
    /// `[limits]`: what the description may ask for.
    pub limits: Limits,
    /// `[package]`: the crate.
    pub package: Package,
    /// `[manifest]`: what the manifest has beside what is generated.
    pub manifest: Map<String, Value>,
    /// `[client]`: the client as a whole.
    pub client: Client,
    /// `[docs]`: what the documentation of the crate shows.
    pub docs: Docs,
    /// `[names]`: what operations are called.
    pub names: Names,
    /// `[[servers]]`: those that the description lacks, in order.
    pub servers: Vec<Server>,
    /// `[credentials.SCHEME]`: by the name of a security scheme in `components`, or of one that the
    /// description lacks.
    pub credentials: IndexMap<String, Credential>,
    /// `[resources.TAG]`: by the name of a tag.
    pub resources: IndexMap<String, Resource>,
    /// `[operations.KEY]`: by operationId, or by method and path as in `GET /pets/{id}`.
    pub operations: IndexMap<String, Operation>,
    /// `[pages]`: how lists go on that have no table of their own, where it suits them.
    pub pages: Option<Pages>,
    /// `[formats]`: the type for a `format`, by the name of the format.
    pub formats: IndexMap<String, FormatType>,
    /// `[types] keep-unknown-fields`: whether structs keep the fields that the description doesn't
    /// name, where the entry of a type doesn't say otherwise.
    pub keep_unknown_fields: bool,
    /// `[types] keep-unused`: whether types are emitted, too, that no operation and no webhook
    /// reaches.
    pub keep_unused: bool,
    /// `[types] derive`: derives of all types that can have them.
    pub derives: Vec<Attribute>,
    /// `[types] reading`: how strictly responses are held against the description, where a program
    /// says nothing else.
    pub reading: Reading,
    /// `[types.KEY]`: by the name of a schema in `components`, or by the JSON pointer of any
    /// schema, as in `/components/schemas/Pet/properties/owner`.
    pub types: IndexMap<String, Type>,
    /// `[warnings] allow`: the warnings that are not reported.
    pub allowed_warnings: Vec<WarningCode>,
    /// `[[waiters]]`, in order.
    pub waiters: Vec<Waiter>,
}

impl Config {
    /// What is said about an operation, with the key that says it. The operationId goes before
    /// method and path where both are keys. `method` is in upper case.
    pub fn operation(
        &self,
        id: Option<&str>,
        method: &str,
        path: &str,
    ) -> Option<(&str, &Operation)> {
        id.and_then(|id| self.operations.get_key_value(id))
            .or_else(|| {
                self.operations
                    .get_key_value(format!("{method} {path}").as_str())
            })
            .map(|(key, operation)| (key.as_str(), operation))
    }

    /// Leaves out the warnings that are allowed.
    pub(crate) fn drop_allowed(&self, diagnostics: &mut Vec<Diagnostic>) {
        if !self.allowed_warnings.is_empty() {
            let is_allowed = |code: WarningCode| self.allowed_warnings.contains(&code);
            diagnostics.retain(|it| !it.code.is_some_and(is_allowed));
        }
    }

    /// What is said about the schema at a JSON pointer, with the key that says it. The pointer
    /// goes before the name where both are keys.
    pub fn schema(&self, pointer: &str) -> Option<(&str, &Type)> {
        self.types
            .get_key_value(pointer)
            .or_else(|| {
                let name = pointer.strip_prefix("/components/schemas/")?;
                // Asked for every property of a document, and most configurations name no type.
                if self.types.is_empty() || name.contains('/') {
                    return None;
                }
                // In this order, so that `~01` becomes `~1` (RFC 6901 section 4).
                let name = name.replace("~1", "/").replace("~0", "~");
                self.types.get_key_value(name.as_str())
            })
            .map(|(key, ty)| (key.as_str(), ty))
    }
}

/// What the manifest of the emitted crate says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Name of the crate, as in `pet-store`.
    pub name: String,
    /// Version of the crate, after Semantic Versioning 2.0.0.
    pub version: String,
    /// What the crate is, in a sentence.
    pub description: Option<String>,
    /// Licence of the crate as an SPDX expression, [`Package::LICENSE`] unless given.
    pub license: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// URL of its source.
    pub repository: Option<String>,
    /// URL of its home page.
    pub homepage: Option<String>,
    /// URL of its documentation.
    pub documentation: Option<String>,
    /// Search words for the registry, at most five.
    pub keywords: Vec<String>,
    /// Categories of the registry, at most five.
    pub categories: Vec<String>,
    /// The oldest Rust that compiles it, as in `1.88`.
    pub rust_version: Option<String>,
    /// Whether each resource has a Cargo feature of its own; big crates have them unless this says
    /// otherwise.
    pub resource_features: Option<bool>,
    /// Modules that are written by hand, and that the root of the crate declares.
    pub modules: Vec<String>,
    /// Where the crate has its runtime: see [`Package::runtime`].
    pub runtime: Option<Runtime>,
    /// Whether it is a crate, which it is unless given, or a module of one.
    pub form: Form,
}

impl Package {
    /// The licence of a crate whose configuration names none.
    pub const LICENSE: &str = "MIT OR Apache-2.0";

    /// Where the runtime is: in modules of the crate, unless given. A module has the crate of it.
    pub fn runtime(&self) -> Runtime {
        self.runtime.unwrap_or(match self.form {
            Form::Crate => Runtime::Vendored,
            Form::Module => Runtime::Crate,
        })
    }
}

impl Default for Package {
    fn default() -> Self {
        Self {
            name: String::new(),
            version: String::new(),
            description: None,
            license: Self::LICENSE.to_owned(),
            authors: Vec::new(),
            repository: None,
            homepage: None,
            documentation: None,
            keywords: Vec::new(),
            categories: Vec::new(),
            rust_version: None,
            resource_features: None,
            modules: Vec::new(),
            runtime: None,
            form: Form::default(),
        }
    }
}

/// What holds for the client as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Client {
    /// Environment variable that holds the credential.
    pub api_key_env: Option<String>,
    /// URL of the server, which goes before those that the description names. A description that names
    /// only a path is completed by it.
    pub base_url: Option<String>,
    /// Environment variable that holds the base URL.
    pub base_url_env: Option<String>,
    /// Header whose value makes a repeated request harmless, if the server knows one.
    pub idempotency_header: Option<String>,
    /// `[client.parameters]`: headers and query parameters that a client sets for all requests, by their
    /// names on the wire.
    pub parameters: IndexMap<String, ClientParameter>,
}

/// What is said about a parameter that a client sets for all requests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientParameter {
    /// The value that is sent unless a program sets another one.
    pub default: Option<String>,
    /// Environment variable that holds the value.
    pub env: Option<String>,
    /// Name of the builder's method that sets it.
    pub name: Option<String>,
    /// Whether it is a credential: it is redacted, and has no default.
    pub credential: bool,
}

/// What the documentation of the crate shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// The operation whose call the README and the front page begin with, by operationId, or by method
    /// and path as in `GET /pets`.
    pub first_call: Option<String>,
}

/// What operations are called, as far as none is named by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// What the names of resources and methods come from; the description decides unless given.
    pub by: Option<NamedBy>,
}

/// The name of a resource that stands for the client itself.
pub const CLIENT: &str = "client";

/// What is said about a tag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resource {
    /// Name of the method that leads to it, or names of several, with dots between them.
    pub name: Option<String>,
    /// Text that replaces the description of the tag.
    pub description: Option<String>,
}

/// What is said about an operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operation {
    /// Name of its method.
    pub name: Option<String>,
    /// Name of the resource that it belongs to, after those that lead there: `beta.pets`.
    pub resource: Option<String>,
    /// Whether it is left out of the crate.
    pub skip: bool,
    /// Time limit of one attempt, where a request sets none.
    pub timeout: Option<Duration>,
    /// How often a failure is followed by another attempt, where a request doesn't say.
    pub max_retries: Option<u32>,
    /// `[operations.KEY.parameters.NAME]`: by the name on the wire, or by `query:NAME`, `header:NAME`,
    /// `path:NAME` or `cookie:NAME`.
    pub parameters: IndexMap<String, Parameter>,
    /// `[operations.KEY.pages]`: how its responses go on, where that can't be seen from them.
    pub pages: Option<Pages>,
}

/// The type for values of a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text.
    String,
    /// Text that is a point in time.
    DateTime,
    /// Text that is a day of the calendar.
    Date,
    /// Text that is bytes in Base64.
    Base64,
    /// Text that is bytes in base64url.
    Base64Url,
    /// Numbers with all their digits.
    Decimal,
    /// Floats of 64 bits.
    F64,
    /// Whole numbers of 64 bits.
    I64,
    /// Whole numbers of 64 bits, not negative.
    U64,
    /// Whole numbers of 128 bits.
    I128,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::String,
        Self::DateTime,
        Self::Date,
        Self::Base64,
        Self::Base64Url,
        Self::Decimal,
        Self::F64,
        Self::I64,
        Self::U64,
        Self::I128,
    ];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::DateTime => "date-time",
            Self::Date => "date",
            Self::Base64 => "base64",
            Self::Base64Url => "base64url",
            Self::Decimal => "decimal",
            Self::F64 => "f64",
            Self::I64 => "i64",
            Self::U64 => "u64",
            Self::I128 => "i128",
        }
    }

    /// Whether it is for whole numbers.
    pub fn is_whole(self) -> bool {
        matches!(self, Self::I64 | Self::U64 | Self::I128 | Self::Decimal)
    }

    /// Whether it is for numbers that may have a fraction.
    pub fn is_number(self) -> bool {
        matches!(self, Self::F64 | Self::Decimal)
    }

    /// Whether it is for text.
    pub fn is_text(self) -> bool {
        !self.is_whole() && !self.is_number()
    }
}

/// What is said about a schema.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Type {
    /// Name of its type.
    pub name: Option<String>,
    /// Whether its struct keeps the fields that the description doesn't name;
    /// [`Config::keep_unknown_fields`] unless given.
    pub keep_unknown_fields: Option<bool>,
    /// The type that it is instead of a generated one.
    pub external: Option<External>,
    /// Derives beside those that it has anyway.
    pub derives: Vec<Attribute>,
    /// Attributes.
    pub attributes: Vec<Attribute>,
    /// `[types.KEY.fields.PROPERTY]`: by the name of a property.
    pub fields: IndexMap<String, Field>,
    /// `[types.KEY.values.VALUE]`: by the value of an enum, numbers as their text.
    pub values: IndexMap<String, EnumValue>,
}

/// What is said about a property.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// Name of its field.
    pub name: Option<String>,
    /// Whether it always has a value; what the description says unless given.
    pub required: Option<bool>,
    /// The type of its value instead of that of its schema.
    pub external: Option<External>,
    /// Whether the struct has no field for it.
    pub skip: bool,
}

/// What is said about a value of an enum.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnumValue {
    /// Name of its variant; goes before what the description calls it.
    pub name: Option<String>,
}

/// How to wait until something has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiter {
    /// Name of the resource that gets the method; that of `operation` unless given.
    pub resource: Option<String>,
    /// Name of the method, [`Waiter::NAME`] unless given.
    pub name: String,
    /// Key of the operation that is asked again and again.
    pub operation: String,
    /// Key of the operation that makes what is waited for.
    pub start: Option<String>,
    /// Names of the properties that lead to the state within the response. Never empty.
    pub field: Vec<String>,
    /// States that end the wait well. Never empty. Numbers and booleans are here as their text.
    pub done: Vec<String>,
    /// States that end the wait badly.
    pub failed: Vec<String>,
    /// The first pause between two polls, where a program sets none.
    pub interval: Option<Duration>,
    /// Time limit of all polls together, where a program sets none.
    pub timeout: Option<Duration>,
}

impl Waiter {
    /// The name of a method whose configuration names none.
    pub const NAME: &str = "wait";
}
