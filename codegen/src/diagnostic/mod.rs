//! What is wrong with a document or a configuration, where, and how to mend it.

mod codes;

use std::ops::Range;

pub use codes::WarningCode;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something was left out or typed loosely; the crate is right without it.
    Warning,
    /// No crate can be made of this.
    Error,
}

/// Which of the texts a diagnostic speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// The OpenAPI description.
    Spec,
    /// A file that the description refers to, by its number, from 0, in the order in which files are read.
    File(usize),
    /// The overlay of this number, from 0, in the order in which they are applied.
    Overlay(usize),
    /// The configuration, `sdk.toml`.
    Config,
}

/// One thing that is wrong, with its place.
///
/// Whoever finds it knows a JSON pointer (RFC 6901); the place in the text is looked up
/// from that pointer only when there is something to report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// What a warning is about; errors have none.
    pub code: Option<WarningCode>,
    /// The text it is about.
    pub origin: Origin,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// JSON pointer (RFC 6901) of the value in the text that [`Self::origin`] names: `/paths/~1pets/get`.
    /// Empty for the whole document.
    ///
    /// Until its place is looked up ([`locate`](crate::locate)), what is said of a description with overlays has the pointer
    /// of the value in the result.
    pub pointer: String,
    /// Whether the key at the pointer is meant rather than its value.
    pub at_key: bool,
    /// What to say right at the place, for example what was expected there.
    pub label: String,
    /// How to mend it.
    pub help: Option<String>,
    /// Bytes of the text, once they are known.
    pub span: Option<Range<usize>>,
    /// Other places that belong to it, such as the first of two equal names.
    pub related: Vec<Related>,
}

/// A place that belongs to a diagnostic without being the one to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The text that it is in.
    pub origin: Origin,
    /// JSON pointer (RFC 6901) of the value.
    pub pointer: String,
    /// Whether the key at the pointer is meant rather than its value.
    pub at_key: bool,
    /// What to say at the place.
    pub label: String,
    /// Bytes of the text, once they are known.
    pub span: Option<Range<usize>>,
}

impl Diagnostic {
    /// An error at the value that `pointer` names.
    pub fn error(origin: Origin, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code: None,
            origin,
            message: message.into(),
            pointer: pointer.into(),
            at_key: false,
            label: String::new(),
            help: None,
            span: None,
            related: Vec::new(),
        }
    }

    /// A warning at the value that `pointer` names.
    pub fn warning(
        code: WarningCode,
        origin: Origin,
        pointer: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Warning,
            code: Some(code),
            ..Self::error(origin, pointer, message)
        }
    }

    /// Makes an error a warning, of something that can be done without.
    pub(crate) fn demote(&mut self, code: WarningCode) {
        self.severity = Severity::Warning;
        self.code = Some(code);
    }

    /// The texts that it has places in.
    pub(crate) fn origins(&self) -> impl Iterator<Item = Origin> {
        let related = self.related.iter().map(|related| related.origin);
        std::iter::once(self.origin).chain(related)
    }

    /// Points at the key instead of the value.
    #[must_use]
    pub fn at_key(mut self) -> Self {
        self.at_key = true;
        self
    }

    /// Says something right at the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Says how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Points at another value too, and says what it has to do with this.
    #[must_use]
    pub fn related(self, pointer: impl Into<String>, label: impl Into<String>) -> Self {
        let origin = self.origin;
        self.related_in(origin, pointer, label)
    }

    /// Points at a value of another text too, and says what it has to do with this.
    #[must_use]
    pub fn related_in(
        mut self,
        origin: Origin,
        pointer: impl Into<String>,
        label: impl Into<String>,
    ) -> Self {
        self.related.push(Related {
            origin,
            pointer: pointer.into(),
            at_key: false,
            label: label.into(),
            span: None,
        });
        self
    }
}

/// Most errors, and most warnings, that are told of one description.
const MOST: usize = 200;

/// Keeps as many diagnostics as somebody may read, in their order; what is returned goes behind them and
/// says how many more there were.
#[must_use]
pub(crate) fn keep_readable(diagnostics: &mut Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut closing = Vec::new();
    for severity in [Severity::Error, Severity::Warning] {
        let mut left = MOST;
        let mut dropped: Option<(usize, Origin)> = None;
        diagnostics.retain(|it| {
            if it.severity != severity || left > 0 {
                left -= usize::from(it.severity == severity);
                return true;
            }
            let (count, origin) = dropped.get_or_insert((0, it.origin));
            (*count, *origin) = (*count + 1, it.origin);
            false
        });
        let Some((count, origin)) = dropped else {
            continue;
        };
        let word = match severity {
            Severity::Error => "errors",
            Severity::Warning => "warnings",
        };
        let message = format!("{count} more {word} are not listed");
        let rest =
            Diagnostic::error(origin, "", message).help("fix the listed ones, and run again");
        closing.push(Diagnostic { severity, ..rest });
    }
    closing
}
