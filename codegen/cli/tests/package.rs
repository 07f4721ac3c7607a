//! `clientsmith package` where there is nothing to package. What it does with a crate takes a build,
//! which CI does by calling it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn package(folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_clientsmith"))
        .args(["package", "--dir"])
        .arg(folder)
        .output()
        .expect("the program can be started")
}

fn said(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_folder_without_a_crate_is_a_wrong_argument() {
    let folder = tempfile::tempdir().unwrap();
    let said = said(&package(folder.path()));
    assert!(said.starts_with("error: no crate in "), "{said}");
    assert!(said.contains("help: pass the folder"), "{said}");
}

#[test]
fn a_manifest_that_is_none_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = folder.path().join("Cargo.toml");
    fs::write(&manifest, "[package]\nname = \"a\"\nversion = 1\n").unwrap();
    let without_version = said(&package(folder.path()));
    assert!(
        without_version.contains("Cargo.toml: `package.version` is not a string"),
        "{without_version}"
    );
    fs::write(&manifest, "[package\n").unwrap();
    let broken = said(&package(folder.path()));
    assert!(broken.contains("Cargo.toml: TOML parse error"), "{broken}");
}
