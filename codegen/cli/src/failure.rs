//! Why a command stopped.

use std::process::ExitCode;

/// Why a command stopped, and how to go on.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong, without a full stop.
    pub message: String,
    /// More about it, a line each.
    pub notes: Vec<String>,
    /// How to mend it.
    pub help: Option<String>,
    code: u8,
}

impl Failure {
    /// What was asked for is wrong: exit status 2.
    pub fn usage(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            notes: Vec::new(),
            help: None,
            code: 2,
        }
    }

    /// What was asked for didn't work: exit status 1.
    pub fn work(message: impl Into<String>) -> Self {
        Self {
            code: 1,
            ..Self::usage(message)
        }
    }

    /// Adds a line about it.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Says how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The exit status.
    pub fn code(&self) -> ExitCode {
        self.code.into()
    }
}
