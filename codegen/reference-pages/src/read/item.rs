//! The items of lists: which line is below which, and what stands on them.

use serde_json::Value;

use crate::facts::{At, Example, Form};

use super::types::{self, Written};
use super::{Trouble, go};

/// Most items below one another.
const DEEPEST: usize = 48;

/// An item, and those below it.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) at: At,
    /// What stands between the backticks.
    pub(super) text: String,
    pub(super) parsed: Parsed,
    pub(super) children: Vec<Item>,
    /// The place that the description of a parameter begins with, as in `Query param: the name`.
    pub(super) place: Option<String>,
    pub(super) examples: Vec<Example>,
}

/// What an item says.
#[derive(Debug, PartialEq)]
pub(super) enum Parsed {
    /// `"A"`
    Literal(Value),
    /// `name: optional string`
    Member {
        name: String,
        /// Whether it may be left out, where that is told.
        optional: Option<bool>,
        ty: Written,
    },
    /// `Name = object { a, b }`, or a type alone.
    Type(Option<String>, Written),
}

/// The number of spaces before an item of a list that is all code, and the code.
///
/// `Err` for an item that begins as one and isn't closed.
fn code(line: &str) -> Option<Result<(usize, &str), ()>> {
    let text = line.trim_start();
    let rest = text.strip_prefix("- `")?;
    let indent = line[..line.len() - text.len()]
        .chars()
        .map(|it| if it == '\t' { 4 } else { 1 })
        .sum();
    let rest = rest.trim_end();
    let Some((code, behind)) = rest.split_once('`') else {
        return Some(Err(()));
    };
    (behind.is_empty() && !code.trim().is_empty()).then(|| Ok((indent, code.trim())))
}

/// The items of a section's lines.
pub(super) fn read(lines: &[(At, &str)], form: Form, trouble: &mut Trouble) -> Vec<Item> {
    // Items that may get more children, with their indents; the first stands for the section.
    let mut open: Vec<(usize, Item)> = Vec::new();
    let mut roots = Vec::new();
    let mut index = 0;
    while let Some((at, line)) = lines.get(index) {
        index += 1;
        let (indent, code) = match code(line) {
            None => {
                if let Some((_, item)) = open.last_mut() {
                    index += description(item, line, &lines[index..]);
                }
                continue;
            }
            Some(Err(())) => {
                trouble.unreadable(
                    *at,
                    "the code span of this item is not closed",
                    "close it with a `",
                );
                continue;
            }
            Some(Ok(found)) => found,
        };
        close(&mut open, &mut roots, |it| it >= indent);
        if open.len() >= DEEPEST {
            let message = format!("items are nested more than {DEEPEST} levels deep");
            trouble.unreadable(*at, &message, "remove the inner items");
            break;
        }
        match parse(code, form) {
            Ok(parsed) => {
                let item = Item {
                    at: *at,
                    text: code.to_owned(),
                    parsed,
                    children: Vec::new(),
                    place: None,
                    examples: Vec::new(),
                };
                open.push((indent, item));
            }
            Err(wanted) => {
                let message = format!("invalid item `{}`", types::shortened(code));
                trouble.unreadable(*at, &message, &format!("expected {wanted}"));
            }
        }
    }
    close(&mut open, &mut roots, |_| true);
    roots
}

/// Closes the items whose indent is such.
fn close(open: &mut Vec<(usize, Item)>, roots: &mut Vec<Item>, is: impl Fn(usize) -> bool) {
    while open.last().is_some_and(|(indent, _)| is(*indent)) {
        let Some((_, item)) = open.pop() else { return };
        match open.last_mut() {
            Some((_, parent)) => parent.children.push(item),
            None => roots.push(item),
        }
    }
}

/// Takes what counts from a line of an item's description; returns how many lines behind it belong to that.
fn description(item: &mut Item, line: &str, behind: &[(At, &str)]) -> usize {
    let line = line.trim();
    let place = match line.split_once(" param:") {
        Some((place, _)) => Some(place),
        None => line.strip_suffix(" param"),
    };
    if let Some(place) = place.filter(|it| !it.contains(' '))
        && item.place.is_none()
    {
        item.place = Some(place.to_ascii_lowercase());
    }
    if line != "Example:" {
        return 0;
    }
    let mut text = String::new();
    let mut open = 0_i64;
    for (index, (_, line)) in behind.iter().enumerate().take(LONGEST) {
        if code(line).is_some() {
            return 0;
        }
        text.push_str(line);
        text.push('\n');
        for sign in line.chars() {
            open += i64::from(matches!(sign, '{' | '[')) - i64::from(matches!(sign, '}' | ']'));
        }
        if open > 0 || text.trim().is_empty() {
            continue;
        }
        if let Ok(value) = serde_json::from_str(&text) {
            item.examples.push(Example {
                text,
                value,
                at: behind[0].0,
            });
            return index + 1;
        }
        // A text that isn't JSON is for people.
        return 0;
    }
    0
}

/// Most lines of an example in a description.
const LONGEST: usize = 300;

fn parse(code: &str, form: Form) -> Result<Parsed, String> {
    if form == Form::Go {
        return go::parse(code);
    }
    if let Some((name, ty)) = quoted_name(code) {
        return member(&name, ty);
    }
    if code.starts_with(['"', '-']) || code.starts_with(|it: char| it.is_ascii_digit()) {
        return Ok(match types::parse(code)? {
            Written::Literal(value) => Parsed::Literal(value),
            other => Parsed::Type(None, other),
        });
    }
    if let Some((name, ty)) = code.split_once(" = ")
        && !name.contains(['"', ':'])
    {
        return Ok(Parsed::Type(
            Some(name.trim().to_owned()),
            types::parse(ty)?,
        ));
    }
    if let Some((name, ty)) = code.split_once(':')
        && !name.contains(['"', '{', '['])
        && (ty.is_empty() || ty.starts_with(' '))
    {
        return member(name.trim(), ty);
    }
    Ok(match types::parse(code)? {
        Written::Literal(value) => Parsed::Literal(value),
        Written::NamedObject(name, names, count) => {
            Parsed::Type(Some(name), Written::Object(names, count))
        }
        other => Parsed::Type(None, other),
    })
}

/// A field, from what stands before the colon and behind it.
fn member(name: &str, ty: &str) -> Result<Parsed, String> {
    if name.is_empty() {
        return Err("a name before the colon".to_owned());
    }
    let ty = ty.trim();
    let without = ty.strip_prefix("optional ");
    let ty = types::parse(without.unwrap_or(ty))?;
    Ok(Parsed::Member {
        name: name.to_owned(),
        optional: Some(without.is_some()),
        ty,
    })
}

/// A name that isn't one of a programming language, in quotes, and what is behind its colon.
fn quoted_name(code: &str) -> Option<(String, &str)> {
    if !code.starts_with('"') {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(code).into_iter::<String>();
    let name = values.next()?.ok()?;
    let rest = code.get(values.byte_offset()..)?.strip_prefix(':')?;
    Some((name, rest))
}
