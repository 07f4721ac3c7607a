//! The trait of all requests: for code that works with any of them.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;

#[cfg(feature = "blocking")]
use super::blocking::block_on;
use super::body_stream::BodyStream;
use super::error::Error;
use super::execute::stream;
use super::operation::Operation;
use super::request_builder::Builder;
use super::response::{Payload, Response};
use super::send_future::SendFuture;

/// A request of any operation, for generic code.
///
/// Each request struct has all of these methods itself, so that they work without an import of this
/// trait. Only this crate implements it.
///
/// A function that sends any request within five seconds:
///
/// ```
#[doc = concat!("use ", env!("CARGO_CRATE_NAME"), "::{Error, Request};")]
/// use std::time::Duration;
///
/// async fn send_soon<R: Request>(request: R) -> Result<R::Output, Error> {
///     request.with_total_timeout(Duration::from_secs(5)).send().await
/// }
/// ```
pub trait Request: Sized {
    /// The decoded response.
    type Output;

    /// The operation that is called.
    #[doc(hidden)]
    const OPERATION: Operation;

    /// The request of a call.
    #[doc(hidden)]
    fn from_builder(builder: Builder) -> Self;

    /// The call of the request.
    #[doc(hidden)]
    fn into_builder(self) -> Builder;

    /// Reads the documented type from a successful response.
    #[doc(hidden)]
    fn decode(payload: &Payload) -> Result<Self::Output, Error>;

    /// Sends the request and returns the decoded response.
    fn send(self) -> SendFuture<Self::Output> {
        SendFuture::new(self.into_builder().call, decode::<Self>)
    }

    /// Sends the request and returns the decoded response with its status and headers.
    fn send_with_response(self) -> SendFuture<Response<Self::Output>> {
        SendFuture::new(self.into_builder().call, decode_with_response::<Self>)
    }

    /// Sends the request and returns the body of the response as it was received, after
    /// decompression.
    fn send_raw(self) -> SendFuture<Response<Bytes>> {
        send_raw(self.into_builder())
    }

    /// Sends the request and returns as soon as the headers of the response are there. The body is
    /// read from the stream. A failure before that is retried as always, a failure in the body isn't.
    fn send_streaming(self) -> SendFuture<Response<BodyStream>> {
        send_streaming(self.into_builder())
    }

    /// Sets the timeout of one attempt, from connecting to the end of the body.
    #[must_use]
    fn with_timeout(self, timeout: Duration) -> Self {
        changed(self, |builder| builder.call.set_timeout(timeout))
    }

    /// Sets the timeout of the whole request, with all attempts and the backoff between them. Each
    /// page of a list is a request of its own.
    #[must_use]
    fn with_total_timeout(self, timeout: Duration) -> Self {
        changed(self, |builder| builder.call.set_total_timeout(timeout))
    }

    /// Sets how often the request is retried after a failure; 0 for a single attempt.
    #[must_use]
    fn with_max_retries(self, retries: u32) -> Self {
        changed(self, |builder| builder.call.set_max_retries(retries))
    }

    /// Adds a header, in place of any other header of this name. A header that can't be sent makes
    /// sending fail with [`Error::is_invalid_input`].
    #[must_use]
    fn with_header(self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        changed(self, |builder| {
            builder.call.set_header(name.as_ref(), value.as_ref());
        })
    }

    /// Removes the header of this name, also that of the client or the credential.
    #[must_use]
    fn with_no_header(self, name: impl AsRef<str>) -> Self {
        changed(self, |builder| {
            builder.call.leave_out_header(name.as_ref());
        })
    }

    /// Adds a query parameter, in place of all values that the operation's own parameter, the client
    /// or the credential has under this name.
    #[must_use]
    fn with_query(self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        changed(self, |builder| {
            builder.call.push_query(name.into(), value.to_string());
        })
    }

    /// Applies `set` to the value, where there is one.
    #[must_use]
    fn with_option<T>(self, value: Option<T>, set: impl FnOnce(Self, T) -> Self) -> Self {
        match value {
            Some(value) => set(self, value),
            None => self,
        }
    }

    /// Sends the request as [`send`](Self::send) does, and blocks the thread until the response is
    /// there.
    ///
    /// # Errors
    ///
    /// See [`Error`]. One with [`Error::is_invalid_input`] in async code, where blocking would hold
    /// up other tasks.
    #[cfg(feature = "blocking")]
    fn send_blocking(self) -> Result<Self::Output, Error> {
        block_on(Request::send(self))?
    }

    /// Sends the request as [`send_with_response`](Self::send_with_response) does, and blocks the
    /// thread until the response is there.
    ///
    /// # Errors
    ///
    /// See [`send_blocking`](Self::send_blocking).
    #[cfg(feature = "blocking")]
    fn send_with_response_blocking(self) -> Result<Response<Self::Output>, Error> {
        block_on(Request::send_with_response(self))?
    }
}

fn changed<R: Request>(request: R, change: impl FnOnce(&mut Builder)) -> R {
    let mut builder = request.into_builder();
    change(&mut builder);
    R::from_builder(builder)
}

#[allow(
    clippy::needless_pass_by_value,
    reason = "as what keeps the response beside its body"
)]
fn decode<R: Request>(payload: Payload) -> Result<R::Output, Error> {
    R::decode(&payload)
}

fn decode_with_response<R: Request>(payload: Payload) -> Result<Response<R::Output>, Error> {
    let body = R::decode(&payload)?;
    Ok(Response::new(payload, body))
}

/// Sends a call and returns the body as it was received.
pub fn send_raw(builder: Builder) -> SendFuture<Response<Bytes>> {
    SendFuture::new(builder.call, |payload| {
        let body = payload.response.body.clone();
        Ok(Response::new(payload, body))
    })
}

/// Sends a call and leaves the body to a stream.
pub fn send_streaming(builder: Builder) -> SendFuture<Response<BodyStream>> {
    SendFuture::boxed(stream(builder.call))
}
