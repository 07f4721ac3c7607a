//! The modules of a crate, and what a path means in one of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use syn::{Item, UseTree, Visibility};

use crate::spelling::attributes;
use crate::tables::expand;

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
    /// The modules whose public items it imports all of.
    globs: Vec<Names>,
    /// The `cfg` attributes that it stands under, as text before an item.
    pub conditions: String,
}

/// A name that a `use` item brings.
pub struct Import {
    pub name: String,
    pub target: Names,
    pub public: bool,
}

impl Tree {
    /// Reads a crate from the folder of its `lib.rs`.
    pub fn read(source: &Path) -> Self {
        Self::read_below(&source.join("lib.rs"), source)
    }

    /// Reads a module with all that it declares, whose files are in `source`.
    pub fn read_below(root: &Path, source: &Path) -> Self {
        let mut tree = Self {
            modules: BTreeMap::new(),
        };
        tree.add(root, source, Vec::new(), String::new());
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
        let (mut imports, mut globs) = (Vec::new(), Vec::new());
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
                        &mut globs,
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
                globs,
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
        let Some(import) = module.imports.iter().find(|import| import.name == *first) else {
            let mut globs = module.globs.iter();
            return globs.find_map(|glob| self.walk(self.resolve(&start, glob)?, names));
        };
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

fn flatten(
    tree: &UseTree,
    prefix: &mut Names,
    public: bool,
    imports: &mut Vec<Import>,
    globs: &mut Vec<Names>,
) {
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
            flatten(&path.tree, prefix, public, imports, globs);
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
                flatten(tree, prefix, public, imports, globs);
            }
        }
        UseTree::Glob(_) => {
            assert!(!public, "a public glob import isn't followed: {prefix:?}");
            globs.push(prefix.clone());
        }
    }
}
