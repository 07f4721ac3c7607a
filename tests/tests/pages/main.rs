//! Published pages against descriptions, and descriptions made from them. The pages are in `tests/pages`: those of
//! this project's API in words of our own, beside its description as it was then, and those of an API that there isn't,
//! which has all forms.

mod changes;
mod draft;
mod hostile;
mod reading;

use std::fs;
use std::path::{Path, PathBuf};

use codegen::{Diagnostic, Source};
use reference_pages::{Options, PageReport, Pages, check};

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

/// The differences: what differs, with the line of the page and that of the description.
fn told(report: &PageReport, texts: &Texts, spec: &str) -> String {
    let line = |text: &str, number: usize| {
        let line = text.lines().nth(number - 1);
        line.unwrap_or_else(|| panic!("there is no line {number}"))
            .trim()
            .to_owned()
    };
    let mut told = String::new();
    for it in &report.differences {
        let page = texts.0.iter().find(|(name, _)| *name == it.page.page);
        let (_, page) = page.expect("a page that was given");
        let also = match it.also.len() {
            0 => String::new(),
            more => format!(" (and {more} more lines)"),
        };
        let all = format!(
            "{}: {}\n  page: {}{also}\n  spec: {}\n",
            it.kind.as_str(),
            it.message,
            line(page, it.page.line),
            line(spec, it.spec.line),
        );
        told.push_str(&all);
    }
    told
}
