//! The project's command line: `cargo xtask`. The commands are those of `clientsmith`, and some that are about this
//! project alone.

mod bench;
mod cli;
mod corpus;
mod rebuild;
mod workspace;

use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};
use clientsmith::internal::cli::Command as Shared;
use clientsmith::internal::failure::Failure;
use clientsmith::internal::program::{self, Program};
use clientsmith::internal::terminal::Terminal;

use cli::{Cli, Command};

fn main() -> ExitCode {
    let program = Program {
        name: "cargo xtask",
        arguments: Cli::command,
    };
    let matches = program.start().command().get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let terminal = Terminal::of_process();
    program::ended(run(cli, &terminal), &terminal)
}

fn run(cli: Cli, terminal: &Terminal) -> Result<ExitCode, Failure> {
    cli.files.allow();
    match cli.command {
        Command::Shared(_) if !cli.files.allow_url.is_empty() && !Shared::CAN_DOWNLOAD => {
            rebuild::with_feature("fetch", terminal)
        }
        Command::Shared(Shared::New(new)) if new.downloads() && !Shared::CAN_DOWNLOAD => {
            rebuild::with_feature("fetch", terminal)
        }
        Command::Shared(Shared::Update(update)) if update.downloads() && !Shared::CAN_DOWNLOAD => {
            rebuild::with_feature("fetch", terminal)
        }
        Command::Shared(command) => {
            let root = cli.root.or_else(workspace::of_package);
            program::run(&command, root.as_deref(), terminal)
        }
        Command::Bench(arguments) => bench::run(&arguments, terminal),
        Command::Corpus(arguments) => corpus::run(&arguments, terminal),
        Command::CorpusWorker { order } => corpus::work(&order),
        #[cfg(feature = "bench")]
        Command::BenchFloor(part) => bench::floor::run(&part),
    }
}
