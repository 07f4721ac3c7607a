//! A build that has no validator for examples, and thus none of the programs that try something.

use std::path::Path;
use std::process::ExitCode;

use codegen::Source;

use super::crate_workspace::CrateWorkspace;
use super::outcome::{Kind, Order, Report, WorkerEvent};
use crate::rebuild;
use clientsmith::internal::failure::Failure;
use clientsmith::internal::terminal::Terminal;

/// Runs the same command in a build that has one.
pub(super) fn run_with_them(terminal: &Terminal) -> Result<ExitCode, Failure> {
    rebuild::with_feature("examples", terminal)
}

/// Only a build that has them is asked for such crates.
#[expect(clippy::unnecessary_wraps, reason = "the other build can fail")]
pub(super) fn write(
    _: &Order,
    _: Kind,
    _: &Path,
    _: (Source<'_>, Source<'_>),
    _: fn(&WorkerEvent),
) -> Result<Option<String>, Failure> {
    Ok(None)
}

/// Nothing was found before.
pub(super) fn known(_: &CrateWorkspace, _: Kind, _: &str, _: &mut Report) -> bool {
    false
}

/// There is nothing to run.
#[expect(clippy::unnecessary_wraps, reason = "the other build can fail")]
pub(super) fn run(
    _: &CrateWorkspace,
    _: Kind,
    _: (&str, &str),
    _: &Path,
    _: &mut Report,
) -> Result<(), Failure> {
    Ok(())
}
