//! Whether a path stays within the project: nothing is written elsewhere unless an argument says so.

use std::path::{Component, Path, PathBuf};

/// Why a path of the file leads out of the project by its form.
pub(super) fn wrong_form(path: &str) -> Option<&'static str> {
    let path = Path::new(path);
    let is_plain = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
    if path.as_os_str().is_empty() {
        Some("is empty")
    } else if path.is_absolute() || path.has_root() {
        Some("is not relative to the project")
    } else if path.components().all(is_plain) {
        None
    } else {
        Some("leads out of the project")
    }
}

/// Whether a path, with its links followed as far as it exists, is below a folder.
pub(super) fn is_inside(root: &Path, path: &Path) -> bool {
    let Ok(root) = root.canonicalize() else {
        return false;
    };
    let mut ancestors = path.ancestors();
    let existing: Option<PathBuf> = ancestors.find_map(|it| it.canonicalize().ok());
    existing.is_some_and(|it| it.starts_with(root))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_in_the_project() {
        for path in ["generated", "a/b", "./a", "."] {
            assert_eq!(wrong_form(path), None, "{path}");
        }
        for path in ["", "/a", "..", "a/../b", "../a"] {
            assert!(wrong_form(path).is_some(), "{path}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_link_that_leads_out_is_seen() {
        let project = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), project.path().join("generated")).unwrap();
        assert!(is_inside(project.path(), &project.path().join("crates/a")));
        assert!(!is_inside(
            project.path(),
            &project.path().join("generated/a")
        ));
    }
}
