//! How far a run is, on a terminal, once it takes long; and how long each part of it took.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::terminal::{Terminal, tell};

/// A run that takes less than this says nothing of how far it is.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the line is written anew.
const TICK: Duration = Duration::from_millis(100);

/// How long each stage took, in order.
pub type Times = Vec<(&'static str, Duration)>;

/// Tells the stages of a run as they come, in a line that is gone at its end.
pub struct Stages {
    started: Instant,
    /// The stage that is under way, for the thread that writes the line.
    current: Arc<Mutex<&'static str>>,
    times: Times,
    since: Instant,
    line: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Stages {
    /// Begins with no stage. Nothing is shown where the messages don't go to a terminal.
    pub fn new(terminal: &Terminal) -> Self {
        let started = Instant::now();
        let current = Arc::new(Mutex::new(""));
        let line = terminal.is_interactive.then(|| {
            let (stop, stopped) = mpsc::channel();
            let current = Arc::clone(&current);
            let thread = thread::spawn(move || {
                let mut shown = 0;
                while stopped.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                    let stage = *current.lock().unwrap_or_else(PoisonError::into_inner);
                    shown = draw(line(stage, started.elapsed()).as_deref(), shown);
                }
                draw(None, shown);
            });
            (stop, thread)
        });
        Self {
            started,
            current,
            times: Times::new(),
            since: started,
            line,
        }
    }

    /// The stage before has ended, and this one has begun.
    pub fn begin(&mut self, stage: &'static str) {
        self.end_of_stage();
        self.times.push((stage, Duration::ZERO));
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = stage;
    }

    /// The last stage has ended: how long each of them took. The line is gone.
    pub fn end(mut self) -> Times {
        self.end_of_stage();
        std::mem::take(&mut self.times)
    }

    /// Takes the line away, before something else is written.
    pub(crate) fn hide(&mut self) {
        if let Some((stop, thread)) = self.line.take() {
            drop(stop);
            // It has nothing to say but the line that it clears.
            let _ = thread.join();
        }
    }

    /// How long it has taken so far.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    fn end_of_stage(&mut self) {
        let now = Instant::now();
        if let Some((_, time)) = self.times.last_mut() {
            *time = now - self.since;
        }
        self.since = now;
    }
}

impl Drop for Stages {
    fn drop(&mut self) {
        self.hide();
    }
}

/// Puts a text in the place of one of so many characters, and gives how many it has.
fn draw(text: Option<&str>, before: usize) -> usize {
    let text = text.unwrap_or_default();
    let length = text.chars().count();
    if length > 0 || before > 0 {
        let blank = " ".repeat(before.saturating_sub(length));
        let back = if length == 0 { "\r" } else { "" };
        tell(&format!("\r{text}{blank}{back}"));
    }
    length
}

/// What the line says of a stage, so long after the start of the run.
fn line(stage: &str, elapsed: Duration) -> Option<String> {
    let is_shown = elapsed >= PATIENCE && !stage.is_empty();
    is_shown.then(|| format!("{stage:>12}  {:.1} s", elapsed.as_secs_f64()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_takes_long_is_shown() {
        let after = |milliseconds| line("checking", Duration::from_millis(milliseconds));
        assert_eq!(after(0), None);
        assert_eq!(after(999), None);
        assert_eq!(after(1000).as_deref(), Some("    checking  1.0 s"));
        assert_eq!(after(75_260).as_deref(), Some("    checking  75.3 s"));
        assert_eq!(line("", Duration::from_secs(9)), None);
    }

    #[test]
    fn stages_are_timed_in_their_order() {
        let terminal = Terminal {
            out_color: false,
            err_color: false,
            is_interactive: false,
        };
        let mut stages = Stages::new(&terminal);
        assert!(stages.line.is_none(), "nothing is shown when piped");
        stages.begin("reading");
        stages.begin("checking");
        let so_far = stages.elapsed();
        let times = stages.end();
        let names: Vec<_> = times.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["reading", "checking"]);
        assert!(times[0].1 <= so_far);
    }
}
