//! Whether time goes with the length of each list of a description, and not with its square.
//!
//! What is compared with all that came before takes no memory for it, so that no count of allocations tells of it.

mod document;

use std::fs;
use std::path::Path;

use document::List;

use super::optimised::Optimised;
use super::report::{Figure, Unit};
use super::samples::Samples;
use super::{Setting, files, measure};
use clientsmith::internal::failure::Failure;

/// How many items the longer of each two lists has: enough for pairs of them to outweigh all else.
const LENGTH: usize = 10_000;

/// The most time that four times the items may take, of what they took. Larger tables are slower, too.
const MOST: f64 = 5.0;

/// What any description takes, in seconds: what takes less isn't worth to be held.
const LEAST: f64 = 0.1;

/// How many are shown by name: those whose time grows most.
const SHOWN: usize = 12;

/// Measures all of them, with the program as it is installed.
pub(crate) fn run(setting: &Setting) -> Result<Vec<Figure>, Failure> {
    let work = setting.work.join("lists");
    let program = Optimised::build(setting)?;
    let mut taken = Vec::new();
    for list in document::all() {
        let length = list.length(LENGTH);
        let mut short = Samples::default();
        let mut long = Samples::default();
        for _ in 0..setting.rounds {
            short
                .0
                .push(seconds(&list, length / 4, &program, &work)?.max(LEAST));
            long.0.push(seconds(&list, length, &program, &work)?);
        }
        taken.push((list.name, long.ratio_to(&short), short, long));
    }
    taken.sort_by(|one, other| other.1.total_cmp(&one.1));
    let figures = taken.into_iter().take(SHOWN);
    let figures = figures.map(|(name, _, short, long)| {
        let what = format!("{name}: user time");
        Figure::new(what, Unit::Seconds, long).at_most(MOST, "for a quarter", short)
    });
    Ok(figures.collect())
}

/// What a list of a length takes of all processors, without what the system takes to write the files.
fn seconds(list: &List, length: usize, program: &Optimised, work: &Path) -> Result<f64, Failure> {
    files::fresh_folder(work)?;
    let spec = work.join(format!("spec.{}", list.ending));
    fs::write(&spec, list.description(length))
        .map_err(|error| files::cannot("write", &spec, &error))?;
    let mut command = program.generate(&spec, &work.join("crate"));
    let usage = measure::run(&mut command, &work.join("log"))?;
    Ok(usage.user.as_secs_f64())
}
