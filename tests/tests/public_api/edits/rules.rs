//! Edits of what is written otherwise and read alike, or the other way round.

use super::{Edit, berths, berths_config};

const PLACE: &str = "    BerthPlace:\n      type: object\n      required: [quay]\n      properties:\n        quay: { type: string }\n        number: { type: integer }\n";
const OF_PLACE: &str = "place: { $ref: '#/components/schemas/BerthPlace' }";
const SPOT: &str = "place: { $ref: '#/components/schemas/Spot' }";

pub const EDITS: &[Edit] = &[
    berths("nothing of berths", &[]),
    berths(
        "another name of a type that is sent",
        &[(OF_PLACE, SPOT), ("    BerthPlace:\n", "    Spot:\n")],
    ),
    berths(
        "another name and an optional field",
        &[
            (OF_PLACE, SPOT),
            ("    BerthPlace:\n", "    Spot:\n"),
            (
                "        number: { type: integer }\n",
                "        number: { type: integer }\n        side: { type: string }\n",
            ),
        ],
    ),
    berths(
        "another name and a required field",
        &[
            (OF_PLACE, SPOT),
            (
                "    BerthPlace:\n      type: object\n      required: [quay]",
                "    Spot:\n      type: object\n      required: [quay, side]",
            ),
            (
                "        number: { type: integer }\n",
                "        number: { type: integer }\n        side: { type: string }\n",
            ),
        ],
    ),
    berths(
        "names that go round",
        &[
            (
                OF_PLACE,
                "place: { $ref: '#/components/schemas/BerthNote' }",
            ),
            ("    BerthPlace:\n", "    BerthNote:\n"),
            (
                "    BerthNote:\n      type: object\n      required: [text]",
                "    BerthRemark:\n      type: object\n      required: [text]",
            ),
            (
                "items: { $ref: '#/components/schemas/BerthNote' }",
                "items: { $ref: '#/components/schemas/BerthRemark' }",
            ),
        ],
    ),
    berths(
        "a struct that is written where it is used",
        &[
            (
                OF_PLACE,
                "place: { type: object, required: [quay], properties: { quay: { type: string }, number: { type: integer } } }",
            ),
            (PLACE, ""),
        ],
    ),
    berths(
        "a type like another one where it is used",
        &[
            (
                "levels: { type: array, maxItems: 24, items: { $ref: '#/components/schemas/Level' } }",
                "levels: { type: array, maxItems: 24, items: { $ref: '#/components/schemas/TideLevel' } }",
            ),
            ("    Level:\n", "    TideLevel:\n"),
        ],
    ),
    berths(
        "allOf of one schema",
        &[(
            "    BerthPlace:\n      type: object\n      required: [quay]\n      properties:\n        quay: { type: string }\n        number: { type: integer }\n",
            "    BerthPlace:\n      allOf:\n        - type: object\n          required: [quay]\n          properties:\n            quay: { type: string }\n            number: { type: integer }\n",
        )],
    ),
    berths(
        "allOf of one schema in a field",
        &[(
            "state: { $ref: '#/components/schemas/BerthState' }",
            "state: { allOf: [{ $ref: '#/components/schemas/BerthState' }] }",
        )],
    ),
    berths(
        "allOf of one schema in a list",
        &[(
            "notes: { type: array, items: { $ref: '#/components/schemas/BerthNote' } }",
            "notes: { type: array, items: { allOf: [{ $ref: '#/components/schemas/BerthNote' }] } }",
        )],
    ),
    berths(
        "oneOf of one schema",
        &[(
            "state: { $ref: '#/components/schemas/BerthState' }",
            "state: { oneOf: [{ $ref: '#/components/schemas/BerthState' }] }",
        )],
    ),
    berths(
        "a list for a text of the query",
        &[(
            "schema: { type: string, pattern: '^[a-z]+$' } }",
            "schema: { type: array, items: { type: string, pattern: '^[a-z]+$' } } }",
        )],
    ),
    berths(
        "a list for a text that is not exploded",
        &[(
            "schema: { type: string, pattern: '^[a-z]+$' } }",
            "explode: false, schema: { type: array, items: { type: string, pattern: '^[a-z]+$' } } }",
        )],
    ),
    berths(
        "a list of numbers for a text",
        &[(
            "schema: { type: string, pattern: '^[a-z]+$' } }",
            "schema: { type: array, items: { type: integer } } }",
        )],
    ),
    berths(
        "a server where there was none",
        &[(
            "security:\n  - login: [read]\npaths",
            "servers: [{ url: 'https://berths.example.com' }]\nsecurity:\n  - login: [read]\npaths",
        )],
    ),
    berths_config(
        "an operation that is skipped",
        &[(
            "version = \"1.2.3\"\n",
            "version = \"1.2.3\"\n\n[operations.listTides]\nskip = true\n",
        )],
    ),
    berths_config(
        "only some operations",
        &[("[package]", "only = [\"berths\"]\n\n[package]")],
    ),
    berths_config(
        "a parameter of berths that is skipped",
        &[(
            "version = \"1.2.3\"\n",
            "version = \"1.2.3\"\n\n[operations.listBerths]\nparameters.near.skip = true\n",
        )],
    ),
    // Constructors.
    berths(
        "a required field before another one",
        &[("required: [name, length]", "required: [name, length, code]")],
    ),
    berths(
        "so many required fields that they have names",
        &[(
            "required: [name, length]",
            "required: [name, length, code, quay, place]",
        )],
    ),
    berths(
        "a required field moves and another one goes",
        &[(
            "        name: { type: string, minLength: 1, maxLength: 40 }\n        length: { type: integer, minimum: 5, multipleOf: 5 }\n        code: { type: string, pattern: '^[A-Z]{3}$', format: uuid }\n",
            "        length: { type: integer, minimum: 5, multipleOf: 5 }\n        name: { type: string, minLength: 1, maxLength: 40 }\n",
        )],
    ),
    // Responses.
    berths(
        "a status of an error more",
        &[(
            "        '404': { description: None. }\n",
            "        '404': { description: None. }\n        '409': { description: Taken. }\n",
        )],
    ),
    berths(
        "a status of an error less",
        &[("        '404': { description: None. }\n", "")],
    ),
    berths(
        "a status of a success more",
        &[(
            "        '201': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Berth' } } } }\n",
            "        '201': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Berth' } } } }\n        '200': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Berth' } } } }\n",
        )],
    ),
    berths(
        "a header of a response less",
        &[("            X-Page: { schema: { type: integer } }\n", "")],
    ),
    berths(
        "a header of a response more",
        &[(
            "            X-Page: { schema: { type: integer } }\n",
            "            X-Page: { schema: { type: integer } }\n            X-Next: { schema: { type: string } }\n",
        )],
    ),
    berths(
        "a header of a response is optional",
        &[("X-Total: { required: true,", "X-Total: {")],
    ),
    berths(
        "a header of a response of another type",
        &[(
            "X-Total: { required: true, schema: { type: integer } }",
            "X-Total: { required: true, schema: { type: string } }",
        )],
    ),
    // Media types and scopes.
    berths(
        "a media type of a body more",
        &[(
            "          application/json: { schema: { $ref: '#/components/schemas/NewBerth' } }\n",
            "          application/json: { schema: { $ref: '#/components/schemas/NewBerth' } }\n          application/xml: { schema: { $ref: '#/components/schemas/NewBerth' } }\n",
        )],
    ),
    berths(
        "a scope more",
        &[("- login: [read]", "- login: [read, write]")],
    ),
    berths("a scope less", &[("- login: [read]", "- login: []")]),
    berths(
        "a scope of one operation",
        &[(
            "      operationId: createBerth\n",
            "      operationId: createBerth\n      security: [{ login: [read, write] }]\n",
        )],
    ),
    berths(
        "another URL for tokens",
        &[("https://login.example.com", "https://token.example.com")],
    ),
    // Parameters.
    berths(
        "a text for a number of the query",
        &[(
            "{ name: depth, in: query, schema: { type: number } }",
            "{ name: depth, in: query, schema: { type: string } }",
        )],
    ),
    berths(
        "a number for a text of the query",
        &[(
            "schema: { type: string, pattern: '^[a-z]+$' } }",
            "schema: { type: integer } }",
        )],
    ),
    berths(
        "values for a text of the query",
        &[(
            "schema: { type: string, pattern: '^[a-z]+$' } }",
            "schema: { type: string, enum: [quay, pier] } }",
        )],
    ),
    berths(
        "a deprecated parameter",
        &[(
            "{ name: near, in: query,",
            "{ name: near, in: query, deprecated: true,",
        )],
    ),
    berths(
        "another style of a list",
        &[(
            "{ name: kinds, in: query,",
            "{ name: kinds, in: query, style: pipeDelimited, explode: false,",
        )],
    ),
    // Types.
    berths(
        "several types for one that is sent",
        &[(
            "quay: { type: string, default: north }",
            "quay: { type: [string, integer], default: north }",
        )],
    ),
    berths(
        "several types for one that is received",
        &[(
            "next: { type: string, maxLength: 20, default: none }",
            "next: { type: [string, integer], maxLength: 20, default: none }",
        )],
    ),
    berths(
        "a write-only field",
        &[(
            "        text: { type: string, minLength: 1, maxLength: 80 }",
            "        text: { type: string, writeOnly: true, minLength: 1, maxLength: 80 }",
        )],
    ),
    berths(
        "another constant",
        &[(
            "kind: { type: string, const: tide }",
            "kind: { type: string, const: wave }",
        )],
    ),
    berths(
        "an alternative to a schema that is sent",
        &[(
            OF_PLACE,
            "place: { oneOf: [{ $ref: '#/components/schemas/BerthPlace' }, { type: string }] }",
        )],
    ),
    berths(
        "a pattern of names",
        &[(
            "extra: { type: object, additionalProperties: { type: string } }",
            "extra: { type: object, additionalProperties: { type: string }, patternProperties: { '^x': { type: string } } }",
        )],
    ),
    berths(
        "a condition",
        &[(
            "      minProperties: 2\n",
            "      minProperties: 2\n      if: { required: [quay] }\n      then: { required: [place] }\n",
        )],
    ),
    berths(
        "types of the first items",
        &[(
            "labels: { type: array, uniqueItems: true, items: { type: string } }",
            "labels: { type: array, uniqueItems: true, prefixItems: [{ type: string, maxLength: 2 }], items: { type: string } }",
        )],
    ),
    berths(
        "a body that may be left out",
        &[(
            "      operationId: createBerth\n      tags: [berths]\n      requestBody:\n        required: true\n",
            "      operationId: createBerth\n      tags: [berths]\n      requestBody:\n",
        )],
    ),
    berths(
        "no body any more",
        &[(
            "      requestBody:\n        required: true\n        content:\n          application/json: { schema: { $ref: '#/components/schemas/NewBerth' } }\n",
            "",
        )],
    ),
    // Structs and maps.
    berths(
        "a struct for a map that is sent",
        &[(
            "extra: { type: object, additionalProperties: { type: string } }",
            "extra: { type: object, properties: { a: { type: string } } }",
        )],
    ),
    berths(
        "a map for a struct that is received",
        &[(
            "items: { $ref: '#/components/schemas/Level' }",
            "items: { type: object, additionalProperties: true }",
        )],
    ),
    berths(
        "no constant any more",
        &[(
            "kind: { type: string, const: tide }",
            "kind: { type: string }",
        )],
    ),
];
