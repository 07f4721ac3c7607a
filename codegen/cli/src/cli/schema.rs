//! Arguments of `schema`.

use clap::Args;

/// Print the JSON Schema of sdk.toml, for editors.
///
/// An editor with TOML support completes the keys of `sdk.toml` and checks their values if the first line of
/// the file names the schema.
#[derive(Debug, Args)]
#[command(after_long_help = SCHEMA)]
pub struct Schema {
    /// Print a page of Markdown with all keys instead
    #[arg(long)]
    pub markdown: bool,
}

const SCHEMA: &str = "\
Examples:
  Write the schema beside a configuration, whose first line is `#:schema sdk.schema.json`:
      {command} schema > spec/petstore/sdk.schema.json

  Read about all keys:
      {command} schema --markdown

Exit status:
  0  success
  2  invalid arguments: unknown argument";
