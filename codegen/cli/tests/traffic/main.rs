//! `traffic`: recordings of an emitted client against servers that deviate from their descriptions.

mod deviations;
mod hostile;
mod memory;
mod page;
mod secrets;
mod server;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder with files, in which the command is run.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder for the test"))
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn put(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder");
        fs::write(&path, text).expect("the file can be written");
        path
    }

    pub(crate) fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Runs `clientsmith traffic` with these arguments.
    pub(crate) fn traffic(&self, arguments: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_clientsmith"))
            .current_dir(self.path())
            .arg("traffic")
            .args(arguments)
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .output()
            .expect("the command can be started");
        Run::of(&output)
    }
}

/// What became of a command.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self {
            code: output.status.code(),
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }

    /// The deviations that were reported: the kind and the place of each.
    pub(crate) fn deviations(&self) -> Vec<(String, String, String)> {
        let mut found = Vec::new();
        let mut lines = self.err.lines();
        while let Some(line) = lines.next() {
            let Some((kind, _)) = line
                .strip_prefix("warning[")
                .and_then(|it| it.split_once("]: "))
            else {
                continue;
            };
            let place = lines.next().unwrap_or_default().trim();
            let place = place.strip_prefix("--> ").unwrap_or_default();
            let pointer = lines
                .by_ref()
                .take_while(|it| !it.is_empty())
                .find_map(|it| it.trim().strip_prefix("= pointer: ").map(str::to_owned));
            found.push((
                kind.to_owned(),
                place.to_owned(),
                pointer.unwrap_or_default(),
            ));
        }
        found
    }
}
