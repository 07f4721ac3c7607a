//! A build of this program with more in it than what most commands need.

use std::env;
use std::process::{Command, ExitCode, ExitStatus};

use clientsmith::internal::Stages;
use clientsmith::internal::failure::Failure;
use clientsmith::internal::terminal::Terminal;

use crate::workspace;

/// Runs the same command in a build that has a feature.
pub(crate) fn with_feature(feature: &str, terminal: &Terminal) -> Result<ExitCode, Failure> {
    // What is compiled the first time is waited for here; cargo says nothing of it.
    let mut stages = Stages::new(terminal);
    stages.begin("compiling");
    let built = status(&mut cargo("build", feature)?)?;
    stages.end();
    if !built.success() {
        return Ok(code(built));
    }
    let mut command = cargo("run", feature)?;
    let ran = status(command.arg("--").args(env::args_os().skip(1)))?;
    Ok(code(ran))
}

fn cargo(task: &str, feature: &str) -> Result<Command, Failure> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let manifest = workspace::folder()?.join("Cargo.toml");
    let mut command = Command::new(cargo);
    command
        .args([task, "--quiet", "--package", "xtask"])
        .args(["--features", feature, "--manifest-path"])
        .arg(manifest);
    Ok(command)
}

fn status(command: &mut Command) -> Result<ExitStatus, Failure> {
    command
        .status()
        .map_err(|error| Failure::work(format!("can't run cargo: {error}")))
}

fn code(status: ExitStatus) -> ExitCode {
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    ExitCode::from(code.unwrap_or(1))
}
