use serde_json::{Value, json};

use super::*;

fn converted(mut value: Value) -> Value {
    convert_as(&mut value, Want::Schema);
    value
}

/// Converts each first form to the second; what it becomes stays the same when it is converted again.
fn becomes(table: &[(Value, Value)]) {
    for (from, to) in table {
        assert_eq!(converted(from.clone()), *to, "{from}");
        assert_eq!(converted(to.clone()), *to, "{from}, twice");
    }
}

fn reference() -> Value {
    json!({"$ref": "#/components/schemas/A"})
}

#[test]
fn types() {
    becomes(&[
        (
            json!({"type": ["string", "null"]}),
            json!({"type": "string", "nullable": true}),
        ),
        (json!({"type": ["string"]}), json!({"type": "string"})),
        (
            json!({"type": ["integer", "number"]}),
            json!({"type": "number"}),
        ),
        (
            json!({"type": ["string", "integer", "null"], "minLength": 1, "minimum": 2, "title": "t", "format": "f"}),
            json!({"title": "t", "nullable": true, "anyOf": [
                {"type": "string", "minLength": 1, "format": "f"}, {"type": "integer", "minimum": 2, "format": "f"}]}),
        ),
        (
            json!({"type": ["string", "boolean"], "enum": ["a", true, "b"]}),
            json!({"anyOf": [{"type": "string", "enum": ["a", "b"]}, {"type": "boolean", "enum": [true]}]}),
        ),
        (
            json!({"type": ["string", "boolean"], "enum": ["a"]}),
            json!({"type": "string", "enum": ["a"]}),
        ),
        (
            json!({"type": ["string", "number", "boolean", "object", "array", "null"]}),
            json!({"nullable": true}),
        ),
        (
            json!({"type": "null"}),
            json!({"nullable": true, NULL: true}),
        ),
        (
            json!({"type": ["null"]}),
            json!({"nullable": true, NULL: true}),
        ),
        (json!({"type": "any"}), json!({})),
        (
            json!({"type": "file"}),
            json!({"type": "string", "format": "binary"}),
        ),
        (
            json!({"type": "integer", "pattern": "a", "maxItems": 1}),
            json!({"type": "integer"}),
        ),
        (
            json!({"type": "object", "format": "f", "x-a": 1}),
            json!({"type": "object", "x-a": 1}),
        ),
    ]);
}

#[test]
fn null_among_members() {
    let r = reference();
    becomes(&[
        (
            json!({"anyOf": [{"type": "string"}, {"type": "null"}]}),
            json!({"nullable": true, "type": "string"}),
        ),
        (
            json!({"oneOf": [r, {"type": "null"}], "title": "t"}),
            json!({"title": "t", "nullable": true, "allOf": [r]}),
        ),
        (
            json!({"anyOf": [{"type": "null"}, {"type": "string", "title": "in"}], "title": "out"}),
            json!({"title": "out", "nullable": true, "type": "string"}),
        ),
        (
            json!({"anyOf": [{"type": "integer"}, r, {"const": null}]}),
            json!({"anyOf": [{"type": "integer"}, r], "nullable": true}),
        ),
        (
            json!({"anyOf": [{"oneOf": [{"enum": [null]}, {"type": ["string", "null"]}]}, {"type": "null"}]}),
            json!({"nullable": true, "type": "string"}),
        ),
        (
            json!({"type": "object", "anyOf": [{"type": "string"}, {"type": "null"}]}),
            json!({"type": "object", "nullable": true, "allOf": [{"type": "string"}]}),
        ),
        (
            json!({"anyOf": [{"type": "null"}]}),
            json!({"nullable": true, NULL: true}),
        ),
    ]);
}

#[test]
fn values() {
    becomes(&[
        (
            json!({"const": "a"}),
            json!({"enum": ["a"], "type": "string"}),
        ),
        (
            json!({"type": "integer", "const": 1.0}),
            json!({"type": "integer", "enum": [1]}),
        ),
        (
            json!({"enum": ["a", null]}),
            json!({"enum": ["a"], "nullable": true, "type": "string"}),
        ),
        (
            json!({"enum": [null], "type": "string"}),
            json!({"nullable": true, NULL: true}),
        ),
        (json!({"enum": ["a", 1]}), json!({"enum": ["a", 1]})),
        (json!({"examples": [1, 2]}), json!({"example": 1})),
        (
            json!({"examples": [1], "example": 2}),
            json!({"example": 2}),
        ),
        (
            json!({"examples": {"a": {"value": 3}}}),
            json!({"example": 3}),
        ),
    ]);
}

#[test]
fn references() {
    let r = reference();
    becomes(&[
        (r.clone(), r.clone()),
        (
            json!({"$ref": "#/components/schemas/A", "description": "d"}),
            json!({"description": "d", "allOf": [r]}),
        ),
        (
            json!({"allOf": [{"type": "object"}], "$ref": "#/components/schemas/A"}),
            json!({"allOf": [r, {"type": "object"}]}),
        ),
    ]);
}

#[test]
fn numbers() {
    becomes(&[
        (
            json!({"type": "number", "exclusiveMinimum": 1.5}),
            json!({"type": "number", "exclusiveMinimum": true, "minimum": 1.5}),
        ),
        (
            json!({"exclusiveMaximum": 5, "maximum": 3}),
            json!({"maximum": 3}),
        ),
        (
            json!({"exclusiveMaximum": 3, "maximum": 3}),
            json!({"exclusiveMaximum": true, "maximum": 3}),
        ),
        (
            json!({"exclusiveMinimum": true, "minimum": 3}),
            json!({"exclusiveMinimum": true, "minimum": 3}),
        ),
        (
            json!({"type": "integer", "minimum": 1.0, "maximum": 1e30}),
            // Whatever says more than 63 bits is taken at its word.
            json!({"type": "integer", "minimum": 1, "format": "int128"}),
        ),
        (
            json!({"type": "integer", "maximum": u64::MAX}),
            json!({"type": "integer", "format": "uint64"}),
        ),
    ]);
}

#[test]
fn bytes() {
    becomes(&[
        (
            json!({"type": "string", "contentEncoding": "base64"}),
            json!({"type": "string", "contentEncoding": "base64", "format": "byte"}),
        ),
        (
            json!({"contentMediaType": "application/octet-stream"}),
            json!({"contentMediaType": "application/octet-stream", "type": "string", "format": "binary"}),
        ),
        (
            json!({"type": "string", "contentMediaType": "application/json"}),
            json!({"type": "string", "contentMediaType": "application/json"}),
        ),
    ]);
}

#[test]
fn arrays_and_objects() {
    becomes(&[
        (
            json!({"type": "array", "prefixItems": [{"type": ["string", "null"]}, true]}),
            json!({"type": "array", "items": {}, PREFIX_ITEMS: [{"type": "string", "nullable": true}, {}]}),
        ),
        (
            json!({"items": [{"const": 1}]}),
            json!({"items": {}, PREFIX_ITEMS: [{"enum": [1], "type": "integer"}], "type": "array", GUESSED: true}),
        ),
        (
            json!({"type": "object", "patternProperties": {"^a": {"type": "string"}}, "additionalProperties": false}),
            json!({"type": "object", "patternProperties": {"^a": {"type": "string"}}, "additionalProperties": {"type": "string"}}),
        ),
        (
            json!({"type": "object", "patternProperties": {"^a": {}, "^b": {"type": "string"}}}),
            json!({"type": "object", "patternProperties": {"^a": {}, "^b": {"type": "string"}}, "additionalProperties": true}),
        ),
        (
            json!({"type": "object", "patternProperties": {"^a": {"type": "string"}, "^b": {"type": "string", "minLength": 1}}}),
            json!({"type": "object", "patternProperties": {"^a": {"type": "string"}, "^b": {"type": "string", "minLength": 1}},
                "additionalProperties": {"type": "string"}}),
        ),
        (
            json!({"type": "object", "patternProperties": {"^a": {"type": "string"}}, "additionalProperties": {"type": "integer"}}),
            json!({"type": "object", "patternProperties": {"^a": {"type": "string"}}, "additionalProperties": true}),
        ),
        (
            json!({"type": "object", "patternProperties": {"^a": {"type": "string"}}, "additionalProperties": true}),
            json!({"type": "object", "patternProperties": {"^a": {"type": "string"}}, "additionalProperties": true}),
        ),
        (
            json!({"properties": {"a": true, "b": false}, "additionalProperties": true}),
            json!({"properties": {"a": {}, "b": {"not": {}}}, "additionalProperties": true, "type": "object"}),
        ),
    ]);
}

#[test]
fn keywords_without_a_type() {
    let list = |with: Value| {
        let mut list = json!({"items": {"type": "string"}});
        list.as_object_mut()
            .unwrap()
            .extend(with.as_object().unwrap().clone());
        list
    };
    let object = json!({"type": "object", "properties": {"a": {}}});
    becomes(&[
        (
            list(json!({})),
            list(json!({"type": "array", GUESSED: true})),
        ),
        (
            list(json!({"maxItems": 2})),
            list(json!({"maxItems": 2, "type": "array"})),
        ),
        (
            list(json!({"example": ["a"]})),
            list(json!({"example": ["a"], "type": "array"})),
        ),
        (
            list(json!({"maxItems": 2, "default": "a"})),
            list(json!({"maxItems": 2, "default": "a", "type": "array", GUESSED: true})),
        ),
        (json!({"properties": {"a": true}}), object.clone()),
        (
            json!({"properties": {"a": true}, "example": "a"}),
            json!({"type": "object", "properties": {"a": {}}, "example": "a", GUESSED: true}),
        ),
        (
            json!({"properties": {"a": true}, "items": {"type": "string"}}),
            json!({"anyOf": [object, {"type": "array", "items": {"type": "string"}}]}),
        ),
        (
            json!({"additionalProperties": true}),
            json!({"additionalProperties": true, "type": "object", GUESSED: true}),
        ),
        (json!({"minLength": 1}), json!({"minLength": 1})),
    ]);
}

#[test]
fn schemas_under_a_condition() {
    let of = |name: &str| json!({"properties": {name: {"const": 1}}});
    let then = |name: &str| {
        let property = json!({"enum": [1], "type": "integer"});
        json!({"properties": {name: property}, "type": "object"})
    };
    becomes(&[
        (
            json!({"if": of("a"), "then": of("b"), "else": of("c")}),
            json!({"if": then("a"), BRANCHES: {"/then": then("b"), "/else": then("c")}}),
        ),
        (
            json!({"dependentSchemas": {"a/b": of("c"), "d": {"minProperties": 1}}}),
            json!({"dependentSchemas": {"d": {"minProperties": 1}}, BRANCHES: {"/dependentSchemas/a~1b": then("c")}}),
        ),
        (
            json!({"dependencies": {"a": ["b"], "b": of("c")}}),
            json!({"dependencies": {"a": ["b"]}, BRANCHES: {"/dependencies/b": then("c")}}),
        ),
        // Nothing without `if`, nothing for what is no object, and nothing where no properties are named.
        (json!({"then": of("a")}), json!({"then": then("a")})),
        (
            json!({"type": "string", "if": {}, "then": of("a")}),
            json!({"type": "string", "if": {}, "then": then("a")}),
        ),
        (
            json!({"if": {}, "then": {"minProperties": 1}, "else": false}),
            json!({"if": {}, "then": {"minProperties": 1}, "else": {"not": {}}}),
        ),
    ]);
}

#[test]
fn what_is_said_of_values_stays_beside_them() {
    becomes(&[
        (
            json!({"enum": ["a", null, "b"], "x-enum-varnames": ["A", "N", "B"], "x-enumNames": ["short"]}),
            json!({"enum": ["a", "b"], "x-enum-varnames": ["A", "B"], "x-enumNames": ["short"],
                "nullable": true, "type": "string"}),
        ),
        (
            json!({"type": ["string", "integer"], "enum": ["a", 1], "x-enum-varnames": ["A", "One"]}),
            json!({"x-enum-varnames": ["A", "One"], "anyOf": [
                {"type": "string", "enum": ["a"], "x-enum-varnames": ["A"]},
                {"type": "integer", "enum": [1], "x-enum-varnames": ["One"]}]}),
        ),
    ]);
}

#[test]
fn places_that_hold_no_schemas() {
    becomes(&[(
        json!({"default": {"const": 1}, "x-a": {"const": 1}, "example": {"const": 1}, "enum": [{"const": 1}]}),
        json!({"default": {"const": 1}, "x-a": {"const": 1}, "example": {"const": 1}, "enum": [{"const": 1}]}),
    )]);
}

#[test]
fn schemas_are_found_wherever_they_stand() {
    let old = json!({"const": 1});
    let media = json!({"content": {"a/b": {"schema": old}}});
    let mut root = json!({
        "paths": {"/a": {
            "parameters": [{"schema": old}, media],
            "get": {
                "requestBody": media,
                "responses": {"200": {"content": {"a/b": {"schema": old}}, "headers": {"h": {"schema": old}}}}
            }
        }},
        "components": {"schemas": {"A": {"not": old}}, "headers": {"H": media}}
    });
    convert(&mut root);
    let text = root.to_string();
    assert_eq!(
        text.matches(r#"{"enum":[1],"type":"integer"}"#).count(),
        7,
        "{text}"
    );
    assert!(!text.contains("const"), "{text}");
}

#[test]
fn a_path_item_with_a_reference_and_siblings_is_both() {
    let mut root = json!({
        "paths": {
            "/a": {"$ref": "#/components/pathItems/I", "get": {"operationId": "own"}},
            "/b": {"$ref": "#/components/pathItems/I"}
        },
        "components": {"pathItems": {"I": {"get": {"operationId": "other"}, "put": {}}}}
    });
    convert(&mut root);
    assert_eq!(
        root["paths"]["/a"],
        json!({"get": {"operationId": "own"}, "put": {}})
    );
    assert_eq!(
        root["paths"]["/b"],
        json!({"$ref": "#/components/pathItems/I"})
    );
}

#[test]
fn client_certificates_are_left_to_the_connection() {
    let mut root = json!({
        "security": [{"tls": [], "key": []}],
        "paths": {"/a": {"get": {"security": [{"tls": []}]}}},
        "components": {"securitySchemes": {"tls": {"type": "mutualTLS"}, "key": {"type": "http"}}}
    });
    convert(&mut root);
    assert_eq!(root["security"], json!([{"key": []}]));
    assert_eq!(root["paths"]["/a"]["get"]["security"], json!([{}]));
    assert_eq!(
        root["components"]["securitySchemes"],
        json!({"key": {"type": "http"}})
    );
}
