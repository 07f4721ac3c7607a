//! The pages that rustdoc makes hold rustdoc's own elements, and none that a description brought in.

use std::fs;
use std::path::{Path, PathBuf};

/// Elements of rustdoc, and those that Markdown has a form for. An image is not among them.
const ELEMENTS: &[&str] = &[
    "a",
    "blockquote",
    "body",
    "br",
    "button",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "html",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "noscript",
    "ol",
    "p",
    "pre",
    "rustdoc-toolbar",
    "rustdoc-topbar",
    "script",
    "section",
    "span",
    "strong",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
    "wbr",
];

/// How the scripts begin that rustdoc writes into a page.
const SCRIPTS: &[&str] = &[
    "",
    "if(window.location.protocol!==\"file:\")",
    "location.replace(\"../",
];

/// How rustdoc's remark on a trait ends.
const OLDER_VERSIONS: &str = "In older versions of Rust, dyn compatibility was called";

/// Looks at all pages of a folder.
pub fn check(folder: &Path) {
    let pages = pages(folder);
    assert!(pages.len() > 10, "{} has no pages", folder.display());
    for page in pages {
        let text = fs::read_to_string(&page).expect("a page can be read");
        for element in elements(&text) {
            let wrong = element.wrong();
            assert!(
                wrong.is_none(),
                "{}: {}: {element:?}",
                page.display(),
                wrong.unwrap_or_default()
            );
        }
    }
}

fn pages(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            found.extend(pages(&path));
        } else if path.extension().is_some_and(|it| it == "html") {
            found.push(path);
        }
    }
    found
}

#[derive(Debug)]
struct Element<'p> {
    name: &'p str,
    attributes: Vec<(&'p str, &'p str)>,
    /// What follows up to the next tag.
    text: &'p str,
}

impl Element<'_> {
    /// What rustdoc wouldn't write.
    fn wrong(&self) -> Option<&'static str> {
        let acts = |(name, _): &(&str, &str)| name.to_ascii_lowercase().starts_with("on");
        // Documentation of dependencies is inlined, and has links that lead nowhere.
        let leads = |(name, value): &(&str, &str)| {
            let scheme = value.trim_start().split(':').next().unwrap_or_default();
            let scheme = scheme.to_ascii_lowercase();
            matches!(*name, "href" | "src")
                && ["javascript", "data", "vbscript", "file"].contains(&&*scheme)
        };
        let own = SCRIPTS.iter().any(|start| match *start {
            "" => self.text.is_empty(),
            start => self.text.starts_with(start),
        });
        let is_data = self.attributes.contains(&("type", "text/json"));
        match self.name {
            // rustdoc's remark on a trait: "This trait is <b>not</b> dyn compatible".
            "b" if self.attributes.is_empty() && self.text == "not" => None,
            "i" if self.attributes.is_empty() && self.text.starts_with(OLDER_VERSIONS) => None,
            name if !ELEMENTS.contains(&name) => Some("an element of the description's"),
            "script" if !own && !is_data => Some("a script of the description's"),
            _ if self.attributes.iter().any(acts) => Some("an attribute that acts"),
            _ if self.attributes.iter().any(leads) => Some("a link that leads elsewhere"),
            _ => None,
        }
    }
}

/// The elements of a page, as a browser finds them: what stands between quotes is no tag.
fn elements(page: &str) -> Vec<Element<'_>> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if !rest.starts_with(|first: char| first.is_ascii_alphabetic()) {
            continue;
        }
        let end = rest.find(|it: char| it.is_whitespace() || it == '>' || it == '/');
        let (name, mut inside) = rest.split_at(end.unwrap_or(rest.len()));
        let mut attributes = Vec::new();
        while let Some((attribute, behind)) = attribute(inside) {
            attributes.push(attribute);
            inside = behind;
        }
        rest = inside.split_once('>').map_or("", |(_, behind)| behind);
        // What is in a script is no element, whatever it looks like.
        let close = if name == "script" { "</script" } else { "<" };
        let text = rest.split(close).next().unwrap_or_default();
        rest = &rest[text.len()..];
        found.push(Element {
            name,
            attributes,
            text,
        });
    }
    found
}

/// The first attribute of the rest of a tag, and what follows.
fn attribute(tag: &str) -> Option<((&str, &str), &str)> {
    let tag = tag.trim_start_matches(|it: char| it.is_whitespace() || it == '/');
    let end = tag.find(|it: char| it.is_whitespace() || matches!(it, '=' | '>' | '/'))?;
    let (name, rest) = tag.split_at(end);
    if name.is_empty() {
        return None;
    }
    let Some(value) = rest.strip_prefix('=') else {
        return Some(((name, ""), rest));
    };
    let quote = value.chars().next().filter(|it| matches!(it, '"' | '\''));
    let (value, rest) = match quote {
        Some(quote) => value[1..].split_once(quote)?,
        None => value.split_at(value.find(|it: char| it.is_whitespace() || it == '>')?),
    };
    Some(((name, value), rest))
}

#[test]
fn what_a_description_could_bring_in_is_seen() {
    let wrong = |page: &str| elements(page).iter().find_map(Element::wrong);
    for page in [
        "<p><img src=x></p>",
        "<p><script>alert(1)</script></p>",
        "<p ONCLICK=\"x\">",
        "<a title='>' href=\"JavaScript:x\">",
    ] {
        assert!(wrong(page).is_some(), "{page}");
    }
    assert_eq!(
        wrong("<a href=\"#x\" title=\"<img>\">&lt;script&gt;</a>"),
        None
    );
}
