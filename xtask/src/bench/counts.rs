//! Counts that are the same on every machine with the same compiler: what each operation and each type
//! adds to the emitted crate, and to what the compiler hands to LLVM.
//!
//! Time can't be held in CI; these can. Two descriptions are made, one twice as large as the other: the
//! difference of their crates is what the API adds, without the runtime.

use std::path::Path;
use std::process::Command;

use super::generation::made;
use super::report::{Figure, Unit};
use super::samples::Samples;
use super::{Setting, files, measure};
use crate::failure::Failure;

/// How many kinds of things the smaller description has, each with five operations and seven
/// types.
const KINDS: usize = 40;

/// The most lines of Rust that a kind may add.
const LINES: f64 = 495.0;

/// The most functions that a kind may add to an unoptimised library.
const FUNCTIONS: f64 = 170.0;

/// The most instructions that a kind may add to an unoptimised library.
const INSTRUCTIONS: f64 = 3_300.0;

/// Counts, and holds the counts against their bounds.
pub(crate) fn run(setting: &Setting) -> Result<Vec<Figure>, Failure> {
    let work = setting.work.join("counts");
    files::make_folder(&work)?;
    let small = Counts::of(KINDS, &work)?;
    let large = Counts::of(2 * KINDS, &work)?;
    let figure = |what: &str, bound: f64, count: fn(&Counts) -> usize| {
        #[expect(clippy::cast_precision_loss, reason = "there are never so many")]
        let each = (count(&large) as f64 - count(&small) as f64) / KINDS as f64;
        Figure::new(format!("{what} a kind"), Unit::Count, Samples(vec![each])).at_most(
            1.0,
            "allowed",
            Samples(vec![bound]),
        )
    };
    Ok(vec![
        figure("lines of Rust", LINES, |counts| counts.lines),
        figure("functions", FUNCTIONS, |counts| counts.compiled.functions),
        figure("LLVM instructions", INSTRUCTIONS, |counts| {
            counts.compiled.instructions
        }),
    ])
}

/// What a crate comes to.
struct Counts {
    /// Of Rust, all of it.
    lines: usize,
    compiled: Compiled,
}

impl Counts {
    /// Those of an API with so many kinds of things.
    fn of(kinds: usize, work: &Path) -> Result<Self, Failure> {
        let name = format!("kinds-{kinds}");
        let (spec, config) = (work.join(format!("{name}.json")), work.join("sdk.toml"));
        files::write(&spec, &made::of_kinds(kinds).to_string())?;
        // Several kinds share a resource, so that what a kind costs is counted, and not what a resource does.
        files::write(
            &config,
            &format!(
                "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\n\n[names]\nby = \"tag\"\n"
            ),
        )?;
        let folder = work.join(&name);
        files::remove_folder(&folder)?;
        let own = std::env::current_exe().map_err(|error| {
            Failure::work(format!("can't find the path of this program: {error}"))
        })?;
        let mut emit = Command::new(own);
        emit.args(["codegen", "--spec"]).arg(&spec);
        emit.arg("--config").arg(&config).arg("--out").arg(&folder);
        measure::run(&mut emit, &work.join("log"))?;
        Ok(Self {
            compiled: Compiled::of(&folder, work)?,
            lines: files::lines_of_rust(&folder.join("src"))?,
        })
    }
}

/// What a crate comes to when it is compiled without optimisation.
pub(crate) struct Compiled {
    pub(crate) functions: usize,
    pub(crate) instructions: usize,
}

impl Compiled {
    /// Compiles a crate in a folder that is nobody else's, and counts. What is built is kept in the
    /// other folder.
    pub(crate) fn of(folder: &Path, work: &Path) -> Result<Self, Failure> {
        let manifest = folder.join("Cargo.toml");
        let text = files::read(&manifest)?;
        files::write(&manifest, &format!("{text}\n[workspace]\n"))?;
        // The versions that the project has, so that no release of a dependency changes a count.
        let lock = crate::input::workspace().join("Cargo.lock");
        files::copy(&lock, &folder.join("Cargo.lock"))?;
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
        measure::run(&mut build, &work.join("log"))?;
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
