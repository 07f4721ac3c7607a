//! The workspace in which the crates of a run are compiled.
//!
//! It stays between runs, so that dependencies are built once and what hasn't changed needs no
//! second look. Its lock file is the project's: the versions that the project is tested with, which
//! are there without a network.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use toml_edit::{Array, DocumentMut, Item, Table, value};

use super::copy;
use super::outcome::Verdict;
use clientsmith::internal::failure::Failure;

/// The folder of the workspace and what its verdicts depend on.
#[derive(Debug)]
pub(super) struct CrateWorkspace {
    root: PathBuf,
    /// A hash of the compiler's version and the lock file.
    tools: String,
}

impl CrateWorkspace {
    /// Finds or makes the workspace in the target folder of the project.
    pub(super) fn new(project: &Path) -> Result<Self, Failure> {
        let target = env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
        let target = target.unwrap_or_else(|| project.join("target"));
        let root = std::path::absolute(target.join("corpus"));
        let root = root.map_err(|error| cannot("find", &target, &error))?;
        fs::create_dir_all(&root).map_err(|error| cannot("make", &root, &error))?;
        let lock_file = project.join("Cargo.lock");
        let lock = fs::read_to_string(&lock_file);
        let lock = lock.map_err(|error| cannot("read", &lock_file, &error))?;
        write(&root.join("Cargo.lock"), &lock)?;
        let tools = copy::hash(&(compiler()?, lock));
        Ok(Self { root, tools })
    }

    /// The folder of the workspace.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Where the crate of a package is, below the folder for its kind.
    pub(super) fn folder(&self, kind: &str, package: &str) -> PathBuf {
        self.root.join(kind).join(package)
    }

    /// Makes these crates the members of the workspace.
    pub(super) fn set_members(&self, folders: &[PathBuf]) -> Result<(), Failure> {
        let members = folders.iter().map(|folder| {
            let below = folder.strip_prefix(&self.root).unwrap_or(folder);
            let parts = below.components();
            let parts: Vec<_> = parts
                .map(|part| part.as_os_str().to_string_lossy())
                .collect();
            parts.join("/")
        });
        let mut workspace = Table::new();
        workspace.insert("resolver", value("3"));
        workspace.insert("members", value(members.collect::<Array>()));
        let mut dev = Table::new();
        dev.insert("debug", value(false));
        dev.insert("incremental", value(false));
        dev.insert("strip", value(true));
        let mut profile = Table::new();
        profile.set_implicit(true);
        profile.insert("dev", Item::Table(dev));
        let mut manifest = DocumentMut::new();
        manifest.insert("workspace", Item::Table(workspace));
        manifest.insert("profile", Item::Table(profile));
        write(&self.root.join("Cargo.toml"), &manifest.to_string())
    }

    /// What a step found in an earlier run over the same files.
    pub(super) fn known(&self, step: &str, hash: &str) -> Option<Verdict> {
        let text = fs::read_to_string(self.verdict(step, hash)).ok()?;
        serde_json::from_str(&text).ok()
    }

    /// Keeps what a step found.
    pub(super) fn keep(&self, step: &str, hash: &str, verdict: &Verdict) -> Result<(), Failure> {
        let path = self.verdict(step, hash);
        let text = serde_json::to_string_pretty(verdict);
        let text = text.map_err(|error| Failure::work(format!("can't keep a verdict: {error}")))?;
        write(&path, &text)
    }

    fn verdict(&self, step: &str, hash: &str) -> PathBuf {
        let name = format!("{hash}-{}.json", self.tools);
        self.root.join("verdicts").join(step).join(name)
    }
}

/// What the compiler calls itself.
fn compiler() -> Result<String, Failure> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(&rustc).arg("-vV").output();
    match output {
        Ok(output) => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        Err(error) => {
            let rustc = rustc.display();
            Err(Failure::work(format!("can't run `{rustc}`: {error}")))
        }
    }
}

/// Names for packages: valid, and each one's own.
pub(super) fn packages<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<String> {
    /// Most characters of a name that go into the package's.
    const LONGEST: usize = 48;
    let mut packages: Vec<String> = Vec::new();
    for name in names {
        let plain = |letter: char| match letter {
            'a'..='z' | '0'..='9' => letter,
            'A'..='Z' => letter.to_ascii_lowercase(),
            _ => '-',
        };
        let words: String = name.chars().map(plain).take(LONGEST).collect();
        let words: Vec<&str> = words.split('-').filter(|word| !word.is_empty()).collect();
        let wanted = format!("corpus-{}", words.join("-"));
        let wanted = wanted.trim_end_matches('-').to_owned();
        let mut package = wanted.clone();
        let mut number = 2;
        while packages.contains(&package) {
            package = format!("{wanted}-x{number}");
            number += 1;
        }
        packages.push(package);
    }
    packages
}

/// Writes a file unless it says that already: Cargo goes by the time of the last change.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| cannot("make", folder, &error))?;
    }
    fs::write(path, text).map_err(|error| cannot("write", path, &error))
}

fn cannot(what: &str, path: &Path, error: &std::io::Error) -> Failure {
    Failure::work(format!("can't {what} `{}`: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_have_valid_names_of_their_own() {
        let names = ["box-2024", "Pets/open api", "pets-open-api", "\u{fc}", ""];
        assert_eq!(
            packages(names),
            [
                "corpus-box-2024",
                "corpus-pets-open-api",
                "corpus-pets-open-api-x2",
                "corpus",
                "corpus-x2"
            ]
        );
        assert!(packages(["a".repeat(99).as_str()])[0].len() < 64);
    }

    #[test]
    fn verdicts_are_known_again() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = CrateWorkspace {
            root: folder.path().to_owned(),
            tools: "1".to_owned(),
        };
        let mut verdict = Verdict::pass();
        verdict.add("wrong".to_owned());
        workspace.keep("check", "a", &verdict).unwrap();
        assert_eq!(workspace.known("check", "a"), Some(verdict));
        assert_eq!(workspace.known("doc", "a"), None);
        assert_eq!(workspace.known("check", "b"), None);
    }
}
