//! The layout of tables, which are macro calls that the printer would fill lines with: an entry a
//! line.

use std::fmt::Write as _;
use std::vec::IntoIter;

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

use super::{WIDTH, within, words};

/// Modules of the runtime that have tables.
pub(super) const MODULES: [&str; 2] = ["tables", "union"];

/// One step of indentation.
const INDENT: &str = "    ";

/// The text of a call of one of the runtime's tables, `module::name! { tokens }`.
pub(super) fn text(module: &Ident, name: &Ident, tokens: TokenStream) -> String {
    let mut text = format!("{module}::{name}! {{\n");
    parts(tokens, &mut text);
    text.push_str("}\n");
    text
}

/// What a table consists of: a declaration, and lists of arguments.
fn parts(tokens: TokenStream, text: &mut String) {
    let mut head: Vec<TokenTree> = Vec::new();
    let mut tokens = tokens.into_iter().collect::<Vec<_>>().into_iter();
    attributes(&mut tokens, INDENT, text);
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                text.extend([INDENT, &line(head.drain(..)), " {"]);
                entries(group, text);
                text.push_str("}\n");
            }
            TokenTree::Group(group) if matches!(&head[..], [TokenTree::Ident(_)]) => {
                arguments(&line(head.drain(..)), group, text);
            }
            TokenTree::Punct(end) if end.as_char() == ';' => {
                text.extend([INDENT, &line(head.drain(..)), ";\n"]);
            }
            token => head.push(token),
        }
    }
}

/// The entries of a declaration, with their docs.
fn entries(group: Group, text: &mut String) {
    let entries = within(group);
    if entries.is_empty() {
        return;
    }
    text.push('\n');
    let indent = INDENT.repeat(2);
    for entry in split(entries) {
        let mut entry = entry.into_iter();
        attributes(&mut entry, &indent, text);
        // What stands for all the rest comes last, and without a comma.
        let rest = matches!(entry.as_slice(), [TokenTree::Punct(dot), ..] if dot.as_char() == '.');
        text.push_str(&indent);
        push_line(entry, text);
        text.push_str(if rest { "\n" } else { ",\n" });
    }
    text.push_str(INDENT);
}

/// A list of arguments: on one line, or on as many as it takes.
fn arguments(name: &str, group: Group, text: &mut String) {
    let (list, before, after) = match fields_of(&group) {
        Some((parts, fields)) => (fields, format!("{parts} {{"), "}"),
        None => (within(group), String::new(), ""),
    };
    let list: Vec<String> = split(list).into_iter().map(line).collect();
    let space = if after.is_empty() { "" } else { " " };
    let inner = list.join(", ");
    let whole = format!("{INDENT}{name}({before}{space}{inner}{space}{after})\n");
    if whole.chars().count() <= WIDTH + 1 {
        text.push_str(&whole);
        return;
    }
    text.extend([INDENT, name, "(", &before]);
    let mut column = WIDTH;
    for (index, argument) in list.iter().enumerate() {
        let comma = if index + 1 == list.len() { "" } else { "," };
        let length = argument.chars().count() + 1;
        if column + 1 + length > WIDTH {
            text.extend(["\n", INDENT, INDENT]);
            column = 2 * INDENT.len();
        } else {
            text.push(' ');
            column += 1;
        }
        text.extend([argument, comma]);
        column += length;
    }
    text.extend(["\n", INDENT, after, ")\n"]);
}

/// The name and the fields of a struct that is the one argument.
fn fields_of(group: &Group) -> Option<(String, TokenStream)> {
    let mut tokens = group.stream().into_iter();
    match (tokens.next(), tokens.next(), tokens.next()) {
        (Some(TokenTree::Ident(name)), Some(TokenTree::Group(fields)), None)
            if fields.delimiter() == Delimiter::Brace =>
        {
            Some((name.to_string(), within(fields)))
        }
        _ => None,
    }
}

/// Writes the attributes that tokens begin with; the others are left.
fn attributes(tokens: &mut IntoIter<TokenTree>, indent: &str, text: &mut String) {
    let begins = |tokens: &[TokenTree]| matches!(tokens, [TokenTree::Punct(hash), TokenTree::Group(_), ..] if hash.as_char() == '#');
    while begins(tokens.as_slice())
        && let Some(TokenTree::Group(attribute)) = tokens.nth(1)
    {
        let inner: Vec<TokenTree> = within(attribute).into_iter().collect();
        match doc(&inner) {
            Some(doc) => doc
                .split('\n')
                .for_each(|line| text.extend([indent, "///", line, "\n"])),
            None => text.extend([indent, "#[", &line(inner), "]\n"]),
        }
    }
}

/// The words of an attribute that is documentation.
fn doc(attribute: &[TokenTree]) -> Option<String> {
    match attribute {
        [
            TokenTree::Ident(doc),
            TokenTree::Punct(_),
            TokenTree::Literal(said),
        ] if doc == "doc" => words(said),
        _ => None,
    }
}

/// The entries between commas that separate no arguments of generic types.
fn split(entries: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut split = vec![Vec::new()];
    let mut depth = 0_usize;
    for token in entries {
        if let TokenTree::Punct(punct) = &token {
            match punct.as_char() {
                '<' => depth += 1,
                '>' => depth = depth.saturating_sub(1),
                ',' if depth == 0 => {
                    split.push(Vec::new());
                    continue;
                }
                _ => {}
            }
        }
        if let Some(entry) = split.last_mut() {
            entry.push(token);
        }
    }
    split.retain(|entry| !entry.is_empty());
    split
}

/// Tokens on one line, with the blanks that a person would put between them.
fn line(tokens: impl IntoIterator<Item = TokenTree>) -> String {
    let mut text = String::new();
    push_line(tokens, &mut text);
    text
}

/// Adds what [`line`] gives to a text.
fn push_line(tokens: impl IntoIterator<Item = TokenTree>, text: &mut String) {
    let start = text.len();
    for token in tokens {
        let so_far = &text[start..];
        let tight = so_far.is_empty() || so_far.ends_with([':', '.', '<', '&', '-', '(', ' ']);
        match token {
            TokenTree::Group(group) => push_group(group, text),
            TokenTree::Punct(punct) => {
                let sign = punct.as_char();
                let is_path =
                    so_far.ends_with(':') || punct.spacing() == proc_macro2::Spacing::Joint;
                if matches!(sign, '=' | '|' | '-') && !tight {
                    text.push(' ');
                }
                text.push(sign);
                if matches!(sign, '=' | '|' | ',') || (sign == ':' && !is_path) {
                    text.push(' ');
                }
            }
            other => {
                if !tight {
                    text.push(' ');
                }
                // Writing to a String can't fail.
                let _ = write!(text, "{other}");
            }
        }
    }
    text.truncate(start + text[start..].trim_end().len());
}

fn push_group(group: Group, text: &mut String) {
    let (before, after) = match group.delimiter() {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::Brace => ("{ ", " }"),
        Delimiter::None => ("", ""),
    };
    text.push_str(before);
    push_line(within(group), text);
    text.push_str(after);
}

#[cfg(test)]
mod tests {
    use quote::quote;

    fn text(tokens: proc_macro2::TokenStream) -> String {
        let file = crate::print::file(tokens).expect("a table");
        file.strip_prefix(crate::print::MARK)
            .expect("a file")
            .to_owned()
    }

    #[test]
    fn a_field_is_a_line() {
        let table = quote!(tables::object! {
            #[doc = " A thing."]
            #[deprecated]
            pub struct A {
                pub id: String,
                #[doc = " Its kind,"]
                #[doc = " in a word."]
                pub type_: ::std::option::Option<BTreeMap<String, Vec<super::Kind>>> = required "ty\"pe",
                ..rest: BTreeMap<String, serde_json::Value>
            }
            new(id: impl Into<String>, many: impl IntoIterator<Item = impl Into<String>>)
            set(none: u64)
        });
        insta::assert_snapshot!(text(table), @r#"
        tables::object! {
            /// A thing.
            #[deprecated]
            pub struct A {
                pub id: String,
                /// Its kind,
                /// in a word.
                pub type_: ::std::option::Option<BTreeMap<String, Vec<super::Kind>>> = required "ty\"pe",
                ..rest: BTreeMap<String, serde_json::Value>
            }
            new(id: impl Into<String>, many: impl IntoIterator<Item = impl Into<String>>)
            set(none: u64)
        }
        "#);
    }

    #[test]
    fn many_arguments_fill_lines() {
        let table = quote!(tables::object! {
            pub struct A {}
            new(AParts { first_of_all: String, second_of_all: String, third_of_all: Option<Vec<String>>, last: u64 })
            set(first_of_all: impl Into<String>, second_of_all: impl Into<String>, last: Option<u64>)
        });
        insta::assert_snapshot!(text(table), @r"
        tables::object! {
            pub struct A {}
            new(AParts {
                first_of_all: String, second_of_all: String, third_of_all: Option<Vec<String>>, last: u64
            })
            set(first_of_all: impl Into<String>, second_of_all: impl Into<String>, last: Option<u64>)
        }
        ");
    }

    #[test]
    fn values_and_variants_are_a_line_each() {
        let table = quote!(tables::integer_enum! { pub enum B { Less = -1, More = 10, } });
        insta::assert_snapshot!(text(table), @"
        tables::integer_enum! {
            pub enum B {
                Less = -1,
                More = 10,
            }
        }
        ");
        let table = quote!(tables::object! { pub struct C { pub at: i64 = always -1 as "@", } });
        insta::assert_snapshot!(text(table), @r#"
        tables::object! {
            pub struct C {
                pub at: i64 = always -1 as "@",
            }
        }
        "#);
        let table = quote!(union::union! {
            pub enum A by "kind" {
                Cat(Vec<super::Cat>, in Box): tag "cat" | -1,
                ..any
            }
        });
        insta::assert_snapshot!(text(table), @r#"
        union::union! {
            pub enum A by "kind" {
                Cat(Vec<super::Cat>, in Box): tag "cat" | -1,
                ..any
            }
        }
        "#);
    }

    #[test]
    fn a_type_around_another() {
        let table = quote!(tables::newtype! { pub struct A(pub Vec<BTreeMap<String, A>>); });
        insta::assert_snapshot!(text(table), @"
        tables::newtype! {
            pub struct A(pub Vec<BTreeMap<String, A>>);
        }
        ");
    }
}
