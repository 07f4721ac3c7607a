//! The blocking client (feature `blocking`).
//!
//! Requests are the same. The calling thread blocks until the response is there, while timers and
//! connections are served by a Tokio runtime of this crate, which all clients share.

use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use bytes::Bytes;
use serde::de::DeserializeOwned;
use tokio::runtime::{Builder, Runtime};
use tokio::task::coop;

use super::body_stream::BodyStream;
use super::custom::CustomRequest;
use super::error::Error;
use super::response::Response;

/// More steps than Tokio lets a task make at a time.
const BEYOND_BUDGET: u32 = 300;

/// The result of `work`, for which the thread waits.
///
/// In async code that would hold up everything else on the thread, and perhaps what `work` itself
/// waits for: it is an error there. A thread that may block is fine, also one of a runtime, as in
/// `spawn_blocking` and `block_in_place`.
pub fn block_on<F: Future>(work: F) -> Result<F::Output, Error> {
    if is_async_code() {
        return Err(Error::invalid_input(
            "a blocking call can't wait in async code: end it with `send().await` (or `into_stream`), \
             or move it to `tokio::task::spawn_blocking`",
        ));
    }
    let _within = runtime()?.enter();
    let waker = Arc::new(Unpark {
        thread: thread::current(),
        is_due: AtomicBool::new(false),
    });
    let task = Waker::from(Arc::clone(&waker));
    let mut context = Context::from_waker(&task);
    let mut work = pin!(work);
    loop {
        if let Poll::Ready(output) = work.as_mut().poll(&mut context) {
            return Ok(output);
        }
        while !waker.is_due.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

/// Whether this is a place where Tokio polls a task.
///
/// There, and only there, the steps that it lets a task make at a time come to an end; Tokio
/// has no other check that returns without a panic. A task that is made `unconstrained` isn't
/// recognised; it then holds up its thread, as it wants to be able to.
fn is_async_code() -> bool {
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..BEYOND_BUDGET {
        match coop::poll_proceed(&mut context) {
            Poll::Ready(step) => step.made_progress(),
            Poll::Pending => return true,
        }
    }
    false
}

/// The runtime that serves all blocking calls of the program, until the program ends.
fn runtime() -> Result<&'static Runtime, Error> {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    if let Some(runtime) = RUNTIME.get() {
        return Ok(runtime);
    }
    let new = Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name(concat!(env!("CARGO_CRATE_NAME"), "-blocking"))
        .enable_all()
        .build()
        .map_err(|error| {
            Error::invalid_input(format!(
                "a thread for blocking calls can't be started: {error}"
            ))
        })?;
    // Where another thread was faster, its runtime is the one.
    Ok(RUNTIME.get_or_init(|| new))
}

/// Wakes a thread that waits.
struct Unpark {
    thread: Thread,
    is_due: AtomicBool,
}

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.is_due.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

impl CustomRequest {
    /// Sends the request as [`send`](Self::send) does, and blocks the thread until the response is
    /// there.
    ///
    /// # Errors
    ///
    /// See [`Error`]. One with [`Error::is_invalid_input`] in async code.
    pub fn send_blocking<T: DeserializeOwned>(self) -> Result<T, Error> {
        block_on(self.send())?
    }

    /// Sends the request as [`send_with_response`](Self::send_with_response) does, and blocks the
    /// thread until the response is there.
    ///
    /// # Errors
    ///
    /// See [`Error`]. One with [`Error::is_invalid_input`] in async code.
    pub fn send_with_response_blocking<T: DeserializeOwned>(self) -> Result<Response<T>, Error> {
        block_on(self.send_with_response())?
    }
}

impl BodyStream {
    /// Returns the next chunk as [`chunk`](Self::chunk) does, and blocks the thread until it is there.
    ///
    /// # Errors
    ///
    /// See [`chunk`](Self::chunk). One with [`Error::is_invalid_input`] in async code.
    pub fn chunk_blocking(&mut self) -> Option<Result<Bytes, Error>> {
        block_on(self.chunk()).unwrap_or_else(|error| Some(Err(error)))
    }
}
