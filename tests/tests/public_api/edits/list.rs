//! Edits of a description and of its configuration, one of a kind.

/// The description that is edited, and its configuration.
pub const SPEC: &str = include_str!("ships.yaml");
pub const CONFIG: &str = include_str!("sdk.toml");

/// An edit: its name, and texts with what is put in the place of each; each is there once.
pub struct Edit {
    pub name: &'static str,
    pub of_spec: &'static [(&'static str, &'static str)],
    pub of_config: &'static [(&'static str, &'static str)],
}

impl Edit {
    /// The two texts after the edit.
    pub fn texts(&self) -> (String, String) {
        let replace = |text: &str, edits: &[(&str, &str)]| {
            edits.iter().fold(text.to_owned(), |text, (from, to)| {
                let times = text.matches(from).count();
                assert_eq!(times, 1, "{}: {from:?} is there {times} times", self.name);
                text.replacen(from, to, 1)
            })
        };
        (replace(SPEC, self.of_spec), replace(CONFIG, self.of_config))
    }
}

const fn spec(name: &'static str, of_spec: &'static [(&'static str, &'static str)]) -> Edit {
    Edit {
        name,
        of_spec,
        of_config: &[],
    }
}

const fn config(name: &'static str, of_config: &'static [(&'static str, &'static str)]) -> Edit {
    Edit {
        name,
        of_spec: &[],
        of_config,
    }
}

/// All edits, those of operations first.
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
    // Answers.
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
    // Types.
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
    // The client.
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
        "a required field is read-only where it is sent and answered",
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
];
