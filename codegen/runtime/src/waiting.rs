//! Waiting until something on the server has ended.

use std::fmt;
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use super::call::Call;
use super::cause::Cause;
use super::deadline::Deadline;
use super::error::Error;
use super::error_kind::{Kind, Limit};
use super::execute::execute;
use super::no_retry::NoRetry;
use super::operation::Endpoint;
use super::random;
use super::request::{self, Request};
use super::response::{Payload, Response};
use super::retry_after;
use super::trace::Trace;

/// The first pause, where nothing else is said.
const FIRST: Duration = Duration::from_secs(1);

/// The shortest first pause, so that one of zero doesn't ask without end.
const SHORTEST: Duration = Duration::from_millis(1);

/// The longest pause, unless the first one is longer or the server asks for more.
const LONGEST: Duration = Duration::from_secs(30);

/// The longest pause that a server may ask for.
const LONGEST_ASKED: Duration = Duration::from_secs(60);

/// How long to wait in all, where nothing else is said.
const LIMIT: Duration = Duration::from_secs(60 * 60);

/// Something that is asked for again and again until its state is one that ends the wait.
pub trait Polled {
    /// What is waited for.
    type Answer: Send + Sync + 'static;

    /// The endpoint that tells how far it is.
    type Endpoint: Endpoint<Output = Self::Answer>;

    /// The type of the state.
    type State: PartialEq + fmt::Display + 'static;

    /// The states that end it well.
    const DONE: &'static [Self::State];

    /// The states that end it badly.
    const FAILED: &'static [Self::State];

    /// The state, where the answer has one.
    fn state(answer: &Self::Answer) -> Option<&Self::State>;
}

type Watcher<T> = Box<dyn FnMut(&T) + Send>;

/// A wait that is ready to begin.
///
/// It asks again and again, with pauses that grow, until the state is one that ends the wait. A
/// state that this version of the crate doesn't know is no end.
///
/// Each question is a call with retries of its own; the options that start with `with_` are for each
/// of them, and [`with_wait_timeout`](Self::with_wait_timeout) is for the wait. Nothing goes out before
/// [`send`](Self::send), and dropping its future leaves nothing running here; what goes on on the
/// server is not stopped.
#[must_use = "a wait does nothing until it is sent"]
pub struct Poller<W: Polled> {
    pub(crate) call: Box<Call>,
    first: Duration,
    limit: Duration,
    watcher: Option<Watcher<W::Answer>>,
}

impl<W: Polled> Poller<W> {
    pub(crate) fn new(call: Box<Call>) -> Self {
        Self {
            call,
            first: FIRST,
            limit: LIMIT,
            watcher: None,
        }
    }

    /// A wait that asks with this request.
    pub(crate) fn of(question: Request<W::Endpoint>) -> Self {
        Self::new(question.call)
    }

    /// The first pause between two questions: 1 second by default, and at least a millisecond.
    ///
    /// Each pause is half as long again as the one before, up to 30 seconds (or the first one, where
    /// that is longer), and up to a quarter shorter at random. Where the server asks for a longer
    /// one (`retry-after-ms`, `Retry-After`), it gets that, up to 60 seconds.
    pub fn with_poll_interval(mut self, interval: Duration) -> Self {
        self.first = interval;
        self
    }

    /// How long to wait in all: an hour by default. `Duration::MAX` is no limit.
    ///
    /// A pause that would pass it is cut, for one last look before it; where there is no time for
    /// another look, the wait ends.
    pub fn with_wait_timeout(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Calls `watcher` with every answer, the last one too. A second watcher takes the place of the
    /// first.
    pub fn with_progress(mut self, watcher: impl FnMut(&W::Answer) + Send + 'static) -> Self {
        self.watcher = Some(Box::new(watcher));
        self
    }

    request::options!();

    /// Waits for the end.
    ///
    /// # Errors
    ///
    /// - [`Error::is_operation_failed`] when it ended badly.
    /// - [`Error::is_timeout`] when the [`with_wait_timeout`](Self::with_wait_timeout) passes.
    /// - Whatever else a call can end in, see [`Error`]: the wait is over when one question fails
    ///   with all its retries, or when there is no time for the next of them.
    ///
    /// In each case [`Error::last_polled`] holds the last answer, if there was one.
    pub async fn send(self) -> Result<W::Answer, Error> {
        let (_, answer) = run(self).await?;
        Ok(answer)
    }

    /// Waits for the end and returns the last answer with its status, headers and the like, those of
    /// the last question alone.
    ///
    /// # Errors
    ///
    /// See [`send`](Self::send).
    pub async fn send_with_response(self) -> Result<Response<W::Answer>, Error> {
        let (payload, answer) = run(self).await?;
        Ok(Response::new(payload, answer))
    }

    /// As [`send`](Self::send), for code that isn't async: the thread waits.
    ///
    /// # Errors
    ///
    /// See [`send`](Self::send). One with [`Error::is_invalid_input`] in async code.
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<W::Answer, Error> {
        super::blocking::block_on(self.send())?
    }

    /// As [`send_with_response`](Self::send_with_response), for code that isn't async: the thread
    /// waits.
    ///
    /// # Errors
    ///
    /// See [`send`](Self::send). One with [`Error::is_invalid_input`] in async code.
    #[cfg(feature = "blocking")]
    pub fn send_with_response_blocking(self) -> Result<Response<W::Answer>, Error> {
        super::blocking::block_on(self.send_with_response())?
    }
}

/// Asks until the end.
///
/// Not a method, as what follows: methods share their names with the parameters of the API.
async fn run<W: Polled>(mut waiting: Poller<W>) -> Result<(Payload, W::Answer), Error> {
    let started = Instant::now();
    let limit = Deadline::after(waiting.limit, Limit::Polling);
    waiting.call.within = Some(limit);
    let mut last: Option<W::Answer> = None;
    let (mut asked, mut attempts) = (0_u32, 0_u32);
    loop {
        let payload = match execute(waiting.call.clone()).await {
            Ok(payload) => payload,
            Err(error) => match error.into_polling_timeout() {
                Ok((more, cause)) => {
                    let attempts = attempts.saturating_add(more);
                    return Err(late::<W>(
                        &waiting.call,
                        limit,
                        attempts,
                        started,
                        last,
                        cause,
                    ));
                }
                Err(error) => return Err(error.with_last_polled(last)),
            },
        };
        // Errors of the wait keep the secret out that its questions were asked with.
        waiting
            .call
            .credentials
            .clone_from(&payload.call.credentials);
        asked = asked.saturating_add(1);
        attempts = attempts.saturating_add(payload.attempts);
        let answer = match W::Endpoint::decode(&payload) {
            Ok(answer) => answer,
            Err(error) => return Err(error.with_last_polled(last)),
        };
        if let Some(watcher) = &mut waiting.watcher {
            watcher(&answer);
        }
        let state = W::state(&answer);
        if state.is_some_and(|state| W::DONE.contains(state)) {
            return Ok((payload, answer));
        }
        if let Some(state) = state.filter(|state| W::FAILED.contains(state)) {
            // Of the call that was made, which knows what it sent and what no message may show.
            let Payload {
                call,
                response: end,
                ..
            } = payload;
            let kind = Kind::OperationFailed {
                state: state.to_string(),
                response: end.into(),
            };
            let error = failed(kind, &call, attempts, started);
            return Err(error.with_last_polled(Some(answer)));
        }
        last = Some(answer);
        let wanted = retry_after::read(&payload.response.headers, SystemTime::now());
        let pause = pause(waiting.first, asked, random::fraction(), wanted);
        let Some(pause) = fitted(pause, limit.left(), payload.elapsed) else {
            return Err(late::<W>(
                &waiting.call,
                limit,
                attempts,
                started,
                last,
                None,
            ));
        };
        tokio::time::sleep(pause).await;
    }
}

/// The error of a wait that takes too long.
fn late<W: Polled>(
    call: &Call,
    limit: Deadline,
    attempts: u32,
    started: Instant,
    last: Option<W::Answer>,
    cause: Option<Cause>,
) -> Error {
    let state = last.as_ref().and_then(W::state);
    let seen = || state.map(|state| format!("its state was {state}").into());
    // Where a question failed, that is later than the state, which `last_polled` has.
    let kind = limit.passed(cause.or_else(seen));
    failed(kind, call, attempts, started).with_last_polled(last)
}

/// The error of a wait, all of whose questions may have been answered.
fn failed(kind: Kind, call: &Call, attempts: u32, started: Instant) -> Error {
    let elapsed = started.elapsed();
    Trace::polling_failed(call, attempts, &kind, elapsed);
    Error::of_call(kind, call, attempts, elapsed, NoRetry::Silent)
}

/// The pause after question `asked` (from 1): `first` for the first one and half as long again after
/// each further one, up to [`LONGEST`], less up to a quarter by `random` (from 0 to 1); or what the
/// server wants, up to [`LONGEST_ASKED`], where that is longer.
pub(crate) fn pause(
    first: Duration,
    asked: u32,
    random: f64,
    wanted: Option<Duration>,
) -> Duration {
    let first = first.max(SHORTEST);
    // Long past any use, and not yet infinite.
    let steps = asked.saturating_sub(1).min(200);
    // By way of floats, because durations panic where they grow too long.
    let grown = first.as_secs_f64() * 1.5_f64.powf(steps.into());
    let longest = LONGEST.max(first).as_secs_f64();
    let own = grown.min(longest) * (1.0 - random.clamp(0.0, 1.0) / 4.0);
    let own = Duration::try_from_secs_f64(own).unwrap_or(Duration::MAX);
    wanted.map_or(own, |wanted| own.max(wanted.min(LONGEST_ASKED)))
}

/// The pause, cut where the limit is near, for one last look before it; none where the time that is
/// `left` isn't enough for another question, for which twice the time is kept that this one `took`.
pub(crate) fn fitted(pause: Duration, left: Duration, took: Duration) -> Option<Duration> {
    let room = left.saturating_sub(took.saturating_mul(2));
    (!room.is_zero()).then(|| pause.min(room))
}

/// Shows which values are set, not what they are.
impl<W: Polled> fmt::Debug for Poller<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Poller")
            .field("call", &self.call)
            .field("with_poll_interval", &self.first)
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}
