//! What running a program takes.

use std::fs::File;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

use clientsmith::internal::failure::Failure;

/// What a program took, with all programs that it started and waited for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Usage {
    /// From start to end.
    pub(crate) wall: Duration,
    /// Of all processors, in the program and in the system for it.
    pub(crate) cpu: Duration,
    /// Of that, what isn't the system's, which writes files.
    pub(crate) user: Duration,
    /// The most memory that any of the processes held, in bytes.
    pub(crate) peak: u64,
}

/// Runs a program to its end. What it says goes to the file `log`, and into the failure where it
/// doesn't succeed.
pub(crate) fn run(command: &mut Command, log: &Path) -> Result<Usage, Failure> {
    let (usage, status) = ended(command, log)?;
    if !status.success() {
        return Err(failed(&shown(command), log));
    }
    Ok(usage)
}

/// As [`run`], however the program ends.
pub(crate) fn ended(command: &mut Command, log: &Path) -> Result<(Usage, ExitStatus), Failure> {
    let shown = shown(command);
    let cant = |error: std::io::Error| Failure::work(format!("can't run `{shown}`: {error}"));
    let output = File::create(log).map_err(cant)?;
    command
        .stdin(Stdio::null())
        .stdout(output.try_clone().map_err(cant)?)
        .stderr(output);
    let start = Instant::now();
    let mut child = command.spawn().map_err(cant)?;
    let ended = child.wait4().map_err(cant)?;
    let wall = start.elapsed();
    let usage = Usage {
        wall,
        cpu: ended.rusage.utime + ended.rusage.stime,
        user: ended.rusage.utime,
        peak: ended.rusage.maxrss,
    };
    Ok((usage, ended.status))
}

/// How a command reads in a shell, near enough for a message.
fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy()];
    words.extend(command.get_args().map(std::ffi::OsStr::to_string_lossy));
    words.join(" ")
}

fn failed(shown: &str, log: &Path) -> Failure {
    let stderr = std::fs::read(log).unwrap_or_default();
    let stderr = String::from_utf8_lossy(&stderr);
    let lines: Vec<&str> = stderr.lines().collect();
    let last = &lines[lines.len().saturating_sub(LINES)..];
    let failure = Failure::work(format!("`{shown}` failed"));
    last.iter()
        .fold(failure, |failure, line| failure.note(*line))
}

/// How many lines of what a program said are shown where it failed.
const LINES: usize = 12;
