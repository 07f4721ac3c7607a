//! Differences and notes as text, in the manner of rustc.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin as Location, Renderer};

use crate::Source;
use crate::render::{Line, correct_columns, excerpt, tame};

use super::report::Difference;
use super::{Note, NoteKind, PagePlace, Pages};

/// Lines that say the same and are named; of more, the rest is counted.
const MOST: usize = 6;

impl Pages<'_> {
    /// Writes a difference for a terminal or a log: what differs, the line of the page and the place in the
    /// description (`spec`, the text that the pages were held against), each with its text, and other lines that say the
    /// same. `color` adds ANSI colours. The text has no line end after its last line.
    pub fn render(&self, difference: &Difference, spec: Source<'_>, color: bool) -> String {
        let mut group = Group::with_title(Level::ERROR.primary_title(tame(&difference.message)));
        let page_name = tame(&difference.page.page);
        let page = self.line(&difference.page);
        if let Some(line) = &page {
            let label = &difference.page_label;
            group = excerpt(group, &page_name, line, AnnotationKind::Primary, label);
        }
        let spec_name = tame(spec.name);
        let line = Line::around(spec.text, &difference.spec.span);
        let label = &difference.spec_label;
        group = excerpt(group, &spec_name, &line, AnnotationKind::Primary, label);
        if !difference.spec.pointer.is_empty() {
            let pointer = Level::NOTE.with_name("pointer");
            group = group.element(pointer.message(tame(&difference.spec.pointer)));
        }
        if !difference.also.is_empty() {
            group = group.element(Level::NOTE.message(also(&difference.also)));
        }
        if let Some(help) = &difference.help {
            group = group.element(Level::HELP.message(tame(help)));
        }
        let mut lines = Vec::new();
        lines.extend(page.as_ref().map(|it| (&*page_name, it)));
        lines.push((&*spec_name, &line));
        correct_columns(text(&[group], color), &lines)
    }

    /// Writes a note as [`Pages::render`] writes a difference.
    pub fn render_note(&self, note: &Note, color: bool) -> String {
        let level = match note.kind {
            NoteKind::Unreadable => Level::ERROR,
            NoteKind::Warning => Level::WARNING,
            NoteKind::NoOperation => Level::NOTE,
        };
        let mut group = Group::with_title(level.primary_title(tame(&note.message)));
        let mut lines = Vec::new();
        if let Some(place) = &note.place {
            let name = tame(&place.page);
            match self.line(place) {
                Some(line) => {
                    group = excerpt(group, &name, &line, AnnotationKind::Primary, "");
                    lines.push((name, line));
                }
                None => group = group.element(Location::path(name)),
            }
        }
        if !note.help.is_empty() {
            group = group.element(Level::HELP.message(tame(&note.help)));
        }
        let lines: Vec<(&str, &Line)> = lines.iter().map(|(name, line)| (&**name, line)).collect();
        correct_columns(text(&[group], color), &lines)
    }

    /// The line of a place, without the spaces around it.
    fn line(&self, place: &PagePlace) -> Option<Line> {
        let source = self.sources.iter().find(|it| it.name == place.page)?;
        let span = line_span(source.text, place.line)?;
        Some(Line::around(source.text, &span))
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
fn also(places: &[PagePlace]) -> String {
    let mut named: Vec<String> = Vec::new();
    let mut page = "";
    for place in places.iter().take(MOST) {
        if place.page == page {
            named.push(place.line.to_string());
        } else {
            named.push(format!("{}:{}", tame(&place.page), place.line));
            page = &place.page;
        }
    }
    let more = places.len().saturating_sub(MOST);
    let rest = match more {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("same at {}{rest}", named.join(", "))
}

fn text(groups: &[Group<'_>], color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    renderer.decor_style(DecorStyle::Ascii).render(groups)
}
