//! The arguments, and the help that explains them.

mod bench;
mod codegen;
mod completions;
mod corpus;
mod diff;
mod new;
mod release;

use clap::{Parser, Subcommand};

pub(crate) use bench::{Bench, Subject};
pub(crate) use codegen::{Codegen, Stats};
pub(crate) use completions::{Completions, Shell};
pub(crate) use corpus::Corpus;
pub(crate) use diff::{Diff, FailOn, Format};
pub(crate) use new::New;
pub(crate) use release::Release;

/// The tasks of this project.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    New(New),
    Codegen(Codegen),
    Diff(Diff),
    Release(Release),
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
