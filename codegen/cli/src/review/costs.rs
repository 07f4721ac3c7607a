//! What a crate costs those who compile it, in counts.

use std::fmt::Write as _;
use std::path::Path;

use super::Compiled;
use crate::failure::Failure;
use crate::files;

/// The counts of a crate; none of those that are compiled for where it isn't.
pub(super) struct Costs {
    files: usize,
    lines: usize,
    of_runtime: usize,
    compiled: Option<Compiled>,
}

/// Where crates are compiled, and with which versions.
pub(super) struct Place<'a> {
    pub(super) work: &'a Path,
    pub(super) lock: &'a Path,
}

impl Costs {
    /// Counts.
    pub(super) fn of(folder: &Path, place: &Place<'_>, builds: bool) -> Result<Self, Failure> {
        let source = folder.join("src");
        let lines = |folder: &Path| {
            if folder.is_dir() {
                files::lines_of_rust(folder)
            } else {
                Ok(0)
            }
        };
        let is_there = folder.join("Cargo.toml").is_file();
        let compiled = if builds && is_there {
            Some(Compiled::of(folder, place.work, place.lock)?)
        } else {
            None
        };
        Ok(Self {
            files: if source.is_dir() {
                files::below(&source)?.len()
            } else {
                0
            },
            lines: lines(&source)?,
            of_runtime: lines(&source.join("runtime"))?,
            compiled,
        })
    }
}

/// Both, as a table in Markdown.
pub(super) fn table(before: &Costs, after: &Costs) -> String {
    let mut text =
        "## Size of the crate\n\n| | before | after | |\n| --- | ---: | ---: | ---: |\n".to_owned();
    let mut row = |what: &str, count: fn(&Costs) -> Option<usize>| {
        if let (Some(before), Some(after)) = (count(before), count(after)) {
            let change = change(before, after);
            // Writing to a string can't fail.
            let _ = writeln!(text, "| {what} | {before} | {after} | {change} |");
        }
    };
    row("lines of Rust, excluding the runtime", |it| {
        Some(it.lines - it.of_runtime)
    });
    row("lines of the runtime", |it| Some(it.of_runtime));
    row("source files", |it| Some(it.files));
    row("functions in a debug build", |it| {
        Some(it.compiled.as_ref()?.functions)
    });
    row("LLVM instructions in a debug build", |it| {
        Some(it.compiled.as_ref()?.instructions)
    });
    text
}

/// How much more or less it is, with the share where that says something.
fn change(before: usize, after: usize) -> String {
    if before == after {
        return "same".to_owned();
    }
    let (sign, by) = if after > before {
        ('+', after - before)
    } else {
        ('-', before - after)
    };
    if before == 0 {
        return format!("{sign}{by}");
    }
    let tenths = (by * 1000 + before / 2) / before;
    format!("{sign}{by} ({sign}{}.{} %)", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_told_with_their_share() {
        assert_eq!(change(200, 200), "same");
        assert_eq!(change(200, 213), "+13 (+6.5 %)");
        assert_eq!(change(200, 199), "-1 (-0.5 %)");
        assert_eq!(change(0, 7), "+7");
    }

    #[test]
    fn what_was_not_compiled_has_no_row() {
        let costs = |lines| Costs {
            files: 3,
            lines,
            of_runtime: 100,
            compiled: None,
        };
        let text = table(&costs(150), &costs(160));
        assert!(
            text.contains("| lines of Rust, excluding the runtime | 50 | 60 | +10 (+20.0 %) |\n")
        );
        assert!(
            text.ends_with("| source files | 3 | 3 | same |\n"),
            "{text}"
        );
    }
}
