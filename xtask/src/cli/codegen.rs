//! Arguments of `cargo xtask codegen`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Turn an OpenAPI description into a Rust client crate.
///
/// Reads the description and `sdk.toml`, which says what OpenAPI can't: names, versions,
/// waiters. Then brings the folder of the crate in line: files that changed are written, files
/// that an earlier run wrote and this one doesn't are removed, and all others are left alone.
/// A run that fails changes nothing.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Codegen {
    /// Which API of this project [default: the first]
    ///
    /// The name of its crate, which is that of its folders: `petstore` is made of `spec/petstore/`
    /// and goes to `generated/petstore/`.
    #[arg(conflicts_with = "spec")]
    pub(crate) name: Option<String>,

    /// All APIs of this project, one after another
    #[arg(long, conflicts_with_all = ["name", "spec", "config", "out", "only"])]
    pub(crate) all: bool,

    /// The OpenAPI description, 3.0 or 3.1, YAML or JSON [default: spec/batches.yaml]
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,

    /// The configuration of the crate [default: sdk.toml beside the description]
    ///
    /// Without one the crate is named after the title of the description.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// The folder of the crate [default: generated]
    ///
    /// A new or empty folder, or one that an earlier run wrote. A folder with anything else in
    /// it is refused.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,

    /// Make only these operations, and the types that they reach
    ///
    /// Tags, operationIds, paths, or methods and paths as in `GET /pets`, with commas between them;
    /// a `*` at the end stands for any text. They go before `only` in the configuration. What
    /// remains is called as in the whole crate. `*` alone leaves out webhooks and the
    /// types that no operation reaches.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(crate) only: Vec<String>,

    /// Write nothing; print what would change as a diff, and fail if anything would
    #[arg(long)]
    pub(crate) check: bool,

    /// Generate again whenever the description or its configuration has changed, until Ctrl-C
    ///
    /// A line for each run says what changed; what is wrong is told, and the crate stays as it was
    /// until it is mended.
    #[arg(long, conflicts_with_all = ["check", "stats"])]
    pub(crate) watch: bool,

    /// Tell how much there is of what, and how long it took, as a table or as JSON
    ///
    /// Operations, types and fields; places where any JSON is taken although the description says
    /// more (loose values); the size of each part of the crate; kinds of warnings; seconds of each
    /// stage.
    #[arg(long, value_name = "FORMAT", num_args = 0..=1, require_equals = true)]
    #[arg(value_enum, default_missing_value = "table")]
    pub(crate) stats: Option<Stats>,
}

/// How numbers are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stats {
    /// For people
    Table,
    /// For machines, and instead of all else on standard output
    Json,
}

const EXAMPLES: &str = "\
Examples:
  Generate the crate of this project, after an edit of spec/:
      cargo xtask codegen

  See whether it is up to date, as CI does:
      cargo xtask codegen --check

  Let it be up to date at all times while the description is written:
      cargo xtask codegen --watch

  Generate another API of this project, or all of them:
      cargo xtask codegen petstore
      cargo xtask codegen --all

  Generate a crate of another API, named after its title:
      cargo xtask codegen --spec petstore.json --out ../petstore

  Generate a crate of a part of an API:
      cargo xtask codegen --spec petstore.json --out ../petstore --only pets,'/owners*'

The defaults are paths in this project, from wherever the command is run. A path that is given
counts from the current folder.

Exit status:
  0  done; with --check: nothing would change
  1  the description or its configuration is wrong, or a file can't be written;
     with --check: something would change
  2  an argument is wrong: unknown, a file that can't be read, a folder that is refused";
