//! Arguments of `cargo xtask docs-check`.

use std::path::PathBuf;

use clap::Args;

/// Hold the description against the API's published pages.
///
/// Reads pages in Markdown as Stainless writes them, in the form for HTTP (`**get** /cats/{id}`, Path
/// Parameters, Returns) or for Go, and tells where they and the description don't agree: operations, parameters
/// and their places, fields of what is sent and answered, types, optional or not, values of enums, and examples,
/// which the types of the description have to be able to read. Words of descriptions don't count. Each
/// difference is told once, with the line of the page and the place in the description.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct DocsCheck {
    /// Pages, or folders with pages: all .md files in them
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// Which API of this project, by the name of its crate [default: the first]
    #[arg(long, value_name = "NAME", conflicts_with = "spec")]
    pub(crate) api: Option<String>,

    /// The description, where it isn't that of an API of this project
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: Option<PathBuf>,

    /// The configuration of the crate, of which only `[limits]` counts [default: sdk.toml beside the description]
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Ask for a page of every operation of the description
    ///
    /// Without it, an operation that no page describes is told only if a page describes its group as a whole: a
    /// page with a heading above the headings of its operations, one of which has the same tag and
    /// the same beginning of the path. A page of one operation says nothing of others.
    #[arg(long)]
    pub(crate) all: bool,

    /// Write an OpenAPI description of what the pages say, instead of comparing: to FILE, or to standard output
    ///
    /// Comments in it tell what was inferred, and from which line. A file that is there is not replaced.
    #[arg(long, value_name = "FILE", num_args = 0..=1, conflicts_with_all = ["api", "spec", "config", "all", "json"])]
    #[expect(
        clippy::option_option,
        reason = "the flag without a value is a third thing to say"
    )]
    pub(crate) draft: Option<Option<PathBuf>>,

    /// Print what was found as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

const EXAMPLES: &str = "\
Examples:
  See whether the description says what the pages say:
      cargo xtask docs-check ../pages

  Hold another description against one page:
      cargo xtask docs-check get-cat.md --spec cats.yaml

  Start a description of an operation that only the pages have:
      cargo xtask docs-check cancel-cat.md --draft cancel-cat.yaml

The lines of a page that aren't understood are told as warnings; they change no exit status.

Exit status:
  0  pages and description agree; with --draft: the draft is written
  1  they don't, or the description is wrong; with --draft: the draft can't be written
  2  an argument is wrong: unknown, a page that can't be read, a page without an operation, a line
     of a page that is of a known form and can't be understood";
