//! Arguments of `bundle`.

use std::path::PathBuf;

use clap::Args;

/// Write a description in several files as one file.
///
/// What `$ref` refers to in other files becomes components, each once, named after the component, or after the file.
/// The output is YAML or JSON as the description is, and generates the same crate. Overlays aren't applied. A
/// description in one file is written unchanged; otherwise comments are lost.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Bundle {
    /// An API of this project, or the file of a description [default: the first API]
    #[arg(value_name = "NAME|FILE")]
    pub spec: Option<String>,

    /// The file to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  Write the description of an API of this project to one file:
      {command} bundle petstore --output petstore.yaml

  Write any description to standard output:
      {command} bundle spec/openapi.yaml

Files outside of the folder of the description are read if --allow-path or --allow-url names them.

Exit status:
  0  success
  1  the description is invalid, or a reference can't be followed
  2  invalid arguments: unknown argument, unreadable file";
