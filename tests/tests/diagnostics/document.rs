//! The text and the outer form of a document.

use crate::cases::{api, refused, warned};

#[test]
fn texts_that_are_no_description() {
    let cases = [
        ("empty file", String::new()),
        ("comments only", "# nothing\n".to_owned()),
        (
            "broken YAML",
            "openapi: 3.0.3\ninfo: [title\npaths: {}\n".to_owned(),
        ),
        (
            "broken JSON",
            "{\n  \"openapi\": \"3.0.3\",\n  \"info\": {\"title\": \"x\",}\n".to_owned(),
        ),
        ("a tab", "openapi: 3.0.3\ninfo:\n\ttitle: x\n".to_owned()),
        (
            "HTML",
            "\n<!DOCTYPE html>\n<html><title>openapi: 3.0.3</title>\n".to_owned(),
        ),
        (
            "XML",
            "<?xml version=\"1.0\"?>\n<definitions/>\n".to_owned(),
        ),
        (
            "a merge conflict",
            api("paths:\n<<<<<<< HEAD\n  /a: {}\n=======\n  /b: {}\n>>>>>>> theirs\n"),
        ),
        (
            "JSON with comments of YAML",
            "{\n  # The version.\n  \"openapi\": \"3.0.3\"\n}\n".to_owned(),
        ),
        (
            "broken JSON with comments",
            "{\"openapi\": \"3.0.3\", /* none */ \"info\": [1,], \"paths\": {a: b}}\n".to_owned(),
        ),
        (
            "AsyncAPI",
            "asyncapi: 3.0.0\ninfo: {title: x, version: '1'}\n".to_owned(),
        ),
        (
            "Postman",
            "{\"info\": {\"_postman_id\": \"1\", \"name\": \"x\"}, \"item\": []}\n".to_owned(),
        ),
        ("an overlay", "overlay: 1.0.0\nactions: []\n".to_owned()),
        ("a list", "- openapi: 3.0.3\n".to_owned()),
        ("a text", "openapi\n".to_owned()),
        (
            "two documents",
            format!("{}---\nopenapi: 3.0.3\n", api("paths: {}\n")),
        ),
        ("unknown alias", api("paths: *nothing\n")),
        (
            "Swagger 1.2",
            "swagger: '1.2'\ninfo: {title: x, version: '1'}\npaths: {}\n".to_owned(),
        ),
        (
            "no version",
            "info: {title: x, version: '1'}\npaths: {}\n".to_owned(),
        ),
        ("paths as a list", api("paths: [/a]\n")),
        (
            "paths in other files",
            api("paths: {/a: {$ref: a.yaml}, /b: {$ref: b.yaml}}\n"),
        ),
        (
            "unknown version",
            "openapi: 4.0.0\ninfo: {title: x, version: '1'}\n".to_owned(),
        ),
        (
            "a version of another kind",
            "openapi: [3]\ninfo: {}\n".to_owned(),
        ),
    ];
    insta::assert_snapshot!(refused(&cases));
}

#[test]
fn missing_and_wrong_values() {
    let cases = [
        (
            "duplicate key",
            api("paths:\n  /a: {}\n  /b: {}\n  /a: {}\n"),
        ),
        (
            "duplicate key in JSON",
            r#"{"openapi": "3.0.3", "info": {"title": "x", "version": "1", "version": "2"}}"#
                .to_owned(),
        ),
        ("no info", "openapi: 3.0.3\npaths: {}\n".to_owned()),
        (
            "no title",
            "openapi: 3.0.3\ninfo: {version: '1'}\npaths: {}\n".to_owned(),
        ),
        (
            "a version as a number",
            "openapi: 3.0.3\ninfo: {title: x, version: [1]}\npaths: {}\n".to_owned(),
        ),
        (
            "a parameter without a place",
            api("paths:\n  /a: {get: {parameters: [{name: x, schema: {}}], responses: {}}}\n"),
        ),
        (
            "a path without slash",
            api("paths:\n  pets: {get: {responses: {'204': {description: x}}}}\n"),
        ),
        (
            "JSON5 with a duplicate key",
            "{// Pets.\n openapi: '3.0.3', info: {title: 'x', version: '1', version: '2',}, paths: {}}\n"
                .to_owned(),
        ),
        (
            "a flag as a text",
            api("paths:\n  /a: {get: {deprecated: 'yes', responses: {'204': {description: x}}}}\n"),
        ),
    ];
    insta::assert_snapshot!(warned(&cases));
}

#[test]
fn all_that_is_wrong_with_a_document_at_once() {
    let text = "\
openapi: 3.0.3
info: {title: Everything is wrong}
paths:
  /a/{id}:
    get: {operationId: same, responses: {'200': {$ref: '#/components/responses/Gone'}}}
    put: {operationId: same, parameters: [{name: di, in: path, required: true, schema: {type: strin}}], responses: {'204': {description: x}}}
  /a/{other}: {}
components:
  schemas:
    A: {$ref: './other.yaml#/A'}
    B: {type: object, required: id}
";
    insta::assert_snapshot!(warned(&[("everything", text.to_owned())]));
}

#[test]
fn what_is_read_with_a_warning() {
    let cases = [
        (
            "an impossible status",
            api("paths:\n  /a: {get: {responses: {'20': {description: x}}}}\n"),
        ),
        (
            "a misspelt key",
            api("paths:\n  /a: {get: {respones: {'200': {description: x}}}}\n"),
        ),
        (
            "OpenAPI 3.3",
            "openapi: 3.3.0\ninfo: {title: x, version: '1'}\npaths: {}\n".to_owned(),
        ),
        (
            "no responses",
            api("paths:\n  /a:\n    get: {operationId: a}\n"),
        ),
        (
            "a relative server",
            api("servers: [{url: /v1}]\npaths: {}\n"),
        ),
    ];
    insta::assert_snapshot!(warned(&cases));
}
