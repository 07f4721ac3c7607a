//! The second opinion: cargo-semver-checks, which sees the whole crate with its runtime.

use std::path::Path;
use std::process::{Command, Stdio};

use codegen::Diff;

use crate::failure::Failure;
use crate::project::Api;
use crate::terminal::{Terminal, print};

/// What it has against the version, if it is installed and has something against it.
pub(super) fn check(
    workspace: &Path,
    api: &Api,
    revision: &str,
    found: &Diff,
    terminal: &Terminal,
) -> Result<Option<String>, Failure> {
    let is_there = Command::new("cargo")
        .args(["semver-checks", "--version"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !is_there.is_ok_and(|status| status.success()) {
        terminal
            .note("cargo-semver-checks isn't installed: changes of the runtime are not checked");
        return Ok(None);
    }
    let status = Command::new("cargo")
        .args([
            "semver-checks",
            "--default-features",
            "--baseline-rev",
            revision,
        ])
        .arg("--manifest-path")
        .arg(api.out.join("Cargo.toml"))
        .current_dir(workspace)
        .stdin(Stdio::null())
        .status()
        .map_err(|error| Failure::work(format!("can't start cargo: {error}")))?;
    if status.success() {
        print("cargo-semver-checks agrees\n");
        return Ok(None);
    }
    let version = &found.new_version;
    Ok(Some(format!("cargo-semver-checks rejects {version}")))
}
