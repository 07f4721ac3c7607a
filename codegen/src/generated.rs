//! What a run gives.

use crate::diagnostic::Diagnostic;

/// A crate, in memory.
#[derive(Clone, Debug)]
pub struct Generated {
    /// All files, each whole.
    pub files: Vec<GeneratedFile>,
    /// What was left out or typed loosely, with places.
    pub warnings: Vec<Diagnostic>,
    /// How much there was to do.
    pub summary: Summary,
}

/// A file of the crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedFile {
    /// Path below the crate's folder, with `/` between its parts.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// Counts for a line of report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Calls that the API offers.
    pub operations: usize,
    /// Groups of operations.
    pub resources: usize,
    /// Types of the API.
    pub types: usize,
}
