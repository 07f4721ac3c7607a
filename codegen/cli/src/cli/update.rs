//! Arguments of `update`.

use clap::Args;

/// Replace the description of an API by a newer one, and generate its crate.
///
/// Shows the changes for users of the crate, as `diff` does, before anything is written. The configuration is
/// carried over: operations with another id, method or path and renamed schemas are followed, and lines about what
/// the description no longer has are commented out with the reason. Description, configuration and crate are
/// written together; a run that fails leaves all of them as they were.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Update {
    /// Which API of this project, by the name of its crate [default: the first]
    pub name: Option<String>,

    /// The new description: a file, a URL to download it from, or `-` for standard input
    ///
    /// By default, it is downloaded from the URL that `new` recorded in sdk.toml. Without one, the file in the
    /// project is treated as the new description, and the last commit of git as the old one.
    #[arg(long, value_name = "FILE|URL")]
    pub spec: Option<String>,

    /// Show what would change, and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

impl Update {
    /// Whether it is known that the description is downloaded.
    pub fn downloads(&self) -> bool {
        self.spec.as_deref().is_some_and(crate::input::is_url)
    }
}

const EXAMPLES: &str = "\
Examples:
  Download the description again from where it came from:
      {command} update petstore

  Show what a newer file changes, then take it:
      {command} update petstore --spec ~/Downloads/openapi.yaml --dry-run
      {command} update petstore --spec ~/Downloads/openapi.yaml

  Review the result:
      git diff spec/petstore
      cargo check --package petstore

Exit status:
  0  success
  1  the description is invalid or can't be downloaded, or a file can't be written
  2  invalid arguments: no such API or file";
