//! The project's command line: `cargo xtask`, with a command for each task of its maintainers.
//!
//! The generator itself is a library that reads and writes nothing. This is the part that
//! touches the disk: it reads the description and its configuration, and brings the folder of
//! the crate in line with what was generated.

mod bench;
mod check;
mod cli;
mod completions;
mod corpus;
mod diff;
mod docs_check;
mod failure;
mod generate;
mod input;
mod line_ends;
mod new;
mod output;
mod package;
#[cfg(not(all(feature = "examples", feature = "fetch")))]
mod rebuild;
mod release;
mod report;
mod review;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Command};
use terminal::Terminal;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let terminal = Terminal::new();
    let outcome = match cli.command {
        Command::Codegen(arguments) => generate::run(&arguments, &terminal),
        Command::Diff(arguments) => diff::run(&arguments, &terminal),
        Command::Package(arguments) => package::run(&arguments, &terminal),
        Command::New(arguments) => new::run(&arguments, &terminal),
        Command::Release(arguments) => release::run(&arguments, &terminal),
        Command::Review(arguments) => review::run(&arguments, &terminal),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments, &terminal),
        Command::Corpus(arguments) => corpus::run(&arguments, &terminal),
        Command::DocsCheck(arguments) => docs_check::run(&arguments, &terminal),
        Command::CorpusWorker { order } => corpus::work(&order),
        #[cfg(feature = "bench")]
        Command::BenchFloor(part) => bench::floor::run(&part),
    };
    match outcome {
        Ok(code) => code,
        Err(failure) => {
            terminal.failure(&failure);
            failure.code()
        }
    }
}
