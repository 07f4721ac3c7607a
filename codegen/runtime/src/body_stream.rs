//! A body that is read as it comes.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use super::body::Fault;
use super::content_length;
use super::deadline::Deadline;
use super::error::Error;
use super::error_kind::{Kind, Limit};
use super::execute::Opened;
use super::no_retry::NoRetry;
use super::response::{Payload, Response};

/// The body of an answer, piece by piece; see
/// [`Request::send_streaming`](super::request::Request::send_streaming).
///
/// It is a stream of pieces as they come, after decompression, and never holds more than one. The
/// limit on the size of bodies isn't for it. The timeout for a try is the longest time for each
/// piece; the total timeout goes on to the end of the body. Dropping it closes the connection.
#[must_use = "a stream does nothing until it is read"]
pub struct BodyStream {
    state: State,
    payload: Payload,
    total: Deadline,
    announced: Option<u64>,
    received: usize,
}

/// Where the answer is: with the stream, or with the future that reads a piece of it.
enum State {
    Idle(Box<reqwest::Response>),
    Reading(Pin<Box<dyn Future<Output = Read> + Send>>),
    Ended,
}

struct Read {
    rest: Box<reqwest::Response>,
    piece: Result<reqwest::Result<Option<Bytes>>, Kind>,
}

impl BodyStream {
    pub(crate) fn new(opened: Opened) -> Self {
        let Payload { call, answer, .. } = &opened.payload;
        Self {
            announced: content_length::announced(call, answer.status, &answer.headers),
            state: opened
                .rest
                .map_or(State::Ended, |rest| State::Idle(Box::new(rest))),
            payload: opened.payload,
            total: opened.total,
            received: 0,
        }
    }

    /// The next piece; `None` behind the last one, and behind an error.
    ///
    /// # Errors
    ///
    /// One with [`Error::is_timeout`] where no piece comes in time, one with
    /// [`Error::is_interrupted`] where the connection breaks before the end of the body, or where the
    /// body isn't as long as its `Content-Length` says. All pieces came before the `None` that follows
    /// no error.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        loop {
            self.state = match std::mem::replace(&mut self.state, State::Ended) {
                State::Ended => return Poll::Ready(None),
                State::Idle(rest) => {
                    let limit = Deadline::after(self.payload.call.timeout(), Limit::Piece);
                    State::Reading(Box::pin(read(rest, self.total.sooner(limit))))
                }
                State::Reading(mut reading) => {
                    let Poll::Ready(read) = reading.as_mut().poll(context) else {
                        self.state = State::Reading(reading);
                        return Poll::Pending;
                    };
                    return Poll::Ready(self.take(read));
                }
            };
        }
    }

    fn take(&mut self, read: Read) -> Option<Result<Bytes, Error>> {
        let fault = match read.piece {
            Ok(Ok(Some(piece))) => {
                self.received = self.received.saturating_add(piece.len());
                match content_length::excess(self.announced, self.received) {
                    None => {
                        self.state = State::Idle(read.rest);
                        return Some(Ok(piece));
                    }
                    Some(cause) => Fault::of_length(cause),
                }
            }
            Ok(Ok(None)) => {
                let cause = content_length::shortfall(self.announced, self.received)?;
                Fault::of_length(cause)
            }
            Ok(Err(error)) => Fault::of_library(&self.payload.call, read.rest.version(), error),
            Err(passed) => return Some(Err(self.error(passed))),
        };
        Some(Err(self.error(Kind::BrokenBody {
            answer: self.payload.answer.clone().into(),
            received: self.received,
            path: String::new(),
            is_corrupt: fault.is_corrupt,
            cause: fault.cause,
        })))
    }

    /// Status and headers of the answer, and the call that got it.
    pub(crate) fn payload(&mut self) -> &mut Payload {
        &mut self.payload
    }

    fn error(&self, kind: Kind) -> Error {
        self.payload.error_as(kind, NoRetry::StreamedResponse)
    }
}

async fn read(mut rest: Box<reqwest::Response>, deadline: Deadline) -> Read {
    let piece = deadline.guard(rest.chunk()).await;
    let piece = piece.map_err(|_| deadline.passed(None));
    Read { rest, piece }
}

impl Stream for BodyStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl Response<BodyStream> {
    /// A response whose body is read as a stream.
    pub(crate) fn of_stream(opened: Opened) -> Self {
        let Payload {
            call,
            answer,
            attempts,
            elapsed,
            ..
        } = &opened.payload;
        Self {
            status: answer.status,
            headers: answer.headers.clone(),
            attempts: *attempts,
            elapsed: *elapsed,
            deviations: Vec::new(),
            scrubber: call.scrubber(),
            received: Bytes::new(),
            body: BodyStream::new(opened),
        }
    }
}

/// Shows how much was received, and nothing of the body.
impl fmt::Debug for BodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyStream")
            .field("answer", &self.payload)
            .field("received", &self.received)
            .finish_non_exhaustive()
    }
}
