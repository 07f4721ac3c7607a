//! Differences and notes as text, in the manner of rustc.

use std::ops::Range;

use codegen::{Description, Excerpt, Report, ReportLevel};

use super::report::Difference;
use super::{Note, NoteKind, PagePlace, Pages};

/// Lines that say the same and are named; of more, the rest is counted.
const MOST: usize = 6;

impl Pages<'_> {
    /// Writes a difference for a terminal or a log: what differs, the line of the page and the place in the
    /// description (`spec`, which the pages were held against), each with its text, and other lines that say the
    /// same. `color` adds ANSI colours. The text has no line end after its last line.
    pub fn render<'a>(
        &self,
        difference: &Difference,
        spec: impl Into<Description<'a>>,
        color: bool,
    ) -> String {
        let spec = spec.into();
        let mut report = Report::new(ReportLevel::Error, &difference.message);
        let page = self.excerpt(&difference.page, &difference.page_label);
        report.excerpts.extend(page);
        report.excerpts.push(Excerpt {
            source: spec.text(difference.spec.origin).unwrap_or(spec.source),
            span: difference.spec.span.clone(),
            label: &difference.spec_label,
            is_primary: true,
        });
        let pointer = &*difference.spec.pointer;
        report.pointer = Some(pointer).filter(|it| !it.is_empty());
        let also = also(&difference.also);
        report.note = also.as_deref();
        report.help = difference.help.as_deref();
        report.render(color)
    }

    /// Writes a note as [`Pages::render`] writes a difference.
    pub fn render_note(&self, note: &Note, color: bool) -> String {
        let level = match note.kind {
            NoteKind::Unreadable => ReportLevel::Error,
            NoteKind::Warning => ReportLevel::Warning,
            NoteKind::NoOperation => ReportLevel::Note,
        };
        let mut report = Report::new(level, &note.message);
        if let Some(place) = &note.place {
            match self.excerpt(place, "") {
                Some(excerpt) => report.excerpts.push(excerpt),
                None => report.file = Some(&place.page),
            }
        }
        report.help = Some(&*note.help).filter(|help| !help.is_empty());
        report.render(color)
    }

    /// The line of a place, without the spaces around it.
    fn excerpt<'r>(&'r self, place: &PagePlace, label: &'r str) -> Option<Excerpt<'r>> {
        let source = self.sources.iter().find(|it| it.name == place.page)?;
        Some(Excerpt {
            source: *source,
            span: line_span(source.text, place.line)?,
            label,
            is_primary: true,
        })
    }
}

/// The bytes of what is written on a line.
fn line_span(text: &str, number: usize) -> Option<Range<usize>> {
    let mut start = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if index + 1 == number {
            let written = line.trim();
            let before = line.len() - line.trim_start().len();
            return Some(start + before..start + before + written.len());
        }
        start += line.len();
    }
    None
}

/// Other lines that say the same, in words.
fn also(places: &[PagePlace]) -> Option<String> {
    if places.is_empty() {
        return None;
    }
    let mut named: Vec<String> = Vec::new();
    let mut page = "";
    for place in places.iter().take(MOST) {
        if place.page == page {
            named.push(place.line.to_string());
        } else {
            named.push(format!("{}:{}", place.page, place.line));
            page = &place.page;
        }
    }
    let more = places.len().saturating_sub(MOST);
    let rest = match more {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(format!("same at {}{rest}", named.join(", ")))
}
