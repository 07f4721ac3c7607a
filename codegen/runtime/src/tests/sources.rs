//! What the crate hands out to the generator is what is in its folder.

use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::{MANIFEST, SOURCES, source};

/// Files that no emitted crate has.
const OWN: [&str; 3] = ["lib", "root", "sources"];

/// The paths of all files below a folder, without their endings.
fn modules(root: &Path, folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path: PathBuf = entry.expect("a readable entry").path();
        let below = path.strip_prefix(root).expect("it is below");
        let names = below.with_extension("");
        let names: Vec<_> = names.iter().map(|it| it.to_string_lossy()).collect();
        let name = names.join("/");
        if path.is_dir() {
            if name != "tests" {
                modules(root, &path, found);
            }
        } else if !OWN.contains(&name.as_str()) {
            found.push(name);
        }
    }
}

#[test]
fn every_module_is_handed_out() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    modules(&root, &root, &mut found);
    found.sort();
    let listed: Vec<&str> = SOURCES.iter().map(|(path, _)| *path).collect();
    assert_eq!(listed, found);
    for path in found {
        let text = fs::read_to_string(root.join(format!("{path}.rs"))).expect("a readable file");
        assert_eq!(source(&path), Some(text.as_str()), "{path}");
    }
    assert_eq!(source("date/nowhere"), None);
    assert_eq!(source(""), None);
}

fn table(text: &str) -> Table {
    text.parse().expect("it is TOML")
}

/// What an entry of `[dependencies]` says.
fn entry(value: &Value) -> Table {
    match value {
        Value::Table(table) => table.clone(),
        version => Table::from_iter([("version".to_owned(), version.clone())]),
    }
}

#[test]
fn emitted_crates_get_the_features_and_dependencies_that_are_tested_here() {
    let (emitted, own) = (table(MANIFEST), table(include_str!("../../Cargo.toml")));
    let dependencies = |manifest: &Table| manifest["dependencies"].as_table().cloned();
    let (emitted_ones, own_ones) = (dependencies(&emitted), dependencies(&own));
    let (emitted_ones, own_ones) = (emitted_ones.expect("a table"), own_ones.expect("a table"));
    assert!(emitted_ones.keys().eq(own_ones.keys()));
    let mut always = Vec::new();
    for (name, value) in &emitted_ones {
        let mut expected = entry(value);
        if expected
            .insert("optional".to_owned(), true.into())
            .is_none()
        {
            always.push(Value::from(format!("dep:{name}")));
        }
        assert_eq!(entry(&own_ones[name]), expected, "{name}");
    }
    let mut features = own["features"].as_table().cloned().expect("a table");
    assert_eq!(features.remove("client"), Some(Value::from(always)));
    let default = features["default"].as_array_mut().expect("an array");
    assert_eq!(default.remove(0), Value::from("client"));
    assert_eq!(Some(&features), emitted["features"].as_table());
}
