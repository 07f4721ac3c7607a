//! A value as YAML with comments.

use std::fmt::Write;

use serde_json::Value;

/// The member of an object that is written as a comment before the others.
pub(super) const COMMENT: &str = "\u{0}comment";

/// Writes a value, which is an object, as YAML 1.2.
pub(super) fn write(value: &Value) -> String {
    let mut text = String::new();
    node(&mut text, value, 0);
    text
}

/// Writes what is behind a key or a dash, the line of which isn't ended.
fn behind(text: &mut String, value: &Value, depth: usize, in_list: bool) {
    match value {
        Value::Object(members) if members.keys().all(|it| it == COMMENT) => {
            text.push_str(" {}");
            if let Some(comment) = members.get(COMMENT).and_then(Value::as_str) {
                // Writing to a string can't fail.
                let _ = write!(text, " # {}", one_line(comment));
            }
            text.push('\n');
        }
        Value::Object(_) if in_list => {
            text.push(' ');
            let mut inner = String::new();
            node(&mut inner, value, depth + 1);
            text.push_str(inner.trim_start_matches(' '));
        }
        Value::Array(items) if items.is_empty() => text.push_str(" []\n"),
        Value::Array(items) if items.iter().all(is_scalar) && is_short(items) => {
            let all: Vec<String> = items.iter().map(scalar).collect();
            let _ = writeln!(text, " [{}]", all.join(", "));
        }
        Value::Object(_) | Value::Array(_) => {
            text.push('\n');
            node(text, value, depth + 1);
        }
        simple => {
            let _ = writeln!(text, " {}", scalar(simple));
        }
    }
}

fn node(text: &mut String, value: &Value, depth: usize) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(members) => {
            if let Some(comment) = members.get(COMMENT).and_then(Value::as_str) {
                for line in comment.lines() {
                    let _ = writeln!(text, "{indent}# {}", one_line(line));
                }
            }
            for (key, value) in members.iter().filter(|(key, _)| *key != COMMENT) {
                let _ = write!(text, "{indent}{}:", string(key));
                behind(text, value, depth, false);
            }
        }
        Value::Array(items) => {
            for item in items {
                let _ = write!(text, "{indent}-");
                behind(text, item, depth, true);
            }
        }
        simple => {
            let _ = writeln!(text, "{indent}{}", scalar(simple));
        }
    }
}

fn is_scalar(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

fn is_short(items: &[Value]) -> bool {
    const MOST: usize = 80;
    items.iter().map(|it| scalar(it).len() + 2).sum::<usize>() <= MOST
}

/// A comment must not end before its line does.
fn one_line(text: &str) -> String {
    let shown = |it: char| {
        if it.is_control() || matches!(it, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}') {
            ' '
        } else {
            it
        }
    };
    text.chars().map(shown).collect()
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => string(text),
        other => other.to_string(),
    }
}

/// A text without quotes where it can't be read as anything else, else in those of JSON, which are those of YAML.
fn string(text: &str) -> String {
    let first = text.chars().next();
    let starts = first.is_some_and(|it| it.is_ascii_alphabetic() || matches!(it, '/' | '_' | '$'));
    let plain = |it: char| {
        it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | '/' | '.' | ' ' | '+' | '$')
    };
    let in_path = |it: char| plain(it) || text.starts_with('/') && matches!(it, '{' | '}');
    let word = text.to_ascii_lowercase();
    let means_something = matches!(
        word.as_str(),
        "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n"
    );
    if starts && text.chars().all(in_path) && !text.ends_with(' ') && !means_something {
        return text.to_owned();
    }
    escaped(text)
}

/// A text in quotes; what YAML takes for no character is escaped (YAML 1.2.2, 5.1).
fn escaped(text: &str) -> String {
    let json = Value::from(text).to_string();
    let mut safe = String::with_capacity(json.len());
    for character in json.chars() {
        let code = u32::from(character);
        if matches!(
            code,
            0x7F..=0x9F | 0x2028 | 0x2029 | 0xFEFF | 0xFFFE | 0xFFFF
        ) {
            let _ = write!(safe, "\\u{code:04x}");
        } else {
            safe.push(character);
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_written_is_read_as_the_same() {
        let value = json!({
            "/cats/{id}": {"a": [], "b": {}, "c": [1, "two", null, true], "d": [[1], {"x": "y", "z": [{"q": 1}]}]},
            "odd": ["yes", "1", "", " a", "a: b", "#x", "\u{85}\u{7f}\n\"", "- a", "{", "a ", "*", "0x1"],
            "null": "null", "2019-01-01": "12:30", "long": ["a".repeat(60), "b".repeat(60)],
        });
        let text = write(&value);
        let read: Value = serde_yaml::from_str(&text).unwrap();
        assert_eq!(read, value, "{text}");
    }

    #[test]
    fn comments_are_comments() {
        let value = json!({"a": {COMMENT: "one\nor two", "type": "string"}, "b": {COMMENT: "any"}});
        let text = write(&value);
        assert_eq!(
            text,
            "a:\n  # one\n  # or two\n  type: string\nb: {} # any\n"
        );
    }
}
