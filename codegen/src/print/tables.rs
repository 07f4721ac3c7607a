//! The layout of tables, which are macro calls that the printer would fill lines with: an entry a
//! line.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::WIDTH;

/// Modules of the runtime that have tables.
const MODULES: [&str; 2] = ["tables", "union"];

/// One step of indentation.
const INDENT: &str = "    ";

/// The text of a call of one of the runtime's tables, `tables::name! { .. }`; none of any other item.
pub(super) fn text(item: &syn::Item) -> Option<String> {
    let syn::Item::Macro(call) = item else {
        return None;
    };
    let mut path = call.mac.path.segments.iter();
    let (Some(module), Some(name), None) = (path.next(), path.next(), path.next()) else {
        return None;
    };
    if !MODULES.iter().any(|it| module.ident == it) {
        return None;
    }
    let mut text = format!("{}::{}! {{\n", module.ident, name.ident);
    parts(call.mac.tokens.clone(), &mut text);
    text.push_str("}\n");
    Some(text)
}

/// What a table consists of: a declaration, and lists of arguments.
fn parts(tokens: TokenStream, text: &mut String) {
    let mut head: Vec<TokenTree> = Vec::new();
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut rest = attributes(&tokens, INDENT, text);
    while let Some((token, tail)) = rest.split_first() {
        rest = tail;
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                text.extend([INDENT, &line(&head), " {"]);
                entries(group, text);
                text.push_str("}\n");
                head.clear();
            }
            TokenTree::Group(group) if matches!(&head[..], [TokenTree::Ident(_)]) => {
                arguments(&line(&head), group, text);
                head.clear();
            }
            TokenTree::Punct(end) if end.as_char() == ';' => {
                text.extend([INDENT, &line(&head), ";\n"]);
                head.clear();
            }
            token => head.push(token.clone()),
        }
    }
}

/// The entries of a declaration, with their docs.
fn entries(group: &Group, text: &mut String) {
    if group.stream().is_empty() {
        return;
    }
    text.push('\n');
    let indent = INDENT.repeat(2);
    for entry in split(group) {
        let entry = attributes(&entry, &indent, text);
        text.extend([&*indent, &line(entry)]);
        // What stands for all the rest comes last, and without a comma.
        let rest = matches!(entry.first(), Some(TokenTree::Punct(dot)) if dot.as_char() == '.');
        text.push_str(if rest { "\n" } else { ",\n" });
    }
    text.push_str(INDENT);
}

/// A list of arguments: on one line, or on as many as it takes.
fn arguments(name: &str, group: &Group, text: &mut String) {
    let (group, before, after) = match fields_of(group) {
        Some((parts, fields)) => (fields, format!("{parts} {{"), "}"),
        None => (group.clone(), String::new(), ""),
    };
    let list: Vec<String> = split(&group).iter().map(|entry| line(entry)).collect();
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
fn fields_of(group: &Group) -> Option<(String, Group)> {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    match &tokens[..] {
        [TokenTree::Ident(name), TokenTree::Group(fields)]
            if fields.delimiter() == Delimiter::Brace =>
        {
            Some((name.to_string(), fields.clone()))
        }
        _ => None,
    }
}

/// Writes the attributes that tokens begin with, and gives the others.
fn attributes<'t>(tokens: &'t [TokenTree], indent: &str, text: &mut String) -> &'t [TokenTree] {
    let mut rest = tokens;
    while let [
        TokenTree::Punct(hash),
        TokenTree::Group(attribute),
        tail @ ..,
    ] = rest
        && hash.as_char() == '#'
    {
        let inner: Vec<TokenTree> = attribute.stream().into_iter().collect();
        match doc(&inner) {
            Some(doc) => doc
                .split('\n')
                .for_each(|line| text.extend([indent, "///", line, "\n"])),
            None => text.extend([indent, "#[", &line(&inner), "]\n"]),
        }
        rest = tail;
    }
    rest
}

/// The words of an attribute that is documentation.
fn doc(attribute: &[TokenTree]) -> Option<String> {
    match attribute {
        [TokenTree::Ident(doc), TokenTree::Punct(_), words] if doc == "doc" => {
            let words: syn::LitStr = syn::parse2(words.clone().into()).ok()?;
            Some(words.value())
        }
        _ => None,
    }
}

/// The entries between commas that separate no arguments of generic types.
fn split(entries: &Group) -> Vec<Vec<TokenTree>> {
    let mut split = vec![Vec::new()];
    let mut depth = 0_usize;
    for token in entries.stream() {
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
fn line(tokens: &[TokenTree]) -> String {
    let mut text = String::new();
    for token in tokens {
        let (word, before, after) = match token {
            TokenTree::Group(group) => (grouped(group), false, true),
            TokenTree::Punct(punct) => match punct.as_char() {
                '=' => ("=".to_owned(), true, true),
                '|' => ("| ".to_owned(), true, false),
                ':' if text.ends_with(':') => (":".to_owned(), false, false),
                ':' if punct.spacing() == proc_macro2::Spacing::Joint => {
                    (":".to_owned(), false, false)
                }
                sign @ (':' | ',') => (sign.to_string(), false, true),
                sign => (sign.to_string(), false, false),
            },
            other => (other.to_string(), true, true),
        };
        let tight = text.is_empty() || text.ends_with([':', '.', '<', '&', '-', '(']);
        if !tight && before && !text.ends_with(' ') {
            text.push(' ');
        }
        text.push_str(&word);
        if after && word.ends_with([':', ',', '=']) && !matches!(token, TokenTree::Group(_)) {
            text.push(' ');
        }
    }
    text.trim_end().to_owned()
}

fn grouped(group: &Group) -> String {
    let inner: Vec<TokenTree> = TokenStream::into_iter(group.stream()).collect();
    let inner = line(&inner);
    match group.delimiter() {
        Delimiter::Parenthesis => format!("({inner})"),
        Delimiter::Bracket => format!("[{inner}]"),
        Delimiter::Brace => format!("{{ {inner} }}"),
        Delimiter::None => inner,
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    fn text(tokens: proc_macro2::TokenStream) -> String {
        super::text(&syn::parse2(tokens).expect("an item")).expect("a table")
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
