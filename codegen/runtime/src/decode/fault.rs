//! Why a place didn't take what was found.

use serde::de::{Error, Unexpected};

use super::hint::Hint;

/// Why a place didn't take what was found, for the reader, which knows where that was.
// One pointer, so that what nearly always succeeds returns it in a register.
#[derive(Debug)]
pub(crate) struct Fault(Box<Why>);

#[derive(Debug)]
enum Why {
    /// It is of another kind than what the hint says.
    Kind(&'static Hint),
    /// It is a number beyond what the hint says.
    Range(String, &'static Hint),
    /// A field isn't there.
    Missing(&'static str),
    /// Anything else, in words.
    Said(String),
    /// The reader itself failed, and keeps the reason.
    Reader,
}

impl Fault {
    /// What was found is of another kind.
    #[cold]
    pub(crate) fn kind(wanted: &'static Hint) -> Self {
        Self(Box::new(Why::Kind(wanted)))
    }

    /// What was found, told in words, is beyond the limits.
    #[cold]
    pub(super) fn range(found: String, wanted: &'static Hint) -> Self {
        Self(Box::new(Why::Range(found, wanted)))
    }

    /// This field isn't there.
    #[cold]
    pub(super) fn missing(field: &'static str) -> Self {
        Self(Box::new(Why::Missing(field)))
    }

    /// Something else, in words.
    #[cold]
    pub(crate) fn said(message: String) -> Self {
        Self(Box::new(Why::Said(message)))
    }

    /// The reader failed; it keeps the reason.
    #[cold]
    pub(crate) fn reader() -> Self {
        Self(Box::new(Why::Reader))
    }

    /// As an error of the reader, which found `found`.
    #[cold]
    pub(crate) fn into_error<E: Error>(self, found: Unexpected<'_>) -> E {
        match *self.0 {
            Why::Kind(wanted) => E::invalid_type(found, wanted),
            Why::Range(found, wanted) => E::invalid_value(Unexpected::Other(&found), wanted),
            Why::Missing(field) => E::missing_field(field),
            Why::Said(message) => E::custom(message),
            Why::Reader => E::custom("the value can't be read"),
        }
    }
}
