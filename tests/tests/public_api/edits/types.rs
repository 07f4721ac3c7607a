//! Edits of types.

use super::{Edit, spec};

pub const EDITS: &[Edit] = &[
    spec(
        "a value more",
        &[(
            "[sailing, moored, scrapped]",
            "[sailing, moored, scrapped, sunk]",
        )],
    ),
    spec(
        "a value less",
        &[(
            "enum: [sailing, moored, scrapped]",
            "enum: [moored, scrapped]",
        )],
    ),
    spec("a number more", &[("enum: [1, 2]", "enum: [1, 2, 3]")]),
    spec(
        "a field of answers more",
        &[(
            "        tonnage: { type: integer }\n        built_at",
            "        length: { type: integer }\n        tonnage: { type: integer }\n        built_at",
        )],
    ),
    spec(
        "a required field of answers more",
        &[
            (
                "state, tonnage, built_at]",
                "state, tonnage, built_at, length]",
            ),
            (
                "        tonnage: { type: integer }\n        built_at",
                "        length: { type: integer }\n        tonnage: { type: integer }\n        built_at",
            ),
        ],
    ),
    spec(
        "a field of requests more",
        &[(
            "        owner: { type: string }",
            "        owner: { type: string }\n        port: { type: string }",
        )],
    ),
    spec(
        "a required field of requests more",
        &[
            (
                "required: [name, tonnage]",
                "required: [name, tonnage, port]",
            ),
            (
                "        owner: { type: string }",
                "        owner: { type: string }\n        port: { type: string }",
            ),
        ],
    ),
    spec("a field less", &[("        owner: { type: string }\n", "")]),
    spec(
        "a field of answers is required",
        &[(
            "state, tonnage, built_at]",
            "state, tonnage, built_at, flag]",
        )],
    ),
    spec(
        "a field of answers is optional",
        &[("state, tonnage, built_at]", "state, built_at]")],
    ),
    spec(
        "a field of requests is required",
        &[(
            "required: [name, tonnage]",
            "required: [name, tonnage, owner]",
        )],
    ),
    spec(
        "a field of requests is optional",
        &[("required: [name, tonnage]", "required: [name]")],
    ),
    spec(
        "a field of answers can be null",
        &[(
            "        flag: { $ref: '#/components/schemas/Flag' }",
            "        flag: { anyOf: [{ $ref: '#/components/schemas/Flag' }, { type: 'null' }] }",
        )],
    ),
    spec(
        "a required field can be null",
        &[(
            "        name: { type: string }\n        state",
            "        name: { type: [string, 'null'] }\n        state",
        )],
    ),
    spec(
        "a field of requests can't be null",
        &[(
            "berth: { type: [string, 'null'] }",
            "berth: { type: string }",
        )],
    ),
    spec(
        "a field of another type",
        &[("tonnes: { type: number }", "tonnes: { type: string }")],
    ),
    spec(
        "a narrower number",
        &[("tonnes: { type: number }", "tonnes: { type: integer }")],
    ),
    spec(
        "a deprecated field",
        &[(
            "owner: { type: string }",
            "owner: { type: string, deprecated: true }",
        )],
    ),
    spec(
        "a read-only field",
        &[(
            "owner: { type: string }",
            "owner: { type: string, readOnly: true }",
        )],
    ),
    spec(
        "fields in another order",
        &[(
            "        name: { type: string }\n        tonnage: { type: integer }\n        owner",
            "        tonnage: { type: integer }\n        name: { type: string }\n        owner",
        )],
    ),
    spec(
        "a variant more",
        &[
            (
                "        - $ref: '#/components/schemas/Crates'",
                "        - $ref: '#/components/schemas/Crates'\n        - $ref: '#/components/schemas/Oil'",
            ),
            (
                "    Crates:\n",
                "    Oil:\n      type: object\n      required: [kind]\n      properties: { kind: { type: string, enum: [Oil] } }\n    Crates:\n",
            ),
        ],
    ),
    spec(
        "a variant less",
        &[("        - $ref: '#/components/schemas/Crates'\n", "")],
    ),
    spec(
        "another name of a type",
        &[
            ("    Note:\n", "    Memo:\n"),
            (
                "        note: { $ref: '#/components/schemas/Note' }",
                "        note: { $ref: '#/components/schemas/Memo' }",
            ),
            (
                "      requestBody:\n        content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } }",
                "      requestBody:\n        content: { application/json: { schema: { $ref: '#/components/schemas/Memo' } } }",
            ),
            (
                "'202': { description: Later., content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } } }",
                "'202': { description: Later., content: { application/json: { schema: { $ref: '#/components/schemas/Memo' } } } }",
            ),
        ],
    ),
    spec(
        "an alias of another type",
        &[("    Name: { type: string }", "    Name: { type: integer }")],
    ),
    spec(
        "a struct for an enum",
        &[(
            "    Flag:\n      type: integer\n      enum: [1, 2]",
            "    Flag:\n      type: object\n      properties: { code: { type: integer } }",
        )],
    ),
    spec(
        "a type is sent too",
        &[(
            "content: { application/json: { schema: { $ref: '#/components/schemas/NewShip' } } }",
            "content: { application/json: { schema: { anyOf: [{ $ref: '#/components/schemas/NewShip' }, { $ref: '#/components/schemas/Ship' }] } } }",
        )],
    ),
    spec(
        "no discriminator",
        &[("      discriminator: { propertyName: kind }\n", "")],
    ),
    spec(
        "another property of a discriminator",
        &[
            (
                "discriminator: { propertyName: kind }",
                "discriminator: { propertyName: sort }",
            ),
            (
                "      required: [kind, tonnes]\n      properties:\n        kind: { type: string, enum: [Bulk] }",
                "      required: [sort, tonnes]\n      properties:\n        sort: { type: string, enum: [Bulk] }",
            ),
            (
                "      required: [kind, count]\n      properties:\n        kind: { type: string, enum: [Crates] }",
                "      required: [sort, count]\n      properties:\n        sort: { type: string, enum: [Crates] }",
            ),
        ],
    ),
    spec(
        "a default mapping of a discriminator",
        &[(
            "discriminator: { propertyName: kind }",
            "discriminator: { propertyName: kind, defaultMapping: Bulk }",
        )],
    ),
    spec(
        "another mapping of a discriminator",
        &[
            (
                "discriminator: { propertyName: kind }",
                "discriminator: { propertyName: kind, mapping: { loose: '#/components/schemas/Bulk', Crates: '#/components/schemas/Crates' } }",
            ),
            (
                "kind: { type: string, enum: [Bulk] }",
                "kind: { type: string, enum: [loose] }",
            ),
        ],
    ),
];
