//! What of emitted Rust no text may change: its tokens without its literals and documentation.

use std::collections::BTreeSet;
use std::str::FromStr as _;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use crate::judge::is_hidden;
use crate::kitchen::MARK;

/// A token that isn't a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    Word(String),
    Sign(char),
    Number(String),
}

/// A file of Rust, taken apart.
#[derive(Debug, Default)]
pub struct Skeleton {
    pub tokens: Vec<Token>,
    /// The paths of its attributes.
    pub attributes: BTreeSet<String>,
    /// The paths of the macros that it calls.
    pub macros: BTreeSet<String>,
    /// What its imports begin with.
    pub imports: BTreeSet<String>,
    /// The modules that have files of their own.
    pub modules: Vec<String>,
    /// Its documentation, a text for each thing that has one.
    pub docs: Vec<String>,
}

/// What leads to a name without being a part of it: where a type of the API has the name of
/// another, paths are written out.
const LEADING: [&str; 14] = [
    "Self",
    "boxed",
    "collections",
    "convert",
    "crate",
    "iter",
    "option",
    "prelude",
    "rust_2024",
    "std",
    "string",
    "super",
    "types",
    "vec",
];

impl Skeleton {
    /// Takes a file apart.
    ///
    /// # Errors
    ///
    /// What is wrong with a text that is no Rust.
    pub fn of(text: &str) -> Result<Self, String> {
        syn::parse_file(text).map_err(|error| format!("no Rust: {error}"))?;
        let tokens = TokenStream::from_str(text).map_err(|error| format!("no tokens: {error}"))?;
        let mut skeleton = Self::default();
        skeleton.walk(tokens);
        Ok(skeleton)
    }

    fn walk(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut doc: Option<String> = None;
        let mut last = 0;
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let rest = &tokens[at..];
            if let Some((length, attribute)) = attribute(rest) {
                // What a module says of itself stands before what the first thing in it says.
                if length != last {
                    self.docs.extend(doc.take());
                    last = length;
                }
                match documentation(&attribute) {
                    Some(line) => {
                        let doc = doc.get_or_insert_default();
                        doc.push_str(line.strip_prefix(' ').unwrap_or(&line));
                        doc.push('\n');
                    }
                    None => self.attribute(attribute),
                }
                at += length;
                continue;
            }
            self.docs.extend(doc.take());
            if let Some(length) = self.import(rest) {
                at += length;
                continue;
            }
            self.module(rest);
            at += self.token(token, rest, at.checked_sub(1).map(|it| &tokens[it]));
        }
        self.docs.extend(doc);
    }

    /// Takes a token that is no attribute, and tells how many it was.
    fn token(
        &mut self,
        token: &TokenTree,
        rest: &[TokenTree],
        before: Option<&TokenTree>,
    ) -> usize {
        match token {
            TokenTree::Ident(ident) => {
                if let Some((name, length, group)) = call(rest) {
                    self.macros.insert(name.clone());
                    self.tokens.push(Token::Word(format!("{name}!")));
                    self.walk(group);
                    return length;
                }
                let ident = ident.to_string();
                if is_step(&rest[1..]) && LEADING.contains(&ident.as_str()) {
                    return 3;
                }
                self.tokens.push(Token::Word(ident));
            }
            TokenTree::Punct(punct) => match punct.as_char() {
                // It depends on the lengths of names whether there is one at the end.
                ',' => {}
                ':' if is_step(rest) => return 2,
                '=' if is_text(rest.get(1)) => {}
                sign => self.tokens.push(Token::Sign(sign)),
            },
            TokenTree::Literal(literal) => {
                let literal = literal.to_string();
                if !literal.starts_with(['"', 'r', 'b', 'c', '\'']) {
                    self.tokens.push(Token::Number(literal));
                } else if matches!(before, Some(TokenTree::Ident(it)) if it == "as") {
                    self.tokens.pop();
                }
            }
            TokenTree::Group(group) => {
                let signs = match group.delimiter() {
                    Delimiter::Parenthesis => Some(('(', ')')),
                    Delimiter::Bracket => Some(('[', ']')),
                    // The printer adds braces where a name is long.
                    Delimiter::Brace | Delimiter::None => None,
                };
                self.tokens.extend(signs.map(|it| Token::Sign(it.0)));
                self.walk(group.stream());
                self.tokens.extend(signs.map(|it| Token::Sign(it.1)));
            }
        }
        1
    }

    fn attribute(&mut self, tokens: TokenStream) {
        let mut path = String::new();
        for token in tokens.clone() {
            match token {
                TokenTree::Ident(ident) => path.push_str(&ident.to_string()),
                TokenTree::Punct(punct) if punct.as_char() == ':' => path.push(':'),
                _ => break,
            }
        }
        self.tokens.push(Token::Sign('#'));
        self.walk(tokens);
        self.attributes.insert(path);
    }

    /// An import, which is sorted and put together by names, and needed or not by types.
    fn import(&mut self, rest: &[TokenTree]) -> Option<usize> {
        let [TokenTree::Ident(first), TokenTree::Ident(root), ..] = rest else {
            return None;
        };
        if first != "use" {
            return None;
        }
        self.imports.insert(root.to_string());
        let end = rest.iter().position(|it| is_sign(Some(it), ';'));
        end.map(|end| end + 1)
    }

    fn module(&mut self, rest: &[TokenTree]) {
        if let [TokenTree::Ident(word), TokenTree::Ident(name), end, ..] = rest
            && word == "mod"
            && is_sign(Some(end), ';')
        {
            self.modules.push(name.to_string());
        }
    }

    /// Whether another file is the same but for what it calls things.
    ///
    /// # Errors
    ///
    /// Where they differ.
    pub fn compare(&self, other: &Self) -> Result<(), String> {
        for (at, (own, its)) in self.tokens.iter().zip(&other.tokens).enumerate() {
            if !is_same(own, its) {
                let around = |tokens: &[Token]| {
                    let around = &tokens[at.saturating_sub(6)..tokens.len().min(at + 6)];
                    around.iter().map(shown).collect::<Vec<_>>().join(" ")
                };
                let (own, its) = (around(&self.tokens), around(&other.tokens));
                return Err(format!("the code is other code:\n  {own}\n  {its}"));
            }
        }
        let (own, its) = (self.tokens.len(), other.tokens.len());
        if own == its {
            Ok(())
        } else {
            Err(format!("the code has {its} tokens instead of {own}"))
        }
    }
}

fn shown(token: &Token) -> String {
    match token {
        Token::Word(text) | Token::Number(text) => text.clone(),
        Token::Sign(sign) => sign.to_string(),
    }
}

/// Whether a name is one of the harmless description.
pub fn is_free(word: &str) -> bool {
    word.to_lowercase().contains(MARK)
}

/// The kinds of values that variants are called by.
const KINDS: [&str; 3] = ["Boolean", "Integer", "Text"];

fn is_same(own: &Token, its: &Token) -> bool {
    match (own, its) {
        // Of a name that is too long the end is cut, which may be the kind of a value.
        (Token::Word(own), Token::Word(its)) if is_free(own) || KINDS.contains(&own.as_str()) => {
            let is_name = syn::parse_str::<syn::Ident>(its).is_ok();
            is_name && !its.chars().any(is_unseen)
        }
        _ => own == its,
    }
}

/// Whether a letter has no width, so that a name with it looks like another one.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{34f}' | '\u{115f}'..='\u{1160}' | '\u{180b}'..='\u{180f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}')
        || is_hidden(letter)
}

fn is_sign(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

/// Whether tokens begin with `::`.
fn is_step(tokens: &[TokenTree]) -> bool {
    let joint =
        matches!(tokens.first(), Some(TokenTree::Punct(it)) if it.spacing() == Spacing::Joint);
    joint && is_sign(tokens.first(), ':') && is_sign(tokens.get(1), ':')
}

fn is_text(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Literal(literal)) if literal.to_string().starts_with('"'))
}

/// An attribute, and how many tokens it takes.
fn attribute(rest: &[TokenTree]) -> Option<(usize, TokenStream)> {
    if !is_sign(rest.first(), '#') {
        return None;
    }
    let at = if is_sign(rest.get(1), '!') { 2 } else { 1 };
    match rest.get(at) {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket => {
            Some((at + 1, group.stream()))
        }
        _ => None,
    }
}

/// The line of an attribute that is documentation.
fn documentation(attribute: &TokenStream) -> Option<String> {
    let tokens: Vec<TokenTree> = attribute.clone().into_iter().collect();
    match tokens.as_slice() {
        [
            TokenTree::Ident(doc),
            TokenTree::Punct(_),
            TokenTree::Literal(text),
        ] if doc == "doc" => {
            let text = syn::parse_str::<syn::LitStr>(&text.to_string());
            Some(text.ok()?.value())
        }
        _ => None,
    }
}

/// The call of a macro: its path, how many tokens it takes, and what it is given.
fn call(rest: &[TokenTree]) -> Option<(String, usize, TokenStream)> {
    let mut name = String::new();
    let mut at = 0;
    loop {
        let TokenTree::Ident(ident) = rest.get(at)? else {
            return None;
        };
        name.push_str(&ident.to_string());
        at += 1;
        if is_step(&rest[at..]) {
            name.push_str("::");
            at += 2;
            continue;
        }
        if !is_sign(rest.get(at), '!') {
            return None;
        }
        let TokenTree::Group(group) = rest.get(at + 1)? else {
            return None;
        };
        return Some((name, at + 2, group.stream()));
    }
}
