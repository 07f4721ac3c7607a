//! The lower bounds of the dependencies, tried.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use toml::{Table, Value};

use super::cargo::Cargo;
use super::copy;
use super::manifest::Manifest;
use super::shown;
use crate::failure::Failure;

/// Builds a copy of a crate with the lowest versions that it allows of what it depends on itself; gives
/// these versions. What those depend on is as new as they allow: many a crate's own bounds are wrong.
pub(super) fn check(
    folder: &Path,
    work: &Path,
    manifest: &Manifest,
) -> Result<Vec<String>, Failure> {
    let copy = copy::make(folder, &work.join("lowest"))?;
    let cargo = Cargo::new(&copy, &work.join("target"));
    cargo
        .nightly(&["update", "-Z", "direct-minimal-versions"])
        .map_err(|failure| {
            failure.help(
                "a lower bound is below the requirement of another dependency: raise it in \
                 codegen/runtime/emitted.toml of the generator, which emitted crates copy. Fetching requires network \
                 access",
            )
        })?;
    cargo
        .run(&["check", "--locked", "--all-features", "--all-targets"])
        .map_err(|failure| {
            failure.help(
                "raise the lower bound of the dependency that lacks an item in \
                 codegen/runtime/emitted.toml of the generator, which emitted crates copy",
            )
        })?;
    versions(&copy.with_file_name("Cargo.lock"), manifest)
}

/// Fails where there is no nightly toolchain, which alone resolves lowest versions.
pub(super) fn needs_nightly() -> Result<(), Failure> {
    let mut probe = Command::new("rustup");
    probe.args(["run", "nightly", "cargo", "--version"]);
    let silent = probe.stdout(Stdio::null()).stderr(Stdio::null());
    match silent.status() {
        Ok(status) if status.success() => Ok(()),
        _ => Err(
            Failure::usage("`--minimal` requires a nightly toolchain, and none is installed")
                .note("cargo resolves minimal versions with `-Z direct-minimal-versions` only")
                .help("run `rustup toolchain install nightly --profile minimal`"),
        ),
    }
}

/// The versions of what the crate depends on, by its lock file.
fn versions(lock: &Path, manifest: &Manifest) -> Result<Vec<String>, Failure> {
    let cant = |error: &dyn std::fmt::Display| {
        Failure::work(format!("can't read {}: {error}", shown(lock)))
    };
    let text = fs::read_to_string(lock).map_err(|error| cant(&error))?;
    let root: Table = toml::from_str(&text).map_err(|error| cant(&error))?;
    let packages = root.get("package").and_then(Value::as_array);
    let packages: Vec<&Value> = packages.into_iter().flatten().collect();
    let own = packages
        .iter()
        .find(|it| it.get("name").and_then(Value::as_str) == Some(&manifest.name));
    let own = own
        .and_then(|it| it.get("dependencies"))
        .and_then(Value::as_array);
    let named: Vec<&str> = own
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let version = |name: &String| {
        // Where there are several versions, that of the crate is told behind the name.
        let reported = named
            .iter()
            .find_map(|it| it.strip_prefix(&format!("{name} ")));
        let only = || {
            let package = packages
                .iter()
                .find(|it| it.get("name").and_then(Value::as_str) == Some(name));
            package?.get("version")?.as_str()
        };
        Some(format!("{name} {}", reported.or_else(only)?))
    };
    Ok(manifest.dependencies().iter().filter_map(version).collect())
}
