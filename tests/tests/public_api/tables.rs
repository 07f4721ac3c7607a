//! What the tables of the modules `wire::types` give to types: the traits that they implement.

use proc_macro2::{TokenStream, TokenTree};
use syn::Item;

use crate::listing::names;

/// The items that the call of a table stands for; none for any other item.
pub fn expand(item: &Item) -> Vec<Item> {
    let Item::Macro(call) = item else {
        return Vec::new();
    };
    let path: Vec<String> = names(&call.mac.path);
    let [module, kind] = &path[..] else {
        return Vec::new();
    };
    if module == "requests" && ["request", "setters"].contains(&kind.as_str()) {
        return crate::requests::expand(kind, &call.mac.tokens);
    }
    let tokens: Vec<TokenTree> = call.mac.tokens.clone().into_iter().collect();
    let mut traits: Vec<String> = match (module.as_str(), kind.as_str()) {
        ("tables", "object") => Vec::new(),
        ("tables", "newtype") => vec![format!("From<{}>", inside(&tokens[1]))],
        ("tables", "string_enum") => [
            "From<&str>",
            "From<String>",
            "FromStr",
            "AsRef<str>",
            "PartialEq<str>",
            "PartialEq<&str>",
            "fmt::Display",
        ]
        .map(str::to_owned)
        .into(),
        ("tables", "integer_enum") => ["From<i64>", "fmt::Display"].map(str::to_owned).into(),
        ("union", "union") => conversions(tokens.last().expect("the variants")),
        ("tables" | "union", other) => panic!("a table of a kind that isn't known here: {other}"),
        _ => return Vec::new(),
    };
    traits.extend(["Deserialize<'de>", "Serialize"].map(str::to_owned));
    let name = &tokens[0];
    let impls = traits.iter().map(|it| {
        let generics = if it.contains("'de") { "<'de>" } else { "" };
        format!("impl{generics} {it} for types::{name} {{}}")
    });
    let text: String = impls.collect();
    let items = syn::parse_file(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    items.items
}

/// The conversions to a union, in the order of its variants.
fn conversions(variants: &TokenTree) -> Vec<String> {
    let TokenTree::Group(variants) = variants else {
        panic!("variants are in braces");
    };
    let tokens: Vec<TokenTree> = variants.stream().into_iter().collect();
    let from = |ty: &str| format!("From<{ty}>");
    let mut found = Vec::new();
    for window in tokens.windows(4) {
        // `Circle(types::Circle): tag`
        let [TokenTree::Ident(_), payload, colon, TokenTree::Ident(word)] = window else {
            continue;
        };
        if !matches!(colon, TokenTree::Punct(it) if it.as_char() == ':') {
            continue;
        }
        let ty = inside(payload);
        match word.to_string().as_str() {
            "sharing" => {}
            "string" => found.extend([from(&ty), from("&str")]),
            "open_enum" => found.extend([from(&ty), from("&str"), from("String")]),
            _ => found.push(from(&ty)),
        }
    }
    found
}

/// What stands between parentheses, with the types of the API by their names alone.
fn inside(token: &TokenTree) -> String {
    let TokenTree::Group(group) = token else {
        return String::new();
    };
    let tokens: TokenStream = group.stream();
    tokens.to_string().replace("types :: ", "")
}
