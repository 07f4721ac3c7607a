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
struct Workspace {
    folder: tempfile::TempDir,
    /// The package of its program: what is built is in one folder for all.
    package: &'static str,
}

impl Workspace {
    /// With the first program of README.md that has this text.
    fn new(package_name: &'static str, text: &str) -> Self {
        let workspace = Self {
            folder: tempfile::tempdir().expect("a folder for the test"),
            package: package_name,
        };
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let readme = fs::read_to_string(package.join("README.md")).expect("it is there");
        let mut programs = readme
            .split("```")
            .filter(|it| it.starts_with("rust,no_run\n"));
        let program = programs.find(|it| it.contains(text)).expect("an example");
        let program = program.trim_start_matches("rust,no_run\n");
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
                "[package]\nname = \"{package_name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
                 [dependencies]\nclientsmith = {{ path = {path}, default-features = false }}\n"
            ),
        );
        // The versions that are on this machine.
        let lock = package.join("../../Cargo.lock");
        fs::copy(lock, workspace.at("Cargo.lock")).expect("it can be copied");
        workspace
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
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
                self.package,
                "--target-dir",
            ])
            .arg(target)
            .arg("--")
            .args(arguments)
            .current_dir(self.folder.path())
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
    let workspace = Workspace::new("clientsmith-readme", "--check");
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
        .current_dir(workspace.folder.path())
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
fn a_tool_of_another_workspace_reads_the_model() {
    let workspace = Workspace::new("clientsmith-readme-model", ".model()");
    let listed = workspace.run(&[]);
    assert!(listed.status.success(), "{}", err(&listed));
    assert_eq!(
        out(&listed),
        "GET    /pets                pets.list            ()\n"
    );
    workspace.put("spec/openapi.yaml", "openapi: 3.0.3\npaths: 1\n");
    let wrong = workspace.run(&[]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(
        err(&wrong).contains("--> spec/openapi.yaml:2:8\n"),
        "{}",
        err(&wrong)
    );
}

#[test]
fn the_model_has_what_is_generated() {
    use clientsmith::model::TypeKind;
    let description = r##"{
        "openapi": "3.1.0", "info": {"title": "Pets", "version": "1"},
        "servers": [{"url": "https://pets.example.com"}],
        "paths": {"/pets/{id}": {"put": {"operationId": "putPet", "tags": ["pets"], "deprecated": true,
            "parameters": [
                {"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}},
                {"name": "X-Trace", "in": "header", "schema": {"type": "string"}}],
            "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}},
            "responses": {"200": {"description": "It.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}}}}},
          "/pets": {"get": {"operationId": "listPets", "tags": ["pets"],
            "parameters": [{"name": "page", "in": "query", "schema": {"type": "integer"}}],
            "responses": {"200": {"description": "All.", "content": {"application/json": {"schema": {
                "type": "array", "items": {"$ref": "#/components/schemas/Pet"}}}}}}}}},
        "components": {"schemas": {
            "Pet": {"type": "object", "required": ["id"], "properties": {
                "id": {"type": "integer"}, "type": {"$ref": "#/components/schemas/Kind"},
                "owner": {"oneOf": [{"type": "string"}, {"type": "integer"}]}}},
            "Kind": {"type": "string", "enum": ["big-cat", "dog"]}}}
    }"##;
    let config = "[operations.listPets.pages]\nby = \"page\"\n";
    let generator = clientsmith::Generator::new(description).config(config);
    let model = generator.model().expect("it is read");
    assert_eq!((&*model.title, &*model.package), ("Pets", "pets"));
    let pets = &model.resources[0];
    assert_eq!(pets.path, ["pets"]);
    let find = |id: &str| {
        pets.operations
            .iter()
            .find(|it| it.id == id)
            .expect("it is there")
    };
    let put = find("putPet");
    assert!(put.deprecated && put.paged_by.is_none());
    let parameters: Vec<_> = put
        .parameters
        .iter()
        .map(|it| (&*it.name, &*it.wire, &*it.location, &*it.ty, it.required))
        .collect();
    assert_eq!(
        parameters,
        [
            ("id", "id", "path", "i64", true),
            ("x_trace", "X-Trace", "header", "String", false)
        ]
    );
    let body = put.body.as_ref().expect("it has one");
    assert_eq!(
        (&*body.media_type, &*body.ty, body.required),
        ("application/json", "types::Pet", true)
    );
    assert_eq!(put.response.as_deref(), Some("types::Pet"));
    let list = find("listPets");
    assert_eq!(list.paged_by.as_deref(), Some("page"));
    assert_eq!(list.response.as_deref(), Some("Vec<types::Pet>"));
    let kinds: Vec<String> = model
        .types
        .iter()
        .map(|it| match &it.kind {
            TypeKind::Struct(fields) => {
                let fields: Vec<String> = fields
                    .iter()
                    .map(|it| format!("{}={}:{}:{}", it.name, it.wire, it.ty, it.required))
                    .collect();
                format!("{} {}", it.name, fields.join(" "))
            }
            TypeKind::Enum(values) => {
                let values: Vec<String> = values
                    .iter()
                    .map(|it| format!("{}={}", it.name, it.wire))
                    .collect();
                format!("{} {}", it.name, values.join(" "))
            }
            TypeKind::Union(variants) => {
                let variants: Vec<String> = variants
                    .iter()
                    .map(|it| format!("{}({})", it.name, it.ty))
                    .collect();
                format!("{} {}", it.name, variants.join(" "))
            }
            other => format!("{} {other:?}", it.name),
        })
        .collect();
    assert_eq!(
        kinds,
        [
            "Pet id=id:i64:true type_=type:types::Kind:false owner=owner:types::PetOwner:false",
            "PetOwner String(String) Integer(i64)",
            "Kind BigCat=big-cat Dog=dog",
        ]
    );
    // It has the operations that are selected, and warnings are errors where that is asked for.
    let only = generator
        .clone()
        .only(["GET /pets"])
        .model()
        .expect("it is read");
    assert_eq!(only.resources[0].operations.len(), 1);
    let denied = generator.only(["nothing"]).model();
    assert!(denied.is_err_and(|errors| errors.to_string().contains("nothing")));
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
