//! What `diff` says of an edit, held against cargo-semver-checks: `cargo install cargo-semver-checks`,
//! then `cargo test -p tests --test public_api semver -- --ignored`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use codegen::Effect;

use crate::edits;
use crate::verdicts::{difference, write_crate};

const TYPES: &str = "it doesn't compare the types of fields, arguments and aliases";

/// Where the two say different things, `diff` always the worse: why.
const EXPLAINED: &[(&str, &str)] = &[
    ("a parameter of another type", TYPES),
    ("another answer", TYPES),
    ("an answer where there was none", TYPES),
    ("items of another type", TYPES),
    ("a required field can be null", TYPES),
    ("a field of another type", TYPES),
    ("a narrower number", TYPES),
    ("fields in another order", TYPES),
    ("an alias of another type", TYPES),
    ("a type is sent too", TYPES),
    ("an enum for a text that is sent", TYPES),
    ("a union for a text that is sent", TYPES),
    ("a webhook more", TYPES),
    ("a list for a text of the query", TYPES),
    ("a list for a text that is not exploded", TYPES),
    ("a list of numbers for a text", TYPES),
    ("a text for a number of the query", TYPES),
    ("a number for a text of the query", TYPES),
    ("values for a text of the query", TYPES),
    ("several types for one that is sent", TYPES),
    ("several types for one that is received", TYPES),
    ("an alternative to a schema that is sent", TYPES),
    ("a struct for a map that is sent", TYPES),
    (
        "another end of a wait",
        "the same program ends its wait elsewhere",
    ),
    (
        "another variable",
        "a variable of the environment is in nobody's code",
    ),
    (
        "features",
        "it looks at the crate with its default features, which have everything",
    ),
];

/// Whether cargo-semver-checks would let a crate take the place of another one without a step of
/// the major version, and if not, why.
fn breaks(old: &Path, new: &Path, target: &Path) -> Option<String> {
    let output = Command::new("cargo")
        .args([
            "semver-checks",
            "--release-type",
            "minor",
            "--color",
            "never",
        ])
        .args(["--default-features", "--baseline-root"])
        .arg(old)
        .arg("--manifest-path")
        .arg(new.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo-semver-checks");
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("Summary"), "{text}");
    let lints = text.lines().filter(|it| it.starts_with("--- failure"));
    let lints: Vec<&str> = lints.collect();
    (!output.status.success()).then(|| lints.join("; "))
}

#[test]
#[ignore = "needs cargo-semver-checks, and compiles each edit"]
fn what_is_said_of_an_edit_is_what_cargo_semver_checks_says() {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("semver");
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (folder.path().join("old"), folder.path().join("new"));
    // All of them take a quarter of an hour: `SEMVER_EDITS=20..30` is some.
    let some = std::env::var("SEMVER_EDITS").unwrap_or_default();
    let (from, to) = some.split_once("..").unwrap_or_default();
    let some = from.parse().unwrap_or(0)..to.parse().unwrap_or(usize::MAX);
    let mut wrong = Vec::new();
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    // It compares crates of one name only.
    let edits = edits::all().filter(|it| it.name != "another name of the crate");
    for (_, edit) in edits.enumerate().filter(|(index, _)| some.contains(index)) {
        let (spec, config) = edit.texts();
        for folder in [&old, &new] {
            if folder.exists() {
                fs::remove_dir_all(folder).unwrap();
            }
        }
        write_crate(&old, edit.base.spec, edit.base.config);
        write_crate(&new, &spec, &config);
        let said = difference(edit).rust() == Effect::Breaking;
        let seen = breaks(&old, &new, &target);
        let line = format!("{}: said to break: {said}; seen: {seen:?}", edit.name);
        println!("{line}");
        let is_explained = EXPLAINED.iter().any(|(name, _)| *name == edit.name);
        let outcome = match (said == seen.is_some(), is_explained) {
            (true, false) => "same",
            (false, true) => "explained",
            _ => "wrong",
        };
        *counted.entry(outcome).or_default() += 1;
        if outcome == "wrong" {
            wrong.push(line);
        }
    }
    println!("{counted:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
