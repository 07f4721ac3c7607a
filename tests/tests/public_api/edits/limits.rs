//! Edits of what values are allowed, and of defaults: all of them change nothing in Rust.

use super::{Edit, berths};

const NAME: &str = "name: { type: string, minLength: 1, maxLength: 40 }";
const LENGTH: &str = "length: { type: integer, minimum: 5, multipleOf: 5 }";
const LEVELS: &str = "levels: { type: array, maxItems: 24, items";
const METRES: &str = "metres: { type: number, minimum: 0, maximum: 20 }";

pub const EDITS: &[Edit] = &[
    // What requests contain.
    berths(
        "a shorter text in requests",
        &[("maxLength: 40", "maxLength: 30")],
    ),
    berths(
        "a longer text in requests",
        &[("maxLength: 40", "maxLength: 50")],
    ),
    berths(
        "a longest text where there was none",
        &[(
            "quay: { type: string, default: north }",
            "quay: { type: string, default: north, maxLength: 9 }",
        )],
    ),
    berths(
        "no longest text in requests",
        &[(NAME, "name: { type: string, minLength: 1 }")],
    ),
    berths(
        "a longer shortest text",
        &[(NAME, "name: { type: string, minLength: 3, maxLength: 40 }")],
    ),
    berths(
        "a higher least number",
        &[(
            LENGTH,
            "length: { type: integer, minimum: 10, multipleOf: 5 }",
        )],
    ),
    berths(
        "an exclusive bound",
        &[(
            LENGTH,
            "length: { type: integer, exclusiveMinimum: 5, multipleOf: 5 }",
        )],
    ),
    berths(
        "a most number where there was none",
        &[(
            LENGTH,
            "length: { type: integer, minimum: 5, maximum: 100, multipleOf: 5 }",
        )],
    ),
    berths(
        "a coarser multiple",
        &[(
            LENGTH,
            "length: { type: integer, minimum: 5, multipleOf: 10 }",
        )],
    ),
    berths(
        "another multiple",
        &[(
            LENGTH,
            "length: { type: integer, minimum: 5, multipleOf: 3 }",
        )],
    ),
    berths(
        "another pattern in requests",
        &[("'^[A-Z]{3}$'", "'^[A-Z]{4}$'")],
    ),
    berths("a pattern less", &[("pattern: '^[A-Z]{3}$', ", "")]),
    berths(
        "a pattern that everything matches",
        &[("'^[A-Z]{3}$'", "'.*'")],
    ),
    berths(
        "another format of a text",
        &[("format: uuid", "format: hostname")],
    ),
    berths(
        "items may be there twice",
        &[(
            "labels: { type: array, uniqueItems: true,",
            "labels: { type: array,",
        )],
    ),
    berths(
        "fewer items of a parameter",
        &[("minItems: 1, maxItems: 5", "minItems: 1, maxItems: 4")],
    ),
    berths(
        "more items of a parameter at least",
        &[("minItems: 1, maxItems: 5", "minItems: 2, maxItems: 5")],
    ),
    berths(
        "shorter items of a parameter",
        &[("maxLength: 10", "maxLength: 8")],
    ),
    berths(
        "a lower limit of a parameter",
        &[("maximum: 100, default: 20", "maximum: 50, default: 20")],
    ),
    berths(
        "a longer path parameter at least",
        &[(
            "required: true, schema: { type: string, minLength: 2 } }\n      responses:\n        '200'",
            "required: true, schema: { type: string, minLength: 4 } }\n      responses:\n        '200'",
        )],
    ),
    berths(
        "more properties at least",
        &[("minProperties: 2", "minProperties: 3")],
    ),
    berths(
        "no additional properties any more",
        &[(
            "extra: { type: object, additionalProperties: { type: string } }",
            "extra: { type: object, additionalProperties: { type: string }, propertyNames: { maxLength: 5 } }",
        )],
    ),
    berths(
        "a closed object",
        &[(
            "      minProperties: 2\n",
            "      minProperties: 2\n      additionalProperties: false\n",
        )],
    ),
    berths(
        "a rule about items",
        &[(
            "labels: { type: array, uniqueItems: true,",
            "labels: { type: array, uniqueItems: true, contains: { const: a },",
        )],
    ),
    berths(
        "properties that need others",
        &[(
            "      minProperties: 2\n",
            "      minProperties: 2\n      dependentRequired: { quay: [place] }\n",
        )],
    ),
    berths(
        "a number of an enum less",
        &[("enum: [0.5, 1.5]", "enum: [0.5]")],
    ),
    // What responses contain.
    berths(
        "more items of a response",
        &[(LEVELS, "levels: { type: array, maxItems: 48, items")],
    ),
    berths(
        "fewer items of a response",
        &[(LEVELS, "levels: { type: array, maxItems: 12, items")],
    ),
    berths(
        "any number of items of a response",
        &[(LEVELS, "levels: { type: array, items")],
    ),
    berths(
        "a higher number in a response",
        &[(METRES, "metres: { type: number, minimum: 0, maximum: 30 }")],
    ),
    berths(
        "a lower number in a response",
        &[(METRES, "metres: { type: number, minimum: 0, maximum: 10 }")],
    ),
    berths(
        "a negative number in a response",
        &[(METRES, "metres: { type: number, minimum: -5, maximum: 20 }")],
    ),
    berths(
        "a pattern less in a response",
        &[(
            "code: { type: string, pattern: '^[a-z]+$' }",
            "code: { type: string }",
        )],
    ),
    berths(
        "a longer text in a response",
        &[(
            "next: { type: string, maxLength: 20",
            "next: { type: string, maxLength: 30",
        )],
    ),
    berths(
        "items of a response may be there twice",
        &[(
            "tags: { type: array, uniqueItems: true, minItems: 1,",
            "tags: { type: array, minItems: 1,",
        )],
    ),
    berths(
        "no items in a response",
        &[(
            "tags: { type: array, uniqueItems: true, minItems: 1,",
            "tags: { type: array, uniqueItems: true,",
        )],
    ),
    // Both.
    berths(
        "a shorter text both ways",
        &[(
            "text: { type: string, minLength: 1, maxLength: 80 }",
            "text: { type: string, minLength: 1, maxLength: 60 }",
        )],
    ),
    berths(
        "a longer text both ways",
        &[(
            "text: { type: string, minLength: 1, maxLength: 80 }",
            "text: { type: string, minLength: 1, maxLength: 90 }",
        )],
    ),
    // Defaults.
    berths(
        "another default of a parameter",
        &[("default: 20", "default: 50")],
    ),
    berths("no default of a parameter", &[(", default: 20", "")]),
    berths(
        "a default of a parameter",
        &[(
            "{ name: depth, in: query, schema: { type: number } }",
            "{ name: depth, in: query, schema: { type: number, default: 2.5 } }",
        )],
    ),
    berths(
        "another default of a request",
        &[("default: north", "default: south")],
    ),
    berths(
        "another default of a response",
        &[("default: none", "default: late")],
    ),
];
