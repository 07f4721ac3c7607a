//! The program that measures calls and decoding from inside: the member `bench` of the workspace.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use super::Setting;
use super::measure;
use super::samples::Samples;
use clientsmith::internal::failure::Failure;

/// The built program.
pub(super) struct Program {
    path: PathBuf,
    work: PathBuf,
}

/// One thing that it measured.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Record {
    pub(super) what: String,
    pub(super) who: String,
    pub(super) seconds: f64,
    pub(super) allocations: f64,
    pub(super) allocated: f64,
    pub(super) peak: f64,
    pub(super) memory: Option<f64>,
}

impl Program {
    /// Builds it with optimisation.
    pub(super) fn build(setting: &Setting) -> Result<Self, Failure> {
        let manifest = crate::workspace::folder()?.join("Cargo.toml");
        Self::of(setting, &manifest, "bench", "program")
    }

    /// Builds a program of this name from a manifest, in a folder of its own.
    pub(super) fn of(
        setting: &Setting,
        manifest: &Path,
        name: &str,
        folder: &str,
    ) -> Result<Self, Failure> {
        let target = setting.work.join(folder);
        let mut build = Command::new(env!("CARGO"));
        build
            .args(["build", "--release", "--package", name, "--manifest-path"])
            .arg(manifest)
            .arg("--target-dir")
            .arg(&target);
        measure::run(&mut build, &setting.work.join("build.log"))?;
        Ok(Self {
            path: target
                .join("release")
                .join(format!("{name}{}", std::env::consts::EXE_SUFFIX)),
            work: setting.work.clone(),
        })
    }

    /// Runs it, and reads what it measured.
    pub(super) fn run(&self, arguments: &[&str]) -> Result<Vec<Record>, Failure> {
        let log = self.work.join("records.jsonl");
        measure::run(Command::new(&self.path).args(arguments), &log)?;
        let cant = |error: &dyn std::fmt::Display| {
            Failure::work(format!("can't read {}: {error}", log.display()))
        };
        let text = std::fs::read_to_string(&log).map_err(|error| cant(&error))?;
        let records: Result<Vec<Record>, _> = text.lines().map(serde_json::from_str).collect();
        records.map_err(|error| cant(&error))
    }

    /// How many instructions one run of something takes in the program itself, by valgrind: the
    /// difference of so many runs and twice as many, divided by them, so that what isn't a run falls
    /// out. They are the same each time.
    pub(super) fn instructions(
        &self,
        valgrind: &Path,
        what: &[&str],
        runs: u32,
    ) -> Result<Samples, Failure> {
        let counted = |runs: u32| self.counted(valgrind, &[what, &[&runs.to_string()]].concat());
        let (once, twice) = (counted(runs)?, counted(2 * runs)?);
        Ok(Samples(vec![(twice - once) / f64::from(runs)]))
    }

    fn counted(&self, valgrind: &Path, arguments: &[&str]) -> Result<f64, Failure> {
        let log = self.work.join("callgrind.log");
        let mut counted = Command::new(valgrind);
        counted
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(&self.path)
            .args(arguments);
        measure::run(&mut counted, &log)?;
        let text = std::fs::read_to_string(&log).unwrap_or_default();
        let count = text
            .lines()
            .find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
        count.ok_or_else(|| Failure::work("valgrind reported no instruction count"))
    }
}

/// All that was measured, in the order in which it was first.
pub(super) fn subjects(records: &[Record]) -> Vec<&str> {
    let mut subjects: Vec<&str> = Vec::new();
    for record in records {
        if !subjects.contains(&record.what.as_str()) {
            subjects.push(&record.what);
        }
    }
    subjects
}

/// What somebody took for something, a value a round.
pub(super) fn samples(
    records: &[Record],
    what: &str,
    who: &str,
    value: impl Fn(&Record) -> f64,
) -> Samples {
    let rounds = records
        .iter()
        .filter(|record| record.what == what && record.who == who);
    rounds.map(value).collect()
}
