//! Schemas that have no type yet, or a looser one than they ask for.

use crate::cases::{refused, schemas, warned};

const OBJECTS: &str = "
Cat: {type: object, properties: {a: {type: string}}}
Dog: {type: object, properties: {b: {type: string}}}
";

#[test]
fn schemas_that_are_not_supported() {
    let with_objects = |rest: &str| schemas(&format!("{}\n{rest}", OBJECTS.trim()));
    let cases = [
        (
            "oneOf of objects",
            with_objects(
                "Pet:\n  oneOf:\n    - $ref: '#/components/schemas/Cat'\n    - $ref: '#/components/schemas/Dog'",
            ),
        ),
        (
            "oneOf with discriminator",
            with_objects(
                "Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: kind}}",
            ),
        ),
        (
            "anyOf of texts",
            schemas("Pet: {anyOf: [{type: string, enum: [a]}, {type: string, enum: [b]}]}"),
        ),
        (
            "integer or number",
            schemas("Pet: {oneOf: [{type: integer}, {type: number}]}"),
        ),
        (
            "anyOf with anything",
            schemas("Pet: {anyOf: [{type: string}, {}]}"),
        ),
        (
            "oneOf beside properties",
            with_objects(
                "Pet: {type: object, properties: {x: {type: string}}, oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}",
            ),
        ),
        (
            "allOf of an object and a text",
            with_objects("Pet: {allOf: [{$ref: '#/components/schemas/Cat'}, {type: string}]}"),
        ),
        (
            "allOf of two texts",
            schemas("Pet: {allOf: [{type: string}, {type: string, enum: [a]}]}"),
        ),
        (
            "allOf with oneOf",
            with_objects(
                "Either: {oneOf: [{type: string}, {type: integer}]}\nPet: {allOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Either'}]}",
            ),
        ),
        (
            "required as a text",
            schemas("Pet: {type: object, required: id}"),
        ),
    ];
    insta::assert_snapshot!(refused(&cases));
}

#[test]
fn schemas_that_are_typed_loosely() {
    let cases = [
        ("unknown type", schemas("Pet: {type: strin}")),
        ("not", schemas("Pet: {not: {type: string}}")),
        (
            "an enum of several kinds",
            schemas("Pet: {enum: [1, a, null]}"),
        ),
        (
            "an enum of fractions",
            schemas("Pet: {type: number, enum: [0.5]}"),
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
