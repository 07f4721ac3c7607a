//! Why there are no files, or why they weren't written.

use std::error::Error;
use std::fmt::{self, Debug, Display, Formatter};

use codegen::{Description, Diagnostic, Severity, Source};

use crate::failure::Failure;

/// All that is wrong: with a description and its configuration, or with a folder.
///
/// Its text shows each place with the lines around it, and how to fix it; a `main` that returns it prints
/// that text.
///
/// ```
/// let errors = clientsmith::Generator::new("openapi: 4.0.0\n").generate().err().expect("no such version");
/// assert_eq!(errors.diagnostics().len(), 1);
/// assert!(errors.to_string().ends_with("1 error in `openapi`"));
/// ```
pub struct Errors {
    diagnostics: Vec<Diagnostic>,
    text: String,
}

impl Errors {
    /// What is wrong with two texts.
    pub(super) fn of(
        diagnostics: Vec<Diagnostic>,
        spec: Description<'_>,
        config: Source<'_>,
    ) -> Self {
        Self::about(diagnostics, spec, config, spec.source.name)
    }

    /// What is wrong with a configuration, whatever the description is.
    pub(crate) fn of_config(diagnostics: Vec<Diagnostic>, config: Source<'_>) -> Self {
        let nothing = Description::from(Source { name: "", text: "" });
        Self::about(diagnostics, nothing, config, config.name)
    }

    fn about(
        diagnostics: Vec<Diagnostic>,
        spec: Description<'_>,
        config: Source<'_>,
        name: &str,
    ) -> Self {
        let shown = rendered(&diagnostics, spec, config);
        let count = |severity, word: &str| {
            let many = diagnostics.iter().filter(|it| it.severity == severity);
            match many.count() {
                0 => None,
                1 => Some(format!("1 {word}")),
                many => Some(format!("{many} {word}s")),
            }
        };
        let found = [(Severity::Error, "error"), (Severity::Warning, "warning")];
        let found = found
            .into_iter()
            .filter_map(|(severity, word)| count(severity, word));
        let found = found.collect::<Vec<_>>().join(", ");
        let text = format!("{shown}{found} in `{name}`");
        Self { diagnostics, text }
    }

    /// What is wrong with the description and its configuration; empty where it is a folder.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

/// Diagnostics with the lines that they are about.
pub(super) fn rendered(
    diagnostics: &[Diagnostic],
    spec: Description<'_>,
    config: Source<'_>,
) -> String {
    let texts = diagnostics.iter().map(|each| {
        let text = codegen::render(each, spec, config, false);
        format!("{}\n\n", text.trim_end())
    });
    texts.collect()
}

impl From<Failure> for Errors {
    fn from(failure: Failure) -> Self {
        let mut lines = vec![failure.message];
        lines.extend(failure.notes.iter().map(|note| format!("  {note}")));
        lines.extend(failure.help.map(|help| format!("help: {help}")));
        Self {
            diagnostics: Vec::new(),
            text: lines.join("\n"),
        }
    }
}

impl Display for Errors {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

// What a `main` that returns it prints.
impl Debug for Errors {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl Error for Errors {}
