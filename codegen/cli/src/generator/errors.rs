//! Why there are no files, or why they weren't written.

use std::error::Error;
use std::fmt::{self, Debug, Display, Formatter};

use codegen::{Diagnostic, Source};

use crate::failure::Failure;

/// All that is wrong: with a description and its configuration, or with a folder.
///
/// Its text shows each place with the lines around it, and how to fix it; a `main` that returns it prints
/// that text.
///
/// ```
/// let errors = clientsmith::Generator::new("openapi: 3.1.0\n").generate().err().expect("it has no title");
/// assert_eq!(errors.diagnostics().len(), 1);
/// assert!(errors.to_string().ends_with("1 error in `openapi`"));
/// ```
pub struct Errors {
    diagnostics: Vec<Diagnostic>,
    text: String,
}

impl Errors {
    /// What is wrong with two texts.
    pub(super) fn of(diagnostics: Vec<Diagnostic>, spec: Source<'_>, config: Source<'_>) -> Self {
        let shown = rendered(&diagnostics, spec, config);
        let many = diagnostics.len();
        let plural = if many == 1 { "" } else { "s" };
        let text = format!("{shown}{many} error{plural} in `{}`", spec.name);
        Self { diagnostics, text }
    }

    /// What is wrong with the description and its configuration; empty where it is a folder.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

/// Diagnostics with the lines that they are about.
pub(super) fn rendered(diagnostics: &[Diagnostic], spec: Source<'_>, config: Source<'_>) -> String {
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
