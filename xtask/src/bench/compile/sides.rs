//! The crates that are held against each other.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::build::{Builder, Mode};
use super::derived;
use crate::bench::Setting;
use crate::bench::files;
use crate::bench::measure::Usage;
use crate::bench::samples::Samples;
use clientsmith::internal::failure::Failure;
use clientsmith::internal::terminal::tell;

/// A crate made of a description, and what compiling it took.
#[derive(Debug, Default)]
pub(super) struct Side {
    pub(super) name: &'static str,
    pub(super) folder: PathBuf,
    pub(super) is_ours: bool,
    pub(super) is_derived: bool,
    pub(super) check: Costs,
    pub(super) build: Costs,
    pub(super) release: Costs,
    /// Of the library, in bytes.
    pub(super) size: Samples,
    pub(super) llvm_lines: Samples,
    /// Of Rust, with whatever is emitted.
    pub(super) lines: Samples,
}

/// What compiling took, round by round.
#[derive(Debug, Default)]
pub(super) struct Costs {
    /// Seconds of all processors.
    pub(super) time: Samples,
    /// Bytes.
    pub(super) peak: Samples,
}

impl Side {
    fn new(name: &'static str, folder: PathBuf) -> Result<Self, Failure> {
        #[expect(clippy::cast_precision_loss, reason = "no crate has so many lines")]
        let lines = Samples(vec![files::lines_of_rust(&folder.join("src"))? as f64]);
        Ok(Self {
            name,
            folder,
            lines,
            ..Self::default()
        })
    }

    pub(super) fn push(&mut self, mode: Mode, usage: Usage) {
        let costs = match mode {
            Mode::Check => &mut self.check,
            Mode::Build => &mut self.build,
            Mode::Release => &mut self.release,
        };
        costs.time.0.push(usage.cpu.as_secs_f64());
        #[expect(clippy::cast_precision_loss, reason = "no machine has so much memory")]
        costs.peak.0.push(usage.peak as f64);
    }
}

/// Makes the crates of a description: ours, the same with derives, and those of the generators that
/// are installed and take it.
pub(super) fn all(
    setting: &Setting,
    builder: &Builder,
    name: &str,
    spec: &Path,
    work: &Path,
) -> Result<Vec<Side>, Failure> {
    let folder = work.join(name);
    files::fresh_folder(&folder)?;
    let ours = folder.join("ours");
    emit(builder, spec, &folder, &ours)?;
    let twin = folder.join("derived");
    files::copy_folder(&ours, &twin)?;
    derive(&twin)?;
    for (folder, suffix) in [(&ours, "ours"), (&twin, "derived")] {
        stand_alone(folder, Some(&format!("{name}-{suffix}")))?;
    }
    let mut sides = vec![
        Side {
            is_ours: true,
            ..Side::new("ours", ours)?
        },
        Side {
            is_derived: true,
            ..Side::new("serde's derive", twin)?
        },
    ];
    for (peer, program, make) in peers(setting) {
        let Some(program) = program else { continue };
        let out = folder.join(peer);
        let package = format!("{name}-{peer}");
        let made = make(builder, program, spec, &out, &package).and_then(|()| Side::new(peer, out));
        match made {
            Ok(side) => sides.push(side),
            Err(_) => tell(&format!("{peer} fails on {name}\n")),
        }
    }
    Ok(sides)
}

fn emit(builder: &Builder, spec: &Path, folder: &Path, out: &Path) -> Result<(), Failure> {
    let config = folder.join("sdk.toml");
    files::write(&config, "")?;
    let own = std::env::current_exe()
        .map_err(|error| Failure::work(format!("can't find the path of this program: {error}")))?;
    let mut command = Command::new(own);
    command.args(["codegen", "--spec"]).arg(spec);
    command.arg("--config").arg(&config).arg("--out").arg(out);
    builder.quietly(&mut command).map(drop)
}

/// Writes the types of a copy with derives.
fn derive(folder: &Path) -> Result<(), Failure> {
    let types = folder.join("src/types");
    let tables = folder.join("src/wire/types");
    // Those of the tables come last: the types are written by them.
    let mut paths = files::below(&folder.join("src"))?;
    paths.sort_by_key(|path| path.starts_with(&tables));
    for path in paths {
        let text = files::read(&path)?;
        let unread =
            |error: syn::Error| Failure::work(format!("can't read {}: {error}", path.display()));
        let text = if let Ok(name) = path.strip_prefix(&types) {
            let table = tables.join(name);
            derived::types(&text, &files::read(&table)?).map_err(unread)?
        } else if path.starts_with(&tables) {
            derived::conversions(&text).map_err(unread)?
        } else if path == folder.join("src/lib.rs") {
            // The imports of the tables stay, and the runtime has what only tables need.
            format!("#![allow(dead_code, unused_imports)]\n{text}")
        } else {
            // Responses are read by serde's traits.
            text.replace("payload.json()", "payload.json_as()").replace(
                "T: Decode>(payload",
                "T: serde::de::DeserializeOwned>(payload",
            )
        };
        files::write(&path, &text)?;
    }
    edit(folder, |manifest| {
        let features = manifest
            .get_mut("dependencies")
            .and_then(|all| all.get_mut("serde")?.get_mut("features")?.as_array_mut());
        if let Some(features) = features {
            features.push("derive".into());
        }
    })
}

type Make = fn(&Builder, &Path, &Path, &Path, &str) -> Result<(), Failure>;

fn peers(setting: &Setting) -> [(&'static str, Option<&Path>, Make); 3] {
    let tools = &setting.tools;
    [
        ("progenitor", tools.progenitor.as_deref(), progenitor),
        (
            "openapi-to-rust",
            tools.openapi_to_rust.as_deref(),
            openapi_to_rust,
        ),
        ("oas3-gen", tools.oas3_gen.as_deref(), oas3_gen),
    ]
}

fn progenitor(
    builder: &Builder,
    program: &Path,
    spec: &Path,
    out: &Path,
    package: &str,
) -> Result<(), Failure> {
    let mut command = Command::new(program);
    command.arg("progenitor").arg("--input").arg(spec);
    command.arg("--output").arg(out);
    command.args(["--name", package, "--version", "0.0.0"]);
    builder.quietly(&mut command)?;
    stand_alone(out, None)
}

/// It emits a module, and the dependencies of the crate that shall hold it.
fn openapi_to_rust(
    builder: &Builder,
    program: &Path,
    spec: &Path,
    out: &Path,
    package: &str,
) -> Result<(), Failure> {
    let module = out.join("src/rival");
    let mut command = Command::new(program);
    command.arg("generate").arg(spec);
    command.args(["--quiet", "--module-name", "rival", "--output-dir"]);
    builder.quietly(command.arg(&module))?;
    let dependencies = module.join("REQUIRED_DEPS.toml");
    let dependencies = files::read(&dependencies)?;
    let manifest = format!(
        "[package]\nname = \"{package}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n{dependencies}"
    );
    for (path, text) in [
        ("Cargo.toml", manifest.as_str()),
        ("src/lib.rs", "#![allow(warnings)]\npub mod rival;\n"),
    ] {
        let path = out.join(path);
        files::write(&path, text)?;
    }
    stand_alone(out, None)
}

fn oas3_gen(
    builder: &Builder,
    program: &Path,
    spec: &Path,
    out: &Path,
    package: &str,
) -> Result<(), Failure> {
    let mut command = Command::new(program);
    command.args(["generate", "client-mod", "--workspace", "--quiet", "-i"]);
    builder.quietly(command.arg(spec).arg("-o").arg(out))?;
    stand_alone(out, Some(package))
}

/// Makes a package its own workspace, and calls it so.
fn stand_alone(folder: &Path, name: Option<&str>) -> Result<(), Failure> {
    edit(folder, |manifest| {
        manifest.insert("workspace".to_owned(), toml::Table::new().into());
        let package = manifest.get_mut("package").and_then(|it| it.as_table_mut());
        if let (Some(package), Some(name)) = (package, name) {
            package.insert("name".to_owned(), name.into());
        }
        // What they show is called after another package.
        for key in ["example", "lib"] {
            manifest.remove(key);
        }
    })
}

fn edit(folder: &Path, change: impl FnOnce(&mut toml::Table)) -> Result<(), Failure> {
    let path = folder.join("Cargo.toml");
    let text = files::read(&path)?;
    let mut manifest: toml::Table = text
        .parse()
        .map_err(|error| Failure::work(format!("can't read {}: {error}", path.display())))?;
    change(&mut manifest);
    files::write(&path, &manifest.to_string())
}
