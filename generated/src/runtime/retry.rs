//! The retry policy: whether a failed attempt is retried, and after which backoff.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};

use super::no_retry::NoRetry;
use super::random;
use super::retry_after;

/// Decides whether a failed attempt is retried.
type Decide = Arc<dyn Fn(&RetryPolicy, &FailedAttempt<'_>) -> RetryDecision + Send + Sync>;

/// Whether a failed attempt is retried, and after which backoff.
///
/// By default a request is attempted up to three times. Backoffs are half a second, one second, two
/// seconds and so on up to eight, each shortened by up to a quarter at random. A server that asks for
/// another delay of up to a minute (`Retry-After`) gets it. See
/// [`default_decision`](Self::default_decision) for the failures that are retried.
///
/// Start from `RetryPolicy::default()` and set its fields; [`decide_with`](Self::decide_with) replaces
/// the decision itself.
#[derive(Clone)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// The maximum number of retries: 2 by default, 0 disables retries.
    pub max_retries: u32,
    /// The backoff after the first attempt; each further one is twice as long.
    pub initial_backoff: Duration,
    /// The upper limit of the backoff.
    pub max_backoff: Duration,
    /// The longest delay that a server may ask for. Where it asks for more, the request is not retried
    /// and the error says how long, by [`Error::retry_after`](super::error::Error::retry_after).
    pub max_retry_after: Duration,
    /// Returns a random number from 0 to 1 by which a backoff is shortened, so that clients which failed
    /// together don't retry together.
    pub jitter: fn() -> f64,
    /// Replaces [`RetryPolicy::default_decision`].
    pub(crate) decide: Option<Decide>,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_retries: 2,
            initial_backoff: Duration::from_millis(500),
            max_backoff: Duration::from_secs(8),
            max_retry_after: Duration::from_secs(60),
            jitter: random::fraction,
            decide: None,
        }
    }
}

/// Shows the settings, and whether the decision was replaced.
impl fmt::Debug for RetryPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryPolicy")
            .field("max_retries", &self.max_retries)
            .field("initial_backoff", &self.initial_backoff)
            .field("max_backoff", &self.max_backoff)
            .field("max_retry_after", &self.max_retry_after)
            .field("has_custom_decision", &self.decide.is_some())
            .finish_non_exhaustive()
    }
}

/// An attempt that failed, and what the retry decision depends on.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct FailedAttempt<'a> {
    /// The request method.
    pub method: &'a Method,
    /// Whether the request carries an idempotency key, by which the server recognizes a retry.
    pub has_idempotency_key: bool,
    /// The number of the attempt, from 1. An attempt that was rejected for an expired token (401) and
    /// repeated with a new one is not counted.
    pub attempt: u32,
    /// The maximum number of retries: the policy's, or the request's own.
    pub max_retries: u32,
    /// How the attempt ended.
    pub outcome: AttemptOutcome<'a>,
    /// The current time, for a `Retry-After` header that is a date.
    pub now: SystemTime,
}

impl<'a> FailedAttempt<'a> {
    /// The first attempt of a request without an idempotency key that may be retried twice.
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

    /// Whether the request is idempotent: by its method (RFC 9110, 9.2.2) or by its idempotency key.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        self.has_idempotency_key || is_idempotent(self.method)
    }
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum AttemptOutcome<'a> {
    /// No connection was established, so the server received nothing.
    ConnectError,
    /// The server reported that it didn't process the request (HTTP/2's `REFUSED_STREAM`, or a `GOAWAY`
    /// that excludes it), so any request can be retried.
    NotProcessed,
    /// No complete response was received: the attempt timed out or the connection broke. The server may
    /// have processed the request.
    NoResponse,
    /// The server responded with an error.
    Status(StatusCode, &'a HeaderMap),
    /// A retry would fail in the same way.
    NotRetryable,
}

/// What follows a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetryDecision {
    /// No retry: the failure is returned as the error.
    Stop,
    /// A retry after the policy's backoff.
    Retry,
    /// A retry after this delay.
    RetryAfter(Duration),
}

impl RetryPolicy {
    /// A policy without retries.
    #[must_use]
    pub fn none() -> Self {
        Self {
            max_retries: 0,
            ..Self::default()
        }
    }

    /// Replaces the decision whether a failed attempt is retried.
    ///
    /// The closure is called after each failed attempt with this policy and the attempt; it may capture
    /// state of its own. It can leave a decision to the policy with
    /// [`default_decision`](Self::default_decision).
    #[must_use]
    pub fn decide_with<F>(mut self, decide: F) -> Self
    where
        F: Fn(&Self, &FailedAttempt<'_>) -> RetryDecision + Send + Sync + 'static,
    {
        self.decide = Some(Arc::new(decide));
        self
    }

    /// The default decision.
    ///
    /// - No connection, or the server reported that it didn't process the request: retry.
    /// - An idempotent request ([`FailedAttempt::is_repeatable`]): retry after a timeout, a broken
    ///   connection, 408, 409, 429 and 5xx.
    /// - Any other request: retry only where the server can't have processed it, which is after 429, and
    ///   after 503 with `Retry-After`.
    /// - `x-should-retry: true` or `false` in a response takes precedence over its status.
    /// - No retry after `max_retries`, nor where the server asks for a delay longer than
    ///   [`max_retry_after`](Self::max_retry_after).
    #[must_use]
    pub fn default_decision(&self, failed: &FailedAttempt<'_>) -> RetryDecision {
        if NoRetry::of_attempt(self, failed).is_some() {
            return RetryDecision::Stop;
        }
        let delay = match failed.outcome {
            AttemptOutcome::Status(_, headers) => retry_after::read(headers, failed.now),
            _ => None,
        };
        match delay {
            Some(delay) if !delay.is_zero() => RetryDecision::RetryAfter(delay),
            _ => RetryDecision::Retry,
        }
    }

    /// The backoff after attempt number `attempt` (from 1), shortened by up to a quarter by `random`
    /// (from 0 to 1).
    #[must_use]
    pub fn backoff(&self, attempt: u32, random: f64) -> Duration {
        let doubled = 2_u32.saturating_pow(attempt.saturating_sub(1));
        // NaN shortens nothing.
        let random = if random.is_nan() { 0.0 } else { random };
        let backoff = self
            .initial_backoff
            .saturating_mul(doubled)
            .min(self.max_backoff);
        // A float may round up beyond what a duration can hold.
        let shortened = backoff.as_secs_f64() * (1.0 - random.clamp(0.0, 1.0) / 4.0);
        Duration::try_from_secs_f64(shortened).unwrap_or(backoff)
    }

    /// The delay before the next attempt; `None` where there is no retry.
    pub(crate) fn next_delay(&self, failed: &FailedAttempt<'_>) -> Option<Duration> {
        let decision = match &self.decide {
            Some(decide) => decide(self, failed),
            None => self.default_decision(failed),
        };
        match decision {
            RetryDecision::Stop => None,
            RetryDecision::Retry => Some(self.backoff(failed.attempt, (self.jitter)())),
            RetryDecision::RetryAfter(delay) => Some(delay),
        }
    }
}

/// Whether a request of this method is idempotent (RFC 9110, 9.2.2; RFC 10008 for `QUERY`). An unknown
/// method is taken for one that isn't.
pub(crate) fn is_idempotent(method: &Method) -> bool {
    let is_known = matches!(
        *method,
        Method::GET | Method::HEAD | Method::PUT | Method::DELETE | Method::OPTIONS | Method::TRACE
    );
    is_known || method.as_str() == "QUERY"
}

/// Whether a retry may succeed, and can do no harm.
pub(super) fn is_retryable(failed: &FailedAttempt<'_>, has_retry_after: bool) -> bool {
    let repeatable = failed.is_repeatable();
    match failed.outcome {
        AttemptOutcome::ConnectError | AttemptOutcome::NotProcessed => true,
        AttemptOutcome::NoResponse => repeatable,
        AttemptOutcome::NotRetryable => false,
        AttemptOutcome::Status(status, headers) => {
            should_retry(headers).unwrap_or_else(|| match status.as_u16() {
                429 => true,
                // A server that sends `Retry-After` has rejected the request.
                503 => repeatable || has_retry_after,
                408 | 409 | 500..=599 => repeatable,
                _ => false,
            })
        }
    }
}

/// The server's own decision, in the header `x-should-retry`.
pub(super) fn should_retry(headers: &HeaderMap) -> Option<bool> {
    match headers.get("x-should-retry")?.as_bytes().trim_ascii() {
        b"true" => Some(true),
        b"false" => Some(false),
        _ => None,
    }
}
