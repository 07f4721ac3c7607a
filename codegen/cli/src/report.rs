//! What was done, in a few lines.

use std::fmt::Write;

use codegen::Summary;

use crate::output::{Change, Plan};

/// How many files are named; of more than these, the rest is only counted.
const MOST_NAMED: usize = 8;

/// What a run did to a folder: the files that changed, and a line with all numbers.
pub fn written(plan: &Plan, folder: &str, summary: &Summary, warnings: usize) -> String {
    let folder = folder.trim_end_matches('/');
    let mut text = String::new();
    let changed = || {
        plan.entries.iter().filter_map(|entry| match entry.change {
            Change::Unchanged => None,
            Change::Removed { .. } => Some(("removed", entry)),
            Change::Added | Change::Changed { .. } => Some(("wrote", entry)),
        })
    };
    // Writing to a string can't fail.
    for (verb, entry) in changed().take(MOST_NAMED) {
        let _ = writeln!(text, "{verb:>7} {folder}/{}", entry.path);
    }
    let more = changed().count().saturating_sub(MOST_NAMED);
    if more > 0 {
        let _ = writeln!(text, "        and {more} more");
    }
    text.push_str(&line(plan, summary, warnings));
    text
}

/// All numbers of a run.
fn line(plan: &Plan, summary: &Summary, warnings: usize) -> String {
    let (mut written, mut unchanged, mut removed) = (0, 0, 0);
    for entry in &plan.entries {
        match entry.change {
            Change::Added | Change::Changed { .. } => written += 1,
            Change::Unchanged => unchanged += 1,
            Change::Removed { .. } => removed += 1,
        }
    }
    let mut line = format!(
        "{}; {}: {written} written, {unchanged} unchanged, {removed} removed",
        counts(summary),
        count(written + unchanged, "file"),
    );
    if warnings > 0 {
        let _ = write!(line, "; {}", count(warnings, "warning"));
    }
    line.push('\n');
    line
}

/// How much there is in an API.
pub fn counts(summary: &Summary) -> String {
    format!(
        "{} in {}, {}",
        count(summary.operations, "operation"),
        count(summary.resources, "resource"),
        count(summary.types, "type"),
    )
}

/// A number and the word for it: `1 file`, `2 files`.
pub fn count(number: usize, word: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {word}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_told_in_a_few_lines() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("out");
        let files = |count: usize, text: &str| {
            (0..count)
                .map(|index| (format!("src/f{index}.rs"), text.to_owned()))
                .collect()
        };
        let summary = Summary {
            operations: 3,
            resources: 1,
            types: 13,
            ..Summary::default()
        };
        let run = |count: usize, text: &str, warnings: usize| {
            let plan = Plan::new(&folder, files(count, text)).unwrap();
            plan.apply().unwrap();
            written(&plan, "out/", &summary, warnings)
        };
        assert_eq!(
            run(1, "1", 0),
            "  wrote out/.codegen-manifest\n  wrote out/src/f0.rs\n\
             3 operations in 1 resource, 13 types; 2 files: 2 written, 0 unchanged, 0 removed\n"
        );
        let many = run(20, "1", 1);
        assert!(many.contains("        and 12 more\n"), "{many}");
        assert!(many.ends_with("21 files: 20 written, 1 unchanged, 0 removed; 1 warning\n"));
        let fewer = run(19, "1", 2);
        assert!(fewer.contains("removed out/src/f19.rs\n"), "{fewer}");
        assert!(fewer.ends_with("20 files: 1 written, 19 unchanged, 1 removed; 2 warnings\n"));
    }
}
