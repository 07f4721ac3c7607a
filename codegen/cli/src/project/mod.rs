//! A project: the folder that has a `clientsmith.toml`, and what that file says of it.

mod api;
mod inside;
mod read;

use std::path::{Path, PathBuf};

use crate::failure::Failure;

pub(crate) use api::Api;

/// The file that makes a folder a project.
pub const FILE: &str = "clientsmith.toml";

/// A project.
#[derive(Clone, Debug)]
pub struct Project {
    root: PathBuf,
    /// The folder of the descriptions.
    spec: PathBuf,
    /// The folder of the crates.
    generated: PathBuf,
    /// Other workspaces whose lock files name the crates of the project.
    workspaces: Vec<PathBuf>,
    /// The APIs that the file lists, in its order.
    listed: Vec<Listed>,
}

/// What the file says of an API; all paths are below the project.
#[derive(Clone, Debug)]
struct Listed {
    name: String,
    spec: Option<PathBuf>,
    config: Option<PathBuf>,
    out: Option<PathBuf>,
}

impl Project {
    /// Reads the file in a folder.
    ///
    /// # Errors
    ///
    /// It can't be read, or something in it is wrong.
    pub(crate) fn read(root: &Path) -> Result<Self, Failure> {
        let path = root.join(FILE);
        let text = crate::input::config(&path)?;
        read::project(root, &path, &text)
    }

    /// The folder of the project.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of the descriptions: each API that isn't listed has a folder of its name in it.
    pub(crate) fn spec_folder(&self) -> PathBuf {
        self.root.join(&self.spec)
    }

    /// The folder of the crates.
    pub(crate) fn generated_folder(&self) -> PathBuf {
        self.root.join(&self.generated)
    }

    /// The path of the crate of a new API, below the project.
    pub(crate) fn member(&self, name: &str) -> String {
        crate::input::slashed(&self.generated.join(name))
    }

    /// The manifests of all workspaces whose lock files name crates of the project, below it.
    pub(crate) fn manifests(&self) -> Vec<PathBuf> {
        let others = self.workspaces.iter().map(|it| it.join("Cargo.toml"));
        let all = [PathBuf::from("Cargo.toml")].into_iter().chain(others);
        all.filter(|it| self.root.join(it).is_file()).collect()
    }
}
