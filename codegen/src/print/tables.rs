//! The layout of tables, which are macro calls that the printer would fill lines with: an entry a
//! line.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// Modules of the runtime that have tables.
const MODULES: [&str; 2] = ["tables", "union"];

/// The text of a call of one of the runtime's tables, `tables::name!(..)`; none of any other item.
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
    let mut text = format!("{}::{}!(", module.ident, name.ident);
    let tokens: Vec<TokenTree> = call.mac.tokens.clone().into_iter().collect();
    match tokens.split_last() {
        Some((TokenTree::Group(entries), head)) if entries.delimiter() == Delimiter::Brace => {
            text.push_str(&line(head));
            text.push_str(" {\n");
            for entry in split(entries) {
                text.push_str("    ");
                text.push_str(&line(&entry));
                // What stands for all the rest comes last, and without a comma.
                let rest =
                    matches!(entry.first(), Some(TokenTree::Punct(dot)) if dot.as_char() == '.');
                text.push_str(if rest { "\n" } else { ",\n" });
            }
            text.push('}');
        }
        _ => text.push_str(&line(&tokens)),
    }
    text.push_str(");\n");
    Some(text)
}

/// The entries between commas.
fn split(entries: &Group) -> Vec<Vec<TokenTree>> {
    let mut split = vec![Vec::new()];
    for token in entries.stream() {
        match (&token, split.last_mut()) {
            (TokenTree::Punct(comma), _) if comma.as_char() == ',' => split.push(Vec::new()),
            (_, Some(entry)) => entry.push(token),
            (_, None) => {}
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
                '=' => ("=".to_owned(), true, false),
                '|' => ("| ".to_owned(), true, false),
                '>' if text.ends_with('=') => (">".to_owned(), false, true),
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
        } else if text.ends_with(": ") && word == ":" {
            text.pop();
        }
        text.push_str(&word);
        if after && word.ends_with([':', ',', '>']) && !matches!(token, TokenTree::Group(_)) {
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
    fn an_entry_is_a_line() {
        assert_eq!(
            text(
                quote!(tables::object!(types::A { required id: "id", optional type_: "ty\"pe", ..rest });)
            ),
            "tables::object!(types::A {\n    required id: \"id\",\n    optional type_: \"ty\\\"pe\",\n    ..rest\n});\n"
        );
        assert_eq!(
            text(quote!(tables::integer_enum!(types::B { Less: -1, More: 10 });)),
            "tables::integer_enum!(types::B {\n    Less: -1,\n    More: 10,\n});\n"
        );
    }

    #[test]
    fn types_are_written_as_by_hand() {
        assert_eq!(
            text(quote!(tables::newtype!(types::A(Vec<BTreeMap<String, types::A>>));)),
            "tables::newtype!(types::A(Vec<BTreeMap<String, types::A>>));\n"
        );
        assert_eq!(
            text(
                quote!(union::union!(types::A by "kind" { Cat(Vec<types::Cat>): tag "cat" | -1, ..any });)
            ),
            "union::union!(types::A by \"kind\" {\n    Cat(Vec<types::Cat>): tag \"cat\" | -1,\n    ..any\n});\n"
        );
    }
}
