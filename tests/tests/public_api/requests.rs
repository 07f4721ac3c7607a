//! What users see of the table of an operation.

use proc_macro2::{TokenStream, TokenTree};
use syn::Item;

/// The items of `requests::request! { .. }` and `requests::setters! { .. }`.
pub fn expand(kind: &str, table: &TokenStream) -> Vec<Item> {
    let tokens: Vec<TokenTree> = table.clone().into_iter().collect();
    let end = tokens.iter().position(|token| is(token, ';'));
    let (head, rows) = tokens.split_at(end.expect("a table has a head"));
    let name = head[0].to_string();
    let mut text = String::new();
    if kind == "request" {
        let endpoint = inner(&head[1]);
        text = format!(
            "pub type {name} = Request<{endpoint}>;
             #[derive(Debug)] pub enum {endpoint} {{}}
             impl requests::Endpoint for {endpoint} {{ type Output = {}; }}",
            output(head)
        );
        if let Some(pages) = behind(head, "pages") {
            let (_, item) = pages.split_once([':']).expect("what pages are of");
            let (item, _) = item.split_once(',').expect("how pages go on");
            text.extend([format!(
                "impl paging::Paged for {endpoint} {{ type Item = {item}; }}"
            )]);
        }
    }
    let setters: String = rows[1..]
        .split(|token| is(token, ','))
        .filter_map(setter)
        .collect();
    text.extend([format!("impl {name} {{ {setters} }}")]);
    syn::parse_file(&text).expect("items").items
}

/// The setter of a row: of the body, or of a parameter that has a type.
fn setter(row: &[TokenTree]) -> Option<String> {
    let attributes = row.chunks(2).take_while(|pair| is(&pair[0], '#')).count();
    let deprecated = row[..2 * attributes]
        .iter()
        .any(|attribute| inner(attribute) == "deprecated");
    let row: Vec<&TokenTree> = row[2 * attributes..]
        .iter()
        .filter(|token| !is(token, '<') && !is(token, '-'))
        .collect();
    let [_, name, TokenTree::Group(taken), ..] = &row[..] else {
        return None;
    };
    let taken = taken.stream().to_string();
    let taken = taken.strip_prefix("json ").unwrap_or(&taken);
    let argument = if let Some(item) = taken.strip_prefix("each ") {
        format!("impl IntoIterator<Item = impl Into<{item}>>")
    } else if let Some(ty) = taken.strip_prefix("into ") {
        format!("impl Into<{ty}>")
    } else {
        taken.to_owned()
    };
    let before = if deprecated { "#[deprecated]" } else { "" };
    Some(format!(
        "{before} pub fn {name}(mut self, value: {argument}) -> Self {{ self }}"
    ))
}

/// The type that stands behind the arrow.
fn output(head: &[TokenTree]) -> String {
    let arrow = head
        .windows(2)
        .position(|two| is(&two[0], '-') && is(&two[1], '>'));
    let answer = &head[arrow.expect("a table says what is answered") + 2..];
    let inner = answer.get(1).map(inner).unwrap_or_default();
    match answer[0].to_string().as_str() {
        "nothing" => "()".to_owned(),
        "text" => "String".to_owned(),
        "bytes" => "bytes::Bytes".to_owned(),
        "optional" => format!("Option<{inner}>"),
        _ => inner,
    }
}

/// What stands in parentheses behind a word.
fn behind(head: &[TokenTree], word: &str) -> Option<String> {
    let found = head.windows(2).find(|two| two[0].to_string() == word)?;
    let text = inner(&found[1]).replace(" :: ", "::");
    Some(
        text.strip_prefix("of ")
            .map(|page| format!(":{page}"))
            .unwrap_or(text),
    )
}

fn is(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

fn inner(token: &TokenTree) -> String {
    match token {
        TokenTree::Group(group) => group.stream().to_string(),
        _ => String::new(),
    }
}
