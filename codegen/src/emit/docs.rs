//! Doc attributes.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use crate::model::Docs;

use super::markdown;

/// Longest default or example that is shown, in characters.
const SHOWN: usize = 120;

/// Markdown of the emitter's own, line by line, as outer doc attributes.
pub(super) fn outer(text: &str) -> TokenStream {
    let text = markdown::wrap(text);
    let lines = text.lines().map(spaced);
    quote!(#(#[doc = #lines])*)
}

/// Markdown of the emitter's own as inner doc attributes.
pub(super) fn inner(text: &str) -> TokenStream {
    let text = markdown::wrap(text);
    let lines = text.lines().map(spaced);
    quote!(#(#![doc = #lines])*)
}

fn spaced(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!(" {line}")
    }
}

/// The document's words, or the emitter's where it has none; then what is known besides.
pub(super) fn text_of(docs: &Docs, fallback: &str) -> String {
    let mut text = markdown::sanitise(&docs.text);
    if text.is_empty() {
        fallback.clone_into(&mut text);
    }
    if let Some(constant) = &docs.constant {
        // A sentence more, if it is sentences.
        let plain = text.ends_with(['.', '!', '?']) && !text.contains('\n');
        text.push_str(match text.as_str() {
            "" => "",
            _ if plain => " ",
            _ => "\n\n",
        });
        let _ = write!(text, "Always {}.", code(constant));
    }
    if let Some(wire) = &docs.renamed_from {
        let _ = write!(text, "\n\nCalled {} on the wire.", code(wire));
    }
    if let Some(default) = &docs.default
        && let Some(shown) = short(default)
    {
        let _ = write!(text, "\n\nThe server's default is {shown}.");
    }
    text
}

/// The doc attributes of a thing, and whether it is deprecated.
pub(super) fn of(docs: &Docs, fallback: &str) -> TokenStream {
    let doc = outer(&text_of(docs, fallback));
    let deprecated = docs.deprecated.then(|| quote!(#[deprecated]));
    quote!(#doc #deprecated)
}

/// A value as a code span, unless it is too long to be read.
fn short(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        other => other.to_string(),
    };
    (text.chars().count() <= SHOWN).then(|| code(&text))
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
    let fence = "`".repeat(longest + 1);
    if plain.starts_with('`') || plain.ends_with('`') || plain.trim().is_empty() {
        format!("{fence} {plain} {fence}")
    } else {
        format!("{fence}{plain}{fence}")
    }
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn code_spans_hold_anything() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code("a\nb"), "`a b`");
        assert_eq!(code("a\u{202E}b"), r"`a\u{202e}b`");
    }
}
