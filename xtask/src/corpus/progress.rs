//! How far a run is, on a terminal; nothing elsewhere.

use std::io::{self, IsTerminal as _};

use clientsmith::internal::terminal::tell;

/// Width of the bar, in characters.
const WIDTH: usize = 24;

/// A line that is written again and again.
pub(super) struct Progress {
    heading: &'static str,
    all: usize,
    done: usize,
    /// How many characters the line has now; none where it isn't shown.
    shown: Option<usize>,
}

impl Progress {
    /// Begins with nothing done.
    pub(super) fn new(heading: &'static str, all: usize) -> Self {
        let mut progress = Self {
            heading,
            all,
            done: 0,
            shown: io::stderr().is_terminal().then_some(0),
        };
        progress.show("");
        progress
    }

    /// One more is done.
    pub(super) fn done(&mut self, name: &str) {
        self.done += 1;
        self.show(name);
    }

    fn show(&mut self, name: &str) {
        let Some(before) = self.shown else { return };
        let line = line(self.heading, self.done, self.all, name);
        let length = line.chars().count();
        let blank = " ".repeat(before.saturating_sub(length));
        tell(&format!("\r{line}{blank}"));
        self.shown = Some(length);
    }
}

impl Drop for Progress {
    /// Leaves the line empty, for what comes next.
    fn drop(&mut self) {
        if let Some(length) = self.shown {
            tell(&format!("\r{}\r", " ".repeat(length)));
        }
    }
}

fn line(heading: &str, done: usize, all: usize, name: &str) -> String {
    /// Most characters of a name, so that the line fits on one.
    const LONGEST: usize = 30;
    let full = (WIDTH * done.min(all)).checked_div(all).unwrap_or(WIDTH);
    let bar = "#".repeat(full) + &"-".repeat(WIDTH - full);
    let name: String = name.chars().take(LONGEST).collect();
    format!("{heading:>10} [{bar}] {done}/{all} {name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_fills() {
        assert_eq!(
            line("check", 1, 2, "pets"),
            "     check [############------------] 1/2 pets"
        );
        assert!(line("check", 3, 2, "").contains("[########################] 3/2"));
        assert!(line("check", 0, 0, "").contains("[########################]"));
        assert!(line("check", 1, 2, &"x".repeat(99)).len() < 79);
    }
}
