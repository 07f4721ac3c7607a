//! `clientsmith update`: a refreshed description with the configuration of the old one. What needs git says so where
//! there is none, and ends.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const OLD: &str = "openapi: 3.0.3
info: {title: Pets, version: '1'}
servers: [{url: 'https://pets.example.com'}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      parameters: [{name: limit, in: query, schema: {type: integer, maximum: 100}}]
      responses: {'200': {description: All., content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}}
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: getPet
      tags: [pets]
      responses: {'200': {description: One., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
    delete:
      operationId: deletePet
      tags: [pets]
      responses: {'204': {description: Gone.}}
components:
  schemas:
    Pet: {type: object, required: [name], properties: {name: {type: string}, nick: {type: string}, age: {type: integer}}}
";

const CONFIG: &str = "# Ours.
only = [\"pets\", \"/owners*\"]

[package]
name = \"pets\"
version = \"0.1.0\"

[docs]
first-call = \"getPet\"

# The one that is called most.
[operations.getPet]
name = \"find\"

[operations.deletePet]
name = \"remove\"   # not delete

[operations.listPets]
parameters.limit.name = \"most\"

[types.Pet]
name = \"Animal\"
fields.nick.name = \"nickname\"
";

/// Another id, no operation to delete, another name of the schema, a property less.
fn new() -> String {
    let delete = OLD.find("    delete:").expect("it is there");
    let end = OLD.find("components:").expect("it is there");
    let text = format!("{}{}", &OLD[..delete], &OLD[end..]);
    text.replace("operationId: getPet", "operationId: readPet")
        .replace("schemas/Pet'", "schemas/Creature'")
        .replace("    Pet: ", "    Creature: ")
        .replace(" nick: {type: string},", "")
        .replace("maximum: 100", "maximum: 50")
}

fn put(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
    fs::write(path, text).expect("it can be written");
}

fn text(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_clientsmith"))
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the command can be started")
}

fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A project with the crate of the old description, and the new one beside it.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    put(folder.path(), "clientsmith.toml", "");
    put(folder.path(), "spec/pets/openapi.yaml", OLD);
    put(
        folder.path(),
        "spec/pets/sdk.toml",
        &CONFIG.replace("only = [\"pets\", \"/owners*\"]\n", ""),
    );
    put(folder.path(), "new.yaml", &new());
    printed(folder.path(), &["codegen", "pets"]);
    folder
}

#[test]
fn the_configuration_is_carried_over_and_the_crate_generated() {
    let project = project();
    let folder = project.path();
    let shown = printed(
        folder,
        &["update", "pets", "--spec", "new.yaml", "--dry-run"],
    );
    for line in [
        "  DELETE /pets/{id} was removed\n",
        "  the query parameter limit of GET /pets must now be at most 50 instead of at most 100\n",
        "  followed       getPet is now readPet\n",
        "  followed       Pet is now Creature\n",
        "  commented out  operations.deletePet: unknown operation deletePet\n",
        "  commented out  types.Creature.fields.nick: Creature has no property nick\n",
    ] {
        assert!(shown.contains(line), "{line}{shown}");
    }
    // The type has the name that the configuration gives it, on both sides.
    assert!(!shown.contains("renamed to"), "{shown}");
    assert_eq!(text(folder, "spec/pets/openapi.yaml"), OLD);
    let done = printed(folder, &["update", "pets", "--spec", "new.yaml"]);
    assert!(done.starts_with(&shown), "{done}");
    assert_eq!(text(folder, "spec/pets/openapi.yaml"), new());
    let config = text(folder, "spec/pets/sdk.toml");
    for lines in [
        "# The one that is called most.\n[operations.readPet]\nname = \"find\"\n",
        "first-call = \"readPet\"\n",
        "# Not in the description any more: unknown operation `deletePet`\n# [operations.deletePet]\n# name = \"remove\"   # not delete\n",
        "[types.Creature]\nname = \"Animal\"\n# Not in the description any more: `Creature` has no property `nick`\n# fields.nick.name = \"nickname\"\n",
    ] {
        assert!(config.contains(lines), "{lines}\n{config}");
    }
    let source = text(folder, "generated/pets/src/pets.rs");
    assert!(source.contains("pub fn find(") && !source.contains("pub fn remove("));
    printed(folder, &["codegen", "pets", "--check", "--deny-warnings"]);
    let again = printed(folder, &["update", "pets", "--spec", "new.yaml"]);
    assert!(again.starts_with("No changes.\n"), "{again}");
}

#[test]
fn what_fails_leaves_everything_as_it_was() {
    let project = project();
    let folder = project.path();
    let config = text(folder, "spec/pets/sdk.toml");
    put(
        folder,
        "wrong.yaml",
        &new().replace("paths:", "paths: 1\nx-paths:"),
    );
    let output = run(folder, &["update", "pets", "--spec", "wrong.yaml"]);
    assert_eq!(output.status.code(), Some(1));
    // Something is in the way of the crate.
    let owners = "paths:\n  /owners: {get: {responses: {'204': {description: None.}}}}\n";
    put(folder, "moved.yaml", &new().replace("paths:\n", owners));
    put(folder, "generated/pets/src/owners.rs", "// by hand\n");
    let output = run(folder, &["update", "pets", "--spec", "moved.yaml"]);
    assert_ne!(output.status.code(), Some(0));
    assert_eq!(text(folder, "spec/pets/openapi.yaml"), OLD);
    assert_eq!(text(folder, "spec/pets/sdk.toml"), config);
}

#[test]
fn what_fails_leaves_a_description_in_utf_16_as_it_was() {
    let project = project();
    let folder = project.path();
    let utf_16 = |text: &str| -> Vec<u8> {
        let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    let spec = folder.join("spec/pets/openapi.yaml");
    fs::write(&spec, utf_16(OLD)).expect("it can be written");
    // The configuration can't be written after the description: what is written first has the name of a folder.
    put(folder, "spec/pets/sdk.toml.new/by_hand", "");
    let output = run(folder, &["update", "pets", "--spec", "new.yaml"]);
    assert_ne!(output.status.code(), Some(0));
    assert_eq!(fs::read(&spec).expect("it is there"), utf_16(OLD));
}

#[test]
fn lines_for_what_is_gone_are_warnings_of_codegen_and_diff() {
    let project = project();
    let folder = project.path();
    put(folder, "spec/pets/sdk.toml", CONFIG);
    put(folder, "spec/pets/openapi.yaml", &new());
    put(folder, "old.yaml", OLD);
    for arguments in [
        &["codegen", "pets"][..],
        &[
            "diff",
            "old.yaml",
            "spec/pets/openapi.yaml",
            "--config",
            "spec/pets/sdk.toml",
        ],
    ] {
        let output = run(folder, arguments);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{told}");
        for line in [
            "unknown operation `getPet`\n  --> spec/pets/sdk.toml:12:13\n",
            "unknown operation `deletePet`\n",
            "unknown schema `Pet`\n",
        ] {
            let line = format!("warning[unknown-name]: {line}");
            assert!(told.contains(&line), "{line}{told}");
        }
        assert!(told.contains("did you mean `"), "{told}");
    }
}

#[test]
fn without_a_description_the_one_of_the_project_is_compared_with_the_last_commit() {
    let project = project();
    let folder = project.path();
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .current_dir(folder)
            .args(["-c", "user.name=Jo", "-c", "user.email=jo@example.com"])
            .args(arguments)
            .stdin(Stdio::null())
            .output();
        output.is_ok_and(|output| output.status.success())
    };
    let output = run(folder, &["update", "pets"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(
        told.contains("pass the refreshed description with `--spec FILE`"),
        "{told}"
    );
    if !git(&["init", "--quiet"])
        || !git(&["add", "--all"])
        || !git(&["commit", "--quiet", "--message", "first"])
    {
        println!("git isn't there: not tried");
        return;
    }
    put(folder, "spec/pets/openapi.yaml", &new());
    let done = printed(folder, &["update", "pets"]);
    assert!(
        done.contains("  followed       getPet is now readPet\n"),
        "{done}"
    );
    assert!(text(folder, "spec/pets/sdk.toml").contains("[operations.readPet]"));
}
