//! Where a command acts: in the nearest project, and nowhere else.

use std::collections::BTreeMap;
use std::env::consts::EXE_SUFFIX;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const PETS: &str = "openapi: 3.0.3
info: {title: Pets, version: 1.2.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [Pets]
      responses: {'204': {description: None.}}
";

/// A folder of the test's own.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().expect("a folder for the test"));
        place.put("pets.yaml", PETS);
        place
    }

    /// With a project in the folder `project`.
    fn with_project() -> Self {
        let place = Self::new();
        place.put("project/clientsmith.toml", "");
        place.put("project/spec/zoo/openapi.yaml", PETS);
        place
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder");
        fs::write(path, text).expect("the file can be written");
    }

    fn has(&self, path: &str) -> bool {
        self.at(path).exists()
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Runs the command in a folder.
    fn run(&self, folder: &str, arguments: &[&str]) -> Run {
        let program = Path::new(env!("CARGO_BIN_EXE_clientsmith"));
        self.run_program(program, folder, arguments, "")
    }

    fn run_program(&self, program: &Path, folder: &str, arguments: &[&str], input: &str) -> Run {
        let mut child = Command::new(program)
            .current_dir(self.at(folder))
            // As a shell runs it, and not cargo.
            .env_remove("CARGO_MANIFEST_DIR")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command can be started");
        let mut stdin = child.stdin.take().expect("it is piped");
        // A command that fails before it reads closes the pipe.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        Run(child.wait_with_output().expect("it ends"))
    }
}

/// What a run said.
struct Run(Output);

impl Run {
    fn out(&self) -> String {
        String::from_utf8_lossy(&self.0.stdout).into_owned()
    }

    fn err(&self) -> String {
        String::from_utf8_lossy(&self.0.stderr).into_owned()
    }

    fn succeeds(&self) {
        assert!(self.0.status.success(), "{}{}", self.out(), self.err());
    }

    fn fails(&self, code: i32, told: &str) {
        assert_eq!(self.0.status.code(), Some(code), "{}", self.err());
        assert!(self.err().contains(told), "{told}\n{}", self.err());
    }
}

/// All files below a folder, with their texts.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a readable folder") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let text = fs::read(&path).expect("a readable file");
                found.insert(path, text);
            }
        }
    }
    found
}

#[test]
fn a_copied_program_knows_nothing_of_the_checkout_in_which_it_was_compiled() {
    let place = Place::new();
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let before = [
        files(&checkout.join("generated")),
        files(&checkout.join("spec")),
    ];
    let copy = place.at(&format!("elsewhere/program{EXE_SUFFIX}"));
    fs::create_dir(place.at("elsewhere")).expect("a folder");
    fs::copy(env!("CARGO_BIN_EXE_clientsmith"), &copy).expect("a copy");
    for arguments in [
        &["codegen"][..],
        &["codegen", "--check"],
        &["codegen", "--all"],
        &["codegen", "--spec", "../pets.yaml"],
        &["new", "zoo", "--spec", "../pets.yaml"],
        &["release"],
        &["review", "HEAD"],
        &["diff", "HEAD"],
        &["package"],
    ] {
        let run = place.run_program(&copy, "elsewhere", arguments, "");
        run.fails(2, "no `clientsmith.toml` in `");
        assert_eq!(files(&place.at("elsewhere")).len(), 1, "{arguments:?}");
    }
    let after = [
        files(&checkout.join("generated")),
        files(&checkout.join("spec")),
    ];
    assert!(before == after, "the checkout was changed");
}

#[test]
fn the_nearest_project_upwards_is_meant_and_named() {
    let place = Place::with_project();
    place.put("project/a/b/notes.txt", "mine");
    place.put("project/inner/clientsmith.toml", "");
    let run = place.run("project/a/b", &["codegen"]);
    run.succeeds();
    let told = run.err();
    let note = told.strip_prefix("note: the project is `");
    let root = note.and_then(|it| it.split('`').next());
    assert!(root.is_some_and(|it| it.ends_with("project")), "{told}");
    assert!(
        run.out().contains("  wrote generated/zoo/Cargo.toml\n"),
        "{}",
        run.out()
    );
    assert!(place.has("project/generated/zoo/src/lib.rs"));
    let here = place.run("project", &["codegen", "--check"]);
    here.succeeds();
    assert!(!here.err().contains("the project is"), "{}", here.err());
    place
        .run("project/inner", &["codegen"])
        .fails(2, "the project has no API");
}

#[test]
fn root_names_another_project() {
    let place = Place::with_project();
    place.run(".", &["codegen", "--root", "project"]).succeeds();
    place
        .run(".", &["--root", "project", "codegen", "zoo", "--check"])
        .succeeds();
    let none = place.run("project", &["codegen", "--root", ".."]);
    none.fails(2, "no `clientsmith.toml` in `");
    assert!(
        none.err().contains("`clientsmith init` makes a project"),
        "{}",
        none.err()
    );
}

#[test]
fn without_a_project_paths_are_enough() {
    let place = Place::new();
    place
        .run(".", &["codegen", "--spec", "pets.yaml", "--out", "crate"])
        .succeeds();
    assert!(place.has("crate/src/pets.rs"));
    place.put("old.yaml", PETS);
    place
        .run(".", &["diff", "old.yaml", "pets.yaml"])
        .succeeds();
    let missing = place.run(".", &["codegen", "--spec", "pets.yaml"]);
    missing.fails(
        2,
        "`--spec` without `--out`: there is no folder for the crate",
    );
    assert!(
        missing.err().contains("help: add `--out DIR`"),
        "{}",
        missing.err()
    );
}

#[test]
fn a_dash_is_standard_input() {
    let place = Place::with_project();
    let program = Path::new(env!("CARGO_BIN_EXE_clientsmith"));
    let run =
        |arguments: &[&str], input: &str| place.run_program(program, "project", arguments, input);
    let made = run(&["codegen", "--spec", "-", "--out", "../crate"], PETS);
    made.succeeds();
    assert!(
        made.err().contains("note: no configuration; names are"),
        "{}",
        made.err()
    );
    assert!(place.has("crate/src/pets.rs"));
    run(&["new", "farm", "--spec", "-"], PETS).succeeds();
    assert_eq!(place.text("project/spec/farm/openapi.yaml"), PETS);
    let wrong = run(
        &["codegen", "--spec", "-", "--out", "../crate"],
        "openapi: 3.0.3\npaths: 1\n",
    );
    wrong.fails(1, "--> <stdin>:2:8");
    run(
        &["codegen", "--spec", "-", "--out", "../crate", "--watch"],
        "",
    )
    .fails(2, "`--watch` needs a file");
}

#[test]
fn only_new_downloads() {
    let place = Place::with_project();
    let url = "https://nowhere.invalid/openapi.json";
    for arguments in [
        &["codegen", "--spec", url, "--out", "crate"][..],
        &["diff", url, "spec/zoo/openapi.yaml"],
        &["diff", "spec/zoo/openapi.yaml", url],
    ] {
        let run = place.run("project", arguments);
        run.fails(2, &format!("`{url}` is a URL, and --spec needs a file"));
        assert!(
            run.err()
                .contains("`clientsmith new NAME --spec URL` downloads"),
            "{}",
            run.err()
        );
    }
}

#[test]
fn nothing_is_written_outside_of_the_project() {
    let place = Place::with_project();
    place.put("project/clientsmith.toml", "generated = \"../elsewhere\"\n");
    let run = place.run("project", &["codegen"]);
    run.fails(
        2,
        "clientsmith.toml:1:13: the path `../elsewhere` leads out of the project",
    );
    place.put(
        "project/clientsmith.toml",
        "[apis.zoo]\nout = \"/elsewhere\"\n",
    );
    place
        .run("project", &["codegen"])
        .fails(2, "is not relative to the project");
    assert!(!place.has("elsewhere"));
}

#[test]
#[cfg(unix)]
fn links_do_not_lead_out_of_the_project() {
    let place = Place::with_project();
    fs::create_dir(place.at("elsewhere")).expect("a folder");
    std::os::unix::fs::symlink(place.at("elsewhere"), place.at("project/generated"))
        .expect("a link");
    for arguments in [&["codegen"][..], &["new", "farm", "--spec", "../pets.yaml"]] {
        place
            .run("project", arguments)
            .fails(2, "is outside of the project");
    }
    assert!(files(&place.at("elsewhere")).is_empty());
    assert!(!place.has("project/spec/farm"));
    // What an argument says is meant.
    place
        .run("project", &["codegen", "--out", "../elsewhere/zoo"])
        .succeeds();
    assert!(place.has("elsewhere/zoo/Cargo.toml"));
}

#[test]
fn an_empty_folder_becomes_a_project() {
    let place = Place::new();
    fs::create_dir(place.at("empty")).expect("a folder");
    let made = place.run("empty", &["init"]);
    made.succeeds();
    assert!(
        made.out().contains("clientsmith new NAME --spec FILE|URL"),
        "{}",
        made.out()
    );
    place
        .run("empty", &["new", "zoo", "--spec", "../pets.yaml"])
        .succeeds();
    let manifest = place.text("empty/Cargo.toml");
    assert_eq!(
        manifest,
        "[workspace]\nresolver = \"3\"\nmembers = [\"generated/zoo\"]\n"
    );
    // What cargo and `package` build isn't committed.
    assert_eq!(place.text("empty/.gitignore"), "/target\n");
    place.run("empty", &["codegen", "--check"]).succeeds();
    let again = place.run("empty", &["init"]);
    again.fails(2, "already has a `clientsmith.toml`");
    let nowhere = place.run(".", &["init", "--root", "nowhere"]);
    nowhere.fails(2, "no such folder: `");
}

#[test]
fn a_list_of_what_git_ignores_stays_as_it_is() {
    let place = Place::new();
    place.put("empty/.gitignore", "*.log\n");
    let made = place.run("empty", &["init"]);
    made.succeeds();
    assert_eq!(place.text("empty/.gitignore"), "*.log\n");
    assert!(!made.out().contains(".gitignore"), "{}", made.out());
    assert!(place.has("empty/Cargo.toml"));
}

#[test]
fn a_workspace_and_a_crate_stay_as_they_are() {
    let place = Place::new();
    let workspace = "[workspace]\nmembers = [\"a\"]\n";
    let package = "[package]\nname = \"a\"\nversion = \"0.1.0\"\n";
    for (manifest, after, told) in [
        (
            workspace,
            "[workspace]\nmembers = [\"a\", \"generated/zoo\"]\n",
            "a new workspace member",
        ),
        (
            package,
            package,
            "`cargo add --path generated/zoo` makes the crate a dependency",
        ),
    ] {
        let place = Place::new();
        place.put("Cargo.toml", manifest);
        place.run(".", &["init"]).succeeds();
        assert_eq!(place.text("Cargo.toml"), manifest);
        assert!(!place.has(".gitignore"), "{manifest}");
        let new = place.run(".", &["new", "zoo", "--spec", "pets.yaml"]);
        new.succeeds();
        assert!(
            new.out().contains(told) || new.err().contains(told),
            "{}{}",
            new.out(),
            new.err()
        );
        assert_eq!(place.text("Cargo.toml"), after);
    }
    // In a folder of a workspace.
    place.put("Cargo.toml", workspace);
    fs::create_dir(place.at("below")).expect("a folder");
    let below = place.run("below", &["init"]);
    below.succeeds();
    assert!(
        below
            .err()
            .contains("Cargo.toml` is outside of the project"),
        "{}",
        below.err()
    );
    assert!(!place.has("below/Cargo.toml"));
}

#[test]
fn of_several_apis_one_has_to_be_named_or_listed() {
    let place = Place::with_project();
    place.put("project/spec/farm/openapi.yaml", PETS);
    let several = place.run("project", &["codegen"]);
    several.fails(2, "the project has several APIs, and none was named");
    assert!(
        several.err().contains("name one of `farm`, `zoo`"),
        "{}",
        several.err()
    );
    place.put("project/clientsmith.toml", "[apis.zoo]\n");
    place.run("project", &["codegen"]).succeeds();
    assert!(place.has("project/generated/zoo") && !place.has("project/generated/farm"));
}

#[test]
fn help_and_messages_name_the_program_that_was_run() {
    let place = Place::new();
    let cargo = Path::new(env!("CARGO_BIN_EXE_cargo-clientsmith"));
    let run = |arguments: &[&str]| place.run_program(cargo, ".", arguments, "");
    let help = run(&["clientsmith", "codegen", "--help"]).out();
    assert!(
        help.contains("Usage: cargo clientsmith codegen [OPTIONS]"),
        "{help}"
    );
    assert!(
        help.contains("      cargo clientsmith codegen --watch\n"),
        "{help}"
    );
    assert!(
        !help.contains("{command}") && !help.contains("xtask"),
        "{help}"
    );
    let failed = run(&["clientsmith", "release"]);
    failed.fails(2, "`cargo clientsmith init` makes a project");
    let help = place.run(".", &["release", "--help"]).out();
    assert!(help.contains("as `clientsmith diff` does"), "{help}");
    assert!(
        help.contains("Usage: clientsmith release [OPTIONS]"),
        "{help}"
    );
}
