//! `cargo xtask corpus`: the generator over many descriptions.
//!
//! Each description is generated in a process of its own, so that a panic, a crash or a hang is
//! one line of the report. What compiles and what examples say is found out by Cargo in a
//! workspace of its own below the target folder.

mod cargo;
mod copy;
pub(crate) mod documents;
#[cfg(feature = "examples")]
mod examples;
mod house;
mod outcome;
mod pool;
mod progress;
mod table;
mod watchdog;
#[cfg(not(feature = "examples"))]
mod without_examples;
mod worker;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, thread};

use serde_json::json;

use crate::cli;
use crate::failure::Failure;
use crate::input;
use crate::terminal::{Terminal, print};

use cargo::{Built, Step};
use documents::Document;
use house::House;
use outcome::{Order, Outcome, Report, Verdict};
use pool::Found;
use progress::Progress;

pub(crate) use worker::run as work;

/// Generates all descriptions of a folder, and tells how that went.
pub(crate) fn run(arguments: &cli::Corpus, terminal: &Terminal) -> Result<ExitCode, Failure> {
    #[cfg(not(feature = "examples"))]
    if arguments.examples {
        return without_examples::run_with_them(terminal);
    }
    let documents = documents::find(&arguments.dir)?;
    let documents = documents::only(documents, &arguments.only)?;
    let steps = steps(arguments);
    let house = match steps.as_slice() {
        [] => None,
        _ => Some(House::new(&input::workspace())?),
    };
    let names: Vec<&str> = documents.iter().map(|it| it.name.as_str()).collect();
    let packages = house::packages(names.iter().copied());
    let orders: Vec<Order> = documents
        .iter()
        .zip(&packages)
        .map(|(document, package)| order(document, package, arguments, house.as_ref()))
        .collect();
    let jobs = arguments.jobs.map_or_else(
        || thread::available_parallelism().map_or(1, usize::from),
        usize::from,
    );
    let mut progress = Progress::new("generate", orders.len());
    let found = pool::run(&orders, &names, jobs, &mut progress)?;
    drop(progress);
    let mut reports: Vec<Report> = documents.iter().zip(&found).map(report).collect();
    if let Some(house) = house {
        let folders = orders.iter().zip(&found).flat_map(crates);
        house.settle(&folders.collect::<Vec<_>>())?;
        for step in steps {
            compile(&house, step, &packages, &found, &mut reports)?;
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
        (arguments.examples, Step::Build),
    ];
    let wanted = wanted.into_iter().filter(|(is_wanted, _)| *is_wanted);
    wanted.map(|(_, step)| step).collect()
}

/// The folders of the workspace for crates as they are, and for those that try examples.
const CRATES: &str = "crates";
const EXAMPLES: &str = "examples";

fn order(
    document: &Document,
    package: &str,
    arguments: &cli::Corpus,
    house: Option<&House>,
) -> Order {
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let folder = |kind: &str, wanted: bool| {
        let house = house.filter(|_| wanted)?;
        Some(text(&house.folder(kind, &package_for(kind, package))))
    };
    let compiled = arguments.check || arguments.clippy || arguments.doc;
    Order {
        spec: text(&document.spec),
        config: document.config.as_deref().map(text),
        seconds: arguments.limit,
        memory: arguments.memory,
        crate_folder: folder(CRATES, compiled),
        examples_folder: folder(EXAMPLES, arguments.examples),
    }
}

/// The name of a description's package in one of the folders: no two of a workspace are the same.
fn package_for(kind: &str, package: &str) -> String {
    match kind {
        EXAMPLES => format!("{package}-examples"),
        _ => package.to_owned(),
    }
}

/// The crates that a process wrote.
fn crates((order, found): (&Order, &Found)) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    if found.crate_hash.is_some() {
        folders.extend(order.crate_folder.as_ref().map(PathBuf::from));
    }
    if let Some((_, Some(_))) = &found.examples {
        folders.extend(order.examples_folder.as_ref().map(PathBuf::from));
    }
    folders
}

fn report((document, found): (&Document, &Found)) -> Report {
    let mut report = Report {
        name: document.name.clone(),
        file: document.spec.to_string_lossy().into_owned(),
        outcome: found.outcome.clone(),
        milliseconds: found.milliseconds,
        peak_kib: found.peak_kib,
        steps: BTreeMap::new(),
        examples: found
            .examples
            .as_ref()
            .map(|(examples, _)| examples.clone()),
    };
    if let Some(verdict) = &found.later {
        report.steps.insert("after", verdict.clone());
    }
    report
}

/// Takes a step for all crates that it wasn't taken for before, and adds what it found.
fn compile(
    house: &House,
    step: Step,
    packages: &[String],
    found: &[Found],
    reports: &mut [Report],
) -> Result<(), Failure> {
    let kind = if step == Step::Build {
        EXAMPLES
    } else {
        CRATES
    };
    let mut open: Vec<(usize, String, &str)> = Vec::new();
    for (index, (package, found)) in packages.iter().zip(found).enumerate() {
        let hash = match step {
            Step::Build => found.examples.as_ref().and_then(|(_, hash)| hash.as_ref()),
            _ => found.crate_hash.as_ref(),
        };
        let Some(hash) = hash else { continue };
        match house.known(step.name(), hash) {
            Some(verdict) => {
                reports[index].steps.insert(step.name(), verdict);
            }
            None => open.push((index, package_for(kind, package), hash)),
        }
    }
    let wanted: Vec<&str> = open
        .iter()
        .map(|(_, package, _)| package.as_str())
        .collect();
    let mut progress = Progress::new(step.name(), wanted.len());
    let mut built = cargo::run(house, step, &wanted, &mut progress)?;
    for (index, package, hash) in &open {
        let Some(built) = built.remove(package) else {
            continue;
        };
        let verdict = verdict(house, step, package, built);
        house.keep(step.name(), hash, &verdict)?;
        reports[*index].steps.insert(step.name(), verdict);
    }
    Ok(())
}

/// What a step found: what the compiler says, or what the program says that it built.
#[cfg(feature = "examples")]
fn verdict(house: &House, step: Step, package: &str, built: Built) -> Verdict {
    match built.program {
        Some(program) if step == Step::Build && built.verdict.passed => {
            let cases = house.folder(EXAMPLES, package).join(examples::CASES);
            examples::run(&program, &cases)
        }
        _ => built.verdict,
    }
}

/// What a step found: what the compiler says.
#[cfg(not(feature = "examples"))]
fn verdict(_: &House, _: Step, _: &str, built: Built) -> Verdict {
    built.verdict
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
