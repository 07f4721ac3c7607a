//! Doc attributes.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use crate::model::Docs;
use crate::names::Ident;

use super::markdown;

/// Longest line that sentences share, in characters.
const SENTENCES: usize = 92;

/// Longest default or example that is shown, in characters.
const SHOWN: usize = 120;

/// Markdown of the emitter's own, line by line, as outer doc attributes.
pub(super) fn outer(text: &str) -> TokenStream {
    let text = markdown::wrap(text);
    let lines = text.lines().map(literal);
    quote!(#(#[doc = #lines])*)
}

/// Markdown of the emitter's own as inner doc attributes.
pub(super) fn inner(text: &str) -> TokenStream {
    let text = markdown::wrap(text);
    let lines = text.lines().map(literal);
    quote!(#(#![doc = #lines])*)
}

/// A line as it stands behind the slashes of a comment.
///
/// What has nothing to be escaped is a literal between its quotes; making one of it sign by sign takes
/// as long as all else that is done to documentation.
fn literal(line: &str) -> Literal {
    let space = if line.is_empty() { "" } else { " " };
    let plain = |byte: u8| matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
    let written = line.bytes().all(plain);
    let written = written.then(|| ["\"", space, line, "\""].concat().parse().ok());
    written
        .flatten()
        .unwrap_or_else(|| Literal::string(&format!("{space}{line}")))
}

/// The document's words, or the emitter's where it has none; then what is known besides.
pub(super) fn text_of(docs: &Docs, fallback: &str) -> String {
    let mut text = markdown::sanitise(&docs.text);
    if text.is_empty() {
        fallback.clone_into(&mut text);
    }
    if let Some(constant) = &docs.constant {
        add(&mut text, &format!("Always {}.", code(constant)));
    }
    if let Some(name) = &docs.schema_name {
        add(&mut text, &format!("Described as {}.", code(name)));
    }
    if let Some(wire) = &docs.renamed_from {
        add(&mut text, &format!("Serialized as {}.", string(wire)));
    }
    if let Some(default) = &docs.default
        && let Some(shown) = short(default)
        && !says_default(&text, &shown)
    {
        add(&mut text, &format!("The server's default is {shown}."));
    }
    text
}

/// The sentences of a text: those of its lines, and those that go on in the next line.
fn sentences(text: &str) -> Vec<String> {
    let paragraphs = text.split("\n\n").map(|it| it.replace('\n', " "));
    let parts = text.lines().map(str::to_owned).chain(paragraphs);
    let sentences = parts.flat_map(|part| {
        let sentences = part.split_inclusive(". ").map(str::to_owned);
        sentences.collect::<Vec<String>>()
    });
    sentences.collect()
}

/// The words of a sentence, however it is marked and written.
fn words_of(sentence: &str) -> impl Iterator<Item = String> {
    let words = sentence.split(|it: char| !it.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Whether a text names the default already, in whatever words: "Defaults to 20."
fn says_default(text: &str, shown: &str) -> bool {
    let value: Vec<String> = words_of(shown).collect();
    let sentences = sentences(text);
    let mut sentences = sentences
        .iter()
        .map(|it| words_of(it).collect::<Vec<String>>());
    !value.is_empty()
        && sentences.any(|words| {
            let is_said = words.windows(value.len()).any(|part| part == value);
            is_said && words.iter().any(|word| word.starts_with("default"))
        })
}

/// Adds a sentence that the text doesn't have yet: behind another one, or below all else.
fn add(text: &mut String, sentence: &str) {
    if text.is_empty() {
        text.push_str(sentence);
        return;
    }
    if sentences(text)
        .iter()
        .any(|it| words_of(it).eq(words_of(sentence)))
    {
        return;
    }
    let is_sentence = !text.contains('\n')
        && text.starts_with(char::is_alphabetic)
        && text.chars().count() + sentence.len() < SENTENCES;
    if is_sentence && text.ends_with(['.', '!', '?']) {
        text.push(' ');
    } else if is_sentence && text.ends_with(char::is_alphanumeric) {
        text.push_str(". ");
    } else {
        text.push_str("\n\n");
    }
    text.push_str(sentence);
}

/// The doc attributes of a thing, and whether it is deprecated.
pub(super) fn of(docs: &Docs, fallback: &str) -> TokenStream {
    let mut doc = outer(&text_of(docs, fallback));
    if docs.deprecated {
        doc.extend(quote!(#[deprecated]));
    }
    doc
}

/// As [`of`], with sentences of the emitter's own behind the document's words.
pub(super) fn with_sentences(docs: &Docs, sentences: &[String]) -> TokenStream {
    let mut text = text_of(docs, "");
    for sentence in sentences {
        add(&mut text, sentence);
    }
    let mut doc = outer(&text);
    if docs.deprecated {
        doc.extend(quote!(#[deprecated]));
    }
    doc
}

/// As [`of`], without words that only say the name again.
pub(super) fn of_named(docs: &Docs, name: &Ident) -> TokenStream {
    if is_name(&docs.text, name) {
        let text = String::new();
        return of(
            &Docs {
                text,
                ..docs.clone()
            },
            "",
        );
    }
    of(docs, "")
}

/// Whether a text is no more than a name in words, as frameworks write it by themselves.
pub(super) fn is_name(text: &str, name: &Ident) -> bool {
    let letters = |text: &str| {
        let letters = text.chars().filter(|character| character.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect::<String>()
    };
    letters(text) == letters(name.as_str())
}

/// The first paragraph of what [`text_of`] gives, on one line, for a list or a table; nothing where
/// it begins with something else, such as code or a list.
///
/// A paragraph is never cut: what is open where it ends would take what follows for its own.
pub(super) fn paragraph(docs: &Docs, fallback: &str) -> String {
    first_paragraph(&text_of(docs, fallback))
}

fn first_paragraph(text: &str) -> String {
    let paragraph = text.split("\n\n").next().unwrap_or_default().trim();
    let word = paragraph.split(' ').next().unwrap_or_default();
    let number = word.trim_end_matches(['.', ')']);
    let is_number = number.len() < word.len() && number.bytes().all(|it| it.is_ascii_digit());
    let is_mark = ["-", "*", "+", ">"].contains(&word) || word.starts_with("```");
    if is_number || is_mark || word.starts_with('|') {
        return String::new();
    }
    let lines: Vec<&str> = paragraph.lines().map(str::trim).collect();
    lines.join(" ")
}

/// A literal of a text that the runtime's tables show between backticks in documentation, so that it
/// has none itself.
pub(super) fn shown(text: &str) -> Literal {
    let literal = Literal::string(text);
    if !text.contains('`') {
        return literal;
    }
    let escaped = literal.to_string().replace('`', "\\u{60}");
    escaped.parse().unwrap_or(literal)
}

/// A value as a code span, unless it is too long to be read.
fn short(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        other => other.to_string(),
    };
    (text.chars().count() <= SHOWN).then(|| code(&text))
}

/// A JSON string as a code span: without its quotes, unless nobody would see where it begins and ends.
pub(super) fn string(text: &str) -> String {
    let is_seen = !text.is_empty() && text.trim() == text;
    if is_seen {
        code(text)
    } else {
        code(&Value::from(text).to_string())
    }
}

/// A JSON value as a code span.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::String(text) => string(text),
        other => code(&other.to_string()),
    }
}

/// Text of unknown origin as a code span on one line (`CommonMark` 0.31, section 6.1: the fence is
/// longer than any run of backticks within).
pub(super) fn code(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            _ if markdown::invisible(character) => plain.extend(character.escape_unicode()),
            _ if character.is_whitespace() => plain.push(' '),
            _ => plain.push(character),
        }
    }
    let longest = plain.split(|it| it != '`').map(str::len).max().unwrap_or(0);
    if longest > 1 {
        // The fence would be that of a block of code, where the span begins a line and goes on in the
        // next one (section 4.5).
        return format!("`{}`", plain.replace('`', "\\u{60}"));
    }
    let fence = "`".repeat(longest + 1);
    if plain.starts_with('`') || plain.ends_with('`') || plain.trim().is_empty() {
        format!("{fence} {plain} {fence}")
    } else {
        format!("{fence}{plain}{fence}")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{code, first_paragraph, shown, text_of};
    use crate::model::Docs;

    #[test]
    fn what_the_document_says_itself_is_not_said_again() {
        let constant = |text: &str| {
            text_of(
                &Docs {
                    constant: Some("response.queued".to_owned()),
                    ..Docs::text(text)
                },
                "",
            )
        };
        let always = "Always `response.queued`.";
        for text in [
            "Always `response.queued`.",
            "The kind. Always 'response.queued'.",
            "The kind.\n\nAlways response.queued",
            "The object's kind. Those of one kind are alike. Always `response.queued`",
        ] {
            assert_eq!(constant(text), text);
        }
        assert_eq!(constant("The kind."), format!("The kind. {always}"));
        assert_eq!(
            constant("Always `response.queued` here."),
            format!("Always `response.queued` here. {always}")
        );

        let default = |text: &str, default: serde_json::Value| {
            text_of(
                &Docs {
                    default: Some(default),
                    ..Docs::text(text)
                },
                "",
            )
        };
        for text in [
            "How many. Defaults to 20.",
            "How many (default: `20`).",
            "By default 20 are listed.",
        ] {
            assert_eq!(default(text, json!(20)), text);
        }
        for text in ["How many. Defaults to 200.", "At most 20.", "The default."] {
            let text = default(text, json!(20));
            assert!(text.ends_with("The server's default is `20`."), "{text}");
        }
    }

    #[test]
    fn a_paragraph_is_whole_or_not_there() {
        assert_eq!(
            first_paragraph("One `two\nthree`.\n\nFour."),
            "One `two three`."
        );
        assert_eq!(first_paragraph("12 monkeys"), "12 monkeys");
        for text in [
            "```text\na\n\nb\n```",
            "- ```text\n  a\n\n  ```",
            " > a",
            "1. a",
            "| a |",
            "",
        ] {
            assert_eq!(first_paragraph(text), "", "{text}");
        }
    }

    #[test]
    fn what_is_shown_between_backticks_has_none() {
        assert_eq!(shown("a\"b").to_string(), r#""a\"b""#);
        assert_eq!(shown("a` \\ <b>").to_string(), r#""a\u{60} \\ <b>""#);
    }

    #[test]
    fn code_spans_hold_anything() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code("a``b"), r"`a\u{60}\u{60}b`");
        assert_eq!(code("a\nb"), "`a b`");
        assert_eq!(code("a\u{202E}b"), r"`a\u{202e}b`");
    }
}
