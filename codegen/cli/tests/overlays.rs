//! Overlays on the command line: from `sdk.toml` and from `--overlay`, for the commands that read a description. What needs
//! git says so where there is none, and ends.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

const SPEC: &str = "openapi: 3.1.0
info: {title: Ships, version: '1'}
servers: [{url: 'https://ships.example.com'}]
paths:
  /ships:
    get:
      operationId: listShips
      tags: [ships]
      responses:
        '200': {description: All., content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Ship'}}}}}
components:
  schemas:
    Ship: {type: object, required: [id], properties: {id: {type: integer}}}
";

const CONFIG: &str =
    "overlays = [\"fix.yaml\"]\n\n[package]\nname = \"ships\"\nversion = \"0.1.0\"\n";

/// An overlay with one action.
fn overlay(target: &str, change: &str) -> String {
    format!(
        "overlay: 1.1.0\ninfo: {{title: Fixes, version: '1'}}\nactions:\n  - target: {target}\n    {change}\n"
    )
}

/// The type of ids is wrong in the description.
fn fix() -> String {
    overlay(
        "$.components.schemas.Ship.properties.id.type",
        "update: string",
    )
}

struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    fn new() -> Self {
        let project = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        project.write("Cargo.toml", "[workspace]\nmembers = [\"generated\"]\n");
        project.write(
            "clientsmith.toml",
            "[apis.ships]\nspec = \"spec/ships.yaml\"\nout = \"generated\"\n",
        );
        project.write("spec/ships.yaml", SPEC);
        project.write("spec/sdk.toml", CONFIG);
        project.write("spec/fix.yaml", &fix());
        project
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
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_clientsmith"))
            .current_dir(self.folder.path())
            .args(arguments)
            .stdin(Stdio::null())
            .output();
        Run(output.expect("the command can be started"))
    }

    /// Whether the command of git succeeds; none where there is no git.
    fn git(&self, arguments: &[&str]) -> Option<()> {
        let output = Command::new("git")
            .current_dir(self.folder.path())
            .args(["-c", "user.name=Jo", "-c", "user.email=jo@example.com"])
            .args(arguments)
            .stdin(Stdio::null())
            .output();
        match output {
            Ok(output) => assert!(output.status.success(), "{arguments:?}: {output:?}"),
            Err(_) => {
                println!("git isn't there: not tried");
                return None;
            }
        }
        Some(())
    }

    fn commit(&self) -> Option<()> {
        self.git(&["init", "--quiet"])?;
        self.git(&["add", "--all"])?;
        self.git(&["commit", "--quiet", "--message", "all"])
    }
}

struct Run(Output);

impl Run {
    fn out(&self) -> String {
        String::from_utf8_lossy(&self.0.stdout).into_owned()
    }

    fn said(&self) -> String {
        self.out() + &String::from_utf8_lossy(&self.0.stderr)
    }

    /// What it printed to standard output; it has to have succeeded.
    fn succeeded(&self) -> String {
        assert_eq!(self.0.status.code(), Some(0), "{}", self.said());
        self.out()
    }

    fn failed(&self, code: i32) -> String {
        assert_eq!(self.0.status.code(), Some(code), "{}", self.said());
        self.said()
    }
}

#[test]
fn a_configuration_lists_overlays_and_the_command_line_adds_more() {
    let project = Project::new();
    project.run(&["codegen"]).succeeded();
    let types = project.read("generated/src/types/ships.rs");
    assert!(types.contains("pub id: String,"), "{types}");
    project.run(&["codegen", "--check"]).succeeded();
    let more = overlay(
        "$.components.schemas.Ship.properties",
        "update: {name: {type: string}}",
    );
    project.write("more.json.yaml", &more);
    let check = ["codegen", "--check", "--overlay", "more.json.yaml"];
    let differs = project.run(&check).failed(1);
    assert!(
        differs.contains("+    pub name: Option<String>,"),
        "{differs}"
    );
    assert!(
        differs.contains("run the same command without `--check`"),
        "{differs}"
    );
    project
        .run(&["codegen", "--overlay", "more.json.yaml"])
        .succeeded();
    project.run(&check).succeeded();
    // The overlay is part of what the crate is generated from.
    project.write(
        "spec/fix.yaml",
        &overlay("$.info", "update: {summary: Ships.}"),
    );
    let differs = project.run(&["codegen", "--check"]).failed(1);
    assert!(differs.contains("+    pub id: i64,"), "{differs}");
}

#[test]
fn messages_name_the_overlay_and_its_line() {
    let project = Project::new();
    project.write(
        "spec/fix.yaml",
        &overlay("$.components.schemas.Boat", "remove: true"),
    );
    let warned = project.run(&["codegen"]);
    warned.succeeded();
    let said = warned.said();
    assert!(
        said.contains("`$.components.schemas.Boat` matches nothing in the description"),
        "{said}"
    );
    assert!(said.contains("--> spec/fix.yaml:4:13\n"), "{said}");
    assert!(said.contains("1 warning"), "{said}");
    let before = project.read("generated/src/types/ships.rs");
    for (change, place, message) in [
        (
            "update: {paths: {/a: 1}}",
            "spec/fix.yaml:5:",
            "found the number 1",
        ),
        (
            "update: [1]",
            "spec/fix.yaml:5:5",
            "`update` must be an object",
        ),
        (
            "remove: true",
            "spec/fix.yaml:4:13",
            "the root of the description can't be removed",
        ),
        ("updat: {}", "spec/fix.yaml:5:5", "unknown key `updat`"),
    ] {
        project.write("spec/fix.yaml", &overlay("$", change));
        let run = project.run(&["codegen"]);
        let said = run.said();
        assert!(
            said.contains(place) && said.contains(message),
            "{change}: {said}"
        );
    }
    assert_eq!(project.read("generated/src/types/ships.rs"), before);
}

#[test]
fn files_that_can_not_be_read_are_named() {
    let project = Project::new();
    fs::remove_file(project.path("spec/fix.yaml")).unwrap();
    let said = project.run(&["codegen"]).failed(2);
    assert!(
        said.contains("no such overlay: `") && said.contains("fix.yaml"),
        "{said}"
    );
    assert!(
        said.contains("it is listed under `overlays` in `spec/sdk.toml`"),
        "{said}"
    );
    project.write("spec/fix.yaml", &fix());
    let said = project.run(&["codegen", "--overlay", "spec"]).failed(2);
    assert!(
        said.contains("--overlay needs a file, but `spec` is a folder"),
        "{said}"
    );
    let said = project
        .run(&["codegen", "--overlay", "spec/ships.yaml"])
        .failed(1);
    assert!(
        said.contains("this is an OpenAPI description, not an overlay"),
        "{said}"
    );
    project.write(
        "spec/sdk.toml",
        &CONFIG.replace("\"fix.yaml\"", "\"https://example.com/fix.yaml\""),
    );
    let said = project.run(&["codegen"]).failed(1);
    assert!(
        said.contains("--> spec/sdk.toml:1:13\n") && said.contains("is a URL"),
        "{said}"
    );
}

#[test]
fn a_comparison_takes_the_overlays_of_each_revision() {
    let project = Project::new();
    if project.commit().is_none() {
        return;
    }
    let same = project.run(&["diff", "HEAD"]).succeeded();
    assert!(same.contains("No changes."), "{same}");
    project.write(
        "spec/fix.yaml",
        &overlay(
            "$.components.schemas.Ship.properties",
            "update: {name: {type: string}}",
        ),
    );
    let changed = project.run(&["diff", "HEAD"]).succeeded();
    assert!(changed.contains("Ship.id"), "{changed}");
    assert!(changed.contains("spec/fix.yaml:5:"), "{changed}");
    let json = project
        .run(&["diff", "HEAD", "--format", "json"])
        .succeeded();
    assert!(json.contains("\"file\": \"spec/fix.yaml\""), "{json}");
    assert!(
        json.contains("\"file\": \"HEAD:spec/ships.yaml\""),
        "{json}"
    );
    // One for both sides hides what they have in common.
    let both = overlay("$.components.schemas.Ship.properties.id", "remove: true");
    project.write("both.yaml", &both);
    let changed = project
        .run(&["diff", "HEAD", "--overlay", "both.yaml"])
        .succeeded();
    assert!(!changed.contains("Ship.id"), "{changed}");
    project.write(
        "spec/sdk.toml",
        &CONFIG.replace("fix.yaml", "../../fix.yaml"),
    );
    project.commit();
    let said = project.run(&["diff", "HEAD", "spec/ships.yaml"]).failed(2);
    assert!(said.contains("overlay"), "{said}");
}

#[test]
fn a_new_api_gets_copies_of_its_overlays() {
    let project = Project::new();
    project.run(&["codegen"]).succeeded();
    project.write("given.yaml", SPEC);
    project.write("elsewhere/fix.yaml", &fix());
    let arguments = [
        "new",
        "boats",
        "--spec",
        "given.yaml",
        "--overlay",
        "elsewhere/fix.yaml",
    ];
    project.run(&arguments).succeeded();
    assert_eq!(project.read("spec/boats/fix.yaml"), fix());
    assert_eq!(project.read("spec/boats/openapi.yaml"), SPEC);
    let config = project.read("spec/boats/sdk.toml");
    assert!(config.contains("\noverlays = [\"fix.yaml\"]\n"), "{config}");
    let types = project.read("generated/boats/src/types/ships.rs");
    assert!(types.contains("pub id: String,"), "{types}");
    project.run(&["codegen", "boats", "--check"]).succeeded();
    for names in [
        ["a/fix.yaml", "b/fix.yaml"],
        ["a/fix.yaml", "a/openapi.yaml"],
    ] {
        for name in names {
            project.write(name, &fix());
        }
        let [first, second] = names;
        let arguments = [
            "new",
            "rafts",
            "--spec",
            "given.yaml",
            "--overlay",
            first,
            "--overlay",
            second,
        ];
        let said = project.run(&arguments).failed(2);
        assert!(said.contains("a second file would be named"), "{said}");
        assert!(!project.path("spec/rafts").exists());
    }
}

#[test]
fn a_release_is_of_the_result() {
    let project = Project::new();
    project.run(&["codegen"]).succeeded();
    if project.commit().is_none() || project.git(&["tag", "ships-v0.1.0"]).is_none() {
        return;
    }
    let more = overlay(
        "$.components.schemas.Ship.properties",
        "update: {name: {type: string}}",
    );
    project.write("spec/more.yaml", &more);
    project.write(
        "spec/sdk.toml",
        &CONFIG.replace("\"fix.yaml\"", "\"fix.yaml\", \"more.yaml\""),
    );
    project
        .run(&["release", "--date", "2026-01-01"])
        .succeeded();
    let log = project.read("generated/CHANGELOG.md");
    assert!(
        log.contains("## 0.1.1") && log.contains("`types::Ship::name: Option<String>`"),
        "{log}"
    );
    let types = project.read("generated/src/types/ships.rs");
    assert!(types.contains("pub name: Option<String>,"), "{types}");
}

#[test]
fn pages_are_compared_with_the_result() {
    let project = Project::new();
    let page = "## Get Pet\n\n**get** `/pet`\n\n### Returns\n\n- `name: string`\n\n- `age: optional number`\n";
    project.write("pet.md", page);
    project.write(
        "api/openapi.json",
        r#"{"openapi": "3.0.3", "info": {"title": "Pets", "version": "1"},
            "paths": {"/pet": {"get": {"responses": {"200": {"description": "It.", "content": {
                "application/json": {"schema": {"type": "object", "required": ["name"],
                    "properties": {"name": {"type": "string"}}}}}}}}}}}"#,
    );
    project.write("api/sdk.toml", "overlays = [\"fix.yaml\"]\n");
    let arguments = ["docs-check", "pet.md", "--spec", "api/openapi.json"];
    project.write(
        "api/fix.yaml",
        &overlay("$..properties", "update: {age: {type: number}}"),
    );
    project.run(&arguments).succeeded();
    project.write(
        "api/fix.yaml",
        &overlay("$..properties", "update: {age: {type: string}}"),
    );
    let said = project.run(&arguments).failed(1);
    assert!(said.contains("api/fix.yaml:5:"), "{said}");
    let json = [&arguments[..], &["--json"]].concat();
    let said = project.run(&json).failed(1);
    assert!(said.contains("\"file\": \"api/fix.yaml\""), "{said}");
}
