//! One request, for whichever endpoint.

use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use bytes::Bytes;

use super::body_stream::BodyStream;
use super::call::Call;
use super::error::Error;
use super::execute::{execute, open};
use super::operation::Endpoint;
use super::response::Response;

/// The options that a caller gives, the same for requests and waits.
macro_rules! options {
    () => {
        /// The longest time for one try, from connecting to the end of the body.
        pub fn with_timeout(mut self, timeout: Duration) -> Self {
            self.call.set_timeout(timeout);
            self
        }

        /// The longest time for one call, with all its tries and the waits between them. Each page
        /// of a list, and each question of a wait, is a call of its own.
        pub fn with_total_timeout(mut self, timeout: Duration) -> Self {
            self.call.set_total_timeout(timeout);
            self
        }

        /// How often a call is tried again after a failure; 0 for a single try.
        pub fn with_max_retries(mut self, retries: u32) -> Self {
            self.call.set_max_retries(retries);
            self
        }

        /// A further header, in the place of one with the same name, the API's, the client's or the
        /// credential's. One that can't be sent makes sending fail with [`Error::is_invalid_input`].
        pub fn with_header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
            self.call.set_header(name.as_ref(), value.as_ref());
            self
        }

        /// No header of this name, not even the client's or the credential's, unless a later
        /// [`with_header`](Self::with_header) gives one. A token provider whose token isn't sent is
        /// not asked for one.
        ///
        /// What HTTP itself needs (`host`, `accept-encoding`, an `accept` of anything) stays; a name
        /// that no header can have makes sending fail with [`Error::is_invalid_input`].
        pub fn with_no_header(mut self, name: impl AsRef<str>) -> Self {
            self.call.leave_out_header(name.as_ref());
            self
        }

        /// The same request with `set` applied to a value, where there is one, so that an option of
        /// the caller's needs no `if`: `.with_option(limit, |call, limit| call.with_timeout(limit))`.
        /// Each method that sets one value fits by its path, too.
        pub fn with_option<T>(self, value: Option<T>, set: impl FnOnce(Self, T) -> Self) -> Self {
            match value {
                Some(value) => set(self, value),
                None => self,
            }
        }

        /// A further parameter in the query, after the documented ones; it is encoded here.
        ///
        /// It is sent in the place of all values that the API's own parameter, the client or the
        /// credential has under that name. Given again with the same name, both values are sent.
        pub fn with_query(mut self, name: impl Into<String>, value: impl fmt::Display) -> Self {
            self.call.push_query(name.into(), value.to_string());
            self
        }
    };
}

pub(crate) use options;

/// The ways to get an answer without decoding.
macro_rules! raw {
    () => {
        /// Sends the request and returns the body of the answer as it came (after decompression),
        /// whatever it is.
        ///
        /// # Errors
        ///
        /// See [`Error`], which tells apart what can go wrong.
        pub async fn send_raw(self) -> Result<Response<Bytes>, Error> {
            let payload = execute(self.call).await?;
            let body = payload.response.body.clone();
            Ok(Response::new(payload, body))
        }

        /// Sends the request and returns when status and headers of the answer are there; its body is
        /// read from the stream, piece by piece. What goes wrong before that is tried again as
        /// always, what goes wrong in the body is not.
        ///
        /// # Errors
        ///
        /// See [`Error`], which tells apart what can go wrong.
        pub async fn send_streaming(self) -> Result<Response<BodyStream>, Error> {
            let opened = open(self.call).await?;
            Ok(Response::of_stream(opened))
        }
    };
}

pub(crate) use raw;

/// A call that is ready to be sent.
///
/// The methods of the API's own parameters have bare names; those that start with `with_` are
/// options for this one call. Nothing goes out before [`send`](Self::send).
#[must_use = "a request does nothing until it is sent"]
pub struct Request<E> {
    pub(crate) call: Box<Call>,
    endpoint: PhantomData<fn() -> E>,
}

impl<E> Request<E> {
    pub(crate) fn new(call: Box<Call>) -> Self {
        Self {
            call,
            endpoint: PhantomData,
        }
    }

    options!();
}

impl<E: Endpoint> Request<E> {
    /// Sends the request and returns what the API documents.
    ///
    /// # Errors
    ///
    /// See [`Error`], which tells apart what can go wrong.
    pub async fn send(self) -> Result<E::Output, Error> {
        E::decode(&execute(self.call).await?)
    }

    /// Sends the request and returns what the API documents with status, headers and the like.
    ///
    /// # Errors
    ///
    /// See [`Error`], which tells apart what can go wrong.
    pub async fn send_with_response(self) -> Result<Response<E::Output>, Error> {
        let payload = execute(self.call).await?;
        let body = E::decode(&payload)?;
        Ok(Response::new(payload, body))
    }
}

impl<E> Request<E> {
    raw!();
}

// Written out because a derive would ask the same of `E`, which is never made.
impl<E> Clone for Request<E> {
    fn clone(&self) -> Self {
        Self::new(self.call.clone())
    }
}

/// Shows which values are set, not what they are.
impl<E> fmt::Debug for Request<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("call", &self.call).finish()
    }
}
