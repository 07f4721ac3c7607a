//! Changes for people, in a terminal.

use std::fmt::Write as _;

use codegen::{Change, Consequence, Diff, Effect};

use super::sides::Sides;
use super::{pointer_of, reworded, verdict, with_effect};
use crate::report::count;
use crate::terminal::{Style, paint};

/// The changes, those that break first, and what version they make.
pub(crate) fn table(found: &Diff, sides: &Sides, color: bool) -> String {
    let mut text = String::new();
    for (effect, heading, style) in [
        (Effect::Breaking, "Breaking", Style::Error),
        (Effect::Additive, "Added", Style::Added),
        (Effect::None, "No effect on Rust code", Style::Heading),
    ] {
        let changes = with_effect(found, effect);
        if changes.is_empty() {
            continue;
        }
        // Writing to a string can't fail.
        let heading = format!("{heading} ({})", changes.len());
        let _ = writeln!(text, "{}", paint(&heading, style, color));
        for change in changes {
            one(&mut text, change, sides, color);
        }
        text.push('\n');
    }
    let sentence = reworded(found);
    if !sentence.is_empty() {
        let _ = writeln!(text, "{sentence}");
    }
    let broken = |of: fn(&Change) -> &Consequence| {
        let all = found.changes.iter();
        all.filter(|it| of(it).effect == Effect::Breaking).count()
    };
    let (rust, wire) = (broken(|it| &it.rust), broken(|it| &it.wire));
    let changes = count(found.changes.len(), "change");
    let breaks = |many: usize| match many {
        1 => "1 breaks".to_owned(),
        many => format!("{many} break"),
    };
    let _ = match (found.changes.len(), rust, wire) {
        (0, ..) => Ok(()),
        (1, 0, 0) => writeln!(text, "{changes}, not breaking."),
        (_, 0, 0) => writeln!(text, "{changes}, none of them breaking."),
        _ => writeln!(
            text,
            "{changes}: {} programs that upgrade to the new crate, {} existing clients.",
            breaks(rust),
            breaks(wire)
        ),
    };
    let _ = writeln!(text, "{}", verdict(found));
    text
}

fn one(text: &mut String, change: &Change, sides: &Sides, color: bool) {
    let place = match (&change.new, &change.old) {
        (Some(place), _) => Some((place, &sides.new)),
        (None, Some(place)) => Some((place, &sides.old)),
        (None, None) => None,
    };
    let place = place.map(|(place, side)| {
        let place_name = format!(
            "{}:{}:{}",
            side.name_of(place.origin),
            place.line,
            place.column
        );
        let shown = paint(&place_name, Style::Place, color);
        match pointer_of(place) {
            Some(pointer) => format!("{shown} {}", plain(pointer)),
            None => shown,
        }
    });
    let sentence = plain(&change.text);
    let _ = writeln!(text, "  {sentence}");
    for (word, consequence) in [("rust   ", &change.rust), ("clients", &change.wire)] {
        if !consequence.text.is_empty() {
            let _ = writeln!(text, "      {word}  {}", plain(&consequence.text));
        }
    }
    if let Some(place) = place {
        let _ = writeln!(text, "      at       {place}");
    }
}

/// Markdown for a terminal, which shows code as it is; nothing of a description moves its cursor.
fn plain(markdown: &str) -> String {
    let shown = markdown.chars().filter(|sign| *sign != '`');
    shown.flat_map(visible).collect()
}

/// A sign as it may stand in a terminal.
fn visible(sign: char) -> Vec<char> {
    if sign.is_control()
        || matches!(sign, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}')
    {
        sign.escape_unicode().collect()
    } else {
        vec![sign]
    }
}
