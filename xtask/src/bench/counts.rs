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
use clientsmith::internal::Compiled;
use clientsmith::internal::failure::Failure;

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
        let lock = crate::workspace::folder()?.join("Cargo.lock");
        let own = std::env::current_exe().map_err(|error| {
            Failure::work(format!("can't find the path of this program: {error}"))
        })?;
        let mut emit = Command::new(own);
        emit.args(["codegen", "--spec"]).arg(&spec);
        emit.arg("--config").arg(&config).arg("--out").arg(&folder);
        measure::run(&mut emit, &work.join("log"))?;
        Ok(Self {
            compiled: Compiled::of(&folder, work, &lock)?,
            lines: files::lines_of_rust(&folder.join("src"))?,
        })
    }
}
