//! `cargo xtask completions`: scripts for shells.
//!
//! clap writes them for a program called `xtask`. But it is `cargo` that is typed, and `xtask` behind
//! it, so each script gets a way from there.

use std::process::ExitCode;

use clap::{Command, CommandFactory as _};
use clap_complete::Shell;

use crate::cli::{self, Cli};
use crate::failure::Failure;
use crate::terminal::print;

/// Prints the script of a shell.
pub(crate) fn run(arguments: &cli::Completions) -> Result<ExitCode, Failure> {
    let script = match arguments.shell {
        cli::Shell::Bash => bash(),
        cli::Shell::Zsh => Some(zsh()),
        cli::Shell::Fish => fish(),
    };
    let script = script.ok_or_else(|| {
        Failure::work("clap's script for this shell has an unexpected form; nothing was printed")
    })?;
    print(&script);
    Ok(ExitCode::SUCCESS)
}

/// The script of clap for a program of this name.
fn script(shell: Shell, name: &'static str) -> String {
    let all = Cli::command();
    // What nobody types is offered to nobody.
    let shown = all.get_subcommands().filter(|it| !it.is_hide_set());
    let mut command = Command::new(name).subcommands(shown.cloned());
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// A function for what stands behind `xtask`, and one that completes cargo with it.
fn bash() -> Option<String> {
    let script = script(Shell::Bash, "xtask");
    // No program is called `xtask`.
    let end = script.rfind("if [[ \"${BASH_VERSINFO[0]}\" -eq 4")?;
    Some(script[..end].trim_end().to_owned() + "\n" + include_str!("cargo.bash"))
}

/// Cargo's own completions call a function of this name for a command that they don't know.
fn zsh() -> String {
    script(Shell::Zsh, "cargo-xtask")
}

/// The conditions of fish count words: without `cargo` and a toolchain, they are those of `xtask`.
fn fish() -> Option<String> {
    const COMMAND: &str = "    set -e cmd[1]\n";
    const BEHIND_CARGO: &str = "    set -e cmd[1]
    string match -q -- '+*' $cmd[1]
    and set -e cmd[1]
    test \"$cmd[1]\" = xtask
    or return 1
    set -e cmd[1]
";
    let script = script(Shell::Fish, "xtask").replace('\t', "    ");
    let is_known = script.matches(COMMAND).count() == 1;
    is_known.then(|| {
        script
            .replace(COMMAND, BEHIND_CARGO)
            .replace("complete -c xtask ", "complete -c cargo ")
    })
}
