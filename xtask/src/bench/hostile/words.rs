//! Bombs for whoever reads names and descriptions.

use serde_json::{Value, json};

use super::Bomb;

pub(super) fn bombs(size: usize) -> Vec<Bomb> {
    let mut bombs: Vec<Bomb> = descriptions(size)
        .into_iter()
        .map(|(name, text)| Bomb::new(name, move || described(&text).to_string()))
        .collect();
    bombs.extend([
        Bomb::new("long-names.json", move || named(&"a".repeat(size))),
        // What looks for acronyms and for words of mixed case in names has to come to an end, too.
        Bomb::new("long-names-in-capitals.json", move || named(&"X".repeat(size))),
        Bomb::new("long-names-of-acronyms.json", move || named(&"IDs".repeat(size / 3))),
        Bomb::new("path-of-segments.json", move || path(&"/a".repeat(size))),
        Bomb::new("path-of-braces.json", move || path(&"/{".repeat(size))),
        Bomb::new("path-of-parameters.json", move || path(&"/{a}".repeat(size / 10))),
        Bomb::new("pattern.json", move || json!({
            "openapi": "3.0.3", "info": {"title": "Bomb", "version": "1"}, "paths": {},
            "components": {"schemas": {"A": {"type": "string", "pattern": "(a+)+".repeat(size / 10)}}}
        }).to_string()),
        Bomb::new("server-variables.json", move || json!({
            "openapi": "3.0.3", "info": {"title": "Bomb", "version": "1"}, "paths": {},
            "servers": [{"url": format!("https://api.example.com/{}", "{v}".repeat(size / 10)),
                "variables": {"v": {"default": "x", "enum": ["x"]}}}]
        }).to_string()),
    ]);
    bombs
}

/// All that has a name, under this one.
fn named(name: &str) -> String {
    json!({
        "openapi": "3.0.3", "info": {"title": name, "version": name},
        "servers": [{"url": "https://api.example.com"}],
        "tags": [{"name": name}],
        "paths": {format!("/{name}"): {"get": {"tags": [name], "operationId": name,
            "parameters": [{"name": name, "in": "query", "schema": {"type": "string"}}],
            "responses": {"200": {"description": "Fine.", "content": {"application/json": {"schema":
                {"type": "object", "properties": {name: {"type": "string", "enum": [name]}}}}}}}}}}
    })
    .to_string()
}

/// An operation and a type with a description.
fn described(text: &str) -> Value {
    json!({
        "openapi": "3.0.3", "info": {"title": "Bomb", "version": "1", "description": text},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {"/a": {"get": {"tags": ["a"], "operationId": "getA", "description": text,
            "responses": {"200": {"description": text, "content": {"application/json": {"schema":
                {"$ref": "#/components/schemas/A"}}}}}}}},
        "components": {"schemas": {"A": {"type": "object", "description": text,
            "properties": {"a": {"type": "string"}}}}}
    })
}

fn path(template: &str) -> String {
    json!({
        "openapi": "3.0.3", "info": {"title": "Bomb", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": {template: {"get": {"tags": ["a"], "operationId": "getA",
            "responses": {"204": {"description": "Fine."}}}}}
    })
    .to_string()
}

fn descriptions(size: usize) -> Vec<(&'static str, String)> {
    let table = format!(
        "{}\n{}\n{}",
        "|a".repeat(size / 50),
        "|-".repeat(size / 50),
        "|\n".repeat(size / 5)
    );
    vec![
        ("description-of-brackets.json", "[".repeat(size * 10)),
        ("description-of-links.json", "[a](".repeat(size * 2)),
        ("description-of-open-links.json", "[a](<b".repeat(size)),
        ("description-of-images.json", "![".repeat(size * 2)),
        ("description-of-stars.json", "*a **b ".repeat(size)),
        ("description-of-underlines.json", "_a __b ".repeat(size)),
        ("description-of-signs.json", "*_[`".repeat(size * 2)),
        ("description-of-backticks.json", "` `` ``` ".repeat(size)),
        ("description-of-fences.json", "```\n".repeat(size)),
        ("description-of-quotes.json", "> ".repeat(size)),
        ("description-of-lists.json", "- ".repeat(size)),
        ("description-of-numbers.json", "1. ".repeat(size)),
        ("description-of-tags.json", "<a ".repeat(size * 3)),
        (
            "description-of-open-tags.json",
            format!("{}</b>", "<b>".repeat(size)),
        ),
        (
            "description-of-lists-in-html.json",
            format!(
                "{}{}</ul>",
                "<ul>".repeat(size / 10),
                "<li>a".repeat(size / 10)
            ),
        ),
        (
            "description-of-code-in-html.json",
            format!("{}</code>", "<code>".repeat(size)),
        ),
        ("description-of-comments.json", "<!-- ".repeat(size)),
        ("description-of-entities.json", "&amp;".repeat(size)),
        (
            "description-of-addresses.json",
            "https://a.example ".repeat(size / 2),
        ),
        ("description-of-footnotes.json", "[^a]: b\n".repeat(size)),
        (
            "description-of-references.json",
            format!("{}{}", "[a]: b\n".repeat(size / 2), "[a] ".repeat(size / 2)),
        ),
        ("description-of-headings.json", "# a\n".repeat(size)),
        (
            "description-of-underlined-headings.json",
            "a\n=\n".repeat(size),
        ),
        ("description-of-escapes.json", "\\".repeat(size * 10)),
        ("description-of-tables.json", table),
        ("description-of-words.json", "word ".repeat(size * 4)),
        ("description-of-one-word.json", "w".repeat(size * 20)),
        ("description-of-lines.json", "a\n".repeat(size * 4)),
    ]
}
