//! `clientsmith package`: whether an emitted crate can be published.
//!
//! Within the workspace a crate can lean on things that a registry doesn't have: inherited settings, the
//! versions of the lock file, files that aren't packaged. So all is tried on a copy.

mod cargo;
mod contents;
mod copy;
mod lowest;
mod manifest;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::cli;
use crate::context::Context;
use crate::failure::Failure;
use crate::input;
use crate::terminal::{Terminal, print};

use cargo::Cargo;
use manifest::Manifest;

/// Carries out the command.
pub(crate) fn run(
    arguments: &cli::Package,
    context: &Context,
    terminal: &Terminal,
) -> Result<ExitCode, Failure> {
    let folders = match &arguments.dir {
        Some(folder) => vec![folder.clone()],
        None if arguments.all => {
            let all = context.project()?.all()?.into_iter();
            all.map(|api| api.out).collect()
        }
        None => vec![context.project()?.api(arguments.name.as_deref())?.out],
    };
    if arguments.minimal {
        lowest::needs_nightly()?;
    }
    // What is wrong with one is no reason not to look at the others.
    let mut code = ExitCode::SUCCESS;
    let is_only = folders.len() == 1;
    for folder in &folders {
        match one(arguments, folder, context, terminal) {
            Err(failure) if is_only => return Err(failure),
            Err(failure) => {
                terminal.failure(&failure);
                code = failure.code();
            }
            Ok(()) => {}
        }
    }
    Ok(code)
}

/// Packages one crate.
fn one(
    arguments: &cli::Package,
    folder: &Path,
    context: &Context,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let manifest = Manifest::read(folder)?;
    let work = context.scratch("package-check");
    for wanting in manifest.wanting() {
        terminal.note(&wanting);
    }
    terminal.note("packaging and building a copy; the first build takes some minutes");
    packaged(context.folder(), folder, &work, &manifest)?;
    if arguments.minimal {
        let versions = lowest::check(folder, &work, &manifest)?;
        print(&format!(
            "\nIt builds with all features and the minimal versions of its dependencies:\n{}",
            lines(&versions)
        ));
    }
    Ok(())
}

/// Packages a copy, looks at what is in it, and builds that.
fn packaged(
    project: &Path,
    folder: &Path,
    work: &Path,
    manifest: &Manifest,
) -> Result<(), Failure> {
    let copy = copy::make(folder, &work.join("package"))?;
    // The versions that the workspace has are on this machine.
    copy::lock(project, &copy)?;
    let cargo = Cargo::new(&copy, &work.join("target"));
    let listed = cargo
        .run(&["package", "--offline", "--allow-dirty", "--list"])
        .map_err(offline)?;
    let files: Vec<&str> = listed.lines().filter(|line| !line.is_empty()).collect();
    contents::check(&files, folder, manifest)?;
    cargo
        .run(&["package", "--offline", "--allow-dirty"])
        .map_err(offline)?;
    let size = cargo.size(manifest)?;
    print(&format!(
        "{} {}: {} files, {} KiB\n{}\n\
         It builds from these files alone, without the workspace and offline.\n",
        manifest.name,
        manifest.version,
        files.len(),
        size.div_ceil(1024),
        lines(&contents::folded(&files)),
    ));
    Ok(())
}

/// What helps where cargo misses something that it may not fetch.
fn offline(failure: Failure) -> Failure {
    let lacks = |note: &String| note.contains("--offline") || note.contains("offline mode");
    if !failure.notes.iter().any(lacks) {
        return failure;
    }
    // A copy has nothing of what the workspace replaces by `[patch]`, and neither has crates.io.
    let is_runtime = |note: &String| note.contains("`clientsmith-runtime");
    if failure.notes.iter().any(is_runtime) {
        return failure.help(
            "a crate with `runtime = \"crate\"` can't be published before `clientsmith-runtime` is; once it \
             is, run `cargo fetch` with network access",
        );
    }
    failure.help("run `cargo fetch` once with network access")
}

/// Texts on lines of their own, set in.
fn lines(texts: &[String]) -> String {
    let lines = texts.iter().map(|text| format!("  {text}\n"));
    lines.collect()
}

/// A path for a message.
fn shown(path: &Path) -> String {
    let current = std::env::current_dir().unwrap_or_default();
    input::shown(path, &current)
}

/// The manifest in a folder.
fn manifest_of(folder: &Path) -> PathBuf {
    folder.join("Cargo.toml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_offline_comes_with_a_way_to_get_it() {
        let helped = |notes: &[&str]| {
            let failure = Failure::work("`cargo package` failed");
            let failure = notes.iter().fold(failure, |it, note| it.note(*note));
            offline(failure).help.unwrap_or_default()
        };
        let reminder = "As a reminder, you're using offline mode (--offline)";
        let uuid = helped(&["error: no matching package named `uuid` found", reminder]);
        assert_eq!(uuid, "run `cargo fetch` once with network access");
        for missing in [
            "error: no matching package named `clientsmith-runtime` found",
            "error: failed to select a version for the requirement `clientsmith-runtime = \"^0.1.0\"`",
        ] {
            let runtime = helped(&[missing, reminder]);
            assert!(
                runtime.contains("can't be published before `clientsmith-runtime` is"),
                "{runtime}"
            );
        }
        assert_eq!(helped(&["error[E0425]: cannot find type `UUID`"]), "");
    }
}
