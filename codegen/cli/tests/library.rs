//! The library as another workspace uses it: the `xtask` that README.md shows.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const PETS: &str = "openapi: 3.0.3
info: {title: Petstore, version: 1.2.0}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [Pets]
      responses: {'204': {description: None.}}
";

/// A workspace with a description and an `xtask`.
struct Workspace(tempfile::TempDir);

impl Workspace {
    fn new() -> Self {
        let workspace = Self(tempfile::tempdir().expect("a folder for the test"));
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let readme = fs::read_to_string(package.join("README.md")).expect("it is there");
        let (_, program) = readme.split_once("```rust,no_run\n").expect("an example");
        let (program, _) = program.split_once("```").expect("its end");
        assert!(program.lines().count() <= 16, "{program}");
        workspace.put("xtask/src/main.rs", program);
        workspace.put("spec/openapi.yaml", PETS);
        // What is built of the dependencies is that of the project, so it has the same profile; the name is no
        // program of the project.
        workspace.put(
            "Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"xtask\"]\n\n\
             [profile.dev]\ndebug = \"line-tables-only\"\n",
        );
        let path = toml_text(package);
        workspace.put(
            "xtask/Cargo.toml",
            &format!(
                "[package]\nname = \"clientsmith-readme\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
                 [dependencies]\nclientsmith = {{ path = {path}, default-features = false }}\n"
            ),
        );
        // The versions that are on this machine.
        let lock = package.join("../../Cargo.lock");
        fs::copy(lock, workspace.at("Cargo.lock")).expect("it can be copied");
        workspace
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder");
        fs::write(path, text).expect("the file can be written");
    }

    /// Runs the `xtask`.
    fn run(&self, arguments: &[&str]) -> Output {
        let program = Path::new(env!("CARGO_BIN_EXE_clientsmith"));
        let target = program
            .ancestors()
            .nth(2)
            .expect("it is below a target folder");
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        Command::new(cargo)
            .args([
                "run",
                "--quiet",
                "--offline",
                "--package",
                "clientsmith-readme",
                "--target-dir",
            ])
            .arg(target)
            .arg("--")
            .args(arguments)
            .current_dir(self.0.path())
            .stdin(Stdio::null())
            .output()
            .expect("cargo can be started")
    }
}

/// A path as a string of TOML.
fn toml_text(path: &Path) -> String {
    format!("{:?}", path.display().to_string())
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn an_xtask_of_another_workspace_writes_and_checks() {
    let workspace = Workspace::new();
    let outdated = workspace.run(&["--check"]);
    assert_eq!(outdated.status.code(), Some(1), "{}", err(&outdated));
    assert!(
        err(&outdated)
            .contains("Error: `crates/petstore` is out of date\n  .codegen-manifest: missing\n"),
        "{}",
        err(&outdated)
    );
    let first = workspace.run(&[]);
    assert!(first.status.success(), "{}", err(&first));
    assert!(
        out(&first).contains("wrote crates/petstore/src/pets.rs\n"),
        "{}",
        out(&first)
    );
    // A file of somebody else's, and one that is no longer generated.
    workspace.put("crates/petstore/notes.txt", "mine");
    let again = workspace.run(&["--check"]);
    assert!(again.status.success(), "{}", err(&again));
    workspace.put("spec/openapi.yaml", &PETS.replace("/pets", "/zoo"));
    let second = workspace.run(&[]);
    assert!(second.status.success(), "{}", err(&second));
    assert!(!workspace.at("crates/petstore/src/pets.rs").exists());
    assert!(workspace.at("crates/petstore/notes.txt").exists());
    // The command is of one mind with it.
    let checked = Command::new(env!("CARGO_BIN_EXE_clientsmith"))
        .args([
            "codegen",
            "--check",
            "--spec",
            "spec/openapi.yaml",
            "--out",
            "crates/petstore",
        ])
        .current_dir(workspace.0.path())
        .stdin(Stdio::null())
        .output()
        .expect("the command can be started");
    assert!(
        checked.status.success(),
        "{}{}",
        out(&checked),
        err(&checked)
    );

    workspace.put("spec/openapi.yaml", "openapi: 3.0.3\npaths: 1\n");
    let wrong = workspace.run(&[]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(
        err(&wrong).contains("--> spec/openapi.yaml:2:8\n"),
        "{}",
        err(&wrong)
    );
    assert!(workspace.at("crates/petstore/src/zoo.rs").exists());
}

#[test]
fn overlays_of_the_configuration_are_applied_and_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    put(
        "openapi.yaml",
        "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths: {}\n",
    );
    put(
        "sdk.toml",
        "overlays = [\"fix.yaml\"]\n[package]\nname = \"pets\"\nversion = \"0.1.0\"\n",
    );
    let action = |target: &str| {
        format!(
            "overlay: 1.1.0\ninfo: {{title: Fixes, version: '1'}}\n\
             actions: [{{target: {target}, update: {{title: Zoo}}}}]\n"
        )
    };
    put("fix.yaml", &action("$.info"));
    let read = || clientsmith::Generator::read(folder.path().join("openapi.yaml"));
    let files = read()
        .expect("it is read")
        .generate()
        .expect("it is generated");
    let manifest = files.iter().find(|file| file.path == "Cargo.toml");
    let manifest = manifest.expect("there is a manifest");
    assert!(
        manifest.text.contains("Client for Zoo"),
        "{}",
        manifest.text
    );
    put("fix.yaml", &action("$.gone"));
    let errors = read().expect("it is read").deny_warnings(true).generate();
    let errors = errors.expect_err("there is a warning").to_string();
    assert!(errors.contains("fix.yaml:3:"), "{errors}");
    fs::remove_file(folder.path().join("fix.yaml")).expect("it is there");
    assert!(read().is_err_and(|errors| errors.to_string().contains("fix.yaml")));
}
