//! Arguments of `docs-check`.

use std::path::PathBuf;

use clap::Args;

/// Check the description against the published API reference.
///
/// Reads Markdown pages as Stainless publishes them, for HTTP (`**get** /cats/{id}`, Path Parameters,
/// Returns) or for Go, and reports where they differ from the description: operations, parameters and
/// their locations, fields of requests and responses, types, required or optional, values of enums, and
/// examples, which must be valid against the schemas. Prose is not compared. Each difference is reported
/// once, with the line of the page and the location in the description.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub struct DocsCheck {
    /// Pages, or folders with pages: all .md files in them
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Which API of this project, by the name of its crate [default: the first]
    #[arg(long, value_name = "NAME", conflicts_with = "spec")]
    pub api: Option<String>,

    /// The description, if it doesn't belong to an API of this project
    #[arg(long, value_name = "FILE")]
    pub spec: Option<PathBuf>,

    /// The configuration of the crate; only `[limits]` is used [default: sdk.toml beside the description]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Require a page for every operation of the description
    ///
    /// By default, an operation without a page is reported only if a page describes its whole group: a page
    /// with a heading above the headings of its operations, one of which has the same tag and
    /// the same path prefix. A page with a single operation doesn't describe a group.
    #[arg(long)]
    pub all: bool,

    /// Write an OpenAPI description of the pages instead of comparing, to FILE or to standard output
    ///
    /// Its comments state what was inferred, and from which line. An existing file is not replaced.
    #[arg(long, value_name = "FILE", num_args = 0..=1, conflicts_with_all = ["api", "spec", "config", "all", "json"])]
    pub draft: Option<Option<PathBuf>>,

    /// Print the differences as JSON
    #[arg(long)]
    pub json: bool,
}

const EXAMPLES: &str = "\
Examples:
  Check that the description agrees with the pages:
      {command} docs-check ../pages

  Check another description against one page:
      {command} docs-check get-cat.md --spec cats.yaml

  Draft the description of an operation that only the pages have:
      {command} docs-check cancel-cat.md --draft cancel-cat.yaml

Lines of a page that can't be parsed are reported as warnings; they don't change the exit status.

Exit status:
  0  pages and description agree; with --draft: the draft was written
  1  they differ, or the description is invalid; with --draft: the draft can't be written
  2  invalid arguments: unknown argument, unreadable page, page without an operation, malformed line
     of a known form";
