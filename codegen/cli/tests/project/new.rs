//! `clientsmith new`.

use crate::{PETS, Project, err, out};

#[test]
fn an_api_is_added_with_its_description_configuration_and_crate() {
    let project = Project::new();
    let first = project.text("generated/Cargo.toml");
    let run = project.run(&["new", "zoo", "--spec", "given.yaml"]);
    assert!(run.status.success(), "{}", err(&run));
    assert_eq!(project.text("spec/zoo/openapi.yaml"), PETS);
    let config = project.text("spec/zoo/sdk.toml");
    assert!(
        config.contains("name = \"zoo\"\nversion = \"1.2.0\"\n"),
        "{config}"
    );
    assert!(config.contains("listPets.name = \"list\""), "{config}");
    let manifest = project.text("generated/zoo/Cargo.toml");
    assert!(manifest.contains("name = \"zoo\""));
    assert!(
        project
            .text("generated/zoo/src/pets.rs")
            .contains("fn list(")
    );
    assert_eq!(
        project.text("Cargo.toml"),
        "[workspace]\nmembers = [\"generated\", \"generated/zoo\", \"xtask\"]\n"
    );
    assert_eq!(project.text("generated/Cargo.toml"), first);
    let told = out(&run);
    for line in [
        "  wrote spec/zoo/openapi.yaml",
        "1 operation in 1 resource, 0 types",
        "  cargo check --package zoo ",
        "  clientsmith codegen zoo ",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    // What is said next works, and has nothing to do so far.
    let again = project.run(&["codegen", "zoo"]);
    assert!(out(&again).contains(" 0 written,"), "{}", out(&again));
    let config = config.replace("listPets.name = \"list\"", "listPets.name = \"everyone\"");
    project.put("spec/zoo/sdk.toml", &config);
    assert!(
        !project
            .run(&["codegen", "--all", "--check"])
            .status
            .success()
    );
    let changed = project.run(&["codegen", "zoo"]);
    assert!(out(&changed).contains("  wrote generated/zoo/src/pets.rs\n"));
    assert!(
        project
            .text("generated/zoo/src/pets.rs")
            .contains("fn everyone(")
    );
    let all = project.run(&["codegen", "--all", "--check"]);
    assert!(all.status.success(), "{}", out(&all));
}

#[test]
fn whatever_is_wrong_leaves_nothing_behind() {
    let project = Project::new();
    project.put("spec/taken/notes.txt", "mine");
    project.put("generated/made/notes.txt", "mine");
    project.put(
        "wrong.yaml",
        "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: 1\n",
    );
    project.put("none.yaml", "hello: world\n");
    let before = project.all();
    for (name, spec, code, told) in [
        ("2pets", "given.yaml", 2, "it doesn't start with a letter"),
        (
            "../zoo",
            "given.yaml",
            2,
            "`../zoo` is not a valid crate name",
        ),
        ("", "given.yaml", 2, "it is empty"),
        ("tokio", "given.yaml", 2, "such as `tokio-client`"),
        (
            "pets_api",
            "given.yaml",
            2,
            "`pets_api` is the same identifier in Rust",
        ),
        ("taken", "given.yaml", 2, "`spec/taken` already exists"),
        ("made", "given.yaml", 2, "`generated/made` already exists"),
        ("src", "given.yaml", 2, "`generated/src` already exists"),
        (
            "zoo",
            "nowhere.yaml",
            2,
            "no such OpenAPI description: `nowhere.yaml`",
        ),
        ("zoo", "spec", 2, "is a folder"),
        ("zoo", "wrong.yaml", 1, "wrong.yaml:3:8"),
        ("zoo", "none.yaml", 1, "nothing was written"),
    ] {
        let run = project.run(&["new", name, "--spec", spec]);
        assert_eq!(
            run.status.code(),
            Some(code),
            "{name} {spec}: {}",
            err(&run)
        );
        assert!(err(&run).contains(told), "{name} {spec}: {}", err(&run));
        assert!(out(&run).is_empty());
        assert_eq!(project.all(), before, "{name} {spec}");
    }
}

#[test]
fn a_workspace_without_a_list_of_members_is_told() {
    let project = Project::new();
    for manifest in ["[workspace]\nresolver = \"3\"\n", "[workspace\n"] {
        project.put("Cargo.toml", manifest);
        let before = project.all();
        let run = project.run(&["new", "zoo", "--spec", "given.yaml"]);
        assert_eq!(run.status.code(), Some(1));
        assert!(
            err(&run).contains("can't add `generated/zoo` to the members"),
            "{}",
            err(&run)
        );
        assert_eq!(project.all(), before);
    }
}

/// The last file that is written is a copy of the manifest, and there is a folder in its place.
#[test]
fn a_run_that_fails_at_its_end_is_undone() {
    let project = Project::new();
    project.put("Cargo.toml.new/notes.txt", "mine");
    let before = project.all();
    let run = project.run(&["new", "zoo", "--spec", "given.yaml"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(err(&run).contains("can't write"), "{}", err(&run));
    assert_eq!(project.all(), before);
}

#[test]
fn a_description_without_an_absolute_url_of_a_server_is_told() {
    let project = Project::new();
    let has_note = |spec: &str| {
        project.put("given.yaml", spec);
        let run = project.run(&["new", "zoo", "--spec", "given.yaml"]);
        assert!(run.status.success(), "{}", err(&run));
        for folder in ["spec/zoo", "generated/zoo"] {
            std::fs::remove_dir_all(project.at(folder)).expect("it was written");
        }
        err(&run).contains(
            "note: the description has no absolute URL of a server: set `base-url` of `[client]` in spec/zoo/sdk.toml",
        )
    };
    assert!(!has_note(PETS));
    assert!(has_note(&PETS.replace("https://pets.example.com", "/v1")));
    let line = "servers: [{url: 'https://pets.example.com'}]\n";
    assert!(has_note(&PETS.replace(line, "")));
}
