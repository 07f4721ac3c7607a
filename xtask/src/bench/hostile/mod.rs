//! Descriptions that are made to exhaust the generator: each is refused or becomes a crate, in bounds.
//!
//! Time is that of the program. What the system takes to create files depends on the disk alone: for one of these
//! descriptions, whose crate has 5,100 files, that was 0.2 s in memory and between 1.5 and 2.7 s on a disk.

mod documents;

use std::fs;
use std::path::Path;

use super::optimised::Optimised;
use super::report::{Figure, Unit};
use super::samples::Samples;
use super::{Setting, files, measure};
use clientsmith::internal::failure::Failure;

/// How often the larger descriptions repeat what they consist of.
const SIZE: usize = 100_000;

/// The most time that any may take, in seconds of all processors.
const SECONDS: f64 = 2.0;

/// The most memory that any may take, in bytes.
const BYTES: f64 = 500e6;

/// How many are shown by name: those that take most.
const SHOWN: usize = 12;

/// Measures all of them, with the program as it is installed.
pub(crate) fn run(setting: &Setting) -> Result<Vec<Figure>, Failure> {
    let work = setting.work.join("hostile");
    files::fresh_folder(&work)?;
    let program = Optimised::build(setting)?;
    let mut taken = Vec::new();
    for bomb in documents::all(SIZE) {
        let path = work.join(bomb.name);
        fs::write(&path, bomb.bytes()).map_err(|error| files::cannot("write", &path, &error))?;
        taken.push(cost_of(bomb.name, &path, setting.rounds, &program)?);
    }
    taken.sort_by(|one, other| other.worst().total_cmp(&one.worst()));
    let figures = taken.into_iter().take(SHOWN).flat_map(|it| {
        let bound = |most: f64| Samples(vec![most]);
        [
            Figure::new(format!("{}: user time", it.name), Unit::Seconds, it.seconds).at_most(
                1.0,
                "allowed",
                bound(SECONDS),
            ),
            Figure::new(format!("{}: peak memory", it.name), Unit::Bytes, it.bytes).at_most(
                1.0,
                "allowed",
                bound(BYTES),
            ),
        ]
    });
    Ok(figures.collect())
}

/// What a description takes.
struct Cost {
    name: &'static str,
    seconds: Samples,
    bytes: Samples,
}

impl Cost {
    /// What it takes most of, as a share of what it may.
    fn worst(&self) -> f64 {
        (self.seconds.median() / SECONDS).max(self.bytes.median() / BYTES)
    }
}

fn cost_of(
    name: &'static str,
    spec: &Path,
    rounds: usize,
    program: &Optimised,
) -> Result<Cost, Failure> {
    let mut taken = Cost {
        name,
        seconds: Samples::default(),
        bytes: Samples::default(),
    };
    let (out, log) = (spec.with_file_name("crate"), spec.with_file_name("log"));
    for _ in 0..rounds {
        files::remove_folder(&out)?;
        let (usage, status) = measure::ended(&mut program.generate(spec, &out), &log)?;
        // What is refused ends with a code; what is killed, or crashes, has none.
        if status.code().is_none() {
            return Err(Failure::work(format!(
                "`{name}` crashes the generator: {status}"
            )));
        }
        taken.seconds.0.push(usage.user.as_secs_f64());
        #[expect(clippy::cast_precision_loss, reason = "a share of it is wanted")]
        taken.bytes.0.push(usage.peak as f64);
    }
    Ok(taken)
}
