//! `clientsmith docs-check` as who runs it sees it: what it says, and its exit status.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// What one run said on both streams, and its exit status.
struct Run {
    out: String,
    err: String,
    status: Option<i32>,
}

fn run(arguments: &[&str]) -> Run {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let output = Command::new(env!("CARGO_BIN_EXE_clientsmith"))
        .current_dir(root)
        .arg("docs-check")
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the command can be started");
    Run {
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
        status: output.status.code(),
    }
}

#[test]
fn pages_that_agree_are_said_to() {
    let spec = "tests/pages/batches/batches.yaml";
    let found = run(&["tests/pages/batches", "--spec", spec]);
    assert_eq!(found.err, "");
    assert_eq!(
        found.out,
        "the pages and `tests/pages/batches/batches.yaml` agree: 4 pages, 6 operations, 35 parameters, \
         155 fields, 104 values, 15 examples compared\n"
    );
    assert_eq!(found.status, Some(0));
}

#[test]
fn a_difference_fails_and_is_told_to_machines_too() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("photo.md");
    let text = fs::read_to_string("../../tests/pages/zoo/photo.md").unwrap();
    fs::write(
        &page,
        text.replace("score: number", "score: optional number"),
    )
    .unwrap();
    let page = page.to_str().unwrap();
    let spec = ["--spec", "tests/pages/zoo/zoo.yaml"];
    let found = run(&[page, spec[0], spec[1]]);
    assert!(found.err.contains("--> "), "{}", found.err);
    assert!(found.err.contains("photo.md:17:1\n"), "{}", found.err);
    assert!(
        found.err.contains("::: tests/pages/zoo/zoo.yaml:133:19\n"),
        "{}",
        found.err
    );
    assert!(
        found
            .err
            .contains("error: 1 difference between the pages and `tests/pages/zoo/zoo.yaml`\n"),
        "{}",
        found.err
    );
    assert_eq!((found.out.as_str(), found.status), ("", Some(1)));

    let found = run(&[page, spec[0], spec[1], "--json"]);
    let told: serde_json::Value = serde_json::from_str(&found.out).unwrap();
    assert_eq!(told["differences"][0]["kind"], "optional");
    assert_eq!(told["differences"][0]["page"]["line"], 17);
    assert_eq!(told["differences"][0]["spec"]["line"], 133);
    assert_eq!(told["compared"]["operations"], 1);
    assert_eq!(found.status, Some(1));
}

#[test]
fn pages_that_are_no_pages_are_arguments_that_are_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let words = write("words.md", b"# Words\n");
    let latin = write("latin.md", b"## Get\n\n\xe9\n");
    let broken = write(
        "broken.md",
        b"## Get\n\n**get** `/cats`\n\n### Returns\n\n- `id: `\n",
    );
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    for (path, said) in [
        ("no/such.md", "no such page: `no/such.md`"),
        (&*words, "describes no operation"),
        (&*latin, "the first invalid byte is on line 3, at offset 8"),
        (&*broken, "broken.md:7:1"),
        (empty.to_str().unwrap(), "contains no .md file"),
    ] {
        let found = run(&[path]);
        assert!(found.err.contains(said), "{said}: {}", found.err);
        assert_eq!(found.status, Some(2), "{said}");
    }
    assert_eq!(run(&[]).status, Some(2));
}

#[test]
fn of_a_folder_pages_without_an_operation_are_passed_over_with_a_note() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.md"), "# Words\n").unwrap();
    let page = "../../tests/pages/batches/get-batch.http.md";
    fs::copy(page, folder.path().join("b.md")).unwrap();
    let spec = "tests/pages/batches/batches.yaml";
    let found = run(&[folder.path().to_str().unwrap(), "--spec", spec]);
    assert!(found.err.starts_with("note: "), "{}", found.err);
    assert!(
        found.err.contains("a.md` describes no operation"),
        "{}",
        found.err
    );
    assert!(
        found.out.contains(" agree: 1 page, 1 operation, "),
        "{}",
        found.out
    );
    assert_eq!(found.status, Some(0));
}

#[test]
fn a_draft_is_written_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("draft.yaml");
    let arguments = [
        "tests/pages/zoo/photo.md",
        "--draft",
        file.to_str().unwrap(),
    ];
    let found = run(&arguments);
    assert_eq!((found.err.as_str(), found.status), ("", Some(0)));
    let text = fs::read_to_string(&file).unwrap();
    assert!(
        text.contains("# from tests/pages/zoo/photo.md:3\n"),
        "{text}"
    );
    assert_eq!(run(&arguments[..2]).out, text);
    let found = run(&arguments);
    assert!(found.err.contains("already exists"), "{}", found.err);
    assert_eq!(found.status, Some(1));
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
}

#[test]
fn configuration_of_an_api_is_where_the_project_says() {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    put(
        "clientsmith.toml",
        "[apis.zoo]\nspec = \"zoo.yaml\"\nconfig = \"settings/zoo.toml\"\n",
    );
    let spec = fs::read_to_string("../../tests/pages/zoo/zoo.yaml").unwrap();
    put("zoo.yaml", &spec);
    put(
        "settings/zoo.toml",
        "overlays = [\"fix.yaml\"]\n[package]\nname = \"zoo\"\nversion = \"0.1.0\"\n",
    );
    put(
        "settings/fix.yaml",
        "overlay: 1.0.0\ninfo: {title: Fixes, version: '1'}\nactions:\n\
         - {target: $.paths, update: {/lost: {get: {responses: {'204': {description: None.}}}}}}\n",
    );
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/pages/zoo");
    let (root, pages) = (folder.path().to_str().unwrap(), pages.to_str().unwrap());
    let found = run(&[pages, "--all", "--root", root]);
    assert!(found.err.contains("/lost"), "{}", found.err);
}
