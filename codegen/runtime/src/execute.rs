//! Sending a request, with retries: all requests go through here.

use std::pin::Pin;
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use tokio::time::Instant;

use super::attempt::{self, BodyMode, Success};
use super::body_stream::BodyStream;
use super::call::Call;
use super::deadline::Deadline;
use super::error::Error;
use super::error_kind::{Kind, Limit};
use super::no_retry::NoRetry;
use super::response::{Payload, Response};
use super::retry::{AttemptOutcome, FailedAttempt};
use super::trace::Trace;

/// An in-flight request: boxed, so that little code is compiled for each endpoint.
pub(crate) type Executing<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// A successful response whose body may not be read yet.
pub(crate) struct Opened {
    pub(crate) payload: Payload,
    pub(crate) rest: Option<reqwest::Response>,
    /// The deadline of the whole request.
    pub(crate) total: Deadline,
}

/// Sends a call until it succeeds or there is no use in another attempt, and reads the whole response.
pub(crate) fn execute(call: Box<Call>) -> Executing<Payload> {
    Box::pin(async move { Ok(run(call, BodyMode::Buffered).await?.payload) })
}

/// The same, but leaves the body of the response to the caller.
pub(crate) fn open(call: Box<Call>) -> Executing<Opened> {
    Box::pin(run(call, BodyMode::Streamed))
}

/// The same, with the body of the response as a stream.
pub(crate) fn stream(call: Box<Call>) -> Executing<Response<BodyStream>> {
    Box::pin(async move { Ok(Response::of_stream(run(call, BodyMode::Streamed).await?)) })
}

/// Sends a call, within its span.
async fn run(call: Box<Call>, mode: BodyMode) -> Result<Opened, Error> {
    let trace = Trace::begin(&call);
    let sent = trace.around(|trace| async move {
        let mut run = Run::new(call, trace);
        let success = run.send(mode).await?;
        Ok(run.succeed(success))
    });
    sent.await
}

/// A request from its first attempt to its end.
struct Run {
    call: Box<Call>,
    trace: Trace,
    started: Instant,
    total: Deadline,
    attempts: u32,
    /// Whether a rejected credential was already renewed, which is done once.
    renewed: bool,
    /// Attempts that were rejected for their credential and repeated with another one, which don't count
    /// as retries.
    rejected: u32,
    /// How the previous attempt ended.
    last: Option<Box<Kind>>,
}

impl Run {
    fn new(mut call: Box<Call>, trace: Trace) -> Self {
        call.add_idempotency_key();
        let started = Instant::now();
        let total = Deadline::since(started, call.total_timeout(), Limit::Total);
        Self {
            total: call.within.map_or(total, |within| within.sooner(total)),
            started,
            attempts: 0,
            renewed: false,
            rejected: 0,
            last: None,
            trace,
            call,
        }
    }

    async fn send(&mut self, mode: BodyMode) -> Result<Success, Error> {
        loop {
            self.attempts += 1;
            let kind = match self.attempt(mode).await {
                Ok(success) => return Ok(success),
                Err(kind) => kind,
            };
            if !self.call.is_whole() {
                let policy = self.call.retry_policy();
                let reason = NoRetry::of_streamed(policy, &self.failed(&kind), &kind);
                return Err(self.fail(kind, reason));
            }
            match self.renew_credentials(&kind).await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(kind) => return Err(self.fail(kind, NoRetry::NoToken)),
            }
            match self.next_delay(&kind) {
                Ok(delay) => {
                    self.trace.retry(self.attempts, &kind, delay);
                    self.last = Some(Box::new(kind));
                    tokio::time::sleep(delay).await;
                }
                Err(reason) => return Err(self.fail(kind, reason)),
            }
        }
    }

    /// The delay before the next attempt, or why there is none.
    fn next_delay(&self, kind: &Kind) -> Result<Duration, NoRetry> {
        let policy = self.call.retry_policy();
        let failed = self.failed(kind);
        let Some(delay) = policy.next_delay(&failed) else {
            return Err(NoRetry::of_policy(policy, &failed, kind));
        };
        if self.total.passes_within(delay) {
            return Err(NoRetry::NoTime {
                delay,
                limit: self.total.limit(),
                length: self.total.length(),
            });
        }
        // A request that the server didn't process costs it nothing, and such failures come in bursts:
        // a server with a limit on concurrent requests returns all requests above it.
        let is_free = matches!(kind, Kind::NotProcessed(_));
        if !is_free && !self.call.client.inner.retry_budget.take() {
            return Err(NoRetry::NoBudget);
        }
        Ok(delay)
    }

    /// One attempt, with the current credentials.
    async fn attempt(&mut self, mode: BodyMode) -> Result<Success, Kind> {
        let deadline = match self.attempts {
            // It starts with the request. Reading the clock is comparatively expensive.
            1 => self.deadline(self.started),
            _ => self.deadline(Instant::now()),
        };
        let credentials = &self.call.client.inner.credentials;
        let current = credentials.current(self.call.security, &self.call.options.left_out);
        let secrets = if credentials.has_provider() {
            let Ok(secrets) = deadline.guard(current).await else {
                credentials.abandon();
                return Err(
                    deadline.passed(Some("the token provider did not return in time".into()))
                );
            };
            secrets?
        } else {
            // Keys are stored: there is nothing to wait for.
            current.await?
        };
        self.call.set_credentials(secrets);
        attempt::attempt(&self.call, deadline, mode).await
    }

    /// The deadline of an attempt that starts now.
    fn deadline(&self, begins: Instant) -> Deadline {
        let attempt = Deadline::since(begins, self.call.timeout(), Limit::Attempt);
        self.total.sooner(attempt)
    }

    /// Whether an attempt was rejected for its credential, and there is another one; the error if the
    /// token provider failed.
    ///
    /// A request that was rejected like this was not processed: it can be sent again, whatever its
    /// method.
    async fn renew_credentials(&mut self, kind: &Kind) -> Result<bool, Kind> {
        let Kind::Status(response) = kind else {
            return Ok(false);
        };
        let rejected = self.call.credentials.clone();
        if response.status != StatusCode::UNAUTHORIZED || rejected.is_empty() || self.renewed {
            return Ok(false);
        }
        self.renewed = true;
        let credentials = &self.call.client.inner.credentials;
        let deadline = self.deadline(Instant::now());
        let cause = match deadline.guard(credentials.renewed(&rejected)).await {
            Ok(Ok(None)) => return Ok(false),
            Ok(Ok(Some(others))) => {
                self.trace.renew(self.attempts);
                self.call.set_credentials(others);
                self.rejected += 1;
                return Ok(true);
            }
            Ok(Err(cause)) => cause,
            Err(_) => {
                credentials.abandon();
                "it timed out".into()
            }
        };
        Err(Kind::NotRenewed {
            response: response.clone(),
            cause,
        })
    }

    fn failed<'a>(&'a self, kind: &'a Kind) -> FailedAttempt<'a> {
        FailedAttempt {
            method: &self.call.method,
            has_idempotency_key: self.call.has_idempotency_key(),
            attempt: self.attempts - self.rejected,
            max_retries: self.call.max_retries(),
            outcome: outcome(kind),
            now: SystemTime::now(),
        }
    }

    fn succeed(self, success: Success) -> Opened {
        self.call
            .client
            .inner
            .retry_budget
            .reward(self.attempts - self.rejected > 1);
        let elapsed = self.started.elapsed();
        self.trace
            .succeed(&self.call, self.attempts, &success.response, elapsed);
        let payload = Payload {
            call: self.call,
            trace: self.trace,
            response: success.response,
            attempts: self.attempts,
            elapsed,
            deviations: Mutex::default(),
            redirected: success.redirected,
        };
        Opened {
            payload,
            rest: success.rest,
            total: self.total,
        }
    }

    fn fail(&mut self, mut kind: Kind, no_retry: NoRetry) -> Error {
        let elapsed = self.started.elapsed();
        let attempts = self.sent(&kind);
        if let Kind::Timeout {
            limit: Limit::Total | Limit::Polling,
            cause: cause @ None,
            ..
        } = &mut kind
            && let Some(last) = self.last.take()
        {
            // The previous response is kept as the cause.
            let before = self.attempts - 1;
            let last = Error::of_call(*last, &self.call, before, elapsed, NoRetry::Silent);
            *cause = Some(last.into());
        }
        self.trace.fail(&self.call, attempts, &kind, elapsed);
        Error::of_call(kind, &self.call, attempts, elapsed, no_retry)
    }

    /// The number of attempts that were sent, given how the last one ended.
    fn sent(&self, kind: &Kind) -> u32 {
        match kind {
            Kind::InvalidInput(_) | Kind::Token(_) => self.attempts - 1,
            _ => self.attempts,
        }
    }
}

/// The outcome of a failed attempt, for the retry policy.
fn outcome(kind: &Kind) -> AttemptOutcome<'_> {
    match kind {
        Kind::Connect(_)
        | Kind::Timeout {
            limit: Limit::Connect,
            ..
        } => AttemptOutcome::ConnectError,
        Kind::Timeout {
            limit: Limit::Attempt | Limit::Chunk | Limit::Custom,
            ..
        }
        | Kind::Broken(_)
        | Kind::BrokenBody { .. } => AttemptOutcome::NoResponse,
        Kind::NotProcessed(_) => AttemptOutcome::NotProcessed,
        Kind::Status(response) => AttemptOutcome::Status(response.status, &response.headers),
        Kind::Timeout {
            limit: Limit::Total | Limit::Polling,
            ..
        }
        | Kind::InvalidInput(_)
        | Kind::Token(_)
        | Kind::NotRenewed { .. }
        | Kind::OperationFailed { .. }
        | Kind::Pagination { .. }
        | Kind::Redirect { .. }
        | Kind::TooLarge { .. }
        | Kind::Decode { .. } => AttemptOutcome::NotRetryable,
    }
}
