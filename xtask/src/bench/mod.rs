//! `cargo xtask bench`: how fast the project is where its users wait.
//!
//! Each group holds what we do against the least that could do it, and against the same thing done by
//! others, in one run on one machine. The sides take turns, round by round, so that what slows the
//! machine slows them all; what counts is the ratio.

mod calls;
mod compile;
pub(crate) mod counts;
mod decoding;
pub(crate) mod generation;
mod hostile;
mod lists;
pub(crate) mod measure;
mod optimised;
mod plot;
mod program;
mod report;
mod samples;
mod stream;
mod tools;

use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use crate::cli;
use clientsmith::internal::failure::Failure;
use clientsmith::internal::files;
use clientsmith::internal::terminal::{self, Terminal};

use self::report::Figure;
use self::tools::Tools;

/// What the measurements go by.
pub(crate) struct Setting {
    /// How often each side of a comparison runs.
    pub(crate) rounds: usize,
    /// A folder of descriptions to measure with, beside what the project has.
    pub(crate) documents: Option<PathBuf>,
    /// The names of those that count; all where there are none.
    pub(crate) only: Vec<String>,
    /// A folder for what is built and written on the way; it is kept, so that a second run needn't
    /// build all anew.
    pub(crate) work: PathBuf,
    pub(crate) tools: Tools,
}

/// The figures of one subject.
#[derive(Debug, Serialize)]
pub(crate) struct Group {
    pub(crate) name: &'static str,
    pub(crate) figures: Vec<Figure>,
}

/// A subject, and what measures it.
type Measurement = (cli::Subject, fn(&Setting) -> Result<Vec<Figure>, Failure>);

const MEASUREMENTS: &[Measurement] = &[
    (cli::Subject::Generation, generation::run),
    (cli::Subject::Compile, compile::run),
    (cli::Subject::Counts, counts::run),
    (cli::Subject::Decoding, decoding::run),
    (cli::Subject::Calls, calls::run),
    (cli::Subject::Stream, stream::run),
    (cli::Subject::Hostile, hostile::run),
    (cli::Subject::Lists, lists::run),
];

#[cfg(feature = "bench")]
pub(crate) use generation::floor;

/// Measures what was asked for, tells it as it comes, and writes the report.
pub(crate) fn run(arguments: &cli::Bench, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let project = crate::workspace::folder()?;
    let out = arguments
        .out
        .clone()
        .unwrap_or_else(|| project.join("target/bench/report"));
    let setting = Setting {
        rounds: arguments.rounds.get(),
        documents: arguments.documents.clone(),
        only: arguments.only.clone(),
        work: project.join("target/bench"),
        tools: Tools::find(),
    };
    for folder in [&setting.work, &out] {
        files::make_folder(folder)?;
    }
    for line in setting.tools.missing() {
        terminal.note(&line);
    }
    let mut groups = Vec::new();
    for (subject, measure) in MEASUREMENTS {
        if !arguments.subjects.is_empty() && !arguments.subjects.contains(subject) {
            continue;
        }
        let figures = measure(&setting)?;
        terminal::print(&format!(
            "\n{}\n\n{}",
            subject.name(),
            report::table(&figures, terminal.out_color)
        ));
        groups.push(Group {
            name: subject.name(),
            figures,
        });
    }
    files::write(&out.join("report.json"), &json(&groups, &setting.tools)?)?;
    files::write(&out.join("report.svg"), &plot::svg(&groups))?;
    terminal.note(&format!("the report is in {}", out.display()));
    let kept = groups
        .iter()
        .flat_map(|group| &group.figures)
        .all(|figure| figure.rivals.iter().all(|rival| rival.holds(&figure.ours)));
    Ok(if kept {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn json(groups: &[Group], tools: &Tools) -> Result<String, Failure> {
    let report = serde_json::json!({ "versions": tools.versions(), "groups": groups });
    serde_json::to_string_pretty(&report)
        .map_err(|error| Failure::work(format!("can't write the report as JSON: {error}")))
}
