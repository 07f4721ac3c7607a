//! Findings to a report: places are looked up in the text of the description.

use std::collections::BTreeMap;

use crate::facts::At;
use crate::report::{Difference, PageReport, SpecPlace};
use crate::{Note, NoteKind, PagePlace, Pages};
use codegen::locate;
use codegen::{Description, Diagnostic, Origin};

use super::findings::{Findings, Found};

pub(super) fn page_report(
    findings: Findings,
    pages: &Pages<'_>,
    spec: Description<'_>,
) -> PageReport {
    let (found, mut counts, more) = findings.in_order();
    let has_something =
        |it: &&crate::facts::Facts| !it.operations.is_empty() || !it.types.is_empty();
    counts.pages = pages.facts.iter().filter(has_something).count();
    let places = located(&found, spec);
    let place = |at: At| PagePlace {
        page: pages
            .sources
            .get(at.page)
            .map_or("", |it| it.name)
            .to_owned(),
        line: at.line,
    };
    let mut lines: BTreeMap<Origin, Lines<'_>> = BTreeMap::new();
    let differences = found
        .into_iter()
        .zip(places)
        .map(|(found, located)| {
            let span = located.span.unwrap_or(0..0);
            let origin = located.origin;
            let text = spec.text(origin).unwrap_or(spec.source).text;
            let lines = lines.entry(origin).or_insert_with(|| Lines::new(text));
            let (line, column) = lines.place(span.start);
            Difference {
                kind: found.kind,
                message: found.message,
                page: place(found.page.0),
                page_label: found.page.1,
                also: found.also.into_iter().map(place).collect(),
                spec: SpecPlace {
                    origin,
                    pointer: located.pointer,
                    line,
                    column,
                    span,
                },
                spec_label: found.spec.1,
                help: found.help,
            }
        })
        .collect();
    let mut notes = pages.notes.clone();
    notes.extend(more.into_iter().map(|(at, message, help)| Note {
        kind: NoteKind::Warning,
        message,
        help,
        place: Some(place(at)),
    }));
    PageReport {
        counts,
        differences,
        notes,
    }
}

/// The places of differences in the texts of the description.
fn located(found: &[Found], spec: Description<'_>) -> Vec<Diagnostic> {
    let mut places: Vec<Diagnostic> = found
        .iter()
        .map(|it| Diagnostic::error(Origin::Spec, it.spec.0.clone(), "").at_key())
        .collect();
    for (place, found) in places.iter_mut().zip(found) {
        // Values of enums have no keys, and the keys of names say nothing.
        let pointer = &found.spec.0;
        let is_value = pointer.contains("/enum/")
            || pointer.ends_with("/name") && pointer.contains("/parameters/");
        place.at_key = !is_value;
    }
    locate(spec, &mut places);
    places
}

/// The starts of a text's lines.
struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            starts: std::iter::once(0).chain(ends).collect(),
        }
    }

    /// Line and column of a byte, both from 1.
    fn place(&self, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts.get(line.saturating_sub(1)).copied();
        let before = self.text.get(start.unwrap_or_default()..at);
        (line, before.map_or(1, |it| it.chars().count() + 1))
    }
}
