//! A mock server that validates requests: `steady`, of npm's `@stdy/cli`.
//!
//! It listens on the loopback address alone, and is ended with whatever started it.

use std::env;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// The program.
const PROGRAM: &str = "steady";

/// The longest that it may take until it listens.
const START: Duration = Duration::from_secs(60);

/// The longest that it may take to end when it is asked to.
const END: Duration = Duration::from_secs(5);

/// How often a process that is to end is looked at.
const TICK: Duration = Duration::from_millis(20);

/// Most lines that are kept of what it says before it listens.
const LINES: usize = 20;

/// Where the program is installed, if it is.
pub(in crate::corpus) fn installed() -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let names = [PROGRAM.to_owned(), format!("{PROGRAM}.cmd")];
    env::split_paths(&path)
        .flat_map(|folder| names.clone().map(|name| folder.join(name)))
        .find(|file| file.is_file())
}

/// A running mock server.
pub(super) struct Mock {
    child: Child,
    port: u16,
}

impl Mock {
    /// Starts it with a description, and waits until it listens.
    pub(super) fn start(program: &Path, spec: &Path) -> Result<Self, String> {
        let port = free_port().map_err(|error| format!("no free port: {error}"))?;
        let mut child = Command::new(program)
            .args(["--port", &port.to_string(), "--no-color", "--log=false"])
            .arg("--reject-on-sdk-error")
            .arg(spec)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| format!("`{}` can't be run: {error}", program.display()))?;
        let (sender, receiver) = mpsc::channel();
        if let Some(out) = child.stdout.take() {
            let sender = sender.clone();
            thread::spawn(move || drain(out, &sender));
        }
        if let Some(out) = child.stderr.take() {
            thread::spawn(move || drain(out, &sender));
        }
        // From here on it is ended whatever happens.
        let mock = Self { child, port };
        let until = Instant::now() + START;
        let mut stderr: Vec<String> = Vec::new();
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match receiver.recv_timeout(left) {
                Ok(line) if line.contains("Ready to accept requests") => return Ok(mock),
                Ok(line) => {
                    if !line.trim().is_empty() && stderr.len() < LINES {
                        stderr.push(line.trim().to_owned());
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    return Err(format!("it doesn't listen after {} s", START.as_secs()));
                }
                Err(RecvTimeoutError::Disconnected) => return Err(stderr.join(" ")),
            }
        }
    }

    /// Where it listens.
    pub(super) fn base_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Mock {
    /// Asks it to end, since what was started may be a script around the server, and ends it where it
    /// doesn't.
    fn drop(&mut self) {
        if cfg!(unix) {
            let id = self.child.id().to_string();
            // Where this fails, it is ended below.
            let _ = Command::new("kill").args(["-TERM", &id]).status();
            let until = Instant::now() + END;
            while Instant::now() < until {
                if !matches!(self.child.try_wait(), Ok(None)) {
                    return;
                }
                thread::sleep(TICK);
            }
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads all that it says, so that it never waits for a reader.
fn drain(out: impl std::io::Read, sender: &mpsc::Sender<String>) {
    for line in BufReader::new(out).lines().map_while(Result::ok) {
        // Once it listens nobody wants to know any more.
        let _ = sender.send(line);
    }
}

/// A port of the loopback address that nobody listens at.
fn free_port() -> std::io::Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    Ok(listener.local_addr()?.port())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn script(folder: &Path, text: &str) -> PathBuf {
        let file = folder.join("steady");
        fs::write(&file, format!("#!/bin/sh\n{text}\n")).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
        file
    }

    #[test]
    fn a_server_is_ended_with_what_started_it() {
        let folder = tempfile::tempdir().unwrap();
        let text = "echo Ready to accept requests; exec sleep 600";
        let mock = Mock::start(&script(folder.path(), text), Path::new("a.json"));
        let mock = mock.unwrap_or_else(|why| panic!("{why}"));
        assert!(mock.base_url().starts_with("http://127.0.0.1:"));
        let process = PathBuf::from(format!("/proc/{}", mock.child.id()));
        assert!(process.exists());
        drop(mock);
        assert!(!process.exists());
    }

    #[test]
    fn why_it_does_not_start_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let program = script(folder.path(), "echo 'Error: no paths' >&2; exit 1");
        let why = Mock::start(&program, Path::new("a.json")).err();
        assert_eq!(why.as_deref(), Some("Error: no paths"));
        let why = Mock::start(Path::new("/nowhere/steady"), Path::new("a.json")).err();
        assert!(why.is_some_and(|why| why.contains("`/nowhere/steady` can't be run")));
    }
}
