//! The configuration as data: the keys of an `sdk.toml`, each a field of the same name.

mod api;
mod parts;

use std::str::FromStr;

use codegen::Source;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::generator::Errors;

pub use api::{
    EnumValue, Field, Operation, Pages, PagesBy, Parameter, ParameterValue, Type, Types, Waiter,
};
pub use parts::{
    Attribute, Client, ClientParameter, Credential, CredentialScheme, Docs, External, Form, Limits,
    NamedBy, Names, Package, Reading, Resource, Runtime, Server, Warnings,
};

/// Structs of keys: each key is left out of the text where it has its default.
macro_rules! tables {
    ($(
        $(#[doc = $doc:literal])*
        pub struct $name:ident {
            $($(#[$meta:meta])* pub $key:ident: $ty:ty,)*
        }
    )*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default, rename_all = "kebab-case")]
        pub struct $name {
            $(
                $(#[$meta])*
                #[serde(skip_serializing_if = "crate::config::is_default")]
                pub $key: $ty,
            )*
        }
    )*};
}

/// Enums of the words that a key has.
macro_rules! words {
    ($(
        $(#[doc = $doc:literal])*
        pub enum $name:ident {
            $($(#[doc = $text:literal])* $word:ident,)*
        }
    )*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[non_exhaustive]
        pub enum $name {
            $($(#[doc = $text])* $word,)*
        }
    )*};
}

use {tables, words};

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

tables! {
    /// The configuration of a crate or a module, for what OpenAPI can't express: an `sdk.toml` as data.
    ///
    /// Its fields are the keys of that file, which `codegen/CONFIGURATION.md` documents. End struct expressions with
    /// `..Default::default()`, for a new version may add fields. [`Generator::config`](crate::Generator::config)
    /// takes it as well as a text; `String::from` is the text of it, and [`FromStr`] reads one. Values are checked
    /// as those of a text are, when files are generated: a diagnostic shows the line of the text that the
    /// configuration is written as.
    ///
    /// ```
    /// use clientsmith::Generator;
    /// use clientsmith::config::{Config, Operation, Package};
    ///
    /// let description = r#"{
    ///     "openapi": "3.1.0", "info": {"title": "Pets", "version": "1"},
    ///     "servers": [{"url": "https://pets.example.com"}],
    ///     "paths": {"/pets": {"get": {"operationId": "findPets", "tags": ["pets"],
    ///         "responses": {"204": {"description": "None."}}}}}
    /// }"#;
    /// let mut config = Config {
    ///     package: Some(Package {
    ///         name: "pets".to_owned(),
    ///         version: "0.1.0".to_owned(),
    ///         ..Package::default()
    ///     }),
    ///     ..Config::default()
    /// };
    /// config.operations.insert(
    ///     "findPets".to_owned(),
    ///     Operation { name: Some("all".to_owned()), ..Operation::default() },
    /// );
    /// let files = Generator::new(description).config(&config).generate()?;
    /// let pets = files.iter().find(|file| file.path == "src/pets.rs");
    /// assert!(pets.is_some_and(|file| file.text.contains("pub fn all(&self)")));
    ///
    /// let text = String::from(&config);
    /// assert!(text.contains("[operations.findPets]\nname = \"all\"\n"));
    /// assert_eq!(text.parse::<Config>()?, config);
    /// # Ok::<(), clientsmith::Errors>(())
    /// ```
    pub struct Config {
        /// Tags, operationIds, paths, or methods and paths of the operations to generate; all without it.
        pub only: Vec<String>,
        /// Files of overlays, relative to that of the configuration. [`Generator::read`](crate::Generator::read)
        /// reads them; otherwise see [`Generator::overlay`](crate::Generator::overlay).
        pub overlays: Vec<String>,
        /// What a large description from a trusted source may need.
        pub limits: Limits,
        /// Metadata of the crate; named after the title of the description without it.
        pub package: Option<Package>,
        /// What `Cargo.toml` has beside what is generated.
        pub manifest: toml::Table,
        /// The client as a whole.
        pub client: Client,
        /// What the documentation shows.
        pub docs: Docs,
        /// The source of the names of resources and methods.
        pub names: Names,
        /// Servers that the description lacks.
        pub servers: Vec<Server>,
        /// Security schemes by their names in `components`, or those that the description lacks.
        pub credentials: IndexMap<String, Credential>,
        /// Tags by their names.
        pub resources: IndexMap<String, Resource>,
        /// Operations by operationId, or by method and path as in `GET /pets/{id}`.
        pub operations: IndexMap<String, Operation>,
        /// Pagination of all lists without a table of their own, where parameters and fields fit.
        pub pages: Pages,
        /// The Rust type for a `format`.
        pub formats: IndexMap<String, External>,
        /// Settings of all types, and of schemas by their names or JSON pointers.
        pub types: Types,
        /// Warnings that are not reported.
        pub warnings: Warnings,
        /// Methods that poll an operation until it reaches a final state.
        pub waiters: Vec<Waiter>,
    }
}

impl From<&Config> for String {
    /// The text of an `sdk.toml` that says the same.
    fn from(config: &Config) -> Self {
        // All of it is what TOML can say; were anything not, the text would be refused for this key.
        toml::to_string(config)
            .unwrap_or_else(|error| format!("unwritable = {:?}\n", error.to_string()))
    }
}

impl From<Config> for String {
    /// The text of an `sdk.toml` that says the same.
    fn from(config: Config) -> Self {
        Self::from(&config)
    }
}

impl FromStr for Config {
    type Err = Errors;

    /// Reads the text of an `sdk.toml`.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, with places, as far as that can be seen without the description.
    ///
    /// ```
    /// let wrong = "[package]\nname = \"pets\"\n".parse::<clientsmith::config::Config>();
    /// assert!(wrong.is_err_and(|errors| errors.to_string().contains("sdk.toml:1:1")));
    /// ```
    fn from_str(text: &str) -> Result<Self, Errors> {
        let source = Source {
            name: "sdk.toml",
            text,
        };
        if let Err(found) = codegen::Config::read(source) {
            return Err(Errors::of_config(found, source));
        }
        let read = toml::from_str(text);
        read.map_err(|error| {
            Failure::usage(format!("can't read `{}`: {error}", source.name)).into()
        })
    }
}
