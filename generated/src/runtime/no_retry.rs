//! Why a failed request was not retried.

use std::fmt;
use std::time::Duration;

use super::error_kind::{Kind, Limit};
use super::retry::{self, AttemptOutcome, FailedAttempt, RetryPolicy};
use super::retry_after;

/// Why a failed request was not retried, which ends the message of its error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoRetry {
    /// No reason: nothing was sent, or what failed wasn't a request.
    Silent,
    /// A retry would get the same response.
    SameResponse,
    /// The request isn't idempotent, and the server may have processed it.
    MayBeProcessed,
    /// The server reported success.
    Success,
    /// The server decided against it (`x-should-retry`).
    Forbidden,
    /// The server asks for a longer delay than the policy allows.
    RetryAfterTooLong { asked: Duration, max: Duration },
    /// The maximum number of retries was made.
    Exhausted(u32),
    /// The retry budget that the clones of a client share is exhausted.
    NoBudget,
    /// The next delay would exceed the total timeout, or the timeout of the polling.
    NoTime {
        delay: Duration,
        limit: Limit,
        length: Duration,
    },
    /// The total timeout has elapsed.
    TimeIsUp,
    /// The token provider returned no token.
    NoToken,
    /// The request body is a stream, which can't be sent twice.
    StreamedRequest,
    /// Part of the response body was already returned.
    StreamedResponse,
    /// The caller's own decision.
    Policy,
}

impl NoRetry {
    /// Why the policy stopped after this attempt.
    pub(crate) fn of_policy(policy: &RetryPolicy, failed: &FailedAttempt<'_>, kind: &Kind) -> Self {
        match failed.outcome {
            AttemptOutcome::NotRetryable => Self::of_kind(kind),
            _ => Self::of_attempt(policy, failed).unwrap_or(Self::Policy),
        }
    }

    /// Why a request with a streamed body is not retried: for the same reason as any other request, or
    /// because of its body.
    pub(crate) fn of_streamed(
        policy: &RetryPolicy,
        failed: &FailedAttempt<'_>,
        kind: &Kind,
    ) -> Self {
        match Self::of_policy(policy, failed, kind) {
            Self::Policy => Self::StreamedRequest,
            reason => reason,
        }
    }

    /// Why the default decision is not to retry; `None` if it is to retry.
    pub(crate) fn of_attempt(policy: &RetryPolicy, failed: &FailedAttempt<'_>) -> Option<Self> {
        let asked = match failed.outcome {
            AttemptOutcome::Status(_, headers) => retry_after::read(headers, failed.now),
            _ => None,
        };
        if !retry::is_retryable(failed, asked.is_some()) {
            return Some(Self::of_outcome(failed));
        }
        let max = policy.max_retry_after;
        match asked {
            Some(asked) if asked > max => Some(Self::RetryAfterTooLong { asked, max }),
            _ if failed.attempt > failed.max_retries => Some(Self::Exhausted(failed.max_retries)),
            _ => None,
        }
    }

    /// Why an attempt with this outcome isn't retried.
    fn of_outcome(failed: &FailedAttempt<'_>) -> Self {
        match failed.outcome {
            AttemptOutcome::NotRetryable => Self::SameResponse,
            AttemptOutcome::Status(_, headers) if retry::should_retry(headers) == Some(false) => {
                Self::Forbidden
            }
            AttemptOutcome::Status(status, _) => match status.as_u16() {
                408 | 409 | 500..=599 => Self::MayBeProcessed,
                _ => Self::SameResponse,
            },
            _ => Self::MayBeProcessed,
        }
    }

    /// Why a failure that a retry can't fix ends the request.
    pub(crate) fn of_kind(kind: &Kind) -> Self {
        match kind {
            Kind::Token(_) | Kind::NotRenewed { .. } => Self::NoToken,
            Kind::Timeout {
                limit: Limit::Total,
                ..
            } => Self::TimeIsUp,
            Kind::TooLarge { .. }
            | Kind::Decode { .. }
            | Kind::Pagination { .. }
            | Kind::BrokenBody { .. } => Self::Success,
            Kind::InvalidInput(_) | Kind::OperationFailed { .. } | Kind::Timeout { .. } => {
                Self::Silent
            }
            _ => Self::SameResponse,
        }
    }
}

/// A clause without a full stop; empty if there is no reason.
impl fmt::Display for NoRetry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self {
            Self::Silent => return Ok(()),
            Self::Exhausted(0) => "`max_retries` is 0",
            Self::Exhausted(most) => {
                return write!(f, "retries exhausted: `max_retries` is {most}");
            }
            Self::NoBudget => {
                return f.write_str(
                    "retry budget exhausted: too many requests of this client failed recently",
                );
            }
            Self::RetryAfterTooLong { asked, max } => {
                let (asked, max) = (show_delay(*asked), show_delay(*max));
                return write!(
                    f,
                    "not retried: the server asks to retry after {asked}, more than `max_retry_after` of {max}"
                );
            }
            Self::NoTime {
                delay,
                limit,
                length,
            } => {
                let limit = match limit {
                    Limit::Polling => "polling timeout",
                    _ => "total timeout",
                };
                return write!(
                    f,
                    "not retried: a backoff of {} would exceed the {limit} of {length:?}",
                    show_delay(*delay)
                );
            }
            Self::SameResponse => "a retry would get the same response",
            Self::MayBeProcessed => "the server may have processed the request",
            Self::Success => "the server reported success",
            Self::Forbidden => "the server says not to (`x-should-retry: false`)",
            Self::TimeIsUp => "the total timeout has elapsed",
            Self::NoToken => "no new token is available",
            Self::StreamedRequest => "the request body is a stream, which can be sent only once",
            Self::StreamedResponse => "part of the response body was already returned",
            Self::Policy => "the function given to `RetryPolicy::decide_with` stopped",
        };
        write!(f, "not retried: {reason}")
    }
}

/// A delay in whole seconds, or in whole milliseconds below one second. It is rounded up, so that
/// waiting for as long is enough.
pub(crate) fn show_delay(delay: Duration) -> String {
    if delay < Duration::from_secs(1) {
        return format!("{} ms", delay.as_nanos().div_ceil(1_000_000));
    }
    let partial = u64::from(delay.subsec_nanos() > 0);
    format!("{} s", delay.as_secs().saturating_add(partial))
}
