//! What `diff` says of an edit, held against programs and JSON: a program that uses all of the old crate is compiled with
//! the new one, and what the new service returns is decoded by both.
//!
//! `cargo test -p tests --test public_api programs -- --ignored`; `EDITS=20..30` is some of the edits.

mod samples;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

use codegen::{Effect, GeneratedFile};
use serde_json::Value;

use crate::edits::{self, BERTHS, Base, Edit, SHIPS};
use crate::verdicts::{difference, files, write_crate};
use samples::SAMPLES;

/// Edits that are told to break programs, and the program compiles all the same; or the other way round: why.
const EXPLAINED: &[(&str, &str)] = &[
    (
        "another end of a wait",
        "the same program ends its wait elsewhere",
    ),
    (
        "another variable",
        "a variable of the environment is in nobody's code",
    ),
    (
        "another name of the crate",
        "programs of this test name the crate in their manifest",
    ),
    (
        "features",
        "only programs without default features have to name those of the resources",
    ),
];

/// The workspace of the crates and programs.
struct Workspace {
    folder: PathBuf,
    members: BTreeSet<String>,
}

impl Workspace {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() && entry.file_name() != "target" {
                fs::remove_dir_all(entry.path()).expect("a folder of an earlier run");
            }
        }
        fs::create_dir_all(&folder).expect("a folder");
        Self {
            folder,
            members: BTreeSet::new(),
        }
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// The crate of two texts, as a package of another name: a workspace has each name once.
    fn add_crate(&mut self, name: &str, spec: &str, config: &str) {
        let start = config.find("name = \"").expect("the package has a name") + "name = \"".len();
        let end = start + config[start..].find('"').expect("the name ends");
        let config = format!("{}{name}{}", &config[..start], &config[end..]);
        write_crate(&self.folder.join(name), spec, &config);
        self.members.insert(name.to_owned());
    }

    /// A package that calls crates by names of its own.
    fn add_package(&mut self, name: &str, dependencies: &[(&str, &str)], path: &str, code: &str) {
        let mut manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             serde_json = \"1\"\nserde = \"1\"\n"
        );
        for (called, package) in dependencies {
            writeln!(
                manifest,
                "{called} = {{ package = \"{package}\", path = \"../{package}\" }}"
            )
            .expect("a string takes all text");
        }
        self.write(&format!("{name}/Cargo.toml"), &manifest);
        self.write(&format!("{name}/{path}"), code);
        self.members.insert(name.to_owned());
    }

    /// Runs Cargo; what it prints, whether or not it succeeds.
    fn cargo(&self, arguments: &[&str]) -> (String, String) {
        let members: Vec<String> = self.members.iter().map(|it| format!("{it:?}")).collect();
        let members = members.join(", ");
        let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n");
        self.write("Cargo.toml", &manifest);
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        fs::copy(lock, self.folder.join("Cargo.lock")).expect("the repository has a Cargo.lock");
        let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .current_dir(&self.folder)
            .args(arguments)
            .args(["--offline", "--target-dir", "target"])
            .env_remove("RUSTFLAGS")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .output()
            .expect("cargo can be started");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (text(&output.stdout), text(&output.stderr))
    }
}

/// The edits that are asked for: all of them, or those of `EDITS`.
fn asked() -> Range<usize> {
    let some = std::env::var("EDITS").unwrap_or_default();
    let (from, to) = some.split_once("..").unwrap_or_default();
    from.parse().unwrap_or(0)..to.parse().unwrap_or(usize::MAX)
}

/// The code of the crate of two texts, apart from its documents.
fn sources(spec: &str, config: &str) -> Vec<GeneratedFile> {
    let mut files = files(spec, config);
    files.retain(|it| it.path.starts_with("src/"));
    files
}

/// What a program calls the crate of a base, and the program.
fn program(base: &Base) -> (&'static str, &'static str) {
    if base.spec == SHIPS.spec {
        ("harbour", include_str!("programs/ships.rs"))
    } else {
        ("berths", include_str!("programs/berths.rs"))
    }
}

#[test]
#[ignore = "compiles a crate and a program for each edit"]
fn programs_of_the_old_crate_compile_with_the_new_one_unless_it_breaks() {
    let mut workspace = Workspace::new("programs");
    let mut programs: BTreeMap<String, &Edit> = BTreeMap::new();
    for (index, edit) in edits::all()
        .enumerate()
        .filter(|(index, _)| asked().contains(index))
    {
        let (name, program_name) = (format!("crate-{index}"), format!("program-{index}"));
        let (spec, config) = edit.texts();
        if sources(edit.base.spec, edit.base.config) == sources(&spec, &config) {
            // The same code: nothing to compile.
            assert!(difference(edit).rust() != Effect::Breaking, "{}", edit.name);
            continue;
        }
        workspace.add_crate(&name, &spec, &config);
        let (called, code) = program(edit.base);
        workspace.add_package(&program_name, &[(called, &name)], "src/lib.rs", code);
        programs.insert(program_name, edit);
    }
    let arguments = [
        "check",
        "--workspace",
        "--keep-going",
        "--message-format",
        "json",
    ];
    let (messages, said) = workspace.cargo(&arguments);
    let mut compiled = BTreeSet::new();
    let mut errors: BTreeMap<String, String> = BTreeMap::new();
    for message in messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
    {
        let target = message["target"]["name"].as_str().unwrap_or_default();
        let target = target.replace('_', "-");
        match message["reason"].as_str() {
            Some("compiler-artifact") => drop(compiled.insert(target)),
            Some("compiler-message") if message["message"]["level"] == "error" => {
                let text = message["message"]["message"].as_str().unwrap_or_default();
                errors.entry(target).or_insert_with(|| text.to_owned());
            }
            _ => {}
        }
    }
    let mut wrong = String::new();
    for (name, edit) in &programs {
        let crate_name = name.replace("program", "crate");
        assert!(compiled.contains(&crate_name), "{}: {said}", edit.name);
        let breaks = difference(edit).rust() == Effect::Breaking;
        let is_explained = EXPLAINED
            .iter()
            .any(|(explained, _)| *explained == edit.name);
        if (breaks == compiled.contains(name)) != is_explained {
            let seen = errors.get(name).map_or("it compiles", String::as_str);
            writeln!(wrong, "{}: said to break: {breaks}; {seen}", edit.name)
                .expect("a string takes all text");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
#[ignore = "compiles the crates of edits"]
fn json_of_the_new_service_is_decoded_by_the_old_crate_unless_it_breaks() {
    let mut workspace = Workspace::new("decoded");
    let strict = "\n[types]\nreading = \"strict\"\n";
    for (name, base) in [("harbour", &SHIPS), ("berths", &BERTHS)] {
        workspace.add_crate(name, base.spec, &format!("{}{strict}", base.config));
    }
    let mut dependencies = vec![
        ("harbour".to_owned(), "harbour".to_owned()),
        ("berths".to_owned(), "berths".to_owned()),
    ];
    let mut code = String::from("fn main() {\n");
    for (index, sample) in SAMPLES.iter().enumerate() {
        let edit = edits::all()
            .find(|it| it.name == sample.edit)
            .expect(sample.edit);
        let (spec, config) = edit.texts();
        let name = format!("new{index}");
        workspace.add_crate(&name, &spec, &format!("{config}{strict}"));
        dependencies.push((name.clone(), name.clone()));
        let (old, _) = program(edit.base);
        let (new_type, old_type) = (sample.new_type.unwrap_or(sample.ty), sample.ty);
        for (who, path, json) in [
            ("old", format!("{old}::types::{old_type}"), sample.old),
            ("new", format!("{name}::types::{new_type}"), sample.new),
            ("both", format!("{old}::types::{old_type}"), sample.new),
        ] {
            writeln!(
                code,
                "    println!(\"{index} {who} {{}}\", serde_json::from_str::<{path}>({json:?}).is_ok());"
            )
            .expect("a string takes all text");
        }
    }
    code.push_str("}\n");
    let dependencies: Vec<(&str, &str)> = dependencies
        .iter()
        .map(|(called, package)| (&**called, &**package))
        .collect();
    workspace.add_package("decode", &dependencies, "src/main.rs", &code);
    let (printed, said) = workspace.cargo(&["run", "--quiet", "--package", "decode"]);
    let mut wrong = String::new();
    for (index, sample) in SAMPLES.iter().enumerate() {
        let edit = edits::all()
            .find(|it| it.name == sample.edit)
            .expect(sample.edit);
        let says = |who: &str| -> bool {
            let start = format!("{index} {who} ");
            let line = printed.lines().find_map(|line| line.strip_prefix(&*start));
            line.unwrap_or_else(|| panic!("{said}")) == "true"
        };
        // Limits and defaults are checked by nobody: only what can't be decoded is a difference here.
        let changes = difference(edit).changes;
        let breaks = changes
            .iter()
            .any(|it| it.wire.text.contains("can't decode"));
        if !says("old") || !says("new") || says("both") == breaks {
            let seen = (says("old"), says("new"), says("both"));
            writeln!(wrong, "{}: said to break: {breaks}; {seen:?}", sample.edit)
                .expect("a string takes all text");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
