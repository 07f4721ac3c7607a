use serde_json::json;

use crate::document::tests::{api, read, refused, warned};

/// Documents that can't be understood.
#[test]
fn refusals() {
    let text = refused(&api("paths: []"));
    let parts = [
        "expected an object, found an array",
        "api.yaml:5:1",
        "pointer: /paths",
    ];
    for part in parts {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
}

/// Parts of a document that can't be understood, and are left out: what stands behind `info`, and what the message has
/// to contain.
#[test]
fn what_is_wrong_is_left_out() {
    let table: &[(&str, &[&str])] = &[
        (
            "paths: {pets: {}}",
            &["doesn't begin with `/`", "treated as `/pets`"],
        ),
        (
            "servers: [{}]",
            &[
                "`url` is missing in a server",
                "pointer: /servers/0",
                "add `url`",
            ],
        ),
        ("servers: [{uri: /}]", &["rename `uri` to `url`"]),
        (
            "paths: {/a: {get: {responses: {200: 1}}}}",
            &["expected an object, found the number 1"],
        ),
        (
            "paths: {/a: {get: {parameters: {}, responses: {}}}}",
            &["expected an array, found an object"],
        ),
        (
            "paths: {/a: {parameters: [{in: query, schema: {}}]}}",
            &["`name` is missing in a parameter", "; ignored"],
        ),
        (
            "paths: {/a: {parameters: [{name: a, in: body}]}}",
            &[
                "expected `query`, `path`, `header`, `cookie`",
                "describe the body in `requestBody`",
            ],
        ),
        (
            "paths: {/a: {parameters: [{name: a, in: Query}]}}",
            &["did you mean `query`?"],
        ),
        (
            "paths: {/a: {get: {$ref: '#/x'}}}",
            &["an operation can't be a reference"],
        ),
        (
            "components: {schemas: {A: text}}",
            &["expected a schema, found the string \"text\""],
        ),
        (
            "components: {schemas: {A: {properties: [a]}}}",
            &[
                "expected an object, found an array",
                "/components/schemas/A/properties",
            ],
        ),
        (
            "components: {schemas: {A: {type: {}}}}",
            &["expected a type name, found an object"],
        ),
        (
            "components: {schemas: {A: {$ref: 1}}}",
            &["expected a string with a reference, found the number 1"],
        ),
        (
            "components: {securitySchemes: {a: {type: apiKey, name: a}}}",
            &["`in` is missing in a security scheme of type `apiKey`"],
        ),
        (
            "components: {securitySchemes: {a: {type: basic}}}",
            &["write `type: http` and `scheme: basic`"],
        ),
    ];
    for (rest, parts) in table {
        let text = warned(&api(rest));
        for part in *parts {
            assert!(text.contains(part), "{rest}: no {part:?} in\n{text}");
        }
    }
}

#[test]
fn missing_info_is_made_up() {
    let text = "openapi: 3.0.0\ninfo: {titel: t, version: [1]}\npaths: {}\n";
    let (document, _) = read(text);
    let info = &document.api.info;
    assert_eq!((&*info.title, &*info.version), ("API", "0.1.0"));
    let text = warned(text);
    assert!(text.contains("rename `titel` to `title`"), "{text}");
    assert!(text.contains("expected a string, found an array"), "{text}");
    let text = warned("openapi: 3.0.0\npaths: {}\n");
    assert!(text.contains("`info` is missing"), "{text}");
    assert_eq!(text.matches("warning[missing-field]:").count(), 1, "{text}");
}

#[test]
fn a_requirement_keeps_its_schemes() {
    let (document, _) = read(&api(
        "security: [{a: , b: wrong, c: [x]}]\ncomponents: {securitySchemes: {o: {type: oauth2}, i: {type: openIdConnect}}}",
    ));
    let requirement = json!({"a": [], "b": ["wrong"], "c": ["x"]});
    assert_eq!(document.value("/security/0"), Some(&requirement));
    let schemes = &document.api.components.as_ref().unwrap().security_schemes;
    assert_eq!(schemes.len(), 2);
}

#[test]
fn what_is_left_out_moves_no_neighbour() {
    let (document, _) = read(&api(
        "paths:\n  /a:\n    get: {parameters: [{in: query}, {name: b, in: query, schema: {}}], responses: {}}\n    put: {parameters: [{$ref: '#/paths/~1a/get/parameters/1'}], responses: {}}\n",
    ));
    let get = document.value("/paths/~1a/get/parameters").unwrap();
    assert_eq!(get.as_array().unwrap().len(), 1);
    let (_, found) = document.parameter("#/paths/~1a/get/parameters/1").unwrap();
    assert_eq!(found.parameter_data_ref().name, "b");
}

/// Oddities that are taken with a warning.
#[test]
fn warnings() {
    let table: &[(&str, &[&str])] = &[
        (
            "tags: text",
            &["expected an array, found the string \"text\"", "ignored"],
        ),
        (
            "paths: {/a: {get: {operationID: a, responses: {}}}}",
            &["no field `operationID`", "did you mean `operationId`?"],
        ),
        (
            "paths: {/a: {get: {}}}",
            &["`responses` is missing in an operation", "treated as empty"],
        ),
        (
            "paths: {/a: {get: {responses: {20: {}}}}}",
            &["invalid status code `20`"],
        ),
        (
            "paths: {/a: {get: {responses: {}, parameters: [{name: a, in: header, style: form, schema: {}}]}}}",
            &["invalid style `form` for `in: header`"],
        ),
        (
            "paths: {/a: {get: {responses: {}, parameters: [{name: a, in: query}]}}}",
            &["neither a `schema` nor a `content`"],
        ),
        (
            "paths: {'/{a}': {get: {responses: {}, parameters: [{name: a, in: path, schema: {}}]}}}",
            &["is not `required`", "add `required: true`"],
        ),
        (
            "components: {schemas: {A: {required: true}}}",
            &["`required` of a schema is an array of property names"],
        ),
        (
            "components: {schemas: {A: {minimum: '3'}}}",
            &["expected a number, found the string \"3\""],
        ),
        (
            "components: {schemas: {A: {minLength: -1}}}",
            &[
                "expected a non-negative integer, found the number -1; ",
                "ignored",
            ],
        ),
        (
            "components: {schemas: {A: {nullable: 'true'}}}",
            &["remove the quotes"],
        ),
        (
            "components: {schemas: {A: {type: String}}}",
            &["unknown type `String`", "treated as `string`"],
        ),
        (
            "components: {schemas: {A: {type: thing}}}",
            &["treated as any value"],
        ),
        (
            "components: {schemas: {A: {min_items: 1}}}",
            &["did you mean `minItems`?"],
        ),
        (
            "components: {schemas: {A: {discriminator: kind}}}",
            &["treated as its `propertyName`"],
        ),
        (
            "components: {schemas: {A: {properties: {a: }}}}",
            &["the schema is empty"],
        ),
        ("components: {links: {L: {}}}", &["has no target; ignored"]),
        (
            "components: {schemas: {A: {required: a, allOf: {type: object}, enum: b}}}",
            &["treated as an array with this item"],
        ),
        (
            "paths: {https://example.org/a: {}}",
            &["doesn't begin with `/`", "ignored"],
        ),
    ];
    for (rest, parts) in table {
        let text = warned(&api(rest));
        for part in *parts {
            let part = part.trim_end_matches("; ");
            assert!(text.contains(part), "{rest}: no {part:?} in\n{text}");
        }
    }
}

#[test]
fn harmless_nulls_and_extensions_are_silent() {
    let text = api("tags: null\n")
        + "x-any: {type: 1}\npaths: {/a: {description: null, get: {summary: , responses: {200: {}}}}}\ncomponents: {schemas: {A: {title: null, 'x-type': {type: 7}, example: {type: 8}, default: {$ref: 9}}}}\n";
    assert_eq!(warned(&text), "");
}

#[test]
fn numbers_where_text_is_wanted_keep_their_spelling() {
    let text = "openapi: 3.1\ninfo: {title: 007, version: 1.10}\ncomponents: {schemas: {A: {type: string, enum: [1, 2.50, no]}}}";
    let (document, _) = read(text);
    assert_eq!(document.api.openapi, "3.1");
    assert_eq!(
        (&*document.api.info.title, &*document.api.info.version),
        ("007", "1.10")
    );
    assert_eq!(
        document.value("/components/schemas/A/enum"),
        Some(&json!(["1", "2.50", "no"]))
    );
    assert!(warned(text).contains("expected a string, found the number 1.1"));
}
