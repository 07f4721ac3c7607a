//! Paths, operations, parameters, bodies, responses and security.

use codegen::{Source, WarningCode, generate};

use crate::cases::{api, operation, warned};

const DONE: &str = "responses: {'204': {description: Done.}}";

#[test]
fn operations_that_contradict_themselves() {
    let cases = [
        (
            "duplicate operationId",
            api(&format!(
                "paths:\n  /a:\n    get: {{operationId: x, {DONE}}}\n  /b:\n    get: {{operationId: x, {DONE}}}\n"
            )),
        ),
        (
            "two paths that clash",
            api(&format!(
                "paths:\n  /a/{{x}}: {{get: {{parameters: [{{name: x, in: path, required: true, schema: {{type: string}}}}], {DONE}}}}}\n  /a/{{y}}: {{get: {{parameters: [{{name: y, in: path, required: true, schema: {{type: string}}}}], {DONE}}}}}\n"
            )),
        ),
        (
            "braces that don't match",
            api(&format!("paths:\n  /a/{{x: {{get: {{{DONE}}}}}\n")),
        ),
        (
            "braces with nothing in them",
            api(&format!("paths:\n  /a/{{}}: {{get: {{{DONE}}}}}\n")),
        ),
    ];
    insta::assert_snapshot!(warned(&cases));
}

#[test]
fn parameters_that_are_taken_in_the_likeliest_sense() {
    let path = "{name: id, in: path, required: true, schema: {type: string}}";
    let cases = [
        (
            "a path parameter that isn't declared",
            api(&format!("paths:\n  /a/{{id}}: {{get: {{{DONE}}}}}\n")),
        ),
        (
            "a path parameter declared elsewhere",
            api(&format!(
                "paths:\n  /a/{{id}}: {{get: {{parameters: [{{name: id, in: query, schema: {{}}}}], {DONE}}}}}\n"
            )),
        ),
        (
            "a path parameter that isn't in the path",
            api(&format!(
                "paths:\n  /a: {{get: {{parameters: [{path}], {DONE}}}}}\n"
            )),
        ),
        (
            "a path parameter misspelt",
            api(&format!(
                "paths:\n  /a/{{pet_id}}: {{get: {{parameters: [{{name: petId, in: path, required: true, schema: {{type: string}}}}], {DONE}}}}}\n"
            )),
        ),
        (
            "a parameter twice",
            api(&format!(
                "paths:\n  /a/{{id}}: {{get: {{parameters: [{path}, {path}], {DONE}}}}}\n"
            )),
        ),
    ];
    insta::assert_snapshot!(warned(&cases));
}

#[test]
fn parameters_whose_style_has_no_form_for_them() {
    let path = |rest: &str| {
        api(&format!(
            "paths:\n  /a/{{id}}:\n    get:\n      parameters:\n        - {{name: id, in: path, required: true, {rest}}}\n      {DONE}\n"
        ))
    };
    let query = |rest: &str| operation(&format!("parameters:\n  - {{name: q, {rest}}}"));
    let cases = [
        (
            "an object of lists in a path",
            path("schema: {type: object, properties: {a: {type: array, items: {}}}}"),
        ),
        (
            "content that is no JSON",
            query("in: query, content: {application/xml: {schema: {type: object}}}"),
        ),
        (
            "a list of lists",
            query("in: query, schema: {type: array, items: {type: array, items: {type: string}}}"),
        ),
        (
            "a map of lists in a header",
            query(
                "in: header, schema: {type: object, additionalProperties: {type: array, items: {}}}",
            ),
        ),
    ];
    insta::assert_snapshot!(warned(&cases));
}

#[test]
fn security_that_users_have_to_see_to() {
    let security = |rest: &str, schemes: &str| {
        api(&format!(
            "security: {rest}\npaths: {{/a: {{get: {{{DONE}}}}}}}\ncomponents:\n  securitySchemes:\n    {schemes}\n"
        ))
    };
    let cases = [
        (
            "digest",
            security("[{digest: []}]", "digest: {type: http, scheme: digest}"),
        ),
        (
            "a client certificate",
            security("[{tls: []}]", "tls: {type: mutualTLS}"),
        ),
        (
            "one that isn't there",
            security("[{none: []}]", "basic: {type: http, scheme: basic}"),
        ),
    ];
    insta::assert_snapshot!(warned(&cases));
}

#[test]
fn what_is_left_out_is_mentioned() {
    let cases = [
        (
            "a path parameter that isn't required",
            api(&format!(
                "paths:\n  /a/{{id}}: {{get: {{parameters: [{{name: id, in: path, schema: {{type: string}}}}], {DONE}}}}}\n"
            )),
        ),
        (
            "two paths with one meaning",
            api(&format!(
                "paths:\n  /a/{{x}}: {{get: {{parameters: [{{name: x, in: path, required: true, schema: {{type: string}}}}], {DONE}}}}}\n  /a/{{y}}: {{put: {{parameters: [{{name: y, in: path, required: true, schema: {{type: string}}}}], {DONE}}}}}\n"
            )),
        ),
        (
            "a parameter twice in the path",
            api(
                "paths:\n  /a/{id}/{id}: {get: {parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {}}}\n",
            ),
        ),
        (
            "a style of another place",
            operation("parameters: [{name: q, in: query, style: simple, schema: {type: string}}]"),
        ),
        (
            "several media types",
            operation("requestBody: {content: {application/json: {}, application/xml: {}}}"),
        ),
        (
            "several media types of an answer, of which one can't be told apart",
            operation(
                "responses: {'200': {description: x, content: {application/json: {schema: {type: object, properties: {a: {}}}}, application/xml: {schema: {type: object, properties: {a: {}}}}}}}",
            ),
        ),
        (
            "a relative server of an operation",
            operation("servers: [{url: v2}]"),
        ),
        (
            "a variable of a server that isn't described",
            operation("servers: [{url: 'https://{host}.example.com'}]"),
        ),
    ];
    insta::assert_snapshot!(warned(&cases));
}

#[test]
fn content_whose_schema_is_not_used() {
    const CAT: &str = "{type: object, properties: {name: {type: string}}}";
    let described = |content: &str| format!("{{description: x, content: {{{content}}}}}");
    let response = |status: &str, content: &str| {
        let response = described(content);
        operation(&format!("responses: {{'{status}': {response}}}"))
    };
    let request = |content: &str| operation(&format!("requestBody: {{content: {{{content}}}}}"));
    let cases = [
        (
            "XML that is sent",
            request(&format!("application/xml: {{schema: {CAT}}}")),
        ),
        (
            "an error in XML without a type of its own",
            response(
                "404",
                &format!("application/problem+xml: {{schema: {{type: array, items: {CAT}}}}}"),
            ),
        ),
        (
            "rows",
            response(
                "200",
                "text/csv: {schema: {type: array, items: {type: string}}}",
            ),
        ),
        (
            "bytes of an object",
            request(&format!(
                "application/msgpack: {{schema: {{allOf: [{CAT}]}}}}"
            )),
        ),
        (
            "a choice of objects",
            response(
                "2XX",
                &format!(
                    "application/yaml: {{schema: {{oneOf: [{CAT}, {{type: array, items: {{}}}}]}}}}"
                ),
            ),
        ),
        (
            "behind a reference",
            response(
                "200",
                "application/toml: {schema: {$ref: '#/components/schemas/Cat'}}",
            ) + &format!("components: {{schemas: {{Cat: {CAT}}}}}\n"),
        ),
    ];
    insta::assert_snapshot!(warned(&cases));
}

#[test]
fn xml_that_can_not_be_typed() {
    let described = |schema: &str| {
        operation(&format!(
            "responses: {{'200': {{description: x, content: {{application/xml: {{schema: {schema}}}}}}}}}"
        ))
    };
    let object =
        |properties: &str| described(&format!("{{type: object, properties: {{{properties}}}}}"));
    let cases = [
        (
            "rows",
            object("a: {type: array, items: {type: array, items: {type: string}}}"),
        ),
        (
            "a map of arrays",
            object("a: {type: object, additionalProperties: {type: array, items: {}}}"),
        ),
        (
            "objects and texts",
            object("a: {oneOf: [{type: object, properties: {b: {type: string}}}, {type: string}]}"),
        ),
        (
            "one name of two kinds",
            described(
                "{oneOf: [{type: object, properties: {a: {type: string}}}, {type: object, properties: {a: {type: integer}}}]}",
            ),
        ),
        (
            "a discriminator alone",
            described(
                "{type: object, discriminator: {propertyName: a}, properties: {a: {type: string}}}",
            ),
        ),
        ("a name", object("'a b': {type: string}")),
        ("a prefix", object("a: {type: string, xml: {prefix: '1'}}")),
        (
            "a namespace",
            object(r#"a: {type: string, xml: {namespace: "\u0001"}}"#),
        ),
        (
            "an object as an attribute",
            object("a: {type: object, properties: {b: {}}, xml: {attribute: true}}"),
        ),
        (
            "an array as an attribute",
            object("a: {type: array, items: {}, xml: {attribute: true}}"),
        ),
        (
            "two texts",
            object(
                "a: {type: string, xml: {nodeType: text}}, b: {type: string, xml: {nodeType: cdata}}",
            ),
        ),
        (
            "a text without a node",
            object("a: {type: string, xml: {nodeType: none}}"),
        ),
        (
            "a prefix without a namespace that is sent",
            operation(
                "requestBody: {content: {application/xml: {schema: {type: object, xml: {name: a}, properties: {'b:c': {type: string}}}}}}",
            ),
        ),
        (
            "a part of a form",
            operation(
                "requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {a: {type: object, properties: {b: {type: string}}}, c: {type: string}}}, encoding: {a: {contentType: application/xml}, c: {contentType: application/xml}}}}}",
            ),
        ),
        (
            "two of one name",
            object("a: {type: string, xml: {name: c}}, b: {type: string, xml: {name: c}}"),
        ),
    ];
    insta::assert_snapshot!(warned(&cases));
}

#[test]
fn content_without_more_than_text_or_bytes_is_not_warned_of() {
    for content in [
        "text/plain: {schema: {type: string}}",
        "text/plain: {schema: {type: integer}}",
        "application/xml: {}",
        "application/octet-stream: {schema: {type: string, format: binary}}",
        "application/json: {schema: {type: object, properties: {a: {}}}}, text/plain: {schema: {type: string}}",
    ] {
        let text = operation(&format!(
            "responses: {{'200': {{description: x, content: {{{content}}}}}}}\nrequestBody: {{content: {{{content}}}}}"
        ));
        let source = |name, text| Source { name, text };
        let config = "[package]\nname = \"pets\"\nversion = \"0.1.0\"\n";
        let generated = generate(source("api.yaml", &text), source("sdk.toml", config));
        let warnings = generated.expect("a crate").warnings;
        let is_untyped = |it: &codegen::Diagnostic| it.code == Some(WarningCode::UntypedContent);
        assert!(!warnings.iter().any(is_untyped), "{content}");
    }
}
