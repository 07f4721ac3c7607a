//! The arguments, and the help that explains them.

mod bench;
mod codegen;
mod completions;
mod corpus;
mod diff;
mod docs_check;
mod new;
mod package;
mod release;
mod review;

use clap::{Parser, Subcommand};

pub(crate) use bench::{Bench, Subject};
pub(crate) use codegen::{Codegen, Stats};
pub(crate) use completions::{Completions, Shell};
pub(crate) use corpus::Corpus;
pub(crate) use diff::{Diff, FailOn, Format};
pub(crate) use docs_check::DocsCheck;
pub(crate) use new::New;
pub(crate) use package::Package;
pub(crate) use release::Release;
pub(crate) use review::Review;

/// From an OpenAPI description to a Rust client crate that can be published, and from each of its
/// versions to the next.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = WALK)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    New(New),
    DocsCheck(DocsCheck),
    Codegen(Codegen),
    Diff(Diff),
    Review(Review),
    Release(Release),
    Package(Package),
    Corpus(Corpus),
    Bench(Bench),
    Completions(Completions),
    /// Carries out the order of a `corpus` run for one description.
    #[command(name = WORKER, hide = true)]
    CorpusWorker {
        /// The order, as JSON.
        order: String,
    },
    /// Does the least that generating a crate takes.
    #[cfg(feature = "bench")]
    #[command(hide = true, subcommand)]
    BenchFloor(crate::bench::floor::Floor),
}

/// The command that `corpus` starts itself with, once for each description.
pub(crate) const WORKER: &str = "corpus-worker";

const WALK: &str = "\
The way of a change, from the API's pages to the release:
  cargo xtask docs-check PAGES          see what the published pages have and the description hasn't
  cargo xtask diff HEAD                 see what an edit of spec/ means to users of the crate
  cargo xtask codegen --watch           generate while spec/ is edited; errors have file and line
  cargo test --workspace                compare with what was reviewed: `cargo insta review`
  cargo xtask release                   make the next version ready
  cargo xtask package                   see whether it can be published

Another API of the project, by its name:
  cargo xtask new petstore --spec URL   add it: description, configuration, crate
  cargo xtask codegen petstore          generate it anew, after an edit of spec/petstore/
  cargo xtask codegen --all --check     see whether all are up to date, as CI does

`cargo xtask COMMAND --help` explains a command with examples; `cargo xtask completions --help` says
how to have all this completed by TAB.";
