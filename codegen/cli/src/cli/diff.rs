//! Arguments of `diff`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Report the changes between two descriptions for users of the crate, and the required version bump.
///
/// Compares the generated APIs: operations, parameters, fields, values, types. Each change is reported with
/// its location, its effect on programs that are compiled with the new crate, and its effect on existing
/// clients once the service has changed. The version bump follows Semantic Versioning:
/// enums of the emitted crates are open and structs `non_exhaustive`, so most additions are not breaking.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Diff {
    /// The old description: a file, a git revision, or REVISION:FILE
    ///
    /// With a revision alone, the API's description at that revision is used.
    pub old: String,

    /// The new description, in the same form [default: the API's current description]
    pub new: Option<String>,

    /// Which API of this project, by the name of its crate [default: the first]
    #[arg(long, value_name = "NAME", conflicts_with = "spec")]
    pub api: Option<String>,

    /// The description, if it doesn't belong to an API of this project
    #[arg(long, value_name = "FILE")]
    pub spec: Option<PathBuf>,

    /// The configuration of both sides [default: sdk.toml beside each description]
    ///
    /// If only one side has a configuration, it is used for both.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// An overlay of both sides; may be repeated
    ///
    /// Applied after the overlays that the configuration of each side lists. These are read from the
    /// revision of that side.
    #[arg(long, value_name = "FILE")]
    pub(crate) overlay: Vec<PathBuf>,

    /// Output format
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub format: Format,

    /// Fail if the changes require this version bump or a higher one; or if they break existing clients, with `wire`
    #[arg(long, value_name = "BUMP", value_enum)]
    pub fail_on: Option<FailOn>,
}

/// The output format of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Text for a terminal
    Table,
    /// Markdown for a pull request
    Markdown,
    /// An entry for the changelog of the crate
    Changelog,
    /// JSON for programs
    Json,
}

/// What is a failure: the lowest version bump, or changes that break clients in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Breaking changes
    Major,
    /// Additions
    Minor,
    /// Any change
    Patch,
    /// Changes that break existing clients once the service has changed, whatever they do to the crate
    Wire,
}

const EXAMPLES: &str = "\
Examples:
  Show the effect of an edit of the description before it is committed:
      {command} diff HEAD

  Show the changes since a release:
      {command} diff v0.1.0

  Compare two files, or a file at a revision with another one:
      {command} diff old.yaml new.yaml
      {command} diff v0.1.0:spec/petstore/openapi.yaml new.yaml

  Comment on a pull request, or reject one with breaking changes:
      {command} diff origin/main --format markdown
      {command} diff origin/main --fail-on major

  Reject one that breaks clients that are in use:
      {command} diff origin/main --fail-on wire

Exit status:
  0  the descriptions were compared; with --fail-on: the bump is lower, or no client breaks
  1  a description is invalid; with --fail-on: the bump is as high or higher, or clients break
  2  invalid arguments: no such file or revision";
