//! Arguments of `cargo xtask diff`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Tell what changes for the users of the crate, and what version that makes.
///
/// Compares two descriptions by what is generated from them: operations, parameters, fields, values,
/// types. Each change is told with its place, with what it means to programs that are compiled with the
/// new crate, and with what it means to programs with the old crate once the service has changed. The
/// step of the version follows from the rules of the emitted crates: enums are open and structs are
/// `non_exhaustive`, so most additions break nobody.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Diff {
    /// The old description: a file, a git revision, or REVISION:FILE
    ///
    /// Of a revision alone the API's description is taken.
    pub(crate) old: String,

    /// The new description, given in the same way [default: the API's description as it is now]
    pub(crate) new: Option<String>,

    /// Which API of this project, by the name of its crate [default: the first]
    #[arg(long, value_name = "NAME", conflicts_with = "spec")]
    pub(crate) api: Option<String>,

    /// The description, where it isn't that of an API of this project
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,

    /// The configuration of both sides [default: sdk.toml beside each description]
    ///
    /// Where only one side has one, it is taken for both.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// How the changes are told
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,

    /// Fail if the changes ask for this step of the version, or for more
    #[arg(long, value_name = "STEP", value_enum)]
    pub(crate) fail_on: Option<FailOn>,
}

/// How changes are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, in a terminal
    Table,
    /// For a pull request
    Markdown,
    /// An entry of a changelog, for the users of the crate
    Changelog,
    /// For machines
    Json,
}

/// The least step that is a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// Programs have to be changed
    Major,
    /// There is more than before
    Minor,
    /// Anything
    Patch,
}

const EXAMPLES: &str = "\
Examples:
  See what an edit of the description means, before it is committed:
      cargo xtask diff HEAD

  See what has changed since a release:
      cargo xtask diff v0.1.0

  Compare two files, or a file of a revision with another one:
      cargo xtask diff old.yaml new.yaml
      cargo xtask diff v0.1.0:spec/batches.yaml new.yaml

  Put it into the comment of a pull request, or stop one that breaks users:
      cargo xtask diff origin/main --format markdown
      cargo xtask diff origin/main --fail-on major

Exit status:
  0  the two were compared; with --fail-on: the step is smaller
  1  one of them can't be generated from; with --fail-on: the step is as big, or bigger
  2  an argument is wrong: no such file or revision";
