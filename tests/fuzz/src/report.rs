//! What holds for everything that the generator gives, whatever it was given.

use std::collections::BTreeSet;
use std::ops::Range;

use codegen::{Diagnostic, Generated, GeneratedFile, Origin, Severity, Source};

/// Runs the generator, and checks what it gives and says.
pub fn check(spec: Source<'_>, config: Source<'_>) -> Option<Generated> {
    match codegen::generate(spec, config) {
        Ok(generated) => {
            sayings(&generated.warnings, spec, config);
            let errors = errors(&generated.warnings);
            assert_eq!(errors, 0, "a crate was made in spite of errors");
            files(&generated.files);
            Some(generated)
        }
        Err(diagnostics) => {
            sayings(&diagnostics, spec, config);
            assert!(errors(&diagnostics) > 0, "refused without a word");
            None
        }
    }
}

fn errors(diagnostics: &[Diagnostic]) -> usize {
    let severities = diagnostics.iter().map(|diagnostic| diagnostic.severity);
    severities
        .filter(|severity| *severity == Severity::Error)
        .count()
}

/// Every diagnostic has its place in the text, and can be shown.
fn sayings(diagnostics: &[Diagnostic], spec: Source<'_>, config: Source<'_>) {
    for diagnostic in diagnostics {
        let text = match diagnostic.origin {
            Origin::Spec | Origin::File(_) | Origin::Overlay(_) => spec.text,
            Origin::Config => config.text,
        };
        let span = diagnostic.span.as_ref();
        assert!(
            span.is_some() || text.trim().is_empty() || diagnostic.pointer.is_empty(),
            "nobody knows where it is: {diagnostic:?}"
        );
        let others = diagnostic.related.iter().map(|place| &place.span);
        for span in span.into_iter().chain(others.flatten()) {
            assert!(is_within(text, span), "it is nowhere: {diagnostic:?}");
        }
        let fault = "this program has a fault";
        assert!(
            !diagnostic.message.starts_with(fault),
            "{}",
            diagnostic.message
        );
        for color in [false, true] {
            let shown = codegen::render(diagnostic, spec, config, color);
            assert!(!shown.is_empty(), "it has nothing to show: {diagnostic:?}");
            let odd = shown.chars().find(|&it| {
                it != '\n' && !(color && it == '\u{1b}') && (it.is_control() || is_bidi(it))
            });
            assert_eq!(odd, None, "it acts upon the terminal: {shown:?}");
        }
    }
}

fn is_within(text: &str, span: &Range<usize>) -> bool {
    text.get(span.clone()).is_some()
}

/// Every file lies in the crate's folder, on its own, and can be read.
fn files(files: &[GeneratedFile]) {
    let mut taken = BTreeSet::new();
    for GeneratedFile { path, text } in files {
        assert!(taken.insert(path.to_lowercase()), "two files at {path}");
        assert!(path.split('/').all(is_plain), "a file at {path:?}");
        // What no document changes needn't be looked at each time.
        if path.starts_with("src/runtime/") || path.starts_with("LICENSE") {
            continue;
        }
        let hidden = text
            .chars()
            .find(|&it| it != '\n' && (it.is_control() || is_bidi(it)));
        assert_eq!(hidden, None, "hidden characters in {path}");
        assert!(text.ends_with('\n'), "the end of {path}");
        let kind = path.rsplit_once('.').map(|(_, kind)| kind);
        if kind == Some("rs") {
            let parsed = syn::parse_file(text);
            assert!(parsed.is_ok(), "{path}: {:?}\n{text}", parsed.err());
        } else if kind == Some("toml") {
            let parsed = text.parse::<toml::Table>();
            assert!(parsed.is_ok(), "{path}: {:?}\n{text}", parsed.err());
        }
    }
}

/// Whether a part of a path is a name on all systems, and nothing but a name.
fn is_plain(part: &str) -> bool {
    const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com1", "lpt1"];
    let stem = part.split('.').next().unwrap_or_default();
    let is_word = part
        .chars()
        .all(|it| it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | '.'));
    is_word
        && !stem.is_empty()
        && part.len() <= 255
        && !part.ends_with('.')
        && !DEVICES.contains(&stem.to_ascii_lowercase().as_str())
}

/// Characters that change the order in which a line is shown (Unicode Standard Annex 9).
fn is_bidi(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
