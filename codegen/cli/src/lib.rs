//! Generates Rust client crates from OpenAPI descriptions.
//!
//! This package has the command `clientsmith`, and the library that the command is made of:
//! [`Generator`] turns a description into [`Files`], which are compared with a folder or written to it.
//! With `default-features = false` it is the library alone.
//!
//! ```
//! use clientsmith::Generator;
//!
//! let description = r#"{
//!     "openapi": "3.1.0", "info": {"title": "Pets", "version": "1"},
//!     "servers": [{"url": "https://pets.example.com"}],
//!     "paths": {"/pets": {"get": {"operationId": "listPets", "tags": ["pets"],
//!         "responses": {"200": {"description": "All.", "content": {"application/json": {
//!             "schema": {"type": "array", "items": {"type": "string"}}}}}}}}}
//! }"#;
//! let folder = std::env::temp_dir().join("clientsmith-example");
//! let files = Generator::new(description)
//!     .config("[package]\nname = \"pets\"\nversion = \"0.1.0\"\n")
//!     .generate()?;
//! files.write(&folder)?;
//! assert!(folder.join("src/pets.rs").is_file());
//! files.check(&folder)?; // nothing to do
//! # std::fs::remove_dir_all(&folder).ok();
//! # Ok::<(), clientsmith::Errors>(())
//! ```
//!
//! What is exported here, apart from [`internal`], follows Semantic Versioning; so does the text of the
//! files, in which a new minor version may differ.

pub mod config;
mod encoding;
mod failure;
mod generator;
mod output;
mod spec_files;

#[cfg(feature = "cli")]
mod bundle;
#[cfg(feature = "cli")]
mod check;
#[cfg(feature = "cli")]
mod cli;
#[cfg(feature = "cli")]
mod completions;
#[cfg(feature = "cli")]
mod context;
#[cfg(feature = "cli")]
mod diff;
#[cfg(feature = "cli")]
mod docs_check;
#[cfg(feature = "cli")]
mod files;
#[cfg(feature = "cli")]
mod generate;
#[cfg(feature = "cli")]
mod init;
#[cfg(feature = "cli")]
mod input;
#[cfg(feature = "cli")]
mod line_ends;
#[cfg(feature = "cli")]
mod new;
#[cfg(feature = "cli")]
mod package;
#[cfg(feature = "cli")]
mod program;
#[cfg(feature = "cli")]
mod project;
#[cfg(feature = "cli")]
mod release;
#[cfg(feature = "cli")]
mod report;
#[cfg(feature = "cli")]
mod review;
#[cfg(feature = "cli")]
mod schema;
#[cfg(feature = "cli")]
mod terminal;
#[cfg(feature = "cli")]
mod traffic;
#[cfg(feature = "cli")]
mod update;

pub use codegen::{
    Diagnostic, FileError, FileText, Origin, Related, Resolver, Severity, Summary, WarningCode,
};
/// The API as data, for tools beside the generator: see [`Generator::model`].
pub mod model {
    pub use codegen::outline::{
        Body, Field, Model, Operation, Parameter, Resource, Type, TypeKind, Value, Variant,
    };
}

pub use generator::{Errors, File, Files, Generator, Written};

/// What the project's own command line takes from the commands. It changes without notice.
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod internal {
    pub use crate::context::Context;
    pub use crate::generate::Stages;
    pub use crate::review::Compiled;
    pub mod cli {
        pub use crate::cli::*;
    }
    pub mod failure {
        pub use crate::failure::*;
    }
    pub mod files {
        pub use crate::files::*;
    }
    pub mod input {
        pub use crate::input::*;
    }
    pub mod output {
        pub use crate::output::*;
    }
    pub mod program {
        pub use crate::program::*;
    }
    pub mod report {
        pub use crate::report::*;
    }
    pub mod spec_files {
        pub use crate::spec_files::joined;
    }
    pub mod terminal {
        pub use crate::terminal::*;
    }
}
