//! The future of a request that is being sent.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::call::Call;
use super::error::Error;
use super::execute::{Executing, execute};
use super::response::Payload;

/// Reads what a request returns from a successful response.
type Decode<T> = fn(Payload) -> Result<T, Error>;

/// The future of a request: it sends the request when it is first polled, and resolves to
/// `Result<T, Error>`.
///
/// It is what `.await` on a request makes of it, and a type of its own so that it has a name.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct SendFuture<T>(State<T>);

// All of it is behind pointers to trait objects, so that the compiler sees at once that it is `Send`:
// it asks for each request anew.
enum State<T> {
    /// One request, and what reads its response.
    Sending(Executing<Payload>, Decode<T>),
    /// A future that gives the result itself.
    Other(Executing<T>),
    Done,
}

impl<T> SendFuture<T> {
    /// Sends one request.
    pub(crate) fn new(call: Box<Call>, decode: Decode<T>) -> Self {
        Self(State::Sending(execute(call), decode))
    }

    /// Resolves to what another future resolves to.
    pub(crate) fn boxed(future: Executing<T>) -> Self {
        Self(State::Other(future))
    }
}

impl<T> Future for SendFuture<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let output = match &mut self.0 {
            State::Sending(sending, decode) => {
                let payload = ready!(sending.as_mut().poll(context));
                payload.and_then(*decode)
            }
            State::Other(future) => ready!(future.as_mut().poll(context)),
            State::Done => Err(Error::invalid_input(
                "a future of a request was polled after it had completed",
            )),
        };
        self.0 = State::Done;
        Poll::Ready(output)
    }
}

/// Shows whether it has completed, and no values.
impl<T> fmt::Debug for SendFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_done = matches!(self.0, State::Done);
        f.debug_struct("SendFuture")
            .field("is_done", &is_done)
            .finish_non_exhaustive()
    }
}
