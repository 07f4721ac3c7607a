//! Why a failed call was not attempted again.

use std::fmt;
use std::time::Duration;

use super::error_kind::{Kind, Limit};
use super::retry::{self, AttemptOutcome, FailedAttempt, RetryPolicy};
use super::retry_after;

/// Why a failed call was not attempted again, which the text of its error ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoRetry {
    /// Nothing is to be said: nothing was sent, or it wasn't a call that failed.
    Unsaid,
    /// The response would be the same.
    SameAgain,
    /// The request isn't safe to repeat, and the server may have carried it out.
    MayBeDone,
    /// The server reported success.
    Success,
    /// The server said not to (`x-should-retry`).
    Forbidden,
    /// The server asks for a longer wait than the policy grants.
    AsksTooLong { asked: Duration, most: Duration },
    /// As many retries as there may be were made.
    Spent(u32),
    /// The clones of the client share a budget of retries, and it is used up.
    NoBudget,
    /// The next wait would pass the total timeout, or the limit of the wait that the call is for.
    NoTime {
        wait: Duration,
        limit: Limit,
        length: Duration,
    },
    /// The total timeout has passed.
    TimeIsUp,
    /// The token provider gave no token.
    NoToken,
    /// The body of the request is a stream, which can't be sent twice.
    StreamedRequest,
    /// A part of the response was handed out already.
    StreamedResponse,
    /// A decision of the caller's own says so.
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

    /// Why the request is not sent again though its body can't be: for the same reason as any other
    /// request, or for this one alone.
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

    /// Why the standard decision is not to retry; `None` where it is to retry.
    pub(crate) fn of_attempt(policy: &RetryPolicy, failed: &FailedAttempt<'_>) -> Option<Self> {
        let asked = match failed.outcome {
            AttemptOutcome::Status(_, headers) => retry_after::read(headers, failed.now),
            _ => None,
        };
        if !retry::is_retryable(failed, asked.is_some()) {
            return Some(Self::of_outcome(failed));
        }
        let most = policy.max_retry_after;
        match asked {
            Some(asked) if asked > most => Some(Self::AsksTooLong { asked, most }),
            _ if failed.attempt > failed.max_retries => Some(Self::Spent(failed.max_retries)),
            _ => None,
        }
    }

    /// Why an attempt that ended so isn't worth another one.
    fn of_outcome(failed: &FailedAttempt<'_>) -> Self {
        match failed.outcome {
            AttemptOutcome::NotRetryable => Self::SameAgain,
            AttemptOutcome::Status(_, headers) if retry::should_retry(headers) == Some(false) => {
                Self::Forbidden
            }
            AttemptOutcome::Status(status, _) => match status.as_u16() {
                408 | 409 | 500..=599 => Self::MayBeDone,
                _ => Self::SameAgain,
            },
            _ => Self::MayBeDone,
        }
    }

    /// Why a failure that no attempt could mend ends the call.
    pub(crate) fn of_kind(kind: &Kind) -> Self {
        match kind {
            Kind::Token(_) | Kind::NotRenewed { .. } => Self::NoToken,
            Kind::Timeout {
                limit: Limit::Total,
                ..
            } => Self::TimeIsUp,
            Kind::TooLarge { .. }
            | Kind::Decode { .. }
            | Kind::Stuck { .. }
            | Kind::BrokenBody { .. } => Self::Success,
            Kind::InvalidInput(_) | Kind::Ended { .. } | Kind::Timeout { .. } => Self::Unsaid,
            _ => Self::SameAgain,
        }
    }
}

/// A sentence without its end; empty where nothing is to be said.
impl fmt::Display for NoRetry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = match self {
            Self::Unsaid => return Ok(()),
            Self::Spent(0) => "`max_retries` is 0",
            Self::Spent(most) => return write!(f, "retries exhausted: `max_retries` is {most}"),
            Self::NoBudget => {
                return f.write_str(
                    "retry budget exhausted: too many requests of this client failed recently",
                );
            }
            Self::AsksTooLong { asked, most } => {
                let (asked, most) = (wait(*asked), wait(*most));
                return write!(
                    f,
                    "not retried: the server asks to retry after {asked}, more than `max_retry_after` of {most}"
                );
            }
            Self::NoTime {
                wait: next,
                limit,
                length,
            } => {
                let limit = match limit {
                    Limit::Wait => "polling timeout",
                    _ => "total timeout",
                };
                return write!(
                    f,
                    "not retried: a backoff of {} would exceed the {limit} of {length:?}",
                    wait(*next)
                );
            }
            Self::SameAgain => "a retry would get the same response",
            Self::MayBeDone => "the server may have processed the request",
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

/// A wait in whole seconds, or in whole milliseconds where it is shorter than one second. It is never
/// told shorter than it is: whoever waits as long as that has waited long enough.
pub(crate) fn wait(wait: Duration) -> String {
    if wait < Duration::from_secs(1) {
        return format!("{} ms", wait.as_nanos().div_ceil(1_000_000));
    }
    let begun = u64::from(wait.subsec_nanos() > 0);
    format!("{} s", wait.as_secs().saturating_add(begun))
}
