//! A document from text to lookup, and every way to break one.

use serde_json::{Value, json};

use super::*;
use crate::source::Source;

/// Reads a text; panics with the rendered diagnostics if it is refused.
pub(super) fn read(text: &str) -> (Document, Vec<Diagnostic>) {
    let source = Source {
        name: "api.yaml",
        text,
    };
    match Document::read(source) {
        Ok(read) => read,
        Err(diagnostics) => panic!("{}", rendered(source, &diagnostics)),
    }
}

/// The diagnostics of a text that is refused, as a user sees them.
pub(super) fn refused(text: &str) -> String {
    let source = Source {
        name: "api.yaml",
        text,
    };
    match Document::read(source) {
        Ok(_) => panic!("this was taken:\n{text}"),
        Err(diagnostics) => rendered(source, &diagnostics),
    }
}

/// The warnings of a text that is taken, as a user sees them.
pub(super) fn warned(text: &str) -> String {
    let source = Source {
        name: "api.yaml",
        text,
    };
    let (_, mut warnings) = read(text);
    locate(source, &mut warnings);
    sort(&mut warnings);
    rendered(source, &warnings)
}

fn rendered(source: Source<'_>, diagnostics: &[Diagnostic]) -> String {
    let texts: Vec<String> = diagnostics
        .iter()
        .map(|diagnostic| crate::render(diagnostic, source, source, false))
        .collect();
    texts.join("\n\n")
}

/// A document with these lines behind `openapi` and `info`.
pub(super) fn api(rest: &str) -> String {
    format!("openapi: 3.1.0\ninfo:\n  title: t\n  version: '1'\n{rest}")
}

/// A document that has about every field that OpenAPI has.
fn everything() -> Value {
    let schema = json!({
        "type": ["object", "null"], "title": "t", "description": "d",
        "required": ["id"], "nullable": false, "readOnly": true, "deprecated": false,
        "externalDocs": {"url": "u", "description": "d"},
        "discriminator": {"propertyName": "id", "mapping": {"a": "#/components/schemas/Other"}},
        "properties": {
            "id": {"type": "string", "format": "uuid", "pattern": "a", "minLength": 1, "maxLength": 2},
            "count": {"type": "integer", "minimum": 1, "maximum": 9, "exclusiveMinimum": 0, "multipleOf": 1},
            "level": {"type": "string", "enum": ["a", "b"], "default": "a", "examples": ["a"]},
            "tags": {"type": "array", "items": {"$ref": "#/components/schemas/Other"}, "minItems": 0, "uniqueItems": true},
            "pair": {"type": "array", "prefixItems": [{"type": "string"}, true]},
            "any": {"anyOf": [{"type": "string"}, {"type": "null"}]},
            "one": {"oneOf": [{"type": "integer"}, {"$ref": "#/components/schemas/Other"}]},
            "not": {"not": {"const": 1}}, "all": {"allOf": [{"type": "object"}]},
            "free": {"type": "object", "additionalProperties": {"type": "number", "maximum": 1.5}},
            "flag": {"type": "boolean"}, "file": {"contentEncoding": "base64"}
        },
        "additionalProperties": false, "minProperties": 1, "x-a": 1
    });
    let parameter = json!({
        "name": "q", "in": "query", "required": false, "schema": {"type": "string"}, "style": "form",
        "explode": true, "allowReserved": true, "allowEmptyValue": false, "deprecated": true, "description": "d",
        "example": 1, "examples": {"e": {"summary": "s", "value": 1, "externalValue": "u"}}
    });
    let media = json!({
        "schema": {"$ref": "#/components/schemas/Pet"}, "example": {}, "examples": {"e": {"$ref": "#/components/examples/E"}},
        "encoding": {"id": {"contentType": "a/b", "headers": {"h": {"schema": {}}}, "style": "form", "explode": true, "allowReserved": false}}
    });
    let response = json!({
        "description": "d", "content": {"application/json": media},
        "headers": {"h": {"schema": {"type": "integer"}, "style": "simple", "required": true, "description": "d", "deprecated": false}},
        "links": {"l": {"operationId": "getPet", "parameters": {"a": 1}, "requestBody": 1, "description": "d", "server": {"url": "/"}}}
    });
    let operation = json!({
        "operationId": "getPet", "tags": ["pets"], "summary": "s", "description": "d", "deprecated": false,
        "externalDocs": {"url": "u"}, "parameters": [parameter, {"$ref": "#/components/parameters/Id"}],
        "requestBody": {"description": "d", "required": true, "content": {"application/json": {}}},
        "responses": {"200": response, "default": {"$ref": "#/components/responses/R"}, "4XX": {"description": "d"}},
        "security": [{"key": []}, {}], "servers": [{"url": "/"}],
        "callbacks": {"c": {"{$request.body#/url}": {"post": {"responses": {}}}}}
    });
    json!({
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1", "summary": "s", "description": "d", "termsOfService": "u",
            "contact": {"name": "n", "url": "u", "email": "e"}, "license": {"name": "n", "url": "u"}},
        "servers": [{"url": "https://{a}", "description": "d", "variables": {"a": {"default": "x", "enum": ["x"], "description": "d"}}}],
        "tags": [{"name": "pets", "description": "d", "externalDocs": {"url": "u"}}],
        "security": [{"key": []}], "externalDocs": {"url": "u"},
        "paths": {"/pets/{id}": {"summary": "s", "description": "d", "servers": [{"url": "/"}], "get": operation,
            "parameters": [{"name": "X-H", "in": "header", "content": {"text/plain": {}}}]}},
        "webhooks": {"w": {"post": {"responses": {}}}},
        "components": {
            "schemas": {"Pet": schema, "Other": {"type": "string"}},
            "parameters": {"Id": {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}, "style": "label"}},
            "responses": {"R": {"description": "d"}}, "examples": {"E": {"value": 1}},
            "requestBodies": {"B": {"content": {}}}, "headers": {"H": {"content": {"text/plain": {}}}},
            "links": {"L": {"operationRef": "x"}}, "callbacks": {"C": {"u": {"$ref": "#/paths/~1pets~1{id}"}}},
            "securitySchemes": {
                "key": {"type": "apiKey", "name": "k", "in": "header", "description": "d"},
                "http": {"type": "http", "scheme": "bearer", "bearerFormat": "b"},
                "oauth": {"type": "oauth2", "flows": {
                    "implicit": {"authorizationUrl": "u", "refreshUrl": "u", "scopes": {"a": "b"}},
                    "password": {"tokenUrl": "u", "scopes": {}}, "clientCredentials": {"tokenUrl": "u", "scopes": {}},
                    "authorizationCode": {"authorizationUrl": "u", "tokenUrl": "u", "scopes": {}}}},
                "oidc": {"type": "openIdConnect", "openIdConnectUrl": "u"}, "tls": {"type": "mutualTLS"}},
            "pathItems": {"P": {"get": {"responses": {}}}}
        }
    })
}

fn pointers(value: &Value, pointer: &str, found: &mut Vec<String>) {
    found.push(pointer.to_owned());
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                pointers(value, &pointer::push(pointer, key), found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                pointers(value, &pointer::push(pointer, &index.to_string()), found);
            }
        }
        _ => {}
    }
}

/// Whatever is put into whatever place, the document is taken, or refused with a reason of our own
/// (openapiv3 never has the last word), and nothing panics.
#[test]
fn every_place_takes_every_value() {
    let good = everything();
    let mut places = Vec::new();
    pointers(&good, "", &mut places);
    let values = [
        json!(null),
        json!(true),
        json!(-1),
        json!(1e30),
        json!("x"),
        json!([1]),
        json!([{}]),
        json!({}),
        json!({"a": {}}),
        json!({"type": "null"}),
        json!({"$ref": 1}),
        json!({"$ref": "#/components/schemas/Pet", "description": "d"}),
    ];
    let mut unexplained = Vec::new();
    for pointer in &places {
        for value in &values {
            let mut changed = good.clone();
            let Some(place) = changed.pointer_mut(pointer) else {
                continue;
            };
            value.clone_into(place);
            let text = changed.to_string();
            let source = Source {
                name: "api.json",
                text: &text,
            };
            if let Err(diagnostics) = Document::read(source) {
                let text = rendered(source, &diagnostics);
                if text.contains("can't be read") {
                    unexplained.push(format!("{pointer} = {value}\n{text}"));
                }
            }
        }
    }
    assert!(unexplained.is_empty(), "{}", unexplained.join("\n\n"));
}

#[test]
fn the_document_with_everything_is_taken() {
    let (document, warnings) = read(&everything().to_string());
    let told: Vec<&str> = warnings.iter().map(|it| it.pointer.as_str()).collect();
    // A client certificate, which is the HTTP client's matter.
    assert_eq!(told, ["/components/securitySchemes/tls"]);
    assert_eq!(document.api.operations().count(), 1);
    let callbacks = "/paths/~1pets~1{id}/get/callbacks/c";
    assert!(document.value(callbacks).is_some_and(Value::is_object));
    assert!(document.value("/webhooks/w/post").is_some());
}

/// Nesting as deep as the parsers allow fits the stack of a test thread (2 MiB).
#[test]
fn deep_documents_are_taken_or_refused() {
    for (open, close, most) in [
        ("{\"items\":", "}", 115),
        ("{\"properties\":{\"p\":", "}}", 57),
        ("{\"type\":[\"array\",\"string\"],\"items\":", "}", 115),
        (
            "{\"anyOf\":[",
            ",{\"type\":\"null\"},{\"type\":\"string\"}]}",
            57,
        ),
    ] {
        for depth in [most, 1000] {
            let schema = format!("{}{{}}{}", open.repeat(depth), close.repeat(depth));
            let text = format!(
                "{{\"openapi\":\"3.1.0\",\"info\":{{\"title\":\"t\",\"version\":\"1\"}},\"components\":{{\"schemas\":{{\"A\":{schema}}}}}}}"
            );
            let read = Document::read(Source {
                name: "api.json",
                text: &text,
            });
            assert_eq!(read.is_ok(), depth == most, "{depth} of {open}");
        }
    }
}
