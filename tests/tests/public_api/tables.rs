//! What users see of a table: the items that `tables::object! { .. }` and its like stand for.

use std::fmt::Write as _;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::Item;

use crate::listing::names;

/// A table, taken apart.
struct Table {
    /// Attributes and header: `#[doc = ".."] pub struct Pet`.
    head: String,
    name: String,
    rows: Vec<Row>,
    /// What a newtype holds.
    inner: String,
    new: Option<Group>,
    set: Option<Group>,
}

/// A row of a table, up to what follows its declaration.
struct Row {
    declared: Vec<TokenTree>,
    /// What follows `=` or, in a union, `:`.
    rest: Vec<TokenTree>,
}

/// The items that a call of a table stands for; none for any other item.
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
    if !["tables", "union"].contains(&module.as_str()) {
        return Vec::new();
    }
    let table = Table::of(&call.mac.tokens, kind == "union");
    let text = match kind.as_str() {
        "object" => table.object(),
        "newtype" => table.newtype(),
        "text_enum" => table.text_enum(),
        "integer_enum" => table.integer_enum(),
        "union" => table.union(),
        other => panic!("a table of a kind that isn't known here: {other}"),
    };
    let serde = "impl<'de> Deserialize<'de> for NAME {} impl Serialize for NAME {}";
    let text = format!("{text} {serde}").replace("NAME", &table.name);
    let items = syn::parse_file(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    items.items
}

impl Table {
    fn of(tokens: &TokenStream, is_union: bool) -> Self {
        let mut table = Self {
            head: String::new(),
            name: String::new(),
            rows: Vec::new(),
            inner: String::new(),
            new: None,
            set: None,
        };
        let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
        let at = tokens
            .windows(2)
            .position(|it| ["struct", "enum"].contains(&it[0].to_string().as_str()))
            .expect("a struct or enum");
        table.name = tokens[at + 1].to_string();
        table.head = text(&tokens[..=at + 1]);
        let groups = tokens[at + 2..].iter().zip(&tokens[at + 1..]);
        for (token, before) in groups {
            let TokenTree::Group(group) = token else {
                continue;
            };
            match (group.delimiter(), before.to_string().as_str()) {
                (_, "new") => table.new = Some(group.clone()),
                (_, "set") => table.set = Some(group.clone()),
                (Delimiter::Brace, _) => {
                    table.rows = split(group)
                        .iter()
                        .map(|it| Row::of(it, is_union))
                        .collect();
                }
                _ => table.inner = group.stream().to_string(),
            }
        }
        table
    }

    fn object(&self) -> String {
        let fields = self.rows.iter().map(|row| match text(&row.declared) {
            rest if rest.starts_with("..") => format!("pub {},", rest.trim_start_matches('.')),
            field => field + ",",
        });
        let fields: String = fields.collect();
        let head = &self.head;
        let mut items =
            format!("#[derive(Clone, Debug, PartialEq)] #[non_exhaustive] {head} {{ {fields} }}");
        let new = self.new.as_ref().map(Group::stream).unwrap_or_default();
        let tokens: Vec<TokenTree> = new.clone().into_iter().collect();
        let arguments = match &tokens[..] {
            [] => {
                items.push_str("impl Default for NAME {}");
                String::new()
            }
            [TokenTree::Ident(parts), TokenTree::Group(fields)] => {
                let fields: Vec<String> = split(fields).iter().map(|it| text(it)).collect();
                let fields = fields.join(", pub ");
                items.push_str("#[derive(Clone, Debug, PartialEq)]");
                let _ = write!(items, "pub struct {parts} {{ pub {fields} }}");
                format!("parts: {parts}")
            }
            _ => new.to_string(),
        };
        let new = format!("#[must_use] pub fn new({arguments}) -> Self {{}}");
        let setters = self.set.iter().flat_map(split);
        let setters = setters.map(|argument| {
            let name = argument[0].to_string();
            let argument = text(&argument);
            format!("#[must_use] pub fn {name}(mut self, {argument}) -> Self {{}}")
        });
        let setters: String = setters.collect();
        items + &format!("impl NAME {{ {new} {setters} }}")
    }

    fn newtype(&self) -> String {
        let (head, inner) = (&self.head, &self.inner);
        let from = inner.trim_start_matches("pub ");
        format!(
            "#[derive(Clone, Debug, PartialEq)] {head}({inner}); impl From<{from}> for NAME {{}}"
        )
    }

    /// An enum with the values of the rows.
    fn open(&self, derives: &str, unknown: &str) -> String {
        let variants: String = self
            .rows
            .iter()
            .map(|row| text(&row.declared) + ",")
            .collect();
        let head = &self.head;
        format!(
            "#[derive({derives})] #[non_exhaustive] {head} {{ {variants} UnknownValue({unknown}) }}"
        )
    }

    fn text_enum(&self) -> String {
        let derives = "Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash";
        self.open(derives, "String")
            + "impl NAME {
                pub const VALUES: &'static [Self] = &[];
                #[must_use] pub fn as_str(&self) -> &str {}
            }
            impl From<&str> for NAME {}
            impl From<String> for NAME {}
            impl fmt::Display for NAME {}"
    }

    fn integer_enum(&self) -> String {
        let derives = "Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash";
        self.open(derives, "i64")
            + "impl NAME {
                pub const VALUES: &'static [Self] = &[];
                #[must_use] pub fn value(self) -> i64 {}
            }
            impl From<i64> for NAME {}
            impl fmt::Display for NAME {}"
    }

    fn union(&self) -> String {
        let mut variants = String::new();
        let mut conversions = String::new();
        for row in &self.rows {
            let [.., TokenTree::Group(inner)] = &row.declared[..] else {
                continue; // `..any`
            };
            let parts: Vec<String> = split(inner).iter().map(|it| text(it)).collect();
            let ty = &parts[0];
            let payload = match &parts[1..] {
                [] => ty.clone(),
                _ => format!("Box<{ty}>"),
            };
            let head = text(&row.declared[..row.declared.len() - 1]);
            let _ = write!(variants, "{head}({payload}),");
            let from = |ty: &str| format!("impl From<{ty}> for NAME {{}}");
            match row.rest[0].to_string().as_str() {
                "sharing" => {}
                "string" => conversions.extend([from(ty), from("&str")]),
                _ => conversions.push_str(&from(ty)),
            }
        }
        let head = &self.head;
        format!(
            "#[derive(Clone, Debug, PartialEq)] #[non_exhaustive] {head} {{ \
             {variants} UnknownValue(serde_json::Value) }} {conversions}"
        )
    }
}

impl Row {
    fn of(tokens: &[TokenTree], is_union: bool) -> Self {
        let mark = if is_union { ':' } else { '=' };
        let mut depth = 0;
        let ends = |token: &TokenTree| match token {
            TokenTree::Punct(punct) if punct.as_char() == '<' => {
                depth += 1;
                false
            }
            TokenTree::Punct(punct) if punct.as_char() == '>' => {
                depth -= 1;
                false
            }
            TokenTree::Punct(punct) => depth == 0 && punct.as_char() == mark,
            _ => false,
        };
        let at = tokens.iter().position(ends).unwrap_or(tokens.len());
        Self {
            declared: tokens[..at].to_vec(),
            rest: tokens.get(at + 1..).unwrap_or_default().to_vec(),
        }
    }
}

fn text(tokens: &[TokenTree]) -> String {
    let tokens: TokenStream = tokens.iter().cloned().collect();
    tokens.to_string().replace(". .", "..")
}

/// What stands between commas, but for those of generic types.
fn split(group: &Group) -> Vec<Vec<TokenTree>> {
    let mut split = vec![Vec::new()];
    let mut depth = 0_usize;
    for token in group.stream() {
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
        split.last_mut().expect("there is one").push(token);
    }
    split.retain(|it| !it.is_empty());
    split
}
