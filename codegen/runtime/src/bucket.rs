//! A token bucket that stops retry storms.

use std::sync::atomic::{AtomicU32, Ordering};

/// Tokens in a full bucket: retries for a hundred calls, however many clones make them.
const CAPACITY: u32 = 500;
/// What a retry takes out, and what it puts back when the call then succeeds.
const RETRY: u32 = 5;
/// What a call that succeeds at the first try puts in.
const SUCCESS: u32 = 1;

/// How many more retries the clones of one client may make.
///
/// When a server fails for everyone, retries multiply its load just when it can bear least. Each
/// retry takes from the bucket and each success puts something back, so that as long as most calls
/// succeed every failed one is retried, and when most fail the client falls back to one try a call.
#[derive(Debug)]
pub(crate) struct Bucket(AtomicU32);

impl Bucket {
    /// A full bucket.
    pub(crate) fn full() -> Self {
        Self(AtomicU32::new(CAPACITY))
    }

    /// Takes what one retry costs; `false` where too little is left, and then nothing is taken.
    pub(crate) fn take(&self) -> bool {
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |tokens| {
                tokens.checked_sub(RETRY)
            })
            .is_ok()
    }

    /// Puts back for a call that succeeded, at the first try or after retries.
    pub(crate) fn reward(&self, retried: bool) {
        let gain = if retried { RETRY } else { SUCCESS };
        let fill = |tokens: u32| (tokens < CAPACITY).then(|| (tokens + gain).min(CAPACITY));
        // A full bucket stays as it is, and that isn't a failure.
        let _ = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, fill);
    }
}
