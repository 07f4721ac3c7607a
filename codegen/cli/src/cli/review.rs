//! Arguments of `review`.

use clap::Args;

/// Summarize a pull request as a Markdown comment: changes of the API and of the crate's size.
///
/// Compares the descriptions and the emitted crates with those at a revision: the changes for users, as
/// reported by `{command} diff`, then lines of Rust, files, functions and LLVM instructions before and
/// after. Both crates are compiled to count them; the counts are the same on every machine with the same
/// compiler.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Review {
    /// The base revision of the pull request
    pub base: String,

    /// Which API of this project, by the name of its crate [default: all of them]
    ///
    /// An API that the base doesn't have is new, and one that only the base has was removed.
    #[arg(long, value_name = "NAME")]
    pub api: Option<String>,

    /// Compile nothing: the comment then has no counts of functions and LLVM instructions
    #[arg(long)]
    pub no_build: bool,
}

const EXAMPLES: &str = "\
Examples:
  Write the comment of a pull request, as the workflow in .github does:
      {command} review origin/main > comment.md

  Look at one API alone:
      {command} review origin/main --api petstore --no-build

Compiled crates are kept in target/review.

Exit status:
  0  the comment was written
  1  a description is invalid, or a crate doesn't compile
  2  invalid arguments: no such API, no such revision";
