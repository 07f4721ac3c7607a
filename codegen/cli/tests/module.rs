//! `codegen --module`: one file among those of somebody's crate.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

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

/// A crate of somebody's.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().expect("a folder for the test"));
        place.put("pets.yaml", PETS);
        place.put("src/main.rs", "fn main() {}\n");
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

    fn files(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.at(folder)).expect("a folder");
        let mut names: Vec<String> = entries
            .map(|it| {
                it.expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    }

    /// Runs the command: its status, and what it prints.
    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_clientsmith"))
            .current_dir(self.0.path())
            .args(arguments)
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .output()
            .expect("the command can be started");
        let text = [output.stdout, output.stderr].concat();
        let text = String::from_utf8_lossy(&text).into_owned();
        (output.status.code().unwrap_or(-1), text)
    }

    fn module(&self, out: &str, more: &[&str]) -> (i32, String) {
        let arguments = ["codegen", "--spec", "pets.yaml", "--module", "--out", out];
        self.run(&[&arguments[..], more].concat())
    }
}

#[test]
fn a_module_is_written_beside_other_files() {
    let place = Place::new();
    let (code, text) = place.module("src/zoo.rs", &["--check"]);
    assert_eq!(code, 1, "{text}");
    assert_eq!(place.files("src"), ["main.rs"]);
    let (code, text) = place.module("src/zoo.rs", &[]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("  wrote src/zoo.rs\n"), "{text}");
    // What the crate around it needs, without a feature or a dependency that the module has no use for.
    assert!(text.contains("\n  [dependencies]\n"), "{text}");
    assert!(
        text.contains("\n  clientsmith-runtime = \"0.1.0\"\n"),
        "{text}"
    );
    assert!(
        !text.contains("optional") && !text.contains("bytes"),
        "{text}"
    );
    assert_eq!(place.files("src"), ["main.rs", "zoo.rs"]);
    let module = fs::read_to_string(place.at("src/zoo.rs")).expect("it is there");
    assert!(
        module.contains("//     clientsmith-runtime = \"0.1.0\"\n"),
        "{module}"
    );
    let (code, text) = place.module("src/zoo.rs", &["--check"]);
    assert_eq!(code, 0, "{text}");
    assert!(!text.contains("[dependencies]"), "{text}");

    // In a folder it has the name of the package; a change replaces it.
    let (code, text) = place.module("src", &[]);
    assert_eq!(
        (code, text.contains("  wrote src/pets.rs\n")),
        (0, true),
        "{text}"
    );
    place.put("pets.yaml", &PETS.replace("/pets:", "/cats:"));
    let (code, text) = place.module("src/zoo.rs", &[]);
    assert_eq!(code, 0, "{text}");
    let changed = fs::read_to_string(place.at("src/zoo.rs")).expect("it is there");
    assert!(
        changed.contains("GET \"/cats\"") && !changed.contains("\"/pets\""),
        "{changed}"
    );
    assert_eq!(place.files("src"), ["main.rs", "pets.rs", "zoo.rs"]);
}

#[test]
fn files_of_somebody_else_are_kept() {
    let place = Place::new();
    let (code, text) = place.module("src/main.rs", &[]);
    assert_eq!(code, 2, "{text}");
    assert!(
        text.contains("`src/main.rs` exists and was not written by this command"),
        "{text}"
    );
    assert_eq!(
        fs::read_to_string(place.at("src/main.rs")).ok().as_deref(),
        Some("fn main() {}\n")
    );
    fs::create_dir(place.at("src/pets.rs")).expect("a folder");
    let (code, text) = place.module("src", &[]);
    assert_eq!(code, 2, "{text}");
    assert!(
        text.contains("`src/pets.rs` is not a regular file"),
        "{text}"
    );
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("main.rs", place.at("src/link.rs")).expect("a link");
        let (code, text) = place.module("src/link.rs", &[]);
        assert_eq!(code, 2, "{text}");
        assert!(text.contains("`src/link.rs` is a symbolic link"), "{text}");
    }
    // The folder of a crate, which would keep all that it has.
    let crate_ = ["codegen", "--spec", "pets.yaml", "--out", "pets"];
    assert_eq!(place.run(&crate_).0, 0);
    let (code, text) = place.module("pets", &[]);
    assert_eq!(code, 2, "{text}");
    assert!(
        text.contains("`pets` is the folder of a generated crate"),
        "{text}"
    );
}

#[test]
fn the_form_is_a_setting_of_an_api() {
    let place = Place::new();
    place.put(
        "clientsmith.toml",
        "[apis.pets]\nspec = \"pets.yaml\"\nout = \"src\"\n",
    );
    let config = "[package]\nname = \"my-pets\"\nversion = \"0.1.0\"\nform = \"module\"\n";
    place.put("sdk.toml", config);
    let (code, text) = place.run(&["codegen", "--all"]);
    assert_eq!(code, 0, "{text}");
    assert_eq!(place.files("src"), ["main.rs", "my_pets.rs"]);
    let (code, text) = place.run(&["codegen", "--all", "--check"]);
    assert_eq!(code, 0, "{text}");

    // What only a crate can have is refused, each with its place.
    place.put(
        "sdk.toml",
        &format!(
            "{config}runtime = \"vendored\"\nresource-features = true\nmodules = [\"custom\"]\n\n[formats]\n\
             uuid = \"uuid::Uuid\"\n\n[manifest.dependencies]\nuuid = \"1\"\n\n[manifest.lints.rust]\n\
             unused = \"warn\"\n"
        ),
    );
    let (code, text) = place.run(&["codegen"]);
    assert_eq!(code, 1, "{text}");
    for (place, message) in [
        ("5:11", "a module has no runtime of its own"),
        ("6:21", "a module has no Cargo features"),
        ("7:11", "a module can't declare custom modules"),
        (
            "10:8",
            "`uuid::Uuid` is of another crate, and so is the runtime",
        ),
        ("15:11", "a module has no manifest"),
    ] {
        assert!(text.contains(message), "{message}: {text}");
        assert!(
            text.contains(&format!("--> sdk.toml:{place}\n")),
            "{place}: {text}"
        );
    }
    assert!(
        text.contains("generate a crate instead of a module"),
        "{text}"
    );
    // Without the file of a crate nothing is lost.
    place.put("sdk.toml", &config.replace("\"module\"", "\"modul\""));
    let (code, text) = place.run(&["codegen"]);
    assert_eq!(code, 1, "{text}");
    assert!(
        text.contains("sdk.toml:4:8") && text.contains("`module`"),
        "{text}"
    );
}
