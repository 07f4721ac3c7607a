//! Arguments of `cargo xtask release`.

use clap::Args;

/// Make a release ready: the version that the changes ask for, the changelog, the crate.
///
/// Compares the description with that of the last release, as `cargo xtask diff` does. Then writes the
/// next version to `sdk.toml`, an entry to the crate's CHANGELOG.md, and the crate itself. A version
/// that is high enough already stays, and so does an entry that is there. Nothing is committed, tagged
/// or published: what is left to do is printed.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Release {
    /// Which API of this project, by the name of its crate [default: the first]
    pub(crate) name: Option<String>,

    /// The revision of the last release [default: the newest tag `CRATE-vVERSION` or `vVERSION`]
    #[arg(long, value_name = "REVISION")]
    pub(crate) since: Option<String>,

    /// The day of the release, as YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DAY")]
    pub(crate) date: Option<String>,

    /// Write nothing; fail if the version is too low for the changes, or has no entry in the changelog
    ///
    /// Where cargo-semver-checks is installed, it compares the crates too: it also sees what has changed
    /// in the runtime.
    #[arg(long, conflicts_with = "date")]
    pub(crate) check: bool,
}

const EXAMPLES: &str = "\
Examples:
  Make the next release ready:
      cargo xtask release

  The same where the last release has no tag:
      cargo xtask release --since 1a2b3c4

  See before publishing whether the version is right:
      cargo xtask release --check

Exit status:
  0  it is ready; with --check: version and changelog are right
  1  a description is wrong, or a file can't be written; with --check: one of the two is wrong
  2  an argument is wrong: no such API, no such revision";
