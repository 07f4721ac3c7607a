//! A copy of a crate that no workspace has to do with but one of its own.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::shown;
use crate::failure::Failure;

/// The workspace around the copy: without one, cargo would take the project for it.
const WORKSPACE: &str = "[workspace]\nresolver = \"3\"\nmembers = [\"crate\"]\n";

/// Copies a crate into the folder `crate` below `work`, which has nothing else in it then.
pub(super) fn make(folder: &Path, work: &Path) -> Result<PathBuf, Failure> {
    if work.exists() {
        fs::remove_dir_all(work).map_err(|error| cannot("empty", work, &error))?;
    }
    let copy = work.join("crate");
    copy_folder(folder, &copy)?;
    let manifest = work.join("Cargo.toml");
    fs::write(&manifest, WORKSPACE).map_err(|error| cannot("write", &manifest, &error))?;
    Ok(copy)
}

/// Takes the lock file of the project over, if there is one.
pub(super) fn lock(project: &Path, copy: &Path) -> Result<(), Failure> {
    let (from, to) = (
        project.join("Cargo.lock"),
        copy.with_file_name("Cargo.lock"),
    );
    match fs::copy(&from, to) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(cannot("copy", &from, &error)),
        _ => Ok(()),
    }
}

/// Copies all but what cargo builds and what git keeps.
fn copy_folder(from: &Path, to: &Path) -> Result<(), Failure> {
    let make = fs::create_dir_all(to);
    make.map_err(|error| cannot("create the folder", to, &error))?;
    let failed = |error: io::Error| cannot("read", from, &error);
    for entry in fs::read_dir(from).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let (path, name) = (entry.path(), entry.file_name());
        if !path.is_dir() {
            fs::copy(&path, to.join(&name)).map_err(|error| cannot("copy", &path, &error))?;
        } else if name != "target" && name != ".git" {
            copy_folder(&path, &to.join(&name))?;
        }
    }
    Ok(())
}

fn cannot(what: &str, path: &Path, error: &io::Error) -> Failure {
    Failure::work(format!("can't {what} {}: {error}", shown(path)))
}
