//! `codegen/DIFF.md` says what edits are reported as: each row of its tables is tried.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use codegen::{Diff, Effect};

use crate::edits::{self, BERTHS};
use crate::verdicts::difference;

/// The cells of the rows that name an edit: the two effects and the edit.
fn rows() -> Vec<(String, String, String)> {
    let page = include_str!("../../../codegen/DIFF.md");
    let rows = page.lines().filter_map(|line| {
        let cells: Vec<&str> = line
            .strip_prefix("| ")?
            .strip_suffix(" |")?
            .split(" | ")
            .collect();
        let [_, rust, wire, edit] = cells.as_slice() else {
            return None;
        };
        let edit = edit.strip_prefix('`')?.strip_suffix('`')?;
        Some(((*rust).to_owned(), (*wire).to_owned(), edit.to_owned()))
    });
    rows.collect()
}

fn word(effect: Effect) -> &'static str {
    match effect {
        Effect::None => "none",
        Effect::Additive => "addition",
        Effect::Breaking => "breaking",
    }
}

fn wire(found: &Diff) -> Effect {
    let effects = found.changes.iter().map(|change| change.wire.effect);
    effects.max().unwrap_or(Effect::None)
}

#[test]
fn each_row_of_the_page_says_what_its_edit_is_reported_as() {
    let rows = rows();
    let mut wrong = String::new();
    for (rust, on_the_wire, name) in &rows {
        let edit = edits::all().find(|it| it.name == *name);
        let edit = edit.unwrap_or_else(|| panic!("no edit is called `{name}`"));
        let found = difference(edit);
        let said = (word(found.rust()), word(wire(&found)));
        if said != (rust, on_the_wire) {
            writeln!(wrong, "`{name}`: {said:?}").expect("a string takes all text");
        }
    }
    assert!(rows.len() > 150, "{} rows", rows.len());
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn each_edit_of_a_rule_has_a_row() {
    let named: BTreeSet<String> = rows().into_iter().map(|row| row.2).collect();
    // One changes nothing, and of one the page says why it is nobody's matter.
    let without = ["nothing of berths", "another URL for tokens"];
    let of_rules = edits::all().filter(|it| it.base.spec == BERTHS.spec);
    let missing: Vec<&str> = of_rules
        .map(|it| it.name)
        .filter(|name| !named.contains(*name) && !without.contains(name))
        .collect();
    assert_eq!(missing, [""; 0]);
}
