//! What a source file imports.

use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// Something that a file names which isn't its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Import {
    /// What stands at the root of the same crate.
    Root(String),
    /// What a path begins with otherwise: a dependency, where there is one of this name.
    Package(String),
}

/// How many modules lie between a file, by its path below `src`, and the root of the crate.
pub(crate) fn depth(path: &Path) -> usize {
    let names = path.iter().count();
    match path.file_name() {
        Some(name) if name == "mod.rs" || name == "lib.rs" => names - 1,
        _ => names,
    }
}

/// All that a file imports, in whatever form, but for the code of tests.
pub(crate) fn imports(text: &str, depth: usize) -> syn::Result<Vec<Import>> {
    let file = syn::parse_file(text)?;
    let mut collector = Collector {
        depth,
        found: Vec::new(),
    };
    collector.visit_file(&file);
    Ok(collector.found)
}

struct Collector {
    /// Modules between the place and the root of the crate.
    depth: usize,
    found: Vec<Import>,
}

impl Collector {
    /// Notes the path that these names make.
    fn path(&mut self, names: &[String]) {
        let Some(first) = names.first() else { return };
        match first.as_str() {
            "crate" => self.found.extend(names.get(1).cloned().map(Import::Root)),
            "super" | "self" => {
                let up = names.iter().take_while(|name| *name == "super").count();
                let up = up + usize::from(first == "self");
                if up - usize::from(first == "self") == self.depth {
                    self.found.extend(names.get(up).cloned().map(Import::Root));
                }
            }
            _ => self.found.push(Import::Package(first.clone())),
        }
    }

    /// Notes all paths of a `use`.
    fn tree(&mut self, before: &[String], tree: &syn::UseTree) {
        let with = |name: &syn::Ident| {
            let mut longer = before.to_vec();
            longer.push(name.to_string());
            longer
        };
        match tree {
            syn::UseTree::Path(path) => self.tree(&with(&path.ident), &path.tree),
            syn::UseTree::Name(name) => self.path(&with(&name.ident)),
            syn::UseTree::Rename(name) => self.path(&with(&name.ident)),
            syn::UseTree::Glob(_) => self.path(before),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.tree(before, tree);
                }
            }
        }
    }

    /// Notes paths in what a macro is given.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut names: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.whole(&names);
                        names.clear();
                    }
                    names.push(name.to_string());
                    colons = 0;
                }
                TokenTree::Punct(sign) if sign.as_char() == ':' => colons += 1,
                other => {
                    self.whole(&names);
                    names.clear();
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.tokens(group.stream());
                    }
                }
            }
        }
        self.whole(&names);
    }

    /// Notes names between tokens, which are a path if there are several.
    fn whole(&mut self, names: &[String]) {
        if names.len() > 1 {
            self.path(names);
        }
    }
}

/// Whether an item is compiled only for tests.
fn is_of_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .parse_args::<syn::Path>()
                .is_ok_and(|path| path.is_ident("test"))
    })
}

impl<'ast> Visit<'ast> for Collector {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if !is_of_tests(&item.attrs) {
            self.tree(&[], &item.tree);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !is_of_tests(&item.attrs) {
            self.depth += 1;
            visit::visit_item_mod(self, item);
            self.depth -= 1;
        }
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if !is_of_tests(&item.attrs) {
            visit::visit_item_fn(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path
            .segments
            .iter()
            .map(|it| it.ident.to_string())
            .collect();
        self.whole(&names);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let name = call.path.segments.last();
        // What is quoted is a path of the emitted crate.
        let is_quoted = name.is_some_and(|it| it.ident.to_string().starts_with("quote"));
        visit::visit_path(self, &call.path);
        if !is_quoted {
            self.tokens(call.tokens.clone());
        }
    }
}
