//! Edits of operations, their parameters, bodies and responses.

use super::{Edit, spec};

pub const EDITS: &[Edit] = &[
    spec("nothing", &[]),
    spec("other words", &[("Lists ships.", "All ships.")]),
    // Operations.
    spec(
        "an operation more",
        &[(
            "  /papers:\n",
            "  /ships/{ship_id}/launch:\n    post:\n      operationId: launchShip\n      tags: [ships]\n      parameters:\n        - { name: ship_id, in: path, required: true, schema: { type: string } }\n      responses:\n        '200': { description: It., content: { application/json: { schema: { $ref: '#/components/schemas/Ship' } } } }\n  /papers:\n",
        )],
    ),
    spec(
        "an operation less",
        &[(
            "    delete:\n      operationId: scrapShip",
            "    x-delete:\n      operationId: scrapShip",
        )],
    ),
    spec("another path", &[("  /papers:", "  /documents:")]),
    spec("another method", &[("    put:\n", "    patch:\n")]),
    spec(
        "another operationId",
        &[("operationId: sendPapers", "operationId: upload")],
    ),
    spec(
        "deprecated operation",
        &[(
            "      operationId: createShip\n",
            "      operationId: createShip\n      deprecated: true\n",
        )],
    ),
    spec("another tag", &[("tags: [papers]", "tags: [documents]")]),
    // Parameters.
    spec(
        "an optional parameter more",
        &[(
            "        - { name: limit,",
            "        - { name: owner, in: query, schema: { type: string } }\n        - { name: limit,",
        )],
    ),
    spec(
        "a required parameter more",
        &[(
            "        - { name: limit,",
            "        - { name: owner, in: query, required: true, schema: { type: string } }\n        - { name: limit,",
        )],
    ),
    spec(
        "a parameter less",
        &[(
            "        - { name: limit, in: query, schema: { type: integer } }\n",
            "",
        )],
    ),
    spec(
        "a parameter is required",
        &[(
            "name: limit, in: query,",
            "name: limit, in: query, required: true,",
        )],
    ),
    spec(
        "a parameter is optional",
        &[(
            "name: reason, in: query, required: true,",
            "name: reason, in: query,",
        )],
    ),
    spec(
        "a required parameter has one value",
        &[(
            "name: reason, in: query, required: true, schema: { type: string }",
            "name: reason, in: query, required: true, schema: { type: string, enum: [old] }",
        )],
    ),
    spec(
        "an optional parameter is required and has one value",
        &[(
            "name: limit, in: query, schema: { type: integer }",
            "name: limit, in: query, required: true, schema: { type: integer, enum: [10] }",
        )],
    ),
    spec(
        "a required parameter more that has one value",
        &[(
            "        - { name: limit,",
            "        - { name: version, in: query, required: true, schema: { type: integer, enum: [2] } }\n        - { name: limit,",
        )],
    ),
    spec(
        "a parameter of another type",
        &[(
            "name: limit, in: query, schema: { type: integer }",
            "name: limit, in: query, schema: { type: string }",
        )],
    ),
    spec(
        "a list in one",
        &[(
            "schema: { type: array, items: { type: string } } }\n      responses",
            "schema: { type: array, items: { type: string } }, explode: false }\n      responses",
        )],
    ),
    spec(
        "another name of a path's parameter",
        &[
            ("/ships/{ship_id}/note:", "/ships/{id}/note:"),
            (
                "      tags: [ships]\n      parameters:\n        - { name: ship_id, in: path, required: true, schema: { type: string } }\n      requestBody:",
                "      tags: [ships]\n      parameters:\n        - { name: id, in: path, required: true, schema: { type: string } }\n      requestBody:",
            ),
        ],
    ),
    spec(
        "a header's place",
        &[("name: x-trace, in: header", "name: x-trace, in: query")],
    ),
    // Bodies.
    spec(
        "a body must be there",
        &[(
            "      requestBody:\n        content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } }",
            "      requestBody:\n        required: true\n        content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } }",
        )],
    ),
    spec(
        "another body",
        &[(
            "content: { application/json: { schema: { $ref: '#/components/schemas/NewShip' } } }",
            "content: { application/json: { schema: { $ref: '#/components/schemas/Ship' } } }",
        )],
    ),
    spec(
        "a part more",
        &[(
            "                title: { type: string }",
            "                title: { type: string }\n                pages: { type: integer }",
        )],
    ),
    spec(
        "a part is required",
        &[("required: [file]", "required: [file, title]")],
    ),
    spec(
        "another media type",
        &[(
            "content: { application/json: { schema: { $ref: '#/components/schemas/NewShip' } } }",
            "content: { application/x-www-form-urlencoded: { schema: { $ref: '#/components/schemas/NewShip' } } }",
        )],
    ),
    // Responses.
    spec(
        "another answer",
        &[(
            "'200': { description: A name., content: { application/json: { schema: { $ref: '#/components/schemas/Name' } } } }",
            "'200': { description: A name., content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } } }",
        )],
    ),
    spec(
        "an answer where there was none",
        &[(
            "'204': { description: Gone. }",
            "'200': { description: Gone., content: { application/json: { schema: { $ref: '#/components/schemas/Ship' } } } }",
        )],
    ),
    spec(
        "an answer more",
        &[(
            "        '202': { description: Later.,",
            "        '203': { description: Other., content: { application/json: { schema: { $ref: '#/components/schemas/Ship' } } } }\n        '202': { description: Later.,",
        )],
    ),
    spec(
        "a failure more",
        &[(
            "        '422': { description: Wrong.",
            "        '409': { description: Clash., content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } } }\n        '422': { description: Wrong.",
        )],
    ),
    spec(
        "a failure less",
        &[(
            "        '422': { description: Wrong., content: { application/json: { schema: { $ref: '#/components/schemas/Wrong' } } } }\n",
            "",
        )],
    ),
    spec(
        "no pages",
        &[(
            "        - { name: cursor, in: query, schema: { type: string } }\n",
            "",
        )],
    ),
    spec(
        "items of another type",
        &[(
            "ships: { type: array, items: { $ref: '#/components/schemas/Ship' } }",
            "ships: { type: array, items: { $ref: '#/components/schemas/Note' } }",
        )],
    ),
];
