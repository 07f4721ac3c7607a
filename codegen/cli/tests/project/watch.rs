//! `clientsmith codegen --watch`.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use crate::{PETS, Project};

/// Only a run that is broken takes so long.
const DEADLINE: Duration = Duration::from_secs(60);

/// A run that watches, until the test has ended.
struct Watch {
    child: Child,
    lines: Receiver<String>,
}

impl Watch {
    fn start(project: &Project, arguments: &[&str]) -> Self {
        let mut child = project
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the command can be started");
        let out = child.stdout.take().expect("it is piped");
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Self { child, lines }
    }

    /// The next line that it prints.
    fn line(&self) -> String {
        let line = self.lines.recv_timeout(DEADLINE);
        line.expect("it says something")
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn each_change_is_generated_and_told_on_a_line() {
    let project = Project::new();
    let watch = Watch::start(&project, &["codegen", "--watch"]);
    assert_eq!(
        watch.line(),
        "watching spec/batches.yaml, spec/sdk.toml; press Ctrl-C to stop"
    );
    let first = watch.line();
    assert!(first.starts_with("generated: unchanged ("), "{first}");
    assert!(
        first.ends_with(" s; 1 operation in 1 resource, 0 types)"),
        "{first}"
    );

    project.put("spec/batches.yaml", &PETS.replace("listPets", "countPets"));
    let changed = watch.line();
    assert!(changed.starts_with("generated: wrote "), "{changed}");
    assert!(project.text("generated/src/pets.rs").contains("fn count("));

    let config = project.text("spec/sdk.toml");
    let named = format!("{config}[operations]\ncountPets.name = \"all_of_them\"\n");
    project.put("spec/sdk.toml", &named);
    assert!(watch.line().contains("wrote "));
    assert!(
        project
            .text("generated/src/pets.rs")
            .contains("fn all_of_them(")
    );

    // Nothing that is wrong ends it, or changes the crate.
    project.put("spec/batches.yaml", "openapi: [");
    let wrong = watch.line();
    assert_eq!(wrong, "generated: 1 error; nothing was written");
    fs::remove_file(project.at("spec/batches.yaml")).expect("it is there");
    let gone = watch.line();
    assert!(
        gone.starts_with("generated: no such OpenAPI description: `"),
        "{gone}"
    );
    assert!(
        project
            .text("generated/src/pets.rs")
            .contains("fn all_of_them(")
    );

    // As editors do that write another file and put it in the place of the old one.
    let other = PETS
        .replace("listPets", "countPets")
        .replace("/pets", "/animals");
    project.put("spec/.batches.yaml.swp", &other);
    fs::rename(
        project.at("spec/.batches.yaml.swp"),
        project.at("spec/batches.yaml"),
    )
    .expect("it can be put there");
    let back = watch.line();
    assert!(
        back.contains("wrote ") || back.contains("removed "),
        "{back}"
    );
    assert!(
        project
            .text("generated/src/animals.rs")
            .contains("fn all_of_them(")
    );
}

#[test]
fn all_apis_are_watched_at_once() {
    let project = Project::new();
    assert!(
        project
            .run(&["new", "zoo", "--spec", "given.yaml"])
            .status
            .success()
    );
    let watch = Watch::start(&project, &["codegen", "--all", "--watch"]);
    assert!(
        watch
            .line()
            .contains("spec/zoo/openapi.yaml, spec/zoo/sdk.toml; ")
    );
    assert!(watch.line().starts_with("generated: unchanged"));
    assert!(watch.line().starts_with("generated/zoo: unchanged"));
    let config = project.text("spec/zoo/sdk.toml");
    project.put(
        "spec/zoo/sdk.toml",
        &config.replace("version = \"1.2.0\"", "version = \"1.3.0\""),
    );
    let changed = watch.line();
    assert!(
        changed.starts_with("generated/zoo: wrote Cargo.toml ("),
        "{changed}"
    );
}
