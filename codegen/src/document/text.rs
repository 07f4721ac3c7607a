//! The text of a document: its format, and places in it.

use std::ops::Range;

use serde::de::IgnoredAny;

use crate::source::Source;

/// The two ways to write an OpenAPI description (OpenAPI 3.1, section 4.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Yaml,
}

/// The format of a text.
///
/// It goes by the text, not by the name: a text that starts with `{`, after comments of JSON5, is JSON. The one exception is a flow mapping
/// in a file that calls itself YAML and isn't JSON.
pub(crate) fn format(source: Source<'_>) -> Format {
    let (text, _) = without_mark(source.text);
    if !behind_comments(text).starts_with('{') {
        return Format::Yaml;
    }
    let name = source.name.to_ascii_lowercase();
    let called_yaml = [".yaml", ".yml"].iter().any(|end| name.ends_with(end));
    if called_yaml && serde_json::from_str::<IgnoredAny>(text).is_err() {
        return Format::Yaml;
    }
    Format::Json
}

/// The text behind the blanks and comments of JSON5 that it begins with.
fn behind_comments(text: &str) -> &str {
    let mut rest = text.trim_start();
    loop {
        let end = if rest.starts_with("//") {
            rest.find('\n')
        } else if rest.starts_with("/*") {
            rest.find("*/").map(|end| end + 2)
        } else {
            None
        };
        match end {
            Some(end) => rest = rest[end..].trim_start(),
            None => return rest,
        }
    }
}

/// The text without a byte order mark, and the number of bytes that this took away.
pub(crate) fn without_mark(text: &str) -> (&str, usize) {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => (rest, text.len() - rest.len()),
        None => (text, 0),
    }
}

/// The part of a span that is on the line where it begins, and inside the text.
pub(crate) fn first_line(text: &str, span: Range<usize>) -> Range<usize> {
    let start = floor(text, span.start);
    let end = floor(text, span.end.max(start));
    let line = text[start..end].find(['\n', '\r']);
    start..line.map_or(end, |length| start + length)
}

/// The nearest character boundary at or before an index.
pub(crate) fn floor(text: &str, index: usize) -> usize {
    let mut index = index.min(text.len());
    while !text.is_char_boundary(index) {
        index -= 1;
    }
    index
}

/// The bytes of the character at a line and column, both counted from 1.
///
/// Columns count characters (YAML) or bytes (JSON) according to `format`. A place behind the end of a line
/// or of the text becomes the last character before it, so that there is always something to mark.
pub(crate) fn at(text: &str, line: usize, column: usize, format: Format) -> Range<usize> {
    let mut start = 0;
    for _ in 1..line {
        match text[start..].find('\n') {
            Some(length) => start += length + 1,
            None => break,
        }
    }
    let length = text[start..].find('\n').unwrap_or(text.len() - start);
    let body = text[start..start + length].trim_end_matches('\r');
    let offset = match format {
        Format::Json => floor(body, column.saturating_sub(1)),
        Format::Yaml => {
            let mut indices = body.char_indices().map(|(index, _)| index);
            indices.nth(column.saturating_sub(1)).unwrap_or(body.len())
        }
    };
    let from = start + offset;
    match text[from..start + body.len()].chars().next() {
        Some(character) => from..from + character.len_utf8(),
        None => last_visible(text, from),
    }
}

/// The last character that isn't white space at or before an index; empty in a text that has none.
fn last_visible(text: &str, index: usize) -> Range<usize> {
    let end = text[..index].trim_end().len();
    let character = text[..end].chars().next_back();
    character.map_or(index..index, |character| end - character.len_utf8()..end)
}

/// Byte offsets of character indices, for parsers that count characters.
pub(crate) struct CharOffsets<'a> {
    text: &'a str,
    /// The byte offset of each [`Self::STRIDE`]th character; empty where every character is one byte.
    marks: Vec<usize>,
}

impl<'a> CharOffsets<'a> {
    const STRIDE: usize = 128;

    /// Prepares a text for [`Self::byte`].
    pub(crate) fn new(text: &'a str) -> Self {
        let marks = if text.is_ascii() {
            Vec::new()
        } else {
            let indices = text.char_indices().map(|(index, _)| index);
            indices.step_by(Self::STRIDE).collect()
        };
        Self { text, marks }
    }

    /// The byte offset of the character with this index, the length of the text if it has fewer.
    pub(crate) fn byte(&self, index: usize) -> usize {
        if self.marks.is_empty() {
            return index.min(self.text.len());
        }
        let Some(mark) = self.marks.get(index / Self::STRIDE) else {
            return self.text.len();
        };
        let mut rest = self.text[*mark..].char_indices();
        rest.nth(index % Self::STRIDE)
            .map_or(self.text.len(), |(offset, _)| mark + offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source<'a>(name: &'a str, text: &'a str) -> Source<'a> {
        Source { name, text }
    }

    #[test]
    fn the_text_decides_the_format() {
        assert_eq!(format(source("a", " {\"a\": 1}")), Format::Json);
        assert_eq!(format(source("a.yaml", "\u{feff}{\"a\": 1}")), Format::Json);
        assert_eq!(format(source("a.json", "{a: 1}")), Format::Json);
        assert_eq!(format(source("a.yml", "{a: 1}")), Format::Yaml);
        assert_eq!(format(source("a.json", "a: 1")), Format::Yaml);
        assert_eq!(format(source("a", "// a\n/* b */ {a: 1}")), Format::Json);
        assert_eq!(format(source("a", "// a: 1")), Format::Yaml);
    }

    #[test]
    fn offsets_of_characters_are_bytes() {
        let text = "é".repeat(300);
        let offsets = CharOffsets::new(&text);
        assert_eq!(offsets.byte(0), 0);
        assert_eq!(offsets.byte(257), 514);
        assert_eq!(offsets.byte(300), 600);
        assert_eq!(offsets.byte(9000), 600);
        assert_eq!(CharOffsets::new("abc").byte(7), 3);
    }

    #[test]
    fn a_place_behind_the_end_marks_the_last_character() {
        assert_eq!(at("{\"a\": 1\n\n", 3, 1, Format::Json), 6..7);
        assert_eq!(at("a: é}", 1, 5, Format::Yaml), 5..6);
        assert_eq!(at("a: é", 1, 4, Format::Json), 3..5);
        assert_eq!(at("", 1, 1, Format::Yaml), 0..0);
        assert_eq!(at("a\n", 99, 99, Format::Yaml), 0..1);
    }
}
