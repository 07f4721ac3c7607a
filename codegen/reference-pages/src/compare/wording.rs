//! Types in words, and names that are probably the same.

use serde_json::Value;

use crate::facts::{Kind, Shape};
use crate::spec::{SpecKind, View};
use codegen::names::words;
use codegen::nearest;

/// What a page says, in words.
pub(crate) fn of_page(shape: &Shape) -> String {
    match &shape.kind {
        Kind::String => "a string".to_owned(),
        Kind::Time => "a date-time".to_owned(),
        Kind::Integer => "an integer".to_owned(),
        Kind::Number => "a number".to_owned(),
        Kind::Boolean => "a boolean".to_owned(),
        Kind::Null => "null".to_owned(),
        Kind::Any => "any value".to_owned(),
        Kind::File => "a file".to_owned(),
        Kind::Enum(_) => "an enum".to_owned(),
        Kind::Array(item) => format!("an array of {}", several(&of_page(item))),
        Kind::Map(value) => format!("a map of {}", several(&of_page(value))),
        Kind::Object(_) => "an object".to_owned(),
        Kind::Union(all) => either(all.iter().map(of_page)),
        Kind::Opaque => match &shape.name {
            Some(name) => format!("`{name}`"),
            None => "something".to_owned(),
        },
    }
}

/// What a description says, in words; `item` looks into a schema.
pub(crate) fn of_spec(view: &View, item: &dyn Fn(&str) -> View) -> String {
    in_words(view, item, 0)
}

fn in_words(view: &View, item: &dyn Fn(&str) -> View, depth: usize) -> String {
    const DEEPEST: usize = 3;
    let inner = |pointer: &Option<String>| match pointer {
        Some(pointer) if depth < DEEPEST => several(&in_words(&item(pointer), item, depth + 1)),
        _ => "values".to_owned(),
    };
    match &view.kind {
        SpecKind::String(Some(format)) if format == "date-time" || format == "date" => {
            "a date-time".to_owned()
        }
        SpecKind::String(_) => "a string".to_owned(),
        SpecKind::Integer => "an integer".to_owned(),
        SpecKind::Number => "a number".to_owned(),
        SpecKind::Boolean => "a boolean".to_owned(),
        SpecKind::Null => "null".to_owned(),
        SpecKind::Any => "any value".to_owned(),
        SpecKind::Enum(_) => "an enum".to_owned(),
        SpecKind::Array(items) => format!("an array of {}", inner(items)),
        SpecKind::Map(values) => format!("a map of {}", inner(values)),
        SpecKind::Object(..) => "an object".to_owned(),
        SpecKind::Union(all) => either(all.iter().map(|it| in_words(it, item, depth + 1))),
    }
}

fn either(all: impl Iterator<Item = String>) -> String {
    let mut seen: Vec<String> = Vec::new();
    for each in all {
        if !seen.contains(&each) {
            seen.push(each);
        }
    }
    seen.join(" or ")
}

/// The plural of a type in words.
fn several(one: &str) -> String {
    let noun = one.strip_prefix("a ").or_else(|| one.strip_prefix("an "));
    match noun {
        Some(noun) if !noun.contains(' ') => format!("{noun}s"),
        _ => one.to_owned(),
    }
}

/// A value as JSON, if it is short.
pub(crate) fn value(value: &Value) -> String {
    const MOST: usize = 60;
    let text = value.to_string();
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}

/// The candidate that a name was probably changed from.
pub(crate) fn probably<'a>(name: &str, candidates: &[&'a str]) -> Option<&'a str> {
    if let Some(found) = nearest(name, candidates.iter().copied()) {
        return Some(found);
    }
    let own = words(name);
    let shared = |candidate: &str| {
        let others = words(candidate);
        let shared = own.iter().filter(|it| others.contains(it)).count();
        let longer = own.len().max(others.len());
        (shared * 2 >= longer && shared > 0).then_some(shared)
    };
    let mut best: Option<(usize, &'a str)> = None;
    for candidate in candidates {
        if let Some(count) = shared(candidate)
            && best.is_none_or(|(most, _)| count > most)
        {
            best = Some((count, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The value that one was probably changed from.
pub(crate) fn probably_misspelt<'a>(value: &str, candidates: &[&'a str]) -> Option<&'a str> {
    nearest(value, candidates.iter().copied())
}
