//! Descriptions of Swagger 2.0: what is wrong with them, in their own words and at their own places.

use crate::cases::{refused, warned};

fn swagger(rest: &str) -> String {
    format!(
        "swagger: '2.0'\ninfo: {{title: Pets, version: '1'}}\nhost: a.example\nschemes: [https]\n{rest}"
    )
}

/// A description with one operation, of which a case writes the inside.
fn operation(rest: &str) -> String {
    swagger(&format!(
        "paths:\n  /pets:\n    post:\n      {rest}\n      responses: {{'204': {{description: Done.}}}}\n"
    ))
}

#[test]
fn what_is_wrong_with_swagger() {
    let cases = [
        ("paths as a list", swagger("paths: [/a]\n")),
        (
            "a path item in another file",
            swagger("paths: {/a: {$ref: a.yaml}}\n"),
        ),
        (
            "an old version",
            "swagger: '1.2'\ninfo: {title: Pets, version: '1'}\npaths: {}\n".to_owned(),
        ),
        (
            "no version",
            "swagger:\ninfo: {title: Pets, version: '1'}\n".to_owned(),
        ),
        (
            "a version of another kind",
            swagger("paths: {}\n").replace("'2.0'", "[2]"),
        ),
    ];
    insta::assert_snapshot!(refused(&cases));
}

#[test]
fn what_swagger_is_read_in_spite_of() {
    let cases = [
        (
            "a version without quotes",
            swagger("paths: {}\n").replace("'2.0'", "2.0"),
        ),
        (
            "a host without schemes",
            swagger("paths: {}\n").replace("schemes: [https]\n", ""),
        ),
        (
            "fields of OpenAPI 3",
            swagger("paths: {}\nservers: [{url: /}]\n"),
        ),
        (
            "a parameter of a wrong place",
            operation("parameters: [{name: a, in: form, type: string}]"),
        ),
        (
            "a body without a schema",
            operation("parameters: [{name: a, in: body}]"),
        ),
        (
            "two bodies",
            operation(
                "parameters: [{name: a, in: body, schema: {}}, {name: b, in: body, schema: {}}]",
            ),
        ),
        (
            "a body and a form",
            operation(
                "parameters: [{name: a, in: body, schema: {}}, {name: b, in: formData, type: string}]",
            ),
        ),
        (
            "a field without a type",
            operation("parameters: [{name: a, in: formData}]"),
        ),
        (
            "a schema of a query parameter",
            operation("parameters: [{name: a, in: query, schema: {type: string}}]"),
        ),
        (
            "an unknown collectionFormat",
            operation(
                "parameters: [{name: a, in: query, type: array, collectionFormat: comma, items: {type: string}}]",
            ),
        ),
        (
            "a collectionFormat of another place",
            operation(
                "parameters: [{name: X, in: header, type: array, collectionFormat: multi, items: {type: string}}]",
            ),
        ),
        (
            "a definition that isn't there",
            format!(
                "{}definitions: {{Pet: {{type: string}}}}\n",
                operation(
                    "parameters: [{name: a, in: body, schema: {$ref: '#/definitions/Pets'}}]"
                )
            ),
        ),
        (
            "an enum with a wrong default in a form",
            operation(
                "consumes: [multipart/form-data]\n      parameters: [{name: a, in: formData, type: string, enum: [1, 2]}]",
            ),
        ),
        (
            "a scheme of OpenAPI 3",
            swagger(
                "paths: {}\nsecurityDefinitions: {a: {type: http, scheme: bearer}, b: {type: oauth2, flow: password}}\n",
            ),
        ),
        ("an unknown scheme", operation("security: [{none: []}]")),
        (
            "more media types than are used",
            operation("consumes: [a/1, a/2, a/3, a/4, a/5, a/6, a/7, a/8, a/9]"),
        ),
    ];
    insta::assert_snapshot!(warned(&cases));
}
