//! What programs found that try something, as columns, a list and numbers.

use std::fmt::Write as _;

use super::{FINDINGS, one_line};
use crate::corpus::outcome::{Calls, Recorded, Report};
use clientsmith::internal::report::count;
use clientsmith::internal::terminal::{Style, paint};

/// The headings of a step.
pub(super) fn headings(step: &&'static str) -> Vec<&'static str> {
    match *step {
        "calls" => vec!["accepted", "read"],
        "recorded" => vec!["recorded", "same"],
        step => vec![step],
    }
}

/// What a step found, under its headings.
pub(super) fn cells(report: &Report, step: &'static str, row: &mut Vec<String>) {
    let of = |some: usize, all: usize| format!("{some}/{all}");
    match (
        report.steps.get(step),
        step,
        &report.calls,
        &report.recorded,
    ) {
        (None, step, _, _) => row.extend(headings(&step).iter().map(|_| "-".to_owned())),
        (Some(_), "calls", Some(calls), _) => {
            row.push(of(calls.accepted, calls.operations));
            row.push(of(calls.read, calls.operations));
        }
        (Some(_), "recorded", _, Some(recorded)) => {
            row.push(of(recorded.read, recorded.responses));
            row.push(of(recorded.same, recorded.responses));
        }
        (Some(verdict), step, _, _) => {
            let examples = report.examples.as_ref().filter(|_| verdict.passed);
            let first = match (verdict.passed, step, examples) {
                (true, "examples" | "plain", Some(examples)) => format!("ok {}", examples.valid),
                (true, "variants", Some(examples)) => format!("ok {}", examples.variants),
                (true, _, _) => "ok".to_owned(),
                (false, _, _) => format!("{} wrong", verdict.findings),
            };
            row.push(first);
            row.extend(headings(&step).iter().skip(1).map(|_| "-".to_owned()));
        }
    }
}

/// Whether a cell of a step tells that all is well.
pub(super) fn is_good(cell: &str) -> bool {
    let all = |(some, all): (&str, &str)| some == all;
    cell == "ok" || cell.starts_with("ok ") || cell.split_once('/').is_some_and(all)
}

/// What isn't as it should be and is no fault of a crate, and how many recordings weren't used.
pub(super) fn exceptions(text: &mut String, reports: &[Report], color: bool) {
    let mut lines = String::new();
    for report in reports {
        let name = &report.name;
        if let Some(calls) = &report.calls {
            if let Some(why) = &calls.not_started {
                let why = one_line(why);
                let _ = writeln!(lines, "  {name}: the mock server doesn't start: {why}");
            }
            let excused = calls.exceptions.iter().filter(|it| it.excuse.is_some());
            let count = excused.clone().count();
            for it in excused.take(FINDINGS) {
                let excuse = it.excuse.as_deref().unwrap_or_default();
                let _ = writeln!(
                    lines,
                    "  {name}: {}: {}",
                    one_line(&it.call),
                    one_line(&it.what)
                );
                let _ = writeln!(lines, "    {}", one_line(excuse));
            }
            if count > FINDINGS {
                let _ = writeln!(lines, "  {name}: {} more", count - FINDINGS);
            }
        }
        if let Some(recorded) = &report.recorded {
            let others = [
                (recorded.unmatched.len(), "without a matching operation"),
                (
                    recorded.unread_text.len(),
                    "documented as something other than JSON",
                ),
                (recorded.reported, "reported as deviations by the client"),
            ];
            for (count, what) in others.into_iter().filter(|(count, _)| *count > 0) {
                let _ = writeln!(lines, "  {name}: {count} {what}");
            }
        }
    }
    if !lines.is_empty() {
        let _ = write!(
            text,
            "\n{}\n{lines}",
            paint("Exceptions", Style::Heading, color)
        );
    }
}

/// The numbers of calls and of recorded responses.
pub(super) fn calls_and_recorded(text: &mut String, reports: &[Report]) {
    let calls = || reports.iter().filter_map(|report| report.calls.as_ref());
    if calls().next().is_some() {
        let sum = |of: fn(&Calls) -> usize| calls().map(of).sum::<usize>();
        let (accepted, read) = (sum(|it| it.accepted), sum(|it| it.read));
        let all = count(sum(|it| it.operations), "call");
        let _ = write!(text, "; {all}: {accepted} accepted, {read} read");
    }
    let recorded = || reports.iter().filter_map(|report| report.recorded.as_ref());
    if recorded().next().is_some() {
        let sum = |of: fn(&Recorded) -> usize| recorded().map(of).sum::<usize>();
        let (read, same) = (sum(|it| it.read), sum(|it| it.same));
        let all = count(sum(|it| it.responses), "recorded response");
        let _ = write!(text, "; {all}: {read} read, {same} the same");
    }
}
