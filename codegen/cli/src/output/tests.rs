//! What happens to files, on real ones.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::manifest::{MANIFEST, wrong_path};
use super::write::STAGING;
use super::{Change, Plan};
use crate::failure::Failure;

mod hostile;

/// A folder for a crate, removed after the test.
struct Place {
    parent: TempDir,
}

impl Place {
    fn new() -> Self {
        Self {
            parent: tempfile::tempdir().unwrap(),
        }
    }

    fn folder(&self) -> PathBuf {
        self.parent.path().join("deep/out")
    }

    fn plan(&self, files: &[(&str, &str)]) -> Result<Plan, Failure> {
        let owned = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
        Plan::new(&self.folder(), files.iter().map(owned).collect())
    }

    fn sync(&self, files: &[(&str, &str)]) -> Result<(), Failure> {
        self.plan(files)?.apply()
    }

    /// Puts a file there by another hand.
    fn put(&self, path: &str, text: &str) {
        let path = self.folder().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// All that is there: files with their text, links with where they lead, and folders ending
    /// in `/`.
    fn content(&self) -> BTreeMap<String, String> {
        fn walk(root: &Path, folder: &Path, content: &mut BTreeMap<String, String>) {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let name = path
                    .strip_prefix(root)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned();
                if let Ok(target) = fs::read_link(&path) {
                    content.insert(name, format!("-> {}", target.display()));
                } else if path.is_dir() {
                    content.insert(format!("{name}/"), String::new());
                    walk(root, &path, content);
                } else {
                    content.insert(name, fs::read_to_string(&path).unwrap_or_default());
                }
            }
        }
        let mut content = BTreeMap::new();
        walk(&self.folder(), &self.folder(), &mut content);
        content
    }

    fn names(&self) -> Vec<String> {
        self.content().into_keys().collect()
    }
}

#[test]
fn a_first_run_makes_the_folder_and_a_second_changes_nothing() {
    let place = Place::new();
    let files = [("src/lib.rs", "lib"), ("Cargo.toml", "toml")];
    place.sync(&files).unwrap();
    assert_eq!(
        place.names(),
        [MANIFEST, "Cargo.toml", "src/", "src/lib.rs"]
    );
    let before = fs::metadata(place.folder().join("Cargo.toml"))
        .unwrap()
        .modified()
        .unwrap();
    let plan = place.plan(&files).unwrap();
    assert!(plan.is_empty());
    plan.apply().unwrap();
    let after = fs::metadata(place.folder().join("Cargo.toml"))
        .unwrap()
        .modified()
        .unwrap();
    assert_eq!(before, after, "a file that stays is not written");
}

#[test]
fn stale_files_go_with_the_folders_they_leave_empty() {
    let place = Place::new();
    place
        .sync(&[("a", "1"), ("b/c/d", "1"), ("b/e/f", "1"), ("g/h", "1")])
        .unwrap();
    place.put("b/e/mine", "kept");
    place.sync(&[("a", "2")]).unwrap();
    assert_eq!(place.names(), [MANIFEST, "a", "b/", "b/e/", "b/e/mine"]);
    assert_eq!(place.content()["a"], "2");
}

#[test]
fn files_of_others_are_left_alone() {
    let place = Place::new();
    place.sync(&[("a", "1")]).unwrap();
    place.put("mine.txt", "mine");
    place.put("src/mine.rs", "mine");
    place.put("Cargo.lock", "lock");
    place.put("target/debug/x", "x");
    place.sync(&[("src/lib.rs", "1")]).unwrap();
    let content = place.content();
    assert!(!content.contains_key("a"));
    for mine in ["mine.txt", "src/mine.rs", "Cargo.lock", "target/debug/x"] {
        assert!(content.contains_key(mine), "{mine}");
    }
}

#[test]
fn a_folder_with_other_content_is_refused() {
    let place = Place::new();
    place.put("thesis.txt", "years of work");
    let before = place.content();
    let failure = place.sync(&[("a", "1")]).unwrap_err();
    assert!(failure.message.contains("didn't write"), "{failure:?}");
    assert!(failure.notes[0].contains("`thesis.txt`"), "{failure:?}");
    assert!(failure.help.is_some());
    assert_eq!(place.content(), before);
}

#[test]
fn what_cargo_leaves_behind_does_not_make_a_folder_foreign() {
    let place = Place::new();
    place.put("Cargo.lock", "lock");
    place.put("target/x", "x");
    place.sync(&[("a", "1")]).unwrap();
    assert!(place.content().contains_key("a"));
}

#[test]
fn a_foreign_file_where_one_is_to_be_written_is_refused() {
    let place = Place::new();
    place.sync(&[("a", "1")]).unwrap();
    place.put("src/lib.rs", "mine");
    place.put("b/c", "mine");
    let before = place.content();
    let failure = place
        .sync(&[("a", "2"), ("src/lib.rs", "2"), ("b", "2")])
        .unwrap_err();
    assert_eq!(
        failure.notes,
        [
            "`b` is a folder where a file is expected",
            "`src/lib.rs` exists and was not written by this command",
        ]
    );
    assert_eq!(place.content(), before);
}

#[test]
fn a_file_that_goes_makes_room_for_a_folder() {
    let place = Place::new();
    place.sync(&[("types", "1")]).unwrap();
    place.sync(&[("types/a", "1"), ("types/b", "1")]).unwrap();
    assert_eq!(place.names(), [MANIFEST, "types/", "types/a", "types/b"]);
}

#[test]
fn the_file_of_a_manifest_that_is_gone_is_written_again() {
    let place = Place::new();
    place.sync(&[("a", "1"), ("b", "1")]).unwrap();
    fs::remove_file(place.folder().join("a")).unwrap();
    fs::remove_file(place.folder().join("b")).unwrap();
    let plan = place.plan(&[("a", "1")]).unwrap();
    let changes: Vec<_> = plan
        .entries
        .iter()
        .map(|entry| (&*entry.path, &entry.change))
        .collect();
    assert_eq!(changes[1..], [("a", &Change::Added)]);
    plan.apply().unwrap();
    assert_eq!(place.names(), [MANIFEST, "a"]);
}

#[cfg(unix)]
#[test]
fn links_are_neither_followed_nor_replaced() {
    use std::os::unix::fs::symlink;
    let place = Place::new();
    place.sync(&[("a", "1"), ("src/lib.rs", "1")]).unwrap();
    let elsewhere = place.parent.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("lib.rs"), "mine").unwrap();
    fs::remove_dir_all(place.folder().join("src")).unwrap();
    symlink(&elsewhere, place.folder().join("src")).unwrap();
    // Whether the file behind the link would be written, or removed as stale.
    for files in [&[("a", "2"), ("src/lib.rs", "2")][..], &[("a", "2")][..]] {
        let failure = place.sync(files).unwrap_err();
        assert_eq!(failure.notes, ["`src` is a symbolic link"]);
    }
    assert_eq!(place.content()["a"], "1");
    assert_eq!(
        fs::read_to_string(elsewhere.join("lib.rs")).unwrap(),
        "mine"
    );
    let link = place.parent.path().join("link");
    symlink(place.folder(), &link).unwrap();
    let failure = Plan::new(&link, Vec::new()).unwrap_err();
    assert!(failure.message.contains("symbolic link"), "{failure:?}");
}

#[test]
fn a_run_that_fails_half_way_leaves_everything_as_it_was() {
    let place = Place::new();
    place
        .sync(&[("a", "1"), ("b", "1"), ("stale/c", "1")])
        .unwrap();
    place.put("mine", "mine");
    let before = place.content();
    let plan = place
        .plan(&[("a", "2"), ("b", "1"), ("new/d", "2"), ("z", "2")])
        .unwrap();
    // Something comes to where the last file is to be, after the plan was made.
    place.put("z", "mine");
    let failure = plan.apply().unwrap_err();
    assert!(failure.message.contains("can't write"), "{failure:?}");
    assert_eq!(failure.notes, ["all changes were rolled back"]);
    assert_eq!(
        fs::read_to_string(place.folder().join("z")).unwrap(),
        "mine"
    );
    fs::remove_file(place.folder().join("z")).unwrap();
    assert_eq!(place.content(), before);
}

#[test]
fn a_first_run_that_fails_leaves_no_folder() {
    let place = Place::new();
    // Each name is fine, and the path is longer than any system takes.
    let long = vec!["x".repeat(200); 200].join("/");
    let failure = place.sync(&[("a", "1"), (&long, "1")]).unwrap_err();
    assert_eq!(
        failure.notes.last().unwrap(),
        "all changes were rolled back"
    );
    assert!(!place.parent.path().join("deep").exists());
}

#[test]
fn a_run_that_was_killed_is_told_and_mended_by_the_next() {
    let place = Place::new();
    place.sync(&[("a", "1")]).unwrap();
    fs::create_dir(place.folder().join(STAGING)).unwrap();
    let failure = place.sync(&[("a", "2")]).unwrap_err();
    assert!(failure.help.unwrap().contains(STAGING));
    assert!(
        place.folder().join(STAGING).exists(),
        "it may belong to another run"
    );
    fs::remove_dir(place.folder().join(STAGING)).unwrap();
    place.sync(&[("a", "2")]).unwrap();
    assert_eq!(place.names(), [MANIFEST, "a"]);
}

#[test]
fn a_plan_by_itself_writes_nothing() {
    let place = Place::new();
    let plan = place.plan(&[("a", "1")]).unwrap();
    assert!(!plan.is_empty());
    assert!(!place.parent.path().join("deep").exists());
}

#[test]
fn a_manifest_that_leads_elsewhere_is_refused() {
    let place = Place::new();
    fs::write(place.parent.path().join("mine"), "mine").unwrap();
    for path in [
        "../../mine",
        "/etc/hosts",
        "src//a",
        "./a",
        "a/..",
        "a\\b",
        MANIFEST,
    ] {
        place.put(MANIFEST, &format!("# a comment\n{path}\n"));
        let failure = place.sync(&[("a", "1")]).unwrap_err();
        assert_eq!(failure.notes, ["on line 2"], "{path}");
    }
    assert!(place.parent.path().join("mine").exists());
}

#[test]
fn paths_that_are_plain_on_one_system_only_are_wrong() {
    for good in ["a", "src/a.rs", ".gitignore", "a b/c", "é"] {
        assert_eq!(wrong_path(good), None, "{good}");
    }
    for bad in [
        "",
        "/a",
        "C:/a",
        "a/",
        "a\\b",
        "a\n",
        "..",
        "a/../b",
        "a.",
        " a",
        ".codegen-staging/a",
        "a:b",
        "a?",
        "src/*.rs",
        "a|b",
        "src/con.rs",
        "AUX",
        "a/nul.tar.gz/b",
        "com1.txt",
        "lpt\u{b9}",
        "CONIN$",
        ".git/hooks/pre-commit",
        "a/.GIT/config",
        &"x".repeat(256),
    ] {
        assert!(wrong_path(bad).is_some(), "{bad}");
    }
    for good in [
        "src/console.rs",
        "com",
        "com10",
        "auxiliary",
        ".gitignore",
        "~",
    ] {
        assert_eq!(wrong_path(good), None, "{good}");
    }
    let place = Place::new();
    let failure = place
        .plan(&[("src/A.rs", ""), ("src/a.rs", "")])
        .unwrap_err();
    assert!(failure.message.contains("generated twice"), "{failure:?}");
}
