//! Changes for machines.

use codegen::{Change, Consequence, Diff, Place};
use serde_json::{Value, json};

use super::sides::Sides;

/// The changes as JSON, which has all that tables have.
pub(super) fn json(found: &Diff, sides: &Sides) -> String {
    let changes: Vec<Value> = found.changes.iter().map(|it| change(it, sides)).collect();
    let value = json!({
        "old": {"spec": sides.old.spec.name, "version": found.old_version},
        "new": {"spec": sides.new.spec.name, "version": found.new_version},
        "step": found.step().name(),
        "next_version": found.next_version(),
        "changes": changes,
        "reworded": found.reworded,
    });
    format!("{value:#}\n")
}

fn change(change: &Change, sides: &Sides) -> Value {
    json!({
        "kind": change.kind.name(),
        "subject": change.subject.name(),
        "name": change.name,
        "text": change.text,
        "rust": consequence(&change.rust),
        "wire": consequence(&change.wire),
        "old": change.old.as_ref().map(|it| place(it, sides.old.name_of(it.origin))),
        "new": change.new.as_ref().map(|it| place(it, sides.new.name_of(it.origin))),
    })
}

fn consequence(consequence: &Consequence) -> Value {
    json!({"effect": consequence.effect.name(), "text": consequence.text})
}

fn place(place: &Place, file: &str) -> Value {
    json!({"file": file, "line": place.line, "column": place.column, "pointer": place.pointer})
}
