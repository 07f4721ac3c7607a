//! `clientsmith review`.

mod compiled;
mod costs;
mod crates;

use std::process::ExitCode;

use crate::cli;
use crate::context::Context;
use crate::diff::sides::{Git, Side, Sides};
use crate::diff::{compare, markdown};
use crate::failure::Failure;
use crate::files;
use crate::terminal::{Terminal, print};

pub use compiled::Compiled;

/// Prints the comment of a pull request.
pub(crate) fn run(
    arguments: &cli::Review,
    context: &Context,
    terminal: &Terminal,
) -> Result<ExitCode, Failure> {
    let project = context.project()?;
    let workspace = project.root();
    let api = project.api(arguments.api.as_deref())?;
    let git = Git { workspace };
    git.resolve(&arguments.base)?;
    let sides = Sides {
        old: Side::of_revision(&arguments.base, &api.spec, None, workspace)?,
        new: Side::of_files(&api.spec, Some(&api.config), workspace)?,
    };
    let found = compare(&sides.old, &sides.new, terminal)?;
    let work = context.scratch("review");
    files::make_folder(&work)?;
    let (before, after) = (work.join("before"), work.join("after"));
    crates::of_revision(&git, &arguments.base, &api.out, &before)?;
    crates::of_folder(&api.out, &after)?;
    let lock = workspace.join("Cargo.lock");
    let place = costs::Place {
        work: &work,
        lock: &lock,
    };
    let count = |folder| costs::Costs::of(folder, &place, !arguments.no_build);
    let table = costs::table(&count(&before)?, &count(&after)?);
    print(&format!("{}\n{table}", markdown(&found, &sides)));
    Ok(ExitCode::SUCCESS)
}
