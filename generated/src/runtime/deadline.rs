//! Limits of time, and which of them passes first.

use std::time::Duration;

use tokio::time::{self, Instant, Timeout};

use super::error_kind::{Kind, Limit};
use super::scrub::Cause;

/// A moment by which something has to end; none where the limit is so long that the clock can't
/// count it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    at: Option<Instant>,
    limit: Limit,
    length: Duration,
}

impl Deadline {
    /// A deadline `length` from now.
    pub(crate) fn after(length: Duration, limit: Limit) -> Self {
        Self::since(Instant::now(), length, limit)
    }

    /// A deadline `length` from a moment.
    pub(crate) fn since(moment: Instant, length: Duration, limit: Limit) -> Self {
        Self {
            at: moment.checked_add(length),
            limit,
            length,
        }
    }

    /// The one of the two that passes first.
    pub(crate) fn sooner(self, other: Self) -> Self {
        match (self.at, other.at) {
            (Some(mine), Some(others)) if others < mine => other,
            (None, Some(_)) => other,
            _ => self,
        }
    }

    /// Whether something that takes `wait` from now would pass it.
    pub(crate) fn passes_within(self, wait: Duration) -> bool {
        self.at.is_some() && self.left() <= wait
    }

    /// Which limit it is of.
    pub(crate) fn limit(self) -> Limit {
        self.limit
    }

    /// How long the limit is.
    pub(crate) fn length(self) -> Duration {
        self.length
    }

    /// The time until it passes: none where it has, without end where it never does.
    pub(crate) fn left(self) -> Duration {
        self.at.map_or(Duration::MAX, |at| {
            at.saturating_duration_since(Instant::now())
        })
    }

    /// The result of `work`, or an error where this passes before; [`passed`](Self::passed) says
    /// which.
    ///
    /// No `async fn`, whose future has room for `work` twice.
    pub(crate) fn guard<F: Future>(self, work: F) -> Timeout<F> {
        match self.at {
            Some(at) => time::timeout_at(at, work),
            None => time::timeout(Duration::MAX, work),
        }
    }

    /// The error of this deadline, perhaps with what was last seen before it passed.
    pub(crate) fn passed(self, cause: Option<Cause>) -> Kind {
        Kind::Timeout {
            limit: self.limit,
            length: Some(self.length),
            cause,
        }
    }
}
