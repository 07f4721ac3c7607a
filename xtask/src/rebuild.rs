//! A build of this program with more in it than what most commands need.

use std::env;
use std::process::{Command, ExitCode};

use crate::failure::Failure;
use crate::input;

/// Runs the same command in a build that has a feature.
pub(crate) fn with_feature(feature: &str) -> Result<ExitCode, Failure> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let manifest = input::workspace().join("Cargo.toml");
    let status = Command::new(cargo)
        .args(["run", "--quiet", "--package", "xtask"])
        .args(["--features", feature, "--manifest-path"])
        .arg(manifest)
        .arg("--")
        .args(env::args_os().skip(1))
        .status()
        .map_err(|error| Failure::work(format!("can't run cargo: {error}")))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(1)))
}
