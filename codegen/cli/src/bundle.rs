//! `clientsmith bundle`: a description in several files as one file.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::cli;
use crate::context::Context;
use crate::diff::sides::Side;
use crate::failure::Failure;
use crate::generate;
use crate::input;
use crate::output::whole;
use crate::terminal::{Terminal, print};

/// Writes the description to a file, or prints it.
pub(crate) fn run(
    arguments: &cli::Bundle,
    context: &Context,
    terminal: &Terminal,
) -> Result<ExitCode, Failure> {
    let (spec, config) = paths(arguments.spec.as_deref(), context)?;
    let side = Side::of_files(&spec, config.as_deref(), context.folder())?;
    let description = side.description(&[]);
    let text = codegen::bundle(description)
        .map_err(|found| generate::refused(&found, description, generate::NONE, terminal))?;
    match &arguments.output {
        Some(path) => {
            whole::write(path, &text)?;
            print(&format!("  wrote {}\n", context.shown(path)));
        }
        None => print(&text),
    }
    Ok(ExitCode::SUCCESS)
}

/// The description that an argument means, and its configuration.
fn paths(given: Option<&str>, context: &Context) -> Result<(PathBuf, Option<PathBuf>), Failure> {
    if let Some(given) = given {
        let path = Path::new(given);
        let is_file = input::is_stdin(path) || path.is_file() || given.contains(['/', '.']);
        if is_file {
            return Ok((path.to_owned(), None));
        }
    }
    let api = context.project()?.api(given)?;
    let config = api.config.is_file().then_some(api.config);
    Ok((api.spec, config))
}
