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

/// Generate, check and release Rust client crates from OpenAPI descriptions.
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
    /// Runs the job of a `corpus` run for one description.
    #[command(name = WORKER, hide = true)]
    CorpusWorker {
        /// The job, as JSON.
        order: String,
    },
    /// Runs the minimal work of generating a crate.
    #[cfg(feature = "bench")]
    #[command(hide = true, subcommand)]
    BenchFloor(crate::bench::floor::Floor),
}

/// The command that `corpus` starts itself with, once for each description.
pub(crate) const WORKER: &str = "corpus-worker";

const WALK: &str = "\
Workflow of a change, from the published API reference to the release:
  cargo xtask docs-check PAGES          compare the description with the published pages
  cargo xtask diff HEAD                 show the effect of an edit of spec/ on users of the crate
  cargo xtask codegen --watch           generate while spec/ is edited; errors have file and line
  cargo test --workspace                compare with reviewed snapshots; update: `cargo insta review`
  cargo xtask release                   prepare the next version
  cargo xtask package                   verify that it can be published

Other APIs of the project, by name:
  cargo xtask new petstore --spec URL   add an API: description, configuration, crate
  cargo xtask codegen petstore          regenerate it after an edit of spec/petstore/
  cargo xtask codegen --all --check     check that all crates are up to date, as CI does

`cargo xtask COMMAND --help` explains a command with examples; `cargo xtask completions --help`
explains how to install shell completions.";
