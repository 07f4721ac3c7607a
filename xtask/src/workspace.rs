//! The workspace of this project.

use std::path::{Path, PathBuf};

use clientsmith::internal::Context;
use clientsmith::internal::failure::Failure;

/// The workspace of the package that cargo runs, which says where that is; none where the program is run by
/// itself, which then acts where it is run.
pub(crate) fn of_package() -> Option<PathBuf> {
    let package = std::env::var_os("CARGO_MANIFEST_DIR")?;
    Path::new(&package).parent().map(Path::to_owned)
}

/// The folder of the workspace.
///
/// # Errors
///
/// The program is run by itself, outside of the project.
pub(crate) fn folder() -> Result<PathBuf, Failure> {
    let context = Context::find(of_package().as_deref())?;
    Ok(context.project()?.root().to_owned())
}
