//! Where a command acts: in the project around the folder in which it is run, if there is one.

use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::input;
use crate::program;
use crate::project::{FILE, Project};
use crate::terminal::Terminal;

/// The folder in which a command is run, and the project around it.
#[derive(Debug)]
pub struct Context {
    current: PathBuf,
    project: Option<Project>,
}

impl Context {
    /// The project in `root`, or in the nearest folder upwards from the current one that has a
    /// `clientsmith.toml`. Without one, only what has paths for everything can be done.
    ///
    /// # Errors
    ///
    /// There is no project in `root`, or its file is wrong.
    pub fn find(root: Option<&Path>) -> Result<Self, Failure> {
        let current = std::env::current_dir()
            .map_err(|error| Failure::usage(format!("can't find the current folder: {error}")))?;
        let project = match root {
            Some(root) => {
                let root = current.join(root).components().collect::<PathBuf>();
                if !root.join(FILE).is_file() {
                    let message = format!("no `{FILE}` in `{}`", root.display());
                    return Err(Failure::usage(message).help(how_to_begin()));
                }
                Some(Project::read(&root)?)
            }
            None => current
                .ancestors()
                .find(|folder| folder.join(FILE).is_file())
                .map(Project::read)
                .transpose()?,
        };
        Ok(Self { current, project })
    }

    /// The project.
    ///
    /// # Errors
    ///
    /// There is none.
    pub fn project(&self) -> Result<&Project, Failure> {
        self.project.as_ref().ok_or_else(|| {
            let folder = self.current.display();
            Failure::usage(format!("no `{FILE}` in `{folder}` or in a folder above it"))
                .help(how_to_begin())
        })
    }

    /// The folder that messages name files from: that of the project, or the current one.
    pub fn folder(&self) -> &Path {
        self.project.as_ref().map_or(&self.current, Project::root)
    }

    /// Says where the project is, unless it is where the command is run.
    pub(crate) fn announce(&self, terminal: &Terminal) {
        if let Some(project) = &self.project
            && project.root() != self.current
        {
            terminal.note(&format!("the project is `{}`", project.root().display()));
        }
    }

    /// A folder for what a command builds on its way.
    pub(crate) fn scratch(&self, name: &str) -> PathBuf {
        self.folder().join("target").join(name)
    }

    /// What messages call a file.
    pub(crate) fn shown(&self, path: &Path) -> String {
        input::shown(path, self.folder())
    }
}

fn how_to_begin() -> String {
    format!(
        "`{}` makes a project of a folder, and `--root DIR` names one; without a project, \
         `{}` generates a crate",
        program::command("init"),
        program::command("codegen --spec FILE --out DIR"),
    )
}
