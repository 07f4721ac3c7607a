use crate::document::tests::{api, read, warned};

const ID: &str = "{name: id, in: path, required: true, schema: {type: string}}";

#[test]
fn operations_that_contradict_each_other_are_all_there() {
    let id = ID;
    let table: &[(String, &[&str])] = &[
        (
            "/a: {get: {operationId: x, responses: {}}}\n  /b: {get: {operationId: x, responses: {}}}".to_owned(),
            &["duplicate operationId `x`", "api.yaml:7:27", "::: api.yaml:6:27", "first used here"],
        ),
        (
            format!(
                "/a/{{id}}: {{parameters: [{id}], get: {{responses: {{}}}}}}\n  /a/{{key}}: {{parameters: [{}], get: {{responses: {{}}}}}}",
                id.replace("id", "key")
            ),
            &["the paths `/a/{key}` and `/a/{id}` match the same requests", "the other one"],
        ),
        ("'/a/{id': {}".to_owned(), &["unbalanced braces in the path `/a/{id`"]),
        ("'/a/{}': {}".to_owned(), &["unbalanced braces"]),
    ];
    for (paths, parts) in table {
        let text = warned(&api(&format!("paths:\n  {paths}\n")));
        for part in *parts {
            assert!(text.contains(part), "no {part:?} in\n{text}");
        }
    }
}

#[test]
fn what_is_taken_in_the_likeliest_sense() {
    let id = ID;
    let table: &[(String, &[&str])] = &[
        (
            "/a: {get: {responses: {'200': {description: d, content: {JSON: {schema: {type: object}}}}}}}".to_owned(),
            &["`JSON` is not a media type", "treated as JSON", "such as `application/json`"],
        ),
        (
            "/a: {get: {parameters: [{name: q, in: query, content: {json: {schema: {}}}}], responses: {}}}".to_owned(),
            &["`json` is not a media type", "treated as JSON"],
        ),
        (
            "/a: {get: {responses: {'400': {description: d, content: {'': {schema: {}}}}}}}\nwebhooks:\n  w: {post: {requestBody: {content: {N/A: {}, none: {}}}, responses: {}}}".to_owned(),
            &["a key of `content` is empty", "`none` is not a media type", "treated as bytes"],
        ),
        (
            "/a: {put: {requestBody: {content: {xml: {}}}, responses: {}}}".to_owned(),
            &["`xml` is not a media type", "treated as bytes"],
        ),
        (
            "/a/{id}: {get: {responses: {}}}".to_owned(),
            &[
                "the path parameter `id` of `/a/{id}` is not declared",
                "add a parameter with `name: id`",
            ],
        ),
        (
            "/a/{id}: {get: {responses: {}, parameters: [{name: id, in: query, schema: {}}]}}"
                .to_owned(),
            &["write `in: path`"],
        ),
        (
            format!("/a: {{get: {{responses: {{}}, parameters: [{id}]}}}}"),
            &[
                "the path parameter `id` is not in the path `/a`",
                "put `{id}` into the path",
            ],
        ),
        (
            format!("/a/{{iD}}: {{parameters: [{id}], get: {{responses: {{}}}}}}"),
            &["did you mean `iD`?"],
        ),
        (
            format!("/a/{{id}}: {{parameters: [{id}, {id}], get: {{responses: {{}}}}}}"),
            &["duplicate path parameter `id`", "first declared here"],
        ),
    ];
    for (paths, parts) in table {
        let text = warned(&api(&format!("paths:\n  {paths}\n")));
        for part in *parts {
            assert!(text.contains(part), "no {part:?} in\n{text}");
        }
    }
}

#[test]
fn client_certificates_are_the_http_clients_matter() {
    let text = warned(&api(
        "paths: {}\ncomponents: {securitySchemes: {tls: {type: mutualTLS}}}\n",
    ));
    assert!(text.contains("no credential is sent for `tls`"), "{text}");
}

#[test]
fn all_findings_come_at_once_and_in_order() {
    let text = warned(&api(
        "paths:\n  /a/{}: {get: {responses: {}}}\n  /b: {get: {responses: [], tags: {}}}\ncomponents:\n  schemas: {A: {$ref: '#/x'}}\n",
    ));
    let lines: Vec<&str> = text.lines().filter(|line| line.contains("--> ")).collect();
    let places: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.split(':').nth(1))
        .collect();
    assert_eq!(places, ["6", "7", "7", "9"], "{text}");
}

#[test]
fn parameters_are_found_through_references_and_path_items() {
    let id = ID;
    read(&api(&format!(
        "paths:\n  /a/{{id}}: {{$ref: '#/components/pathItems/I'}}\ncomponents:\n  parameters: {{Id: {id}}}\n  pathItems: {{I: {{parameters: [{{$ref: '#/components/parameters/Id'}}], get: {{operationId: a, responses: {{}}}}}}}}\n"
    )));
}

#[test]
fn paths_with_other_methods_may_differ_in_names() {
    let id = ID;
    let text = warned(&api(&format!(
        "paths:\n  /a/{{id}}: {{parameters: [{id}], get: {{responses: {{}}}}}}\n  /a/{{key}}: {{parameters: [{}], put: {{responses: {{}}}}}}\n",
        id.replace("id", "key")
    )));
    assert!(
        text.starts_with("warning[equal-paths]: the paths"),
        "{text}"
    );
}

#[test]
fn what_stands_behind_a_path_is_told_and_its_parameters_are_found() {
    let warned = |paths: &str| warned(&api(&format!("paths:\n{paths}\n")));
    let query = "{name: q, in: query, schema: {type: string}}";
    let text = warned(&format!(
        "  '/a?b=c&q={{q}}#d': {{get: {{parameters: [{query}], responses: {{}}}}}}"
    ));
    for part in [
        "the path `/a?b=c&q={q}#d` has a query",
        "`b=c&q={q}` is sent with each request",
        "has a fragment, which is not sent",
    ] {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
    assert!(!text.contains("is not declared"), "{text}");
    let text = warned("  '/a?q={q}#{z}': {get: {responses: {}}}");
    assert!(text.contains("parameter `q` of"), "{text}");
    assert!(!text.contains("`z`"), "{text}");
    let many: Vec<String> = (0..25)
        .map(|number| format!("  '/#{number}': {{post: {{responses: {{}}}}}}"))
        .collect();
    let text = warned(&many.join("\n"));
    assert_eq!(text.matches("has a fragment, which").count(), 20, "{text}");
    assert!(text.contains("5 more paths have a fragment"), "{text}");
}
