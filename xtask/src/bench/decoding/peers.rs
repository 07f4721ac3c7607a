//! The types that other generators emit for the same description, as far as they are installed.
//!
//! Each peer's crate is made in a scratch package of its own. One program holds them all beside our
//! types and those by hand, so that all sides take turns in one process.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bench::program::Program;
use crate::bench::tools::Tools;
use crate::bench::{Setting, files, measure};
use clientsmith::internal::failure::Failure;
use clientsmith::internal::terminal::tell;

/// Another generator, as it is set for this.
struct Peer {
    /// What the figures call it.
    name: &'static str,
    /// The package it emits, or is wrapped in.
    package: &'static str,
    program: PathBuf,
    /// Makes the package of the description.
    emit: fn(&Self, &Path, &Scratch) -> Result<(), Failure>,
    /// Where the package has the type of a page.
    page: &'static str,
    /// Whether its types of responses implement `Serialize`, too.
    writes: bool,
}

/// A peer that is measured.
pub(super) struct Side {
    /// What the figures call it.
    pub(super) name: &'static str,
    /// Whether its pages can be written.
    pub(super) writes: bool,
}

/// Those that are there.
fn installed(tools: &Tools) -> Vec<Peer> {
    let openapi_to_rust = |name, package, emit| {
        let program = tools.openapi_to_rust.clone()?;
        Some(Peer {
            name,
            package,
            program,
            emit,
            page: "rival::BatchPage",
            writes: true,
        })
    };
    let progenitor = tools.progenitor.clone().map(|program| Peer {
        name: "progenitor",
        package: "peer-progenitor",
        program,
        emit: progenitor,
        page: "types::BatchPage",
        writes: true,
    });
    let oas3_gen = tools.oas3_gen.clone().map(|program| Peer {
        name: "oas3-gen",
        package: "peer-oas3-gen",
        program,
        emit: oas3_gen,
        page: "BatchPage",
        writes: false,
    });
    let all = [
        openapi_to_rust("openapi-to-rust", "peer-openapi-to-rust", with_dates),
        openapi_to_rust(
            "openapi-to-rust, dates as strings",
            "peer-openapi-to-rust-text",
            with_text,
        ),
        progenitor,
        oas3_gen,
    ];
    all.into_iter().flatten().collect()
}

fn with_dates(peer: &Peer, spec: &Path, scratch: &Scratch) -> Result<(), Failure> {
    openapi_to_rust(peer, spec, scratch, &[])
}

fn with_text(peer: &Peer, spec: &Path, scratch: &Scratch) -> Result<(), Failure> {
    openapi_to_rust(peer, spec, scratch, &["--types-conservative"])
}

/// It emits a module, and the dependencies of the crate that shall hold it.
fn openapi_to_rust(
    peer: &Peer,
    spec: &Path,
    scratch: &Scratch,
    arguments: &[&str],
) -> Result<(), Failure> {
    let package = scratch.folder.join(peer.package);
    let module = package.join("src/rival");
    let mut emit = Command::new(&peer.program);
    emit.args(["generate", "--types-only", "--quiet"])
        .args(["--module-name", "rival", "--output-dir"])
        .arg(&module)
        .args(arguments)
        .arg(spec);
    measure::run(&mut emit, &scratch.log)?;
    let dependencies = module.join("REQUIRED_DEPS.toml");
    let dependencies = files::read(&dependencies)?;
    let manifest = format!(
        "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n{dependencies}",
        peer.package
    );
    files::write(&package.join("Cargo.toml"), &manifest)?;
    files::write(
        &package.join("src/lib.rs"),
        "#![allow(warnings)]\npub mod rival;\n",
    )
}

/// It reads OpenAPI 3.0 only, and takes not all operations: so it has a second try with the schemas
/// alone.
fn progenitor(peer: &Peer, spec: &Path, scratch: &Scratch) -> Result<(), Failure> {
    let emit = |spec: &Path| {
        let mut emit = Command::new(&peer.program);
        // With one, the error itself would not be among the last lines.
        emit.env("RUST_BACKTRACE", "0");
        emit.arg("progenitor").arg("--input").arg(spec);
        emit.arg("--output").arg(scratch.folder.join(peer.package));
        emit.args(["--name", peer.package, "--version", "0.0.0"]);
        measure::run(&mut emit, &scratch.log)
    };
    if emit(spec).is_err() {
        let converted = scratch.converted(spec)?;
        emit(&converted)?;
        tell(&format!(
            "{} fails on the description, and gets only its schemas, converted to OpenAPI 3.0\n",
            peer.name
        ));
    }
    Ok(())
}

/// It names the package after the folder.
fn oas3_gen(peer: &Peer, spec: &Path, scratch: &Scratch) -> Result<(), Failure> {
    let mut emit = Command::new(&peer.program);
    emit.args(["generate", "client-mod", "--workspace", "--quiet", "-i"])
        .arg(spec)
        .arg("-o")
        .arg(scratch.folder.join(peer.package));
    measure::run(&mut emit, &scratch.log).map(drop)
}

/// The program with our types, those by hand, and those of all peers that take the description and
/// emit what compiles; and those peers.
pub(super) fn program(setting: &Setting) -> Result<(Program, Vec<Side>), Failure> {
    let spec = crate::workspace::folder()?.join("spec/batches.yaml");
    let scratch = Scratch::new(&setting.work)?;
    let mut taken = Vec::new();
    for peer in installed(&setting.tools) {
        if let Err(failure) = (peer.emit)(&peer, &spec, &scratch) {
            tell(&format!(
                "{} fails on the description: {}\n",
                peer.name,
                reason(&failure)
            ));
            continue;
        }
        taken.push(peer);
        if let Err(failure) = scratch.build(setting, &taken)
            && let Some(peer) = taken.pop()
        {
            tell(&format!(
                "the output of {} can't be measured: {}\n",
                peer.name,
                reason(&failure)
            ));
        }
    }
    let program = scratch.build(setting, &taken)?;
    let sides = taken.iter().map(|it| Side {
        name: it.name,
        writes: it.writes,
    });
    Ok((program, sides.collect()))
}

/// The folder in which all of it is made.
struct Scratch {
    folder: PathBuf,
    log: PathBuf,
}

impl Scratch {
    /// An empty one, in which crates have the versions that the project has of them.
    fn new(work: &Path) -> Result<Self, Failure> {
        let folder = work.join("decoding");
        files::remove_folder(&folder)?;
        let source = folder.join("src");
        files::make_folder(&source)?;
        let lock = crate::workspace::folder()?.join("Cargo.lock");
        files::copy(&lock, &folder.join("Cargo.lock"))?;
        let log = work.join("peers.log");
        Ok(Self { folder, log })
    }

    /// Builds the program with these peers.
    fn build(&self, setting: &Setting, peers: &[Peer]) -> Result<Program, Failure> {
        let manifest = self.folder.join("Cargo.toml");
        files::write(&manifest, &manifest_of(peers)?)?;
        files::write(&self.folder.join("src/main.rs"), &source(peers))?;
        Program::of(setting, &manifest, "decoding", "program")
    }

    /// The schemas of the description in the forms of OpenAPI 3.0, as we read it ourselves.
    fn converted(&self, spec: &Path) -> Result<PathBuf, Failure> {
        let name = spec.display().to_string();
        let text = files::read(spec)?;
        let source = codegen::Source {
            name: &name,
            text: &text,
        };
        let (document, _) = codegen::Document::read(source)
            .map_err(|_| Failure::work(format!("{name} is not a valid description")))?;
        let mut value = document.value("").cloned().unwrap_or_default();
        value["openapi"] = "3.0.3".into();
        value["paths"] = serde_json::Map::new().into();
        let converted = self.folder.join("converted.json");
        files::write(&converted, &value.to_string())?;
        Ok(converted)
    }
}

/// The manifest of the program with these peers.
fn manifest_of(peers: &[Peer]) -> Result<String, Failure> {
    let mut dependencies = toml::Table::new();
    let bench = crate::workspace::folder()?.join("tests/bench");
    let of_path = |path: String| {
        let path = ("path".to_owned(), toml::Value::String(path));
        toml::Value::Table(toml::Table::from_iter([path]))
    };
    dependencies.insert("bench".into(), of_path(bench.display().to_string()));
    for peer in peers {
        dependencies.insert(peer.package.into(), of_path(peer.package.into()));
    }
    let dependencies = toml::Value::Table(dependencies);
    let tables = toml::Table::from_iter([("dependencies".to_owned(), dependencies)]);
    Ok(format!(
        "[package]\nname = \"decoding\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [workspace]\nresolver = \"3\"\n\n{tables}"
    ))
}

/// The program with these peers.
fn source(peers: &[Peer]) -> String {
    let contenders: Vec<String> = peers
        .iter()
        .map(|peer| {
            format!(
                "    all.push(Contender::{}::<{}::{}>({:?}));\n",
                if peer.writes { "of" } else { "of_read" },
                peer.package.replace('-', "_"),
                peer.page,
                peer.name
            )
        })
        .collect();
    let contenders = contenders.concat();
    format!(
        "use bench::decoding::{{self, Contender}};\n\n\
         fn main() -> Result<(), bench::Failure> {{\n    \
             #[allow(unused_mut)]\n    \
             let mut all = decoding::contenders().to_vec();\n\
             {contenders}    \
             let arguments: Vec<String> = std::env::args().skip(1).collect();\n    \
             let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();\n    \
             decoding::command(&all, &arguments)\n\
         }}\n"
    )
}

/// The line that says most of why a program failed.
fn reason(failure: &Failure) -> &str {
    let mut notes = failure.notes.iter();
    let error = notes.find(|line| line.to_lowercase().starts_with("error"));
    error.map_or(&failure.message, |line| line)
}
