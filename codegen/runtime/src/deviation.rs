//! Deviations: places where a response isn't what the API documents, and was decoded nevertheless.

use std::fmt;

/// A place where a response isn't what the API documents; see [`Reading`](super::Reading) for what it is
/// decoded as.
///
/// It contains types and no values, so that it can be logged.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Deviation {
    pub(super) path: String,
    pub(super) expected: String,
    pub(super) found: &'static str,
}

impl Deviation {
    /// Returns the path in the JSON, such as `items[3].status`; empty for the whole body.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the documented type, such as `a boolean`.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }

    /// Returns what was found: `nothing`, `null`, `a boolean`, `a number`, `a string`, `an array` or `an object`.
    #[must_use]
    pub fn found(&self) -> &str {
        self.found
    }
}

/// Formats as `items[3].status: expected a string, found nothing`.
impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            expected,
            found,
        } = self;
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        write!(f, "expected {expected}, found {found}")
    }
}

impl fmt::Debug for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Deviation({self})")
    }
}
