//! `clientsmith completions`: scripts for shells.
//!
//! clap writes them for a program. Where the program is a command of cargo, it is `cargo` that is typed,
//! and the name of the command behind it, so each script gets a way from there.

use std::process::ExitCode;

use clap::Command;
use clap_complete::Shell;

use crate::cli;
use crate::failure::Failure;
use crate::program::Program;
use crate::terminal::print;

/// Prints the script of a shell.
pub(crate) fn run(arguments: &cli::Completions) -> Result<ExitCode, Failure> {
    let name = Program::running().name;
    let script = match name.strip_prefix("cargo ") {
        None => Some(script(of_clap(arguments.shell), name)),
        Some(name) => match arguments.shell {
            cli::Shell::Bash => bash(name),
            cli::Shell::Zsh => Some(zsh(name)),
            cli::Shell::Fish => fish(name),
        },
    };
    let script = script.ok_or_else(|| {
        Failure::work("clap's script for this shell has an unexpected form; nothing was printed")
    })?;
    print(&script);
    Ok(ExitCode::SUCCESS)
}

fn of_clap(shell: cli::Shell) -> Shell {
    match shell {
        cli::Shell::Bash => Shell::Bash,
        cli::Shell::Zsh => Shell::Zsh,
        cli::Shell::Fish => Shell::Fish,
    }
}

/// The script of clap for a program of this name.
fn script(shell: Shell, name: &str) -> String {
    let all = Program::running().command();
    // What nobody types is offered to nobody.
    let shown = all.get_subcommands().filter(|it| !it.is_hide_set());
    let options = all.get_arguments().cloned();
    let mut command = Command::new(Program::running().name)
        .args(options)
        .subcommands(shown.cloned());
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// A function for what stands behind the name, and one that completes cargo with it.
fn bash(name: &str) -> Option<String> {
    let script = script(Shell::Bash, name);
    // No program has this name.
    let end = script.rfind("if [[ \"${BASH_VERSINFO[0]}\" -eq 4")?;
    let of_cargo = include_str!("cargo.bash").replace("NAME", name);
    Some(script[..end].trim_end().to_owned() + "\n" + &of_cargo)
}

/// Cargo's own completions call a function of this name for a command that they don't know.
fn zsh(name: &str) -> String {
    script(Shell::Zsh, &format!("cargo-{name}"))
}

/// The conditions of fish count words: without `cargo` and a toolchain, they are those of the command.
fn fish(name: &str) -> Option<String> {
    const COMMAND: &str = "    set -e cmd[1]\n";
    const BEHIND_CARGO: &str = "    set -e cmd[1]
    string match -q -- '+*' $cmd[1]
    and set -e cmd[1]
    test \"$cmd[1]\" = NAME
    or return 1
    set -e cmd[1]
";
    let script = script(Shell::Fish, name).replace('\t', "    ");
    let is_known = script.matches(COMMAND).count() == 1;
    is_known.then(|| {
        script
            .replace(COMMAND, &BEHIND_CARGO.replace("NAME", name))
            .replace(&format!("complete -c {name} "), "complete -c cargo ")
    })
}
