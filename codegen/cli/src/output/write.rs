//! Carries a plan out, entirely or not at all.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::manifest::{self, MANIFEST};
use super::plan::{Change, Entry, Plan};
use crate::failure::Failure;

/// Folder for files on their way in and out. It is in the folder of the crate because renaming
/// works within a file system only, and it keeps two runs from writing at the same time.
pub(super) const STAGING: &str = ".codegen-staging";

impl Plan {
    /// Makes the folder as the plan has it.
    ///
    /// All new files are written to a folder of their own first, then put in place by renaming.
    /// If anything fails, all that was done is undone. If the process is killed in between, the
    /// manifest lists old and new files, so that the next run can mend the folder.
    pub fn apply(&self) -> Result<(), Failure> {
        if self.is_empty() {
            return Ok(());
        }
        let mut journal = Journal::default();
        match self.carry_out(&mut journal) {
            Ok(()) => {
                self.remove_empty_folders();
                // What is left in it is of no use to anybody; the next run would say so.
                let _ = fs::remove_dir_all(self.folder.join(STAGING));
                Ok(())
            }
            Err(failure) => Err(journal.undo(failure)),
        }
    }

    fn carry_out(&self, journal: &mut Journal) -> Result<(), Failure> {
        let staging = self.folder.join(STAGING);
        journal.create_folder(&self.folder)?;
        journal.create_staging(&staging)?;
        let staged = |index: usize| staging.join(format!("new-{index}"));
        let kept = |index: usize| staging.join(format!("old-{index}"));
        let changes = || self.entries.iter().enumerate();
        for (index, entry) in changes() {
            if matches!(entry.change, Change::Added | Change::Changed { .. }) {
                write(&staged(index), &entry.text)?;
            }
        }
        let manifest = changes().find(|(_, entry)| entry.path == MANIFEST);
        let manifest = manifest.filter(|(_, entry)| entry.change != Change::Unchanged);
        if manifest.is_some() {
            self.own_old_and_new(journal, &staging)?;
        }
        // Files go before others come: a file can make room for a folder of the same name.
        for (index, entry) in changes() {
            if matches!(entry.change, Change::Removed { .. }) {
                journal.take_away(&self.at(entry), &kept(index))?;
            }
        }
        for (index, entry) in changes().filter(|(_, entry)| entry.path != MANIFEST) {
            match entry.change {
                Change::Added => journal.put(&staged(index), &self.at(entry))?,
                Change::Changed { .. } => {
                    journal.replace(&staged(index), &self.at(entry), &kept(index))?;
                }
                Change::Unchanged | Change::Removed { .. } => {}
            }
        }
        match manifest {
            Some((index, entry)) => rename(&staged(index), &self.at(entry)),
            None => Ok(()),
        }
    }

    /// Lists old and new files in the manifest while the folder is neither.
    fn own_old_and_new(&self, journal: &mut Journal, staging: &Path) -> Result<(), Failure> {
        let manifest = self.folder.join(MANIFEST);
        let new = self.entries.iter().map(|entry| entry.path.as_str());
        let both = new
            .filter(|path| *path != MANIFEST)
            .chain(self.owned.iter().map(String::as_str));
        let staged = staging.join("manifest-of-both");
        write(&staged, &manifest::text(both))?;
        if manifest.exists() {
            journal.replace(&staged, &manifest, &staging.join("manifest-of-old"))
        } else {
            journal.put(&staged, &manifest)
        }
    }

    fn at(&self, entry: &Entry) -> PathBuf {
        self.folder.join(&entry.path)
    }

    /// Removes the folders that the removed files leave empty.
    fn remove_empty_folders(&self) {
        for entry in &self.entries {
            let mut path = entry.path.as_str();
            if !matches!(entry.change, Change::Removed { .. }) {
                continue;
            }
            while let Some((parent, _)) = path.rsplit_once('/') {
                // Fails where something is left in it, and then it stays.
                if fs::remove_dir(self.folder.join(parent)).is_err() {
                    break;
                }
                path = parent;
            }
        }
    }
}

/// What was done, so that it can be undone.
#[derive(Default)]
struct Journal {
    steps: Vec<Step>,
}

enum Step {
    /// A folder was made.
    Folder(PathBuf),
    /// The folder for files on their way was made.
    Staging(PathBuf),
    /// A file was put where none was.
    Put(PathBuf),
    /// A file was replaced or taken away, and is kept elsewhere.
    Kept { path: PathBuf, kept: PathBuf },
}

impl Journal {
    /// Makes a folder and those above it, as far as they are missing.
    fn create_folder(&mut self, folder: &Path) -> Result<(), Failure> {
        let missing: Vec<&Path> = folder
            .ancestors()
            .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
            .collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder).map_err(|error| cannot("create the folder", folder, &error))?;
            self.steps.push(Step::Folder(folder.to_owned()));
        }
        Ok(())
    }

    fn create_staging(&mut self, staging: &Path) -> Result<(), Failure> {
        fs::create_dir(staging).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => Failure::work(
                "another run is writing to this folder, or was interrupted while writing",
            )
            .help(format!(
                "if no other run is active, remove `{}`",
                staging.display()
            )),
            _ => cannot("create the folder", staging, &error),
        })?;
        self.steps.push(Step::Staging(staging.to_owned()));
        Ok(())
    }

    /// Puts a file where none is.
    fn put(&mut self, staged: &Path, path: &Path) -> Result<(), Failure> {
        if let Some(folder) = path.parent() {
            self.create_folder(folder)?;
        }
        // Renaming would silently replace what has come there since the plan was made.
        if fs::symlink_metadata(path).is_ok() {
            let error = io::Error::from(ErrorKind::AlreadyExists);
            return Err(cannot("write", path, &error));
        }
        rename(staged, path)?;
        self.steps.push(Step::Put(path.to_owned()));
        Ok(())
    }

    /// Puts a file in the place of another, of which a copy is kept. There is always one of them.
    fn replace(&mut self, staged: &Path, path: &Path, kept: &Path) -> Result<(), Failure> {
        fs::copy(path, kept).map_err(|error| cannot("create a backup of", path, &error))?;
        rename(staged, path)?;
        self.steps.push(Step::Kept {
            path: path.to_owned(),
            kept: kept.to_owned(),
        });
        Ok(())
    }

    /// Takes a file away and keeps it.
    fn take_away(&mut self, path: &Path, kept: &Path) -> Result<(), Failure> {
        fs::rename(path, kept).map_err(|error| cannot("remove", path, &error))?;
        self.steps.push(Step::Kept {
            path: path.to_owned(),
            kept: kept.to_owned(),
        });
        Ok(())
    }

    /// Undoes everything, last step first, and says so.
    fn undo(self, failure: Failure) -> Failure {
        let mut stuck = Vec::new();
        for step in self.steps.into_iter().rev() {
            let (undone, what) = match &step {
                Step::Folder(folder) => (
                    fs::remove_dir(folder),
                    format!("remove `{}`", folder.display()),
                ),
                Step::Put(path) => (
                    fs::remove_file(path),
                    format!("remove `{}`", path.display()),
                ),
                Step::Kept { path, kept } => (
                    fs::rename(kept, path),
                    format!("restore `{}` from `{}`", path.display(), kept.display()),
                ),
                // Where something couldn't be taken back, it is still in there.
                Step::Staging(_) if !stuck.is_empty() => continue,
                Step::Staging(folder) => (
                    fs::remove_dir_all(folder),
                    format!("remove `{}`", folder.display()),
                ),
            };
            if let Err(error) = undone {
                stuck.push(format!("{what} ({error})"));
            }
        }
        if stuck.is_empty() {
            return failure.note("all changes were rolled back");
        }
        let failure = failure.note("the changes could not be rolled back completely; please");
        stuck.into_iter().fold(failure, Failure::note)
    }
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| cannot("write", path, &error))
}

fn rename(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::rename(from, to).map_err(|error| cannot("write", to, &error))
}

fn cannot(what: &str, path: &Path, error: &io::Error) -> Failure {
    Failure::work(format!("can't {what} `{}`: {error}", path.display()))
}
