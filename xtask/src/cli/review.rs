//! Arguments of `cargo xtask review`.

use clap::Args;

/// What a pull request changes, as a comment in Markdown: the API, and what the crate costs.
///
/// Compares the description and the emitted crate with those of a revision: what changes for users, as
/// `cargo xtask diff` has it, then lines of Rust, files, functions and LLVM instructions before and
/// after. The counts are the same on every machine with the same compiler; both crates are compiled
/// for them.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct Review {
    /// The revision that the change is based on
    pub(crate) base: String,

    /// Which API of this project, by the name of its crate [default: the first]
    #[arg(long, value_name = "NAME")]
    pub(crate) api: Option<String>,

    /// Compile nothing: the comment has no functions and no LLVM instructions
    #[arg(long)]
    pub(crate) no_build: bool,
}

const EXAMPLES: &str = "\
Examples:
  Write the comment of a pull request, as the workflow in .github does:
      cargo xtask review origin/main > comment.md

What is compiled is kept in target/review.

Exit status:
  0  the comment is written
  1  a description can't be generated from, or a crate doesn't compile
  2  an argument is wrong: no such API, no such revision";
