//! The documentation of emitted crates.

use std::path::Path;

use codegen::Source;
use serde_json::Value;

use crate::{Text, root, rust};

/// Fixtures that together have operations of all kinds: paginated, polled, streamed, multipart, with
/// credentials, servers, error types and webhooks.
const FIXTURES: &[&str] = &[
    "additional-properties",
    "auth-basic",
    "auth-none",
    "auth-several",
    "bodies",
    "enums-integer",
    "enums-text",
    "failures",
    "features",
    "forms",
    "headers",
    "item-schemas",
    "nested",
    "pages",
    "pages-item",
    "pages-link",
    "pages-number",
    "read-and-write-only",
    "redirects",
    "responses-by-type",
    "servers",
    "servers-in-variables",
    "unions",
    "unions-tagged",
    "unknown-fields",
    "waiter",
    "webhooks",
];

/// The front page, the pages beside it, and the client of an emitted crate.
const FRONT: &[&str] = &[
    "README.md",
    "api.md",
    "src/lib.rs",
    "src/client.rs",
    "src/servers.rs",
    "src/webhooks.rs",
];

/// The documentation of the crate of this project and of the fixtures, without the texts of their
/// descriptions.
pub fn texts() -> Vec<Text> {
    let read = |path: String| std::fs::read_to_string(root().join(path)).unwrap_or_default();
    let spec = read("spec/batches.yaml".to_owned());
    let mut texts = of_crate("batches", &spec, &read("spec/sdk.toml".to_owned()));
    for name in FIXTURES {
        let folder = format!("tests/fixtures/{name}");
        let spec = read(format!("{folder}/openapi.yaml"));
        // Not every fixture has a configuration.
        texts.extend(of_crate(name, &spec, &read(format!("{folder}/sdk.toml"))));
    }
    texts
}

fn of_crate(name: &str, spec: &str, config: &str) -> Vec<Text> {
    let source = |name, text| Source { name, text };
    let mut description = codegen::parse(source("openapi.yaml", spec)).expect("a valid fixture");
    remove_prose(&mut description);
    let json = description.to_string();
    let generated = codegen::generate(source("openapi.json", &json), source("sdk.toml", config));
    let generated = generated.unwrap_or_else(|problems| panic!("{name}: {}", problems[0].message));
    let mut texts = Vec::new();
    for file in &generated.files {
        let part = match file.path.as_str() {
            path if FRONT.contains(&path) || path.starts_with("examples/") => "emitted front page",
            path if path.starts_with("src/runtime/") && path != "src/runtime/mod.rs" => {
                // The same in all crates.
                if name != "batches" {
                    continue;
                }
                "emitted runtime"
            }
            path if path.starts_with("src/types") || path.starts_with("src/wire") => {
                "emitted types"
            }
            path if path.starts_with("src/") => "emitted requests",
            _ => continue,
        };
        let path = format!("{part}: {name}/{}", file.path);
        if Path::new(&file.path)
            .extension()
            .is_some_and(|it| it == "rs")
        {
            texts.extend(rust::documentation(&path, &file.text));
            texts.extend(rust::messages(&path, &file.text));
        } else {
            texts.push(Text {
                path,
                line: 1,
                text: without_diagrams(&file.text),
            });
        }
    }
    texts
}

/// A page with empty lines in the place of diagrams, which have names of the API only.
fn without_diagrams(page: &str) -> String {
    let mut is_diagram = false;
    let lines = page.lines().map(|line| {
        is_diagram = line == "```mermaid" || is_diagram && line != "```";
        if is_diagram { "" } else { line }
    });
    lines.collect::<Vec<&str>>().join("\n")
}

/// Replaces the texts of a description, which are the API's and not the generator's.
fn remove_prose(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let is_prose = ["description", "summary", "title"].contains(&key.as_str());
                match member {
                    Value::String(text) if is_prose => "Prose".clone_into(text),
                    other => remove_prose(other),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(remove_prose),
        _ => {}
    }
}
