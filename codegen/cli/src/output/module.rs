//! A module: one file among those of somebody's crate.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::manifest::MANIFEST;
use super::plan::{Change, Entry, Plan};
use crate::failure::Failure;

impl Plan {
    /// Compares the files of a crate with its folder, or the one of a module with that.
    pub fn of(out: &Path, is_module: bool, files: Vec<(String, String)>) -> Result<Self, Failure> {
        match <[_; 1]>::try_from(files) {
            Ok([(name, text)]) if is_module => Self::module(out, &name, text),
            Ok(one) => Self::new(out, one.into()),
            Err(several) => Self::new(out, several),
        }
    }

    /// Compares a module with the file of it: `out` itself where that ends in `.rs`, and otherwise the one of this
    /// name in the folder `out`.
    ///
    /// The folder may have anything else: there is no list of files in it, and no other is looked at. A file is
    /// replaced that begins as the module does, which says that it was generated; any other is refused, and so is
    /// the folder of a crate that was generated.
    pub fn module(out: &Path, name: &str, text: String) -> Result<Self, Failure> {
        let (folder, name) = place(out, name);
        if folder.join(MANIFEST).exists() {
            let folder = folder.display();
            let message = format!("`{folder}` is the folder of a generated crate");
            let help =
                "remove it, or pass the folder of your sources or the path of the module to --out";
            return Err(Failure::usage(message).help(help));
        }
        let path = folder.join(&name);
        let shown = path.display();
        let refused = |why: &str| {
            Failure::usage(format!("`{shown}` {why}"))
                .help("move or remove it, or pass another path to --out; nothing was changed")
        };
        let change = match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Change::Added,
            Err(error) => return Err(Failure::work(format!("can't read `{shown}`: {error}"))),
            Ok(found) if found.is_symlink() => return Err(refused("is a symbolic link")),
            Ok(found) if !found.is_file() => return Err(refused("is not a regular file")),
            Ok(_) => {
                let old = fs::read(&path)
                    .map_err(|error| Failure::work(format!("can't read `{shown}`: {error}")))?;
                let first_line = text.split_inclusive('\n').next().unwrap_or_default();
                if old == text.as_bytes() {
                    Change::Unchanged
                } else if old.starts_with(first_line.trim_end().as_bytes()) {
                    Change::Changed { old }
                } else {
                    return Err(refused("exists and was not written by this command"));
                }
            }
        };
        let entry = Entry {
            path: name,
            text,
            change,
        };
        Ok(Self {
            folder,
            entries: vec![entry],
            owned: BTreeSet::new(),
        })
    }
}

/// The folder and the name of the file.
fn place(out: &Path, name: &str) -> (PathBuf, String) {
    let is_file = out.extension().is_some_and(|it| it == "rs") && !out.is_dir();
    let file = out.file_name().and_then(|it| it.to_str());
    match (is_file, file, out.parent()) {
        (true, Some(file), Some(folder)) => {
            let here = folder.as_os_str().is_empty();
            let folder = if here { Path::new(".") } else { folder };
            (folder.to_owned(), file.to_owned())
        }
        _ => (out.to_owned(), name.to_owned()),
    }
}
