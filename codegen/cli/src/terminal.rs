//! Where texts go, and whether they may be coloured.

use std::io::{self, IsTerminal as _, Write};

use anstream::{AutoStream, ColorChoice};

use crate::failure::Failure;

/// Start of bold red text, of bold green text, and so on: ECMA-48 section 8.3.117.
const BOLD: &str = "\u{1b}[1m";
const RED: &str = "\u{1b}[31m";
const GREEN: &str = "\u{1b}[32m";
const CYAN: &str = "\u{1b}[36m";
const RESET: &str = "\u{1b}[0m";

/// How a text stands out.
#[derive(Clone, Copy)]
pub enum Style {
    /// An error.
    Error,
    /// Help and notes.
    Note,
    /// A line of a diff that would go.
    Removed,
    /// A line of a diff that would come.
    Added,
    /// Where a part of a diff stands.
    Place,
    /// The name of a file in a diff.
    Heading,
}

/// Which of the two streams of the process take colours.
///
/// They are used on a terminal only, and not where `NO_COLOR` or `TERM=dumb` is set.
pub struct Terminal {
    /// Whether what is printed may be coloured.
    pub out_color: bool,
    /// Whether what is told may be coloured.
    pub err_color: bool,
    /// Whether what is told goes to a terminal on which a line can be written anew.
    pub is_interactive: bool,
}

impl Terminal {
    /// Looks at the streams and the environment.
    pub fn of_process() -> Self {
        Self {
            out_color: AutoStream::choice(&io::stdout()) != ColorChoice::Never,
            err_color: AutoStream::choice(&io::stderr()) != ColorChoice::Never,
            is_interactive: io::stderr().is_terminal()
                && std::env::var_os("TERM").is_none_or(|terminal| terminal != "dumb"),
        }
    }

    /// Tells why a command stopped.
    pub fn failure(&self, failure: &Failure) {
        let mut lines = vec![format!(
            "{}: {}",
            self.word("error", Style::Error),
            failure.message
        )];
        lines.extend(failure.notes.iter().map(|note| format!("  {note}")));
        if let Some(help) = &failure.help {
            lines.push(format!("{}: {help}", self.word("help", Style::Note)));
        }
        tell(&(lines.join("\n") + "\n"));
    }

    /// Tells something that is no error.
    pub fn note(&self, text: &str) {
        tell(&format!("{}: {text}\n", self.word("note", Style::Note)));
    }

    fn word(&self, word: &str, style: Style) -> String {
        paint(word, style, self.err_color)
    }
}

/// Writes a result to standard output.
///
/// A reader that has gone away, such as `head`, is no error of this command.
pub fn print(text: &str) {
    let _ = io::stdout().lock().write_all(text.as_bytes());
}

/// Writes a message to standard error.
pub fn tell(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// A text in a style, or as it is without colours.
pub fn paint(text: &str, style: Style, color: bool) -> String {
    if !color {
        return text.to_owned();
    }
    let (weight, hue) = match style {
        Style::Error => (BOLD, RED),
        Style::Note => (BOLD, CYAN),
        Style::Removed => ("", RED),
        Style::Added => ("", GREEN),
        Style::Place => ("", CYAN),
        Style::Heading => (BOLD, ""),
    };
    format!("{weight}{hue}{text}{RESET}")
}
