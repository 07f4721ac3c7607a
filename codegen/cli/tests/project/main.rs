//! Commands of the maintainer, in a project of the test's own.

mod colors;
mod completions;
mod help;
mod new;
mod warnings;
mod watch;

use std::collections::BTreeMap;
use std::fs;
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

const MANIFEST: &str = "[workspace]\nmembers = [\"generated\", \"xtask\"]\n";

const LISTED: &str = "[apis.pets-api]\nspec = \"spec/batches.yaml\"\nout = \"generated\"\n";

/// A project with one API.
struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    fn new() -> Self {
        let project = Self {
            folder: tempfile::tempdir().expect("a folder for the test"),
        };
        project.put("Cargo.toml", MANIFEST);
        project.put("clientsmith.toml", LISTED);
        project.put("spec/batches.yaml", PETS);
        let config = "[package]\nname = \"pets-api\"\nversion = \"1.0.0\"\n";
        project.put("spec/sdk.toml", config);
        project.put("given.yaml", PETS);
        assert!(project.run(&["codegen"]).status.success());
        project
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder");
        fs::write(path, text).expect("the file can be written");
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Runs the command in the folder of the project.
    fn run(&self, arguments: &[&str]) -> Output {
        let output = self.command(arguments).output();
        output.expect("the command can be started")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clientsmith"));
        command
            .current_dir(self.folder.path())
            .args(arguments)
            .stdin(Stdio::null());
        command
    }

    /// All files and folders, the files with their texts.
    fn all(&self) -> BTreeMap<PathBuf, String> {
        let mut found = BTreeMap::new();
        collect(self.folder.path(), &mut found);
        found
    }
}

fn collect(folder: &Path, found: &mut BTreeMap<PathBuf, String>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            collect(&path, found);
            found.insert(path, String::new());
        } else {
            let text = fs::read_to_string(&path).expect("a readable file");
            found.insert(path, text);
        }
    }
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
