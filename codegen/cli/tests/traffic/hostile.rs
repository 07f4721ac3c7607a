//! Files that are no recordings, and recordings that were made to do harm.

use std::fmt::Write as _;

use serde_json::json;

use crate::Folder;

const SPEC: &str = include_str!("pets.yaml");

fn folder() -> Folder {
    let folder = Folder::new();
    folder.put("pets.yaml", SPEC.replace("VERSION", "3.0.3"));
    folder
}

/// An entry of a HAR file.
pub(crate) fn entry(method: &str, target: &str, status: i64, body: &str) -> String {
    json!({
        "request": {"method": method, "url": format!("https://pets.example.com/v1{target}"), "headers": []},
        "response": {"status": status, "headers": [],
            "content": {"mimeType": "application/json", "text": body}},
    })
    .to_string()
}

pub(crate) fn har(entries: &[String]) -> String {
    format!(
        "{{\"log\": {{\"version\": \"1.2\", \"entries\": [{}]}}}}",
        entries.join(", ")
    )
}

#[test]
fn files_that_are_no_recordings_are_rejected() {
    let folder = folder();
    let whole = har(&[entry("GET", "/pets/1", 200, "{}")]);
    let cases: [(&str, Vec<u8>, &str); 6] = [
        (
            "gzip.har",
            vec![0x1F, 0x8B, 8, 0],
            "it is compressed with gzip\nhelp: decompress it first",
        ),
        (
            "cut.har",
            whole[..whole.len() - 20].into(),
            "it is truncated (line 1, column ",
        ),
        (
            "text.har",
            b"GET /pets".to_vec(),
            "so it is not a HAR file\nhelp: expected HAR 1.2",
        ),
        ("spec.har", SPEC.into(), "it is not a HAR file"),
        (
            "types.har",
            b"{\"log\": {\"entries\": [{\"request\": \"opensesame\"}]}}".to_vec(),
            "of another type",
        ),
        (
            "deep.har",
            [b"{\"log\": ".to_vec(), b"[".repeat(1_000_000)].concat(),
            "it is not a HAR file",
        ),
    ];
    for (name, bytes, expected) in cases {
        folder.put(name, bytes);
        let run = folder.traffic(&["--spec", "pets.yaml", name, "--overlay", "fix.yaml"]);
        assert_eq!(run.code, Some(2), "{name}: {run:?}");
        assert!(run.err.contains(expected), "{name}: {}", run.err);
        assert!(!run.err.contains("opensesame"), "{}", run.err);
        assert!(!folder.path().join("fix.yaml").exists(), "{name}");
    }
    let run = folder.traffic(&["--spec", "pets.yaml", "none.har"]);
    assert!(
        run.code == Some(2) && run.err.contains("can't read the recording `none.har`"),
        "{run:?}"
    );
}

#[test]
fn bodies_that_were_made_to_do_harm_are_reported() {
    let folder = folder();
    let mut keys = String::from("{\"id\": 1, \"name\": \"a\", \"kind\": \"cat\"");
    for index in 0..3_000 {
        // Writing to a string can't fail.
        let _ = write!(keys, ", \"f{}\\u001b[31m\": 1", "x".repeat(index % 90));
    }
    keys.push('}');
    let entries = [
        entry("GET", "/pets/1", 200, &"[".repeat(100_000)),
        entry("GET", "/pets/1", 200, &keys),
        entry("GET", "/pets/1", 0, ""),
        entry("OPTIONS", "/pets/1", 204, ""),
        entry("GET", "/pets/1", 299, "{\"a\u{202e}\": 1}"),
        entry("GET\u{1b}[2J", "/pets/1", 200, ""),
        entry("GET", "/pets/%00%ff\u{202e}", 200, "{\"id\": 1e999}"),
        entry("GET", &format!("/x{}", "/%2F".repeat(1_000)), 200, "[]"),
        entry("GET", "/pets/1", 200, "<pet/>").replace("application/json", "text/xml"),
    ];
    folder.put("calls.har", har(&entries));
    let run = folder.traffic(&["--spec", "pets.yaml", "calls.har", "--overlay", "fix.yaml"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    for expected in [
        "warning[invalid-body]",
        "`Pet` has no field `redacted`",
        "1 exchange without a response",
        "1 XML document not compared",
    ] {
        assert!(run.err.contains(expected), "{expected}\n{}", run.err);
    }
    let steers = |it: char| it == '\u{202e}' || it != '\n' && it.is_control();
    assert!(
        !run.err.contains(steers) && !folder.text("fix.yaml").contains(steers),
        "{}",
        run.err
    );
}

#[test]
fn an_overlay_without_corrections_is_not_written() {
    let folder = folder();
    folder.put("calls.har", har(&[entry("GET", "/pets/1", 200, "{")]));
    let run = folder.traffic(&["--spec", "pets.yaml", "calls.har", "--overlay", "fix.yaml"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    let note = "note: there is nothing to correct: no overlay was written";
    assert!(run.err.contains(note), "{}", run.err);
    assert!(!folder.path().join("fix.yaml").exists());
}

#[test]
fn recordings_of_other_hosts_are_not_compared() {
    let folder = folder();
    let other =
        entry("GET", "/pets/1", 200, "{}").replace("pets.example.com", "proxy.example:8080");
    folder.put("calls.har", har(&[other]));
    let run = folder.traffic(&["--spec", "pets.yaml", "calls.har"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(
        run.err
            .contains("1 exchange with other hosts not compared: `proxy.example:8080`"),
        "{}",
        run.err
    );
    let run = folder.traffic(&[
        "--spec",
        "pets.yaml",
        "calls.har",
        "--server",
        "https://proxy.example:8080/v1",
    ]);
    assert_eq!(run.deviations().len(), 3, "{}", run.err);
}

#[test]
fn an_existing_overlay_is_kept() {
    let folder = folder();
    folder.put("calls.har", har(&[entry("GET", "/pets/1", 200, "{}")]));
    folder.put("fix.yaml", "mine");
    let run = folder.traffic(&["--spec", "pets.yaml", "calls.har", "--overlay", "fix.yaml"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(
        run.err.contains("the file `fix.yaml` already exists"),
        "{}",
        run.err
    );
    assert_eq!(folder.text("fix.yaml"), "mine");
}

#[test]
fn a_project_has_apis_by_name() {
    let folder = folder();
    folder.put(
        "clientsmith.toml",
        "[apis.pets]\nspec = \"pets.yaml\"\nout = \"generated\"\n",
    );
    folder.put(
        "calls.har",
        har(&[entry("GET", "/pets/mine", 200, "{\"email\": \"a\"}")]),
    );
    for arguments in [&["calls.har"][..], &["pets", "calls.har", "calls.har"]] {
        let run = folder.traffic(arguments);
        assert_eq!(run.code, Some(0), "{run:?}");
    }
    let run = folder.traffic(&["pest", "calls.har"]);
    assert!(
        run.code == Some(2) && run.err.contains("did you mean `pets`"),
        "{run:?}"
    );
    assert_eq!(folder.traffic(&["pets"]).code, Some(2));
}
