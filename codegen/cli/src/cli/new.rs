//! Arguments of `new`.

use std::path::PathBuf;

use clap::Args;

/// Add an API to this project: its description, its configuration, and its crate.
///
/// The description is copied unchanged to `spec/NAME/`; one in several files is written as one, as by
/// `{command} bundle`. `spec/NAME/sdk.toml` lists what the generator inferred (names of resources and methods,
/// pagination, credentials), each line with its origin, so that it can be edited. The crate is written to
/// `generated/NAME/` and becomes a member of the workspace, if the project is one.
/// A run that fails leaves nothing behind.
#[derive(Debug, Args)]
#[command(after_long_help = NEW)]
pub struct New {
    /// The name of the crate, and of the folders
    pub name: String,

    /// The OpenAPI description, 3.0 to 3.2 or Swagger 2.0, YAML or JSON: a file, a URL to download it from, or `-` for
    /// standard input
    #[arg(long, value_name = "FILE|URL")]
    pub spec: String,

    /// An overlay (OpenAPI Overlay 1.0 or 1.1), copied beside the description; may be repeated
    #[arg(long, value_name = "FILE")]
    pub overlay: Vec<PathBuf>,
}

impl New {
    /// Whether the description is downloaded.
    pub fn downloads(&self) -> bool {
        crate::input::is_url(&self.spec)
    }
}

const NEW: &str = "\
Examples:
  Add an API with a published description:
      {command} new petstore --spec https://petstore3.swagger.io/api/v3/openapi.json

  Add an API from a local file:
      {command} new petstore --spec ~/Downloads/openapi.yaml

  Then compile the crate, review it, and rename methods in spec/petstore/sdk.toml:
      cargo check --package petstore
      cargo doc --package petstore --no-deps --open
      {command} codegen petstore

The folders are those that clientsmith.toml names. To remove an API, delete spec/NAME/, generated/NAME/
and its entry in `members` of Cargo.toml.

Exit status:
  0  success
  1  the description is invalid or can't be downloaded, or a file can't be written
  2  invalid arguments: a name that is in use or not valid for a crate, no such file";
