//! The page that lists the calls and types of a crate: nothing is missing in it, its links lead
//! somewhere, and what draws its diagrams can read them.

mod support;

use std::collections::{HashMap, HashSet};

use codegen::{Generated, Source};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use support::fixture::{self, Fixture};

/// Tags are resources here, whatever the paths are.
const BY_TAG: &str = "[names]\nby = \"tag\"\n";

/// The page of a crate.
fn page<'a>(name: &str, generated: &'a Generated) -> &'a str {
    let file = generated.files.iter().find(|file| file.path == "api.md");
    let file = file.unwrap_or_else(|| panic!("{name} has no api.md"));
    &file.text
}

fn parsed(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
}

/// The anchors that a forge gives to the headings of a page.
fn anchors(text: &str) -> HashSet<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut anchors = HashSet::new();
    let mut open: Option<String> = None;
    for event in parsed(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => open = Some(String::new()),
            Event::Text(part) | Event::Code(part) => {
                if let Some(heading) = &mut open {
                    heading.push_str(&part);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let heading = open.take().expect("a heading that ends has begun");
                let kept = heading
                    .chars()
                    .map(|it| if it == ' ' { '-' } else { it })
                    .filter(|&it| it.is_alphanumeric() || it == '_' || it == '-');
                let slug: String = kept.flat_map(char::to_lowercase).collect();
                let times = seen.entry(slug.clone()).or_default();
                anchors.insert(match *times {
                    0 => slug,
                    again => format!("{slug}-{again}"),
                });
                *times += 1;
            }
            _ => {}
        }
    }
    anchors
}

/// The diagrams of a page.
fn diagrams(text: &str) -> Vec<String> {
    let mut diagrams = Vec::new();
    let mut open = false;
    for event in parsed(text) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(kind))) if &*kind == "mermaid" => {
                diagrams.push(String::new());
                open = true;
            }
            Event::End(TagEnd::CodeBlock) => open = false,
            Event::Text(part) if open => {
                diagrams.last_mut().expect("one is open").push_str(&part);
            }
            _ => {}
        }
    }
    diagrams
}

/// The lines between the heading of a part and that of the next.
fn part<'a>(page: &'a str, heading: &str) -> impl Iterator<Item = &'a str> {
    let lines = page.lines().skip_while(move |line| *line != heading);
    lines.skip(1).take_while(|line| !line.starts_with("## "))
}

#[test]
fn every_operation_and_every_type_is_listed() {
    for name in fixture::names() {
        let generated = Fixture::read(&name).generate();
        let page = page(&name, &generated);
        let calls = part(page, "## Methods").filter(|line| line.starts_with("- `client."));
        let waits = part(page, "## Methods").filter(|line| line.starts_with("  Polls "));
        let operations = calls.count() - waits.count();
        assert_eq!(operations, generated.summary.operations, "{name}");
        let types = part(page, "## Types").filter(|line| line.starts_with("- `"));
        assert_eq!(types.count(), generated.summary.types, "{name}");
    }
}

#[test]
fn every_link_leads_to_a_heading_or_a_file() {
    for name in fixture::names() {
        let generated = Fixture::read(&name).generate();
        let files: HashSet<&str> = generated.files.iter().map(|it| it.path.as_str()).collect();
        let page = page(&name, &generated);
        let anchors = anchors(page);
        let readme = generated.files.iter().find(|it| it.path == "README.md");
        let readme = readme.expect("a crate has a README");
        for text in [page, &readme.text] {
            for event in parsed(text) {
                let Event::Start(Tag::Link { dest_url, .. }) = event else {
                    continue;
                };
                if ["https:", "http:", "mailto:"]
                    .iter()
                    .any(|it| dest_url.starts_with(it))
                {
                    continue;
                }
                let (file, anchor) = dest_url.split_once('#').unwrap_or((&dest_url, ""));
                assert!(
                    file.is_empty() || files.contains(file),
                    "{name}: {dest_url}"
                );
                assert!(
                    anchor.is_empty() || anchors.contains(anchor),
                    "{name}: {dest_url}"
                );
            }
        }
    }
}

/// Whether a name can't mean anything to Mermaid but itself.
fn is_id(text: &str) -> bool {
    let words = ["client", "end", "class", "note", "style", "link", "click"];
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|it| it.is_ascii_alphanumeric())
        && (!words.contains(&text) || text == "client")
}

/// An id, and what stands in its node or box between brackets.
fn node(text: &str) -> (&str, Option<&str>) {
    match text.split_once(['[', '(']) {
        Some((id, label)) => (id, Some(label.trim_matches(['[', ']', '(', ')']))),
        None => (text, None),
    }
}

fn check_flow(name: &str, diagram: &str) {
    for line in diagram.lines().skip(1) {
        for text in line.trim().split(" --> ") {
            let (id, label) = node(text);
            assert!(is_id(id), "{name}: {line}");
            let Some(label) = label else { continue };
            let inner = label.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
            let inner = inner.unwrap_or_else(|| panic!("{name}: {line}"));
            assert!(
                !inner.contains(['"', '`', '#', ';', '[', ']']),
                "{name}: {line}"
            );
        }
    }
}

fn check_classes(name: &str, diagram: &str) {
    let mut declared = HashSet::new();
    for line in diagram.lines().skip(2) {
        if let Some(class) = line.strip_prefix("    class ") {
            let (id, _) = node(class.trim_end_matches(" {"));
            assert!(is_id(id), "{name}: {line}");
            declared.insert(id);
        } else if let Some((from, to)) = line.split_once(" --> ") {
            let to = to.split(" : ").next().unwrap_or_default();
            let are_there = declared.contains(from.trim()) && declared.contains(to);
            assert!(are_there, "{name}: {line}");
        } else {
            // A member, or the end of them.
            let text = line.trim();
            assert!(
                text == "}" || !text.contains(['{', '}', '"']),
                "{name}: {line}"
            );
        }
    }
}

#[test]
fn diagrams_are_within_what_mermaid_takes() {
    let mut found = 0;
    for name in fixture::names() {
        let generated = Fixture::read(&name).generate();
        for diagram in diagrams(page(&name, &generated)) {
            found += 1;
            assert!(diagram.len() < 50_000, "{name}");
            assert!(diagram.matches("-->").count() < 500, "{name}");
            match diagram.lines().next() {
                Some("flowchart LR") => check_flow(&name, &diagram),
                Some("classDiagram") => check_classes(&name, &diagram),
                other => panic!("{name}: {other:?}"),
            }
        }
    }
    assert!(found > 50);
}

/// A page for tags of which those within another come in between others.
fn nested() -> Generated {
    let operation = |path: &str, tag: &str| {
        format!(
            "  {path}: {{get: {{tags: [{tag}], responses: {{'204': {{description: Done.}}}}}}}}\n"
        )
    };
    let paths: String = [
        ("/alerts", "system/alerts"),
        ("/metrics", "metrics"),
        ("/status", "system/status"),
        ("/ports", "system/net/ports"),
        ("/metrics/old", "metrics/old"),
        ("/alerts/rules", "system/alerts/rules"),
    ]
    .map(|(path, tag)| operation(path, tag))
    .concat();
    let spec = format!(
        "openapi: 3.0.3\ninfo: {{title: Nested, version: '1'}}\n\
         servers: [{{url: 'https://api.example.com'}}]\npaths:\n{paths}"
    );
    let source = |name, text| Source { name, text };
    codegen::generate(source("api.yaml", &spec), source("sdk.toml", BY_TAG)).expect("a crate")
}

#[test]
fn what_is_below_a_resource_in_a_list_is_what_it_leads_to() {
    let generated = nested();
    let wanted = [
        "system",
        "    alerts",
        "        rules",
        "    status",
        "    net",
        "        ports",
        "metrics",
        "    old",
    ];
    let name = |line: &str| -> Option<String> {
        let (indent, rest) = line.split_once("- [`")?;
        let (name, _) = rest.split_once('`')?;
        Some(format!("{indent}{name}"))
    };
    let page = page("nested", &generated);
    let listed: Vec<String> = part(page, "## Methods").filter_map(name).collect();
    assert_eq!(listed, wanted);
    let front = generated.files.iter().find(|it| it.path == "src/lib.rs");
    let front = &front.expect("a crate has a root").text;
    let lines = front.lines().filter_map(|line| line.strip_prefix("//! "));
    let listed: Vec<String> = lines.filter_map(name).collect();
    assert_eq!(listed, wanted);
    // The sections, and the rows of the README, come in the same order.
    let sections: Vec<&str> = page
        .lines()
        .filter(|it| it.starts_with("### `client."))
        .collect();
    assert_eq!(sections.len(), wanted.len());
    assert_eq!(sections[1], "### `client.system().alerts()`");
    assert_eq!(sections[6], "### `client.metrics()`");
}

/// A shop whose tags are chapters, each with operations of several resources.
const CHAPTERS: &str = r#"
openapi: 3.1.0
info: {title: Shop, version: "1"}
servers: [{url: "https://shop.example.com"}]
tags:
  - name: Paying | <b>
    description: All that has to do with money. Prices are in cents.
  - name: unused
paths:
  /orders:
    get: {tags: [Buying], operationId: listOrders, responses: {"204": {description: ok}}}
  /orders/{id}/refund:
    post:
      tags: ["Paying | <b>"]
      operationId: refundOrder
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {"204": {description: ok}}
  /payments:
    get: {tags: ["Paying | <b>"], operationId: listPayments, responses: {"204": {description: ok}}}
  /health:
    get: {operationId: getHealth, responses: {"204": {description: ok}}}
"#;

#[test]
fn tags_are_headings_where_they_are_no_resources() {
    let source = |name, text| Source { name, text };
    let listing = |config| {
        let generated =
            codegen::generate(source("shop.yaml", CHAPTERS), source("sdk.toml", config));
        page("shop", &generated.expect("it generates")).to_owned()
    };
    let text = listing("");
    let tags: Vec<&str> = part(&text, "### By tag")
        .take_while(|it| !it.starts_with("###"))
        .filter(|it| it.starts_with("- "))
        .collect();
    assert_eq!(
        tags,
        [
            "- `Paying | <b>`: [`client.orders()`](#clientorders), \
             [`client.payments()`](#clientpayments): All that has to do with money. Prices are in cents.",
            "- `Buying`: [`client.orders()`](#clientorders)",
        ]
    );
    let orders: Vec<&str> = part(&text, "### `client.orders()`").collect();
    let at = |start: &str| orders.iter().position(|it| it.starts_with(start));
    let (buying, list) = (at("#### Tag `Buying`"), at("- `client.orders().list()"));
    let (paying, refund) = (at("#### Tag `Paying"), at("- `client.orders().refund("));
    assert!(buying.is_some() && buying < list && list < paying && paying < refund);
    // Of resources that are tags, the page would say everything twice.
    assert!(!listing(BY_TAG).contains("By tag"));
}

#[test]
fn what_can_be_set_for_a_wait_is_listed() {
    let generated = Fixture::read("waiter").generate();
    let page = page("waiter", &generated);
    let waits: Vec<&str> = page
        .split("\n- `client.")
        .filter(|call| call.contains("Polls `"))
        .collect();
    assert!(!waits.is_empty());
    for wait in waits {
        for setting in [
            ".with_poll_interval(Duration)",
            ".with_wait_timeout(Duration)",
            ".with_progress(",
        ] {
            assert!(wait.contains(setting), "{wait}");
        }
    }
    let readme = generated.files.iter().find(|it| it.path == "README.md");
    let readme = &readme.expect("a crate has a README").text;
    for setting in [
        ".with_poll_interval(..)",
        ".with_wait_timeout(..)",
        ".with_progress(..)",
    ] {
        assert!(readme.contains(setting), "{readme}");
    }
}

/// A description of many resources, each with operations and types of its own.
fn big_description() -> String {
    let mut paths = serde_json::Map::new();
    let mut schemas = serde_json::Map::new();
    for tag in 0..30 {
        for index in 0..10 {
            let (name, schema) = (format!("r{tag}"), format!("Thing{tag}x{index}"));
            let reference = format!("#/components/schemas/{schema}");
            let operation = serde_json::json!({"get": {
                "operationId": format!("getThing{tag}x{index}"),
                "tags": [name],
                "responses": {"200": {"description": "It.", "content": {
                    "application/json": {"schema": {"$ref": reference}}}}},
            }});
            paths.insert(format!("/{name}/{index}"), operation);
            let thing = serde_json::json!({"type": "object", "properties": {
                "id": {"type": "string"}, "size": {"type": "integer"}}});
            schemas.insert(schema, thing);
        }
    }
    let root = serde_json::json!({
        "openapi": "3.1.0", "info": {"title": "Big", "version": "1"},
        "servers": [{"url": "https://big.example"}],
        "paths": paths, "components": {"schemas": schemas},
    });
    root.to_string()
}

#[test]
fn listing_of_a_big_api_has_a_page_for_each_resource() {
    let spec = big_description();
    let source = |name, text| Source { name, text };
    let generated = codegen::generate(source("big.json", &spec), source("sdk.toml", BY_TAG));
    let generated = generated.unwrap_or_else(|it| panic!("{}", it[0].message));
    let texts: HashMap<&str, &str> = generated
        .files
        .iter()
        .map(|it| (it.path.as_str(), it.text.as_str()))
        .collect();
    let index = texts["api.md"];
    assert!(index.len() < 10_000, "{}", index.len());
    let pages: Vec<&str> = texts
        .keys()
        .copied()
        .filter(|it| it.starts_with("api/"))
        .collect();
    assert_eq!(pages.len(), 30);
    let (mut calls, mut types) = (0, 0);
    for path in &pages {
        let text = texts[path];
        calls += part(text, "## Calls")
            .filter(|it| it.starts_with("- `client."))
            .count();
        types += part(text, "## Types")
            .filter(|it| it.starts_with("- `"))
            .count();
        assert!(index.contains(&format!("]({path}#")), "{path}");
    }
    assert_eq!(calls, generated.summary.operations);
    assert_eq!(types, generated.summary.types);
    for from in pages.iter().chain(&["api.md", "README.md"]) {
        for event in parsed(texts[from]) {
            let Event::Start(Tag::Link { dest_url, .. }) = event else {
                continue;
            };
            if dest_url.starts_with("https:") {
                continue;
            }
            let (file, anchor) = dest_url.split_once('#').unwrap_or((&dest_url, ""));
            let to = match file.strip_prefix("../") {
                _ if file.is_empty() => from,
                Some(above) => above,
                None => file,
            };
            let text = texts
                .get(to)
                .unwrap_or_else(|| panic!("{from}: {dest_url}"));
            assert!(
                anchor.is_empty() || anchors(text).contains(anchor),
                "{from}: {dest_url}"
            );
        }
    }
    assert!(texts["Cargo.toml"].contains("\"/api/\""));
}
