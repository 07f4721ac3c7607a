//! Documentation, messages and help use the terms of HTTP, OpenAPI, serde and Rust.
//!
//! `terms.rs` lists words and phrases to avoid, each with the term to use. They are looked for in the
//! documentation of emitted crates, in error and log messages, in the help of the command line, and in the
//! Markdown of the repository.

mod emitted;
mod matching;
mod rust;
mod terms;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use matching::Terms;

/// Parts of the project that don't hold yet: the start of the paths of their files, as findings name them.
const NOT_YET: &[&str] = &[];

/// Sources whose strings are descriptions of other APIs.
const DESCRIPTIONS: &[&str] = &["hostile", "lists", "made.rs"];

/// A text in which terms are looked for.
pub struct Text {
    /// The file, as a finding names it.
    pub path: String,
    /// The number of its first line.
    pub line: usize,
    /// Its words.
    pub text: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The files below a folder with this extension, with their paths in the project.
fn files(folder: &str, extension: &str, skip: &dyn Fn(&str) -> bool) -> Vec<(String, String)> {
    let mut open = vec![root().join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("the folder exists") {
            let path = entry.expect("the folder is readable").path();
            let shown = path.strip_prefix(root()).expect("it is below the root");
            let shown = shown.to_string_lossy().replace('\\', "/");
            if skip(&shown) {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|it| it == extension) {
                let text = fs::read_to_string(&path).expect("the file is UTF-8");
                found.push((shown, text));
            }
        }
    }
    found.sort();
    found
}

/// Fails if one of the texts has a term to avoid, with its place and the term to use.
fn check(texts: &[Text]) {
    let terms = Terms::new();
    let mut findings = String::new();
    let held = texts
        .iter()
        .filter(|text| !NOT_YET.iter().any(|start| text.path.starts_with(start)));
    for text in held {
        for found in terms.find(&text.text) {
            let (path, line) = (&text.path, text.line + found.line);
            // Writing to a string can't fail.
            let _ = writeln!(
                findings,
                "{path}:{line}: \"{}\": use {}",
                found.words, found.instead
            );
        }
    }
    assert!(findings.is_empty(), "terms to avoid:\n{findings}");
}

/// Whether a source is for tests, whose messages only developers of the project see, or for benchmarks with
/// descriptions of other APIs.
fn is_test(path: &str) -> bool {
    path.split('/')
        .any(|part| ["tests", "benches", "target"].contains(&part) || DESCRIPTIONS.contains(&part))
        || path.ends_with("tests.rs")
}

#[test]
fn emitted_documentation_uses_standard_terms() {
    let texts = emitted::texts();
    assert!(texts.len() > 100, "{} texts were found", texts.len());
    check(&texts);
}

#[test]
fn messages_of_generator_and_runtime_use_standard_terms() {
    let mut texts = Vec::new();
    for folder in ["codegen", "xtask/src"] {
        for (path, source) in files(folder, "rs", &is_test) {
            texts.extend(rust::messages(&path, &source));
        }
    }
    assert!(texts.len() > 500, "{} messages were found", texts.len());
    check(&texts);
}

#[test]
fn help_of_the_command_line_uses_standard_terms() {
    let mut texts = Vec::new();
    for folder in ["codegen/cli/src/cli", "xtask/src/cli"] {
        for (path, source) in files(folder, "rs", &is_test) {
            texts.extend(rust::documentation(&path, &source));
        }
    }
    // The keys of the configuration are documented there.
    let path = "codegen/src/config/mod.rs";
    let source = fs::read_to_string(root().join(path)).expect("the file exists");
    texts.extend(rust::documentation(path, &source));
    assert!(texts.len() > 30, "{} texts were found", texts.len());
    check(&texts);
}

#[test]
fn pages_of_the_repository_use_standard_terms() {
    let skip = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or_default();
        // Pages of tests are those of an API, and folders with a dot belong to tools.
        name.starts_with('.') || ["target", "pages", "corpus", "artifacts"].contains(&name)
    };
    let pages = files("", "md", &skip);
    assert!(pages.len() > 6, "{} pages were found", pages.len());
    let texts: Vec<Text> = pages
        .into_iter()
        .map(|(path, text)| Text {
            path,
            line: 1,
            text,
        })
        .collect();
    check(&texts);
}
