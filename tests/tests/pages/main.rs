//! Published pages against descriptions, and descriptions made from them. The pages are in `tests/pages`: those of
//! this project's API in words of our own, and those of an API that there isn't, which has all forms.

mod changes;
mod draft;
mod hostile;
mod reading;

use std::fs;
use std::path::{Path, PathBuf};

use codegen::pages::{Options, PageReport, Pages, check};
use codegen::{Diagnostic, Source};

/// A file of this project.
fn file(path: &str) -> String {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Pages by their names, and their texts.
struct Texts(Vec<(String, String)>);

impl Texts {
    fn of(folder: &str, names: &[&str]) -> Self {
        let pages = names.iter().map(|name| {
            let text = file(&format!("tests/pages/{folder}/{name}"));
            ((*name).to_owned(), text)
        });
        Self(pages.collect())
    }

    fn one(name: &str, text: &str) -> Self {
        Self(vec![(name.to_owned(), text.to_owned())])
    }

    fn sources(&self) -> Vec<Source<'_>> {
        let pages = self.0.iter();
        pages.map(|(name, text)| Source { name, text }).collect()
    }
}

/// Holds pages against a description.
fn compared(texts: &Texts, spec: &str, options: Options) -> PageReport {
    let sources = texts.sources();
    let pages = Pages::read(&sources);
    let spec = Source {
        name: "spec.yaml",
        text: spec,
    };
    check(&pages, spec, nothing(), options).unwrap_or_else(|told| panic!("{}", messages(&told)))
}

/// An empty configuration.
fn nothing() -> Source<'static> {
    Source {
        name: "sdk.toml",
        text: "",
    }
}

fn messages(diagnostics: &[Diagnostic]) -> String {
    let all: Vec<&str> = diagnostics.iter().map(|it| it.message.as_str()).collect();
    all.join("\n")
}

/// The differences, a line each: the line of the page, that of the description, and what differs.
fn told(report: &PageReport) -> Vec<String> {
    let differences = report.differences.iter();
    differences
        .map(|it| {
            let page = format!("{}:{}", it.page.page, it.page.line);
            format!("{page} {}:{} {}", it.spec.line, it.spec.column, it.message)
        })
        .collect()
}

/// The line of a text that holds this, from 1.
fn line(text: &str, part: &str) -> usize {
    let found = text.lines().position(|it| it.contains(part));
    found.unwrap_or_else(|| panic!("nothing has {part}")) + 1
}
