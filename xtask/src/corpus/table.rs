//! A run as a table and a few lists, for people.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::outcome::{Outcome, Report, Verdict};
use crate::report::count;
use crate::terminal::{Style, paint};

/// How many of the commonest kinds are told.
const COMMONEST: usize = 10;

/// How many findings of a step are told for a description.
const FINDINGS: usize = 3;

/// Most lines of a finding.
const LINES: usize = 12;

/// The whole report.
pub(super) fn text(reports: &[Report], color: bool) -> String {
    let mut text = table(reports, color);
    rejected(&mut text, reports, color);
    failed(&mut text, reports, color);
    let commonest = |text: &mut String, title: &str, kinds: BTreeMap<&str, usize>| {
        let mut kinds: Vec<(&str, usize)> = kinds.into_iter().collect();
        kinds.sort_by_key(|(kind, times)| (std::cmp::Reverse(*times), *kind));
        if !kinds.is_empty() {
            let _ = writeln!(text, "\n{}", paint(title, Style::Heading, color));
        }
        for (kind, times) in kinds.into_iter().take(COMMONEST) {
            let _ = writeln!(text, "{times:>7}  {kind}");
        }
    };
    let sum = |of: fn(&Report) -> Option<&BTreeMap<String, usize>>| {
        let mut sum: BTreeMap<&str, usize> = BTreeMap::new();
        for (kind, times) in reports.iter().filter_map(of).flatten() {
            *sum.entry(kind).or_default() += times;
        }
        sum
    };
    let loosened = sum(|report| match &report.outcome {
        Outcome::Generated(counts) => Some(&counts.loosened),
        _ => None,
    });
    commonest(
        &mut text,
        "Any value is taken where the description has",
        loosened,
    );
    let warnings = sum(|report| match &report.outcome {
        Outcome::Generated(counts) => Some(&counts.warnings),
        _ => None,
    });
    commonest(&mut text, "Warnings", warnings);
    let _ = writeln!(text, "\n{}", totals(reports));
    text
}

/// A line for each description.
fn table(reports: &[Report], color: bool) -> String {
    let steps = steps(reports);
    let mut rows: Vec<Vec<String>> = Vec::with_capacity(reports.len() + 1);
    let mut heading: Vec<String> = [
        "description",
        "outcome",
        "calls",
        "types",
        "lines",
        "+runtime",
        "warnings",
        "loose",
        "any",
        "ms",
        "MiB",
    ]
    .map(str::to_owned)
    .into();
    heading.extend(steps.iter().map(ToString::to_string));
    rows.push(heading);
    for report in reports {
        rows.push(row(report, &steps));
    }
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let gap = if column == 0 { "" } else { "  " };
            // Words to the left, numbers to the right.
            let padded = if column < 2 {
                format!("{cell:<width$}")
            } else {
                format!("{cell:>width$}")
            };
            let style = match cell.as_str() {
                _ if index == 0 => Some(Style::Heading),
                "generated" | "ok" => Some(Style::Added),
                "failed" => Some(Style::Error),
                "rejected" => Some(Style::Removed),
                _ if column >= 11 && !cell.is_empty() && cell != "-" => Some(Style::Removed),
                _ => None,
            };
            let padded = style.map_or_else(|| padded.clone(), |it| paint(&padded, it, color));
            let _ = write!(line, "{gap}{padded}");
        }
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// The steps that any description went through.
fn steps(reports: &[Report]) -> Vec<&'static str> {
    let mut steps: Vec<&'static str> = Vec::new();
    for step in reports.iter().flat_map(|report| report.steps.keys()) {
        if !steps.contains(step) {
            steps.push(step);
        }
    }
    steps.sort_unstable();
    steps
}

fn row(report: &Report, steps: &[&'static str]) -> Vec<String> {
    let nothing = || "-".to_owned();
    let mut row = vec![report.name.clone()];
    match &report.outcome {
        Outcome::Generated(counts) => {
            row.push("generated".to_owned());
            let numbers = [
                counts.operations,
                counts.types,
                counts.lines,
                counts.lines_with_runtime,
                counts.all_warnings(),
                counts.all_loosened(),
                counts.untyped,
            ];
            row.extend(numbers.map(|number| number.to_string()));
        }
        other => {
            let word = match other {
                Outcome::Rejected { .. } => "rejected",
                _ => "failed",
            };
            row.push(word.to_owned());
            row.extend((0..7).map(|_| nothing()));
        }
    }
    row.push(
        report
            .milliseconds
            .map_or_else(nothing, |it| it.to_string()),
    );
    let mib = report.peak_kib.map(|kib| kib.div_ceil(1024).to_string());
    row.push(mib.unwrap_or_else(nothing));
    for step in steps {
        row.push(match report.steps.get(step) {
            None => nothing(),
            Some(verdict) if verdict.passed => match (&report.examples, *step) {
                (Some(examples), "examples") => format!("ok {}", examples.valid),
                _ => "ok".to_owned(),
            },
            Some(verdict) => format!("{} wrong", verdict.findings),
        });
    }
    row
}

fn rejected(text: &mut String, reports: &[Report], color: bool) {
    let mut is_first = true;
    for report in reports {
        let Outcome::Rejected { errors, first } = &report.outcome else {
            continue;
        };
        if std::mem::take(&mut is_first) {
            let _ = writeln!(text, "\n{}", paint("Rejected", Style::Heading, color));
        }
        let _ = writeln!(text, "  {}: {}", report.name, count(*errors, "error"));
        for error in first {
            let place = match error.place {
                Some((line, column)) => format!("{}:{line}:{column}", report.file),
                None => report.file.clone(),
            };
            let _ = writeln!(text, "    {place}: {}", one_line(&error.message));
            if !error.pointer.is_empty() {
                let _ = writeln!(text, "      at {}", one_line(&error.pointer));
            }
        }
    }
}

fn failed(text: &mut String, reports: &[Report], color: bool) {
    let mut is_first = true;
    let mut heading = |text: &mut String| {
        if std::mem::take(&mut is_first) {
            let _ = writeln!(text, "\n{}", paint("Failed", Style::Error, color));
        }
    };
    for report in reports {
        if let Outcome::Failed { reason } = &report.outcome {
            heading(text);
            let _ = writeln!(text, "  {}: {}", report.name, one_line(reason));
        }
        for (step, verdict) in &report.steps {
            if !verdict.passed {
                heading(text);
                findings(text, &format!("{}, {step}", report.name), verdict);
            }
        }
    }
}

fn findings(text: &mut String, title: &str, verdict: &Verdict) {
    let _ = writeln!(text, "  {title}: {}", count(verdict.findings, "finding"));
    for finding in verdict.first.iter().take(FINDINGS) {
        for line in finding.lines().take(LINES) {
            let _ = writeln!(text, "    {}", one_line(line));
        }
    }
}

/// Text of unknown origin on one line, short enough to be read.
fn one_line(text: &str) -> String {
    const LONGEST: usize = 300;
    let plain = |letter: char| if letter.is_control() { ' ' } else { letter };
    let mut line: String = text.chars().map(plain).take(LONGEST).collect();
    if text.chars().nth(LONGEST).is_some() {
        line.push_str("...");
    }
    line
}

/// All numbers of a run, on one line.
pub(super) fn totals(reports: &[Report]) -> String {
    let (mut generated, mut rejected, mut failed) = (0, 0, 0);
    let (mut operations, mut types, mut lines) = (0, 0, 0);
    for report in reports {
        match &report.outcome {
            Outcome::Generated(counts) => {
                generated += 1;
                operations += counts.operations;
                types += counts.types;
                lines += counts.lines;
            }
            Outcome::Rejected { .. } => rejected += 1,
            Outcome::Failed { .. } => failed += 1,
        }
    }
    let mut text = format!(
        "{}: {generated} generated, {rejected} rejected, {failed} failed; {}, {}, {}",
        count(reports.len(), "description"),
        count(operations, "operation"),
        count(types, "type"),
        count(lines, "line"),
    );
    for step in steps(reports) {
        let verdicts = reports.iter().filter_map(|report| report.steps.get(step));
        let (passed, wrong): (Vec<_>, Vec<_>) = verdicts.partition(|verdict| verdict.passed);
        let _ = write!(text, "; {step}: {} ok, {} wrong", passed.len(), wrong.len());
    }
    let examples = reports.iter().filter_map(|report| report.examples);
    let examples = examples.reduce(|sum, it| super::outcome::Examples {
        valid: sum.valid + it.valid,
        invalid: sum.invalid + it.invalid,
        unjudged: sum.unjudged + it.unjudged,
    });
    if let Some(sum) = examples {
        let _ = write!(
            text,
            "; {} tried, {} not valid, {} not judged",
            count(sum.valid, "example"),
            sum.invalid,
            sum.unjudged
        );
    }
    text
}
