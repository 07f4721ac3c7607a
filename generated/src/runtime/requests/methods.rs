//! The methods that each request struct has.
//!
//! They are the struct's own, so that nobody has to import a trait to call them, and so that the
//! documentation of each shows the types of its operation. Their futures have a named type: for an
//! `impl Future` the compiler checks again in each of them that it is `Send`, which takes a tenth of the
//! time that a crate of 300 operations is checked in.

/// The methods of the blocking API, where the runtime has it: what a macro says under `cfg` would ask for a feature of
/// the crate that it is expanded in, which may be anybody's. That is done in the copy of an emitted crate, whose
/// feature it is, so that its documentation says so.
#[cfg(feature = "blocking")]
macro_rules! blocking {
    ($($item:item)*) => {
        $(#[cfg(feature = "blocking")] $item)*
    };
}

#[cfg(not(feature = "blocking"))]
macro_rules! blocking {
    ($($item:item)*) => {};
}

/// The options of one request, for whatever has its call in a first field.
macro_rules! options {
    () => {
        /// Sets the timeout of one attempt, from connecting to the end of the body.
        #[inline]
        pub fn with_timeout(mut self, timeout: requests::Duration) -> Self {
            self.0.call.set_timeout(timeout);
            self
        }

        /// Sets the timeout of the whole request, with all attempts and the backoff between them.
        /// Each page of a list, and each poll of an operation, is a request of its own.
        #[inline]
        pub fn with_total_timeout(mut self, timeout: requests::Duration) -> Self {
            self.0.call.set_total_timeout(timeout);
            self
        }

        /// Sets how often the request is retried after a failure; 0 for a single attempt.
        #[inline]
        pub fn with_max_retries(mut self, retries: u32) -> Self {
            self.0.call.set_max_retries(retries);
            self
        }

        /// Adds a header, in place of any other of this name: the API's, the client's or the
        /// credential's. A header that can't be sent makes sending fail with
        /// [`Error::is_invalid_input`](requests::Error::is_invalid_input).
        pub fn with_header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
            self.0.call.set_header(name.as_ref(), value.as_ref());
            self
        }

        /// Removes the header of this name, also the client's or the credential's, unless a later
        /// [`with_header`](Self::with_header) adds one. A token provider isn't called for a token
        /// that isn't sent.
        ///
        /// What HTTP itself needs (`host`, `accept-encoding`, some `accept`) stays. A name that no
        /// header can have makes sending fail with
        /// [`Error::is_invalid_input`](requests::Error::is_invalid_input).
        pub fn with_no_header(mut self, name: impl AsRef<str>) -> Self {
            self.0.call.leave_out_header(name.as_ref());
            self
        }

        /// Adds a query parameter, percent-encoded, after the documented ones.
        ///
        /// It replaces all values that the operation's own parameter, the client or the credential
        /// has under that name. Two with the same name are both sent.
        pub fn with_query(
            mut self,
            name: impl Into<String>,
            value: impl ::std::fmt::Display,
        ) -> Self {
            self.0.call.push_query(name.into(), value.to_string());
            self
        }

        /// Applies `set` to the value, where there is one, so that an optional value needs no `if`:
        /// `.with_option(timeout, |request, timeout| request.with_timeout(timeout))`. The path of
        /// any method that sets one value fits, too.
        pub fn with_option<T>(self, value: Option<T>, set: impl FnOnce(Self, T) -> Self) -> Self {
            match value {
                Some(value) => set(self, value),
                None => self,
            }
        }
    };
}

/// The ways to send a request without decoding its response.
macro_rules! raw {
    () => {
        /// Sends the request and returns the body of the response as it was received, after
        /// decompression.
        ///
        /// # Errors
        ///
        /// See [`Error`](requests::Error).
        #[inline]
        pub fn send_raw(self) -> requests::SendFuture<requests::Response<requests::Bytes>> {
            requests::send_raw(self.0)
        }

        /// Sends the request and returns as soon as the headers of the response are there; the body
        /// is read from the stream. A failure before that is retried as always, a failure in the
        /// body isn't.
        ///
        /// # Errors
        ///
        /// See [`Error`](requests::Error).
        #[inline]
        pub fn send_streaming(
            self,
        ) -> requests::SendFuture<requests::Response<requests::BodyStream>> {
            requests::send_streaming(self.0)
        }

        requests::blocking! {
            /// Sends the request as [`send_raw`](Self::send_raw) does, and blocks the thread until the
            /// response is there.
            ///
            /// # Errors
            ///
            /// See [`Error`](requests::Error). In async code it is one with
            /// [`Error::is_invalid_input`](requests::Error::is_invalid_input).
            #[inline]
            pub fn send_raw_blocking(
                self,
            ) -> Result<requests::Response<requests::Bytes>, requests::Error> {
                requests::block_on(requests::send_raw(self.0))?
            }

            /// Sends the request as [`send_streaming`](Self::send_streaming) does, and blocks the thread
            /// until the headers of the response are there. Read the body with
            /// [`BodyStream::chunk_blocking`](requests::BodyStream::chunk_blocking).
            ///
            /// # Errors
            ///
            /// See [`Error`](requests::Error). In async code it is one with
            /// [`Error::is_invalid_input`](requests::Error::is_invalid_input).
            #[inline]
            pub fn send_streaming_blocking(
                self,
            ) -> Result<requests::Response<requests::BodyStream>, requests::Error> {
                requests::block_on(requests::send_streaming(self.0))?
            }
        }
    };
}

/// All methods of a request struct but `send` and those of its operation's parameters.
macro_rules! request_methods {
    ($request:ident -> $output:ty) => {
        impl $request {
            requests::options!();

            /// Sends the request and returns the decoded response with its status and headers.
            ///
            /// # Errors
            ///
            /// See [`Error`](requests::Error).
            #[inline]
            pub fn send_with_response(self) -> requests::SendFuture<requests::Response<$output>> {
                requests::Request::send_with_response(self)
            }

            requests::blocking! {
                /// Sends the request as [`send`](Self::send) does, and blocks the thread until the
                /// response is there.
                ///
                /// # Errors
                ///
                /// See [`Error`](requests::Error). In async code, where blocking would hold up other tasks,
                /// it is one with [`Error::is_invalid_input`](requests::Error::is_invalid_input).
                #[inline]
                pub fn send_blocking(self) -> Result<$output, requests::Error> {
                    requests::Request::send_blocking(self)
                }

                /// Sends the request as [`send_with_response`](Self::send_with_response) does, and blocks
                /// the thread until the response is there.
                ///
                /// # Errors
                ///
                /// See [`send_blocking`](Self::send_blocking).
                #[inline]
                pub fn send_with_response_blocking(
                    self,
                ) -> Result<requests::Response<$output>, requests::Error> {
                    requests::Request::send_with_response_blocking(self)
                }
            }

            requests::raw!();
        }

        /// `.await` sends the request, as `send` does.
        impl ::std::future::IntoFuture for $request {
            type Output = Result<$output, requests::Error>;
            type IntoFuture = requests::SendFuture<$output>;

            #[inline]
            fn into_future(self) -> requests::SendFuture<$output> {
                requests::Request::send(self)
            }
        }
    };
}

pub(crate) use {blocking, options, raw, request_methods as methods};
