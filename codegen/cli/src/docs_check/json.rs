//! What was found, for machines.

use codegen::Description;
use reference_pages::{Note, NoteKind, PagePlace, PageReport};
use serde_json::{Value, json};

/// The report as JSON.
pub(super) fn of(report: &PageReport, spec: Description<'_>) -> Value {
    let differences: Vec<Value> = report
        .differences
        .iter()
        .map(|it| {
            json!({
                "kind": it.kind.as_str(),
                "message": it.message,
                "page": place(&it.page),
                "also": it.also.iter().map(place).collect::<Vec<_>>(),
                "spec": {
                    "file": spec.text(it.spec.origin).map(|it| it.name),
                    "pointer": it.spec.pointer,
                    "line": it.spec.line,
                    "column": it.spec.column,
                },
            })
        })
        .collect();
    let counts = report.counts;
    json!({
        "compared": {
            "pages": counts.pages,
            "operations": counts.operations,
            "parameters": counts.parameters,
            "fields": counts.fields,
            "values": counts.values,
            "examples": counts.examples,
        },
        "differences": differences,
        "notes": report.notes.iter().map(note).collect::<Vec<_>>(),
    })
}

fn place(place: &PagePlace) -> Value {
    json!({ "file": place.page, "line": place.line })
}

fn note(note: &Note) -> Value {
    let kind = match note.kind {
        NoteKind::NoOperation => "no-operation",
        NoteKind::Warning => "warning",
        NoteKind::Unreadable => "unreadable",
    };
    json!({
        "kind": kind,
        "message": note.message,
        "help": note.help,
        "page": note.place.as_ref().map(place),
    })
}
