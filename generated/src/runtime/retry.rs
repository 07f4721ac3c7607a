//! Whether a failed try is followed by another, and when.

use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use super::operation::Method;
use super::retry_after;

/// The longest wait that a server may ask for; beyond it the caller decides.
const LONGEST_ASKED: Duration = Duration::from_secs(60);

/// The client's own waits: `first`, twice that, and so on up to `longest`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Backoff {
    pub(crate) first: Duration,
    pub(crate) longest: Duration,
}

impl Default for Backoff {
    fn default() -> Self {
        Self {
            first: Duration::from_millis(500),
            longest: Duration::from_secs(8),
        }
    }
}

impl Backoff {
    /// The wait after try `attempt` (from 1), less up to a quarter by `random` (from 0 to 1), so that
    /// clients which failed together don't come back together.
    pub(crate) fn wait(&self, attempt: u32, random: f64) -> Duration {
        let doubled = 2_u32.saturating_pow(attempt.saturating_sub(1));
        self.first
            .saturating_mul(doubled)
            .min(self.longest)
            .mul_f64(1.0 - random.clamp(0.0, 1.0) / 4.0)
    }
}

/// How a try ended.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Happened<'a> {
    /// There was no connection: the server surely saw nothing.
    NoConnection,
    /// The request may have reached the server; a time-out passed or the connection broke.
    NoAnswer,
    /// The server answered with an error.
    Status(StatusCode, &'a HeaderMap),
    /// Another try would end the same.
    Final,
}

/// What the decision rests on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) method: Method,
    /// Whether the request carries a key by which the server knows a repetition.
    pub(crate) has_idempotency_key: bool,
    /// Tries made, from 1.
    pub(crate) attempt: u32,
    pub(crate) max_retries: u32,
    pub(crate) happened: Happened<'a>,
    pub(crate) now: SystemTime,
}

/// What follows a failed try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing: the failure is the result.
    Stop,
    /// Another try after the client's own wait.
    Again,
    /// Another try after the wait that the server asks for.
    AgainAfter(Duration),
}

/// Decides about another try.
pub(crate) fn decide(facts: &Facts<'_>) -> Verdict {
    if facts.attempt > facts.max_retries {
        return Verdict::Stop;
    }
    let asked = match facts.happened {
        Happened::Status(_, headers) => retry_after::read(headers, facts.now),
        _ => None,
    };
    if !is_worth_it(facts, asked.is_some()) {
        return Verdict::Stop;
    }
    match asked {
        Some(wait) if wait > LONGEST_ASKED => Verdict::Stop,
        Some(wait) if !wait.is_zero() => Verdict::AgainAfter(wait),
        _ => Verdict::Again,
    }
}

fn is_worth_it(facts: &Facts<'_>, asks_to_wait: bool) -> bool {
    let repeatable = facts.method.is_idempotent() || facts.has_idempotency_key;
    match facts.happened {
        Happened::NoConnection => true,
        Happened::NoAnswer => repeatable,
        Happened::Final => false,
        Happened::Status(status, headers) => {
            server_says(headers).unwrap_or_else(|| match status.as_u16() {
                429 => true,
                // A server that names a time to come back has refused the work.
                503 => repeatable || asks_to_wait,
                408 | 409 | 500..=599 => repeatable,
                _ => false,
            })
        }
    }
}

/// The server's own word in `x-should-retry`.
fn server_says(headers: &HeaderMap) -> Option<bool> {
    match headers.get("x-should-retry")?.as_bytes().trim_ascii() {
        b"true" => Some(true),
        b"false" => Some(false),
        _ => None,
    }
}
