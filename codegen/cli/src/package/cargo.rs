//! Cargo, run on the copy of a crate.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::manifest::Manifest;
use super::shown;
use crate::failure::Failure;

/// How many lines of what a program said are shown where it failed.
const LINES: usize = 30;

/// Cargo in the folder of a crate, with a folder for what it builds.
pub(super) struct Cargo {
    folder: PathBuf,
    target: PathBuf,
}

impl Cargo {
    pub(super) fn new(folder: &Path, target: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            target: target.to_owned(),
        }
    }

    /// Runs cargo: the one that runs this program, if one does. Gives what it printed.
    pub(super) fn run(&self, arguments: &[&str]) -> Result<String, Failure> {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(arguments);
        self.output(command)
    }

    /// Runs that of the nightly toolchain.
    pub(super) fn nightly(&self, arguments: &[&str]) -> Result<String, Failure> {
        let mut command = Command::new("rustup");
        command.args(["run", "nightly", "cargo"]).args(arguments);
        self.output(command)
    }

    fn output(&self, mut command: Command) -> Result<String, Failure> {
        let words = command.get_args().map(|word| word.to_string_lossy());
        let words: Vec<_> = words.collect();
        let name = format!(
            "cargo {}",
            words.join(" ").replace("run nightly cargo ", "+nightly ")
        );
        let output = command
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .stdin(Stdio::null())
            .output()
            .map_err(|error| Failure::work(format!("can't run `{name}`: {error}")))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let stderr = String::from_utf8_lossy(&output.stderr);
        let stderr: Vec<&str> = stderr.lines().collect();
        let folder = shown(&self.folder);
        let failure = Failure::work(format!("`{name}` failed in {folder}"));
        let last = &stderr[stderr.len().saturating_sub(LINES)..];
        Err(last
            .iter()
            .fold(failure, |failure, line| failure.note(*line)))
    }

    /// The size of the package that was made, in bytes.
    pub(super) fn size(&self, manifest: &Manifest) -> Result<u64, Failure> {
        let file = format!("package/{}-{}.crate", manifest.name, manifest.version);
        let path = self.target.join(file);
        let data = fs::metadata(&path);
        let data =
            data.map_err(|error| Failure::work(format!("can't read {}: {error}", shown(&path))))?;
        Ok(data.len())
    }
}
