//! The layout of the tables of requests: the head on a line of its own where it fits, then parameters,
//! as many on a line as fit.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

use super::WIDTH;

/// The module of the runtime that has them.
pub(super) const MODULE: &str = "requests";

/// The module of those whose response is XML, in the one of the runtime.
pub(super) const XML: &str = "xml";

/// The text of a call of `path! { tokens }`.
pub(super) fn text(path: &str, tokens: TokenStream) -> String {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let end = tokens.iter().position(|token| is(token, ';'));
    let (head, rows) = tokens.split_at(end.unwrap_or(tokens.len()));
    let mut text = format!("{path}! {{\n");
    push_head(&mut text, head);
    let rows = rows.get(1..).unwrap_or_default();
    let mut lines = String::new();
    for row in clauses(rows) {
        push_row(&mut lines, row);
    }
    text.push_str(&lines);
    text.push_str("}\n");
    text
}

/// Puts a row behind others, as long as they fit on a line.
fn push_row(lines: &mut String, row: &[TokenTree]) {
    let row = line(row);
    let last = lines
        .lines()
        .next_back()
        .map_or(0, |last| last.chars().count());
    if last > 0 && last + row.chars().count() + 2 <= WIDTH {
        lines.pop();
        lines.push(' ');
    } else {
        lines.push_str("    ");
    }
    lines.push_str(&row);
    lines.push_str(",\n");
}

/// The head: what belongs together stays on a line, and as much of it as fits.
fn push_head(text: &mut String, head: &[TokenTree]) {
    let mut pieces = Vec::new();
    for clause in clauses(head) {
        let clause = line(clause);
        match (pieces.is_empty(), clause.split_once(": \"")) {
            (true, Some((request, call))) => {
                pieces.push(format!("{request}:"));
                let (call, response) = call.rsplit_once(" -> ").unwrap_or((call, ""));
                pieces.push(format!("\"{call}"));
                pieces.push(format!("-> {response},"));
            }
            _ => pieces.push(format!("{clause},")),
        }
    }
    if let Some(last) = pieces.last_mut() {
        last.pop();
        last.push(';');
    }
    let mut column = 0;
    for piece in pieces {
        let width = piece.chars().count();
        if column > 0 && column + 1 + width > WIDTH {
            text.push_str("\n        ");
            column = 8;
        } else if column > 0 {
            text.push(' ');
            column += 1;
        } else {
            text.push_str("    ");
            column = 4;
        }
        text.push_str(&piece);
        column += width;
    }
    text.push('\n');
}

/// What stands between commas.
fn clauses(tokens: &[TokenTree]) -> impl Iterator<Item = &[TokenTree]> {
    let split = tokens.split(|token| is(token, ','));
    split.filter(|clause| !clause.is_empty())
}

fn is(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// Tokens on one line, with the blanks that a person would put between them.
fn line(tokens: &[TokenTree]) -> String {
    let mut text = String::new();
    for token in tokens {
        let word = match token {
            TokenTree::Group(group) => grouped(group),
            other => other.to_string(),
        };
        if stands_apart(token) && !holds_on(&text) {
            text.push(' ');
        }
        text.push_str(&word);
    }
    text
}

/// Whether a blank belongs before a token, as far as it is for the token to say.
fn stands_apart(token: &TokenTree) -> bool {
    match token {
        TokenTree::Punct(punct) => match punct.as_char() {
            '=' => true,
            '-' | '<' => punct.spacing() == Spacing::Joint,
            _ => false,
        },
        TokenTree::Group(group) => group.delimiter() != Delimiter::Parenthesis,
        TokenTree::Ident(_) | TokenTree::Literal(_) => true,
    }
}

/// Whether what stands at the end of a text takes no blank behind it.
fn holds_on(text: &str) -> bool {
    let arrow = text.ends_with("<-");
    text.is_empty() || text.ends_with("::") || (!arrow && text.ends_with(['.', '<', '&', '#', '-']))
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
        let file = crate::print::file(tokens).expect("a table");
        file.strip_prefix(crate::print::MARK)
            .expect("a file")
            .to_owned()
    }

    #[test]
    fn a_table_has_its_head_then_its_parameters() {
        let table = text(quote! {
            requests::request! {
                List: "listPets" GET "/pets" -> json(types::PetPage),
                security [[0], [1, 2]], fields(.deep_object("a", "b")),
                pages(items: types::Pet, token "page" = next "n.p");
                path "petId",
                query "kind" .deep_object() .explode(false),
            }
        });
        assert_eq!(
            table,
            r#"requests::request! {
    List: "listPets" GET "/pets" -> json(types::PetPage), security [[0], [1, 2]],
        fields(.deep_object("a", "b")), pages(items: types::Pet, token "page" = next "n.p");
    path "petId", query "kind".deep_object().explode(false),
}
"#
        );
    }
}
