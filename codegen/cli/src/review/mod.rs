//! `clientsmith review`.

mod comment;
mod compiled;
mod costs;
mod crates;

use std::path::Path;
use std::process::ExitCode;

use crate::cli;
use crate::context::Context;
use crate::diff::sides::{Git, Side, Sides};
use crate::diff::{compare, markdown};
use crate::failure::Failure;
use crate::files;
use crate::project::{Api, Project};
use crate::terminal::{Terminal, print};

use comment::{Section, comment};
pub use compiled::Compiled;

/// Prints the comment of a pull request.
pub(crate) fn run(
    arguments: &cli::Review,
    context: &Context,
    terminal: &Terminal,
) -> Result<ExitCode, Failure> {
    let project = context.project()?;
    let workspace = project.root();
    let git = Git { workspace };
    git.resolve(&arguments.base)?;
    let apis = match &arguments.api {
        Some(name) => vec![project.named(name)?],
        None => project.all()?,
    };
    let work = context.scratch("review");
    files::make_folder(&work)?;
    let review = Review {
        git,
        base: &arguments.base,
        work: &work,
        workspace,
        builds: !arguments.no_build,
    };
    let mut sections = Vec::with_capacity(apis.len());
    for api in &apis {
        sections.push(review.section(api, terminal)?);
    }
    if arguments.api.is_none() {
        sections.extend(review.removed(project, &apis)?);
    }
    print(&comment(&sections, &arguments.base));
    Ok(ExitCode::SUCCESS)
}

/// What all sections of a comment need.
struct Review<'a> {
    git: Git<'a>,
    base: &'a str,
    work: &'a Path,
    workspace: &'a Path,
    builds: bool,
}

impl Review<'_> {
    /// The changes of an API, and of what its crate costs.
    fn section(&self, api: &Api, terminal: &Terminal) -> Result<Section, Failure> {
        let name = api.name.clone();
        if !self.git.has(self.base, &api.spec)? {
            let text = format!("The API is new: `{}` doesn't have it.\n", self.base);
            return Ok(Section { name, text });
        }
        let sides = Sides {
            old: Side::of_revision(self.base, &api.spec, None, self.workspace)?,
            // An API needs no configuration.
            new: Side::of_files(
                &api.spec,
                api.config.is_file().then_some(api.config.as_path()),
                self.workspace,
            )?,
        };
        let found = compare(&sides.old, &sides.new, terminal)?;
        let folder = self.work.join(&name);
        files::make_folder(&folder)?;
        let (before, after) = (folder.join("before"), folder.join("after"));
        crates::of_revision(&self.git, self.base, &api.out, &before)?;
        crates::of_folder(&api.out, &after)?;
        let lock = self.workspace.join("Cargo.lock");
        let place = costs::Place {
            work: self.work,
            lock: &lock,
        };
        let count = |folder| costs::Costs::of(folder, &place, self.builds);
        let table = costs::table(&count(&before)?, &count(&after)?);
        Ok(Section {
            name,
            text: format!("{}\n{table}", markdown(&found, &sides)),
        })
    }

    /// The APIs whose folders the base has, and the project hasn't.
    fn removed(&self, project: &Project, apis: &[Api]) -> Result<Vec<Section>, Failure> {
        let folder = project.spec_folder();
        let names = self.git.folders(self.base, &folder)?.into_iter();
        let is_gone = |name: &String| apis.iter().all(|api| api.name != *name);
        let mut removed = Vec::new();
        for name in names.filter(is_gone) {
            let below = folder.join(&name);
            let mut had = false;
            for file in ["openapi.yaml", "openapi.yml", "openapi.json"] {
                had |= self.git.has(self.base, &below.join(file))? && !below.join(file).is_file();
            }
            if had {
                let text = "**breaking**: the API was removed.\n".to_owned();
                removed.push(Section { name, text });
            }
        }
        Ok(removed)
    }
}
