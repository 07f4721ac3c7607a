//! Texts of unknown origin in a TOML file.

use std::fmt::Write as _;

/// A text as a TOML string on one line (TOML 1.0, "String", basic strings). What can't be seen, or
/// could fool a reader, is escaped.
pub(super) fn string(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('"');
    for character in text.chars() {
        match character {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\n' => written.push_str("\\n"),
            '\t' => written.push_str("\\t"),
            '\r' => written.push_str("\\r"),
            ' ' => written.push(' '),
            _ if is_seen(character) => written.push(character),
            _ => {
                // Writing to a string can't fail.
                let _ = write!(written, "\\U{:08X}", u32::from(character));
            }
        }
    }
    written.push('"');
    written
}

/// Whether a character stands for itself on paper.
fn is_seen(character: char) -> bool {
    let escaped = character.escape_debug();
    escaped.len() == 1 || matches!(character, '\'')
}

/// A key (TOML 1.0, "Keys"): bare where it can be.
pub(super) fn key(text: &str) -> String {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if !text.is_empty() && text.bytes().all(is_bare) {
        text.to_owned()
    } else {
        string(text)
    }
}

/// Texts as a TOML array on one line.
pub(super) fn strings<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let texts: Vec<String> = texts.into_iter().map(string).collect();
    format!("[{}]", texts.join(", "))
}

/// A text as a comment can show it: on one line, short, and without what could fool a reader.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 70;
    let mut shown = String::new();
    for (count, character) in text.trim().chars().enumerate() {
        match character {
            _ if count == LONGEST => {
                shown.push('…');
                break;
            }
            '\n' | '\t' | '\r' => shown.push(' '),
            ' ' | '"' | '\'' | '\\' => shown.push(character),
            _ => shown.extend(character.escape_debug()),
        }
    }
    shown
}

/// Lines with comments behind them, which begin in one column where that isn't too far.
pub(super) fn aligned(lines: &[(String, String)]) -> String {
    const FARTHEST: usize = 56;
    let width = |line: &str| line.chars().count();
    let near = lines.iter().filter(|(_, comment)| !comment.is_empty());
    let near = near
        .map(|(line, _)| width(line))
        .filter(|it| *it <= FARTHEST);
    let column = near.max().unwrap_or_default();
    let mut text = String::new();
    for (line, comment) in lines {
        text.push_str(line);
        if !comment.is_empty() {
            let blank = column.saturating_sub(width(line));
            // Writing to a string can't fail.
            let _ = write!(text, "{}  # {comment}", " ".repeat(blank));
        }
        text.push('\n');
    }
    text
}

/// A number and the word for it: `1 operation`, `2 operations`.
pub(super) fn count(number: usize, word: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {word}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_survives_as_value_and_as_key() {
        for text in [
            "plain",
            "",
            " a b ",
            "'\"\\",
            "a\nb\tc\r",
            "\u{0}\u{7f}\u{9b}",
            "\u{202e}\u{200b}\u{feff}",
            "é𝄞e\u{301}",
            "a.b",
            "{}[]#=",
        ] {
            let written = format!("{} = {}", key(text), string(text));
            assert!(!written.contains(|it: char| it.is_control() || it == '\u{202e}'));
            let table: toml::Table = written.parse().expect(&written);
            assert_eq!(table.keys().next().map(String::as_str), Some(text));
            assert_eq!(table[text].as_str(), Some(text));
        }
    }

    #[test]
    fn a_comment_stays_one() {
        assert_eq!(
            shown("a\nkey = 1\r\u{7}\u{202e}"),
            "a key = 1 \\u{7}\\u{202e}"
        );
        assert_eq!(shown(&"x".repeat(99)).chars().count(), 71);
    }

    #[test]
    fn comments_begin_in_one_column() {
        let far = "x".repeat(80);
        let line = |line: &str, comment: &str| (line.to_owned(), comment.to_owned());
        let lines = [
            line("a", "one"),
            line("abc", "two"),
            line("b", ""),
            line(&far, "far"),
        ];
        assert_eq!(
            aligned(&lines),
            format!("a    # one\nabc  # two\nb\n{far}  # far\n")
        );
    }
}
