//! What fuzzing looks for holds for its seeds, among them all inputs for which it once didn't.

use std::fs;
use std::path::{Path, PathBuf};

#[path = "../fuzz/src/lib.rs"]
mod fuzz;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz")
        .join(name)
}

/// The names in a folder, in order.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| {
            let name = entry.expect("the folder can be read").file_name();
            name.into_string().expect("names are plain")
        })
        .collect();
    names.sort();
    names
}

/// Checks the seeds of a target.
fn check(target: &str, property: fn(&[u8])) {
    let folder = folder("seeds").join(target);
    for name in names(&folder) {
        let bytes = fs::read(folder.join(&name)).expect("a seed can be read");
        // Shown where the test fails, and tells which seed it was.
        println!("{target}/{name}");
        property(&bytes);
    }
}

/// A test for each target, so that each fails by its name.
macro_rules! targets {
    ($($target:ident,)*) => {
        const TESTED: &[&str] = &[$(stringify!($target)),*];

        $(#[test]
        fn $target() {
            check(stringify!($target), fuzz::$target::check);
        })*
    };
}

targets! {
    batch_edits,
    batches,
    config,
    date_time,
    document,
    events,
    generate,
    links,
    responses,
    retry_after,
}

#[test]
fn every_target_is_tested() {
    assert_eq!(names(&folder("seeds")), TESTED);
    let programs: Vec<String> = TESTED.iter().map(|name| format!("{name}.rs")).collect();
    assert_eq!(names(&folder("targets")), programs);
}
