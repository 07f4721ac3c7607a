//! `diff` and `release`, in a project of the test's own with a history. They need git, as the commands
//! do; where there is none, the tests say so and end.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A description with these values of an enum.
fn spec(values: &str) -> String {
    format!(
        "openapi: 3.1.0\n\
         info: {{ title: Ships, version: '1' }}\n\
         servers: [{{ url: 'https://ships.example.com' }}]\n\
         paths:\n  /ships:\n    get:\n      operationId: listShips\n      tags: [ships]\n      responses:\n        \
         '200': {{ description: All., content: {{ application/json: {{ schema: {{ type: array, items: {{ $ref: '#/components/schemas/State' }} }} }} }} }}\n\
         components:\n  schemas:\n    State: {{ type: string, enum: [{values}] }}\n"
    )
}

const CONFIG: &str = "[package]\nname = \"ships\" # afloat\nversion = \"0.1.0\"\n";

struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    /// A project with a first commit; none where git isn't there.
    fn new() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let project = Self { folder };
        let there = Command::new("git")
            .arg("--version")
            .stdout(Stdio::null())
            .status();
        if there.is_err() {
            println!("git isn't there: not tried");
            return None;
        }
        fs::create_dir_all(project.path("spec")).unwrap();
        project.write(
            "clientsmith.toml",
            "[apis.ships]\nspec = \"spec/batches.yaml\"\nout = \"generated\"\n",
        );
        project.write("spec/batches.yaml", &spec("moored"));
        project.write("spec/sdk.toml", CONFIG);
        project.git(&["init", "--quiet"]);
        project.commit("first");
        Some(project)
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn git(&self, arguments: &[&str]) {
        let status = Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@example.com"])
            .args(["-c", "commit.gpgsign=false", "-c", "tag.gpgsign=false"])
            .args(arguments)
            .current_dir(self.folder.path())
            .status()
            .unwrap();
        assert!(status.success(), "{arguments:?}");
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    /// Runs the command; its output, and what it told.
    fn run(&self, arguments: &[&str]) -> (Output, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_clientsmith"))
            .args(arguments)
            .current_dir(self.folder.path())
            // No program beyond git and cargo takes part.
            .env("CARGO", "cargo")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        (output, told)
    }

    /// What a run prints that ends well.
    fn printed(&self, arguments: &[&str]) -> String {
        let (output, told) = self.run(arguments);
        assert!(output.status.success(), "{told}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// What a run tells that ends with this status.
    fn told(&self, arguments: &[&str], status: i32) -> String {
        let (output, told) = self.run(arguments);
        assert_eq!(output.status.code(), Some(status), "{told}");
        told
    }
}

#[test]
fn an_edit_is_compared_with_a_revision() {
    let Some(project) = Project::new() else {
        return;
    };
    let nothing = project.printed(&["diff", "HEAD"]);
    assert_eq!(nothing, "No changes.\n");
    project.write("spec/batches.yaml", &spec("moored, sunk"));
    let table = project.printed(&["diff", "HEAD"]);
    assert!(
        table.starts_with(
            "Added (1)\n  State has the value \"sunk\"\n      rust     types::State::Sunk\n      \
             clients  existing clients decode it as UnknownValue\n      \
             at       spec/batches.yaml:13:43\n"
        ),
        "{table}"
    );
    assert!(
        table.ends_with("a minor version bump: from 0.1.0 to 0.1.1.\n"),
        "{table}"
    );
    let markdown = project.printed(&["diff", "HEAD", "--format", "markdown"]);
    assert!(
        markdown.contains("| `State` has the value `\"sunk\"` | `types::State::Sunk` |"),
        "{markdown}"
    );
    let json = project.printed(&[
        "diff",
        "HEAD:spec/batches.yaml",
        "spec/batches.yaml",
        "--format",
        "json",
    ]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["step"], "minor");
    assert_eq!(
        json["changes"][0]["new"]["pointer"],
        "/components/schemas/State/enum/1"
    );
    // The other way round it breaks.
    let back = ["diff", "spec/batches.yaml", "HEAD", "--fail-on", "major"];
    assert_eq!(
        project.told(&back, 1),
        "error: the changes require a major version bump\n"
    );
    assert!(
        project
            .printed(&["diff", "HEAD", "--fail-on", "major"])
            .contains("minor")
    );
}

#[test]
fn what_cannot_be_compared_is_told() {
    let Some(project) = Project::new() else {
        return;
    };
    let told = project.told(&["diff", "nowhere"], 2);
    assert!(
        told.starts_with("error: `nowhere` is neither a file nor a revision of git\n"),
        "{told}"
    );
    let told = project.told(&["diff", "gone.yaml"], 2);
    assert!(
        told.starts_with("error: no such OpenAPI description: `gone.yaml`\n"),
        "{told}"
    );
    let told = project.told(&["diff", "HEAD:spec/other.yaml"], 2);
    assert!(
        told.starts_with("error: no `spec/other.yaml` in `HEAD`\n"),
        "{told}"
    );
    project.write("spec/batches.yaml", "openapi: 3.1.0\npaths: 1\n");
    let told = project.told(&["diff", "HEAD"], 1);
    assert!(told.contains("--> spec/batches.yaml:2:8"), "{told}");
    assert!(
        told.contains("in `spec/batches.yaml`, which can't be compared\n"),
        "{told}"
    );
}

#[test]
fn a_release_takes_the_step_that_the_changes_ask_for() {
    let Some(project) = Project::new() else {
        return;
    };
    let date = ["--date", "2026-01-31"];
    let first = project.printed(&[&["release"][..], &date].concat());
    assert!(
        first.contains("wrote generated/CHANGELOG.md: 0.1.0\n"),
        "{first}"
    );
    project.commit("ships 0.1.0");
    project.git(&["tag", "ships-v0.1.0"]);
    let again = project.printed(&["release"]);
    assert_eq!(again, "`ships` has not changed since ships-v0.1.0\n");

    project.write("spec/batches.yaml", &spec("sunk"));
    let told = project.told(&["release", "--check"], 1);
    assert!(
        told.contains("error: 0.1.0 is too low, at least 0.2.0 is required"),
        "{told}"
    );
    // A second API of the project is looked at too.
    let manifest = project.read("clientsmith.toml");
    project.write("spec/boats/openapi.yaml", &spec("moored"));
    project.write("spec/boats/sdk.toml", &CONFIG.replace("ships", "boats"));
    let told = project.told(&["release", "--check", "--all"], 1);
    for line in [
        "error: 0.1.0 is too low, at least 0.2.0 is required",
        "error: `generated/boats/CHANGELOG.md` has no entry for 0.1.0",
    ] {
        assert!(told.contains(line), "{told}");
    }
    fs::remove_dir_all(project.path("spec/boats")).unwrap();
    assert_eq!(project.read("clientsmith.toml"), manifest);
    let second = project.printed(&[&["release"][..], &date].concat());
    assert!(
        second.starts_with("2 changes since ships-v0.1.0: a major version bump\n"),
        "{second}"
    );
    assert!(second.contains("git tag ships-v0.2.0\n"), "{second}");
    let config = project.read("spec/sdk.toml");
    assert_eq!(config, CONFIG.replace("0.1.0", "0.2.0"));
    assert!(
        project
            .read("generated/Cargo.toml")
            .contains("\nversion = \"0.2.0\"\n")
    );
    let log = project.read("generated/CHANGELOG.md");
    assert!(
        log.ends_with(
            "## 0.2.0 (2026-01-31)\n\n### Added\n\n\
             - `State` has the value `\"sunk\"`: `types::State::Sunk`.\n\n\
             ### Removed\n\n\
             - **Breaking:** `State` no longer has the value `\"moored\"`: `types::State::Moored` \
             was removed.\n\n\
             ## 0.1.0 (2026-01-31)\n\nInitial release.\n"
        ),
        "{log}"
    );

    // What somebody has written stays, and a version that is high enough too.
    let edited = log.replace("### Added", "All ships are sunk.\n\n### Added");
    project.write("generated/CHANGELOG.md", &edited);
    project.printed(&["release"]);
    assert_eq!(project.read("generated/CHANGELOG.md"), edited);
    assert_eq!(project.read("spec/sdk.toml"), config);

    // What has changed since it was written is told.
    project.write("spec/batches.yaml", &spec("sunk, lost"));
    let (output, told) = project.run(&["release"]);
    assert!(output.status.success(), "{told}");
    assert!(
        told.contains("already has an entry for 0.2.0, which is kept; it lacks:\n- `State` has the value `\"lost\"`"),
        "{told}"
    );
}

#[test]
fn what_the_comparison_does_not_know_is_released_too() {
    let Some(project) = Project::new() else {
        return;
    };
    project.printed(&["release"]);
    project.commit("ships 0.1.0");
    project.git(&["tag", "v0.1.0"]);
    // Keywords are in no model of the API.
    let config = format!("{CONFIG}keywords = [\"sea\"]\n");
    project.write("spec/sdk.toml", &config);
    let table = project.printed(&["diff", "HEAD"]);
    assert!(table.contains("the crate differs in Cargo.toml"), "{table}");
    let told = project.printed(&["release"]);
    assert!(told.contains("a patch version bump"), "{told}");
    assert!(
        project
            .read("spec/sdk.toml")
            .contains("version = \"0.1.1\"")
    );
}

#[test]
fn a_release_that_is_not_possible_writes_nothing() {
    let Some(project) = Project::new() else {
        return;
    };
    project.printed(&["release"]);
    project.commit("ships 0.1.0");
    project.git(&["tag", "v0.1.0"]);
    project.write("spec/batches.yaml", "openapi: 3.1.0\npaths: 1\n");
    let before = files(project.folder.path());
    let told = project.told(&["release"], 1);
    assert!(told.contains("spec/batches.yaml:2:8"), "{told}");
    let told = project.told(&["release", "--since", "nowhere"], 2);
    assert!(
        told.contains("`nowhere` is neither a file nor a revision of git"),
        "{told}"
    );
    let told = project.told(&["release", "--date", "today"], 2);
    assert!(told.starts_with("error: invalid date `today`\n"), "{told}");
    assert_eq!(files(project.folder.path()), before);
}

#[test]
fn the_way_to_release_an_api_names_it() {
    let Some(project) = Project::new() else {
        return;
    };
    let is_first = project.told(&["release", "--check"], 1);
    assert!(
        is_first.contains("help: run `clientsmith release`, which"),
        "{is_first}"
    );
    project.write("spec/boats/openapi.yaml", &spec("moored"));
    project.write(
        "spec/boats/sdk.toml",
        "[package]\nname = \"boats\"\nversion = \"0.1.0\"\n",
    );
    let other = project.told(&["release", "boats", "--check"], 1);
    assert!(
        other.contains("help: run `clientsmith release boats`, which"),
        "{other}"
    );
}

#[test]
fn a_project_without_a_commit_is_told_how_to_make_one() {
    let Some(project) = Project::new() else {
        return;
    };
    fs::remove_dir_all(project.path(".git")).unwrap();
    let told = project.told(&["release"], 2);
    assert!(
        told.contains("isn't in a git repository with a commit"),
        "{told}"
    );
    assert!(
        told.contains("help: commit it first, as by `git init`, `git add --all` and `git commit`"),
        "{told}"
    );
}

/// All files below a folder but git's, with their texts.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with(".git") {
            continue;
        }
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let text = fs::read(&path).unwrap();
            found.push((path, text));
        }
    }
    found.sort();
    found
}
