//! What is said of a path that matches nothing.

use serde_json::Value;

use crate::json_path::{Budget, Found, JsonPath, Selector, Set};
use crate::nearest::nearest;

/// For so many paths names are looked for that could be meant; nobody reads more.
pub(super) const MOST: usize = 50;

/// Most names that are looked at.
const NAMES: usize = 20_000;

/// How to mend a path whose segment of this index is the first to select nothing, of these values.
pub(super) fn help(
    path: &JsonPath,
    segment: usize,
    of: &Set,
    document: &Value,
    budget: &mut Budget,
) -> String {
    let meant = meant(path, segment, of, document);
    if let Some(meant) = meant
        && let Ok(other) = JsonPath::parse(&meant)
        && let Ok(Found::Some(_)) = other.find(document, budget)
    {
        return format!("did you mean `{meant}`?");
    }
    let (before, after) = (path.start(segment), path.start(segment + 1));
    match path.query.segments.get(segment + 1) {
        None => format!("`{before}` has a match; remove the action if it is no longer needed"),
        Some(_) => format!("`{before}` has a match, `{after}` doesn't"),
    }
}

/// The path with a name that is there in the place of one that isn't.
fn meant(path: &JsonPath, segment: usize, of: &Set, document: &Value) -> Option<String> {
    let wrong = path.query.segments.get(segment)?;
    let [Selector::Name(name)] = wrong.selectors.as_slice() else {
        return None;
    };
    let mut names: Vec<&str> = Vec::new();
    of.each(document, &mut |value| {
        if let Value::Object(members) = value
            && names.len() < NAMES
        {
            names.extend(members.keys().map(String::as_str));
        }
    });
    names.truncate(NAMES);
    let near = nearest(name, names)?;
    let written = path.text.get(wrong.span.clone())?;
    let is_plain = near
        .chars()
        .all(|sign| sign.is_ascii_alphabetic() || sign == '_');
    let near = match (is_plain && !written.contains('['), wrong.descends) {
        (true, true) => format!("..{near}"),
        (true, false) => format!(".{near}"),
        (false, descends) => {
            let quoted = near.replace('\\', "\\\\").replace('\'', "\\'");
            format!("{}['{quoted}']", if descends { ".." } else { "" })
        }
    };
    let rest = path.text.get(wrong.span.end..)?;
    Some(format!("{}{near}{rest}", &path.text[..wrong.span.start]))
}
