//! The sources of errors.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

/// The source of an error.
pub type Cause = Box<dyn StdError + Send + Sync>;

/// The source of the errors of several requests.
#[derive(Clone)]
pub(crate) struct SharedCause(Arc<dyn StdError + Send + Sync>);

impl SharedCause {
    pub(crate) fn new(cause: impl Into<Cause>) -> Self {
        Self(cause.into().into())
    }
}

/// The error itself, of its own type, whether it is shared or not.
pub(crate) fn unshared(cause: &Cause) -> &(dyn StdError + 'static) {
    match cause.downcast_ref::<SharedCause>() {
        Some(SharedCause(shared)) => &**shared,
        None => &**cause,
    }
}

impl fmt::Display for SharedCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for SharedCause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for SharedCause {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}
