//! What a piece of work costs.

use std::time::Duration;

use cpu_time::ThreadTime;
use serde::Serialize;

use crate::Failure;

/// What a piece of work cost the thread that did it.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// The time that the CPU spent on it.
    pub cpu: Duration,
    /// How many times memory was asked for.
    pub allocations: u64,
    /// How many bytes were asked for in all.
    pub allocated: u64,
    /// The most bytes that were held at once.
    pub peak: u64,
}

impl Cost {
    /// Does the work and says what it cost, with what it gave.
    ///
    /// # Errors
    ///
    /// That of the work.
    pub fn of<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<(Self, T), Failure> {
        let mut done = None;
        let started = ThreadTime::now();
        let counted = allocation_counter::measure(|| done = Some(work()));
        let cpu = started.elapsed();
        let cost = Self {
            cpu,
            allocations: counted.count_total,
            allocated: counted.bytes_total,
            peak: counted.bytes_max,
        };
        match done {
            Some(done) => Ok((cost, done?)),
            None => Err("the work was not done".into()),
        }
    }
}

/// Lets all sides of a comparison do the same by turns, so many times, and gives for each what it
/// cost when it took the least time: whatever else the machine does only adds to that.
///
/// # Errors
///
/// That of the first that fails.
pub fn by_turns<S>(
    turns: usize,
    sides: &[S],
    measure: impl Fn(&S) -> Result<Cost, Failure>,
) -> Result<Vec<Cost>, Failure> {
    let mut least: Vec<Option<Cost>> = vec![None; sides.len()];
    for turn in 0..turns {
        for at in 0..sides.len() {
            // Not always the same one after the same other.
            let at = (at + turn) % sides.len();
            let cost = measure(&sides[at])?;
            if least[at].is_none_or(|least| cost.cpu < least.cpu) {
                least[at] = Some(cost);
            }
        }
    }
    Ok(least.into_iter().flatten().collect())
}

/// One measurement, as a line of JSON for whoever reads it.
#[derive(Clone, Debug, Serialize)]
pub struct Record {
    /// What was done.
    pub what: String,
    /// By whom.
    pub who: String,
    /// CPU time of one run, in seconds.
    pub seconds: f64,
    /// Allocations of one run.
    pub allocations: f64,
    /// Bytes that one run asked for.
    pub allocated: f64,
    /// The most bytes that were held at once.
    pub peak: f64,
    /// The most memory that the process had, in bytes, where the system tells.
    pub memory: Option<f64>,
}

impl Record {
    /// The cost of one of so many runs.
    #[must_use]
    pub fn of(what: impl Into<String>, who: impl Into<String>, cost: &Cost, runs: u32) -> Self {
        let runs = f64::from(runs);
        Self {
            what: what.into(),
            who: who.into(),
            seconds: cost.cpu.as_secs_f64() / runs,
            allocations: count(cost.allocations) / runs,
            allocated: count(cost.allocated) / runs,
            peak: count(cost.peak),
            memory: None,
        }
    }

    /// The same with the memory of this process.
    #[must_use]
    pub fn with_memory(mut self) -> Self {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        self.memory = status.lines().find_map(|line| {
            let kilobytes = line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?;
            Some(count(kilobytes.parse().ok()?) * 1024.0)
        });
        self
    }

    /// Writes the line.
    ///
    /// # Errors
    ///
    /// If it can't be written.
    pub fn print(&self) -> Result<(), Failure> {
        println!("{}", serde_json::to_string(self)?);
        Ok(())
    }
}

#[allow(
    clippy::cast_precision_loss,
    reason = "counts are far below what a float holds exactly"
)]
fn count(count: u64) -> f64 {
    count as f64
}
