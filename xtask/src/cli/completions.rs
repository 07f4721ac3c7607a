//! Arguments of `cargo xtask completions`.

use clap::{Args, ValueEnum};

/// Print the shell completion script of `cargo xtask`.
///
/// The script completes the commands and options of `cargo xtask`; completion of other cargo commands is
/// unchanged.
#[derive(Debug, Args)]
#[command(after_long_help = COMPLETIONS)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}

/// A shell that has completions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Shell {
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
      cargo xtask completions bash > ~/.cargo-xtask.bash
      echo '. ~/.cargo-xtask.bash' >> ~/.bashrc

  Zsh, with `fpath=(~/.zfunc $fpath)` before `compinit` in ~/.zshrc:
      cargo xtask completions zsh > ~/.zfunc/_cargo-xtask

  Fish:
      cargo xtask completions fish > ~/.config/fish/conf.d/cargo-xtask.fish

Then open a new shell.

Exit status:
  0  success
  2  invalid arguments: unsupported shell";
