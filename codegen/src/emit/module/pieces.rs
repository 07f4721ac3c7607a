//! Rust text in pieces: code, comments and literals (The Rust Reference, "Lexical structure").

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Tokens but literals of text, and the space between them.
    Code,
    /// A comment, those that are documentation among them.
    Comment,
    /// A literal of a string, bytes or a character.
    Literal,
}

/// The pieces of a text, in order: together they are the text.
pub(super) fn pieces(text: &str) -> Vec<(Kind, &str)> {
    let mut pieces = Vec::new();
    let (mut rest, mut code) = (text, 0);
    while code < rest.len() {
        if let Some((kind, length)) = piece(&rest[code..], &rest[..code]) {
            let (before, behind) = rest.split_at(code);
            if !before.is_empty() {
                pieces.push((Kind::Code, before));
            }
            let (piece, behind) = behind.split_at(length);
            pieces.push((kind, piece));
            (rest, code) = (behind, 0);
        } else {
            code += rest[code..].chars().next().map_or(1, char::len_utf8);
        }
    }
    if !rest.is_empty() {
        pieces.push((Kind::Code, rest));
    }
    pieces
}

/// The comment or the literal that a text begins with, and its length. `before` is the code before it.
fn piece(text: &str, before: &str) -> Option<(Kind, usize)> {
    if text.starts_with("//") {
        let length = text.find('\n').unwrap_or(text.len());
        return Some((Kind::Comment, length));
    }
    if text.starts_with("/*") {
        return Some((Kind::Comment, block_comment(text)));
    }
    let length = match text.as_bytes()[0] {
        b'"' => quoted(text, '"')?,
        b'\'' => character(text)?,
        b'r' if !before.ends_with(is_part_of_name) || is_raw_prefix(before) => raw(text)?,
        _ => return None,
    };
    Some((Kind::Literal, length))
}

fn is_part_of_name(it: char) -> bool {
    it.is_alphanumeric() || it == '_'
}

/// Whether code ends with the `b` or `c` of a raw literal, which is its beginning and no part of a longer name.
fn is_raw_prefix(before: &str) -> bool {
    let before = before.strip_suffix(['b', 'c']);
    before.is_some_and(|it| !it.ends_with(is_part_of_name))
}

/// The length of a comment, with those within it.
fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < text.len() {
        if text[at..].starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if text[at..].starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// The length of a literal that begins and ends with `quote`.
fn quoted(text: &str, quote: char) -> Option<usize> {
    let mut characters = text.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        if character == '\\' {
            characters.next();
        } else if character == quote {
            return Some(at + 1);
        }
    }
    None
}

/// The length of a literal of a character; a lifetime is none.
fn character(text: &str) -> Option<usize> {
    let mut characters = text.char_indices().skip(1);
    let (_, first) = characters.next()?;
    let (at, second) = characters.next()?;
    match (first, second) {
        ('\\', _) => quoted(text, '\''),
        (_, '\'') => Some(at + 1),
        _ => None,
    }
}

/// The length of a raw string; a raw name is none.
fn raw(text: &str) -> Option<usize> {
    let hashes = text[1..].bytes().take_while(|&it| it == b'#').count();
    let body = text[1 + hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = body.find(&end)?;
    Some(1 + hashes + 1 + length + end.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_told_from_code() {
        let text = "a(\"x\\\"//\", r#\"\"y\"#, br\"z\\\", 'q', '\\'', b'\\\\', r#type, &'a str) /* /* */ \" */ // end\n'é'";
        let found = pieces(text);
        let all: String = found.iter().map(|(_, text)| *text).collect();
        assert_eq!(all, text);
        let of = |kind| -> Vec<&str> {
            let of_this = found.iter().filter(|(it, _)| *it == kind);
            of_this.map(|(_, text)| *text).collect()
        };
        assert_eq!(
            of(Kind::Literal),
            [
                "\"x\\\"//\"",
                "r#\"\"y\"#",
                "r\"z\\\"",
                "'q'",
                "'\\''",
                "'\\\\'",
                "'é'"
            ]
        );
        assert_eq!(of(Kind::Comment), ["/* /* */ \" */", "// end"]);
    }
}
