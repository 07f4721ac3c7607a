//! Arguments of `init`.

use clap::Args;

/// Make a project of a folder: the current one, or that of `--root`.
///
/// Writes `clientsmith.toml`, which marks the folder as a project and lists where its descriptions and
/// crates are. In a folder without a Cargo.toml it also writes one, of a workspace without members, and
/// a .gitignore with the folder `target`; an existing workspace or crate is left unchanged.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Init {}

const EXAMPLES: &str = "\
Examples:
  Start in an empty folder, in a workspace, or in the folder of a crate:
      {command} init

  Then add an API, from a file or a URL:
      {command} new petstore --spec openapi.yaml

Exit status:
  0  success
  1  a file can't be written
  2  invalid arguments: no such folder, or it is a project already";
