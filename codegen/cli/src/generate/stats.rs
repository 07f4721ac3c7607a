//! `clientsmith codegen --stats`: what is in an API, in the crate that was made of it, and in the time
//! that this took.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use codegen::{Diagnostic, Generated, Summary, Survey};
use serde_json::{Value, json};

use crate::output::{Change, Plan};

use super::stages::Times;

/// Parts of a crate, in the order in which they are told.
const PARTS: [&str; 5] = ["types", "resources", "client", "runtime", "other"];

/// All that is told.
pub(crate) struct Stats {
    summary: Summary,
    /// By the names of [`PARTS`].
    parts: BTreeMap<&'static str, Size>,
    all: Size,
    /// Places where any JSON is taken although the description says more, and where it doesn't.
    loose: usize,
    any: usize,
    /// The kinds of warnings, the most frequent first.
    warnings: Vec<(String, usize)>,
    times: Times,
}

/// How large a part of a crate is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Size {
    files: usize,
    lines: usize,
    bytes: usize,
}

impl Size {
    fn add(&mut self, text: &str) {
        self.files += 1;
        self.lines += text.lines().count();
        self.bytes += text.len();
    }
}

impl Stats {
    /// Of what was made; its files are in the plan.
    pub(crate) fn of(generated: &Generated, plan: &Plan, survey: &Survey, times: Times) -> Self {
        let mut parts = BTreeMap::from(PARTS.map(|part| (part, Size::default())));
        let mut all = Size::default();
        let is_gone = |change: &Change| matches!(change, Change::Removed { .. });
        let files = plan.entries.iter().filter(|it| !is_gone(&it.change));
        for file in files {
            parts.entry(part(&file.path)).or_default().add(&file.text);
            all.add(&file.text);
        }
        let free = &survey.free_values;
        let loose = free.iter().filter(|it| it.keyword.is_some()).count();
        Self {
            summary: generated.summary,
            parts,
            all,
            loose,
            any: free.len() - loose,
            warnings: kinds(&generated.warnings),
            times,
        }
    }

    /// As a table.
    pub(crate) fn table(&self) -> String {
        let it = &self.summary;
        let mut text = String::from("\n");
        let mut rows = Table::default();
        let row = |rows: &mut Table, name: &str, number: usize, more: String| {
            rows.push(name, grouped(number), more);
        };
        let paged = format!(
            "{} of {} lists paginated, {} polled",
            it.paged, it.lists, it.waits
        );
        row(&mut rows, "operations", it.operations, paged);
        row(&mut rows, "resources", it.resources, String::new());
        row(&mut rows, "types", it.types, String::new());
        row(
            &mut rows,
            "  structs",
            it.structs,
            format!("{} fields", grouped(it.fields)),
        );
        row(
            &mut rows,
            "  enums",
            it.enums,
            format!("{} values", grouped(it.values)),
        );
        row(
            &mut rows,
            "  unions",
            it.unions,
            format!("{} variants", grouped(it.variants)),
        );
        row(&mut rows, "  aliases", it.aliases, String::new());
        let any = format!(
            "and {} where the description has no schema",
            grouped(self.any)
        );
        row(&mut rows, "loose values", self.loose, any);
        text.push_str(&rows.text());
        text.push('\n');
        text.push_str(&self.sizes());
        if !self.warnings.is_empty() {
            text.push('\n');
            let mut rows = Table::default();
            let all: usize = self.warnings.iter().map(|(_, count)| count).sum();
            row(&mut rows, "warnings", all, String::new());
            for (kind, count) in &self.warnings {
                row(&mut rows, "", *count, kind.clone());
            }
            text.push_str(&rows.text());
        }
        text.push('\n');
        text.push_str(&self.seconds());
        text
    }

    /// Files, lines and bytes of each part.
    fn sizes(&self) -> String {
        let mut text = format!(
            "{:<14}{:>10}{:>10}{:>12}\n",
            "crate", "files", "lines", "bytes"
        );
        let parts = PARTS
            .iter()
            .filter_map(|part| Some((*part, *self.parts.get(part)?)));
        for (part, size) in parts.chain([("all", self.all)]) {
            // Writing to a string can't fail.
            let _ = writeln!(
                text,
                "  {part:<12}{:>10}{:>10}{:>12}",
                grouped(size.files),
                grouped(size.lines),
                grouped(size.bytes)
            );
        }
        text
    }

    fn seconds(&self) -> String {
        let mut rows = Table::default();
        let all: Duration = self.times.iter().map(|(_, time)| time).sum();
        rows.push(
            "seconds",
            format!("{:.3}", all.as_secs_f64()),
            String::new(),
        );
        for (stage, time) in &self.times {
            rows.push(
                &format!("  {stage}"),
                format!("{:.3}", time.as_secs_f64()),
                String::new(),
            );
        }
        rows.text()
    }

    /// As JSON, for machines.
    pub(crate) fn json(&self) -> Value {
        let it = &self.summary;
        let size =
            |size: &Size| json!({ "files": size.files, "lines": size.lines, "bytes": size.bytes });
        let parts: BTreeMap<_, _> = self
            .parts
            .iter()
            .map(|(part, it)| (part, size(it)))
            .collect();
        let seconds: serde_json::Map<String, Value> = self
            .times
            .iter()
            .map(|(stage, time)| ((*stage).to_owned(), json!(time.as_secs_f64())))
            .collect();
        let warnings: serde_json::Map<String, Value> = self
            .warnings
            .iter()
            .map(|(kind, count)| (kind.clone(), json!(count)))
            .collect();
        json!({
            "operations": it.operations, "resources": it.resources,
            "lists": it.lists, "paged": it.paged, "guessed": it.guessed, "waits": it.waits,
            "types": it.types, "structs": it.structs, "fields": it.fields,
            "enums": it.enums, "values": it.values,
            "unions": it.unions, "variants": it.variants, "aliases": it.aliases,
            "loose": self.loose, "any": self.any,
            "parts": parts, "all": size(&self.all),
            "warnings": warnings, "seconds": seconds,
        })
    }
}

/// Rows of a name, a number, and what else there is to say.
#[derive(Default)]
struct Table {
    rows: Vec<(String, String, String)>,
}

impl Table {
    fn push(&mut self, name: &str, number: String, more: String) {
        self.rows.push((name.to_owned(), number, more));
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for (name, number, more) in &self.rows {
            let line = format!("{name:<14}{number:>10}  {more}");
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

/// The part of the crate that a file belongs to.
fn part(path: &str) -> &'static str {
    let Some(source) = path.strip_prefix("src/") else {
        return "other";
    };
    match source.split_once('/') {
        Some(("types", _)) => "types",
        Some(("wire", table)) if table.starts_with("types/") => "types",
        Some(("runtime", _)) => "runtime",
        None if ["client.rs", "lib.rs", "servers.rs"].contains(&source) => "client",
        _ => "resources",
    }
}

/// Warnings that say the same of different things are of one kind.
fn kinds(warnings: &[Diagnostic]) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for warning in warnings {
        *counts.entry(kind(&warning.message)).or_default() += 1;
    }
    let mut kinds: Vec<(String, usize)> = counts.into_iter().collect();
    kinds.sort_by(|(left, few), (right, many)| many.cmp(few).then_with(|| left.cmp(right)));
    kinds
}

/// A message without the names in it.
fn kind(message: &str) -> String {
    let mut kind = String::new();
    for (index, part) in message.split('`').enumerate() {
        kind.push_str(if index % 2 == 0 { part } else { "`..`" });
    }
    kind
}

/// A number with commas between thousands.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use codegen::{Origin, WarningCode};

    use super::*;

    fn stats() -> Stats {
        let file = |path: &str, lines: usize| (path.to_owned(), "//\n".repeat(lines));
        let warning = |message: &str| {
            Diagnostic::warning(WarningCode::UnknownField, Origin::Spec, "", message)
        };
        let files = vec![
            file("Cargo.toml", 1),
            file("src/lib.rs", 10),
            file("src/pets.rs", 100),
            file("src/beta/toys.rs", 100),
            file("src/types/pets.rs", 1234),
            file("src/runtime/mod.rs", 2),
        ];
        let folder = tempfile::tempdir().expect("a folder for the test");
        let plan = Plan::new(&folder.path().join("out"), files).expect("a plan");
        let generated = Generated {
            requirements: String::new(),
            files: Vec::new(),
            warnings: vec![
                warning("`a` has no schema"),
                warning("the server URL `x` is relative"),
                warning("`b` has no schema"),
            ],
            summary: Summary {
                operations: 3,
                structs: 2,
                fields: 1_000_000,
                ..Summary::default()
            },
        };
        let times = vec![
            ("reading", Duration::from_millis(1500)),
            ("emitting", Duration::ZERO),
        ];
        Stats::of(&generated, &plan, &Survey::default(), times)
    }

    #[test]
    fn a_table_for_people() {
        let text = stats().table();
        for line in [
            "operations             3  0 of 0 lists paginated, 0 polled\n",
            "  structs              2  1,000,000 fields\n",
            "crate              files     lines       bytes\n",
            "  types                1     1,234       3,702\n",
            "  resources            2       200         600\n",
            "  client               1        10          30\n",
            "  runtime              1         2           6\n",
            "warnings               3\n                       2  `..` has no schema\n",
            "seconds            1.500\n  reading          1.500\n  emitting         0.000\n",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
    }

    #[test]
    fn numbers_for_machines() {
        let json = stats().json();
        assert_eq!(json["parts"]["types"]["lines"], 1234);
        assert_eq!(json["warnings"]["`..` has no schema"], 2);
        assert_eq!(json["seconds"]["reading"], 1.5);
        // The list of all files is one, too.
        assert_eq!(json["all"]["files"], 7);
    }

    #[test]
    fn thousands_are_told_apart() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }
}
