//! Arguments of `release`.

use clap::Args;

/// Prepare a release: bump the version, write the changelog, regenerate the crate.
///
/// Compares the description with that of the last release, as `{command} diff` does. Then writes the
/// next version to `sdk.toml`, an entry to the crate's CHANGELOG.md, and the crate itself. A version
/// that is high enough is kept, and so is an existing entry. Nothing is committed, tagged or published:
/// the remaining steps are printed.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Release {
    /// Which API of this project, by the name of its crate [default: the first]
    pub name: Option<String>,

    /// The revision of the last release [default: the newest tag `CRATE-vVERSION` or `vVERSION`]
    #[arg(long, value_name = "REVISION")]
    pub since: Option<String>,

    /// The date of the release, as YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,

    /// Write nothing; fail if the version is too low for the changes, or has no changelog entry
    ///
    /// If cargo-semver-checks is installed, it compares the crates too, which also covers changes of the
    /// runtime.
    #[arg(long, conflicts_with = "date")]
    pub check: bool,

    /// With --check, all APIs of this project
    #[arg(long, requires = "check", conflicts_with_all = ["name", "since"])]
    pub all: bool,
}

const EXAMPLES: &str = "\
Examples:
  Prepare the next release:
      {command} release

  Prepare it if the last release has no tag:
      {command} release --since 1a2b3c4

  Check the version before publishing:
      {command} release --check
      {command} release --check --all

Exit status:
  0  the release is prepared; with --check: version and changelog are correct
  1  a description is invalid, or a file can't be written; with --check: one of the two is wrong
  2  invalid arguments: no such API, no such revision";
