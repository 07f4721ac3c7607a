//! Timeouts, and which of them elapses first.

use std::time::Duration;

use tokio::time::{self, Instant, Timeout};

use super::cause::Cause;
use super::error_kind::{Kind, Limit};

/// The instant by which something has to end; none if the timeout is beyond what the clock can
/// represent.
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

    /// The earlier of two deadlines.
    pub(crate) fn sooner(self, other: Self) -> Self {
        match (self.at, other.at) {
            (Some(mine), Some(others)) if others < mine => other,
            (None, Some(_)) => other,
            _ => self,
        }
    }

    /// Whether waiting for `delay` would exceed it.
    pub(crate) fn passes_within(self, delay: Duration) -> bool {
        self.at.is_some() && self.left() <= delay
    }

    /// Which timeout it belongs to.
    pub(crate) fn limit(self) -> Limit {
        self.limit
    }

    /// The length of the timeout.
    pub(crate) fn length(self) -> Duration {
        self.length
    }

    /// The time that is left: zero if it has elapsed, `Duration::MAX` if it never does.
    pub(crate) fn left(self) -> Duration {
        self.at.map_or(Duration::MAX, |at| {
            at.saturating_duration_since(Instant::now())
        })
    }

    /// The result of `work`, or an error if the deadline elapses first; see [`passed`](Self::passed).
    ///
    /// Not an `async fn`, whose future would store `work` twice.
    pub(crate) fn guard<F: Future>(self, work: F) -> Timeout<F> {
        match self.at {
            Some(at) => time::timeout_at(at, work),
            None => time::timeout(Duration::MAX, work),
        }
    }

    /// The error of this deadline, with what was last known before it elapsed.
    pub(crate) fn passed(self, cause: Option<Cause>) -> Kind {
        Kind::Timeout {
            limit: self.limit,
            length: Some(self.length),
            cause,
        }
    }
}
