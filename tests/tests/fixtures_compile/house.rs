//! The workspace of the emitted crates.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use codegen::Generated;

use crate::support::fixture::{self, Fixture};
use crate::{doc_samples, modules, round_trips, run_examples, runtime, runtime_names, two_apis};

/// The workspace of all fixtures.
pub struct House {
    folder: PathBuf,
    /// Fixture and package.
    packages: Vec<(String, String)>,
}

impl House {
    /// Writes the workspace, leaving files alone that are as they should be.
    pub fn new() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures");
        let mut members = String::new();
        let mut packages = Vec::new();
        for (name, generated) in crates() {
            let home = folder.join(&name);
            let mut written: Vec<PathBuf> = Vec::new();
            for file in &generated.files {
                let path = home.join(&file.path);
                write(&path, &file.text);
                written.push(path);
                if file.path == "Cargo.toml" {
                    packages.push((name.clone(), package(&file.text)));
                }
            }
            for (path, text) in fixture::own_modules(&name) {
                let path = home.join("src").join(path);
                write(&path, &text);
                written.push(path);
            }
            if let Some(samples) = doc_samples::file(&generated) {
                let path = home.join("examples/doc_samples.rs");
                write(&path, &samples);
                written.push(path);
            }
            remove_others(&home, &written);
            writeln!(members, "    {name:?},").expect("a string takes all text");
        }
        for (path, text) in round_trips::package(&packages) {
            write(&folder.join(round_trips::PACKAGE).join(path), &text);
        }
        for (path, text) in run_examples::package() {
            write(&folder.join(run_examples::PACKAGE).join(path), &text);
        }
        for (path, text) in two_apis::package() {
            write(&folder.join(two_apis::PACKAGE).join(path), &text);
        }
        for (path, text) in modules::packages() {
            write(&folder.join(path), &text);
        }
        for (package, _) in modules::PACKAGES {
            writeln!(members, "    {package:?},").expect("a string takes all text");
        }
        for program in [
            round_trips::PACKAGE,
            run_examples::PACKAGE,
            two_apis::PACKAGE,
        ] {
            writeln!(members, "    {program:?},").expect("a string takes all text");
        }
        let runtime = runtime::root();
        let runtime = runtime.display();
        // Each crate is built once, and nobody debugs it.
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n\n\
             [profile.dev]\ndebug = false\nincremental = false\n\n\
             [patch.crates-io]\nclientsmith-runtime = {{ path = '{runtime}' }}\n"
        );
        write(&folder.join("Cargo.toml"), &manifest);
        // The versions that the repository is tested with, which are there without a network.
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        let lock = fs::read_to_string(lock).expect("the repository has a Cargo.lock");
        write(&folder.join("Cargo.lock"), &lock);
        Self { folder, packages }
    }

    pub fn package(&self, fixture: &str) -> &str {
        let found = self.packages.iter().find(|(name, _)| name == fixture);
        &found.expect("a fixture of this name").1
    }

    /// A program of the workspace, once it is built.
    pub fn program(&self, package: &str) -> PathBuf {
        let name = format!("{package}{}", env::consts::EXE_SUFFIX);
        self.folder.join("target/debug").join(name)
    }

    /// Where the docs of a fixture are put.
    pub fn docs(&self, fixture: &str) -> PathBuf {
        let name = self.package(fixture).replace('-', "_");
        self.folder.join("target/doc").join(name)
    }

    /// The Cargo features of the resources of a fixture.
    pub fn resource_features(&self, fixture: &str) -> Vec<String> {
        let manifest = fs::read_to_string(self.folder.join(fixture).join("Cargo.toml"));
        let manifest = manifest.expect("a fixture has a manifest");
        let line = manifest
            .lines()
            .find_map(|line| line.strip_prefix("all-resources = ["));
        let line = line.expect("the fixture has a feature for each resource");
        let names = line.trim_end_matches(']').split(", ");
        names
            .map(|name| name.trim_matches('"').to_owned())
            .collect()
    }

    /// Runs Cargo in the workspace; it has to succeed.
    pub fn cargo(&self, arguments: &[&str], after: &[&str]) {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command
            .current_dir(&self.folder)
            .args(arguments)
            .args(["--offline", "--quiet"]);
        command.arg("--target-dir").arg(self.folder.join("target"));
        if !after.is_empty() {
            command.arg("--").args(after);
        }
        for (key, _) in env::vars_os().filter(|(key, _)| is_of_this_build(key)) {
            command.env_remove(key);
        }
        command
            .env("CLIPPY_CONF_DIR", &self.folder)
            .env("RUSTDOCFLAGS", "-D warnings");
        let output = command.output().expect("cargo can be started");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success(),
            "cargo {}\n{said}",
            arguments.join(" ")
        );
    }
}

/// All crates with their folders: of the fixtures, of the names of the runtime, and of examples to run.
fn crates() -> impl Iterator<Item = (String, Generated)> {
    let fixtures = fixture::names().into_iter().map(|name| {
        let generated = Fixture::read(&name).generate();
        (name, generated)
    });
    let of_runtime = std::iter::once_with(|| {
        let name = runtime_names::NAME.to_owned();
        (name, runtime_names::generate())
    });
    let of_examples = run_examples::APIS
        .iter()
        .map(|api| (api.name.to_owned(), api.generate()));
    let of_two = two_apis::APIS
        .iter()
        .map(|api| (api.name.to_owned(), api.generate()));
    fixtures.chain(of_runtime).chain(of_examples).chain(of_two)
}

/// Whether a variable speaks of the build that this test is part of.
fn is_of_this_build(key: &OsStr) -> bool {
    let key = key.to_string_lossy();
    ["CARGO_PKG", "CARGO_MANIFEST", "CARGO_ENCODED"]
        .iter()
        .any(|start| key.starts_with(start))
        || ["RUSTFLAGS", "CLIPPY_ARGS", "CARGO_BUILD_RUSTFLAGS"].contains(&&*key)
}

/// The name in a manifest.
fn package(manifest: &str) -> String {
    let line = manifest
        .lines()
        .find_map(|line| line.strip_prefix("name = "));
    line.expect("a manifest names its package")
        .trim_matches('"')
        .to_owned()
}

/// Writes a file unless it says that already.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    let folder = path.parent().expect("a file stands in a folder");
    fs::create_dir_all(folder).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

/// Removes what an earlier run wrote and this one didn't.
fn remove_others(folder: &Path, keep: &[PathBuf]) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            remove_others(&path, keep);
        } else if !keep.contains(&path) {
            fs::remove_file(&path).expect("the file can be removed");
        }
    }
}
