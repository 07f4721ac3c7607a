//! `cargo xtask review`.

mod costs;
mod crates;

use std::process::ExitCode;

use crate::bench::files;
use crate::cli;
use crate::diff::sides::{Git, Side, Sides};
use crate::diff::{compare, markdown};
use crate::failure::Failure;
use crate::input::{self, Api};
use crate::terminal::{Terminal, print};

/// Prints the comment of a pull request.
pub(crate) fn run(arguments: &cli::Review, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let workspace = input::workspace();
    let api = Api::of(&workspace, arguments.api.as_deref())?;
    let git = Git {
        workspace: &workspace,
    };
    git.resolve(&arguments.base)?;
    let sides = Sides {
        old: Side::of_revision(&arguments.base, &api.spec, None, &workspace)?,
        new: Side::of_files(&api.spec, Some(&api.config), &workspace)?,
    };
    let found = compare(&sides.old, &sides.new, terminal)?;
    let work = workspace.join("target/review");
    files::make_folder(&work)?;
    let (before, after) = (work.join("before"), work.join("after"));
    crates::of_revision(&git, &arguments.base, &api.out, &before)?;
    crates::of_folder(&api.out, &after)?;
    let count = |folder| costs::Costs::of(folder, &work, !arguments.no_build);
    let table = costs::table(&count(&before)?, &count(&after)?);
    print(&format!("{}\n{table}", markdown(&found, &sides)));
    Ok(ExitCode::SUCCESS)
}
