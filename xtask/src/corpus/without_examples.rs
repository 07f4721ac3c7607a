//! A build that has no validator for examples.

use std::process::ExitCode;

use crate::failure::Failure;
use crate::rebuild;
use crate::terminal::Terminal;

/// Runs the same command in a build that has one.
pub(super) fn run_with_them(terminal: &Terminal) -> Result<ExitCode, Failure> {
    rebuild::with_feature("examples", terminal)
}
