//! Waiting until something on the server has ended.

use std::fmt;
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use super::call::Call;
use super::deadline::Deadline;
use super::error::Error;
use super::error_kind::{Kind, Limit};
use super::execute::execute;
use super::operation::Endpoint;
use super::random;
use super::request;
use super::response::{Payload, Response};
use super::retry_after;

/// The first pause, where nothing else is said.
const FIRST: Duration = Duration::from_secs(1);

/// The longest pause, unless the first one is longer or the server asks for more.
const LONGEST: Duration = Duration::from_secs(30);

/// The longest pause that a server may ask for.
const LONGEST_ASKED: Duration = Duration::from_secs(60);

/// How long to wait in all, where nothing else is said.
const LIMIT: Duration = Duration::from_secs(60 * 60);

/// Something that is asked for again and again until its state is one that ends the wait.
pub trait Waited {
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
#[must_use = "a wait does nothing until it is sent"]
pub struct Waiting<W: Waited> {
    pub(crate) call: Call,
    first: Duration,
    limit: Duration,
    watcher: Option<Watcher<W::Answer>>,
}

impl<W: Waited> Waiting<W> {
    pub(crate) fn new(call: Call) -> Self {
        Self {
            call,
            first: FIRST,
            limit: LIMIT,
            watcher: None,
        }
    }

    /// The first pause between two questions: 1 second by default. Each pause is half as long again
    /// as the one before, up to 30 seconds, and up to a quarter shorter at random. Where the server
    /// asks for a longer one (`Retry-After`), it gets that, up to 60 seconds.
    pub fn poll_interval(mut self, interval: Duration) -> Self {
        self.first = interval;
        self
    }

    /// How long to wait in all: an hour by default. `Duration::MAX` is no limit.
    pub fn limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Calls `watcher` with every answer, the last one too.
    pub fn on_progress(mut self, watcher: impl FnMut(&W::Answer) + Send + 'static) -> Self {
        self.watcher = Some(Box::new(watcher));
        self
    }

    request::options!();

    /// Waits for the end.
    ///
    /// # Errors
    ///
    /// - [`Error::is_failed`] when it ended badly; [`Error::waited`] then holds the last answer.
    /// - [`Error::is_timeout`] when the [`limit`](Self::limit) passes; [`Error::waited`] holds the
    ///   last answer if there was one.
    /// - Whatever else a call can end in, see [`Error`].
    pub async fn send(self) -> Result<W::Answer, Error> {
        let (_, answer) = self.run().await?;
        Ok(answer)
    }

    /// Waits for the end and returns the last answer with its status, headers and the like.
    ///
    /// # Errors
    ///
    /// See [`send`](Self::send).
    pub async fn send_with_response(self) -> Result<Response<W::Answer>, Error> {
        let (payload, answer) = self.run().await?;
        Ok(Response::new(payload, answer))
    }

    async fn run(mut self) -> Result<(Payload, W::Answer), Error> {
        let started = Instant::now();
        let limit = Deadline::after(self.limit, Limit::Wait);
        let mut pause = self.first;
        let mut asked = 0;
        let mut last: Option<W::Answer> = None;
        loop {
            asked += 1;
            let payload = match limit.guard(execute(self.call.clone())).await {
                Ok(payload) => payload?,
                Err(kind) => {
                    let error = Error::of_call(kind, &self.call, asked, started.elapsed(), false);
                    return Err(error.with_waited(last));
                }
            };
            let answer = W::Endpoint::decode(&payload)?;
            if let Some(watcher) = &mut self.watcher {
                watcher(&answer);
            }
            let state = W::state(&answer);
            if state.is_some_and(|state| W::DONE.contains(state)) {
                return Ok((payload, answer));
            }
            if let Some(state) = state.filter(|state| W::FAILED.contains(state)) {
                let kind = Kind::Ended(state.to_string());
                let error = Error::of_call(kind, &self.call, asked, started.elapsed(), false);
                return Err(error.with_waited(Some(answer)));
            }
            last = Some(answer);
            tokio::time::sleep(limit.at_most(self.shortened(pause, &payload))).await;
            pause = pause.mul_f64(1.5).min(LONGEST.max(self.first));
        }
    }

    /// The pause less a random part of it, or what the server asks for where that is longer.
    fn shortened(&self, pause: Duration, payload: &Payload) -> Duration {
        let own = pause.mul_f64(1.0 - random::fraction() / 4.0);
        let asked = retry_after::read(&payload.answer.headers, SystemTime::now());
        asked.map_or(own, |asked| own.max(asked.min(LONGEST_ASKED)))
    }
}

/// Shows which values are set, not what they are.
impl<W: Waited> fmt::Debug for Waiting<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Waiting")
            .field("call", &self.call)
            .field("poll_interval", &self.first)
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}
