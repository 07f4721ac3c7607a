//! Ends the process when it takes too long or too much, and tells how much it took.

use std::fs;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Exit status of a process that took too long.
pub(crate) const TOO_LONG: i32 = 124;

/// Exit status of a process that took too much memory.
pub(crate) const TOO_MUCH: i32 = 125;

/// How often the watchdog looks.
const TICK: Duration = Duration::from_millis(20);

/// A thread that ends this process, however busy or stuck the others are.
#[derive(Clone)]
pub(crate) struct Watchdog {
    limit: Duration,
    /// In KiB.
    memory: u64,
    step: Arc<Mutex<Instant>>,
}

impl Watchdog {
    /// Ends this process when a step takes longer than these seconds, or when the process has
    /// ever held more memory than this, in MiB. The first step begins now.
    pub(crate) fn new(seconds: u64, memory: u64) -> Self {
        let watchdog = Self {
            limit: Duration::from_secs(seconds),
            memory: memory.saturating_mul(1024),
            step: Arc::new(Mutex::new(Instant::now())),
        };
        let looking = watchdog.clone();
        thread::spawn(move || {
            loop {
                thread::sleep(TICK);
                looking.check_limits();
            }
        });
        watchdog
    }

    /// Says that a step is done and another one begins. The step must have kept to the limits,
    /// also where it was done before the thread had a look.
    pub(crate) fn next_step(&self) {
        self.check_limits();
        *lock(&self.step) = Instant::now();
    }

    fn check_limits(&self) {
        if lock(&self.step).elapsed() > self.limit {
            std::process::exit(TOO_LONG);
        }
        if peak_kib().is_some_and(|peak| peak > self.memory) {
            std::process::exit(TOO_MUCH);
        }
    }
}

/// A point in time is whole even where a thread panicked.
fn lock(step: &Mutex<Instant>) -> MutexGuard<'_, Instant> {
    step.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The most memory that this process ever had, in KiB; known on Linux only.
pub(crate) fn peak_kib() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    number_after(&status, "VmHWM:")
}

/// The memory that the system could give now, in MiB; known on Linux only.
pub(crate) fn available_mib() -> Option<u64> {
    let info = fs::read_to_string("/proc/meminfo").ok()?;
    Some(number_after(&info, "MemAvailable:")? / 1024)
}

/// The number behind a heading, as the files of proc(5) have them.
fn number_after(text: &str, heading: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(heading))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_by_their_headings() {
        let text = "VmPeak:\t  99 kB\nVmHWM:\t   12345 kB\n";
        assert_eq!(number_after(text, "VmHWM:"), Some(12345));
        assert_eq!(number_after(text, "VmRSS:"), None);
        assert_eq!(number_after("VmHWM: much", "VmHWM:"), None);
    }
}
