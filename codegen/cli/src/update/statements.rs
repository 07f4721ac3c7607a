//! The lines of a configuration, by what they set, so that single ones can be changed and all others stay as
//! they are.

use std::ops::Range;

use toml_edit::{DocumentMut, Item, Key};

/// Whole lines that belong together: the header of a table, or a key with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Statement {
    /// Its bytes, line ends among them.
    pub(super) lines: Range<usize>,
    /// What it sets, from the root: keys, and positions in arrays of tables.
    pub(super) path: Vec<String>,
    pub(super) is_header: bool,
}

/// All statements of a text, which is TOML.
pub(super) fn statements(text: &str) -> Vec<Statement> {
    let mut found: Vec<Statement> = Vec::new();
    let mut table: Vec<String> = Vec::new();
    let mut arrays: Vec<(Vec<String>, usize)> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let end = line_end(text, at);
        let line = text[at..end].trim();
        if line.is_empty() || line.starts_with('#') {
            at = end;
            continue;
        }
        if let Some((keys, is_array)) = header(line) {
            table = resolved(&keys, is_array, &mut arrays);
            found.push(Statement {
                lines: at..end,
                path: table.clone(),
                is_header: true,
            });
            at = end;
            continue;
        }
        let (end, keys) = assignment(text, at);
        found.push(Statement {
            lines: at..end,
            path: table.iter().cloned().chain(keys).collect(),
            is_header: false,
        });
        at = end;
    }
    found
}

/// Where the line that begins at a place ends, behind its line break.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

/// The keys of a header, and whether it is one of an array of tables.
fn header(line: &str) -> Option<(Vec<String>, bool)> {
    let rest = line.strip_prefix('[')?;
    let (rest, is_array) = match rest.strip_prefix('[') {
        Some(rest) => (rest, true),
        None => (rest, false),
    };
    let inner = &rest[..outside_of_quotes(rest, ']')?];
    let keys = Key::parse(inner).ok()?;
    Some((
        keys.iter().map(|key| key.get().to_owned()).collect(),
        is_array,
    ))
}

/// Where a sign first is that isn't in a quoted key.
pub(super) fn outside_of_quotes(text: &str, sign: char) -> Option<usize> {
    let mut quote: Option<char> = None;
    let mut is_escaped = false;
    for (at, it) in text.char_indices() {
        match quote {
            Some('"') if is_escaped => is_escaped = false,
            Some('"') if it == '\\' => is_escaped = true,
            Some(open) if it == open => quote = None,
            None if it == sign => return Some(at),
            None if matches!(it, '"' | '\'') => quote = Some(it),
            _ => {}
        }
    }
    None
}

/// The path of a table, in which arrays of tables have the position of their last table.
fn resolved(
    keys: &[String],
    is_array: bool,
    arrays: &mut Vec<(Vec<String>, usize)>,
) -> Vec<String> {
    let mut path: Vec<String> = Vec::new();
    for (index, key) in keys.iter().enumerate() {
        path.push(key.clone());
        let is_last = index + 1 == keys.len();
        let known = arrays.iter_mut().find(|(array, _)| *array == path);
        match (known, is_array && is_last) {
            (Some((_, last)), is_next) => {
                *last += usize::from(is_next);
                path.push(last.to_string());
            }
            (None, true) => {
                arrays.push((path.clone(), 0));
                path.push("0".to_owned());
            }
            (None, false) => {}
        }
    }
    path
}

/// Where a key with its value ends that begins at a place, and the keys. A value may take several lines.
fn assignment(text: &str, at: usize) -> (usize, Vec<String>) {
    let mut end = line_end(text, at);
    loop {
        if let Ok(document) = text[at..end].parse::<DocumentMut>() {
            return (end, keys(document.as_item()));
        }
        if end == text.len() {
            return (end, Vec::new());
        }
        end = line_end(text, end);
    }
}

/// The keys that lead to the only value.
fn keys(item: &Item) -> Vec<String> {
    let mut keys = Vec::new();
    let mut item = item;
    while let Item::Table(table) = item {
        let Some((key, value)) = table.iter().next() else {
            break;
        };
        keys.push(key.to_owned());
        item = value;
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_known_by_what_they_set() {
        let text = "only = [\n  \"a\", # the first\n  \"b\",\n]\n\n# Of one.\n[operations.\"GET /a]\"] # odd\n\
                    name = \"\"\"\n[x]\n\"\"\"\npages.by = { a = 1 }\n\n[[waiters]]\nname = 'a'\n[[waiters]]\nname = 'b'\n";
        let found: Vec<String> = statements(text)
            .iter()
            .map(|it| {
                format!(
                    "{} {}",
                    it.path.join("."),
                    text[it.lines.clone()].lines().count()
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                "only 4",
                "operations.GET /a] 1",
                "operations.GET /a].name 3",
                "operations.GET /a].pages.by 1",
                "waiters.0 1",
                "waiters.0.name 1",
                "waiters.1 1",
                "waiters.1.name 1",
            ]
        );
    }
}
