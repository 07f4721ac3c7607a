//! A folder that somebody has prepared: nothing outside of it changes, and nothing in it that isn't
//! generated.
//!
//! Each test has a folder beside the crate's, which is to be afterwards as it was before.

use std::path::{Path, PathBuf};
use std::{env, fs};

use super::{MANIFEST, Place, STAGING};
use crate::failure::Failure;
use crate::output::Plan;

/// The text of everything that must never change.
const MINE: &str = "years of work";

/// A crate's folder that an earlier run wrote, and somebody's files beside it.
struct Prepared {
    place: Place,
}

impl Prepared {
    fn new() -> Self {
        let place = Place::new();
        place.sync(&[("a", "1"), ("src/lib.rs", "1")]).unwrap();
        let outside = place.parent.path().join("outside");
        fs::create_dir(&outside).unwrap();
        for name in ["a", "lib.rs", MANIFEST] {
            fs::write(outside.join(name), MINE).unwrap();
        }
        Self { place }
    }

    fn outside(&self, name: &str) -> PathBuf {
        self.place.parent.path().join("outside").join(name)
    }

    fn inside(&self, name: &str) -> PathBuf {
        self.place.folder().join(name)
    }

    /// A run that has to be refused, with all that there is left as it is.
    fn refused(&self, files: &[(&str, &str)]) -> Failure {
        let before = self.place.content();
        let failure = self.place.sync(files).unwrap_err();
        assert_eq!(self.place.content(), before, "{failure:?}");
        self.outside_is_untouched();
        failure
    }

    fn outside_is_untouched(&self) {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.outside("")).unwrap() {
            let path = entry.unwrap().path();
            assert_eq!(fs::read_to_string(&path).unwrap(), MINE, "{path:?}");
            names.push(path.file_name().unwrap().to_owned());
        }
        names.sort();
        assert_eq!(names, [MANIFEST, "a", "lib.rs"]);
    }
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
    use std::process::Command;

    use super::{MANIFEST, Path, Place, Plan, Prepared, STAGING, fs};

    #[test]
    fn a_link_in_the_place_of_a_file_is_told() {
        for target in ["outside/a", "nowhere", "/dev/null", "."] {
            let prepared = Prepared::new();
            let target = prepared.place.parent.path().join(target);
            fs::remove_file(prepared.inside("a")).unwrap();
            symlink(&target, prepared.inside("a")).unwrap();
            // Whether the file is to be written, or removed as stale.
            for files in [&[("a", "2")][..], &[("src/lib.rs", "2")][..]] {
                let failure = prepared.refused(files);
                assert_eq!(failure.notes, ["`a` is a symbolic link"], "{target:?}");
            }
            assert!(prepared.inside("a").is_symlink());
        }
    }

    #[test]
    fn a_link_where_a_new_file_or_folder_is_to_be_is_told() {
        for target in ["outside", "outside/a", "nowhere"] {
            let prepared = Prepared::new();
            let target = prepared.place.parent.path().join(target);
            symlink(&target, prepared.inside("new")).unwrap();
            for path in ["new", "new/a", "new/b/c"] {
                let failure = prepared.refused(&[(path, "2")]);
                assert_eq!(failure.notes, ["`new` is a symbolic link"], "{target:?}");
            }
        }
    }

    #[test]
    fn a_link_in_the_place_of_the_manifest_is_told() {
        for target in ["outside/.codegen-manifest", "nowhere", "/dev/zero"] {
            let prepared = Prepared::new();
            let target = prepared.place.parent.path().join(target);
            fs::remove_file(prepared.inside(MANIFEST)).unwrap();
            symlink(&target, prepared.inside(MANIFEST)).unwrap();
            let failure = prepared.refused(&[("a", "2")]);
            assert!(
                failure.message.contains("not a regular file"),
                "{failure:?}"
            );
        }
    }

    #[test]
    fn a_link_in_the_place_of_the_folder_for_files_on_their_way_is_told() {
        for target in ["outside", "nowhere"] {
            let prepared = Prepared::new();
            let target = prepared.place.parent.path().join(target);
            symlink(&target, prepared.inside(STAGING)).unwrap();
            let failure = prepared.refused(&[("a", "2")]);
            assert!(failure.message.contains("another run"), "{failure:?}");
            assert!(prepared.inside(STAGING).is_symlink());
        }
    }

    #[test]
    fn a_folder_that_is_a_link_is_told_however_it_is_written() {
        let prepared = Prepared::new();
        let link = prepared.place.parent.path().join("link");
        for target in ["deep/out", "outside", "nowhere"] {
            symlink(prepared.place.parent.path().join(target), &link).unwrap();
            let files = || vec![("a".to_owned(), "2".to_owned())];
            let failure = Plan::new(&link, files()).unwrap_err();
            assert!(failure.message.contains("symbolic link"), "{failure:?}");
            fs::remove_file(&link).unwrap();
        }
        prepared.outside_is_untouched();
    }

    #[test]
    fn a_file_that_has_another_name_elsewhere_changes_here_alone() {
        let prepared = Prepared::new();
        for name in ["a", "lib.rs"] {
            let path = if name == "a" { "a" } else { "src/lib.rs" };
            fs::remove_file(prepared.inside(path)).unwrap();
            fs::hard_link(prepared.outside(name), prepared.inside(path)).unwrap();
        }
        // One is written, and the other removed as stale.
        prepared.place.sync(&[("a", "2")]).unwrap();
        assert_eq!(prepared.place.names(), [MANIFEST, "a"]);
        assert_eq!(prepared.place.content()["a"], "2");
        prepared.outside_is_untouched();
        assert_eq!(fs::metadata(prepared.outside("a")).unwrap().nlink(), 1);
    }

    #[test]
    fn a_manifest_that_has_another_name_elsewhere_changes_here_alone() {
        let prepared = Prepared::new();
        let listed = prepared.place.parent.path().join("listed");
        fs::hard_link(prepared.inside(MANIFEST), &listed).unwrap();
        let before = fs::read_to_string(&listed).unwrap();
        prepared.place.sync(&[("b", "2")]).unwrap();
        assert_eq!(fs::read_to_string(&listed).unwrap(), before);
        assert_ne!(prepared.place.content()[MANIFEST], before);
    }

    #[test]
    fn a_pipe_in_the_way_is_told_and_not_waited_for() {
        for path in ["a", "src/lib.rs", "new", MANIFEST] {
            let prepared = Prepared::new();
            let _ = fs::remove_file(prepared.inside(path));
            let made = Command::new("mkfifo").arg(prepared.inside(path)).status();
            assert!(made.unwrap().success());
            // Not by reading the folder: that would wait for a writer.
            let files = [("a", "2"), ("src/lib.rs", "1"), ("new", "1")];
            let failure = prepared.place.sync(&files).unwrap_err();
            let told = format!("{} {}", failure.message, failure.notes.join(" "));
            assert!(told.contains("not a regular file"), "{path}: {told}");
            prepared.outside_is_untouched();
        }
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_left_as_it_is() {
        let prepared = Prepared::new();
        let folder = prepared.place.folder();
        let allow = |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
        allow(0o555);
        if fs::write(folder.join("probe"), "").is_ok() {
            // Nothing keeps the system's administrator from writing.
            fs::remove_file(folder.join("probe")).unwrap();
            allow(0o755);
            return;
        }
        let failure = prepared.refused(&[("a", "2")]);
        allow(0o755);
        assert!(
            failure.message.contains("can't make the folder"),
            "{failure:?}"
        );
        assert_eq!(failure.notes, ["all changes were rolled back"]);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_left_as_it_is() {
        let prepared = Prepared::new();
        let path = prepared.inside("a");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
        if fs::read(&path).is_ok() {
            return;
        }
        let failure = prepared.refused(&[("a", "2")]);
        assert!(failure.message.contains("can't read"), "{failure:?}");
    }

    #[test]
    fn the_root_of_the_system_is_refused() {
        let files = vec![("a".to_owned(), "1".to_owned())];
        let failure = Plan::new(Path::new("/"), files).unwrap_err();
        assert!(failure.message.contains("didn't write"), "{failure:?}");
    }

    #[test]
    fn what_a_folder_has_is_told_without_what_would_steer_a_terminal() {
        let place = Place::new();
        place.put("\u{1b}[2Jgone\n", "");
        let failure = place.sync(&[("a", "1")]).unwrap_err();
        assert_eq!(
            failure.notes,
            ["it contains `\\u{1b}[2Jgone\\n`, but no .codegen-manifest"]
        );
    }
}

#[test]
fn a_manifest_removes_nothing_elsewhere() {
    let prepared = Prepared::new();
    let absolute = prepared.outside("a");
    for path in [
        "../../outside/a",
        "src/../../../outside/a",
        "src/../a",
        absolute.to_str().unwrap(),
        "..\\..\\outside\\a",
        "C:\\outside\\a",
        "C:outside",
        "..",
        ".",
        "a/",
        "a:stream",
        ".git/config",
        "src/.Git/hooks/pre-commit",
        "a ",
        "src/con",
        "a\u{0}",
    ] {
        prepared.place.put(MANIFEST, &format!("{path}\n"));
        let failure = prepared.refused(&[("a", "2")]);
        assert_eq!(failure.notes, ["on line 1"], "{path}");
    }
}

#[test]
fn a_manifest_that_is_no_text_is_told() {
    let prepared = Prepared::new();
    fs::write(prepared.inside(MANIFEST), b"a\n\xff\n").unwrap();
    let failure = prepared.refused(&[("a", "2")]);
    assert!(failure.message.contains("can't read"), "{failure:?}");
}

#[test]
fn a_manifest_that_is_a_folder_is_told() {
    let prepared = Prepared::new();
    fs::remove_file(prepared.inside(MANIFEST)).unwrap();
    fs::create_dir(prepared.inside(MANIFEST)).unwrap();
    let failure = prepared.refused(&[("a", "2")]);
    assert!(
        failure.message.contains("not a regular file"),
        "{failure:?}"
    );
}

#[test]
fn a_folder_in_the_place_of_a_file_is_told_and_kept() {
    let prepared = Prepared::new();
    fs::remove_file(prepared.inside("a")).unwrap();
    prepared.place.put("a/mine", MINE);
    for files in [&[("a", "2")][..], &[("src/lib.rs", "1")][..]] {
        let failure = prepared.refused(files);
        assert_eq!(failure.notes, ["`a` is a folder where a file is expected"]);
    }
}

/// Folders that nobody would want to be made a crate.
#[test]
fn folders_with_work_in_them_are_refused() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let current = env::current_dir().unwrap();
    for folder in [
        project.parent().unwrap(),
        project,
        &project.join("src"),
        &current,
        Path::new("."),
        Path::new(".."),
        Path::new("src"),
        Path::new("src/.."),
    ] {
        let files = vec![("thesis.txt".to_owned(), "1".to_owned())];
        let failure = Plan::new(folder, files).unwrap_err();
        assert!(failure.message.contains("didn't write"), "{failure:?}");
        assert!(!folder.join("thesis.txt").exists());
    }
}

#[test]
fn a_file_is_no_folder() {
    let prepared = Prepared::new();
    let files = vec![("a".to_owned(), "1".to_owned())];
    for path in [prepared.outside("a"), prepared.outside("a").join("below")] {
        let failure = Plan::new(&path, files.clone());
        let failure = failure.and_then(|plan| plan.apply()).unwrap_err();
        assert!(!failure.message.is_empty());
        prepared.outside_is_untouched();
    }
}
