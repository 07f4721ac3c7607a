//! Schemas that have no type, or a looser one than they ask for.

use crate::cases::{schemas, warned};

const OBJECTS: &str = "
Cat: {type: object, properties: {a: {type: string}}}
Dog: {type: object, properties: {b: {type: string}}}
";

#[test]
fn schemas_that_are_wrong() {
    let cases = [
        (
            "required as a text",
            schemas("Pet: {type: object, required: id, properties: {id: {type: string}}}"),
        ),
        (
            "a schema as a text",
            schemas("Pet: {type: object, properties: {id: string}}"),
        ),
        (
            "a type as a mapping",
            schemas("Pet: {type: {type: string}}"),
        ),
        (
            "properties as a list",
            schemas("Pet: {type: object, properties: [id]}"),
        ),
    ];
    insta::assert_snapshot!(warned(&cases));
}

/// An `allOf` of seven choices between two objects each.
fn many_combinations() -> String {
    let choice = "oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]";
    let choices = vec![format!("{{{choice}}}"); 7].join(", ");
    schemas(&format!("{}\nPet: {{allOf: [{choices}]}}", OBJECTS.trim()))
}

#[test]
fn schemas_that_are_typed_loosely() {
    let cases = [
        ("unknown type", schemas("Pet: {type: strin}")),
        ("not", schemas("Pet: {not: {type: string}}")),
        (
            "conditions beside fields",
            schemas(
                "Pet: {type: object, properties: {a: {type: string}}, not: {required: [b]}, if: {required: [a]}, then: {required: [c]}}",
            ),
        ),
        (
            "allOf of a text and a number",
            schemas("Pet: {allOf: [{type: string}, {type: integer}]}"),
        ),
        ("too many combinations", many_combinations()),
        (
            "a schema that is nothing but itself",
            schemas(
                "Pet: {oneOf: [{$ref: '#/components/schemas/Pet'}, {$ref: '#/components/schemas/Pet'}]}",
            ),
        ),
        (
            "a property that has to be two things",
            schemas(
                "Pet: {allOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {a: {type: integer}}}]}",
            ),
        ),
        (
            "a required property without schema",
            schemas("Pet: {type: object, required: [id]}"),
        ),
        (
            "allOf of two types of additional properties",
            schemas(
                "Pet: {allOf: [{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}, {type: object, additionalProperties: {type: integer}}]}",
            ),
        ),
        (
            "a required loop",
            schemas(
                "Pet: {type: object, required: [pet], properties: {pet: {$ref: '#/components/schemas/Pet'}}}",
            ),
        ),
    ];
    insta::assert_snapshot!(warned(&cases));
}
