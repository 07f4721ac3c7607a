//! Streaming response bodies.

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

/// A stream of the chunks of a response body; see
/// [`Request::send_streaming`](super::request::Request::send_streaming).
///
/// It yields chunks as they are received, after decompression, and never buffers more than one. The
/// maximum body size doesn't apply. The timeout of an attempt applies to each chunk; the total timeout
/// applies up to the end of the body. Dropping the stream closes the connection.
#[must_use = "a stream does nothing until it is read"]
pub struct BodyStream {
    state: State,
    payload: Payload,
    total: Deadline,
    announced: Option<u64>,
    received: usize,
}

/// Who has the response: the stream, or the future that reads a chunk.
enum State {
    Idle(Box<reqwest::Response>),
    Reading(Pin<Box<dyn Future<Output = Read> + Send>>),
    Ended,
}

struct Read {
    rest: Box<reqwest::Response>,
    chunk: Result<reqwest::Result<Option<Bytes>>, Kind>,
}

impl BodyStream {
    pub(crate) fn new(opened: Opened) -> Self {
        let Payload { call, response, .. } = &opened.payload;
        Self {
            announced: content_length::announced(call, response.status, &response.headers),
            state: opened
                .rest
                .map_or(State::Ended, |rest| State::Idle(Box::new(rest))),
            payload: opened.payload,
            total: opened.total,
            received: 0,
        }
    }

    /// Returns the next chunk; `None` after the last one, and after an error.
    ///
    /// # Errors
    ///
    /// Returns an error with [`Error::is_timeout`] if no chunk is received in time, and one with
    /// [`Error::is_interrupted`] if the connection closes before the end of the body or the body doesn't
    /// have the length of its `Content-Length`. A `None` without an error before it means that the body is
    /// complete.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        loop {
            self.state = match std::mem::replace(&mut self.state, State::Ended) {
                State::Ended => return Poll::Ready(None),
                State::Idle(rest) => {
                    let limit = Deadline::after(self.payload.call.timeout(), Limit::Chunk);
                    State::Reading(Box::pin(read(rest, self.total.sooner(limit))))
                }
                State::Reading(mut reading) => {
                    let Poll::Ready(read) = reading.as_mut().poll(context) else {
                        self.state = State::Reading(reading);
                        return Poll::Pending;
                    };
                    return Poll::Ready(self.accept(read));
                }
            };
        }
    }

    fn accept(&mut self, read: Read) -> Option<Result<Bytes, Error>> {
        let fault = match read.chunk {
            Ok(Ok(Some(chunk))) => {
                self.received = self.received.saturating_add(chunk.len());
                match content_length::excess(self.announced, self.received) {
                    None => {
                        self.state = State::Idle(read.rest);
                        return Some(Ok(chunk));
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
            response: self.payload.response.clone().into(),
            received: self.received,
            path: String::new(),
            is_corrupt: fault.is_corrupt,
            cause: fault.cause,
        })))
    }

    /// The response without its body, and its request.
    pub(crate) fn payload(&mut self) -> &mut Payload {
        &mut self.payload
    }

    fn error(&self, kind: Kind) -> Error {
        self.payload.error_as(kind, NoRetry::StreamedResponse)
    }
}

async fn read(mut rest: Box<reqwest::Response>, deadline: Deadline) -> Read {
    let chunk = deadline.guard(rest.chunk()).await;
    let chunk = chunk.map_err(|_| deadline.passed(None));
    Read { rest, chunk }
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
            response,
            attempts,
            elapsed,
            ..
        } = &opened.payload;
        Self {
            status: response.status,
            headers: response.headers.clone(),
            attempts: *attempts,
            elapsed: *elapsed,
            deviations: Vec::new(),
            redactor: call.redactor(),
            received: Bytes::new(),
            body: BodyStream::new(opened),
        }
    }
}

/// Shows how much was received, and nothing of the body.
impl fmt::Debug for BodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyStream")
            .field("response", &self.payload)
            .field("received", &self.received)
            .finish_non_exhaustive()
    }
}
