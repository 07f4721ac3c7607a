//! Reports as text, laid out as rustc lays out its messages.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Origin as Location, Renderer, Snippet,
    normalize_untrusted_str,
};

use crate::source::Source;

/// A message about places in texts, ready to be drawn.
///
/// All texts in it may come from a document: what could act on a terminal is replaced when it is drawn.
///
/// # Examples
///
/// ```
/// use codegen::{Excerpt, Report, ReportLevel, Source};
///
/// let source = Source { name: "pets.yaml", text: "a: 1\nb: 2\n" };
/// let mut report = Report::new(ReportLevel::Error, "`b` is too large");
/// report.excerpts.push(Excerpt { source, span: 8..9, label: "expected 1", is_primary: true });
/// report.help = Some("write 1");
/// let text = report.render(false);
/// assert!(text.starts_with("error: `b` is too large\n --> pets.yaml:2:4\n"), "{text}");
/// ```
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// How bad it is.
    pub level: ReportLevel,
    /// The name by which it can be looked up.
    pub code: Option<&'a str>,
    /// What it is about, in one sentence without a full stop.
    pub title: &'a str,
    /// The places, the one that is meant first.
    pub excerpts: Vec<Excerpt<'a>>,
    /// The file that is meant, where there is no excerpt of it.
    pub file: Option<&'a str>,
    /// The JSON pointer of the value that is meant.
    pub pointer: Option<&'a str>,
    /// More to know.
    pub note: Option<&'a str>,
    /// How to mend it.
    pub help: Option<&'a str>,
}

/// How bad it is what a [`Report`] tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportLevel {
    /// Something has to be mended.
    Error,
    /// Something may have to be.
    Warning,
    /// Nothing has to be.
    Note,
}

/// A place in a text that is shown with its line.
#[derive(Clone, Debug)]
pub struct Excerpt<'a> {
    /// The text, and what it is called.
    pub source: Source<'a>,
    /// Bytes of the text; out of its range, the nearest place that it has is meant.
    pub span: Range<usize>,
    /// What to say at the place; nothing if empty.
    pub label: &'a str,
    /// Whether this is the place that is meant; otherwise it belongs to that one.
    pub is_primary: bool,
}

impl<'a> Report<'a> {
    /// A report of which only level and title are known.
    pub fn new(level: ReportLevel, title: &'a str) -> Self {
        Self {
            level,
            code: None,
            title,
            excerpts: Vec::new(),
            file: None,
            pointer: None,
            note: None,
            help: None,
        }
    }

    /// Draws the report for a terminal or a log.
    ///
    /// Of a long line only the part around the place is shown; columns count characters of the whole line. `color` adds
    /// ANSI colours. The text has no line end after its last line.
    pub fn render(&self, color: bool) -> String {
        let level = match self.level {
            ReportLevel::Error => Level::ERROR,
            ReportLevel::Warning => Level::WARNING,
            ReportLevel::Note => Level::NOTE,
        };
        let mut title = level.primary_title(displayable(self.title));
        if let Some(code) = self.code {
            title = title.id(code);
        }
        let mut group = Group::with_title(title);
        let mut lines = Vec::new();
        for excerpt in &self.excerpts {
            let name = displayable(excerpt.source.name);
            let line = Line::around(excerpt.source.text, &excerpt.span);
            group = group.element(snippet(&name, &line, excerpt));
            lines.push((name, line));
        }
        if let Some(file) = self.file {
            group = group.element(Location::path(displayable(file)));
        }
        if let Some(pointer) = self.pointer {
            let level = Level::NOTE.with_name("pointer");
            group = group.element(level.message(displayable(pointer)));
        }
        if let Some(note) = self.note {
            group = group.element(Level::NOTE.message(displayable(note)));
        }
        if let Some(help) = self.help {
            group = group.element(Level::HELP.message(displayable(help)));
        }
        let renderer = if color {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let text = renderer.decor_style(DecorStyle::Ascii).render(&[group]);
        correct_columns(text, &lines)
    }
}

/// A place of a text with the line that it is on.
fn snippet<'t>(name: &str, line: &Line, excerpt: &Excerpt<'_>) -> Snippet<'t, Annotation<'t>> {
    let kind = if excerpt.is_primary {
        AnnotationKind::Primary
    } else {
        AnnotationKind::Context
    };
    let mut annotation = kind.span(line.mark.clone());
    if !excerpt.label.is_empty() {
        annotation = annotation.label(displayable(excerpt.label));
    }
    Snippet::source(line.shown.clone())
        .path(name.to_owned())
        .line_start(line.number)
        .annotation(annotation)
}

/// Puts the columns in the whole lines where the columns in the shown parts stand. The lines are those that
/// are shown, in their order, with the names of their files.
fn correct_columns(mut text: String, lines: &[(String, Line)]) -> String {
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
struct Line {
    /// The number of the line, from 1.
    number: usize,
    /// The column of the place in characters, from 1.
    column: usize,
    shown: String,
    /// The place in what is shown.
    mark: Range<usize>,
}

impl Line {
    fn around(text: &str, span: &Range<usize>) -> Self {
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
fn displayable(text: &str) -> String {
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
