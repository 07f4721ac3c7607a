//! Why what was found can't be decoded.

use serde::de::{Error, Unexpected};

use super::hint::Hint;

/// Why what was found can't be decoded; the reader knows where it was.
// One pointer, so that a result is returned in a register.
#[derive(Debug)]
pub struct Fault(Box<Reason>);

#[derive(Debug)]
enum Reason {
    /// Another type than that of the hint.
    Kind(&'static Hint),
    /// A number out of the range of the hint.
    Range(String, &'static Hint),
    /// A required field is missing.
    Missing(&'static str),
    /// Any other message.
    Message(String),
    /// The reader failed, and has the error.
    Reader,
}

impl Fault {
    /// What was found has another type.
    #[cold]
    pub(crate) fn kind(wanted: &'static Hint) -> Self {
        Self(Box::new(Reason::Kind(wanted)))
    }

    /// What was found is out of range.
    #[cold]
    pub(super) fn range(found: String, wanted: &'static Hint) -> Self {
        Self(Box::new(Reason::Range(found, wanted)))
    }

    /// A required field is missing.
    #[cold]
    pub(super) fn missing(field: &'static str) -> Self {
        Self(Box::new(Reason::Missing(field)))
    }

    /// Any other message.
    #[cold]
    pub fn message(message: String) -> Self {
        Self(Box::new(Reason::Message(message)))
    }

    /// The reader failed; it has the error.
    #[cold]
    pub(crate) fn reader() -> Self {
        Self(Box::new(Reason::Reader))
    }

    /// Converts into an error of the reader, which found `found`.
    #[cold]
    pub(crate) fn into_error<E: Error>(self, found: Unexpected<'_>) -> E {
        match *self.0 {
            Reason::Kind(wanted) => E::invalid_type(found, wanted),
            Reason::Range(found, wanted) => E::invalid_value(Unexpected::Other(&found), wanted),
            Reason::Missing(field) => E::missing_field(field),
            Reason::Message(message) => E::custom(message),
            Reason::Reader => E::custom("the value can't be decoded"),
        }
    }
}
