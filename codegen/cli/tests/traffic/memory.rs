//! Large recordings take no more memory than small ones.

#![cfg(unix)]

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::process::{Command, Stdio};

use wait4::Wait4 as _;

use crate::Folder;
use crate::hostile::entry;

/// Writes a recording of so many megabytes.
fn write(folder: &Folder, name: &str, megabytes: usize) {
    let pets = format!(
        "[{}]",
        vec![r#"{"id": 1, "name": "Rex", "kind": "dog"}"#; 500].join(",")
    );
    let body = format!("{{\"items\": {pets}, \"total\": 500}}");
    let entry = entry("GET", "/pets", 200, &body);
    let file = File::create(folder.path().join(name)).expect("the file can be written");
    let mut file = BufWriter::new(file);
    file.write_all(b"{\"log\": {\"entries\": [")
        .expect("it can be written");
    for index in 0..megabytes * 1_000_000 / entry.len() {
        let comma = if index == 0 { "" } else { ",\n" };
        file.write_all([comma, &entry].concat().as_bytes())
            .expect("it can be written");
    }
    file.write_all(b"]}}").expect("it can be written");
}

/// The most memory that the command took, in bytes.
fn peak(folder: &Folder, name: &str) -> u64 {
    let mut child = Command::new(env!("CARGO_BIN_EXE_clientsmith"))
        .current_dir(folder.path())
        .args(["traffic", "--spec", "pets.yaml", name])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command can be started");
    let ended = child.wait4().expect("it ends");
    // The header of a required parameter is missing.
    assert_eq!(ended.status.code(), Some(1));
    ended.rusage.maxrss
}

#[test]
fn memory_does_not_grow_with_the_recording() {
    /// What an allocator may keep more of one run than of another.
    const SLACK: u64 = 2_000_000;
    let folder = Folder::new();
    folder.put(
        "pets.yaml",
        include_str!("pets.yaml").replace("VERSION", "3.0.3"),
    );
    write(&folder, "small.har", 2);
    write(&folder, "large.har", 20);
    let (small, large) = (peak(&folder, "small.har"), peak(&folder, "large.har"));
    assert!(large < small + SLACK, "{large} bytes instead of {small}");
}
