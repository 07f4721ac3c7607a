//! The program that is run: what it is called, and what its arguments are.
//!
//! The same commands are `clientsmith codegen`, `cargo clientsmith codegen` and, in the project of the
//! generator, `cargo xtask codegen`. Help and messages name the one that was run.

use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::OnceLock;

use clap::builder::StyledStr;
use clap::{CommandFactory as _, FromArgMatches as _};

use crate::cli::{Cli, Command};
use crate::context::Context;
use crate::failure::Failure;
use crate::terminal::Terminal;
use crate::{
    bundle, completions, diff, docs_check, generate, init, new, package, release, review, schema,
    traffic, update,
};

/// What stands for the name of the program in the texts of its help.
const NAME: &str = "{command}";

/// The same as a part of the name of a file.
const FILE: &str = "{file}";

/// Set once, where the program starts.
static RUNNING: OnceLock<Program> = OnceLock::new();

/// A program with these commands.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// What is typed to run it, as in `cargo xtask`.
    pub name: &'static str,
    /// Its arguments, before their texts have the name.
    pub arguments: fn() -> clap::Command,
}

impl Program {
    /// Says once that this is the program that runs.
    #[must_use]
    pub fn start(self) -> Self {
        *RUNNING.get_or_init(|| self)
    }

    /// The one that runs; tests of single functions run none.
    pub fn running() -> Self {
        RUNNING.get().copied().unwrap_or(Self {
            name: "clientsmith",
            arguments: Cli::command,
        })
    }

    /// Its arguments, with texts that name it.
    pub fn command(&self) -> clap::Command {
        let command = (self.arguments)().name(self.name).bin_name(self.name);
        named(command, self.name)
    }
}

/// A command of this program, as somebody types it: `cargo xtask codegen` for `codegen`.
pub fn command(arguments: &str) -> String {
    format!("{} {arguments}", Program::running().name)
}

/// Runs the program of this name: reads its arguments, carries the command out, and reports a failure.
pub fn main(
    name: &'static str,
    arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
) -> ExitCode {
    let program = Program {
        name,
        arguments: Cli::command,
    };
    let matches = program.start().command().get_matches_from(arguments);
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let terminal = Terminal::of_process();
    cli.files.allow();
    ended(run(&cli.command, cli.root.as_deref(), &terminal), &terminal)
}

/// Carries out a command, for the project in `root` or around the current folder.
pub fn run(
    command: &Command,
    root: Option<&std::path::Path>,
    terminal: &Terminal,
) -> Result<ExitCode, Failure> {
    let context = || Context::find(root);
    match command {
        Command::Init(_) => init::run(root, terminal),
        Command::New(arguments) => new::run(arguments, &context()?, terminal),
        Command::Update(arguments) => update::run(arguments, &context()?, terminal),
        Command::DocsCheck(arguments) => docs_check::run(arguments, &context()?, terminal),
        Command::Codegen(arguments) => generate::run(arguments, &context()?, terminal),
        Command::Diff(arguments) => diff::run(arguments, &context()?, terminal),
        Command::Review(arguments) => review::run(arguments, &context()?, terminal),
        Command::Release(arguments) => release::run(arguments, &context()?, terminal),
        Command::Package(arguments) => package::run(arguments, &context()?, terminal),
        Command::Traffic(arguments) => traffic::run(arguments, &context()?, terminal),
        Command::Bundle(arguments) => bundle::run(arguments, &context()?, terminal),
        Command::Completions(arguments) => completions::run(arguments),
        Command::Schema(arguments) => schema::run(arguments),
    }
}

/// The exit status of a command that has ended; a failure is reported.
pub fn ended(outcome: Result<ExitCode, Failure>, terminal: &Terminal) -> ExitCode {
    outcome.unwrap_or_else(|failure| {
        terminal.failure(&failure);
        failure.code()
    })
}

/// Puts the name of a program into the texts of a command and of all below it.
fn named(command: clap::Command, name: &str) -> clap::Command {
    let text = |text: Option<&StyledStr>| text.map(|it| with_name(&it.to_string(), name));
    let texts = [
        text(command.get_about()),
        text(command.get_long_about()),
        text(command.get_after_help()),
        text(command.get_after_long_help()),
    ];
    let [about, long_about, after_help, after_long_help] = texts;
    let command = match about {
        Some(text) => command.about(text),
        None => command,
    };
    let command = match long_about {
        Some(text) => command.long_about(text),
        None => command,
    };
    let command = match after_help {
        Some(text) => command.after_help(text),
        None => command,
    };
    let command = match after_long_help {
        Some(text) => command.after_long_help(text),
        None => command,
    };
    command
        .mut_args(|argument| {
            let help = text_of(argument.get_help(), name);
            let long_help = text_of(argument.get_long_help(), name);
            let argument = match help {
                Some(text) => argument.help(text),
                None => argument,
            };
            match long_help {
                Some(text) => argument.long_help(text),
                None => argument,
            }
        })
        .mut_subcommands(|below| named(below, name))
}

fn text_of(text: Option<&StyledStr>, name: &str) -> Option<String> {
    text.map(|it| with_name(&it.to_string(), name))
}

/// A text with the name of a program.
fn with_name(text: &str, name: &str) -> String {
    text.replace(NAME, name)
        .replace(FILE, &name.replace(' ', "-"))
}
