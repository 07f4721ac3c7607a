//! Polling until an operation on the server has finished.

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
use super::random;
use super::request::Request;
use super::request_builder::Builder;
use super::response::{Payload, Response};
use super::retry_after;
use super::send_future::SendFuture;
use super::trace::Trace;

/// The first pause by default.
const FIRST: Duration = Duration::from_secs(1);

/// The shortest first pause, so that one of zero doesn't poll in a tight loop.
const SHORTEST: Duration = Duration::from_millis(1);

/// The longest pause, unless the first one is longer or the server asks for more.
const LONGEST: Duration = Duration::from_secs(30);

/// The longest pause that a server may ask for.
const LONGEST_ASKED: Duration = Duration::from_secs(60);

/// The timeout of all polls together by default.
const LIMIT: Duration = Duration::from_secs(60 * 60);

/// A request struct that polls an operation until its state is final.
pub trait Polled {
    /// What each poll returns.
    type Response: Send + Sync + 'static;

    /// The request of a poll.
    type Request: Request<Output = Self::Response>;

    /// The type of the state.
    type State: PartialEq + fmt::Display + 'static;

    /// The states in which the operation has succeeded.
    const DONE: &'static [Self::State];

    /// The states in which the operation has failed.
    const FAILED: &'static [Self::State];

    /// The state, where the response has one.
    fn state(response: &Self::Response) -> Option<&Self::State>;
}

type Watcher<T> = Box<dyn FnMut(&T) + Send>;

/// How a poller polls.
#[must_use]
pub struct PollOptions<T> {
    pub interval: Duration,
    pub timeout: Duration,
    pub watcher: Option<Watcher<T>>,
}

impl<T> Default for PollOptions<T> {
    fn default() -> Self {
        Self {
            interval: FIRST,
            timeout: LIMIT,
            watcher: None,
        }
    }
}

/// The methods of a poller but `send` and those of its request's parameters.
#[allow(unused_macros, reason = "only an API has requests to add methods to")]
#[doc(hidden)]
#[macro_export]
macro_rules! waiting_methods {
    ($poller:ident -> $output:ty) => {
        impl $poller {
            /// Sets the first pause between two polls: 1 second by default, and at least a
            /// millisecond.
            ///
            /// Each pause is half as long again as the one before, up to 30 seconds (or the first
            /// one, where that is longer), less up to a quarter at random. A longer pause that the
            /// server asks for (`retry-after-ms`, `Retry-After`) is kept, up to 60 seconds.
            #[inline]
            pub fn with_poll_interval(mut self, interval: requests::Duration) -> Self {
                self.1.interval = interval;
                self
            }

            /// Sets the timeout of all polls together: an hour by default. `Duration::MAX` means no
            /// limit.
            ///
            /// A pause that would exceed it is shortened, for a last poll before it; where there is no
            /// time for another poll, polling ends.
            #[inline]
            pub fn with_wait_timeout(mut self, timeout: requests::Duration) -> Self {
                self.1.timeout = timeout;
                self
            }

            /// Calls `watcher` with the response of every poll, the last one included. A second
            /// watcher replaces the first.
            pub fn with_progress(mut self, watcher: impl FnMut(&$output) + Send + 'static) -> Self {
                self.1.watcher = Some(Box::new(watcher));
                self
            }

            requests::options!();

            /// Polls until the operation has finished, and returns the last response with its status
            /// and headers.
            ///
            /// # Errors
            ///
            /// See [`send`](Self::send).
            #[inline]
            pub fn send_with_response(
                self,
            ) -> impl ::std::future::Future<
                Output = Result<requests::Response<$output>, requests::Error>,
            > + Send {
                requests::SendFuture::polling_with_response::<Self>(self.0, self.1)
            }

            requests::blocking! {
                /// Polls as [`send`](Self::send) does, and blocks the thread until the operation has
                /// finished.
                ///
                /// # Errors
                ///
                /// See [`send`](Self::send). In async code it is one with
                /// [`Error::is_invalid_input`](requests::Error::is_invalid_input).
                #[inline]
                pub fn send_blocking(self) -> Result<$output, requests::Error> {
                    requests::block_on(::std::future::IntoFuture::into_future(self))?
                }

                /// Polls as [`send_with_response`](Self::send_with_response) does, and blocks the thread
                /// until the operation has finished.
                ///
                /// # Errors
                ///
                /// See [`send`](Self::send). In async code it is one with
                /// [`Error::is_invalid_input`](requests::Error::is_invalid_input).
                #[inline]
                pub fn send_with_response_blocking(
                    self,
                ) -> Result<requests::Response<$output>, requests::Error> {
                    requests::block_on(self.send_with_response())?
                }
            }
        }

        /// `.await` polls until the operation has finished, as `send` does.
        impl ::std::future::IntoFuture for $poller {
            type Output = Result<$output, requests::Error>;
            type IntoFuture = requests::SendFuture<$output>;

            #[inline]
            fn into_future(self) -> requests::SendFuture<$output> {
                requests::SendFuture::polling::<Self>(self.0, self.1)
            }
        }
    };
}

#[allow(unused_imports, reason = "as above")]
pub use waiting_methods as methods;

impl<T: Send + Sync + 'static> SendFuture<T> {
    /// Polls until the operation has finished.
    #[doc(hidden)]
    pub fn polling<W>(builder: Builder, options: PollOptions<T>) -> Self
    where
        W: Polled<Response = T> + 'static,
    {
        Self::boxed(Box::pin(async move {
            let (_, response) = run::<W>(builder.call, options).await?;
            Ok(response)
        }))
    }
}

impl<T: Send + Sync + 'static> SendFuture<Response<T>> {
    /// Polls until the operation has finished, and keeps status and headers.
    #[doc(hidden)]
    pub fn polling_with_response<W>(builder: Builder, options: PollOptions<T>) -> Self
    where
        W: Polled<Response = T> + 'static,
    {
        Self::boxed(Box::pin(async move {
            let (payload, response) = run::<W>(builder.call, options).await?;
            Ok(Response::new(payload, response))
        }))
    }
}

/// Polls until the end.
async fn run<W: Polled>(
    mut call: Box<Call>,
    mut options: PollOptions<W::Response>,
) -> Result<(Payload, W::Response), Error> {
    let started = Instant::now();
    let limit = Deadline::after(options.timeout, Limit::Polling);
    call.within = Some(limit);
    let mut last: Option<W::Response> = None;
    let (mut polls, mut attempts) = (0_u32, 0_u32);
    loop {
        let payload = match execute(call.clone()).await {
            Ok(payload) => payload,
            Err(error) => match error.into_polling_timeout() {
                Ok((more, cause)) => {
                    let attempts = attempts.saturating_add(more);
                    return Err(late::<W>(&call, limit, attempts, started, last, cause));
                }
                Err(error) => return Err(error.with_last_polled(last)),
            },
        };
        // Errors of the poller redact the secret that its polls were sent with.
        call.credentials.clone_from(&payload.call.credentials);
        polls = polls.saturating_add(1);
        attempts = attempts.saturating_add(payload.attempts);
        let response = match W::Request::decode(&payload) {
            Ok(response) => response,
            Err(error) => return Err(error.with_last_polled(last)),
        };
        if let Some(watcher) = &mut options.watcher {
            watcher(&response);
        }
        let state = W::state(&response);
        if state.is_some_and(|state| W::DONE.contains(state)) {
            return Ok((payload, response));
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
            return Err(error.with_last_polled(Some(response)));
        }
        last = Some(response);
        let wanted = retry_after::read(&payload.response.headers, SystemTime::now());
        let pause = pause(options.interval, polls, random::fraction(), wanted);
        let Some(pause) = fitted(pause, limit.left(), payload.elapsed) else {
            return Err(late::<W>(&call, limit, attempts, started, last, None));
        };
        tokio::time::sleep(pause).await;
    }
}

/// The error of polling that takes too long.
fn late<W: Polled>(
    call: &Call,
    limit: Deadline,
    attempts: u32,
    started: Instant,
    last: Option<W::Response>,
    cause: Option<Cause>,
) -> Error {
    let state = last.as_ref().and_then(W::state);
    let seen = || state.map(|state| format!("its state was {state}").into());
    // Where a poll failed, that is later than the state, which `last_polled` has.
    let kind = limit.passed(cause.or_else(seen));
    failed(kind, call, attempts, started).with_last_polled(last)
}

/// The error of polling, each request of which may have succeeded.
fn failed(kind: Kind, call: &Call, attempts: u32, started: Instant) -> Error {
    let elapsed = started.elapsed();
    Trace::polling_failed(call, attempts, &kind, elapsed);
    Error::of_call(kind, call, attempts, elapsed, NoRetry::Silent)
}

/// The pause after the poll of this number (from 1): `first` for the first one and half as long again after
/// each further one, up to [`LONGEST`], less up to a quarter by `random` (from 0 to 1); or what the
/// server wants, up to [`LONGEST_ASKED`], where that is longer.
pub(crate) fn pause(first: Duration, poll: u32, random: f64, wanted: Option<Duration>) -> Duration {
    let first = first.max(SHORTEST);
    // Long past any use, and not yet infinite.
    let steps = poll.saturating_sub(1).min(200);
    // By way of floats, because durations panic where they grow too long.
    let grown = first.as_secs_f64() * 1.5_f64.powf(steps.into());
    let longest = LONGEST.max(first).as_secs_f64();
    let own = grown.min(longest) * (1.0 - random.clamp(0.0, 1.0) / 4.0);
    let own = Duration::try_from_secs_f64(own).unwrap_or(Duration::MAX);
    wanted.map_or(own, |wanted| own.max(wanted.min(LONGEST_ASKED)))
}

/// The pause, cut where the limit is near, for one last look before it; none where the time that is
/// `left` isn't enough for another poll, for which twice the time is kept that this one `took`.
pub(crate) fn fitted(pause: Duration, left: Duration, took: Duration) -> Option<Duration> {
    let room = left.saturating_sub(took.saturating_mul(2));
    (!room.is_zero()).then(|| pause.min(room))
}

/// Leaves the watcher out.
impl<T> fmt::Debug for PollOptions<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PollOptions")
            .field("interval", &self.interval)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
