//! A future that several tasks wait for, each of which drives it.

use std::collections::HashMap;
use std::mem;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll, Wake, Waker};

/// Work that is done once for all who wait for it.
pub(crate) type Work<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// The place of a future that may be under way.
///
/// It belongs to those who wait for it: when the last of them is dropped, so is the future.
pub(crate) struct Slot<T> {
    running: Mutex<Weak<Shared<T>>>,
    /// The result of a future that panics, for those who didn't poll it then.
    lost: fn() -> T,
}

impl<T: Clone> Slot<T> {
    /// Without a future.
    pub(crate) fn empty(lost: fn() -> T) -> Self {
        Self {
            running: Mutex::default(),
            lost,
        }
    }

    /// Waits for the future that is under way, or else for one that is begun with `begin`; unless the
    /// result is `known` already, which is asked when nothing can be missed any more.
    pub(crate) fn join<K>(
        &self,
        known: impl FnOnce() -> Option<K>,
        begin: impl FnOnce() -> Work<T>,
    ) -> Result<Waiter<T>, K> {
        let mut slot = lock(&self.running);
        let running = slot.upgrade().filter(|shared| !shared.is_done());
        // Whatever ended before this has left its result where `known` looks.
        if let Some(known) = known() {
            // Before the future, which may be nobody else's any more.
            drop(slot);
            return Err(known);
        }
        let shared = running.unwrap_or_else(|| Arc::new(Shared::new(begin(), self.lost)));
        *slot = Arc::downgrade(&shared);
        Ok(Waiter { shared, id: None })
    }

    /// Leaves the future that is under way to those who wait for it already.
    pub(crate) fn clear(&self) {
        *lock(&self.running) = Weak::new();
    }
}

struct Shared<T> {
    progress: Mutex<Progress<T>>,
    waiters: Arc<Waiters>,
    lost: fn() -> T,
}

enum Progress<T> {
    /// Nobody polls it now.
    Idle(Work<T>),
    /// Somebody polls it, and whether somebody else wanted to.
    Polled(bool),
    Done(T),
}

impl<T: Clone> Shared<T> {
    fn new(work: Work<T>, lost: fn() -> T) -> Self {
        Self {
            progress: Mutex::new(Progress::Idle(work)),
            waiters: Arc::default(),
            lost,
        }
    }

    fn is_done(&self) -> bool {
        matches!(*lock(&self.progress), Progress::Done(_))
    }

    /// Drives the future, unless somebody else is just doing so. No lock is held meanwhile.
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
        // It wakes all, whoever polled it last: that one may never poll again.
        let waker = Waker::from(Arc::clone(&self.waiters));
        let unwinding = Unwinding(Some(self));
        let polled = work.as_mut().poll(&mut Context::from_waker(&waker));
        unwinding.passed();
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

/// Ends the future for all others where it panics; the panic is for who polled it.
struct Unwinding<'a, T: Clone>(Option<&'a Shared<T>>);

impl<T: Clone> Unwinding<'_, T> {
    /// There was no panic.
    fn passed(mut self) {
        self.0 = None;
    }
}

impl<T: Clone> Drop for Unwinding<'_, T> {
    fn drop(&mut self) {
        if let Some(shared) = self.0 {
            shared.end((shared.lost)());
        }
    }
}

/// Those who are to be woken, by their numbers.
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

/// One who waits for the future, and drives it.
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
        // Before it is polled, so that no call to wake up comes too early.
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
            // The lock is free again when the waker is dropped, which may be code of somebody else.
            let waker = lock(&self.shared.waiters.0).1.remove(&id);
            drop(waker);
        }
    }
}

/// What a panic of somebody else's code leaves behind a lock is whole: none of it runs under one.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
