//! Paths in JSON documents.

use std::ops::Range;

/// The maximum length of a path, in bytes. Keys come from the server and may be of any length; a path
/// that is shown is shortened after secrets are redacted.
const MAX_LENGTH: usize = 16 * 1024;

/// The path of the value at a position in a JSON text, such as `items[3].status`; empty for the root.
///
/// `line` and `column` are those of a `serde_json` error: lines count from 1, the column is the
/// number of bytes of the line that were read. At the end of an object or an array, the path is
/// that of the object or array: this is where a missing field is noticed.
///
/// The text may be anything: if it isn't JSON, the result is the path up to where it stops looking like
/// JSON.
pub(crate) fn locate(json: &[u8], line: usize, column: usize) -> String {
    let json = read_part(json, line, column);
    let mut levels: Vec<Level> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = json.get(at) {
        at += 1;
        match byte {
            b'{' => levels.push(Level::Object(None)),
            b'[' => levels.push(Level::Array(0)),
            b'}' | b']' => {
                levels.pop();
            }
            b',' => match levels.last_mut() {
                Some(Level::Object(key)) => *key = None,
                Some(Level::Array(index)) => *index += 1,
                None => {}
            },
            b'"' => {
                let Some(length) = string_length(json.get(at..).unwrap_or_default()) else {
                    break;
                };
                // The string is a key if none was seen since the last comma.
                if let Some(Level::Object(key @ None)) = levels.last_mut() {
                    *key = Some(at..at + length);
                }
                at += length + 1;
            }
            _ => {}
        }
    }
    describe(json, &levels)
}

/// The path of a member of this name.
pub(crate) fn of_key(key: &str) -> String {
    let mut path = String::new();
    push_key(&mut path, key.as_bytes());
    path
}

/// The path `inner`, relative to `path`.
pub(crate) fn below(path: &str, inner: &str) -> String {
    let dot = if inner.is_empty() || inner.starts_with('[') {
        ""
    } else {
        "."
    };
    [path, dot, inner].concat()
}

/// A path for logs, in which names that may be data are replaced by `*`: keys of a map, such as IDs and
/// addresses. The name of a field is a word of at most 40 characters with few digits.
pub(crate) fn without_data(path: &str) -> String {
    let mut shown = String::new();
    let mut rest = path;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '.' => 1,
            '[' if rest.starts_with("[\"") => {
                let name = string_length(&rest.as_bytes()[2..]);
                name.map_or(rest.len(), |length| rest.len().min(length + 4))
            }
            '[' => rest.find(']').map_or(rest.len(), |end| end + 1),
            _ => rest.find(['.', '[']).unwrap_or(rest.len()),
        };
        let (part, further) = rest.split_at(length);
        shown.push_str(match first {
            '[' if part.starts_with("[\"") => "[*]",
            '.' | '[' => part,
            _ if is_of_schema(part) => part,
            _ => "*",
        });
        rest = further;
    }
    shown
}

/// Whether a name looks like that of a field, and not like an ID.
fn is_of_schema(name: &str) -> bool {
    name.len() <= 40 && name.bytes().filter(u8::is_ascii_digit).count() <= 3
}

/// An array or object around the position.
enum Level {
    /// The object's last key, without its quotes.
    Object(Option<Range<usize>>),
    /// The item's index.
    Array(usize),
}

/// The text up to the position.
fn read_part(json: &[u8], line: usize, column: usize) -> &[u8] {
    let mut rest = json;
    for _ in 1..line {
        let Some(end) = rest.iter().position(|byte| *byte == b'\n') else {
            return json;
        };
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    let start = json.len() - rest.len();
    json.get(..start.saturating_add(column)).unwrap_or(json)
}

/// The length of a string whose opening quote was read; `None` if it doesn't end.
fn string_length(text: &[u8]) -> Option<usize> {
    let mut escaped = false;
    text.iter().position(|&byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })
}

fn describe(json: &[u8], levels: &[Level]) -> String {
    let mut path = String::new();
    for level in levels {
        match level {
            Level::Array(index) => path.extend(["[", &index.to_string(), "]"]),
            Level::Object(Some(key)) => {
                push_key(&mut path, json.get(key.clone()).unwrap_or_default());
            }
            Level::Object(None) => {}
        }
        if path.len() > MAX_LENGTH {
            break;
        }
    }
    path
}

fn push_key(path: &mut String, key: &[u8]) {
    let key = key.get(..MAX_LENGTH).unwrap_or(key);
    let is_word = key
        .iter()
        .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    let starts_well = key.first().is_some_and(|byte| !byte.is_ascii_digit());
    let key = String::from_utf8_lossy(key);
    if is_word && starts_well {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(&key);
    } else {
        path.push_str("[\"");
        // The key is shown as in the JSON text, where quotes are escaped, without control characters.
        path.extend(
            key.chars()
                .map(|c| if is_harmless(c) { c } else { '\u{fffd}' }),
        );
        path.push_str("\"]");
    }
}

/// Neither a control character nor one that changes the direction of text.
fn is_harmless(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
