//! `cargo xtask corpus` as it is used: the program over a folder of descriptions.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn corpus(arguments: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("corpus")
        .args(arguments)
        .output()
        .expect("the program can be started")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures")
}

#[test]
fn all_fixtures_are_generated_and_counted() {
    let scratch = tempfile::tempdir().unwrap();
    let json = scratch.path().join("report.json");
    let output = corpus(&[&fixtures(), Path::new("--json"), &json]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stderr), "", "no progress without a terminal");
    let shown = text(&output.stdout);
    assert!(shown.contains(" 0 rejected, 0 failed; "), "{shown}");
    assert!(!shown.contains('\u{1b}'), "no colours without a terminal");

    let report: Value = serde_json::from_str(&fs::read_to_string(&json).unwrap()).unwrap();
    let descriptions = report["descriptions"].as_array().unwrap();
    assert_eq!(
        descriptions.len(),
        fs::read_dir(fixtures()).unwrap().count()
    );
    let find = |name: &str| descriptions.iter().find(|it| it["name"] == name).unwrap();
    let minimal = find("minimal");
    assert_eq!(minimal["outcome"], "generated");
    assert_eq!(minimal["operations"], 0);
    assert!(minimal["lines"].as_u64() < minimal["lines_with_runtime"].as_u64());
    assert_eq!(find("enums-mixed")["loosened"]["enum"], 2);
    if cfg!(target_os = "linux") {
        assert!(minimal["peak_kib"].as_u64() > Some(0));
    }
}

#[test]
fn a_rejected_description_is_told_with_its_place_and_fails_only_where_asked() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bad.yaml"), "openapi: 3.0.3\npaths: 1\n").unwrap();
    fs::write(folder.path().join("latin.yaml"), b"openapi: \xe9\n").unwrap();
    let output = corpus(&[folder.path()]);
    let shown = text(&output.stdout);
    assert!(output.status.success(), "{shown}");
    assert!(shown.contains("bad.yaml:2:"), "{shown}");
    assert!(shown.contains("is not UTF-8"), "{shown}");
    assert!(shown.contains("2 rejected, 0 failed"), "{shown}");
    let output = corpus(&[folder.path(), Path::new("--strict")]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_description_that_takes_too_long_or_too_much_fails_and_the_others_are_told() {
    let all = fixtures();
    let run = |option: &str, limit: &str| {
        let one = ["--only", "auth-*", option, limit].map(Path::new);
        let output = corpus(&[&[all.as_path()], &one[..]].concat());
        assert_eq!(output.status.code(), Some(1));
        text(&output.stdout)
    };
    let shown = run("--limit", "0");
    assert!(shown.contains("auth-none: took longer than 0 s"), "{shown}");
    let names = fs::read_dir(&all)
        .unwrap()
        .map(|it| it.unwrap().file_name());
    let count = names
        .filter(|it| it.to_string_lossy().starts_with("auth-"))
        .count();
    let summary = format!("0 generated, 0 rejected, {count} failed");
    assert!(shown.contains(&summary), "{shown}");
    if cfg!(target_os = "linux") {
        let shown = run("--memory", "1");
        assert!(
            shown.contains("auth-none: used more than 1 MiB of memory"),
            "{shown}"
        );
    }
}

#[test]
fn wrong_arguments_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let told = |arguments: &[&Path]| {
        let output = corpus(arguments);
        assert_eq!(output.status.code(), Some(2));
        text(&output.stderr)
    };
    assert!(told(&[folder.path()]).contains("no OpenAPI description in"));
    assert!(told(&[&folder.path().join("no")]).contains("no such folder"));
    let wrong = told(&[&fixtures(), Path::new("--only"), Path::new("enum")]);
    assert!(wrong.contains("no description is named `enum`"), "{wrong}");
    assert!(wrong.contains("similar names: `enums-integer`"), "{wrong}");
}
