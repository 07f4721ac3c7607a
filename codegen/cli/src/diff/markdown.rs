//! Changes for a pull request.

use std::fmt::Write as _;

use codegen::{Change, Diff, Effect, Place};

use super::sides::{Side, Sides};
use super::{pointer_of, reworded, verdict, with_effect};

/// Most rows of a table: a comment of a pull request has an end.
const MOST: usize = 200;

/// The changes as tables, those that break first, and what version they make.
pub(crate) fn markdown(found: &Diff, sides: &Sides) -> String {
    let mut text = format!("## Changes for users of the crate\n\n{}\n", verdict(found));
    for (effect, heading) in [
        (Effect::Breaking, "Breaking"),
        (Effect::Additive, "Added"),
        (Effect::None, "No effect on Rust code"),
    ] {
        let changes = with_effect(found, effect);
        if changes.is_empty() {
            continue;
        }
        // Writing to a string can't fail.
        let _ = write!(
            text,
            "\n### {heading}\n\n| Change | Rust API | Existing clients | Location |\n| --- \
             | --- | --- | --- |\n"
        );
        for change in changes.iter().take(MOST) {
            text.push_str(&row(change, sides));
        }
        if changes.len() > MOST {
            let _ = writeln!(text, "\nand {} more.", changes.len() - MOST);
        }
    }
    let sentence = reworded(found);
    if !sentence.is_empty() {
        let _ = write!(text, "\n{sentence}\n");
    }
    text
}

fn row(change: &Change, sides: &Sides) -> String {
    let shown = |place: &Place, side: &Side| match pointer_of(place) {
        Some(pointer) => format!("`{}` at `{pointer}`", side.name_of(place.origin)),
        None => format!("`{}:{}`", side.name_of(place.origin), place.line),
    };
    let place = match (&change.new, &change.old) {
        (Some(place), _) => shown(place, &sides.new),
        (None, Some(place)) => shown(place, &sides.old),
        (None, None) => String::new(),
    };
    let consequence = |it: &codegen::Consequence| match (it.effect, it.text.as_str()) {
        (_, "") => "none".to_owned(),
        (Effect::Breaking, text) => format!("**breaking**: {text}"),
        (_, text) => text.to_owned(),
    };
    format!(
        "| {} | {} | {} | {} |\n",
        cell(&change.text),
        cell(&consequence(&change.rust)),
        cell(&consequence(&change.wire)),
        cell(&place)
    )
}

/// A text as it may stand in a cell. What comes from a description stands in spans of code, where
/// a `|` still ends the cell (GitHub Flavored Markdown, "Tables").
fn cell(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('|', "\\|")
        .replace(['\n', '\r'], " ")
}
