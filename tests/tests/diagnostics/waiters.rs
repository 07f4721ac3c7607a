//! `[[waiters]]`, whose words have to suit the document.

use crate::cases::{configured, configured_with_warnings};

const SPEC: &str = "\
openapi: 3.0.3
info: {title: Jobs, version: '1'}
paths:
  /jobs: {post: {operationId: startJob, tags: [jobs], responses: {'204': {description: Started.}}}}
  /jobs/1: {get: {operationId: getJob, tags: [jobs], responses: {'200': {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Job'}}}}}}}
  /users: {get: {operationId: listUsers, tags: [users], responses: {'204': {description: Done.}}}}
components:
  schemas:
    Job:
      type: object
      properties:
        id: {type: string}
        state: {type: string, enum: [busy, done, lost]}
";

/// A waiter that is sound but for what a case writes.
macro_rules! waiter {
    ($rest:literal) => {
        concat!(
            "[package]\nname = \"jobs\"\nversion = \"0.1.0\"\n\n[[waiters]]\n",
            $rest
        )
    };
}

#[test]
fn waiters_that_do_not_suit_the_document() {
    let cases = [
        (
            "a value that the enum hasn't",
            waiter!(
                "operation = \"getJob\"\nfield = \"state\"\ndone = [\"done\", \"finished\"]\nfailed = [\"LOST\"]\n"
            ),
        ),
        (
            "an unknown field",
            waiter!("operation = \"getJob\"\nfield = \"status\"\ndone = [\"done\"]\n"),
        ),
        (
            "a field within a text",
            waiter!("operation = \"getJob\"\nfield = \"state.name\"\ndone = [\"done\"]\n"),
        ),
        (
            "a field that is no enum",
            waiter!("operation = \"getJob\"\nfield = \"id\"\ndone = [\"done\"]\n"),
        ),
        (
            "an operation that answers nothing",
            waiter!("operation = \"startJob\"\nfield = \"state\"\ndone = [\"done\"]\n"),
        ),
        (
            "another resource",
            waiter!(
                "resource = \"users\"\noperation = \"getJob\"\nfield = \"state\"\ndone = [\"done\"]\n"
            ),
        ),
        (
            "a start of another resource",
            waiter!(
                "operation = \"getJob\"\nstart = \"listUsers\"\nfield = \"state\"\ndone = [\"done\"]\n"
            ),
        ),
        ("missing keys", waiter!("operation = \"getJob\"\n")),
        (
            "the same value twice",
            waiter!(
                "operation = \"getJob\"\nfield = \"state\"\ndone = [\"done\"]\nfailed = [\"done\"]\n"
            ),
        ),
    ];
    insta::assert_snapshot!(configured(SPEC, &cases));
}

#[test]
fn waiters_for_what_the_description_does_not_have() {
    let cases = [(
        "an unknown operation",
        waiter!("operation = \"readJob\"\nfield = \"state\"\ndone = [\"done\"]\n"),
    )];
    insta::assert_snapshot!(configured_with_warnings(SPEC, &cases));
}
