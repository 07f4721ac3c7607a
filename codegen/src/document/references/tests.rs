use serde_json::json;

use crate::document::tests::{api, read, refused, warned};

/// A document with these schemas.
fn schemas(schemas: &str) -> String {
    api(&format!(
        "components:\n  parameters: {{P: {{name: p, in: query, schema: {{}}}}}}\n  schemas:\n    Pet: {{type: string}}\n    {schemas}\n"
    ))
}

#[test]
fn what_stands_in_for_references_that_lead_nowhere() {
    let table: &[(&str, &[&str])] = &[
        (
            "A: {$ref: '#/components/schemas/Pets'}",
            &[
                "does not exist",
                "api.yaml:9:15",
                "not found; treated as any value",
                "did you mean `#/components/schemas/Pet`?",
                "pointer: /components/schemas/A/$ref",
            ],
        ),
        (
            "A: {$ref: '#/definitions/Pet'}",
            &["treated as `#/components/schemas/Pet`"],
        ),
        (
            "A: {$ref: 'other.yaml#/Pet'}",
            &["points to another file", "bundle"],
        ),
        (
            "A: {$ref: 'https://x.org/pet.json'}",
            &["points to another URL"],
        ),
        (
            "A: {$ref: 'pets.yaml#/components/schemas/Pet'}",
            &[
                "points to another file",
                "treated as `#/components/schemas/Pet`",
            ],
        ),
        (
            "A: {items: {$ref: '#/$defs/Inner'}, $defs: {Inner: {type: string}}}",
            &["treated as `#/components/schemas/A/$defs/Inner`"],
        ),
        ("A: {$ref: Pet}", &["treated as `#/components/schemas/Pet`"]),
        ("A: {$ref: '#pet'}", &["no schema has the anchor `#pet`"]),
        (
            "A: {$ref: '#/components/parameters/P'}",
            &[
                "is a parameter, not a schema",
                "treated as `#/components/parameters/P/schema`",
            ],
        ),
        ("A: {$ref: '#/info'}", &["is not a schema"]),
        (
            "A: {$ref: '#/components/schemas/A'}",
            &["circular reference"],
        ),
        (
            "A: {allOf: [{$ref: '#/components/schemas/A'}, {type: object}]}",
            &["closes the cycle"],
        ),
        (
            "A: {items: {$ref: '#/x-defs/B'}}\nx-defs: {B: {properties: 3}}",
            &[
                "expected an object, found the number 3",
                "pointer: /x-defs/B/properties",
                "ignored",
            ],
        ),
    ];
    for (text, parts) in table {
        let text = warned(&schemas(text));
        for part in *parts {
            assert!(text.contains(part), "no {part:?} in\n{text}");
        }
    }
}

#[test]
fn a_loop_is_told_once_with_all_its_members() {
    let text = warned(&schemas(
        "A: {$ref: '#/components/schemas/B'}\n    B: {$ref: '#/components/schemas/C'}\n    C: {$ref: '#/components/schemas/B'}",
    ));
    assert_eq!(
        text.matches("warning[circular-reference]:").count(),
        1,
        "{text}"
    );
    assert!(
        text.contains("closes the cycle; treated as any value") && text.contains("continues here"),
        "{text}"
    );
}

#[test]
fn recursion_through_a_property_is_no_loop() {
    read(&schemas(
        "A: {properties: {a: {$ref: '#/components/schemas/A'}}, items: {$ref: '#/components/schemas/A'}}",
    ));
}

#[test]
fn examples_and_mappings_that_lead_nowhere_are_warnings() {
    let text = warned(&api(
        "components: {examples: {E: {$ref: '#/x'}}, schemas: {A: {discriminator: {propertyName: a, mapping: {b: '#/components/schemas/B', a: A}}}}}",
    ));
    assert!(
        text.contains("the target of the reference `#/x` does not exist"),
        "{text}"
    );
    assert!(
        text.contains("maps to `#/components/schemas/B`, which does not exist"),
        "{text}"
    );
    assert_eq!(text.matches("warning[").count(), 2, "{text}");
}

#[test]
fn schemas_are_found_by_anchor_and_id() {
    let text = schemas(
        "A: {$id: 'https://x.org/a', $anchor: a, $dynamicAnchor: node, properties: {b: {type: string}}}\n    B: {$ref: '#a'}\n    C: {$ref: 'https://x.org/a'}\n    D: {$ref: 'https://x.org/a#/properties/b'}\n    E: {items: {$dynamicRef: '#node'}}",
    );
    let (document, _) = read(&text);
    let reference = |pointer: &str| document.value(pointer).unwrap()["$ref"].clone();
    assert_eq!(reference("/components/schemas/B"), "#/components/schemas/A");
    assert_eq!(reference("/components/schemas/C"), "#/components/schemas/A");
    assert_eq!(
        reference("/components/schemas/D"),
        "#/components/schemas/A/properties/b"
    );
    let items = document.schema("#/components/schemas/E/items").unwrap().0;
    assert_eq!(items, "/components/schemas/A");
    assert_eq!(warned(&text), "");
}

#[test]
fn a_response_can_be_said_by_its_schema() {
    let (document, _) = read(&schemas(
        "A: {type: object}\npaths: {/a: {get: {responses: {400: {$ref: '#/components/schemas/A'}, 404: {$ref: '#/components/responses/None'}}}}}",
    ));
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/A"}}});
    let responses = document.value("/paths/~1a/get/responses").unwrap();
    assert_eq!(responses["400"]["content"], content);
    assert_eq!(responses["404"], json!({"description": ""}));
}

#[test]
fn what_needs_a_parameter_that_is_left_out_does_without() {
    let (document, _) = read(&schemas(
        "A: {type: object}\npaths: {/a: {get: {parameters: [{$ref: '#/x-params/One'}, {$ref: '#/components/parameters/P'}], responses: {}}}}\nx-params: {One: {$ref: '#/x-params/Two'}, Two: {$ref: '#/x-params/None'}}",
    ));
    let parameters = document.value("/paths/~1a/get/parameters").unwrap();
    assert_eq!(parameters, &json!([{"$ref": "#/components/parameters/P"}]));
}

#[test]
fn operations_in_another_file_are_refused() {
    let text = refused(&api("paths: {/a: {$ref: 'a.yaml'}}\n"));
    assert!(text.contains("bundle the description"), "{text}");
}
