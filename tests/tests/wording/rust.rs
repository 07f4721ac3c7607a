//! Documentation and messages in Rust sources.

use crate::Text;

/// The documentation in a source: each block of doc comments as a text.
pub fn documentation(path: &str, source: &str) -> Vec<Text> {
    let mut texts: Vec<Text> = Vec::new();
    let mut is_open = false;
    for (index, line) in source.lines().enumerate() {
        let line = line.trim_start();
        let Some(doc) = line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"))
        else {
            is_open = false;
            continue;
        };
        match texts.last_mut().filter(|_| is_open) {
            Some(block) => {
                block.text.push('\n');
                block.text.push_str(doc);
            }
            None => texts.push(Text {
                path: path.to_owned(),
                line: index + 1,
                text: doc.to_owned(),
            }),
        }
        is_open = true;
    }
    texts
}

/// The messages in a source: its string literals of several words, but for those of attributes and of the
/// tests at its end.
pub fn messages(path: &str, source: &str) -> Vec<Text> {
    let code = source.find("#[cfg(test)]\nmod tests {");
    let code = &source[..code.unwrap_or(source.len())];
    let mut texts = Vec::new();
    let mut at = 0;
    while let Some(first) = code[at..].chars().next() {
        let rest = &code[at..];
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if let Some(length) = raw_string(rest) {
            texts.push(text(path, code, at, &rest[..length]));
            at += length;
        } else if first == '"' {
            let length = string(rest);
            let is_reason = code[..at].trim_end().ends_with("reason =");
            if !is_reason {
                texts.push(text(path, code, at, &rest[1..length - 1]));
            }
            at += length;
        } else if first == '\'' {
            at += character(rest);
        } else {
            at += first.len_utf8();
        }
    }
    texts.retain(|it| is_prose(&it.text));
    texts
}

fn text(path: &str, code: &str, at: usize, literal: &str) -> Text {
    // Escapes of line breaks are not the start of a word.
    let mut text = literal.replace("\\n", "  ").replace("\\\n", "\n");
    // Neither are names of variables words.
    let mut from = 0;
    while let Some(start) = text[from..].find('{').map(|it| from + it) {
        let inner = text[start + 1..].find(|it: char| !(it.is_alphanumeric() || it == '_'));
        let end = start + 1 + inner.unwrap_or(0);
        if text[end..].starts_with(['}', ':']) {
            text.replace_range(start + 1..end, "");
        }
        from = start + 1;
    }
    Text {
        path: path.to_owned(),
        line: code[..at].matches('\n').count() + 1,
        text,
    }
}

/// The length of a raw string at the start of a source, if there is one.
fn raw_string(rest: &str) -> Option<usize> {
    let hashes = rest.strip_prefix('r')?;
    let marks = hashes.len() - hashes.trim_start_matches('#').len();
    let inner = hashes[marks..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(marks));
    let length = inner.find(&end)?;
    Some(1 + marks + 1 + length + end.len())
}

/// The length of a string at the start of a source.
fn string(rest: &str) -> usize {
    let mut is_escaped = false;
    for (index, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return index + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The length of a character or a lifetime at the start of a source.
fn character(rest: &str) -> usize {
    let mut signs = rest.char_indices().skip(1);
    match (signs.next(), signs.next()) {
        (Some((_, '\\')), Some((at, sign))) => {
            let behind = at + sign.len_utf8();
            behind + rest[behind..].find('\'').map_or(0, |end| end + 1)
        }
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

/// Whether a text has two words next to each other.
fn is_prose(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let is_word = |word: &str| {
        let letters = word.trim_end_matches([',', '.', ':', ';', '\'', '`']);
        letters.len() > 1 && letters.chars().all(|it| it.is_alphabetic() || it == '\'')
    };
    let mut is_after_word = false;
    words.any(|word| std::mem::replace(&mut is_after_word, is_word(word)) && is_word(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_the_prose_of_a_source() {
        let source = "// \"no message here\"\n#[expect(lint, reason = \"not for users\")]\nfn f() -> &'static str {\n    \
                      let (a, b) = ('\"', '\\'');\n    f(\"key\", r#\"one plain word of \"it\"\"#);\n    \"one \\\n     message\"\n}\n\
                      #[cfg(test)]\nmod tests {\n    \"for the tests\"\n}\n";
        let found = messages("a.rs", source);
        let found: Vec<(usize, &str)> = found.iter().map(|it| (it.line, &*it.text)).collect();
        assert_eq!(
            found,
            [
                (5, "r#\"one plain word of \"it\"\"#"),
                (6, "one \n     message")
            ]
        );
    }

    #[test]
    fn blocks_of_documentation_are_texts() {
        let found = documentation("a.rs", "//! A\n//! b\n\n/// C\nfn f() {}\n    /// D\n");
        let found: Vec<(usize, &str)> = found.iter().map(|it| (it.line, &*it.text)).collect();
        assert_eq!(found, [(1, " A\n b"), (4, " C"), (6, " D")]);
    }
}
