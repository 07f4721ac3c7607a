//! Arguments of `completions`.

use clap::{Args, ValueEnum};

/// Print the shell completion script of `{command}`.
///
/// The script completes the commands and options of `{command}`; completion of other commands is
/// unchanged.
#[derive(Debug, Args)]
#[command(after_long_help = COMPLETIONS)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// A shell that has completions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// Bash 4 or later
    Bash,
    /// Zsh, with the completions that come with cargo
    Zsh,
    /// Fish
    Fish,
}

const COMPLETIONS: &str = "\
Install the script, and install it again after an update with new commands:
  Bash:
      {command} completions bash > ~/.{file}.bash
      echo '. ~/.{file}.bash' >> ~/.bashrc

  Zsh, with `fpath=(~/.zfunc $fpath)` before `compinit` in ~/.zshrc:
      {command} completions zsh > ~/.zfunc/_{file}

  Fish:
      {command} completions fish > ~/.config/fish/conf.d/{file}.fish

Then open a new shell.

Exit status:
  0  success
  2  invalid arguments: unsupported shell";
