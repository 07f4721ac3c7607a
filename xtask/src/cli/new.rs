//! Arguments of `cargo xtask new`.

use clap::Args;

/// Add an API to this project: its description, what that was taken to mean, and its crate.
///
/// The description is copied as it is to `spec/NAME/`. `spec/NAME/sdk.toml` says what the generator
/// takes it to mean (names of resources and methods, pages, credentials), each line with where it
/// comes from, to be changed where that reads better. The crate goes to `generated/NAME/` and becomes
/// a member of the workspace. A run that fails leaves nothing behind.
#[derive(Debug, Args)]
#[command(after_long_help = NEW)]
pub(crate) struct New {
    /// The name of the crate, and of the folders
    pub(crate) name: String,

    /// The OpenAPI description, 3.0 or 3.1, YAML or JSON: a file, or a URL to download it from
    #[arg(long, value_name = "FILE|URL")]
    pub(crate) spec: String,
}

const NEW: &str = "\
Examples:
  Add an API whose description is published:
      cargo xtask new petstore --spec https://petstore3.swagger.io/api/v3/openapi.json

  Add one whose description is a file:
      cargo xtask new petstore --spec ~/Downloads/openapi.yaml

  Then compile the crate, read it, and change what methods are called in spec/petstore/sdk.toml:
      cargo check --package petstore
      cargo doc --package petstore --no-deps --open
      cargo xtask codegen petstore

Only the first download compiles what it takes; files need nothing. To take an API out again, remove
spec/NAME/, generated/NAME/ and its name from `members` in Cargo.toml.

Exit status:
  0  done
  1  the description is wrong, can't be downloaded, or a file can't be written
  2  an argument is wrong: a name that is taken or that no crate can have, no such file";
