//! A run as a table and a few lists, for people.

mod programs;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::outcome::{Outcome, Report};
use clientsmith::internal::report::count;
use clientsmith::internal::terminal::{Style, paint};

use programs::{calls_and_recorded, cells, exceptions, headings, is_good};

/// How many columns there are before those of the steps.
const FIXED: usize = 13;

/// How many of the commonest kinds are told.
const COMMONEST: usize = 10;

/// How many kinds of findings of a step are told.
const FINDINGS: usize = 20;

/// How many of the descriptions that have a finding are named.
const NAMES: usize = 5;

/// Most lines of a finding.
const LINES: usize = 12;

/// The whole report.
pub(super) fn text(reports: &[Report], color: bool) -> String {
    let mut text = table(reports, color);
    rejected(&mut text, reports, color);
    failed(&mut text, reports, color);
    exceptions(&mut text, reports, color);
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
    let refused = sum(|report| match &report.outcome {
        Outcome::Rejected { kinds, .. } => Some(kinds),
        _ => None,
    });
    commonest(&mut text, "Errors", refused);
    let loosened = sum(|report| match &report.outcome {
        Outcome::Generated(counts) => Some(&counts.loosened),
        _ => None,
    });
    commonest(
        &mut text,
        "Any JSON value is accepted where the description has",
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
        "paged",
        "guessed",
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
    heading.extend(
        steps
            .iter()
            .flat_map(|step| headings(step))
            .map(str::to_owned),
    );
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
                "generated" => Some(Style::Added),
                "failed" => Some(Style::Error),
                "rejected" => Some(Style::Removed),
                _ if column >= FIXED && is_good(cell) => Some(Style::Added),
                _ if column >= FIXED && !cell.is_empty() && cell != "-" => Some(Style::Removed),
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
            row.push(counts.operations.to_string());
            row.push(format!("{}/{}", counts.paged, counts.lists));
            let numbers = [
                counts.guessed,
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
            row.extend((0..9).map(|_| nothing()));
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
        cells(report, step, &mut row);
    }
    row
}

fn rejected(text: &mut String, reports: &[Report], color: bool) {
    let mut is_first = true;
    for report in reports {
        let Outcome::Rejected { errors, first, .. } = &report.outcome else {
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
    let mut lines = String::new();
    for report in reports {
        if let Outcome::Failed { reason } = &report.outcome {
            let _ = writeln!(lines, "  {}: {}", report.name, one_line(reason));
        }
    }
    for step in steps(reports) {
        findings(&mut lines, step, reports);
    }
    if !lines.is_empty() {
        let _ = write!(text, "\n{}\n{lines}", paint("Failed", Style::Error, color));
    }
}

/// What a step found, the commonest first: many crates can have one fault.
fn findings(text: &mut String, step: &str, reports: &[Report]) {
    let mut by_finding: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for report in reports {
        let verdict = report.steps.get(step);
        for finding in verdict.iter().flat_map(|verdict| &verdict.first) {
            let names = by_finding.entry(finding).or_default();
            if names.last() != Some(&report.name.as_str()) {
                names.push(&report.name);
            }
        }
    }
    let mut found: Vec<(&str, Vec<&str>)> = by_finding.into_iter().collect();
    found.sort_by_key(|(_, names)| std::cmp::Reverse(names.len()));
    let more = found.len().saturating_sub(FINDINGS);
    for (finding, names) in found.into_iter().take(FINDINGS) {
        let others = match names.len().saturating_sub(NAMES) {
            0 => String::new(),
            others => format!(" and {others} more"),
        };
        let names = names.into_iter().take(NAMES).collect::<Vec<_>>().join(", ");
        let _ = writeln!(text, "  {step}: {names}{others}");
        for line in finding.lines().take(LINES) {
            let _ = writeln!(text, "    {}", one_line(line));
        }
    }
    if more > 0 {
        let _ = writeln!(text, "  {step}: {more} more kinds of findings");
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
    let (mut lists, mut paged, mut guessed) = (0, 0, 0);
    for report in reports {
        match &report.outcome {
            Outcome::Generated(counts) => {
                generated += 1;
                operations += counts.operations;
                lists += counts.lists;
                paged += counts.paged;
                guessed += counts.guessed;
                types += counts.types;
                lines += counts.lines;
            }
            Outcome::Rejected { .. } => rejected += 1,
            Outcome::Failed { .. } => failed += 1,
        }
    }
    let mut text = format!(
        "{}: {generated} generated, {rejected} rejected, {failed} failed; {}, \
         {paged} of {} paged ({guessed} by guess), {}, {}",
        count(reports.len(), "description"),
        count(operations, "operation"),
        count(lists, "list"),
        count(types, "type"),
        count(lines, "line"),
    );
    for step in steps(reports) {
        let verdicts = reports.iter().filter_map(|report| report.steps.get(step));
        let (passed, wrong): (Vec<_>, Vec<_>) = verdicts.partition(|verdict| verdict.passed);
        let _ = write!(text, "; {step}: {} ok, {} wrong", passed.len(), wrong.len());
    }
    let mut examples = reports.iter().filter_map(|report| report.examples.as_ref());
    if let Some(first) = examples.next() {
        let mut sum = [first.valid, first.invalid, first.unjudged];
        for more in examples {
            for (sum, number) in sum
                .iter_mut()
                .zip([more.valid, more.invalid, more.unjudged])
            {
                *sum += number;
            }
        }
        let [valid, invalid, unjudged] = sum;
        let tried = count(valid, "example");
        let _ = write!(
            text,
            "; {tried} tested, {invalid} invalid, {unjudged} not validated"
        );
        let all = || reports.iter().filter_map(|report| report.examples.as_ref());
        let values: usize = all().map(|it| it.variants).sum();
        let wrong: usize = all().map(|it| it.wrong_variants).sum();
        let _ = write!(
            text,
            "; {wrong} wrong of {} of unions",
            count(values, "value")
        );
    }
    calls_and_recorded(&mut text, reports);
    text
}

#[cfg(test)]
mod tests {
    use super::super::outcome::{Calls, Counts, Examples, Exception, Located, Recorded, Verdict};
    use super::*;

    fn report(name: &str, outcome: Outcome) -> Report {
        Report {
            name: name.to_owned(),
            file: format!("apis/{name}.json"),
            outcome,
            milliseconds: Some(12),
            peak_kib: Some(17_000),
            steps: BTreeMap::new(),
            examples: None,
            calls: None,
            recorded: None,
        }
    }

    fn reports() -> Vec<Report> {
        let mut wrong = Verdict::default();
        wrong.add("warning: unused\n  --> src/lib.rs:1:1".to_owned());
        let counts = Counts {
            operations: 3,
            lists: 2,
            paged: 1,
            guessed: 1,
            types: 13,
            lines: 700,
            lines_with_runtime: 6000,
            warnings: BTreeMap::from([("`..` is relative".to_owned(), 2)]),
            loosened: BTreeMap::from([("oneOf".to_owned(), 1)]),
            loosened_at: vec!["/a".to_owned()],
            untyped: 4,
        };
        let mut pets = report("pets", Outcome::Generated(counts.clone()));
        pets.steps = BTreeMap::from([("check", wrong.clone()), ("examples", Verdict::pass())]);
        pets.examples = Some(Examples {
            valid: 5,
            invalid: 1,
            unjudged: 0,
            not_tried: Vec::new(),
            variants: 3,
            variants_unjudged: 0,
            wrong_variants: 0,
        });
        let mut zoo = report("zoo", Outcome::Generated(counts));
        zoo.steps = BTreeMap::from([("check", wrong)]);
        let error = Located {
            message: "it is \u{1b}wrong".to_owned(),
            pointer: "/info".to_owned(),
            place: Some((3, 7)),
        };
        let rejected = Outcome::Rejected {
            errors: 2,
            first: vec![error],
            kinds: BTreeMap::from([("it is wrong".to_owned(), 2)]),
        };
        let reason = "exit status: 101: a panic".to_owned();
        let mut panicked = report("worse", Outcome::Failed { reason });
        (panicked.milliseconds, panicked.peak_kib) = (None, None);
        vec![pets, report("bad", rejected), panicked, zoo]
    }

    #[test]
    fn a_run_is_told_whole() {
        let expected = "\
description  outcome    calls  paged  guessed  types  lines  +runtime  warnings  loose  any  ms  MiB    check  examples
pets         generated      3    1/2        1     13    700      6000         2      1    4  12   17  1 wrong      ok 5
bad          rejected       -      -        -      -      -         -         -      -    -  12   17        -         -
worse        failed         -      -        -      -      -         -         -      -    -   -    -        -         -
zoo          generated      3    1/2        1     13    700      6000         2      1    4  12   17  1 wrong         -

Rejected
  bad: 2 errors
    apis/bad.json:3:7: it is  wrong
      at /info

Failed
  worse: exit status: 101: a panic
  check: pets, zoo
    warning: unused
      --> src/lib.rs:1:1

Errors
      2  it is wrong

Any JSON value is accepted where the description has
      2  oneOf

Warnings
      4  `..` is relative

4 descriptions: 2 generated, 1 rejected, 1 failed; 6 operations, 2 of 4 lists paged (2 by guess), 26 types, 1400 lines; \
check: 0 ok, 2 wrong; examples: 1 ok, 0 wrong; 5 examples tested, 1 invalid, 0 not validated; 0 wrong of 3 values of unions
";
        assert_eq!(text(&reports(), false), expected);
    }

    #[test]
    fn calls_and_recorded_responses_have_two_columns_each() {
        let mut pets = reports().remove(0);
        let exception = Exception {
            call: "GET /pets".to_owned(),
            what: "not read: no `id`".to_owned(),
            excuse: Some("the response is invalid".to_owned()),
        };
        pets.calls = Some(Calls {
            not_started: None,
            operations: 3,
            accepted: 3,
            read: 2,
            exceptions: vec![exception],
        });
        pets.recorded = Some(Recorded {
            responses: 7,
            read: 6,
            same: 5,
            reported: 2,
            ..Recorded::default()
        });
        pets.steps = BTreeMap::from([("calls", Verdict::pass()), ("recorded", Verdict::pass())]);
        let text = text(&[pets], false);
        let head: Vec<&str> = text
            .lines()
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        let row: Vec<&str> = text
            .lines()
            .nth(1)
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        assert_eq!(head[FIXED..], ["accepted", "read", "recorded", "same"]);
        assert_eq!(row[FIXED..], ["3/3", "2/3", "6/7", "5/7"]);
        let exceptions = "Exceptions\n  pets: GET /pets: not read: no `id`\n    the response is invalid\n  \
            pets: 2 reported as deviations by the client\n";
        assert!(text.contains(exceptions), "{text}");
        let totals = "; 3 calls: 3 accepted, 2 read; 7 recorded responses: 6 read, 5 the same";
        assert!(text.contains(totals), "{text}");
    }

    #[test]
    fn colours_stand_around_words_and_change_no_width() {
        let coloured = text(&reports(), true);
        assert!(coloured.contains("\u{1b}[32mgenerated"), "{coloured:?}");
        let plain: String = coloured
            .split("\u{1b}[")
            .enumerate()
            .map(|(index, part)| match part.split_once('m') {
                Some((_, rest)) if index > 0 => rest,
                _ => part,
            })
            .collect();
        assert_eq!(plain, text(&reports(), false));
    }
}
