//! Files of the scratch folder, with failures that name them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The text of a file.
pub fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| cannot("read", path, &error))
}

/// Writes a file.
pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| cannot("write", path, &error))
}

/// Copies a file.
pub fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    match fs::copy(from, to) {
        Ok(_) => Ok(()),
        Err(error) => Err(cannot("copy", from, &error)),
    }
}

/// Copies a folder with all that is in it.
pub fn copy_folder(from: &Path, to: &Path) -> Result<(), Failure> {
    for path in below(from)? {
        let Ok(inner) = path.strip_prefix(from) else {
            continue;
        };
        let target = to.join(inner);
        if let Some(folder) = target.parent() {
            make_folder(folder)?;
        }
        copy(&path, &target)?;
    }
    Ok(())
}

/// Makes a folder, and those above it.
pub fn make_folder(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|error| cannot("create the folder", path, &error))
}

/// Takes a folder away, if it is there.
pub fn remove_folder(path: &Path) -> Result<(), Failure> {
    if path.exists() {
        fs::remove_dir_all(path).map_err(|error| cannot("empty", path, &error))?;
    }
    Ok(())
}

/// A folder with nothing in it.
pub fn fresh_folder(path: &Path) -> Result<(), Failure> {
    remove_folder(path)?;
    make_folder(path)
}

/// All files below a folder.
pub fn below(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let failed = |error: io::Error| cannot("read", &folder, &error);
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    Ok(found)
}

/// How many lines of Rust there are below a folder.
pub fn lines_of_rust(folder: &Path) -> Result<usize, Failure> {
    let mut lines = 0;
    for path in below(folder)? {
        if path.extension().is_some_and(|ending| ending == "rs") {
            lines += read(&path)?.lines().count();
        }
    }
    Ok(lines)
}

/// Says what can't be done with a path.
pub fn cannot(what: &str, path: &Path, error: &io::Error) -> Failure {
    Failure::work(format!("can't {what} {}: {error}", path.display()))
}
