//! Compiling a crate alone.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::bench::files::{self, cannot};
use crate::bench::measure::{self, Usage};
use crate::bench::samples::Samples;
use clientsmith::internal::failure::Failure;

/// Ways to compile a crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Check,
    Build,
    Release,
}

impl Mode {
    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["check", "--lib"],
            Self::Build => &["build", "--lib"],
            Self::Release => &["build", "--lib", "--release"],
        }
    }
}

/// What compiles the crates of this subject.
pub(super) struct Builder {
    target: PathBuf,
    log: PathBuf,
}

impl Builder {
    pub(super) fn new(work: &Path) -> Self {
        Self {
            target: work.join("target"),
            log: work.join("build.log"),
        }
    }

    /// Runs a program whose output is of interest only if it fails.
    pub(super) fn quietly(&self, command: &mut Command) -> Result<Usage, Failure> {
        measure::run(command, &self.log)
    }

    /// Compiles what isn't compiled yet.
    pub(super) fn run(&self, folder: &Path, mode: Mode) -> Result<Usage, Failure> {
        self.run_in(&self.target, folder, mode)
    }

    /// The same in another target folder.
    pub(super) fn run_in(
        &self,
        target: &Path,
        folder: &Path,
        mode: Mode,
    ) -> Result<Usage, Failure> {
        let mut cargo = cargo();
        cargo
            .args(mode.arguments())
            .args(["--quiet", "--target-dir"]);
        self.quietly(
            cargo
                .arg(target)
                .arg("--manifest-path")
                .arg(manifest(folder)),
        )
    }

    /// Compiles the crate again, and nothing but the crate.
    pub(super) fn again(&self, folder: &Path, mode: Mode) -> Result<Usage, Failure> {
        let root = folder.join("src/lib.rs");
        fs::File::options()
            .append(true)
            .open(&root)
            .and_then(|file| file.set_modified(SystemTime::now()))
            .map_err(|error| cannot("touch", &root, &error))?;
        self.run(folder, mode)
    }

    /// The size of the crate's library of the release build, in bytes.
    pub(super) fn size(&self, folder: &Path) -> Result<Samples, Failure> {
        let name = package(folder)?.replace('-', "_");
        let library = self.target.join("release").join(format!("lib{name}.rlib"));
        let metadata = fs::metadata(&library).map_err(|error| cannot("read", &library, &error))?;
        #[expect(clippy::cast_precision_loss, reason = "no library is so large")]
        Ok(Samples(vec![metadata.len() as f64]))
    }

    /// How much the compiler hands to LLVM for the release build, in lines of its language.
    pub(super) fn llvm_lines(&self, program: &Path, folder: &Path) -> Result<Samples, Failure> {
        let mut count = Command::new(program);
        count
            .args(["llvm-lines", "--lib", "--release", "--manifest-path"])
            .arg(manifest(folder))
            .env("CARGO_TARGET_DIR", &self.target);
        self.quietly(&mut count)?;
        let text = files::read(&self.log)?;
        let total = text.lines().find(|line| line.ends_with("(TOTAL)"));
        let lines = total.and_then(|line| line.split_whitespace().next()?.parse().ok());
        Ok(lines.into_iter().collect())
    }

    /// How many packages it is built of.
    pub(super) fn packages(&self, folder: &Path) -> Result<Samples, Failure> {
        let mut tree = cargo();
        tree.args([
            "tree",
            "--quiet",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
        ])
        .args(["--format", "{p}", "--manifest-path"])
        .arg(manifest(folder));
        self.quietly(&mut tree)?;
        let text = files::read(&self.log)?;
        let mut packages: Vec<&str> = text.lines().collect();
        packages.sort_unstable();
        packages.dedup();
        #[expect(clippy::cast_precision_loss, reason = "there are never so many")]
        Ok(Samples(vec![packages.len() as f64]))
    }
}

fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Nothing is kept of one run that would help the next, or be written for it.
    cargo.env("CARGO_INCREMENTAL", "0");
    cargo
}

fn manifest(folder: &Path) -> PathBuf {
    folder.join("Cargo.toml")
}

/// The name of a crate's package.
fn package(folder: &Path) -> Result<String, Failure> {
    let path = manifest(folder);
    let text = files::read(&path)?;
    let name = text.parse::<toml::Table>().ok().and_then(|manifest| {
        let name = manifest.get("package")?.get("name")?;
        name.as_str().map(str::to_owned)
    });
    name.ok_or_else(|| Failure::work(format!("{} names no package", path.display())))
}
