//! What compiling emitted crates costs.
//!
//! Each crate is compiled alone, with its dependencies built: what its author waits for after an edit
//! of it, and what its users wait for once with each release. It is held against the same crate whose
//! types are written with serde's derive ([`derived`]), which is to say: against our own API, runtime
//! and methods, and another way to JSON; and against what other generators make of the description.

mod build;
mod clean;
mod derived;
mod sides;
mod table;

use std::fs;
use std::path::PathBuf;

use self::build::{Builder, Mode};
use self::sides::Side;
use super::report::{self, Figure, Unit};
use super::samples::Samples;
use super::{Setting, files};
use crate::corpus::documents::{find, only};
use clientsmith::internal::failure::Failure;
use clientsmith::internal::terminal::tell;

/// The most that ours may take of what the same types take with serde's derive.
const DERIVED: f64 = 0.33;

/// The most that ours may take of what another generator's crate takes.
const OTHERS: f64 = 0.5;

/// The size of a middling description, in bytes.
const MIDDLING: u64 = 1_000_000;

/// Measures the project's own description, and of the folder, if there is one, those that were named,
/// or a middling and the largest one.
pub(crate) fn run(setting: &Setting) -> Result<Vec<Figure>, Failure> {
    let work = setting.work.join("compile");
    files::make_folder(&work)?;
    let builder = Builder::new(&work);
    let mut figures = Vec::new();
    for (name, spec) in documents(setting)? {
        let sides = sides::all(setting, &builder, &name, &spec, &work)?;
        tell(&format!("compiling the crates of {name}\n"));
        let found = document(setting, &builder, &name, sides)?;
        // A large one takes many minutes, after which the next may fail.
        tell(&report::table(&found, false));
        figures.extend(found);
    }
    figures.extend(clean::figures(&builder, &work)?);
    Ok(figures)
}

/// Names and files.
fn documents(setting: &Setting) -> Result<Vec<(String, PathBuf)>, Failure> {
    let own = crate::workspace::folder()?.join("spec/batches.yaml");
    let mut documents = vec![("batches".to_owned(), own)];
    let Some(folder) = &setting.documents else {
        return Ok(documents);
    };
    let mut found = Vec::new();
    for document in only(find(folder)?, &setting.only)? {
        let metadata = fs::metadata(&document.spec)
            .map_err(|error| files::cannot("read", &document.spec, &error))?;
        found.push((
            metadata.len(),
            document.name.replace('/', "-"),
            document.spec,
        ));
    }
    if setting.only.is_empty() {
        found.sort_by_key(|(bytes, ..)| *bytes);
        let largest = found.pop();
        found.sort_by_key(|(bytes, ..)| bytes.abs_diff(MIDDLING));
        found.truncate(1);
        found.extend(largest);
    }
    documents.extend(found.into_iter().map(|(_, name, spec)| (name, spec)));
    Ok(documents)
}

/// Compiles all sides of one description in turn.
fn document(
    setting: &Setting,
    builder: &Builder,
    name: &str,
    mut sides: Vec<Side>,
) -> Result<Vec<Figure>, Failure> {
    for mode in [Mode::Check, Mode::Build, Mode::Release] {
        // The first time its dependencies are built, too.
        let mut kept = Vec::new();
        for side in sides {
            match builder.run(&side.folder, mode) {
                Ok(_) => kept.push(side),
                Err(failure) if side.is_ours => return Err(failure),
                Err(_) => tell(&format!(
                    "the output of {} for {name} doesn't compile\n",
                    side.name
                )),
            }
        }
        sides = kept;
        for _ in 0..setting.rounds {
            for side in &mut sides {
                let usage = builder.again(&side.folder, mode)?;
                side.push(mode, usage);
            }
        }
    }
    for side in &mut sides {
        side.size = builder.size(&side.folder)?;
        if let Some(llvm_lines) = &setting.tools.llvm_lines {
            side.llvm_lines = builder.llvm_lines(llvm_lines, &side.folder)?;
        }
    }
    Ok(figures(name, &sides))
}

/// What is measured of a side, in which unit, and whether bounds are held against it.
type Measure = (&'static str, Unit, bool, fn(&Side) -> &Samples);

const MEASURES: &[Measure] = &[
    ("check: CPU time", Unit::Seconds, true, |side| {
        &side.check.time
    }),
    ("check: peak memory", Unit::Bytes, false, |side| {
        &side.check.peak
    }),
    ("build: CPU time", Unit::Seconds, false, |side| {
        &side.build.time
    }),
    ("release build: CPU time", Unit::Seconds, true, |side| {
        &side.release.time
    }),
    ("release build: peak memory", Unit::Bytes, false, |side| {
        &side.release.peak
    }),
    ("size of the library", Unit::Bytes, false, |side| &side.size),
    ("LLVM lines", Unit::Count, false, |side| &side.llvm_lines),
    ("lines of Rust", Unit::Count, false, |side| &side.lines),
];

fn figures(name: &str, sides: &[Side]) -> Vec<Figure> {
    let (ours, others): (Vec<&Side>, Vec<&Side>) = sides.iter().partition(|side| side.is_ours);
    let mut figures = Vec::new();
    for ours in ours {
        for (what, unit, is_bound, samples) in MEASURES {
            if samples(ours).0.is_empty() {
                continue;
            }
            let mut figure = Figure::new(format!("{name}, {what}"), *unit, samples(ours).clone());
            for other in &others {
                let theirs = samples(other).clone();
                figure = match (is_bound, other.is_derived) {
                    (true, true) => figure.at_most(DERIVED, other.name, theirs),
                    (true, false) => figure.at_most(OTHERS, other.name, theirs),
                    (false, _) => figure.against(other.name, theirs),
                };
            }
            figures.push(figure);
        }
    }
    figures
}
