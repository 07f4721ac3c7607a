//! Edits of servers and credentials, of what the configuration says, and of what stands on the wire alone.

use super::{Edit, config, spec};

pub const EDITS: &[Edit] = &[
    spec(
        "another server",
        &[(
            "https://harbour.example.com",
            "https://api.harbour.example.com",
        )],
    ),
    spec(
        "a server less",
        &[(
            "  - { url: 'https://test.harbour.example.com', description: Test }\n",
            "",
        )],
    ),
    spec(
        "a credential elsewhere",
        &[(
            "{ type: http, scheme: bearer }",
            "{ type: apiKey, in: header, name: X-Key }",
        )],
    ),
    spec(
        "user and password",
        &[(
            "{ type: http, scheme: bearer }",
            "{ type: http, scheme: basic }",
        )],
    ),
    spec(
        "no credential for one",
        &[(
            "      operationId: getShip\n",
            "      operationId: getShip\n      security: []\n",
        )],
    ),
    spec("a webhook less", &[("webhooks:\n", "x-webhooks:\n")]),
    spec(
        "another media type of an answer",
        &[(
            "'200': { description: A name., content: { application/json:",
            "'200': { description: A name., content: { application/vnd.name+json:",
        )],
    ),
    spec(
        "reserved characters as they are",
        &[(
            "name: cursor, in: query,",
            "name: cursor, in: query, allowReserved: true,",
        )],
    ),
    spec(
        "a header in other letters",
        &[("name: x-trace, in: header", "name: X-Trace, in: header")],
    ),
    spec(
        "another name of a parameter on the wire",
        &[("name: limit, in: query", "name: Limit, in: query")],
    ),
    spec(
        "another name of a field on the wire",
        &[(
            "        owner: { type: string }",
            "        Owner: { type: string }",
        )],
    ),
    spec(
        "another text of a value",
        &[("enum: [sailing, moored", "enum: [Sailing, moored")],
    ),
    spec(
        "an enum for a text that is sent",
        &[(
            "        owner: { type: string }",
            "        owner: { $ref: '#/components/schemas/State' }",
        )],
    ),
    spec(
        "a union for a text that is sent",
        &[(
            "        owner: { type: string }",
            "        owner: { oneOf: [{ type: string }, { type: integer }] }",
        )],
    ),
    spec(
        "a required field is read-only where it is readable and writable",
        &[(
            "        text: { type: string }",
            "        text: { type: string, readOnly: true }",
        )],
    ),
    spec(
        "an alternative credential",
        &[
            ("  - token: []\n", "  - token: []\n  - key: []\n"),
            (
                "    token: { type: http, scheme: bearer }",
                "    token: { type: http, scheme: bearer }\n    key: { type: apiKey, in: header, name: X-Key }",
            ),
        ],
    ),
    spec(
        "a credential of its own in the same place",
        &[
            (
                "      operationId: getShip\n",
                "      operationId: getShip\n      security: [{ admin: [] }]\n",
            ),
            (
                "    token: { type: http, scheme: bearer }",
                "    token: { type: http, scheme: bearer }\n    admin: { type: http, scheme: bearer }",
            ),
        ],
    ),
    spec(
        "another scheme of HTTP",
        &[(
            "{ type: http, scheme: bearer }",
            "{ type: http, scheme: SharedAccessKey }",
        )],
    ),
    spec(
        "a server made of values",
        &[(
            "'https://test.harbour.example.com', description: Test",
            "'https://{stage}.harbour.example.com', description: Test, variables: { stage: { default: '' } }",
        )],
    ),
    spec(
        "another URL of a server",
        &[(
            "https://test.harbour.example.com",
            "https://test.harbour.example.com/v2",
        )],
    ),
    config(
        "another name of a method",
        &[("name = \"list\"", "name = \"all\"")],
    ),
    config(
        "another name of a type in the configuration",
        &[("[client]", "[types.Note]\nname = \"Memo\"\n\n[client]")],
    ),
    config(
        "unknown fields are kept",
        &[(
            "[client]",
            "[types]\nkeep-unknown-fields = true\n\n[client]",
        )],
    ),
    config(
        "a server before those of the description",
        &[(
            "[client]",
            "[client]\nbase-url = \"https://new.harbour.example.com\"",
        )],
    ),
    config(
        "a field that may be missing",
        &[(
            "[client]",
            "[types.Note]\nfields.text.required = false\n\n[client]",
        )],
    ),
    config(
        "no wait",
        &[(
            "[[waiters]]\nresource = \"ships\"\nname = \"wait\"\noperation = \"getShip\"\nfield = \"state\"\ndone = [\"moored\"]\nfailed = [\"scrapped\"]\n",
            "",
        )],
    ),
    config(
        "another end of a wait",
        &[("failed = [\"scrapped\"]\n", "")],
    ),
    config(
        "features",
        &[(
            "version = \"1.2.3\"",
            "version = \"1.2.3\"\nresource-features = true",
        )],
    ),
    config("another variable", &[("HARBOUR_KEY", "HARBOUR_TOKEN")]),
    config(
        "another name of the crate",
        &[("name = \"harbour\"", "name = \"port\"")],
    ),
    spec(
        "a webhook more",
        &[(
            "webhooks:\n",
            "webhooks:\n  shipLeft:\n    post:\n      requestBody:\n        content: { application/json: { schema: { $ref: '#/components/schemas/Note' } } }\n      responses: { '200': { description: Read. } }\n",
        )],
    ),
    spec(
        "credentials where there were none",
        &[
            (
                "      operationId: scrapShip\n",
                "      operationId: scrapShip\n      security: [{ token: [], guard: [] }]\n",
            ),
            (
                "    token: { type: http, scheme: bearer }\n",
                "    token: { type: http, scheme: bearer }\n    guard: { type: apiKey, in: header, name: X-Guard }\n",
            ),
        ],
    ),
];
