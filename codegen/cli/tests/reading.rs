//! What a run of the command reads: the description, the files of its folder that it refers to, its configuration, and what is in
//! the folder of the crate. Nothing else that a description names is opened or fetched.

use std::fs;
use std::io::ErrorKind;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Stands in every file that must not be read.
const SECRET: &str = "xyzzy-plugh";

/// What one run said and wrote.
struct Run {
    output: Output,
    /// All files of the crate, one after another; empty where none were written.
    written: String,
}

impl Run {
    fn said(&self) -> String {
        let (out, err) = (&self.output.stdout, &self.output.stderr);
        format!(
            "{}{}",
            String::from_utf8_lossy(out),
            String::from_utf8_lossy(err)
        )
    }
}

/// Runs the command for `openapi.yaml` of a folder.
fn run(folder: &Path) -> Run {
    run_with(folder, "openapi.yaml")
}

fn run_with(folder: &Path, spec: &str) -> Run {
    let out = folder.join("out");
    let output = Command::new(env!("CARGO_BIN_EXE_clientsmith"))
        .current_dir(folder)
        .args(["codegen", "--spec", spec, "--out"])
        .arg(&out)
        .stdin(Stdio::null())
        .output()
        .expect("the command can be started");
    let mut written = String::new();
    read_all(&out, &mut written);
    Run { output, written }
}

fn read_all(folder: &Path, text: &mut String) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            read_all(&path, text);
        } else {
            text.push_str(&fs::read_to_string(&path).expect("a readable file"));
        }
    }
}

/// A folder with a folder `api` in it, and a file of somebody's in both.
fn place() -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a folder for the test");
    fs::create_dir(place.path().join("api")).expect("a folder in it");
    let other = format!(
        "{SECRET}: {{type: object}}\nPet: {{type: object, title: {SECRET}, description: {SECRET}, \
         properties: {{xyzzyPlugh: {{type: string, default: {SECRET}}}}}}}\n"
    );
    for path in ["other.yaml", "api/other.yaml", "api/Pet", "api/Pet.yaml"] {
        fs::write(place.path().join(path), &other).expect("the file can be written");
    }
    place
}

/// A document that says this in the place of a schema.
fn document(schema: &str) -> String {
    format!(
        "openapi: 3.1.0
info: {{title: Pets, version: '1'}}
servers: [{{url: 'https://api.example.com'}}]
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses:
        '200': {{description: All., content: {{application/json: {{schema: {schema}}}}}}}
"
    )
}

fn assert_nothing_was_read(run: &Run, what: &str) {
    for text in [run.said(), run.written.clone()] {
        let lower = text.to_lowercase();
        assert!(!lower.contains("xyzzy"), "{what}\n{text}");
        assert!(!text.contains("root:"), "{what}\n{text}");
    }
}

#[test]
fn references_out_of_the_folder_are_reported_and_not_followed() {
    let place = place();
    let folder = place.path().join("api");
    let absolute = place.path().join("other.yaml");
    for target in [
        "../other.yaml",
        "../other.yaml#/Pet",
        "./../other.yaml",
        "%2e%2e/other.yaml",
        "none.yaml",
        absolute.to_str().expect("a path in UTF-8"),
        &format!("file://{}#/Pet", absolute.display()),
        "file:other.yaml",
        "file:///etc/passwd",
        "/etc/passwd",
        "/dev/zero",
        "\\\\\\\\localhost\\\\share\\\\other.yaml",
        "data:application/yaml,type: string",
    ] {
        fs::write(
            folder.join("openapi.yaml"),
            document(&format!("{{$ref: \"{target}\"}}")),
        )
        .expect("the file can be written");
        let run = run(&folder);
        assert_nothing_was_read(&run, target);
        let said = run.said();
        assert!(run.output.status.success(), "{target}\n{said}");
        assert!(
            said.contains("warning[invalid-reference]") && said.contains("treated as any value"),
            "{target}\n{said}"
        );
    }
}

#[test]
fn operations_out_of_the_folder_are_an_error() {
    let place = place();
    let folder = place.path().join("api");
    fs::write(
        folder.join("openapi.yaml"),
        "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths: {/pets: {$ref: ../other.yaml#/Pet}}\n",
    )
    .expect("the file can be written");
    let run = run(&folder);
    assert_eq!(run.output.status.code(), Some(1));
    assert!(
        run.said().contains("is outside of the folder"),
        "{}",
        run.said()
    );
    assert_nothing_was_read(&run, "a path item");
    assert!(run.written.is_empty());
}

/// All places of a document that can name a file beside a reference.
#[test]
fn no_other_place_of_a_document_is_a_way_to_a_file() {
    let place = place();
    let folder = place.path().join("api");
    let text = "openapi: 3.1.0
$schema: ./other.yaml
jsonSchemaDialect: file:other.yaml
info: {title: Pets, version: '1', license: {name: A, url: file:other.yaml}, termsOfService: 'file:other.yaml'}
externalDocs: {url: ./other.yaml}
servers: [{url: 'https://api.example.com'}]
paths:
  /pets:
    get:
      operationId: listPets
      externalDocs: {url: file:///etc/passwd}
      responses:
        '200':
          description: '![a](./other.yaml) <!--#include file=\"other.yaml\"--> #![doc = include_str!(\"../../api/other.yaml\")]'
          links: {next: {operationRef: './other.yaml#/Pet'}}
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Pet'}
              examples: {one: {externalValue: ./other.yaml}, two: {externalValue: 'file:///etc/passwd'}}
components:
  schemas:
    Pet:
      $id: ./other.yaml
      $schema: ./other.yaml
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind, mapping: {cat: './other.yaml#/Pet', dog: Dog}}
    Cat: {type: object, properties: {kind: {type: string}, name: !include other.yaml}}
    Dog: {type: object, properties: {kind: {type: string}, meows: {type: boolean}}}
";
    fs::write(folder.join("openapi.yaml"), text).expect("the file can be written");
    let run = run(&folder);
    assert_nothing_was_read(&run, "all places");
    assert_eq!(run.output.status.code(), Some(0), "{}", run.said());
    assert!(run.written.contains("pub struct Dog"), "a crate was made");
}

#[test]
fn nothing_is_fetched() {
    let place = place();
    let folder = place.path().join("api");
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener
        .set_nonblocking(true)
        .expect("a listener that doesn't wait");
    let url = format!(
        "http://{}",
        listener.local_addr().expect("it has an address")
    );
    for schema in [
        format!("{{$ref: '{url}/pet.yaml'}}"),
        format!("{{$ref: '{url}/pet.yaml#/Pet'}}"),
        format!("{{$schema: '{url}/dialect', $id: '{url}/pet', $ref: 'cat.yaml'}}"),
        format!("{{type: string, externalDocs: {{url: '{url}/docs'}}, examples: ['{url}/x']}}"),
    ] {
        let text = document(&schema).replace("https://api.example.com", &url);
        fs::write(folder.join("openapi.yaml"), text).expect("the file can be written");
        let run = run(&folder);
        assert_nothing_was_read(&run, &schema);
    }
    let refused = listener.accept().map(|(_, from)| from);
    let refused = refused.expect_err("nobody has connected").kind();
    assert_eq!(refused, ErrorKind::WouldBlock);
}

#[test]
fn a_description_that_is_no_file_is_told() {
    let place = place();
    for (spec, told) in [
        ("api", "is a folder"),
        ("nowhere", "no such OpenAPI description"),
        ("api/Pet/x.yaml", "no such OpenAPI description"),
        ("", "a value is required"),
    ] {
        let run = run_with(place.path(), spec);
        assert_eq!(run.output.status.code(), Some(2), "{spec}");
        assert!(run.said().contains(told), "{spec}: {}", run.said());
        assert!(run.written.is_empty());
    }
}

/// As `--out "$UNSET"` gives it: the current folder isn't meant.
#[test]
fn no_folder_at_all_is_told() {
    let place = place();
    let folder = place.path().join("api");
    fs::write(folder.join("openapi.yaml"), document("{type: string}")).expect("a document");
    let output = Command::new(env!("CARGO_BIN_EXE_clientsmith"))
        .current_dir(&folder)
        .args(["codegen", "--spec", "openapi.yaml", "--out", ""])
        .output()
        .expect("the command can be started");
    assert_eq!(output.status.code(), Some(2));
    assert!(!folder.join("src").exists() && !folder.join("Cargo.toml").exists());
}

#[test]
fn messages_hold_nothing_that_steers_a_terminal() {
    let place = place();
    let folder = place.path().join("api");
    let odd = r#""\e[2J\e]0;x\a\u202e\r\b""#;
    let text = format!(
        "openapi: 3.0.3
info: {{title: {odd}, version: '1', {odd}: 1}}
paths:
  /pets: {{get: {{tags: [{odd}], {odd}: 1, responses: {{'200': {{description: It., $ref: {odd}}}}}}}}}
"
    );
    fs::write(folder.join("openapi.yaml"), text).expect("the file can be written");
    let config = "[resources.\"\\u001b[31m\\u009b\"]\nname = \"\\u001b[0m\"\n";
    for config in ["", config] {
        fs::write(folder.join("sdk.toml"), config).expect("the file can be written");
        let run = run(&folder);
        let said = run.said();
        assert!(said.contains("warning") || said.contains("error"), "{said}");
        let steers = |it: char| it.is_control() && it != '\n' || it == '\u{202e}';
        assert!(!said.contains(steers), "{said:?}");
    }
}
