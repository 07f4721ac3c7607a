//! How many fields the structs of a description may have together.

use crate::diagnostic::{Diagnostic, Origin};

/// What is left of the fields that there may be.
#[derive(Debug)]
pub(super) struct FieldBudget {
    left: u64,
    limit: u64,
}

impl FieldBudget {
    pub(super) fn new(limit: u64) -> Self {
        Self { left: limit, limit }
    }

    /// Whether no more fields may be made.
    pub(super) fn is_spent(&self) -> bool {
        self.left == 0
    }

    /// Counts fields that are about to be made.
    ///
    /// Whether there may be so many is said by [`Self::is_spent`] afterwards. Where the budget is used up by
    /// them, that is an error, which is reported once.
    pub(super) fn take(&mut self, pointer: &str, count: usize) -> Option<Diagnostic> {
        if self.is_spent() {
            return None;
        }
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        self.left = self.left.saturating_sub(count);
        if !self.is_spent() {
            return None;
        }
        let limit = self.limit;
        let message = format!("the structs of this description have more than {limit} fields");
        let error = Diagnostic::error(Origin::Spec, pointer, message);
        let help = "where that is meant, raise `fields` under `[limits]` in the configuration";
        Some(error.label("here there are too many").help(help))
    }
}
