//! The one place where requests go out.

use std::pin::Pin;
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use reqwest::StatusCode;
use tokio::time::Instant;

use super::attempt::{self, Take, Taken};
use super::body_stream::BodyStream;
use super::call::Call;
use super::deadline::Deadline;
use super::error::Error;
use super::error_kind::{Kind, Limit};
use super::no_retry::NoRetry;
use super::response::{Payload, Response};
use super::retry::FailedAttempt;
use super::trace::Trace;

/// A call under way: boxed, so that what is compiled for each endpoint stays small.
pub(crate) type Executing<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// A successful answer, and what of it is still to come.
pub(crate) struct Opened {
    pub(crate) payload: Payload,
    pub(crate) rest: Option<reqwest::Response>,
    /// The time by which all of it has to be there.
    pub(crate) total: Deadline,
}

/// Sends a call until it succeeds or there is no use in another attempt, and reads the whole response.
pub(crate) fn execute(call: Box<Call>) -> Executing<Payload> {
    Box::pin(async move { Ok(run(call, Take::Whole).await?.payload) })
}

/// The same, but leaves the body of the response to the caller.
pub(crate) fn open(call: Box<Call>) -> Executing<Opened> {
    Box::pin(run(call, Take::Head))
}

/// The same, with the body of the response as a stream.
pub(crate) fn stream(call: Box<Call>) -> Executing<Response<BodyStream>> {
    Box::pin(async move { Ok(Response::of_stream(run(call, Take::Head).await?)) })
}

/// Sends a call, within its span.
async fn run(call: Box<Call>, take: Take) -> Result<Opened, Error> {
    let trace = Trace::begin(&call);
    let sent = trace.around(|trace| async move {
        let mut run = Run::new(call, trace);
        let taken = run.taken(take).await?;
        Ok(run.succeed(taken))
    });
    sent.await
}

/// A call from its first try to its end.
struct Run {
    call: Box<Call>,
    trace: Trace,
    started: Instant,
    total: Deadline,
    attempts: u32,
    /// Whether the one other secret was asked for that a refused one is worth.
    renewed: bool,
    /// Tries that came to nothing but a refused secret, and so are none of those that may be
    /// repeated.
    refused: u32,
    /// How the attempt before this one ended.
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
            refused: 0,
            last: None,
            trace,
            call,
        }
    }

    async fn taken(&mut self, take: Take) -> Result<Taken, Error> {
        loop {
            self.attempts += 1;
            let kind = match self.attempt(take).await {
                Ok(taken) => return Ok(taken),
                Err(kind) => kind,
            };
            if !self.call.is_whole() {
                let policy = self.call.retry_policy();
                let reason = NoRetry::of_streamed(policy, &self.failed(&kind), &kind);
                return Err(self.fail(kind, reason));
            }
            match self.has_other_secret(&kind).await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(kind) => return Err(self.fail(kind, NoRetry::NoToken)),
            }
            match self.next_wait(&kind) {
                Ok(wait) => {
                    self.trace.retry(self.attempts, &kind, wait);
                    self.last = Some(Box::new(kind));
                    tokio::time::sleep(wait).await;
                }
                Err(reason) => return Err(self.fail(kind, reason)),
            }
        }
    }

    /// The wait before the next attempt, or why there is none after one that ended so.
    fn next_wait(&self, kind: &Kind) -> Result<Duration, NoRetry> {
        let policy = self.call.retry_policy();
        let failed = self.failed(kind);
        let Some(wait) = policy.next_wait(&failed) else {
            return Err(NoRetry::of_policy(policy, &failed, kind));
        };
        if self.total.passes_within(wait) {
            return Err(NoRetry::NoTime {
                wait,
                limit: self.total.limit(),
                length: self.total.length(),
            });
        }
        // What the server didn't process costs it nothing, and comes in bursts: where a server takes
        // fewer calls at once than there are, it gives all the others back.
        let is_free = matches!(kind, Kind::NotProcessed(_));
        if !is_free && !self.call.client.inner.bucket.take() {
            return Err(NoRetry::NoBudget);
        }
        Ok(wait)
    }

    /// One try, with the secret that holds now.
    async fn attempt(&mut self, take: Take) -> Result<Taken, Kind> {
        let deadline = match self.attempts {
            // It begins with the call. A look at the clock is dear beside all else that we do.
            1 => self.deadline(self.started),
            _ => self.deadline(Instant::now()),
        };
        let credentials = &self.call.client.inner.credentials;
        let current = credentials.current(self.call.security, &self.call.options.left_out);
        let secrets = if credentials.has_provider() {
            let Ok(secrets) = deadline.guard(current).await else {
                credentials.abandon();
                return Err(deadline.passed(Some("the token provider had not answered".into())));
            };
            secrets?
        } else {
            // Keys are at hand: there is nothing to wait for.
            current.await?
        };
        self.call.set_credentials(secrets);
        attempt::attempt(&self.call, deadline, take).await
    }

    /// The moment by which a try that begins at another has to end.
    fn deadline(&self, begins: Instant) -> Deadline {
        let one_try = Deadline::since(begins, self.call.timeout(), Limit::Try);
        self.total.sooner(one_try)
    }

    /// Whether a try failed for its secret alone, and another secret is at hand; the error where one
    /// was to be, and isn't.
    ///
    /// A request that was refused so was not carried out: whatever its method, it may go out again.
    async fn has_other_secret(&mut self, kind: &Kind) -> Result<bool, Kind> {
        let Kind::Status(answer) = kind else {
            return Ok(false);
        };
        let refused = self.call.credentials.clone();
        if answer.status != StatusCode::UNAUTHORIZED || refused.is_empty() || self.renewed {
            return Ok(false);
        }
        self.renewed = true;
        let credentials = &self.call.client.inner.credentials;
        let deadline = self.deadline(Instant::now());
        let cause = match deadline.guard(credentials.renewed(&refused)).await {
            Ok(Ok(None)) => return Ok(false),
            Ok(Ok(Some(others))) => {
                self.trace.renew(self.attempts);
                self.call.set_credentials(others);
                self.refused += 1;
                return Ok(true);
            }
            Ok(Err(cause)) => cause,
            Err(_) => {
                credentials.abandon();
                "it had not answered within the limit of time".into()
            }
        };
        Err(Kind::NotRenewed {
            answer: answer.clone(),
            cause,
        })
    }

    fn failed<'a>(&'a self, kind: &'a Kind) -> FailedAttempt<'a> {
        FailedAttempt {
            method: &self.call.method,
            has_idempotency_key: self.call.has_idempotency_key(),
            attempt: self.attempts - self.refused,
            max_retries: self.call.max_retries(),
            outcome: kind.outcome(),
            now: SystemTime::now(),
        }
    }

    fn succeed(self, taken: Taken) -> Opened {
        self.call
            .client
            .inner
            .bucket
            .reward(self.attempts - self.refused > 1);
        let elapsed = self.started.elapsed();
        self.trace
            .succeed(&self.call, self.attempts, &taken.answer, elapsed);
        let payload = Payload {
            call: self.call,
            trace: self.trace,
            answer: taken.answer,
            attempts: self.attempts,
            elapsed,
            deviations: Mutex::default(),
            redirected: taken.redirected,
        };
        Opened {
            payload,
            rest: taken.rest,
            total: self.total,
        }
    }

    fn fail(&mut self, mut kind: Kind, no_retry: NoRetry) -> Error {
        let elapsed = self.started.elapsed();
        let attempts = self.sent(&kind);
        if let Kind::Timeout {
            limit: Limit::Total | Limit::Wait,
            cause: cause @ None,
            ..
        } = &mut kind
            && let Some(last) = self.last.take()
        {
            // What the server said before the time was up is not lost with it.
            let before = self.attempts - 1;
            let last = Error::of_call(*last, &self.call, before, elapsed, NoRetry::Unsaid);
            *cause = Some(last.into());
        }
        self.trace.fail(&self.call, attempts, &kind, elapsed);
        Error::of_call(kind, &self.call, attempts, elapsed, no_retry)
    }

    /// How many tries went out, or were to, where the last one ended so.
    fn sent(&self, kind: &Kind) -> u32 {
        match kind {
            Kind::InvalidInput(_) | Kind::Token(_) => self.attempts - 1,
            _ => self.attempts,
        }
    }
}
