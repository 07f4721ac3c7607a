//! `clientsmith init`: makes a project of a folder.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::failure::Failure;
use crate::new::members::{self, Members};
use crate::program;
use crate::project::FILE;
use crate::terminal::{Terminal, print};

/// What a new project says.
const PROJECT: &str = include_str!("clientsmith.toml");

/// The workspace of a folder that has none.
const WORKSPACE: &str = "[workspace]\nresolver = \"3\"\nmembers = []\n";

/// What git ignores in a folder, and what that is in the folder of a new workspace: all that is built.
const IGNORED: (&str, &str) = (".gitignore", "/target\n");

/// Makes a project of `root`, or of the current folder.
pub(crate) fn run(root: Option<&Path>, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let root = root.unwrap_or(Path::new("."));
    let absolute = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
    let shown = absolute.display();
    if !absolute.is_dir() {
        return Err(Failure::usage(format!("no such folder: `{shown}`")));
    }
    if fs::symlink_metadata(absolute.join(FILE)).is_ok() {
        return Err(
            Failure::usage(format!("`{shown}` already has a `{FILE}`")).help(format!(
                "`{}` adds an API to the project",
                program::command("new NAME --spec FILE|URL")
            )),
        );
    }
    let members = Members::read(&absolute)?;
    let mut files = vec![(FILE, PROJECT)];
    if matches!(members, Members::Nothing) {
        files.push((members::MANIFEST, WORKSPACE));
        if fs::symlink_metadata(absolute.join(IGNORED.0)).is_err() {
            files.push(IGNORED);
        }
    }
    write(&absolute, &files)?;
    for (name, _) in &files {
        print(&format!("  wrote {}\n", absolute.join(name).display()));
    }
    if let Some(hint) = members.hint("generated/NAME") {
        terminal.note(&hint);
    }
    print(&format!(
        "\nNext:\n  {}   # add an API: description, configuration, crate\n",
        program::command("new NAME --spec FILE|URL")
    ));
    Ok(ExitCode::SUCCESS)
}

/// Writes new files, all or none.
fn write(folder: &Path, files: &[(&str, &str)]) -> Result<(), Failure> {
    let mut written: Vec<PathBuf> = Vec::new();
    for (name, text) in files {
        let path = folder.join(name);
        let done = File::create_new(&path).and_then(|mut file| {
            written.push(path.clone());
            file.write_all(text.as_bytes())
        });
        if let Err(error) = done {
            for path in &written {
                // What can't be removed is named by the message or empty.
                let _ = fs::remove_file(path);
            }
            return Err(Failure::work(format!(
                "can't write `{}`: {error}",
                path.display()
            )));
        }
    }
    Ok(())
}
