//! The program on descriptions that are made to exhaust it: it ends by itself, says why it refuses what it
//! refuses, and keeps to its memory. How long it may take is measured by `cargo xtask bench hostile`.

#[path = "../src/bench/hostile/documents.rs"]
mod documents;

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use documents::Bomb;
use wait4::Wait4;

/// How often the larger descriptions repeat what they consist of. A build without optimisation takes a tenth of
/// what the real things take.
const SIZE: usize = 10_000;

/// The most memory that any may take, in bytes.
const BYTES: u64 = 500_000_000;

/// What hangs is stopped after that: it is a guard, and nothing comes near it.
const GUARD: Duration = Duration::from_secs(300);

/// How the program ended on a description, its peak of memory in bytes, and what it said.
fn ended(bomb: &Bomb, folder: &Path) -> (ExitStatus, u64, String) {
    let (spec, out, log) = (
        folder.join(bomb.name),
        folder.join(format!("{}-crate", bomb.name)),
        folder.join(format!("{}-log", bomb.name)),
    );
    fs::write(&spec, bomb.bytes()).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["codegen", "--config", "/dev/null", "--spec"])
        .args([&spec, Path::new("--out"), &out])
        .stdout(Stdio::null())
        .stderr(File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let id = child.id();
    let (done, watched) = mpsc::channel::<()>();
    let guard = thread::spawn(move || {
        if watched.recv_timeout(GUARD) == Err(mpsc::RecvTimeoutError::Timeout) {
            let _ = Command::new("kill").args(["-9", &id.to_string()]).status();
        }
    });
    let ended = child.wait4().unwrap();
    drop(done);
    guard.join().unwrap();
    let said = String::from_utf8_lossy(&fs::read(&log).unwrap()).into_owned();
    (ended.status, ended.rusage.maxrss, said)
}

/// What is wrong with how the program took a description.
fn complaint(bomb: &Bomb, folder: &Path) -> Option<String> {
    let (status, peak, said) = ended(bomb, folder);
    let start: String = said.chars().take(400).collect();
    let name = bomb.name;
    match status.code() {
        None => Some(format!("{name}: {status}\n{start}")),
        Some(101) => Some(format!("{name} panics: {start}")),
        Some(code) if code != 0 && !said.contains("error: ") => {
            Some(format!("{name} is refused without a word"))
        }
        _ if peak > BYTES => Some(format!("{name} takes {} MB", peak / 1_000_000)),
        // A description of a line can be quoted, but never in full.
        _ if said.len() > 1_000_000 => Some(format!("{name}: {} bytes are said", said.len())),
        _ => None,
    }
}

#[test]
fn each_is_refused_or_becomes_a_crate() {
    let folder = tempfile::tempdir().unwrap();
    let bombs = documents::all(SIZE);
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut complaints = Vec::new();
        while let Some(bomb) = bombs.get(next.fetch_add(1, Ordering::Relaxed)) {
            complaints.extend(complaint(bomb, folder.path()));
        }
        complaints
    };
    let complaints: Vec<String> = thread::scope(|scope| {
        let workers: Vec<_> = (0..2).map(|_| scope.spawn(worker)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    });
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
