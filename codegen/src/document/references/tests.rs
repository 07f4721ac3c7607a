use crate::document::tests::{api, read, refused, warned};

/// A document with these schemas.
fn schemas(schemas: &str) -> String {
    api(&format!(
        "components:\n  parameters: {{P: {{name: p, in: query, schema: {{}}}}}}\n  schemas:\n    Pet: {{type: string}}\n    {schemas}\n"
    ))
}

#[test]
fn refusals() {
    let table: &[(&str, &[&str])] = &[
        (
            "A: {$ref: '#/components/schemas/Pets'}",
            &[
                "leads nowhere",
                "api.yaml:9:15",
                "did you mean `#/components/schemas/Pet`?",
                "pointer: /components/schemas/A/$ref",
            ],
        ),
        (
            "A: {$ref: '#/definitions/Pet'}",
            &["did you mean `#/components/schemas/Pet`?"],
        ),
        (
            "A: {$ref: 'other.yaml#/Pet'}",
            &["leads to another file", "bundle"],
        ),
        (
            "A: {$ref: 'https://x.org/pet.json'}",
            &["leads to another URL"],
        ),
        ("A: {$ref: Pet}", &["write `#/components/schemas/Pet`"]),
        ("A: {$ref: '#pet'}", &["the anchor `#pet` isn't supported"]),
        (
            "A: {$ref: '#/components/parameters/P'}",
            &["is a parameter, not a schema"],
        ),
        ("A: {$ref: '#/info'}", &["is not a schema"]),
        (
            "A: {$ref: '#/components/schemas/A'}",
            &["leads back to itself, with nothing in between"],
        ),
        (
            "A: {allOf: [{$ref: '#/components/schemas/A'}, {type: object}]}",
            &["leads back to itself"],
        ),
        (
            "A: {items: {$ref: '#/x-defs/B'}}\nx-defs: {B: {properties: 3}}",
            &[
                "expected a mapping, found the number 3",
                "pointer: /x-defs/B/properties",
            ],
        ),
    ];
    for (text, parts) in table {
        let text = refused(&schemas(text));
        for part in *parts {
            assert!(text.contains(part), "no {part:?} in\n{text}");
        }
    }
}

#[test]
fn a_loop_is_told_once_with_all_its_members() {
    let text = refused(&schemas(
        "A: {$ref: '#/components/schemas/B'}\n    B: {$ref: '#/components/schemas/C'}\n    C: {$ref: '#/components/schemas/B'}",
    ));
    assert_eq!(text.matches("error:").count(), 1, "{text}");
    assert!(
        text.contains("begins a loop") && text.contains("goes on here"),
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
    assert!(text.contains("the reference `#/x` leads nowhere"), "{text}");
    assert!(
        text.contains("maps to `#/components/schemas/B`, which isn't there"),
        "{text}"
    );
    assert_eq!(text.matches("warning:").count(), 2, "{text}");
}
