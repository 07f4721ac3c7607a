//! What a crate comes to when it is compiled.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::failure::Failure;
use crate::files;

/// How many lines of what cargo said are shown where it failed.
const LINES: usize = 12;

/// What a crate comes to when it is compiled without optimisation.
#[derive(Clone, Copy, Debug)]
pub struct Compiled {
    /// Its functions.
    pub functions: usize,
    /// Its LLVM instructions.
    pub instructions: usize,
}

impl Compiled {
    /// Compiles a crate in a folder that is nobody else's, and counts. What is built is kept in `work`.
    ///
    /// # Errors
    ///
    /// It doesn't compile, or a file can't be read or written.
    pub fn of(folder: &Path, work: &Path, lock: &Path) -> Result<Self, Failure> {
        let manifest = folder.join("Cargo.toml");
        let text = files::read(&manifest)?;
        files::write(&manifest, &format!("{text}\n[workspace]\n"))?;
        // The versions that the project has, so that no release of a dependency changes a count.
        if lock.is_file() {
            files::copy(lock, &folder.join("Cargo.lock"))?;
        }
        let name = folder.file_name().unwrap_or_default().display();
        let ir = work.join(format!("{name}.ll"));
        let mut build = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        build
            .args(["rustc", "--lib", "--target-dir"])
            .arg(work.join("target"))
            .arg("--manifest-path")
            .arg(&manifest)
            .arg("--")
            .arg(format!("--emit=llvm-ir={}", ir.display()))
            .args(["-Ccodegen-units=1", "-Cdebuginfo=0"]);
        run(&mut build, folder)?;
        let ir = files::read(&ir)?;
        Ok(Self {
            functions: ir
                .lines()
                .filter(|line| line.starts_with("define "))
                .count(),
            // Within a function every line is one that is indented, but for the names of blocks.
            instructions: ir.lines().filter(|line| line.starts_with("  ")).count(),
        })
    }
}

fn run(build: &mut Command, folder: &Path) -> Result<(), Failure> {
    let output = build
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Failure::work(format!("can't run cargo: {error}")))?;
    if output.status.success() {
        return Ok(());
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = stderr.lines().collect();
    let last = &lines[lines.len().saturating_sub(LINES)..];
    let failure = Failure::work(format!("`{}` doesn't compile", folder.display()));
    Err(last
        .iter()
        .fold(failure, |failure, line| failure.note(*line)))
}
