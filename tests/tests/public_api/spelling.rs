//! Syntax as text on one line.

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Item, Signature};

/// Syntax on one line, spaced about as people do.
pub fn spell(syntax: &impl ToTokens) -> String {
    tidy(&plain(syntax.to_token_stream()))
}

/// A function's signature with the whole path in the place of its name.
pub fn spell_signature(signature: &Signature, owner: &str) -> String {
    let name = signature.ident.to_string();
    // Whether an argument can be changed inside is nobody's business outside.
    let text = spell(signature).replace("(mut self", "(self");
    let full = if owner.ends_with(&format!("::{name}")) {
        owner.to_owned()
    } else {
        format!("{owner}::{name}")
    };
    text.replacen(&format!("fn {name}"), &format!("fn {full}"), 1)
}

/// The attributes that matter to users, each followed by a space.
pub fn attributes(attributes: &[Attribute]) -> String {
    let matters = |it: &&Attribute| {
        ["cfg", "deprecated", "must_use", "non_exhaustive"]
            .iter()
            .any(|name| it.path().is_ident(name))
    };
    attributes
        .iter()
        .filter(matters)
        .flat_map(|it| [spell(it), " ".to_owned()])
        .collect()
}

/// The traits that an item derives.
pub fn derives(item: &Item) -> Vec<String> {
    let attributes = match item {
        Item::Enum(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        _ => return Vec::new(),
    };
    let mut traits = Vec::new();
    for attribute in attributes.iter().filter(|it| it.path().is_ident("derive")) {
        let parsed = attribute.parse_nested_meta(|meta| {
            traits.push(spell(&meta.path));
            Ok(())
        });
        parsed.expect("a list of traits");
    }
    traits
}

fn plain(tokens: TokenStream) -> String {
    let mut text = String::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    proc_macro2::Delimiter::Parenthesis => ("(", ")"),
                    proc_macro2::Delimiter::Brace => ("{ ", " }"),
                    proc_macro2::Delimiter::Bracket => ("[", "]"),
                    proc_macro2::Delimiter::None => ("", ""),
                };
                text.push_str(open);
                text.push_str(plain(group.stream()).trim());
                text.push_str(close);
                text.push(' ');
            }
            TokenTree::Punct(punct) => {
                text.push(punct.as_char());
                if punct.spacing() == Spacing::Alone && punct.as_char() != '\'' {
                    text.push(' ');
                }
            }
            other => {
                text.push_str(&other.to_string());
                text.push(' ');
            }
        }
    }
    text
}

/// Takes out the spaces that nobody writes.
fn tidy(text: &str) -> String {
    let mut text = text.trim().to_owned();
    for (from, to) in [
        (" ::", "::"),
        (":: ", "::"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        (" :", ":"),
        ("& ", "&"),
        (" (", "("),
        (" )", ")"),
        ("[ ", "["),
        (" ]", "]"),
        ("# [", "#["),
        (" ;", ";"),
        (" ?", "?"),
        ("? ", "?"),
        ("->", " ->"),
        ("  ", " "),
        (",)", ")"),
        (", )", ")"),
        ("->(", "-> ("),
        (":: ", "::"),
        ("=<", "= <"),
        ("->&", "-> &"),
        ("fn(", "fn ("),
    ] {
        text = text.replace(from, to);
    }
    text.replace(">->", "> ->")
}
