//! Arguments of `package`.

use std::path::PathBuf;

use clap::Args;

/// Verify that a generated crate can be published.
///
/// Copies the crate out of the workspace to target/package-check, packages the copy as
/// `cargo publish` would, offline, and builds the package. Lists the files of the package, and the
/// missing metadata that crates.io would show.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Package {
    /// Which API of this project, by the name of its crate [default: the first]
    pub name: Option<String>,

    /// All APIs of this project
    #[arg(long, conflicts_with_all = ["name", "dir"])]
    pub all: bool,

    /// The folder of the crate, if it doesn't belong to this project
    #[arg(long, value_name = "DIR", conflicts_with = "name")]
    pub dir: Option<PathBuf>,

    /// Also build it with the minimal versions of its dependencies, and all features
    ///
    /// Requires a nightly toolchain to resolve the versions, and network access to fetch them. They are
    /// built with the toolchain that runs this command.
    #[arg(long)]
    pub minimal: bool,
}

const EXAMPLES: &str = "\
Examples:
  Verify the crate of this project, or those of all its APIs, as CI does:
      {command} package
      {command} package --all

  Verify the crate of another API:
      {command} package petstore

  Also verify the lower bounds of its dependencies:
      rustup toolchain install nightly --profile minimal
      {command} package --minimal

Build results are kept in target/package-check, so that a second run is fast.

Exit status:
  0  it can be published
  1  it can't: the package doesn't build, or not with minimal versions; or it lacks a file or contains
     an unexpected file
  2  invalid arguments: no such API, no crate in the folder; or no nightly toolchain";
