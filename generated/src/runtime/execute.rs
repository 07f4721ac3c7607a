//! The one place where requests go out.

use std::pin::Pin;
use std::sync::Arc;
use std::time::SystemTime;

use tokio::time::Instant;

use super::attempt::{self, Take, Taken};
use super::call::Call;
use super::credential::Credential;
use super::deadline::Deadline;
use super::error::Error;
use super::error_kind::{Kind, Limit};
use super::response::Payload;
use super::retry::FailedTry;
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

/// Sends a call until it succeeds or there is no use in another try, and takes in the whole answer.
pub(crate) fn execute(call: Call) -> Executing<Payload> {
    let trace = Trace::begin(&call);
    Box::pin(trace.clone().around(async move {
        let opened = Run::new(call, trace).run(Take::Whole).await?;
        Ok(opened.payload)
    }))
}

/// The same, but leaves the body of the answer to the caller.
pub(crate) fn open(call: Call) -> Executing<Opened> {
    let trace = Trace::begin(&call);
    Box::pin(trace.clone().around(Run::new(call, trace).run(Take::Head)))
}

/// A call from its first try to its end.
struct Run {
    call: Call,
    trace: Trace,
    started: Instant,
    total: Deadline,
    attempts: u32,
    /// Whether the one other token was asked for that a refused one is worth.
    renewed: bool,
}

impl Run {
    fn new(mut call: Call, trace: Trace) -> Self {
        call.add_idempotency_key();
        Self {
            total: Deadline::after(call.total_timeout(), Limit::Total),
            started: Instant::now(),
            attempts: 0,
            renewed: false,
            trace,
            call,
        }
    }

    async fn run(mut self, take: Take) -> Result<Opened, Error> {
        loop {
            self.attempts += 1;
            let kind = match self.attempt(take).await {
                Ok(taken) => return Ok(self.succeed(taken)),
                Err(kind) => kind,
            };
            if self.has_other_token(&kind).await {
                continue;
            }
            let Some(wait) = self.call.retry_policy().next_wait(&self.failed(&kind)) else {
                return Err(self.fail(kind, false));
            };
            if self.total.passes_within(wait) {
                let last = self.error(kind, false);
                return Err(self.fail(self.total.passed(Some(last.into())), false));
            }
            if !self.call.client.inner.bucket.take() {
                return Err(self.fail(kind, true));
            }
            self.trace.retry(self.attempts, &kind, wait);
            tokio::time::sleep(wait).await;
        }
    }

    /// One try, with the secret that holds now.
    async fn attempt(&mut self, take: Take) -> Result<Taken, Kind> {
        let deadline = self
            .total
            .sooner(Deadline::after(self.call.timeout(), Limit::Try));
        let credentials = &self.call.client.inner.credentials;
        self.call.credential = deadline.guard(credentials.current()).await??;
        attempt::attempt(&self.call, deadline, take).await
    }

    /// Whether a try failed for its token alone, and another token is at hand.
    ///
    /// A request that was refused so was not carried out: whatever its method, it may go out again.
    async fn has_other_token(&mut self, kind: &Kind) -> bool {
        let (Kind::Status(answer), Some(refused), false) =
            (kind, self.call.credential.clone(), self.renewed)
        else {
            return false;
        };
        if answer.status != reqwest::StatusCode::UNAUTHORIZED {
            return false;
        }
        self.renewed = true;
        let other = self
            .total
            .guard(self.call.client.inner.credentials.renewed(&refused))
            .await;
        // Where there is none, what the server said is the better error.
        let Ok(Ok(Some(other))) = other else {
            return false;
        };
        self.trace.renew(self.attempts);
        self.remember(refused);
        self.call.credential = Some(other);
        true
    }

    /// Keeps a secret that was sent out of messages, although another one has its place.
    fn remember(&mut self, refused: Arc<Credential>) {
        self.call.refused_credential = Some(refused);
    }

    fn failed<'a>(&'a self, kind: &'a Kind) -> FailedTry<'a> {
        FailedTry {
            method: &self.call.method,
            has_idempotency_key: self.call.has_idempotency_key(),
            attempt: self.attempts,
            max_retries: self.call.max_retries(),
            outcome: kind.outcome(),
            now: SystemTime::now(),
        }
    }

    fn succeed(self, taken: Taken) -> Opened {
        self.call.client.inner.bucket.reward(self.attempts > 1);
        let elapsed = self.started.elapsed();
        self.trace
            .succeed(&self.call, self.attempts, &taken.answer, elapsed);
        let payload = Payload {
            call: self.call,
            answer: taken.answer,
            attempts: self.attempts,
            elapsed,
        };
        Opened {
            payload,
            rest: taken.rest,
            total: self.total,
        }
    }

    fn fail(&self, kind: Kind, out_of_retries: bool) -> Error {
        self.trace
            .fail(&self.call, self.attempts, &kind, self.started.elapsed());
        self.error(kind, out_of_retries)
    }

    fn error(&self, kind: Kind, out_of_retries: bool) -> Error {
        let elapsed = self.started.elapsed();
        Error::of_call(kind, &self.call, self.attempts, elapsed, out_of_retries)
    }
}
