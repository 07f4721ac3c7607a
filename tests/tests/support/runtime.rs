//! The sources of the runtime, as they are copied into emitted crates.

use std::fs;
use std::path::{Path, PathBuf};

/// Path and text of each module, without its tests.
pub fn files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    read(&root().join("src"), &mut files);
    files.sort();
    assert!(files.len() > 50, "the runtime is found: {}", files.len());
    files
}

/// The folder of its crate.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/runtime")
}

fn read(folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            if !path.ends_with("tests") {
                read(&path, files);
            }
        } else {
            let text = fs::read_to_string(&path).expect("a readable file");
            files.push((path.display().to_string(), text));
        }
    }
}
