//! How the modules of the runtime import each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::{Attribute, Item, UseTree};

/// The most modules that may import each other in a circle. A smaller number takes its place once a
/// circle is dissolved.
const LARGEST_CIRCLE: usize = 4;

/// Imports of each module. A submodule counts as a part of the module in whose folder it is.
type Imports = BTreeMap<String, BTreeSet<String>>;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() && !path.ends_with("tests") {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|it| it == "rs") && !path.ends_with("lib.rs") {
            found.push(path);
        }
    }
    found
}

/// Collects the top-level modules that a file imports.
struct Collector<'a> {
    /// The path of the module that is visited, below the crate.
    module: Vec<String>,
    imported: &'a mut BTreeSet<String>,
}

impl Collector<'_> {
    /// `path` is the path of the module behind the keywords that were read so far; none before the
    /// first of them.
    fn import(&mut self, path: Option<Vec<String>>, tree: &UseTree) {
        match tree {
            UseTree::Group(group) => {
                for item in &group.items {
                    self.import(path.clone(), item);
                }
            }
            UseTree::Path(step) => {
                let word = step.ident.to_string();
                let next = match (path, word.as_str()) {
                    (None, "crate") => Some(Vec::new()),
                    (None, "self") => Some(self.module.clone()),
                    (None, "super") => Some(parent(&self.module)),
                    (Some(path), "super") => Some(parent(&path)),
                    (Some(mut path), _) => {
                        path.push(word);
                        Some(path)
                    }
                    // Another crate.
                    (None, _) => None,
                };
                if next.is_some() {
                    self.import(next, &step.tree);
                }
            }
            UseTree::Name(name) => self.note(path, name.ident.to_string()),
            UseTree::Rename(name) => self.note(path, name.ident.to_string()),
            UseTree::Glob(_) => self.note(path, "*".to_owned()),
        }
    }

    fn note(&mut self, path: Option<Vec<String>>, name: String) {
        if let Some(mut path) = path {
            path.push(name);
            self.imported.insert(path.remove(0));
        }
    }
}

fn parent(module: &[String]) -> Vec<String> {
    let (_, parent) = module.split_last().expect("a module has a parent");
    parent.to_vec()
}

impl Collector<'_> {
    /// Reads the imports of items and of the modules among them.
    fn read(&mut self, items: &[Item]) {
        // What only documentation names is imported under an `allow`.
        let is_for_docs = |attributes: &[Attribute]| {
            let mut attributes = attributes.iter();
            attributes.any(|it| it.path().is_ident("allow"))
        };
        for item in items {
            match item {
                Item::Use(item) if !is_for_docs(&item.attrs) => self.import(None, &item.tree),
                Item::Mod(item) => {
                    self.module.push(item.ident.to_string());
                    if let Some((_, items)) = &item.content {
                        self.read(items);
                    }
                    self.module.pop();
                }
                _ => {}
            }
        }
    }
}

fn imports() -> Imports {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/runtime/src");
    let mut imports = Imports::new();
    for path in files(&root) {
        let module = path.strip_prefix(&root).expect("it is below the root");
        let module: Vec<String> = module
            .with_extension("")
            .iter()
            .map(|step| step.to_string_lossy().into_owned())
            .collect();
        let text = fs::read_to_string(&path).expect("the file can be read");
        let file = syn::parse_file(&text).expect("the file is Rust");
        let imported = imports.entry(module[0].clone()).or_default();
        Collector { module, imported }.read(&file.items);
    }
    let modules: BTreeSet<String> = imports.keys().cloned().collect();
    for (module, imported) in &mut imports {
        imported.retain(|it| it != module && modules.contains(it));
    }
    imports
}

/// All modules that a module imports, directly or not.
fn reachable<'i>(imports: &'i Imports, module: &str) -> BTreeSet<&'i str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&str> = vec![module];
    while let Some(next) = open.pop() {
        let imported = imports.get_key_value(next).map(|(_, imported)| imported);
        for import in imported.into_iter().flatten() {
            if found.insert(import.as_str()) {
                open.push(import);
            }
        }
    }
    found
}

/// The circles: sets of modules each of which reaches all others.
fn circles(imports: &Imports) -> BTreeSet<Vec<&str>> {
    let reach: BTreeMap<&str, BTreeSet<&str>> = imports
        .keys()
        .map(|module| (module.as_str(), reachable(imports, module)))
        .collect();
    let mut circles = BTreeSet::new();
    for (module, reached) in &reach {
        let circle: Vec<&str> = reached
            .iter()
            .copied()
            .filter(|other| reach[other].contains(module))
            .collect();
        if !circle.is_empty() {
            circles.insert(circle);
        }
    }
    circles
}

#[test]
fn runtime_modules_import_each_other_in_small_circles_only() {
    let imports = imports();
    assert!(imports["execute"].contains("attempt"), "{imports:?}");
    let circles = circles(&imports);
    let largest = circles.iter().map(Vec::len).max().unwrap_or(0);
    assert!(
        largest <= LARGEST_CIRCLE,
        "{largest} modules import each other: {circles:#?}"
    );
}

#[test]
fn runtime_modules_that_reach_each_other_are_a_circle() {
    let imports = |list: &[(&str, &[&str])]| -> Imports {
        let set = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
        let list = list.iter();
        list.map(|(module, names)| ((*module).to_owned(), set(names)))
            .collect()
    };
    let chain = imports(&[("a", &["b"]), ("b", &["c"]), ("c", &[])]);
    assert!(circles(&chain).is_empty());
    let circle = imports(&[
        ("a", &["b"]),
        ("b", &["c"]),
        ("c", &["b", "a"]),
        ("d", &["a"]),
    ]);
    assert_eq!(circles(&circle), BTreeSet::from([vec!["a", "b", "c"]]));
}

/// The lines of a macro, without those that are the documentation of its defaults.
fn macro_without_defaults(text: &str) -> Vec<&str> {
    let start = text.find("methods {").expect("a macro");
    let rest = &text[start..];
    let end = rest.find("\n}\n").expect("its end");
    let lines = rest[..end].lines().skip(2).map(str::trim);
    let is_default = |line: &str| {
        line.starts_with("#[doc = $")
            || line.starts_with("/// Sets the first pause")
            || line.starts_with("/// Sets the timeout of all polls")
    };
    lines.filter(|line| !is_default(line)).collect()
}

#[test]
fn pollers_with_defaults_of_their_own_have_the_methods_of_all_others() {
    let usual = include_str!("../../codegen/runtime/src/waiting.rs");
    let own = include_str!("../../codegen/runtime/src/waiting_defaults.rs");
    let (usual, own) = (macro_without_defaults(usual), macro_without_defaults(own));
    assert!(usual.len() > 50);
    assert_eq!(usual, own);
}
