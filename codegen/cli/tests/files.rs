//! Descriptions in several files on the command line: what is read, what isn't, and which commands know of it.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

const ROOT: &str = "openapi: 3.0.3
info: {title: Ships, version: '1'}
servers: [{url: 'https://ships.example.com'}]
paths:
  /ships: {$ref: paths/ships.yaml}
components:
  schemas:
    Port: {type: object, properties: {name: {type: string}}}
";

const SHIPS: &str = "get:
  operationId: listShips
  tags: [ships]
  parameters: [{$ref: '../common.json#/components/parameters/Limit'}]
  responses:
    '200': {description: All., content: {application/json: {schema: {type: array, items: {$ref: ../schemas/ship.yaml}}}}}
";

const SHIP: &str = "type: object
required: [id]
properties:
  id: {type: integer}
  home: {$ref: '../openapi.yaml#/components/schemas/Port'}
  captain: {$ref: captain.yaml}
";

const CAPTAIN: &str = "type: object
properties:
  ships: {type: array, items: {$ref: ship.yaml}}
";

const COMMON: &str = r##"{"components": {"parameters": {"Limit": {"name": "limit", "in": "query",
    "schema": {"$ref": "#/components/schemas/Count"}}}, "schemas": {"Count": {"type": "integer", "enum": [10, 20]}}}}
"##;

struct Folder(tempfile::TempDir);

impl Folder {
    fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A project with one API in several files.
    fn project() -> Self {
        let folder = Self::empty();
        folder.write("Cargo.toml", "[workspace]\nmembers = [\"generated\"]\n");
        folder.write(
            "clientsmith.toml",
            "[apis.ships]\nspec = \"spec/openapi.yaml\"\nout = \"generated\"\n",
        );
        folder.write(
            "spec/sdk.toml",
            "[package]\nname = \"ships\"\nversion = \"0.1.0\"\n",
        );
        for (path, text) in [
            ("openapi.yaml", ROOT),
            ("paths/ships.yaml", SHIPS),
            ("schemas/ship.yaml", SHIP),
            ("schemas/captain.yaml", CAPTAIN),
            ("common.json", COMMON),
        ] {
            folder.write(&format!("spec/{path}"), text);
        }
        folder
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clientsmith"));
        command
            .current_dir(self.0.path())
            .args(arguments)
            .stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// What a command that succeeds prints.
    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", err(&output));
        out(&output)
    }

    fn git(&self, arguments: &[&str]) {
        let identity = ["-c", "user.name=T", "-c", "user.email=t@example.com"];
        let done = Command::new("git")
            .current_dir(self.0.path())
            .args(identity)
            .args(arguments)
            .output()
            .unwrap();
        assert!(done.status.success(), "{arguments:?}: {}", err(&done));
    }

    /// The files of a crate with their texts.
    fn files(&self, folder: &str) -> Vec<(PathBuf, String)> {
        let mut found = Vec::new();
        let mut open = vec![self.at(folder)];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    let text = fs::read_to_string(&path).unwrap();
                    found.push((path, text));
                }
            }
        }
        let root = self.at(folder);
        let below =
            |(path, text): (PathBuf, String)| (path.strip_prefix(&root).unwrap().to_owned(), text);
        let mut found: Vec<(PathBuf, String)> = found.into_iter().map(below).collect();
        found.sort();
        found
    }
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn files_and_their_bundle_make_the_same_crate() {
    let folder = Folder::project();
    folder.done(&["codegen"]);
    let types = folder.text("generated/src/types/ships.rs");
    for name in [
        "pub struct Ship ",
        "pub struct Captain ",
        "pub struct Port ",
    ] {
        assert_eq!(types.matches(name).count(), 1, "{name}");
    }
    fs::create_dir(folder.at("one")).unwrap();
    folder.done(&["bundle", "ships", "--output", "one/openapi.yaml"]);
    folder.write("one/sdk.toml", &folder.text("spec/sdk.toml"));
    folder.done(&["codegen", "--spec", "one/openapi.yaml", "--out", "of-one"]);
    assert_eq!(folder.files("generated"), folder.files("of-one"));
    let printed = folder.done(&["bundle", "spec/openapi.yaml"]);
    assert_eq!(printed, folder.text("one/openapi.yaml"));
    // A description in one file stays as it is.
    folder.write(
        "one/openapi.yaml",
        "openapi: 3.0.3 # A comment.\npaths: {}\n",
    );
    assert_eq!(
        folder.done(&["bundle", "one/openapi.yaml"]),
        folder.text("one/openapi.yaml")
    );
}

#[test]
fn what_is_wrong_is_reported_in_its_file() {
    let folder = Folder::project();
    folder.write(
        "spec/schemas/captain.yaml",
        "type: object\nproperties:\n  a: {type: strin}\n  b: {$ref: shp.yaml}\n  c: {$ref: '../common.json#/components/schemas/Cuont'}\n",
    );
    let output = folder.run(&["codegen", "--deny-warnings"]);
    let text = err(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    for part in [
        "warning[invalid-reference]: no such file: `spec/schemas/shp.yaml`",
        "--> spec/schemas/captain.yaml:4:13",
        "help: did you mean `spec/schemas/ship.yaml`?",
        "`spec/common.json` has no `/components/schemas/Cuont`",
        "--> spec/schemas/captain.yaml:5:13",
        "help: did you mean `#/components/schemas/Count`?",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(!folder.at("generated").exists());
    folder.done(&["codegen"]);
    folder.write(
        "spec/schemas/captain.yaml",
        "type: object\nproperties:\n  a: {type: strin}\n",
    );
    let text = err(&folder.run(&["codegen"]));
    assert!(
        text.contains("--> spec/schemas/captain.yaml:3:13"),
        "{text}"
    );
    folder.write("spec/schemas/captain.yaml", "type: object\nproperties: [\n");
    let text = err(&folder.run(&["codegen"]));
    assert!(text.contains("this isn't valid YAML"), "{text}");
    assert!(text.contains("spec/schemas/captain.yaml:2:13"), "{text}");
    assert!(text.contains("spec/schemas/ship.yaml:6:19"), "{text}");
}

/// What is wrong with a description that refers to this.
fn referring(folder: &Folder, reference: &str, arguments: &[&str]) -> Result<String, String> {
    let root = ROOT.replace("{type: string}", &format!("{{$ref: '{reference}'}}"));
    folder.write("spec/openapi.yaml", &root);
    let output = folder.run(&[&["codegen", "--deny-warnings"], arguments].concat());
    if output.status.success() {
        Ok(out(&output))
    } else {
        Err(err(&output))
    }
}

#[test]
fn nothing_outside_of_the_folder_is_read() {
    let folder = Folder::project();
    folder.write("outside/secret.yaml", "secret: [word\n");
    let absolute = folder.at("outside/secret.yaml").display().to_string();
    let url = format!("file://{absolute}");
    for (reference, message) in [
        (
            "../outside/secret.yaml",
            "is outside of the folder of the description",
        ),
        (
            "paths/../../outside/secret.yaml",
            "is outside of the folder of the description",
        ),
        (
            "%2e%2e/outside/secret.yaml",
            "is outside of the folder of the description",
        ),
        (
            "../outside/none.yaml",
            "is outside of the folder of the description",
        ),
        (&absolute, "is outside of the folder of the description"),
        ("/etc/passwd", "is outside of the folder of the description"),
        (&url, "is a URL with the scheme `file`, which isn't read"),
        (
            "ftp://ships.example.com/a.yaml",
            "is a URL with the scheme `ftp`, which isn't read",
        ),
        (
            "http://127.0.0.1:9/a.yaml",
            "is a URL, and isn't downloaded unless that is allowed",
        ),
        ("paths", "it isn't a regular file"),
    ] {
        let text = referring(&folder, reference, &[]).unwrap_err();
        assert!(text.contains(message), "{reference}\n{text}");
        assert!(
            text.contains("spec/openapi.yaml:8:52"),
            "{reference}\n{text}"
        );
        assert!(!text.contains("word"), "{reference}\n{text}");
    }
    let text = referring(&folder, "../outside/secret.yaml", &[]).unwrap_err();
    let help = format!(
        "help: `--allow-path {}` allows it",
        folder.at("outside").display()
    );
    assert!(text.contains(&help), "{text}");
    let text = referring(&folder, "https://a.example/v1/x.yaml", &[]).unwrap_err();
    assert!(
        text.contains("help: `--allow-url https://a.example/v1/` allows it"),
        "{text}"
    );
}

#[cfg(unix)]
#[test]
fn no_symbolic_link_leads_out_of_the_folder() {
    use std::os::unix::fs::symlink;
    let folder = Folder::project();
    folder.write(
        "outside/secret.yaml",
        "type: object\nproperties: {word: {type: string}}\n",
    );
    symlink("../outside", folder.at("spec/linked")).unwrap();
    symlink("../outside/secret.yaml", folder.at("spec/linked.yaml")).unwrap();
    symlink("schemas/captain.yaml", folder.at("spec/inside.yaml")).unwrap();
    for reference in ["linked.yaml", "linked/secret.yaml"] {
        let text = referring(&folder, reference, &[]).unwrap_err();
        assert!(
            text.contains("is a symbolic link out of the folder"),
            "{text}"
        );
    }
    assert!(referring(&folder, "linked.yaml", &["--allow-path", "outside"]).is_ok());
    assert!(
        referring(
            &folder,
            "../outside/secret.yaml",
            &["--allow-path", "outside"]
        )
        .is_ok()
    );
    assert!(referring(&folder, "../outside/secret.yaml", &["--allow-path", "out"]).is_err());
    // One file with two names is one schema.
    assert!(referring(&folder, "inside.yaml", &[]).is_ok());
    let types = folder.text("generated/src/types/ships.rs");
    assert!(!types.contains("pub struct Inside "), "{types}");
}

#[test]
fn all_files_together_are_as_large_as_a_description_may_be() {
    let folder = Folder::project();
    folder.write("spec/sdk.toml", "[limits]\nmegabytes = 1\n");
    folder.write("spec/schemas/captain.yaml", &"# ".repeat(300_000));
    let large = format!("{SHIP}#{}\n", "x".repeat(600_000));
    folder.write("spec/schemas/ship.yaml", &large);
    let text = err(&folder.run(&["codegen"]));
    assert!(
        text.contains("the files of the description have more than 1 MB"),
        "{text}"
    );
    assert!(
        text.contains("raise `megabytes` under `[limits]`"),
        "{text}"
    );
}

#[test]
fn check_and_diff_know_all_files() {
    let folder = Folder::project();
    folder.done(&["codegen"]);
    folder.done(&["codegen", "--check"]);
    folder.git(&["init", "--quiet"]);
    folder.git(&["add", "--all"]);
    folder.git(&["commit", "--quiet", "--message", "first"]);
    folder.write("spec/schemas/ship.yaml", &SHIP.replace("integer", "string"));
    let output = folder.run(&["codegen", "--check"]);
    assert!(out(&output).contains("String"), "{}", out(&output));
    assert_eq!(output.status.code(), Some(1));
    let changes = folder.done(&["diff", "HEAD"]);
    assert!(changes.contains("Breaking (1)"), "{changes}");
    assert!(changes.contains("spec/schemas/ship.yaml:4:"), "{changes}");
    folder.write("spec/schemas/ship.yaml", SHIP);
    fs::remove_file(folder.at("spec/common.json")).unwrap();
    let text = err(&folder.run(&["diff", "HEAD"]));
    assert!(text.contains("no such file: `spec/common.json`"), "{text}");
    folder.write("spec/common.json", COMMON);
    assert!(folder.done(&["diff", "HEAD"]).contains("No changes"));
    // What wasn't committed isn't read from the folder.
    folder.git(&["rm", "--quiet", "--cached", "spec/common.json"]);
    folder.git(&["commit", "--quiet", "--message", "without"]);
    let text = err(&folder.run(&["diff", "HEAD"]));
    assert!(text.contains("the revision has no `common.json`"), "{text}");
}

#[test]
fn new_and_update_join_the_files() {
    let folder = Folder::project();
    folder.done(&["codegen"]);
    let output = folder.run(&["new", "fleet", "--spec", "spec/openapi.yaml"]);
    assert!(output.status.success(), "{}", err(&output));
    assert!(
        err(&output).contains("joined as by `bundle`"),
        "{}",
        err(&output)
    );
    let joined = folder.text("spec/fleet/openapi.yaml");
    assert_eq!(joined, folder.done(&["bundle", "ships"]));
    folder.write("spec/schemas/ship.yaml", &SHIP.replace("integer", "string"));
    let changes = folder.done(&["update", "fleet", "--spec", "spec/openapi.yaml"]);
    assert!(changes.contains("Breaking (1)"), "{changes}");
    assert_eq!(
        folder.text("spec/fleet/openapi.yaml"),
        folder.done(&["bundle", "ships"])
    );
    fs::remove_file(folder.at("spec/common.json")).unwrap();
    let output = folder.run(&["new", "other", "--spec", "spec/openapi.yaml"]);
    assert!(
        err(&output).contains("no such file: `spec/common.json`"),
        "{}",
        err(&output)
    );
    assert!(!folder.at("spec/other").exists());
}

#[test]
fn watch_looks_at_all_files() {
    let folder = Folder::project();
    let mut child = folder
        .command(&["codegen", "--watch"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut line = || lines.next().unwrap().unwrap();
    assert_eq!(
        line(),
        "watching spec/openapi.yaml, spec/sdk.toml, spec/common.json, spec/paths/ships.yaml, spec/schemas/captain.yaml, \
         spec/schemas/ship.yaml; press Ctrl-C to stop"
    );
    assert!(line().starts_with("generated: wrote "));
    folder.write(
        "spec/schemas/captain.yaml",
        &CAPTAIN.replace("ships", "boats"),
    );
    let changed = line();
    let _ = child.kill();
    let _ = child.wait();
    assert!(changed.contains("src/types/ships.rs"), "{changed}");
}

#[test]
fn a_url_is_read_where_it_is_allowed() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/schemas/", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let mut stream = stream;
            let mut request = [0; 1000];
            let read = stream.read(&mut request).unwrap_or(0);
            let request = String::from_utf8_lossy(&request[..read]).into_owned();
            if request.starts_with("GET /schemas/moved.yaml ") {
                let head = "HTTP/1.1 302 Found\r\nlocation: /other/hull.yaml\r\ncontent-length: 0\r\nconnection: close";
                let _ = write!(stream, "{head}\r\n\r\n");
                continue;
            }
            let body = if request.starts_with("GET /schemas/hull.yaml ") {
                "type: object\nproperties: {mast: {$ref: mast.yaml}}\n"
            } else {
                "type: object\nproperties: {height: {type: number}}\n"
            };
            let length = body.len();
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
            );
        }
    });
    let folder = Folder::project();
    let url = format!("{address}hull.yaml");
    let text = referring(&folder, &url, &[]).unwrap_err();
    assert!(text.contains(&format!("--allow-url {address}")), "{text}");
    let other = address.trim_end_matches("/schemas/");
    let longer = format!("{other}/other/");
    assert!(referring(&folder, &url, &["--allow-url", &longer]).is_err());
    let prefix = &other[..other.len() - 1];
    assert!(referring(&folder, &url, &["--allow-url", prefix]).is_err());
    let made = referring(&folder, &url, &["--allow-url", &address]);
    assert!(made.is_ok(), "{made:?}");
    let types = fs::read_dir(folder.at("generated/src/types")).unwrap();
    let types = types.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    let types: String = types.collect();
    assert!(types.contains("pub struct Mast "), "{types}");
    // What is allowed may lead to what isn't.
    let moved = format!("{address}moved.yaml");
    let text = referring(&folder, &moved, &["--allow-url", &address]).unwrap_err();
    assert!(text.contains("returned 302 Found"), "{text}");
    assert!(
        text.contains("it redirects to `/other/hull.yaml`: refer to that URL, and allow it"),
        "{text}"
    );
}

#[test]
fn the_library_reads_files_below_the_folder() {
    let folder = Folder::project();
    let read = |path: &Path| clientsmith::Generator::read(path).unwrap().generate();
    let files = read(&folder.at("spec/openapi.yaml")).unwrap();
    folder.done(&["codegen"]);
    files.check(folder.at("generated")).unwrap();
    folder.write(
        "spec/openapi.yaml",
        &ROOT.replace("paths/ships.yaml", "../ships.yaml"),
    );
    let failed = read(&folder.at("spec/openapi.yaml")).unwrap_err();
    assert!(
        failed.to_string().contains("outside of the folder"),
        "{failed}"
    );
}
