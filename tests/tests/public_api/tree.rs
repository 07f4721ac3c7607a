//! The modules of a crate, and what a path means in one of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use syn::{Item, UseTree, Visibility};

use crate::listing::names;
use crate::spelling::attributes;

/// Names from the root of the crate on.
pub type Names = Vec<String>;

/// All modules of a crate by their path; that of the root is empty.
pub struct Tree {
    pub modules: BTreeMap<Names, Module>,
}

/// A module with what its `use` items bring into it.
pub struct Module {
    pub items: Vec<Item>,
    pub imports: Vec<Import>,
    /// The `cfg` attributes that it stands under, as text before an item.
    pub conditions: String,
}

/// A name that a `use` item brings.
pub struct Import {
    pub name: String,
    pub target: Names,
    pub public: bool,
}

/// What users see of a table: `tables::object!(types::Batch { .. })`.
fn expand(item: &Item) -> Vec<Item> {
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
    // How a union becomes a parameter's value is nobody else's business.
    if !["tables", "union"].contains(&module.as_str()) || kind == "parameter" {
        return Vec::new();
    }
    if kind == "setters" {
        return setters(&call.mac.tokens);
    }
    let head: Vec<String> = call
        .mac
        .tokens
        .clone()
        .into_iter()
        .map(|it| it.to_string())
        .collect();
    let [types, _, _, name, ..] = &head[..] else {
        panic!("a table of no type: {head:?}");
    };
    assert_eq!(types, "types");
    let serde = "impl<'de> Deserialize<'de> for types::NAME {} impl Serialize for types::NAME {}";
    let text = match kind.as_str() {
        "object" => String::new(),
        "newtype" => format!(
            "impl From<{}> for types::NAME {{}}",
            inner(&call.mac.tokens)
        ),
        "text_enum" => "impl types::NAME {
                pub const VALUES: &'static [Self] = &[];
                #[must_use] pub fn as_str(&self) -> &str { \"\" }
            }
            impl From<&str> for types::NAME {}
            impl From<String> for types::NAME {}
            impl fmt::Display for types::NAME {}"
            .to_owned(),
        "integer_enum" => "impl types::NAME {
                pub const VALUES: &'static [Self] = &[];
                #[must_use] pub fn value(self) -> i64 { 0 }
            }
            impl From<i64> for types::NAME {}
            impl fmt::Display for types::NAME {}"
            .to_owned(),
        "union" => conversions(&call.mac.tokens),
        other => panic!("a table of a kind that isn't known here: {other}"),
    };
    let text = format!("{text} {serde}").replace("NAME", name);
    syn::parse_file(&text).expect("items").items
}

/// What converts into a union: `Type { Variant(Inner): word, .. }`.
fn conversions(tokens: &proc_macro2::TokenStream) -> String {
    use proc_macro2::TokenTree::{Group, Ident};
    let rows = tokens.clone().into_iter().last();
    let Some(Group(rows)) = rows else {
        panic!("a union of no variants: {tokens}");
    };
    let rows: Vec<_> = rows.stream().into_iter().collect();
    let mut text = String::new();
    for row in rows.windows(4) {
        if let [Ident(_), Group(inner), _, Ident(word)] = row {
            let from = |ty: &str| format!("impl From<{ty}> for types::NAME {{}}\n");
            match word.to_string().as_str() {
                "sharing" => {}
                "string" => text.extend([from(&inner.stream().to_string()), from("&str")]),
                _ => text.push_str(&from(&inner.stream().to_string())),
            }
        }
    }
    text
}

/// The setters of a table: `Type { field: argument => value, .. }`.
fn setters(tokens: &proc_macro2::TokenStream) -> Vec<Item> {
    let text = tokens.to_string().replace("=>", "@");
    let (name, rows) = text.split_once('{').expect("a name and rows");
    let rows = rows.trim_end().trim_end_matches('}');
    let mut methods = String::new();
    let mut rest = rows;
    // An argument's type has no `@`, and a value ends where the next argument begins.
    while let Some((head, tail)) = rest.split_once('@') {
        let (field, argument) = head.split_once(':').expect("a field and its type");
        let field = field.rsplit(',').next().unwrap_or(field);
        let signature = format!("pub fn {field}(mut self, {field}: {argument}) -> Self");
        methods.extend(["#[must_use] ", &signature, " { self }\n"]);
        rest = tail;
    }
    let text = format!("impl {name} {{ {methods} }}");
    syn::parse_file(&text).expect("setters").items
}

/// What stands in parentheses.
fn inner(tokens: &proc_macro2::TokenStream) -> String {
    let group = tokens.clone().into_iter().find_map(|token| match token {
        proc_macro2::TokenTree::Group(group) => Some(group.stream().to_string()),
        _ => None,
    });
    group.expect("a type in parentheses")
}

impl Tree {
    /// Reads a crate from the folder of its `lib.rs`.
    pub fn read(source: &Path) -> Self {
        let mut tree = Self {
            modules: BTreeMap::new(),
        };
        tree.add(&source.join("lib.rs"), source, Vec::new(), String::new());
        tree
    }

    /// Adds the module in a file, and those that it declares, whose files are in `folder`.
    fn add(&mut self, file: &Path, folder: &Path, path: Names, conditions: String) {
        let shown = file.display();
        let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{shown}: {error}"));
        let items = syn::parse_file(&text)
            .unwrap_or_else(|error| panic!("{shown}: {error}"))
            .items;
        let expanded = items.into_iter().flat_map(|item| {
            let expanded = expand(&item);
            std::iter::once(item).chain(expanded)
        });
        let items: Vec<Item> = expanded.collect();
        let mut imports = Vec::new();
        for item in &items {
            match item {
                Item::Mod(module) if module.content.is_none() => {
                    let name = module.ident.to_string();
                    let inner = folder.join(&name);
                    let root = inner.join("mod.rs");
                    let file = if root.is_file() {
                        root
                    } else {
                        folder.join(format!("{name}.rs"))
                    };
                    let conditions = format!("{conditions}{}", attributes(&module.attrs));
                    self.add(&file, &inner, longer(&path, &name), conditions);
                }
                Item::Use(item) => {
                    flatten(
                        &item.tree,
                        &mut Vec::new(),
                        is_public(&item.vis),
                        &mut imports,
                    );
                }
                _ => {}
            }
        }
        self.modules.insert(
            path,
            Module {
                items,
                imports,
                conditions,
            },
        );
    }

    /// Where the thing is defined that `path` means in `module`; nothing for other crates' things.
    pub fn resolve(&self, module: &[String], path: &[String]) -> Option<Names> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => self.walk(Vec::new(), rest),
            "self" => self.walk(module.to_vec(), rest),
            "super" => self.walk(module.split_last()?.1.to_vec(), rest),
            _ => self.walk(module.to_vec(), path),
        }
    }

    /// Goes down from a module, name by name.
    fn walk(&self, start: Names, names: &[String]) -> Option<Names> {
        let Some((first, rest)) = names.split_first() else {
            return Some(start);
        };
        let here = longer(&start, first);
        if self.modules.contains_key(&here) {
            return self.walk(here, rest);
        }
        let module = self.modules.get(&start)?;
        if rest.is_empty()
            && module
                .items
                .iter()
                .any(|item| name_of(item) == Some(first.clone()))
        {
            return Some(here);
        }
        let import = module.imports.iter().find(|import| import.name == *first)?;
        // `use serde;` brings a crate, not itself.
        if import.target.first() == Some(first) {
            return None;
        }
        let target = self.resolve(&start, &import.target)?;
        if rest.is_empty() {
            Some(target)
        } else {
            self.walk(target, rest)
        }
    }
}

/// The name that an item defines.
pub fn name_of(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

/// Whether everybody may use it, where they can name it.
pub fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

pub fn longer(path: &[String], name: &str) -> Names {
    let mut path = path.to_vec();
    path.push(name.to_owned());
    path
}

fn flatten(tree: &UseTree, prefix: &mut Names, public: bool, imports: &mut Vec<Import>) {
    let mut add = |name: String, target: Names| {
        imports.push(Import {
            name,
            target,
            public,
        });
    };
    match tree {
        UseTree::Path(path) => {
            prefix.push(path.ident.to_string());
            flatten(&path.tree, prefix, public, imports);
            prefix.pop();
        }
        UseTree::Name(name) if name.ident == "self" => {
            add(prefix.last().cloned().unwrap_or_default(), prefix.clone());
        }
        UseTree::Name(name) => add(
            name.ident.to_string(),
            longer(prefix, &name.ident.to_string()),
        ),
        UseTree::Rename(rename) => {
            add(
                rename.rename.to_string(),
                longer(prefix, &rename.ident.to_string()),
            );
        }
        UseTree::Group(group) => {
            for tree in &group.items {
                flatten(tree, prefix, public, imports);
            }
        }
        UseTree::Glob(_) => assert!(!public, "a public glob import isn't followed: {prefix:?}"),
    }
}
