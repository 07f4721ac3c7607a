//! Tokens on one line, with the blanks that a person would put between them.

use std::fmt::Write as _;

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

/// Words behind which a path may begin.
const BEFORE_PATHS: [&str; 5] = ["as", "for", "impl", "mut", "pub"];

/// Tokens of a type, a declaration or a simple expression on one line.
pub(crate) fn line(tokens: &[TokenTree]) -> String {
    let mut text = String::new();
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| &tokens[at]);
        push(&mut text, before, token, tokens.get(at + 1));
    }
    text.truncate(text.trim_end().len());
    text
}

/// The same for a stream of tokens.
pub(crate) fn text(tokens: TokenStream) -> String {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    line(&tokens)
}

fn push(
    text: &mut String,
    before: Option<&TokenTree>,
    token: &TokenTree,
    next: Option<&TokenTree>,
) {
    match token {
        TokenTree::Group(group) => push_group(text, group),
        TokenTree::Punct(sign) => {
            let follows = |sign: char| matches!(before, Some(TokenTree::Punct(it)) if it.as_char() == sign && it.spacing() == Spacing::Joint);
            let precedes =
                |sign: char| matches!(next, Some(TokenTree::Punct(it)) if it.as_char() == sign);
            match sign.as_char() {
                ',' => text.push_str(", "),
                '=' => text.push_str(" = "),
                '-' if precedes('>') => text.push_str(" -"),
                '>' if follows('-') => text.push_str("> "),
                ':' if follows(':') => text.push(':'),
                ':' if precedes(':') && sign.spacing() == Spacing::Joint => {
                    let is_word = |it: &TokenTree| matches!(it, TokenTree::Ident(it) if BEFORE_PATHS.iter().any(|word| it == word));
                    if before.is_some_and(is_word) {
                        text.push(' ');
                    }
                    text.push(':');
                }
                ':' => text.push_str(": "),
                '&' | '\'' if ends_in_word(text) => {
                    text.push(' ');
                    text.push(sign.as_char());
                }
                other => text.push(other),
            }
        }
        other => {
            if ends_in_word(text) || text.ends_with("pub(crate)") {
                text.push(' ');
            }
            // Writing to a String can't fail.
            let _ = write!(text, "{other}");
        }
    }
}

fn push_group(text: &mut String, group: &Group) {
    let inner = self::text(group.stream());
    let (open, close) = match group.delimiter() {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Bracket if ends_in_word(text) => (" [", "]"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::Brace if inner.is_empty() => (" {", "}"),
        Delimiter::Brace => (" { ", " }"),
        Delimiter::None => ("", ""),
    };
    text.extend([open, &inner, close]);
}

fn ends_in_word(text: &str) -> bool {
    text.ends_with(|last: char| last.is_alphanumeric() || last == '_' || last == '"')
}
