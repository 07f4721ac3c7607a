//! `$ref`.

use crate::cases::{api, schemas, warned};

#[test]
fn references_that_lead_nowhere_or_in_circles() {
    let cases = [
        (
            "dangling",
            schemas("Pet: {$ref: '#/components/schemas/Pat'}\nPal: {type: string}"),
        ),
        ("a file", schemas("Pet: {$ref: pet.yaml}")),
        (
            "a URL",
            schemas("Pet: {$ref: 'https://example.com/pet.json#/Pet'}"),
        ),
        (
            "a bare name",
            schemas("Pet: {type: string}\nPal: {$ref: Pet}"),
        ),
        ("an anchor", schemas("Pet: {$ref: '#pet'}")),
        (
            "a place that was left behind",
            schemas(
                "Pet: {type: object, properties: {tag: {$ref: '#/$defs/Tag'}}, $defs: {Tag: {type: string}}}\nPal: {$ref: '#/definitions/Pet'}\nPup: {$ref: 'pets.yaml#/components/schemas/Pet'}",
            ),
        ),
        (
            "a parameter, a body and an answer that aren't there",
            api(
                "paths:\n  /a:\n    post:\n      parameters: [{$ref: '#/components/parameters/None'}]\n      requestBody: {$ref: '#/components/requestBodies/None'}\n      responses: {'204': {$ref: '#/components/responses/None'}, '400': {$ref: '#/components/schemas/A'}}\ncomponents: {schemas: {A: {type: string}}}\n",
            ),
        ),
        ("no text", schemas("Pet: {$ref: 1}")),
        (
            "to itself",
            schemas("Pet: {$ref: '#/components/schemas/Pet'}"),
        ),
        (
            "in a circle",
            schemas(
                "A: {$ref: '#/components/schemas/B'}\nB: {$ref: '#/components/schemas/C'}\nC: {$ref: '#/components/schemas/A'}",
            ),
        ),
        (
            "in a circle through allOf",
            schemas(
                "A: {allOf: [{$ref: '#/components/schemas/B'}]}\nB: {allOf: [{$ref: '#/components/schemas/A'}]}",
            ),
        ),
        (
            "a thing of another kind",
            api(
                "paths:\n  /a: {get: {parameters: [{$ref: '#/components/schemas/A'}], responses: {'204': {description: x}}}}\ncomponents: {schemas: {A: {type: string}}}\n",
            ),
        ),
        (
            "a response that isn't there",
            api(
                "paths:\n  /a: {get: {responses: {'204': {$ref: '#/components/responses/None'}}}}\n",
            ),
        ),
        (
            "into a text",
            api(
                "paths:\n  /a: {get: {responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/info/title'}}}}}}}\n",
            ),
        ),
    ];
    insta::assert_snapshot!(warned(&cases));
}
