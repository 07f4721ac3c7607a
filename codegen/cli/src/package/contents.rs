//! What is in a package.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::manifest::Manifest;
use crate::failure::Failure;

/// As many files of one folder are told one by one.
const FEW: usize = 12;

/// Files that a published crate has.
const NEEDED: [&str; 4] = ["Cargo.toml", "README.md", "api.md", "src/lib.rs"];

/// Files that it has if its folder does.
const TAKEN: [&str; 3] = ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT"];

/// Whether all is in a package that users need, and nothing that is an unexpected file.
pub(super) fn check(files: &[&str], folder: &Path, manifest: &Manifest) -> Result<(), Failure> {
    let there = TAKEN.iter().filter(|name| folder.join(name).exists());
    let needed = NEEDED.iter().chain(there);
    let missing = needed
        .filter(|name| !files.contains(name))
        .map(|name| format!("{name} is missing"));
    let others = files
        .iter()
        .filter(|name| is_private(name))
        .map(|name| format!("{name} is an unexpected file"));
    let wrong: Vec<String> = missing.chain(others).collect();
    if wrong.is_empty() {
        return Ok(());
    }
    let message = format!("the package of {} has wrong contents", manifest.name);
    let failure = Failure::work(message).help("check `include` in its Cargo.toml");
    Err(wrong.into_iter().fold(failure, Failure::note))
}

/// Whether a file is none of a user's business.
fn is_private(path: &str) -> bool {
    let hidden = path.split('/').any(|part| part.starts_with('.'));
    // Cargo writes down the commit that a package is made from.
    hidden && path != ".cargo_vcs_info.json"
        || path == "rustfmt.toml"
        || path.starts_with("target/")
}

/// The files, those of large folders as one.
pub(super) fn folded(files: &[&str]) -> Vec<String> {
    let folder = |path: &str| path.rfind('/').map(|at| path[..=at].to_owned());
    // Of what is below `src`, the folder right below it.
    let group = |path: &str| {
        let folder = folder(path)?;
        let parts: Vec<&str> = folder.split_inclusive('/').take(2).collect();
        Some(parts.concat())
    };
    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    for path in files {
        *sizes.entry(group(path).unwrap_or_default()).or_default() += 1;
    }
    let mut reported: BTreeSet<String> = BTreeSet::new();
    let mut lines: Vec<String> = Vec::new();
    for path in files {
        let group = group(path).unwrap_or_default();
        let size = sizes[&group];
        let line = if group.is_empty() || size <= FEW {
            (*path).to_owned()
        } else {
            format!("{group} ({size} files)")
        };
        // The files of a folder may have another folder between them.
        if reported.insert(line.clone()) {
            lines.push(line);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_for_others_is_told() {
        for path in [
            ".codegen-manifest",
            ".github/x.yml",
            "rustfmt.toml",
            "target/x",
        ] {
            assert!(is_private(path), "{path}");
        }
        for path in [".cargo_vcs_info.json", "src/lib.rs", "Cargo.toml.orig"] {
            assert!(!is_private(path), "{path}");
        }
    }

    #[test]
    fn large_folders_are_one_line() {
        let many: Vec<String> = (0..20).map(|it| format!("src/runtime/a/{it}.rs")).collect();
        let mut files = vec!["Cargo.toml", "src/lib.rs"];
        files.extend(many.iter().map(String::as_str));
        assert_eq!(
            folded(&files),
            ["Cargo.toml", "src/lib.rs", "src/runtime/ (20 files)"]
        );
        let around = [&many[..10], &["tests/a.rs".to_owned()], &many[10..]].concat();
        let around: Vec<&str> = around.iter().map(String::as_str).collect();
        assert_eq!(folded(&around), ["src/runtime/ (20 files)", "tests/a.rs"]);
    }
}
