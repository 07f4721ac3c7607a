//! Pollers that have an interval and a timeout of their own.

#![allow(dead_code, reason = "only an API has pollers with defaults")]

use std::time::Duration;

use super::waiting::PollOptions;

impl<T> PollOptions<T> {
    /// Sets the first pause between two polls, in milliseconds.
    pub fn interval_millis(mut self, interval: u64) -> Self {
        self.interval = Duration::from_millis(interval);
        self
    }

    /// Sets the timeout of all polls together, in milliseconds.
    pub fn timeout_millis(mut self, timeout: u64) -> Self {
        self.timeout = Duration::from_millis(timeout);
        self
    }
}

/// The methods of a poller as [`waiting`](super::waiting) has them, whose documentation names the defaults
/// of this one: `$interval` and `$timeout` are its first lines.
///
/// It is a macro of its own so that crates without such pollers are what they were. A test holds the two
/// together.
#[allow(unused_macros, reason = "only an API has requests to add methods to")]
#[doc(hidden)]
#[macro_export]
macro_rules! waiting_defaults_methods {
    ($poller:ident -> $output:ty, $interval:literal, $timeout:literal) => {
        impl $poller {
            #[doc = $interval]
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

            #[doc = $timeout]
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
pub use waiting_defaults_methods as methods;
