//! Diagnostics as text, in the manner of rustc.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Origin as Location, Renderer, Snippet,
    normalize_untrusted_str,
};

use crate::{Diagnostic, Origin, Severity, Source};

/// Writes a diagnostic for a terminal or a log: what is wrong, file, line and column, the line itself with a mark under
/// the place, the JSON pointer, and how to mend it.
///
/// `spec` and `config` are the two texts that diagnostics speak of. Of a long line only the part around the
/// place is shown; columns count characters of the whole line. `color` adds ANSI colours. The text has no line end
/// after its last line.
pub fn render(
    diagnostic: &Diagnostic,
    spec: Source<'_>,
    config: Source<'_>,
    color: bool,
) -> String {
    let source = match diagnostic.origin {
        Origin::Spec => spec,
        Origin::Config => config,
    };
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut report = Group::with_title(level.primary_title(tame(&diagnostic.message)));
    let name = tame(source.name);
    let mut lines = Vec::new();
    if let Some(span) = &diagnostic.span {
        let line = Line::around(source.text, span);
        report = excerpt(
            report,
            &name,
            &line,
            AnnotationKind::Primary,
            &diagnostic.label,
        );
        lines.push(line);
        for place in &diagnostic.related {
            if let Some(span) = &place.span {
                let line = Line::around(source.text, span);
                report = excerpt(report, &name, &line, AnnotationKind::Context, &place.label);
                lines.push(line);
            }
        }
    } else {
        report = report.element(Location::path(name.clone()));
        if !diagnostic.label.is_empty() {
            report = report.element(Level::NOTE.message(tame(&diagnostic.label)));
        }
    }
    if !diagnostic.pointer.is_empty() {
        let pointer = Level::NOTE.with_name("pointer");
        report = report.element(pointer.message(tame(&diagnostic.pointer)));
    }
    if let Some(help) = &diagnostic.help {
        report = report.element(Level::HELP.message(tame(help)));
    }
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let text = renderer.decor_style(DecorStyle::Ascii).render(&[report]);
    let lines: Vec<(&str, &Line)> = lines.iter().map(|it| (&*name, it)).collect();
    correct_columns(text, &lines)
}

/// Adds a place of the text with the line that it is on.
pub(crate) fn excerpt<'a>(
    report: Group<'a>,
    name: &str,
    line: &Line,
    kind: AnnotationKind,
    label: &str,
) -> Group<'a> {
    let mut annotation: Annotation<'_> = kind.span(line.mark.clone());
    if !label.is_empty() {
        annotation = annotation.label(tame(label));
    }
    let snippet = Snippet::source(line.shown.clone())
        .path(name.to_owned())
        .line_start(line.number)
        .annotation(annotation);
    report.element(snippet)
}

/// Puts the columns in the whole lines where the columns in the shown parts stand. The lines are those that
/// are shown, in their order, with the names of their files.
pub(crate) fn correct_columns(mut text: String, lines: &[(&str, &Line)]) -> String {
    let mut from = 0;
    for (index, (name, line)) in lines.iter().enumerate() {
        let arrow = if index == 0 { "-->" } else { ":::" };
        let before = format!("{name}:{}:", line.number);
        let found = text[from..].find(arrow).and_then(|at| {
            let at = from + at;
            text[at..]
                .find(&before)
                .map(|length| at + length + before.len())
        });
        let Some(start) = found else { break };
        let rest = &text[start..];
        let digits = rest.find(|character: char| !character.is_ascii_digit());
        let end = start + digits.unwrap_or(rest.len());
        text.replace_range(start..end, &line.column.to_string());
        from = start;
    }
    text
}

/// How many characters of a line are shown before the place, and from the place on.
const SHOWN: (usize, usize) = (40, 80);

/// A line of a text, cut to what is worth showing.
pub(crate) struct Line {
    /// The number of the line, from 1.
    number: usize,
    /// The column of the place in characters, from 1.
    column: usize,
    shown: String,
    /// The place in what is shown.
    mark: Range<usize>,
}

impl Line {
    pub(crate) fn around(text: &str, span: &Range<usize>) -> Self {
        let at = floor(text, span.start);
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let length = text[at..].find('\n').unwrap_or(text.len() - at);
        let whole = text[start..at + length].trim_end_matches('\r');
        let at = (at - start).min(whole.len());
        let before = &whole[..at];
        let cut_before = before
            .char_indices()
            .rev()
            .nth(SHOWN.0)
            .map_or(0, |(index, character)| index + character.len_utf8());
        let after = &whole[at..];
        let cut_after = after
            .char_indices()
            .nth(SHOWN.1)
            .map_or(after.len(), |(index, _)| index);
        let marked = floor(after, span.end.saturating_sub(span.start).min(cut_after));
        let prefix = if cut_before > 0 { "..." } else { "" };
        let suffix = if cut_after < after.len() { "..." } else { "" };
        let shown_before = visible(&before[cut_before..]);
        let (in_mark, behind) = after[..cut_after].split_at(marked);
        let (in_mark, behind) = (visible(in_mark), visible(behind));
        let mark = prefix.len() + shown_before.len();
        Self {
            number: text[..start].matches('\n').count() + 1,
            column: before.chars().count() + 1,
            mark: mark..mark + in_mark.len(),
            shown: format!("{prefix}{shown_before}{in_mark}{behind}{suffix}"),
        }
    }
}

/// The nearest character boundary at or before an index.
fn floor(text: &str, index: usize) -> usize {
    let mut index = index.min(text.len());
    while !text.is_char_boundary(index) {
        index -= 1;
    }
    index
}

/// Text from a document, on one line and without characters that could act on a terminal.
pub(crate) fn tame(text: &str) -> String {
    let line: String = text.split(['\n', '\r']).collect::<Vec<_>>().join(" ");
    normalize_untrusted_str(&visible(&line))
}

/// The text with a sign in place of each character that acts or hides, and that the renderer lets
/// through: control characters of ECMA-48, section 5.3 (U+009B begins a sequence, as ESC and `[` do), marks of
/// direction, separators of lines, and what has no width.
fn visible(text: &str) -> String {
    text.replace(
        |character| {
            matches!(character, '\u{80}'..='\u{9f}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
                | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
        },
        "\u{fffd}",
    )
}

#[cfg(test)]
mod tests {
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
        let diagnostic = Diagnostic::warning(Origin::Config, "", "it is empty");
        let text = render(&diagnostic, spec, config, false);
        assert!(text.starts_with("warning: it is empty\n"), "{text}");
        assert!(text.contains("--> sdk.toml"), "{text}");
        assert!(render(&diagnostic, spec, config, true).contains("\u{1b}["));
    }
}
