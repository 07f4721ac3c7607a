//! A process for each description, several at a time.

use std::collections::BTreeMap;
use std::process::{Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::{env, io, thread};

use super::outcome::{Examples, Kind, Order, Outcome, Recorded, Verdict, WorkerEvent};
use super::progress::Progress;
use super::watchdog::{TOO_LONG, TOO_MUCH};
use crate::cli::WORKER;
use clientsmith::internal::failure::Failure;

/// What a process found out.
#[derive(Debug)]
pub(super) struct Found {
    /// How generating went.
    pub(super) outcome: Outcome,
    /// Its time, where it came to an end.
    pub(super) milliseconds: Option<u64>,
    /// Its memory, where it came to an end and the system tells.
    pub(super) peak_kib: Option<u64>,
    /// The hashes of the crates that were written.
    pub(super) hashes: BTreeMap<Kind, String>,
    /// Examples, where they were looked for.
    pub(super) examples: Option<Examples>,
    /// Recorded responses, where they were looked for.
    pub(super) recorded: Option<Recorded>,
    /// What went wrong after generating.
    pub(super) later: Option<Verdict>,
}

/// Carries out orders, each in a process of its own, `jobs` at a time. The findings come in the
/// order of the orders.
///
/// # Errors
///
/// This program can't be started again.
pub(super) fn run(
    orders: &[Order],
    names: &[&str],
    jobs: usize,
    progress: &mut Progress,
) -> Result<Vec<Found>, Failure> {
    let cannot = |error: &dyn std::fmt::Display| {
        Failure::work(format!("can't start a process for a description: {error}"))
    };
    let program = env::current_exe().map_err(|error| cannot(&error))?;
    let lines: Result<Vec<String>, _> = orders.iter().map(serde_json::to_string).collect();
    let lines = lines.map_err(|error| cannot(&error))?;
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    let mut outputs: Vec<Option<io::Result<Output>>> = Vec::new();
    outputs.resize_with(orders.len(), || None);
    thread::scope(|scope| {
        for _ in 0..jobs.min(orders.len()) {
            let (sender, next, lines, program) = (sender.clone(), &next, &lines, &program);
            scope.spawn(move || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(line) = lines.get(index) else { break };
                    let mut command = Command::new(program);
                    command.args([WORKER, line]).stdin(Stdio::null());
                    // Without a receiver there is nobody to work for.
                    if sender.send((index, command.output())).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        for (index, output) in receiver {
            if let Some(name) = names.get(index) {
                progress.done(name);
            }
            if let Some(slot) = outputs.get_mut(index) {
                *slot = Some(output);
            }
        }
    });
    let outputs = outputs.into_iter().zip(orders);
    outputs
        .map(|(output, order)| match output {
            Some(Ok(output)) => Ok(found(&output, order)),
            Some(Err(error)) => Err(cannot(&error)),
            None => Err(cannot(&"its thread panicked")),
        })
        .collect()
}

/// Reads what a process told, up to where it broke down if it did.
fn found(output: &Output, order: &Order) -> Found {
    let mut found = Found {
        outcome: Outcome::Failed {
            reason: String::new(),
        },
        milliseconds: None,
        peak_kib: None,
        hashes: BTreeMap::new(),
        examples: None,
        recorded: None,
        later: None,
    };
    let mut measured = false;
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        match serde_json::from_str(line) {
            Ok(WorkerEvent::Measured {
                outcome,
                milliseconds,
                peak_kib,
            }) => {
                measured = true;
                found.outcome = outcome;
                found.milliseconds = Some(milliseconds);
                found.peak_kib = peak_kib;
            }
            Ok(WorkerEvent::Surveyed {
                loosened,
                loosened_at,
                untyped,
            }) => {
                if let Outcome::Generated(counts) = &mut found.outcome {
                    counts.loosened = loosened;
                    counts.loosened_at = loosened_at;
                    counts.untyped = untyped;
                }
            }
            Ok(WorkerEvent::Written { kind, hash }) => drop(found.hashes.insert(kind, hash)),
            Ok(WorkerEvent::Examples(examples)) => found.examples = Some(examples),
            Ok(WorkerEvent::Recorded(recorded)) => found.recorded = Some(recorded),
            // Something that was printed by mistake.
            Err(_) => {}
        }
    }
    if !output.status.success() {
        let reason = reason(output.status, &output.stderr, order);
        if measured {
            let mut verdict = Verdict::pass();
            verdict.add(reason);
            found.later = Some(verdict);
        } else {
            found.outcome = Outcome::Failed { reason };
        }
    } else if !measured {
        let reason = "the process ended without output".to_owned();
        found.outcome = Outcome::Failed { reason };
    }
    found
}

/// Why a process broke down.
fn reason(status: ExitStatus, stderr: &[u8], order: &Order) -> String {
    match status.code() {
        Some(TOO_LONG) => format!("took longer than {} s", order.seconds),
        Some(TOO_MUCH) => format!("used more than {} MiB of memory", order.memory),
        _ => {
            let stderr = String::from_utf8_lossy(stderr);
            let lines = stderr.lines().map(str::trim);
            let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("note:"));
            // A panic is told in two lines: place and message.
            let first: Vec<&str> = lines.take(2).collect();
            if first.is_empty() {
                status.to_string()
            } else {
                format!("{status}: {}", first.join(" "))
            }
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::process::ExitStatusExt as _;

    use super::*;

    fn reported(status: ExitStatus, stdout: &str, stderr: &str) -> Found {
        let order = Order {
            spec: "pets.json".to_owned(),
            config: None,
            seconds: 9,
            memory: 512,
            folders: BTreeMap::new(),
            recordings: None,
            name: "pets".to_owned(),
        };
        let output = Output {
            status,
            stdout: stdout.into(),
            stderr: stderr.into(),
        };
        found(&output, &order)
    }

    fn failure(status: ExitStatus, stderr: &str) -> String {
        match reported(status, "", stderr).outcome {
            Outcome::Failed { reason } => reason,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_process_that_breaks_down_is_a_failure_with_its_reason() {
        let exited = |code: i32| ExitStatus::from_raw(code << 8);
        let panic =
            "\nthread 'main' (7) panicked at src/a.rs:1:2:\nindex out of bounds\nnote: run\n";
        assert_eq!(
            failure(exited(101), panic),
            "exit status: 101: thread 'main' (7) panicked at src/a.rs:1:2: index out of bounds"
        );
        assert_eq!(failure(exited(TOO_LONG), ""), "took longer than 9 s");
        assert_eq!(
            failure(exited(TOO_MUCH), ""),
            "used more than 512 MiB of memory"
        );
        let overflow = "\nthread 'main' has overflowed its stack\nfatal runtime error: stack";
        let reason = failure(ExitStatus::from_raw(6), overflow);
        assert!(reason.starts_with("signal: 6 (SIGABRT)"), "{reason}");
        assert!(reason.contains("overflowed its stack"), "{reason}");
        assert_eq!(failure(exited(0), ""), "the process ended without output");
    }

    #[test]
    fn what_was_told_before_a_breakdown_is_kept() {
        let measured = r#"{"Measured": {"outcome": {"outcome": "rejected", "errors": 0,
            "first": [], "kinds": {}}, "milliseconds": 5, "peak_kib": null}}"#
            .replace('\n', "");
        let found = reported(
            ExitStatus::from_raw(9),
            &format!(
                "noise\n{measured}\n{{\"Written\": {{\"kind\": \"plain\", \"hash\": \"1\"}}}}\n"
            ),
            "",
        );
        assert_eq!(found.milliseconds, Some(5));
        assert_eq!(found.hashes[&Kind::Plain], "1");
        assert!(matches!(found.outcome, Outcome::Rejected { .. }));
        let later = found.later.unwrap();
        assert_eq!(later.first, ["signal: 9 (SIGKILL)"]);
    }
}
