//! `[operations.KEY.pages]`, whose words have to suit the document.

use crate::cases::configured;

const SPEC: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      operationId: listPets
      parameters:
        - {name: page_token, in: query, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer}}
      responses: {'200': {description: Some., content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}}}
    delete: {operationId: deletePets, responses: {'204': {description: Done.}}}
  /report: {get: {operationId: readReport, responses: {'200': {description: Some., content: {application/json: {schema: {$ref: '#/components/schemas/Page'}}}}}}}
  /names: {get: {operationId: listNames, responses: {'200': {description: Some., content: {application/json: {schema: {type: array, items: {type: string}}}}}}}}
  /count: {get: {operationId: count, parameters: [{name: page, in: query, schema: {type: integer}}], responses: {'200': {description: It., content: {application/json: {schema: {type: integer}}}}}}}
components:
  schemas:
    Page:
      type: object
      properties:
        pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}
        owners: {type: array, items: {type: string}}
        info: {type: object, properties: {token: {type: string}, pages: {type: integer}}}
    Pet: {type: object, properties: {name: {type: string}, age: {type: integer}}}
";

/// A table of pages with a sound package.
macro_rules! pages {
    ($rest:literal) => {
        pages!("listPets", $rest)
    };
    ($operation:literal, $rest:literal) => {
        concat!(
            "[package]\nname = \"pets\"\nversion = \"0.1.0\"\n\n[operations.",
            $operation,
            ".pages]\n",
            $rest
        )
    };
}

#[test]
fn pages_that_do_not_suit_the_document() {
    let cases = [
        ("an unknown key", pages!("parametr = \"page_token\"\n")),
        ("an unknown way", pages!("by = \"tokens\"\n")),
        ("another unknown way", pages!("by = \"magic\"\n")),
        ("a way that is no text", pages!("by = 1\n")),
        ("a first page that is no number", pages!("first = \"1\"\n")),
        (
            "a broken path",
            pages!("by = \"token\"\nnext = \"info..token\"\n"),
        ),
        (
            "an unknown parameter",
            pages!(
                "by = \"token\"\nparameter = \"cursor\"\nnext = \"info.token\"\nitems = \"pets\"\n"
            ),
        ),
        (
            "no parameters",
            pages!("listNames", "by = \"page\"\nparameter = \"page\"\n"),
        ),
        (
            "an unknown field",
            pages!(
                "by = \"token\"\nparameter = \"page_token\"\nnext = \"info.tokn\"\nitems = \"pets\"\n"
            ),
        ),
        (
            "a field within a text",
            pages!(
                "by = \"token\"\nparameter = \"page_token\"\nnext = \"info.token.it\"\nitems = \"pets\"\n"
            ),
        ),
        (
            "a field that is no token",
            pages!(
                "by = \"token\"\nparameter = \"page_token\"\nnext = \"info\"\nitems = \"pets\"\n"
            ),
        ),
        (
            "a field that is no URL",
            pages!("by = \"url\"\nnext = \"info.pages\"\nitems = \"pets\"\n"),
        ),
        (
            "a field that is no boolean",
            pages!(
                "by = \"item\"\nnext = \"name\"\nparameter = \"page_token\"\nmore = \"info.pages\"\nitems = \"pets\"\n"
            ),
        ),
        ("several lists", pages!("readReport", "by = \"link\"\n")),
        (
            "a switch that is no boolean",
            pages!(
                "by = \"token\"\nparameter = \"page_token\"\nnext = \"info.token\"\nitems = \"pets\"\nswitch = \"limit\"\n"
            ),
        ),
        (
            "a header of what has no tokens",
            pages!("by = \"link\"\nitems = \"pets\"\nnext-header = \"X-Next\"\n"),
        ),
        (
            "what holds for no list",
            "[package]\nname = \"pets\"\nversion = \"0.1.0\"\n\n[pages]\nby = \"url\"\nnext = \"nowhere\"\n",
        ),
        (
            "a list that is none",
            pages!("by = \"link\"\nitems = \"info\"\n"),
        ),
        (
            "an answer that is no list",
            pages!("by = \"link\"\nitems = \"\"\n"),
        ),
        ("no list", pages!("count", "by = \"page\"\n")),
        ("no answer", pages!("deletePets", "by = \"link\"\n")),
        (
            "no token in sight",
            pages!("by = \"token\"\nitems = \"pets\"\n"),
        ),
        (
            "no parameter in sight",
            pages!("by = \"page\"\nitems = \"pets\"\n"),
        ),
        (
            "items without an id",
            pages!("by = \"item\"\nparameter = \"page_token\"\nitems = \"pets\"\n"),
        ),
        ("nothing in sight", pages!("items = \"pets\"\n")),
        (
            "a key without a meaning",
            pages!("by = \"link\"\nitems = \"pets\"\nfirst = 1\n"),
        ),
        (
            "a key beside no pages",
            pages!("by = \"none\"\nitems = \"pets\"\n"),
        ),
    ];
    insta::assert_snapshot!(configured(SPEC, &cases));
}
