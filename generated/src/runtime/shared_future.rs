//! A future that several tasks share, each of which drives it.

use std::collections::HashMap;
use std::mem;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll, Wake, Waker};

/// A future that is shared.
pub(crate) type Work<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A slot for a future that may be running.
///
/// The waiters own it: when the last of them is dropped, so is the future.
pub(crate) struct Slot<T> {
    running: Mutex<Weak<Shared<T>>>,
    /// The result of a future that panics, for the waiters that didn't poll it.
    on_panic: fn() -> T,
}

impl<T: Clone> Slot<T> {
    /// Creates a slot without a future.
    pub(crate) fn empty(on_panic: fn() -> T) -> Self {
        Self {
            running: Mutex::default(),
            on_panic,
        }
    }

    /// Waits for the running future, or else for one that is started with `begin`; unless the result is
    /// already `known`, which is checked under the lock.
    pub(crate) fn join<K>(
        &self,
        known: impl FnOnce() -> Option<K>,
        begin: impl FnOnce() -> Work<T>,
    ) -> Result<Waiter<T>, K> {
        let mut slot = lock(&self.running);
        let running = slot.upgrade().filter(|shared| !shared.is_done());
        // A future that completed before this has stored its result where `known` looks.
        if let Some(known) = known() {
            // Released before the future, which may have no other owner.
            drop(slot);
            return Err(known);
        }
        let shared = running.unwrap_or_else(|| Arc::new(Shared::new(begin(), self.on_panic)));
        *slot = Arc::downgrade(&shared);
        Ok(Waiter { shared, id: None })
    }

    /// Detaches the running future: later callers start another one.
    pub(crate) fn clear(&self) {
        *lock(&self.running) = Weak::new();
    }
}

struct Shared<T> {
    progress: Mutex<Progress<T>>,
    waiters: Arc<Waiters>,
    on_panic: fn() -> T,
}

enum Progress<T> {
    /// It isn't being polled.
    Idle(Work<T>),
    /// It is being polled, and whether another waiter wanted to poll it.
    Polled(bool),
    Done(T),
}

impl<T: Clone> Shared<T> {
    fn new(work: Work<T>, on_panic: fn() -> T) -> Self {
        Self {
            progress: Mutex::new(Progress::Idle(work)),
            waiters: Arc::default(),
            on_panic,
        }
    }

    fn is_done(&self) -> bool {
        matches!(*lock(&self.progress), Progress::Done(_))
    }

    /// Polls the future, unless another waiter is polling it. No lock is held meanwhile.
    fn poll(&self) -> Poll<T> {
        let mut progress = lock(&self.progress);
        let mut work = match mem::replace(&mut *progress, Progress::Polled(false)) {
            Progress::Idle(work) => work,
            Progress::Polled(_) => {
                *progress = Progress::Polled(true);
                return Poll::Pending;
            }
            Progress::Done(result) => {
                *progress = Progress::Done(result.clone());
                return Poll::Ready(result);
            }
        };
        drop(progress);
        // It wakes all waiters: the one that polled last may never poll again.
        let waker = Waker::from(Arc::clone(&self.waiters));
        let unwinding = Unwinding(Some(self));
        let polled = work.as_mut().poll(&mut Context::from_waker(&waker));
        unwinding.disarm();
        if let Poll::Ready(result) = &polled {
            self.end(result.clone());
            return polled;
        }
        let mut progress = lock(&self.progress);
        let before = mem::replace(&mut *progress, Progress::Idle(work));
        drop(progress);
        if let Progress::Polled(true) = before {
            self.waiters.wake_all();
        }
        polled
    }

    fn end(&self, result: T) {
        *lock(&self.progress) = Progress::Done(result);
        self.waiters.wake_all();
    }
}

/// Ends the future for the other waiters if it panics; the panic continues in the one that polled it.
struct Unwinding<'a, T: Clone>(Option<&'a Shared<T>>);

impl<T: Clone> Unwinding<'_, T> {
    /// There was no panic.
    fn disarm(mut self) {
        self.0 = None;
    }
}

impl<T: Clone> Drop for Unwinding<'_, T> {
    fn drop(&mut self) {
        if let Some(shared) = self.0 {
            shared.end((shared.on_panic)());
        }
    }
}

/// The wakers of the waiters, by their IDs.
#[derive(Default)]
struct Waiters(Mutex<(u64, HashMap<u64, Waker>)>);

impl Waiters {
    fn wake_all(&self) {
        let wakers = mem::take(&mut lock(&self.0).1);
        wakers.into_values().for_each(Waker::wake);
    }
}

impl Wake for Waiters {
    fn wake(self: Arc<Self>) {
        self.wake_all();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.wake_all();
    }
}

/// A waiter, which drives the future.
#[must_use = "futures do nothing unless polled"]
pub(crate) struct Waiter<T> {
    shared: Arc<Shared<T>>,
    id: Option<u64>,
}

impl<T: Clone> Future for Waiter<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let known = self.id;
        let mut waiters = lock(&self.shared.waiters.0);
        let id = known.unwrap_or_else(|| {
            waiters.0 += 1;
            waiters.0
        });
        // Registered before polling, so that no wake-up is missed.
        let earlier = waiters.1.insert(id, context.waker().clone());
        drop(waiters);
        drop(earlier);
        self.id = Some(id);
        self.shared.poll()
    }
}

impl<T> Drop for Waiter<T> {
    fn drop(&mut self) {
        if let Some(id) = self.id {
            // The lock is released before the waker, which may run foreign code, is dropped.
            let waker = lock(&self.shared.waiters.0).1.remove(&id);
            drop(waker);
        }
    }
}

/// Locks a mutex. Foreign code never runs under a lock, so the value behind a poisoned one is intact.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
