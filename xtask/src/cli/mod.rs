//! The arguments, and the help that explains them.

mod bench;
mod corpus;

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use clientsmith::internal::cli::{Command as Shared, SpecFiles, WORKFLOW};

pub(crate) use bench::{Bench, Subject};
pub(crate) use corpus::Corpus;

/// Generate, check and release Rust client crates from OpenAPI descriptions.
#[derive(Debug, Parser)]
#[command(after_help = WORKFLOW)]
pub(crate) struct Cli {
    /// The folder of the project [default: this workspace]
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) root: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) files: SpecFiles,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(flatten)]
    Shared(Shared),
    #[command(display_order = 50)]
    Corpus(Corpus),
    #[command(display_order = 50)]
    Bench(Bench),
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
