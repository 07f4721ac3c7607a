//! What it takes to turn a description into a crate.
//!
//! The floor is what nobody who goes this way can do without: reading the description into openapiv3's types, and
//! prettyplease over the Rust that comes out. It is an easy one. It reads a description that is in the forms of
//! OpenAPI 3.0 already, where ours has to check it and bring it there; it prints the emitted files as they are, tables
//! included, though ours writes the tables as text and only the rest with prettyplease; and
//! parsing those files, walking the model, making tokens and writing files are none of it. Of ours all of the command
//! counts, from start to end. Both are in release builds, and what counts is the time of all processors.
//!
//! Linux tells no smaller peak of memory than the program had that started another: below 20 MB or so all are alike.

mod documents;
#[cfg(feature = "bench")]
pub(crate) mod floor;
pub(super) mod made;
mod rivals;
mod slope;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use clientsmith::internal::failure::Failure;
use clientsmith::internal::terminal::tell;

use super::measure::Usage;
use super::optimised::Optimised;
use super::report::{Figure, Unit};
use super::samples::Samples;
use super::{Setting, files, measure};
use documents::Document;
use rivals::Rival;

/// The most that ours may take of what the floor takes.
const FLOOR: f64 = 1.5;

/// The most that ours may take of what any other takes.
const OTHERS: f64 = 1.0;

/// The command that the floor is measured by, in builds with the feature `bench`.
pub(crate) const FLOOR_COMMAND: &str = "bench-floor";

/// Measures all descriptions, and how the time goes with their size.
pub(crate) fn run(setting: &Setting) -> Result<Vec<Figure>, Failure> {
    let work = setting.work.join("generation");
    files::make_folder(&work)?;
    let programs = Programs {
        xtask: Optimised::build(setting)?,
        log: work.join("log"),
    };
    let documents = documents::all(setting, &programs, &work)?;
    let mut figures = Vec::new();
    let mut made = Vec::new();
    for document in &documents {
        let folder = work.join(&document.name);
        let rivals = rivals::installed(&setting.tools);
        let Some(sides) = Sides::run(setting.rounds, &programs, document, &folder, rivals)? else {
            continue;
        };
        if document.made {
            made.push((document.bytes, sides.ours.time.clone()));
        }
        figures.extend(sides.figures(document));
    }
    figures.extend(slope::figure(&made));
    Ok(figures)
}

/// The two programs of the project, which are one.
struct Programs {
    xtask: Optimised,
    log: PathBuf,
}

impl Programs {
    fn generate(&self, document: &Document, out: &Path) -> Command {
        self.xtask.generate(&document.path, out)
    }

    /// One of the parts of the floor, without its arguments.
    fn floor(&self, part: &str) -> Command {
        let mut command = self.xtask.command();
        command.args([FLOOR_COMMAND, part]);
        command
    }
}

/// What one side took, round by round.
#[derive(Debug, Default)]
struct Side {
    /// Seconds of all processors.
    time: Samples,
    /// Seconds from start to end.
    wall: Samples,
    /// Bytes.
    peak: Samples,
}

impl Side {
    fn push(&mut self, usage: Usage) {
        self.time.0.push(usage.cpu.as_secs_f64());
        self.wall.0.push(usage.wall.as_secs_f64());
        #[expect(clippy::cast_precision_loss, reason = "no machine has so much memory")]
        self.peak.0.push(usage.peak as f64);
    }
}

/// All sides of one description.
struct Sides {
    ours: Side,
    floor: Side,
    rivals: Vec<(Rival, Side)>,
}

impl Sides {
    /// Runs all sides in turn, so many rounds; none where ours doesn't take the description.
    fn run(
        rounds: usize,
        programs: &Programs,
        document: &Document,
        folder: &Path,
        rivals: Vec<Rival>,
    ) -> Result<Option<Self>, Failure> {
        let (out, converted) = (folder.join("ours"), folder.join(document.converted_name()));
        files::fresh_folder(folder)?;
        let log = &programs.log;
        let mut convert = programs.floor("convert");
        convert.arg(&document.path).arg(&converted);
        let first = measure::run(&mut programs.generate(document, &out), log)
            .and_then(|_| measure::run(&mut convert, log));
        if let Err(failure) = first {
            tell(&format!(
                "{}: skipped: {}\n",
                document.name, failure.message
            ));
            return Ok(None);
        }
        let mut sides = Self {
            ours: Side::default(),
            floor: Side::default(),
            rivals: rivals.into_iter().map(|it| (it, Side::default())).collect(),
        };
        for _ in 0..rounds {
            files::fresh_folder(&out)?;
            let usage = measure::run(&mut programs.generate(document, &out), log)?;
            sides.ours.push(usage);
            let mut floor = programs.floor("run");
            let usage = measure::run(floor.arg(&converted).arg(&out), log)?;
            let cpu = seconds(log)?;
            sides.floor.push(Usage { cpu, ..usage });
            sides.rivals_round(document, folder, log)?;
        }
        Ok(Some(sides))
    }

    /// Runs the others once; one that fails isn't tried again.
    fn rivals_round(
        &mut self,
        document: &Document,
        folder: &Path,
        log: &Path,
    ) -> Result<(), Failure> {
        let mut failed = Vec::new();
        for (index, (rival, side)) in self.rivals.iter_mut().enumerate() {
            let out = folder.join(rival.name);
            files::fresh_folder(&out)?;
            match measure::run(&mut rival.command(&document.path, &out), log) {
                Ok(usage) => side.push(usage),
                Err(_) => {
                    tell(&format!("{} fails on {}\n", rival.name, document.name));
                    failed.push(index);
                }
            }
        }
        for index in failed.into_iter().rev() {
            self.rivals.remove(index);
        }
        Ok(())
    }

    fn figures(self, document: &Document) -> [Figure; 3] {
        let what = format!("{} ({})", document.name, document.size());
        let mut time = Figure::new(format!("time for {what}"), Unit::Seconds, self.ours.time)
            .at_most(FLOOR, "floor", self.floor.time);
        let mut peak = Figure::new(format!("memory for {what}"), Unit::Bytes, self.ours.peak)
            .against("floor", self.floor.peak);
        let mut wall = Figure::new(
            format!("elapsed time for {what}"),
            Unit::Seconds,
            self.ours.wall,
        );
        for (rival, side) in self.rivals {
            time = time.at_most(OTHERS, rival.name, side.time);
            wall = wall.against(rival.name, side.wall);
            peak = peak.against(rival.name, side.peak);
        }
        [time, wall, peak]
    }
}

/// What the floor said of its own time.
fn seconds(log: &Path) -> Result<Duration, Failure> {
    let text = files::read(log)?;
    let last = text.lines().last().and_then(|line| line.parse().ok());
    let last = last.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    last.ok_or_else(|| Failure::work("the minimal program didn't report its measurements"))
}
