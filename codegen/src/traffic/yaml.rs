//! JSON values as YAML (1.2.2), which is read by people before it is used.

use serde_json::Value;

/// Writes a value behind a key, or behind the dash of an item, whose column this is.
pub(super) fn value(value: &Value, indent: usize, out: &mut String) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, member) in members {
                line(indent, &format!("{}:", scalar(name)), out);
                nested(member, indent + 2, out);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                line(indent, "-", out);
                nested(item, indent + 2, out);
            }
        }
        other => {
            out.push(' ');
            out.push_str(&flow(other));
            out.push('\n');
        }
    }
}

/// Writes the value of a key that has been written.
pub(super) fn nested(member: &Value, indent: usize, out: &mut String) {
    let is_block = match member {
        Value::Object(members) => !members.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => false,
    };
    if is_block {
        out.push('\n');
    }
    value(member, indent, out);
}

fn line(indent: usize, text: &str, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
    out.push_str(text);
}

/// A value that is neither an object nor an array with something in it.
fn flow(value: &Value) -> String {
    match value {
        Value::String(text) => scalar(text),
        other => other.to_string(),
    }
}

/// A string: plain where every reader takes it for one.
pub(super) fn scalar(text: &str) -> String {
    const WORDS: [&str; 14] = [
        "true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf", "infinity",
        "merge", "value",
    ];
    let starts = text.starts_with(|it: char| it.is_ascii_alphabetic() || it == '/' || it == '$');
    // Brackets and braces are signs of YAML only where an array or an object is written in a line.
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "_-./$[]{}'".contains(it);
    let is_word = WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
    if starts && !is_word && text.chars().all(is_plain) {
        return text.to_owned();
    }
    // A string of JSON is one of YAML, apart from characters that YAML counts as ends of lines.
    let mut quoted = String::new();
    for character in Value::from(text).to_string().chars() {
        match character {
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => {
                quoted.push_str(&escaped(character));
            }
            _ => quoted.push(character),
        }
    }
    quoted
}

/// The escape of a character, in JSON, YAML and `JSONPath`.
pub(super) fn escaped(character: char) -> String {
    format!("\\u{:04x}", u32::from(character))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn blocks_are_indented_and_strings_are_quoted_where_needed() {
        let mut out = String::new();
        let written =
            json!({"a": {"b": [1, {"c": "x y"}], "no": [], "404": "true"}, "d": "\u{85}\""});
        value(&written, 2, &mut out);
        assert_eq!(
            out,
            "  a:\n    b:\n      - 1\n      -\n        c: \"x y\"\n    \"no\": []\n    \"404\": \"true\"\n  \
             d: \"\\u0085\\\"\"\n"
        );
    }
}
