//! Diagnostics as text.

use crate::description::Description;
use crate::diagnostic::{Diagnostic, Origin, Severity, WarningCode};
use crate::report::{Excerpt, Report, ReportLevel};
use crate::source::Source;

/// Writes a diagnostic for a terminal or a log: what is wrong, file, line and column, the line itself with a mark under
/// the place, the JSON pointer, and how to mend it.
///
/// `spec` and `config` are the texts that diagnostics speak of. Of a long line only the part around the
/// place is shown; columns count characters of the whole line. `color` adds ANSI colours. The text has no line end
/// after its last line.
pub fn render<'a>(
    diagnostic: &Diagnostic,
    spec: impl Into<Description<'a>>,
    config: Source<'_>,
    color: bool,
) -> String {
    let spec = spec.into();
    let text = |origin: Origin| spec.text(origin).unwrap_or(config);
    let source = text(diagnostic.origin);
    let level = match diagnostic.severity {
        Severity::Error => ReportLevel::Error,
        Severity::Warning => ReportLevel::Warning,
    };
    let mut report = Report::new(level, &diagnostic.message);
    report.code = diagnostic.code.map(WarningCode::as_str);
    if let Some(span) = &diagnostic.span {
        report.excerpts.push(Excerpt {
            source,
            span: span.clone(),
            label: &diagnostic.label,
            is_primary: true,
        });
        let related = diagnostic.related.iter().filter_map(|place| {
            Some(Excerpt {
                source: text(place.origin),
                span: place.span.clone()?,
                label: &place.label,
                is_primary: false,
            })
        });
        report.excerpts.extend(related);
    } else {
        report.file = Some(source.name);
        report.note = Some(&*diagnostic.label).filter(|label| !label.is_empty());
    }
    report.pointer = Some(&*diagnostic.pointer).filter(|pointer| !pointer.is_empty());
    report.help = diagnostic.help.as_deref();
    report.render(color)
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;

    fn shown(text: &str, diagnostic: Diagnostic, span: Range<usize>) -> String {
        let mut diagnostic = diagnostic;
        diagnostic.span = Some(span);
        let name = "spec/api.yaml";
        let other = Source { name: "", text: "" };
        render(&diagnostic, Source { name, text }, other, false)
    }

    fn error() -> Diagnostic {
        Diagnostic::error(Origin::Spec, "/info", "it is wrong")
            .label("expected better")
            .help("do better")
    }

    #[test]
    fn the_whole_message() {
        let mut diagnostic = error().related("/b", "see here");
        diagnostic.related[0].span = Some(6..9);
        assert_eq!(
            shown("a: 1\n\nbad: \u{e9}t\u{e9} x\n", diagnostic, 11..16),
            "error: it is wrong\n \
             --> spec/api.yaml:3:6\n  \
             |\n\
             3 | bad: \u{e9}t\u{e9} x\n  \
             |      ^^^ expected better\n  \
             |\n \
             ::: spec/api.yaml:3:1\n  \
             |\n\
             3 | bad: \u{e9}t\u{e9} x\n  \
             | --- see here\n  \
             |\n  \
             = pointer: /info\n  \
             = help: do better"
        );
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let text = format!(
            "{{{}bad{}}}",
            "\u{e9}".repeat(1_000_000),
            "y".repeat(1_000_000)
        );
        let shown = shown(&text, error(), 2_000_001..2_000_004);
        assert!(shown.contains("api.yaml:1:1000002\n"), "{shown}");
        assert!(shown.contains("^^^ expected better"), "{shown}");
        assert!(shown.len() < 1_000, "{shown}");
    }

    #[test]
    fn odd_places_and_texts_do_no_harm() {
        for span in [0..0, 3..3, 2..9, 9..99, 1..2] {
            assert!(shown("\u{e9}\n\u{e9}", error(), span).contains("it is wrong"));
        }
        assert!(shown("", error(), 0..0).contains("spec/api.yaml:1:1"));
        let text = "a: \u{1b}[31m\u{202e}\u{9b}31m\tx\r\n";
        let shown = shown(
            text,
            Diagnostic::error(Origin::Spec, "/a\u{1b}\u{9b}", "b\nc\u{202e}\u{85}"),
            0..1,
        );
        let steers = |it: char| it == '\u{202e}' || it != '\n' && it.is_control();
        assert!(!shown.contains(steers), "{shown:?}");
    }

    #[test]
    fn what_a_renderer_lets_through_is_seen_and_keeps_its_place() {
        let text = "a\u{9b}31m: \u{200f}bad\u{2028} \u{feff}x";
        let shown = shown(
            text,
            Diagnostic::error(Origin::Spec, "/\u{9b}", "\u{85}").label("\u{61c}here"),
            8..14,
        );
        assert_eq!(
            shown,
            "error: \u{fffd}\n \
             --> spec/api.yaml:1:8\n  \
             |\n\
             1 | a\u{fffd}31m: \u{fffd}bad\u{fffd} \u{fffd}x\n  \
             |        ^^^^ \u{fffd}here\n  \
             |\n  \
             = pointer: /\u{fffd}"
        );
    }

    #[test]
    fn without_a_place_the_file_is_named() {
        let config = Source {
            name: "sdk.toml",
            text: "",
        };
        let spec = Source {
            name: "api.yaml",
            text: "",
        };
        let diagnostic =
            Diagnostic::warning(WarningCode::UnknownField, Origin::Config, "", "it is empty");
        let text = render(&diagnostic, spec, config, false);
        assert!(
            text.starts_with("warning[unknown-field]: it is empty\n"),
            "{text}"
        );
        assert!(text.contains("--> sdk.toml"), "{text}");
        assert!(render(&diagnostic, spec, config, true).contains("\u{1b}["));
    }
}
