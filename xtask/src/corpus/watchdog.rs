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
pub(crate) struct Watchdog {
    step: Arc<Mutex<Instant>>,
}

impl Watchdog {
    /// Ends this process when a step takes longer than these seconds, or when the process has
    /// ever held more memory than this, in MiB. The first step begins now.
    pub(crate) fn new(seconds: u64, memory: u64) -> Self {
        let step = Arc::new(Mutex::new(Instant::now()));
        let started = Arc::clone(&step);
        thread::spawn(move || {
            loop {
                thread::sleep(TICK);
                let elapsed = lock(&started).elapsed();
                if elapsed > Duration::from_secs(seconds) {
                    std::process::exit(TOO_LONG);
                }
                if peak_kib().is_some_and(|peak| peak > memory.saturating_mul(1024)) {
                    std::process::exit(TOO_MUCH);
                }
            }
        });
        Self { step }
    }

    /// Says that another step begins.
    pub(crate) fn next_step(&self) {
        *lock(&self.step) = Instant::now();
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
