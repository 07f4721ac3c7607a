//! Arguments of `cargo xtask package`.

use std::path::PathBuf;

use clap::Args;

/// Try whether an emitted crate can be published.
///
/// Copies the crate out of the workspace to target/package-check, packages the copy as
/// `cargo publish` would, without a network, and builds what was packaged. Tells what is in the
/// package, and what crates.io shows less of a crate without.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Package {
    /// Which API of this project, by the name of its crate [default: the first]
    pub(crate) name: Option<String>,

    /// The folder of the crate, where it isn't one of this project
    #[arg(long, value_name = "DIR", conflicts_with = "name")]
    pub(crate) dir: Option<PathBuf>,

    /// Also build it with the lowest versions that its manifest allows, and all features
    ///
    /// Takes a nightly toolchain, which resolves those versions, and a network, to fetch them. They are
    /// built with the toolchain that this command runs with.
    #[arg(long)]
    pub(crate) minimal: bool,
}

const EXAMPLES: &str = "\
Examples:
  See whether the crate of this project can be published, as CI does:
      cargo xtask package

  The same of another API:
      cargo xtask package petstore

  Try the lower bounds of its dependencies too:
      rustup toolchain install nightly --profile minimal
      cargo xtask package --minimal

What is built is kept in target/package-check, so that a second run is fast.

Exit status:
  0  it can be published
  1  it can't: it doesn't build as packaged, or with the lowest versions; or the package lacks a file or
     has one that is nobody's business
  2  an argument is wrong: no such API, no crate in the folder; or there is no nightly toolchain";
