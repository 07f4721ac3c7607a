//! What documentation mentions is there: methods, fields and variants in code spans, which no link of
//! rustdoc's holds.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use syn::{Fields, ImplItem, Item, TraitItem, Type};

use crate::tree::{Tree, name_of};

/// Names that stand for one of a reader's own, and methods of other crates that documentation speaks of.
const OTHERS: [&str; 4] = ["init", "install_default", "name", "next"];

/// Types of other crates that documentation speaks of, and those of the pet shop by which the runtime
/// explains its tables.
const OTHER_TYPES: [&str; 9] = [
    // Made by a macro that takes their names.
    "Base64",
    "Base64Url",
    "Deserialize",
    "Duration",
    "Identity",
    "Option",
    "Pets",
    "Policy",
    "Value",
];

/// Beginnings of names that only methods have here.
const METHODS: [&str; 4] = ["with_", "send_", "into_", "is_"];

/// What a crate has, by its names alone.
#[derive(Default)]
struct Names {
    /// Members of each type of this name.
    members: BTreeMap<String, BTreeSet<String>>,
    /// Type aliases and the types behind them.
    aliases: Vec<(String, String)>,
    /// All functions, those in macros too.
    functions: BTreeSet<String>,
    /// Functions that a macro puts where it is called.
    in_macros: BTreeSet<String>,
}

impl Names {
    fn add(&mut self, tree: &Tree) {
        for item in tree.modules.values().flat_map(|module| &module.items) {
            self.item(item);
        }
        for (alias, target) in self.aliases.clone() {
            let behind = self.members.get(&target).cloned().unwrap_or_default();
            self.members.entry(alias).or_default().extend(behind);
        }
    }

    fn item(&mut self, item: &Item) {
        if let Some(name) = name_of(item) {
            self.members.entry(name).or_default();
        }
        match item {
            Item::Struct(it) => {
                let fields = it.fields.iter().filter_map(|field| field.ident.as_ref());
                let fields = fields.map(ToString::to_string).collect();
                self.member(&it.ident, fields);
            }
            Item::Enum(it) => {
                let named = |fields: &Fields| {
                    let fields = fields.iter().filter_map(|field| field.ident.as_ref());
                    fields.map(ToString::to_string).collect::<Vec<String>>()
                };
                let fields = it.variants.iter().flat_map(|it| named(&it.fields));
                let variants = it.variants.iter().map(|it| it.ident.to_string());
                self.member(&it.ident, fields.chain(variants).collect());
            }
            Item::Impl(it) => {
                let Type::Path(path) = &*it.self_ty else {
                    return;
                };
                let functions = it.items.iter().filter_map(|item| match item {
                    ImplItem::Fn(it) => Some(it.sig.ident.to_string()),
                    ImplItem::Const(it) => Some(it.ident.to_string()),
                    _ => None,
                });
                let functions: Vec<String> = functions.collect();
                self.functions.extend(functions.iter().cloned());
                if let Some(last) = path.path.segments.last() {
                    self.member(&last.ident, functions);
                }
            }
            Item::Trait(it) => {
                let functions = it.items.iter().filter_map(|item| match item {
                    TraitItem::Fn(it) => Some(it.sig.ident.to_string()),
                    _ => None,
                });
                let functions: Vec<String> = functions.collect();
                self.functions.extend(functions.iter().cloned());
                self.member(&it.ident, functions);
            }
            Item::Fn(it) => {
                self.functions.insert(it.sig.ident.to_string());
            }
            Item::Type(it) => {
                if let Type::Path(path) = &*it.ty
                    && let Some(last) = path.path.segments.last()
                {
                    self.aliases
                        .push((it.ident.to_string(), last.ident.to_string()));
                }
            }
            Item::Macro(it) if it.mac.path.is_ident("macro_rules") => {
                functions_in(&it.mac.tokens, &mut self.in_macros);
                self.functions.extend(self.in_macros.iter().cloned());
            }
            _ => {}
        }
    }

    fn member(&mut self, of: &syn::Ident, members: Vec<String>) {
        self.members
            .entry(of.to_string())
            .or_default()
            .extend(members);
    }

    /// What a span of code names that isn't there.
    fn missing(&self, span: &str) -> Option<String> {
        let is_word = |it: char| it.is_alphanumeric() || it == '_';
        let bare = span.trim_end_matches("()");
        if METHODS.iter().any(|start| bare.starts_with(start))
            && bare.chars().all(is_word)
            && !bare.ends_with('_')
            && !self.functions.contains(bare)
        {
            return Some(bare.to_owned());
        }
        let texts = strings_left_out(span);
        for (at, _) in texts.match_indices("::") {
            let before = &texts[..at];
            let ty = &before[before.rfind(|it| !is_word(it)).map_or(0, |at| at + 1)..];
            let member: String = texts[at + 2..]
                .chars()
                .take_while(|it| is_word(*it))
                .collect();
            let is_type = ty.starts_with(char::is_uppercase);
            if is_type && !member.is_empty() && !self.has(ty, &member) {
                return Some(format!("{ty}::{member}"));
            }
        }
        for (at, _) in texts.match_indices('.') {
            let rest = &texts[at + 1..];
            let name: String = rest.chars().take_while(|it| is_word(*it)).collect();
            let is_call = rest[name.len()..].starts_with('(') && !name.is_empty();
            if is_call && !self.functions.contains(&name) && !OTHERS.contains(&&*name) {
                return Some(format!(".{name}(..)"));
            }
        }
        None
    }

    fn has(&self, ty: &str, member: &str) -> bool {
        let Some(members) = self.members.get(ty) else {
            return OTHER_TYPES.contains(&ty);
        };
        OTHER_TYPES.contains(&ty) || members.contains(member) || self.in_macros.contains(member)
    }
}

/// The functions that stand anywhere in tokens.
fn functions_in(tokens: &TokenStream, found: &mut BTreeSet<String>) {
    let mut is_next = false;
    for token in tokens.clone() {
        match token {
            TokenTree::Ident(ident) if is_next => {
                found.insert(ident.to_string());
                is_next = false;
            }
            TokenTree::Ident(ident) => is_next = ident == "fn",
            TokenTree::Group(group) => functions_in(&group.stream(), found),
            _ => is_next = false,
        }
    }
}

/// A piece of code without what stands between quotes.
fn strings_left_out(code: &str) -> String {
    code.split('"').step_by(2).collect()
}

/// The texts of the doc comments of a file, wherever they stand.
fn documentation(source: &str) -> Vec<String> {
    let mut texts = vec![String::new()];
    for line in source.lines() {
        let line = line.trim_start();
        let doc = line.strip_prefix("///").or(line.strip_prefix("//!"));
        match doc {
            Some(doc) => {
                let text = texts.last_mut().expect("there is one");
                text.push_str(doc.strip_prefix(' ').unwrap_or(doc));
                text.push('\n');
            }
            None => texts.push(String::new()),
        }
    }
    texts.retain(|text| !text.is_empty());
    texts
}

/// The spans of code of a text, without what are blocks of code.
fn spans(text: &str) -> Vec<String> {
    let mut spans = Vec::new();
    let mut in_block = false;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_block = true,
            Event::End(TagEnd::CodeBlock) => in_block = false,
            Event::Code(code) if !in_block => spans.push(code.to_string()),
            _ => {}
        }
    }
    spans
}

fn files(folder: &Path, ending: &str) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(folder).expect("a readable folder");
    let paths = entries.map(|entry| entry.expect("a readable entry").path());
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() && path.file_name().is_some_and(|name| name != "tests") {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|it| it == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// What the documentation of a crate speaks of that it hasn't got.
fn missing(names: &Names, sources: &Path, pages: &[&Path]) -> Vec<String> {
    let mut missing = Vec::new();
    let mut check = |path: &Path, text: &str| {
        for span in spans(text) {
            if let Some(name) = names.missing(&span) {
                missing.push(format!("{}: {name} in `{span}`", path.display()));
            }
        }
    };
    for path in files(sources, "rs") {
        let source = fs::read_to_string(&path).expect("a readable file");
        for text in documentation(&source) {
            check(&path, &text);
        }
    }
    for path in pages {
        check(path, &fs::read_to_string(path).expect("a readable page"));
    }
    missing
}

#[test]
fn what_the_documentation_of_the_emitted_crate_mentions_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated");
    let mut names = Names::default();
    names.add(&Tree::read(&root.join("src")));
    let pages = [root.join("README.md"), root.join("api.md")];
    let pages: Vec<&Path> = pages.iter().map(AsRef::as_ref).collect();
    assert_eq!(missing(&names, &root.join("src"), &pages), [""; 0]);
}

/// Modules that the emitted crate of the project does without are mentioned by others.
#[test]
fn what_the_documentation_of_the_runtime_mentions_is_there() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/runtime/src");
    let mut names = Names::default();
    names.add(&Tree::read_below(&source.join("root.rs"), &source));
    // Emitted code adds these.
    for item in crate::requests::of_clients() {
        names.item(&item);
    }
    let client = names.members.entry("Client".to_owned()).or_default();
    client.insert("from_env".to_owned());
    assert_eq!(missing(&names, &source, &[]), [""; 0]);
}

#[test]
fn a_name_that_is_not_there_is_found() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated");
    let mut names = Names::default();
    names.add(&Tree::read(&root.join("src")));
    for span in [
        ".with_option(project, List::owner)",
        "Client::setup",
        "with_luck",
        "client.batches().destroy()",
        "BatchStatus::Lost",
    ] {
        assert!(names.missing(span).is_some(), "{span}");
    }
    for span in [
        "List::status",
        "Client::from_env()",
        "with_timeout",
        "with_",
        "client.batches().list()",
        "BatchStatus::Failed",
        "Duration::MAX",
        "\"a.b(c)\"",
    ] {
        assert_eq!(names.missing(span), None, "{span}");
    }
}
