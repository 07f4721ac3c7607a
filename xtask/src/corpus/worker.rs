//! The process for one description: whatever happens to it, the others go on.
//!
//! It does one step after the other and tells of each at once, so that a step that breaks down
//! leaves what was found before.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use codegen::{Diagnostic, Generated, Severity, Source};

use super::outcome::{Counts, Kind, Located, Order, Outcome, WorkerEvent};
use super::watchdog::Watchdog;
use super::{copy, programs, watchdog};
use clientsmith::internal::failure::Failure;
use clientsmith::internal::{input, spec_files};

/// How many errors of a description are told.
const MOST_TOLD: usize = 3;

/// Carries out an order.
///
/// # Errors
///
/// The order is none, or a file can't be written. A wrong description is no error.
pub(crate) fn run(order: &str) -> Result<ExitCode, Failure> {
    let order: Order = serde_json::from_str(order)
        .map_err(|error| Failure::usage(format!("invalid job of `corpus`: {error}")))?;
    let watchdog = Watchdog::new(order.seconds, order.memory);
    let (spec_text, config_text) = match texts(&order) {
        Ok(texts) => texts,
        Err(failure) => {
            let outcome = rejected_by(&failure);
            tell(&WorkerEvent::Measured {
                outcome,
                milliseconds: 0,
                peak_kib: watchdog::peak_kib(),
            });
            return Ok(ExitCode::SUCCESS);
        }
    };
    let spec = Source {
        name: &order.spec,
        text: &spec_text,
    };
    let config = Source {
        name: order.config.as_deref().unwrap_or("sdk.toml"),
        text: &config_text,
    };
    if measure(spec, config, &watchdog) {
        survey(spec, config);
        for (&kind, folder) in &order.folders {
            watchdog.next_step();
            if let Some(hash) = write(&order, kind, Path::new(folder), spec, config)? {
                tell(&WorkerEvent::Written { kind, hash });
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes a crate, if there is anything to write it for, and gives its hash.
fn write(
    order: &Order,
    kind: Kind,
    folder: &Path,
    spec: Source<'_>,
    config: Source<'_>,
) -> Result<Option<String>, Failure> {
    if kind == Kind::Crates {
        return copy::write(spec, config, folder).map(Some);
    }
    programs::write(order, kind, folder, (spec, config), tell)
}

fn texts(order: &Order) -> Result<(String, String), Failure> {
    let config = match &order.config {
        Some(config) => input::config(Path::new(config))?,
        None => String::new(),
    };
    let limits = Source {
        name: "",
        text: &config,
    };
    let path = Path::new(&order.spec);
    let spec = spec_files::joined(path, input::spec(path, limits)?);
    Ok((spec, config))
}

/// A text that can't be read is the description's fault as much as one that is wrong.
fn rejected_by(failure: &Failure) -> Outcome {
    let mut message = failure.message.clone();
    for note in &failure.notes {
        message.push_str("; ");
        message.push_str(note);
    }
    Outcome::Rejected {
        errors: 1,
        kinds: BTreeMap::from([("the file can't be read".to_owned(), 1)]),
        first: vec![Located {
            message,
            pointer: String::new(),
            place: None,
        }],
    }
}

/// Generates, and tells how that went; whether there is a crate.
fn measure(spec: Source<'_>, config: Source<'_>, watchdog: &Watchdog) -> bool {
    let started = Instant::now();
    let generated = codegen::generate(spec, config);
    let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let peak_kib = watchdog::peak_kib();
    watchdog.next_step();
    let outcome = match &generated {
        Ok(generated) => Outcome::Generated(counts(generated)),
        Err(diagnostics) => rejected(diagnostics, spec),
    };
    tell(&WorkerEvent::Measured {
        outcome,
        milliseconds,
        peak_kib,
    });
    generated.is_ok()
}

fn counts(generated: &Generated) -> Counts {
    let mut counts = Counts {
        operations: generated.summary.operations,
        lists: generated.summary.lists,
        paged: generated.summary.paged,
        guessed: generated.summary.guessed,
        types: generated.summary.types,
        ..Counts::default()
    };
    for file in &generated.files {
        if file.path.starts_with("src/") {
            let lines = file.text.lines().count();
            counts.lines_with_runtime += lines;
            if !file.path.starts_with("src/runtime/") {
                counts.lines += lines;
            }
        }
    }
    counts.warnings = kinds(generated.warnings.iter());
    counts
}

/// How many diagnostics there are of each kind.
fn kinds<'d>(diagnostics: impl Iterator<Item = &'d Diagnostic>) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for diagnostic in diagnostics {
        *kinds.entry(kind(&diagnostic.message)).or_default() += 1;
    }
    kinds
}

/// A message without the names and numbers in it, so that those of one kind are counted together.
fn kind(message: &str) -> String {
    let mut kind = String::with_capacity(message.len());
    for (index, part) in message.split('`').enumerate() {
        if index % 2 == 0 {
            // A list of names is of the same kind as a single one.
            if part != ", " || !kind.ends_with("`..`") {
                kind.push_str(&without_numbers(part));
            }
        } else if is_keyword(part) {
            kind.push('`');
            kind.push_str(part);
            kind.push('`');
        } else if !kind.ends_with("`..`") {
            kind.push_str("`..`");
        }
    }
    kind
}

/// A text with one `0` for each number.
fn without_numbers(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        if !letter.is_ascii_digit() {
            plain.push(letter);
        } else if !plain.ends_with('0') {
            plain.push('0');
        }
    }
    plain
}

/// Whether a quoted word is one of the specification rather than one of the description.
fn is_keyword(word: &str) -> bool {
    const KEYWORDS: [&str; 10] = [
        "allOf",
        "anyOf",
        "oneOf",
        "not",
        "enum",
        "required",
        "properties",
        "additionalProperties",
        "items",
        "$ref",
    ];
    KEYWORDS.contains(&word)
}

fn rejected(diagnostics: &[Diagnostic], spec: Source<'_>) -> Outcome {
    let errors: Vec<&Diagnostic> = diagnostics
        .iter()
        .filter(|it| it.severity == Severity::Error)
        .collect();
    let first = errors.iter().take(MOST_TOLD).map(|it| Located {
        message: it.message.clone(),
        pointer: it.pointer.clone(),
        place: match it.origin {
            codegen::Origin::Spec => it.span.as_ref().map(|span| place(spec.text, span.start)),
            codegen::Origin::File(_) | codegen::Origin::Overlay(_) | codegen::Origin::Config => {
                None
            }
        },
    });
    Outcome::Rejected {
        errors: errors.len(),
        first: first.collect(),
        kinds: kinds(errors.iter().copied()),
    }
}

/// Line and column of an offset, from 1.
fn place(text: &str, offset: usize) -> (usize, usize) {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = before.matches('\n').count() + 1;
    (line, before[start..].chars().count() + 1)
}

fn survey(spec: Source<'_>, config: Source<'_>) {
    let Ok(survey) = codegen::survey(spec, config) else {
        // It refuses what `generate` refuses.
        return;
    };
    let mut loosened = BTreeMap::new();
    let mut loosened_at = Vec::new();
    let mut untyped = 0;
    for value in survey.free_values {
        match value.keyword {
            Some(keyword) => {
                *loosened.entry(keyword).or_default() += 1;
                loosened_at.push(value.pointer);
            }
            None => untyped += 1,
        }
    }
    tell(&WorkerEvent::Surveyed {
        loosened,
        loosened_at,
        untyped,
    });
}

/// Writes a line to whoever started this process.
fn tell(reported: &WorkerEvent) {
    // What is told has text for keys, so it can be written; and if nobody listens any more,
    // there is nobody to be told.
    if let Ok(line) = serde_json::to_string(reported) {
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "{line}");
        let _ = out.flush();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_of_one_kind_are_counted_together() {
        assert_eq!(
            kind("`a` is required but has no schema"),
            "`..` is required but has no schema"
        );
        assert_eq!(kind("`allOf` of `Pet`"), "`allOf` of `..`");
        assert_eq!(
            kind("read as `a`, not as `b`, `c`"),
            "read as `..`, not as `..`"
        );
        assert_eq!(kind("found 12 and 305"), "found 0 and 0");
        assert_eq!(kind("nothing quoted"), "nothing quoted");
    }

    #[test]
    fn places_count_lines_and_characters_from_one() {
        assert_eq!(place("a\n\u{e9}b\n", 0), (1, 1));
        assert_eq!(place("a\n\u{e9}b\n", 4), (2, 2));
        assert_eq!(place("a\n\u{e9}b\n", 3), (2, 1));
        assert_eq!(place("", 9), (1, 1));
    }
}
