//! Arguments of `cargo xtask new`.

use std::path::PathBuf;

use clap::Args;

/// Add an API to this project: its description, its configuration, and its crate.
///
/// The description is copied unchanged to `spec/NAME/`. `spec/NAME/sdk.toml` lists what the generator
/// inferred (names of resources and methods, pagination, credentials), each line with its origin, so
/// that it can be edited. The crate is written to `generated/NAME/` and becomes a member of the workspace.
/// A run that fails leaves nothing behind.
#[derive(Debug, Args)]
#[command(after_long_help = NEW)]
pub(crate) struct New {
    /// The name of the crate, and of the folders
    pub(crate) name: String,

    /// The OpenAPI description, 3.0 or 3.1, YAML or JSON: a file, or a URL to download it from
    #[arg(long, value_name = "FILE|URL")]
    pub(crate) spec: String,

    /// An overlay (OpenAPI Overlay 1.0 or 1.1), copied beside the description; may be repeated
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Vec<PathBuf>,
}

const NEW: &str = "\
Examples:
  Add an API with a published description:
      cargo xtask new petstore --spec https://petstore3.swagger.io/api/v3/openapi.json

  Add an API from a local file:
      cargo xtask new petstore --spec ~/Downloads/openapi.yaml

  Then compile the crate, review it, and rename methods in spec/petstore/sdk.toml:
      cargo check --package petstore
      cargo doc --package petstore --no-deps --open
      cargo xtask codegen petstore

The first download compiles an HTTP client; files don't need one. To remove an API, delete
spec/NAME/, generated/NAME/ and its entry in `members` of Cargo.toml.

Exit status:
  0  success
  1  the description is invalid or can't be downloaded, or a file can't be written
  2  invalid arguments: a name that is in use or not valid for a crate, no such file";
