//! Arguments of `cargo xtask codegen`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Generate a Rust client crate from an OpenAPI description.
///
/// Reads the description and `sdk.toml`, which configures what OpenAPI can't express: names,
/// versions, polling methods. Then updates the folder of the crate: changed files are written, files
/// of an earlier run that are no longer generated are removed, and all other files are kept. A run
/// that fails changes nothing.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Codegen {
    /// Which API of this project [default: the first]
    ///
    /// The name of its crate and of its folders: `petstore` is generated from `spec/petstore/` into
    /// `generated/petstore/`.
    #[arg(conflicts_with = "spec")]
    pub(crate) name: Option<String>,

    /// Generate all APIs of this project
    #[arg(long, conflicts_with_all = ["name", "spec", "config", "overlay", "out", "only"])]
    pub(crate) all: bool,

    /// The OpenAPI description, 3.0 or 3.1, YAML or JSON [default: spec/batches.yaml]
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,

    /// The configuration of the crate [default: sdk.toml beside the description]
    ///
    /// Without a configuration, the crate is named after the title of the description.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// An overlay (OpenAPI Overlay 1.0 or 1.1), applied to the description; may be repeated
    ///
    /// Overlays are applied in order, after those that `overlays` in the configuration lists.
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Vec<PathBuf>,

    /// The folder of the crate [default: generated]
    ///
    /// A new or empty folder, or one that an earlier run wrote. A folder with other content is
    /// rejected.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    /// Generate only these operations and the types that they use
    ///
    /// A comma-separated list of tags, operationIds, paths, or methods and paths as in `GET /pets`; a
    /// trailing `*` matches any text. It overrides `only` in the configuration. Names are the same as
    /// in the complete crate. `*` alone leaves out webhooks and the types that no operation uses.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(crate) only: Vec<String>,

    /// Write nothing; print what would change as a diff, and fail if anything would
    #[arg(long)]
    pub(crate) check: bool,

    /// Generate again whenever the description, its configuration or an overlay has changed, until Ctrl-C
    ///
    /// Prints a line per run with what changed. Errors are reported, and the crate stays unchanged
    /// until they are fixed.
    #[arg(long, conflicts_with_all = ["check", "stats"])]
    pub(crate) watch: bool,

    /// Print statistics and timings, as a table or as JSON
    ///
    /// Numbers of operations, types and fields; values typed as any JSON although the description has a
    /// narrower schema (loose values); size of each part of the crate; warnings by kind; seconds per
    /// stage.
    #[arg(long, value_name = "FORMAT", num_args = 0..=1, require_equals = true)]
    #[arg(value_enum, default_missing_value = "table")]
    pub(crate) stats: Option<Stats>,
}

/// The format of statistics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stats {
    /// For people
    Table,
    /// For programs; nothing else is printed to standard output
    Json,
}

const EXAMPLES: &str = "\
Examples:
  Generate the crate of this project after spec/ was edited:
      cargo xtask codegen

  Check that it is up to date, as CI does:
      cargo xtask codegen --check

  Keep it up to date while the description is edited:
      cargo xtask codegen --watch

  Generate another API of this project, or all of them:
      cargo xtask codegen petstore
      cargo xtask codegen --all

  Generate a crate for another API, named after its title:
      cargo xtask codegen --spec petstore.json --out ../petstore

  Generate a crate for a part of an API:
      cargo xtask codegen --spec petstore.json --out ../petstore --only pets,'/owners*'

Default paths are relative to this project, wherever the command is run. Given paths are relative
to the current folder.

Exit status:
  0  success; with --check: nothing would change
  1  the description or its configuration is invalid, or a file can't be written;
     with --check: something would change
  2  invalid arguments: unknown argument, unreadable file, rejected folder";
