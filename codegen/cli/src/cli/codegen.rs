//! Arguments of `codegen`.

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
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub struct Codegen {
    /// Which API of this project [default: the first one in clientsmith.toml, or the only one]
    ///
    /// The name of its folders, unless clientsmith.toml lists other paths: `petstore` is generated from
    /// `spec/petstore/` into `generated/petstore/`.
    #[arg(conflicts_with = "spec")]
    pub name: Option<String>,

    /// Generate all APIs of this project
    #[arg(long, conflicts_with_all = ["name", "spec", "config", "overlay", "out", "only"])]
    pub all: bool,

    /// The OpenAPI description, 3.0 to 3.2 or Swagger 2.0, YAML or JSON; `-` is standard input [default: that of the API]
    #[arg(long, value_name = "FILE")]
    pub spec: Option<PathBuf>,

    /// The configuration of the crate [default: sdk.toml beside the description]
    ///
    /// Without a configuration, the crate is named after the title of the description.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// An overlay (OpenAPI Overlay 1.0 or 1.1), applied to the description; may be repeated
    ///
    /// Overlays are applied in order, after those that `overlays` in the configuration lists.
    #[arg(long, value_name = "FILE")]
    pub overlay: Vec<PathBuf>,

    /// The folder of the crate, or the folder or the file of the module [default: that of the API]
    ///
    /// A new or empty folder, or one that an earlier run wrote. A folder with other content is
    /// rejected.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,

    /// Generate a module for your own crate instead of a crate
    ///
    /// The module is one file, in the folder `--out` or, where that ends in `.rs`, at this path. It depends on
    /// `clientsmith-runtime`; what else your crate needs is printed, and is at the top of the file. In a
    /// configuration this is `form = "module"` under `[package]`.
    #[arg(long, conflicts_with = "all")]
    pub module: bool,

    /// Generate only these operations and the types that they use
    ///
    /// A comma-separated list of tags, operationIds, paths, or methods and paths as in `GET /pets`; a
    /// trailing `*` matches any text. It overrides `only` in the configuration. Names are the same as
    /// in the complete crate. `*` alone leaves out webhooks and the types that no operation uses.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub only: Vec<String>,

    /// Write nothing; print what would change as a diff, and fail if anything would
    #[arg(long)]
    pub check: bool,

    /// Treat warnings as errors: if there are any, fail and write nothing
    #[arg(long)]
    pub deny_warnings: bool,

    /// Generate again whenever the description, a file that it refers to, its configuration or an overlay has changed, until Ctrl-C
    ///
    /// Prints a line per run with what changed. Errors are reported, and the crate stays unchanged
    /// until they are fixed.
    #[arg(long, conflicts_with_all = ["check", "stats", "deny_warnings"])]
    pub watch: bool,

    /// Print statistics and timings, as a table or as JSON
    ///
    /// Numbers of operations, types and fields; values typed as any JSON although the description has a
    /// narrower schema (loose values); size of each part of the crate; warnings by kind; seconds per
    /// stage.
    #[arg(long, value_name = "FORMAT", num_args = 0..=1, require_equals = true)]
    #[arg(value_enum, default_missing_value = "table")]
    pub stats: Option<Stats>,
}

/// The format of statistics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Stats {
    /// For people
    Table,
    /// For programs; nothing else is printed to standard output
    Json,
}

const EXAMPLES: &str = "\
Examples:
  Generate the crate of this project after spec/ was edited:
      {command} codegen

  Check that it is up to date, as CI does:
      {command} codegen --check

  Also fail if the description has something that can't be generated precisely:
      {command} codegen --check --deny-warnings

  Keep it up to date while the description is edited:
      {command} codegen --watch

  Generate another API of this project, or all of them:
      {command} codegen petstore
      {command} codegen --all

  Generate a crate for another API, named after its title:
      {command} codegen --spec petstore.json --out ../petstore

  Generate a crate for a part of an API:
      {command} codegen --spec petstore.json --out ../petstore --only pets,'/owners*'

  Generate a module for a crate instead:
      {command} codegen --spec petstore.json --module --out src/petstore.rs

  Generate a crate from what another program prints, without a project:
      curl https://petstore3.swagger.io/api/v3/openapi.json | {command} codegen --spec - --out petstore

The project is the nearest folder with a clientsmith.toml, from the current folder upwards, or that of
--root; `{command} init` makes one. Default paths are those of the project. Given paths are
relative to the current folder; with --spec and --out, no project is needed. Nothing is downloaded unless
--allow-url allows it.

Exit status:
  0  success; with --check: nothing would change
  1  the description or its configuration is invalid, or a file can't be written;
     with --check: something would change; with --deny-warnings: there are warnings
  2  invalid arguments: unknown argument, unreadable file, rejected folder";
