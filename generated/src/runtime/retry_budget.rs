//! The retry budget, a token bucket that stops retry storms.

use std::sync::atomic::{AtomicU32, Ordering};

/// Tokens of a full budget: a hundred retries, shared by all clones.
const CAPACITY: u32 = 500;
/// The cost of a retry, which is returned if the request then succeeds.
const RETRY: u32 = 5;
/// What a request that succeeds at its first attempt adds.
const SUCCESS: u32 = 1;

/// How many more retries the clones of a client may make.
///
/// When a server fails for everyone, retries multiply its load at the worst time. Each retry takes
/// tokens and each success adds some: while most requests succeed, every failed one is retried, and when
/// most fail, the client falls back to one attempt for each request.
#[derive(Debug)]
pub(crate) struct RetryBudget(AtomicU32);

impl RetryBudget {
    /// A full budget.
    pub(crate) fn full() -> Self {
        Self(AtomicU32::new(CAPACITY))
    }

    /// Takes the cost of one retry; `false`, and takes nothing, if too little is left.
    pub(crate) fn take(&self) -> bool {
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tokens| {
                tokens.checked_sub(RETRY)
            })
            .is_ok()
    }

    /// Adds tokens for a request that succeeded, at its first attempt or after retries.
    pub(crate) fn reward(&self, retried: bool) {
        let gain = if retried { RETRY } else { SUCCESS };
        let fill = |tokens: u32| (tokens < CAPACITY).then(|| (tokens + gain).min(CAPACITY));
        // A full budget stays as it is, which isn't a failure.
        let _ = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, fill);
    }
}
