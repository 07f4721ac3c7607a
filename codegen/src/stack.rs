//! Room for work that goes as deep as a description does.

use std::io;
use std::panic::resume_unwind;
use std::thread;

/// Does `work` on a thread with a stack of so many bytes; what isn't touched of it takes no memory.
///
/// # Errors
///
/// Where the system has no room for such a stack.
pub(crate) fn with_stack<T: Send>(bytes: usize, work: impl FnOnce() -> T + Send) -> io::Result<T> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(bytes);
        let done = thread.spawn_scoped(scope, work)?.join();
        Ok(done.unwrap_or_else(|panic| resume_unwind(panic)))
    })
}
