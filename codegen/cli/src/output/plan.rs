//! What would change in a folder.

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::manifest::{self, MANIFEST};
use super::write::STAGING;
use crate::failure::Failure;

/// What cargo puts beside a manifest. It is nobody's work, so it never stands in the way.
const CARGO: [&str; 2] = ["Cargo.lock", "target"];

/// What happens to a file.
#[derive(Debug, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Added,
    /// It has another text now.
    Changed {
        /// What it holds so far.
        old: Vec<u8>,
    },
    /// It stays as it is.
    Unchanged,
    /// It was written by an earlier run and is no longer generated.
    Removed {
        /// What it holds so far.
        old: Vec<u8>,
    },
}

/// A file and what happens to it.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it is in the folder, with `/` between names.
    pub path: String,
    /// What it is to hold; empty where it is removed.
    pub text: String,
    /// What happens to it.
    pub change: Change,
}

/// All that happens to a folder.
#[derive(Debug)]
pub struct Plan {
    /// The folder.
    pub folder: PathBuf,
    /// Its files, the manifest among them, sorted by path.
    pub entries: Vec<Entry>,
    /// What an earlier run wrote, if one did.
    pub(super) owned: BTreeSet<String>,
}

impl Plan {
    /// Compares `files`, each a path and a text, with what is in the folder.
    ///
    /// Refused are: a folder with other content and no manifest, and any place where something
    /// is in the way that no earlier run wrote. Links are never followed, save in the path of
    /// the folder itself.
    pub fn new(folder: &Path, files: Vec<(String, String)>) -> Result<Self, Failure> {
        let owned = owned(folder)?;
        check_paths(&files)?;
        let manifest = manifest::text(files.iter().map(|(path, _)| path.as_str()));
        let wanted: BTreeSet<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
        let stale: Vec<String> = owned
            .iter()
            .filter(|path| !wanted.contains(path.as_str()))
            .cloned()
            .collect();
        let mut survey = Survey {
            folder,
            owned: &owned,
            in_the_way: Vec::new(),
        };
        let mut entries = Vec::with_capacity(files.len() + stale.len() + 1);
        for (path, text) in files {
            let change = survey.compare(&path, &text, &stale)?;
            entries.push(Entry { path, text, change });
        }
        for path in &stale {
            if let Some(old) = survey.old(path, &stale)? {
                entries.push(Entry {
                    path: path.clone(),
                    text: String::new(),
                    change: Change::Removed { old },
                });
            }
        }
        survey.finish()?;
        entries.push(manifest_entry(folder, manifest)?);
        entries.sort_by(|left, right| left.path.cmp(&right.path));
        Ok(Self {
            folder: folder.to_owned(),
            entries,
            owned,
        })
    }

    /// Whether the folder is as it should be.
    pub fn is_empty(&self) -> bool {
        self.entries
            .iter()
            .all(|entry| entry.change == Change::Unchanged)
    }
}

/// The files that earlier runs wrote, once the folder is known to be one for crates.
fn owned(folder: &Path) -> Result<BTreeSet<String>, Failure> {
    let shown = folder.display();
    let metadata = match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(Failure::usage(format!("can't read `{shown}`: {error}"))),
        Ok(metadata) => metadata,
    };
    if metadata.is_symlink() {
        let failure = Failure::usage(format!("the folder `{shown}` is a symbolic link"));
        return Err(failure.help("pass the target of the link to --out"));
    }
    if !metadata.is_dir() {
        let failure = Failure::usage(format!("`{shown}` is not a folder"));
        return Err(failure.help("pass a new or empty folder to --out"));
    }
    if let Some(owned) = manifest::read(folder)? {
        return Ok(owned);
    }
    let mut others =
        others(folder).map_err(|error| Failure::usage(format!("can't list `{shown}`: {error}")))?;
    if others.is_empty() {
        return Ok(BTreeSet::new());
    }
    others.sort();
    Err(Failure::usage(format!(
        "the folder `{shown}` contains files that this command didn't write"
    ))
    .note(format!("it contains {}, but no {MANIFEST}", a_few(&others)))
    .help("pass a new or empty folder to --out, or empty this one if its files aren't needed"))
}

/// What is in a folder beside what cargo puts there.
fn others(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut others = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !CARGO.contains(&name.as_str()) && name != STAGING {
            others.push(name);
        }
    }
    Ok(others)
}

/// The generator names its files itself, so this fails only by a mistake in it.
fn check_paths(files: &[(String, String)]) -> Result<(), Failure> {
    let mut seen = BTreeSet::new();
    for (path, _) in files {
        // Some systems take two names that differ in case only for one.
        let why = match manifest::wrong_path(path) {
            None if !seen.insert(path.to_lowercase()) => Some("is generated twice"),
            other => other,
        };
        if let Some(why) = why {
            let path = path.escape_debug();
            return Err(Failure::work(format!("the generated file `{path}` {why}")));
        }
    }
    Ok(())
}

fn manifest_entry(folder: &Path, text: String) -> Result<Entry, Failure> {
    let path = folder.join(MANIFEST);
    let change = match fs::read(&path) {
        Ok(old) if old == text.as_bytes() => Change::Unchanged,
        Ok(old) => Change::Changed { old },
        Err(error) if error.kind() == ErrorKind::NotFound => Change::Added,
        Err(error) => return Err(cannot_read(&path, &error)),
    };
    Ok(Entry {
        path: MANIFEST.to_owned(),
        text,
        change,
    })
}

/// Looks at the places where files are to be.
struct Survey<'a> {
    folder: &'a Path,
    owned: &'a BTreeSet<String>,
    /// What can't be overwritten, and why.
    in_the_way: Vec<(String, &'static str)>,
}

/// What is at a place.
enum Found {
    Nothing,
    File,
    /// Something else at this path, which is the place or leads to it.
    Other(String, &'static str),
}

impl Survey<'_> {
    fn compare(&mut self, path: &str, text: &str, stale: &[String]) -> Result<Change, Failure> {
        if self.owned.contains(path) {
            return Ok(match self.old(path, stale)? {
                None => Change::Added,
                Some(old) if old == text.as_bytes() => Change::Unchanged,
                Some(old) => Change::Changed { old },
            });
        }
        match self.find(path, stale)? {
            Found::Nothing => {}
            Found::File => {
                let why = "exists and was not written by this command";
                self.in_the_way.push((path.to_owned(), why));
            }
            Found::Other(path, why) => self.in_the_way.push((path, why)),
        }
        Ok(Change::Added)
    }

    /// What a file that an earlier run wrote holds, if it is still there.
    fn old(&mut self, path: &str, stale: &[String]) -> Result<Option<Vec<u8>>, Failure> {
        match self.find(path, stale)? {
            Found::Nothing => Ok(None),
            Found::File => {
                let path = self.folder.join(path);
                fs::read(&path)
                    .map(Some)
                    .map_err(|error| cannot_read(&path, &error))
            }
            Found::Other(path, why) => {
                self.in_the_way.push((path, why));
                Ok(None)
            }
        }
    }

    /// Goes down to a place, one name after another, so that no link is followed.
    fn find(&self, path: &str, stale: &[String]) -> Result<Found, Failure> {
        let ends = path.match_indices('/').map(|(end, _)| end);
        for end in ends.chain([path.len()]) {
            let (part, is_last) = (&path[..end], end == path.len());
            let Some(metadata) = metadata(&self.folder.join(part))? else {
                return Ok(Found::Nothing);
            };
            let why = match () {
                () if metadata.is_symlink() => "is a symbolic link",
                () if is_last && metadata.is_file() => return Ok(Found::File),
                () if is_last && metadata.is_dir() => "is a folder where a file is expected",
                () if !is_last && metadata.is_dir() => continue,
                // A file that goes makes room for a folder.
                () if stale.iter().any(|path| path == part) => return Ok(Found::Nothing),
                () if is_last => "is not a regular file",
                () => "is a file where a folder is expected",
            };
            return Ok(Found::Other(part.to_owned(), why));
        }
        Ok(Found::Nothing)
    }

    /// Refuses the whole run if anything is in the way.
    fn finish(mut self) -> Result<(), Failure> {
        const MOST: usize = 10;
        self.in_the_way.sort_unstable();
        self.in_the_way.dedup();
        if self.in_the_way.is_empty() {
            return Ok(());
        }
        let folder = self.folder.display();
        let mut failure = Failure::usage(format!("`{folder}` contains conflicting files"))
            .help("move or remove them; nothing was changed");
        for (path, why) in self.in_the_way.iter().take(MOST) {
            failure = failure.note(format!("`{path}` {why}"));
        }
        if let Some(more) = self.in_the_way.len().checked_sub(MOST + 1) {
            failure = failure.note(format!("and {} more", more + 1));
        }
        Err(failure)
    }
}

/// What is at a path itself, whether or not it leads elsewhere.
fn metadata(path: &Path) -> Result<Option<Metadata>, Failure> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(cannot_read(path, &error)),
    }
}

fn cannot_read(path: &Path, error: &std::io::Error) -> Failure {
    Failure::work(format!("can't read `{}`: {error}", path.display()))
}

/// The first few of some names, which may be of any kind, as a terminal can show them.
fn a_few(names: &[String]) -> String {
    const MOST: usize = 4;
    let shown: Vec<String> = names
        .iter()
        .take(MOST)
        .map(|name| format!("`{}`", name.escape_debug()))
        .collect();
    let more = names.len().saturating_sub(MOST);
    if more == 0 {
        shown.join(", ")
    } else {
        format!("{} and {more} more", shown.join(", "))
    }
}
