//! `cargo xtask corpus`: the generator over many descriptions.
//!
//! Each description is generated in a process of its own, so that a panic, a crash or a hang is
//! one line of the report. What compiles and what examples say is found out by Cargo in a
//! workspace of its own below the target folder.

#[cfg(feature = "examples")]
mod caller;
#[cfg(feature = "examples")]
mod calls;
mod cargo;
mod copy;
mod crate_workspace;
pub(crate) mod documents;
#[cfg(feature = "examples")]
mod examples;
mod outcome;
mod pool;
#[cfg(feature = "examples")]
mod programs;
#[cfg(not(feature = "examples"))]
#[path = "without_examples.rs"]
mod programs;
mod progress;
#[cfg(feature = "examples")]
mod recorded;
mod table;
mod watchdog;
mod worker;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, thread};

use serde_json::json;

use crate::cli;
use crate::workspace;
use clientsmith::internal::failure::Failure;
use clientsmith::internal::terminal::{Terminal, print};

use cargo::Step;
use crate_workspace::CrateWorkspace;
use documents::Document;
use outcome::{Kind, Order, Outcome, Report};
use pool::Found;
use progress::Progress;

pub(crate) use worker::run as work;

/// Generates all descriptions of a folder, and tells how that went.
pub(crate) fn run(arguments: &cli::Corpus, terminal: &Terminal) -> Result<ExitCode, Failure> {
    #[cfg(not(feature = "examples"))]
    if arguments.examples || arguments.calls || arguments.recorded.is_some() {
        return programs::run_with_them(terminal);
    }
    let documents = documents::find(&arguments.dir)?;
    let documents = documents::only(documents, &arguments.only)?;
    if let Some(Some(folder)) = &arguments.recorded
        && !folder.is_dir()
    {
        return Err(Failure::usage(format!(
            "no such folder: `{}`",
            folder.display()
        )));
    }
    let steps = steps(arguments);
    let workspace = match steps.as_slice() {
        [] => None,
        _ => Some(CrateWorkspace::new(&workspace::folder()?)?),
    };
    let names: Vec<&str> = documents.iter().map(|it| it.name.as_str()).collect();
    let packages = crate_workspace::packages(names.iter().copied());
    let orders: Vec<Order> = documents
        .iter()
        .zip(&packages)
        .map(|(document, package)| order(document, package, arguments, &steps, workspace.as_ref()))
        .collect();
    let jobs = arguments.jobs.map_or_else(
        || thread::available_parallelism().map_or(1, usize::from),
        usize::from,
    );
    let mut progress = Progress::new("generate", orders.len());
    let found = pool::run(&orders, &names, jobs, &mut progress)?;
    drop(progress);
    let mut reports: Vec<Report> = documents.iter().zip(&found).map(report).collect();
    if let Some(workspace) = workspace {
        let folders = orders.iter().zip(&found).flat_map(crates);
        workspace.set_members(&folders.collect::<Vec<_>>())?;
        for step in steps {
            compile(&workspace, step, &packages, &found, &mut reports)?;
        }
    }
    print(&table::text(&reports, terminal.out_color));
    if let Some(file) = &arguments.json {
        write_json(file, &reports)?;
    }
    let rejected = |report: &Report| matches!(report.outcome, Outcome::Rejected { .. });
    let wrong = |report: &Report| report.failed() || arguments.strict && rejected(report);
    Ok(if reports.iter().any(wrong) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// The steps that were asked for. Clippy tells what the compiler tells, so one of them is enough.
fn steps(arguments: &cli::Corpus) -> Vec<Step> {
    let check = arguments.check && !arguments.clippy;
    let wanted = [
        (check, Step::Check),
        (arguments.clippy, Step::Clippy),
        (arguments.doc, Step::Doc),
        (arguments.examples, Step::Run(Kind::Examples)),
        (arguments.examples, Step::Run(Kind::Plain)),
        (arguments.calls && can_call(), Step::Run(Kind::Calls)),
        (arguments.recorded.is_some(), Step::Run(Kind::Recorded)),
    ];
    let wanted = wanted.into_iter().filter(|(is_wanted, _)| *is_wanted);
    wanted.map(|(_, step)| step).collect()
}

/// Whether there is a mock server to call; it is told where there is none.
#[cfg(feature = "examples")]
fn can_call() -> bool {
    let is_installed = calls::mock::installed().is_some();
    if !is_installed {
        clientsmith::internal::terminal::tell(
            "no requests are sent: `steady` isn't installed (npm install --global @stdy/cli)\n",
        );
    }
    is_installed
}

#[cfg(not(feature = "examples"))]
fn can_call() -> bool {
    false
}

fn order(
    document: &Document,
    package: &str,
    arguments: &cli::Corpus,
    steps: &[Step],
    workspace: Option<&CrateWorkspace>,
) -> Order {
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let mut folders = BTreeMap::new();
    for step in steps {
        let kind = step.kind();
        if let Some(workspace) = workspace {
            let folder = workspace.folder(kind.name(), &package_for(kind, package));
            folders.insert(kind, text(&folder));
        }
    }
    let recordings = arguments.recorded.as_ref().and_then(Option::as_deref);
    Order {
        spec: text(&document.spec),
        config: document.config.as_deref().map(text),
        seconds: arguments.limit,
        memory: arguments.memory,
        folders,
        recordings: recordings.map(text),
        name: document.name.clone(),
    }
}

/// The name of a description's package in one of the folders: no two of a workspace are the same.
fn package_for(kind: Kind, package: &str) -> String {
    match kind {
        Kind::Crates => package.to_owned(),
        kind => format!("{package}-{}", kind.name()),
    }
}

/// The crates that a process wrote.
fn crates((order, found): (&Order, &Found)) -> Vec<PathBuf> {
    let written = found.hashes.keys();
    let folders = written.filter_map(|kind| order.folders.get(kind));
    folders.map(PathBuf::from).collect()
}

fn report((document, found): (&Document, &Found)) -> Report {
    let mut report = Report {
        name: document.name.clone(),
        file: document.spec.to_string_lossy().into_owned(),
        outcome: found.outcome.clone(),
        milliseconds: found.milliseconds,
        peak_kib: found.peak_kib,
        steps: BTreeMap::new(),
        examples: found.examples.clone(),
        calls: None,
        recorded: found.recorded.clone(),
    };
    if let Some(verdict) = &found.later {
        report.steps.insert("after", verdict.clone());
    }
    report
}

/// Takes a step for all crates that it wasn't taken for before, and adds what it found.
fn compile(
    workspace: &CrateWorkspace,
    step: Step,
    packages: &[String],
    found: &[Found],
    reports: &mut [Report],
) -> Result<(), Failure> {
    let kind = step.kind();
    let mut open: Vec<(usize, String, &str)> = Vec::new();
    for (index, (package, found)) in packages.iter().zip(found).enumerate() {
        let Some(hash) = found.hashes.get(&kind) else {
            continue;
        };
        let is_known = match step {
            Step::Run(kind) => programs::known(workspace, kind, hash, &mut reports[index]),
            _ => match workspace.known(step.name(), hash) {
                Some(verdict) => {
                    reports[index].steps.insert(step.name(), verdict);
                    true
                }
                None => false,
            },
        };
        if !is_known {
            open.push((index, package_for(kind, package), hash));
        }
    }
    let wanted: Vec<&str> = open
        .iter()
        .map(|(_, package, _)| package.as_str())
        .collect();
    let mut progress = Progress::new(step.name(), wanted.len());
    let mut built = cargo::run(workspace, step, &wanted, &mut progress)?;
    for (index, package, hash) in &open {
        let Some(built) = built.remove(package) else {
            continue;
        };
        let report = &mut reports[*index];
        match (step, built.program) {
            (Step::Run(kind), Some(program)) if built.verdict.passed => {
                programs::run(workspace, kind, (package, hash), &program, report)?;
            }
            (Step::Run(_), _) => drop(report.steps.insert(step.name(), built.verdict)),
            _ => {
                workspace.keep(step.name(), hash, &built.verdict)?;
                report.steps.insert(step.name(), built.verdict);
            }
        }
    }
    Ok(())
}

/// Writes the report for machines.
fn write_json(file: &Path, reports: &[Report]) -> Result<(), Failure> {
    let cannot = |error: &dyn std::fmt::Display| {
        Failure::work(format!("can't write `{}`: {error}", file.display()))
    };
    let report = json!({ "summary": table::totals(reports), "descriptions": reports });
    let text = serde_json::to_string_pretty(&report).map_err(|error| cannot(&error))?;
    fs::write(file, text + "\n").map_err(|error| cannot(&error))
}
