use serde_json::json;

use crate::document::Document;
use crate::document::tests::{api, read, refused, warned};
use crate::render::render;
use crate::source::Source;

#[test]
fn json_and_yaml_give_the_same_value() {
    let yaml = "openapi: 3.0.0\ninfo: {title: t, version: '1'}\npaths: {}\nx-a: [1, 1.5, true, null, text, 99999999999999999999]";
    let json = r#"{"openapi": "3.0.0", "info": {"title": "t", "version": "1"}, "paths": {},
        "x-a": [1, 1.5, true, null, "text", 99999999999999999999]}"#;
    assert_eq!(read(yaml).0.raw, read(json).0.raw);
    assert_eq!(read(&format!("\u{feff}{json}")).0.raw, read(json).0.raw);
}

#[test]
fn keys_are_text() {
    let (document, _) = read(&api("x-a: {200: a, true: b, null: c, 1.10: d, no: e}"));
    let keys = json!({"200": "a", "true": "b", "null": "c", "1.10": "d", "no": "e"});
    assert_eq!(document.value("/x-a"), Some(&keys));
}

#[test]
fn aliases_and_merge_keys_are_applied() {
    let (document, _) = read(&api(
        "x-a: &a {one: 1, two: 2}\nx-b: {<<: *a, two: own}\nx-c: {<<: [{one: first}, *a]}\nx-d: {<<: text}\nx-e: !tag [*a]",
    ));
    assert_eq!(
        document.value("/x-b"),
        Some(&json!({"two": "own", "one": 1}))
    );
    assert_eq!(
        document.value("/x-c"),
        Some(&json!({"one": "first", "two": 2}))
    );
    assert_eq!(document.value("/x-d"), Some(&json!({"<<": "text"})));
    assert_eq!(document.value("/x-e/0/two"), Some(&json!(2)));
}

#[test]
fn aliases_cannot_fill_the_memory() {
    let mut lines = vec!["x-0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]".to_owned()];
    for level in 1..30 {
        let items = vec![format!("*a{}", level - 1); 10].join(", ");
        lines.push(format!("x-{level}: &a{level} [{items}]"));
    }
    let text = api(&lines.join("\n"));
    let text = refused(&text);
    assert!(
        text.contains("aliases stand for too many values") || text.contains("repetition limit"),
        "{text}"
    );
}

#[test]
fn what_is_not_one_mapping_is_refused() {
    assert!(refused("").contains("the document is empty"));
    assert!(refused(" \n# nothing\n").contains("the document is empty"));
    assert!(refused("---\n").contains("the document is empty"));
    assert!(refused("- a\n").contains("expected an object, found an array"));
    assert!(refused("text").contains("expected an object, found the string \"text\""));
    let text = refused("openapi: 3.0.0\n---\nopenapi: 3.0.0\n");
    assert!(
        text.contains("more than one YAML document") && text.contains("api.yaml:2:1"),
        "{text}"
    );
    read(&format!("---\n{}---\n", api("paths: {}\n")));
}

#[test]
fn syntax_errors_have_a_place() {
    let table = [
        (
            "openapi: 3.0.0\ninfo:\n  title: [a\n",
            "api.yaml:",
            "isn't valid YAML",
        ),
        (
            "openapi: 3.0.0\ninfo:\n\ttitle: t\n",
            "api.yaml:3:1",
            "no tabs",
        ),
        ("a: *unknown\n", "api.yaml:1:4", "unknown anchor"),
        ("a: 'b", "api.yaml:1", "isn't valid YAML"),
    ];
    for (text, place, reason) in table {
        let shown = refused(text);
        assert!(shown.contains(place) && shown.contains(reason), "{shown}");
    }
    for (text, place, reason) in [
        ("{\"a\": [1,\n2", "a.json:2:1", "EOF while parsing a list"),
        ("{\"a\": 1,,\n}", "a.json:1:9", "key must be a string"),
        ("{\"a\" 1}", "a.json:1:6", "expected `:`"),
        ("{} x", "a.json:1:4", "trailing characters"),
    ] {
        let name = "a.json";
        let source = Source { name, text };
        let errors = Document::read(source).unwrap_err();
        let shown = render(&errors[0], source, source, false);
        assert!(shown.contains(place) && shown.contains(reason), "{shown}");
    }
}

#[test]
fn every_duplicate_key_is_reported_at_its_place() {
    let text = api("paths:\n  /a: {}\n  /b: {}\n  /a: {x-a: 1, x-a: 2}\ntags: []\ntags: []\n");
    let (document, _) = read(&text);
    assert_eq!(document.value("/paths/~1a/x-a"), Some(&json!(2)));
    let text = warned(&text);
    assert_eq!(text.matches("warning[duplicate-key]:").count(), 3, "{text}");
    assert!(
        text.contains("duplicate key `/a`") && text.contains("api.yaml:8:3"),
        "{text}"
    );
    assert!(
        text.contains("::: api.yaml:6:3") && text.contains("first defined here"),
        "{text}"
    );
    assert!(
        text.contains("duplicate key `tags`") && text.contains("api.yaml:10:1"),
        "{text}"
    );
}
