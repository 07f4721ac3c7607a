//! `clientsmith diff` of two files: places in documents of one line, and what `--fail-on` refuses.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A description on one line.
fn spec(values: &str, longest: u32) -> String {
    format!(
        r##"{{"openapi":"3.1.0","info":{{"title":"Ships","version":"1"}},"servers":[{{"url":"https://ships.example.com"}}],"paths":{{"/ships":{{"get":{{"operationId":"listShips","tags":["ships"],"responses":{{"200":{{"description":"All.","content":{{"application/json":{{"schema":{{"type":"array","items":{{"$ref":"#/components/schemas/State"}}}}}}}}}}}}}},"post":{{"operationId":"createShip","tags":["ships"],"requestBody":{{"required":true,"content":{{"application/json":{{"schema":{{"$ref":"#/components/schemas/NewShip"}}}}}}}},"responses":{{"204":{{"description":"Done."}}}}}}}}}},"components":{{"schemas":{{"State":{{"type":"string","enum":[{values}]}},"NewShip":{{"type":"object","properties":{{"name":{{"type":"string","maxLength":{longest}}}}}}}}}}}}}"##
    )
}

fn diff(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_clientsmith"))
        .current_dir(folder)
        .args(["diff", "old.json", "new.json"])
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the command can be started")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn folder(new: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let write = |name, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    write("old.json", &spec("\"moored\"", 40));
    write("new.json", new);
    folder
}

#[test]
fn places_in_long_lines_have_their_pointers() {
    let folder = folder(&spec("\"moored\",\"sunk\"", 40));
    let table = out(&diff(folder.path(), &[]));
    let line = table.lines().find(|line| line.contains("at  "));
    let line = line.expect("a change has a place");
    assert!(line.contains("new.json:1:"), "{table}");
    assert!(
        line.ends_with(" /components/schemas/State/enum/1"),
        "{table}"
    );
    let markdown = out(&diff(folder.path(), &["--format", "markdown"]));
    assert!(
        markdown.contains("| `new.json` at `/components/schemas/State/enum/1` |"),
        "{markdown}"
    );
}

#[test]
fn changes_that_break_clients_fail_where_that_is_asked_for() {
    let shorter = folder(&spec("\"moored\"", 30));
    let shorter = shorter.path();
    assert_eq!(
        diff(shorter, &["--fail-on", "minor"]).status.code(),
        Some(0)
    );
    let refused = diff(shorter, &["--fail-on", "wire"]);
    assert_eq!(refused.status.code(), Some(1));
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        told.contains("error: 1 change breaks existing clients"),
        "{told}"
    );
    assert!(
        out(&refused).contains("NewShip.name must now have at most 30 characters instead of 40\n"),
        "{}",
        out(&refused)
    );
    let longer = folder(&spec("\"moored\"", 50));
    let longer = longer.path();
    assert_eq!(diff(longer, &["--fail-on", "wire"]).status.code(), Some(0));
    assert_eq!(diff(longer, &["--fail-on", "patch"]).status.code(), Some(1));
}
