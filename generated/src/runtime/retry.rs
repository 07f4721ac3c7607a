//! Whether a failed try is followed by another, and when.

use std::time::{Duration, SystemTime};

use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};

use super::no_retry::NoRetry;
use super::random;
use super::retry_after;

/// Whether a failed try is followed by another, and when: a plain value, which can be looked at,
/// changed and replaced.
///
/// By default a call is tried three times in all. Waits are half a second, a second, two, and so on
/// up to eight, less up to a quarter at random; a server that asks for another wait, up to a minute,
/// gets it. [`RetryPolicy::default_decision`] says which failures are worth another try.
///
/// Begin with `RetryPolicy::default()` and set its fields. Another decision is a function of yours in
/// the field `decide`, which may call [`standard`](Self::default_decision) for all that it doesn't decide
/// itself.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// How often a call is tried again: 2 by default, 0 for never.
    pub max_retries: u32,
    /// The wait after the first try; each further one is twice as long.
    pub initial_backoff: Duration,
    /// The longest of these waits.
    pub max_backoff: Duration,
    /// The longest wait that a server may ask for. Where it asks for more, there is no other try and
    /// the caller decides, by [`Error::retry_after`](super::error::Error::retry_after).
    pub max_retry_after: Duration,
    /// A number from 0 to 1 at random, by which a wait is shortened, so that clients which failed
    /// together don't come back together.
    pub jitter: fn() -> f64,
    /// The decision. It depends on nothing but what it is given: [`RetryPolicy::default_decision`], or a
    /// function in its place.
    pub decide: fn(&RetryPolicy, &FailedAttempt<'_>) -> RetryDecision,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_retries: 2,
            initial_backoff: Duration::from_millis(500),
            max_backoff: Duration::from_secs(8),
            max_retry_after: Duration::from_secs(60),
            jitter: random::fraction,
            decide: Self::default_decision,
        }
    }
}

/// A try that failed, and what a decision about another one rests on.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct FailedAttempt<'a> {
    /// The request method.
    pub method: &'a Method,
    /// Whether the request carries a key by which the server knows a repetition.
    pub has_idempotency_key: bool,
    /// How many tries were made, from 1, without one that was refused for an old secret (401) and
    /// made again with a new one.
    pub attempt: u32,
    /// How often this call may be tried again: the policy's number, or the call's own.
    pub max_retries: u32,
    /// How the try ended.
    pub outcome: AttemptOutcome<'a>,
    /// The time, for a server that names a date to come back.
    pub now: SystemTime,
}

impl<'a> FailedAttempt<'a> {
    /// The first try of a request without an idempotency key, which may be tried twice again.
    #[must_use]
    pub fn new(method: &'a Method, outcome: AttemptOutcome<'a>) -> Self {
        Self {
            method,
            has_idempotency_key: false,
            attempt: 1,
            max_retries: 2,
            outcome,
            now: SystemTime::now(),
        }
    }

    /// Whether carrying the request out twice leaves the server as once does: by its method
    /// (RFC 9110, 9.2.2) or by its key.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        self.has_idempotency_key || is_idempotent(self.method)
    }
}

/// How a try ended.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum AttemptOutcome<'a> {
    /// There was no connection: the server surely saw nothing.
    ConnectError,
    /// The server said that it didn't process the request (HTTP/2's `REFUSED_STREAM`, or a `GOAWAY`
    /// that leaves it out), so it may go out again whatever its method.
    NotProcessed,
    /// The request may have reached the server; a time-out passed or the connection broke.
    NoResponse,
    /// The server answered with an error.
    Status(StatusCode, &'a HeaderMap),
    /// Another try would end the same.
    NotRetryable,
}

/// What follows a failed try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetryDecision {
    /// Nothing: the failure is the result.
    Stop,
    /// Another try after the policy's own wait.
    Retry,
    /// Another try after this wait.
    RetryAfter(Duration),
}

impl RetryPolicy {
    /// A policy without any retries.
    #[must_use]
    pub fn none() -> Self {
        Self {
            max_retries: 0,
            ..Self::default()
        }
    }

    /// The decision by default.
    ///
    /// - No connection, or a server that says it didn't process the request: another try.
    /// - A repeatable request ([`FailedAttempt::is_repeatable`]): another try after a time-out, a broken
    ///   connection, 408, 409, 429 and 5xx.
    /// - Any other request: another try only where the server surely didn't carry it out, after 429,
    ///   and after 503 with a time to come back.
    /// - `x-should-retry: true` or `false` in an answer goes before its status.
    /// - No other try after `max_retries`, nor where the server asks to wait longer than
    ///   [`max_retry_after`](Self::max_retry_after).
    #[must_use]
    pub fn default_decision(&self, failed: &FailedAttempt<'_>) -> RetryDecision {
        if NoRetry::of_attempt(self, failed).is_some() {
            return RetryDecision::Stop;
        }
        let asked = match failed.outcome {
            AttemptOutcome::Status(_, headers) => retry_after::read(headers, failed.now),
            _ => None,
        };
        match asked {
            Some(wait) if !wait.is_zero() => RetryDecision::RetryAfter(wait),
            _ => RetryDecision::Retry,
        }
    }

    /// The wait after try `attempt` (from 1), less up to a quarter by `random` (from 0 to 1).
    #[must_use]
    pub fn backoff(&self, attempt: u32, random: f64) -> Duration {
        let doubled = 2_u32.saturating_pow(attempt.saturating_sub(1));
        // What isn't a number shortens nothing.
        let random = if random.is_nan() { 0.0 } else { random };
        let wait = self
            .initial_backoff
            .saturating_mul(doubled)
            .min(self.max_backoff);
        // By way of a float that may round up beyond what a duration can hold.
        let shorter = wait.as_secs_f64() * (1.0 - random.clamp(0.0, 1.0) / 4.0);
        Duration::try_from_secs_f64(shorter).unwrap_or(wait)
    }

    /// The wait before the next try; `None` where there is none.
    pub(crate) fn next_wait(&self, failed: &FailedAttempt<'_>) -> Option<Duration> {
        match (self.decide)(self, failed) {
            RetryDecision::Stop => None,
            RetryDecision::Retry => Some(self.backoff(failed.attempt, (self.jitter)())),
            RetryDecision::RetryAfter(wait) => Some(wait),
        }
    }
}

/// Whether carrying a request of this method out twice leaves the server as once does (RFC 9110,
/// 9.2.2). Of a method that isn't known, it isn't known.
pub(crate) fn is_idempotent(method: &Method) -> bool {
    matches!(
        *method,
        Method::GET | Method::HEAD | Method::PUT | Method::DELETE | Method::OPTIONS | Method::TRACE
    )
}

/// Whether another attempt may end better, and does no harm.
pub(super) fn is_worth_it(failed: &FailedAttempt<'_>, asks_to_wait: bool) -> bool {
    let repeatable = failed.is_repeatable();
    match failed.outcome {
        AttemptOutcome::ConnectError | AttemptOutcome::NotProcessed => true,
        AttemptOutcome::NoResponse => repeatable,
        AttemptOutcome::NotRetryable => false,
        AttemptOutcome::Status(status, headers) => {
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
pub(super) fn server_says(headers: &HeaderMap) -> Option<bool> {
    match headers.get("x-should-retry")?.as_bytes().trim_ascii() {
        b"true" => Some(true),
        b"false" => Some(false),
        _ => None,
    }
}
