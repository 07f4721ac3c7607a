//! What the tables of the modules `wire::types` give to types: the traits that they implement, and the
//! methods that all enums have.

use proc_macro2::TokenTree;
use syn::Item;

use crate::listing::names;

/// The items that the call of a table stands for; none for any other item.
pub fn expand(item: &Item) -> Vec<Item> {
    let Item::Macro(call) = item else {
        return Vec::new();
    };
    let path: Vec<String> = names(&call.mac.path);
    if let Some(items) = crate::requests::expand(&path, &call.mac.tokens) {
        return items;
    }
    let [module, kind] = &path[..] else {
        return Vec::new();
    };
    let tokens: Vec<TokenTree> = call.mac.tokens.clone().into_iter().collect();
    let mut traits: Vec<String> = match (module.as_str(), kind.as_str()) {
        ("tables", "object" | "newtype") | ("union", "union") => Vec::new(),
        ("tables", "string_enum") => [
            "FromStr",
            "AsRef<str>",
            "PartialEq<str>",
            "PartialEq<&str>",
            "fmt::Display",
        ]
        .map(str::to_owned)
        .into(),
        ("tables", "integer_enum") => vec!["fmt::Display".to_owned()],
        ("tables" | "union", other) => panic!("a table of a kind that isn't known here: {other}"),
        _ => return Vec::new(),
    };
    traits.extend(["Deserialize<'de>", "Serialize"].map(str::to_owned));
    let name = &tokens[0];
    let impls = traits.iter().map(|it| {
        let generics = if it.contains("'de") { "<'de>" } else { "" };
        format!("impl{generics} {it} for types::{name} {{}}")
    });
    let own = match kind.as_str() {
        "string_enum" => "#[must_use] pub fn as_str(&self) -> &str { \"\" }",
        "integer_enum" => "#[must_use] pub fn value(self) -> i64 { 0 }",
        _ => "",
    };
    let own = (!own.is_empty()).then(|| {
        format!("impl types::{name} {{ pub const VALUES: &'static [Self] = &[]; {own} }}")
    });
    let text: String = impls.chain(own).collect();
    let items = syn::parse_file(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    items.items
}
