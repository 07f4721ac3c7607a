//! What would change, as a unified diff.

use std::borrow::Cow;
use std::fmt::Write;
use std::time::Duration;

use similar::TextDiff;

use crate::output::{Change, Entry, Plan};
use crate::terminal::{Style, paint};

/// How long to look for the smallest diff of a file. After that a longer one will do.
const PATIENCE: Duration = Duration::from_secs(2);

/// The changes of a plan in the unified format, as `git apply` and `patch -p1` read it.
/// `folder` is what the folder is called.
pub(crate) fn diff(plan: &Plan, folder: &str, color: bool) -> String {
    let mut text = String::new();
    for entry in &plan.entries {
        diff_entry(&mut text, entry, folder, color);
    }
    text
}

fn diff_entry(text: &mut String, entry: &Entry, folder: &str, color: bool) {
    let path = format!("{}/{}", folder.trim_matches('/'), entry.path);
    let (before, after) = (format!("a/{path}"), format!("b/{path}"));
    let nothing = "/dev/null".to_owned();
    let (old, before, after) = match &entry.change {
        Change::Unchanged => return,
        Change::Added => (Cow::Borrowed(""), nothing, after),
        Change::Changed { old } => (String::from_utf8_lossy(old), before, after),
        Change::Removed { old } => (String::from_utf8_lossy(old), before, nothing),
    };
    let mut line = |line: &str, style: Option<Style>| {
        let line = line.trim_end_matches('\n');
        let line = style.map_or(Cow::Borrowed(line), |style| {
            paint(line, style, color).into()
        });
        // Writing to a string can't fail.
        let _ = writeln!(text, "{line}");
    };
    line(&format!("--- {before}"), Some(Style::Heading));
    line(&format!("+++ {after}"), Some(Style::Heading));
    let diff = TextDiff::configure()
        .timeout(PATIENCE)
        .diff_lines(old.as_ref(), entry.text.as_str());
    for hunk in diff.unified_diff().iter_hunks() {
        for each in hunk.to_string().lines() {
            let style = match each.as_bytes().first() {
                Some(b'+') => Some(Style::Added),
                Some(b'-') => Some(Style::Removed),
                Some(b'@') => Some(Style::Place),
                _ => None,
            };
            line(each, style);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, text: &str, change: Change) -> Entry {
        Entry {
            path: path.to_owned(),
            text: text.to_owned(),
            change,
        }
    }

    fn reported(entry: &Entry, color: bool) -> String {
        let mut text = String::new();
        diff_entry(&mut text, entry, "out", color);
        text
    }

    #[test]
    fn added_changed_and_removed_files() {
        let old = || b"one\ntwo\n".to_vec();
        assert_eq!(
            reported(
                &entry("src/a.rs", "one\n2\n", Change::Changed { old: old() }),
                false
            ),
            "--- a/out/src/a.rs\n+++ b/out/src/a.rs\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n"
        );
        assert_eq!(
            reported(&entry("a", "one\n", Change::Added), false),
            "--- /dev/null\n+++ b/out/a\n@@ -0,0 +1 @@\n+one\n"
        );
        assert_eq!(
            reported(&entry("a", "", Change::Removed { old: old() }), false),
            "--- a/out/a\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-one\n-two\n"
        );
        assert_eq!(reported(&entry("a", "one\n", Change::Unchanged), false), "");
    }

    #[test]
    fn lines_are_coloured_on_request_and_missing_line_ends_are_told() {
        let old = b"one".to_vec();
        let coloured = reported(&entry("a", "2", Change::Changed { old }), true);
        assert!(
            coloured.contains("\u{1b}[31m-one\u{1b}[0m\n"),
            "{coloured:?}"
        );
        assert!(coloured.contains("\u{1b}[32m+2\u{1b}[0m\n"), "{coloured:?}");
        assert!(
            coloured.contains("\\ No newline at end of file\n"),
            "{coloured:?}"
        );
    }
}
