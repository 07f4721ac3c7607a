//! This program, built for release: what is measured is what an installed generator takes, whether or not the bench
//! itself was built with optimisation.

use std::path::{Path, PathBuf};
use std::process::Command;

use clientsmith::internal::failure::Failure;

use super::{Setting, files, measure};

/// The program for release, and what it needs to generate a crate.
pub(super) struct Optimised {
    path: PathBuf,
    /// An empty configuration: crates are named after their descriptions.
    config: PathBuf,
}

impl Optimised {
    /// Builds it in a folder that all subjects share, with what only the feature `bench` has.
    pub(super) fn build(setting: &Setting) -> Result<Self, Failure> {
        let target = setting.work.join("xtask");
        let config = setting.work.join("empty.toml");
        files::write(&config, "")?;
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut build = Command::new(cargo);
        build
            .current_dir(crate::workspace::folder()?)
            .args(["build", "--release", "--package", "xtask"])
            .args(["--features", "bench", "--target-dir"])
            .arg(&target);
        measure::run(&mut build, &setting.work.join("build.log"))?;
        let name = format!("xtask{}", std::env::consts::EXE_SUFFIX);
        Ok(Self {
            path: target.join("release").join(name),
            config,
        })
    }

    /// A command of it, without its arguments.
    pub(super) fn command(&self) -> Command {
        Command::new(&self.path)
    }

    /// Generates the crate of a description into a folder.
    pub(super) fn generate(&self, spec: &Path, out: &Path) -> Command {
        let mut command = self.command();
        command.arg("codegen").arg("--spec").arg(spec);
        command.arg("--config").arg(&self.config);
        command.arg("--out").arg(out);
        command
    }
}
