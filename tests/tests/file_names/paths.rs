//! What is promised of the paths of a crate's files, and of the modules that lead to them.

use std::collections::{BTreeMap, BTreeSet};

use codegen::GeneratedFile;

/// Most bytes of a name in a path. File systems end at 255, some that encrypt at 143.
const LONGEST: usize = 100;

/// Most bytes of a path below the folder of the crate.
const LONGEST_PATH: usize = 500;

/// All files beside modules that a crate can have.
const FIXED: [&str; 9] = [
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "api.md",
    "examples/create_and_wait.rs",
    "examples/error_handling.rs",
    "examples/list.rs",
    "rustfmt.toml",
];

/// Modules of every crate that are folders.
const FOLDERS: [&str; 5] = [
    "runtime/mod",
    "types/mod",
    "wire/mod",
    "wire/requests/mod",
    "wire/types/mod",
];

/// Holds the paths to all that is promised of them.
pub fn check_paths(files: &[GeneratedFile]) {
    let mut seen = BTreeSet::new();
    for GeneratedFile { path, .. } in files {
        assert!(seen.insert(path.to_ascii_lowercase()), "twice: {path}");
        if FIXED.contains(&path.as_str()) {
            continue;
        }
        assert!(path.len() <= LONGEST_PATH, "{} bytes: {path}", path.len());
        let source = path
            .strip_prefix("src/")
            .and_then(|it| it.strip_suffix(".rs"));
        let page = path
            .strip_prefix("api/")
            .and_then(|it| it.strip_suffix(".md"));
        let stem = source.or(page);
        let stem = stem.unwrap_or_else(|| panic!("neither a module nor a page of `api/`: {path}"));
        for name in stem.split('/') {
            let plain = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_';
            assert!(
                !name.is_empty() && name.bytes().all(plain),
                "not plain: {path}"
            );
            assert!(
                name.len() + ".rs".len() <= LONGEST,
                "{} bytes: {path}",
                name.len()
            );
            assert!(!is_device(name), "a device: {path}");
        }
        // What Cargo takes for a program, and what would be another name for a module.
        let module = stem.rsplit('/').next();
        assert!(
            page.is_some() || stem != "main" && !stem.starts_with("bin/"),
            "a program: {path}"
        );
        assert!(
            page.is_some() || module != Some("mod") || FOLDERS.contains(&stem),
            "another module: {path}"
        );
    }
}

/// "Naming Files, Paths, and Namespaces" of the documentation of Windows.
fn is_device(name: &str) -> bool {
    let numbered = name
        .strip_prefix("com")
        .or_else(|| name.strip_prefix("lpt"));
    let numbered =
        numbered.is_some_and(|it| it.len() == 1 && it.bytes().all(|it| it.is_ascii_digit()));
    numbered || ["aux", "con", "nul", "prn"].contains(&name)
}

/// Follows the modules from the root of the crate: they have to lead to all files, and to no others.
pub fn check_modules(files: &[GeneratedFile]) {
    let texts: BTreeMap<&str, &str> = files
        .iter()
        .filter(|file| file.path.starts_with("src/"))
        .map(|file| (file.path.as_str(), file.text.as_str()))
        .collect();
    let mut reached = BTreeSet::from(["src/lib.rs".to_owned()]);
    let mut open = vec![("src/lib.rs".to_owned(), "src".to_owned())];
    while let Some((path, home)) = open.pop() {
        for module in modules_of(&path, texts[path.as_str()]) {
            let below = format!("{home}/{module}");
            let places = [format!("{below}.rs"), format!("{below}/mod.rs")];
            let found: Vec<String> = places
                .into_iter()
                .filter(|it| texts.contains_key(it.as_str()))
                .collect();
            let [found] = found.as_slice() else {
                panic!("{path}: module `{module}` has {} files", found.len());
            };
            assert!(reached.insert(found.clone()), "two modules in {found}");
            open.push((found.clone(), below));
        }
    }
    let all: BTreeSet<String> = texts.keys().map(|&path| path.to_owned()).collect();
    assert_eq!(reached, all);
}

/// The modules in files of their own that a file names.
fn modules_of(path: &str, text: &str) -> Vec<String> {
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
    let modules = file.items.into_iter().filter_map(|item| match item {
        syn::Item::Mod(module) if module.content.is_none() => Some(module),
        _ => None,
    });
    modules
        .map(|module| {
            let moved = module.attrs.iter().any(|it| it.path().is_ident("path"));
            assert!(!moved, "{path}: `{}` stands elsewhere", module.ident);
            module.ident.to_string()
        })
        .collect()
}
