//! Lists of an operation: parameters, bodies, responses and what they consist of.

use serde_json::{Value, json};

use super::{List, items, members, no_content, object, operation, reference, root};

pub(super) fn lists() -> Vec<List> {
    [of_parameters(), of_responses(), of_bodies(), of_callbacks()]
        .into_iter()
        .flatten()
        .collect()
}

fn of_parameters() -> Vec<List> {
    vec![
        List::json("query parameters", |length| {
            with_parameters(length, "query")
        }),
        List::json("header parameters", |length| {
            with_parameters(length, "header")
        }),
        List::json("cookie parameters", |length| {
            with_parameters(length, "cookie")
        }),
        List::json("parameters of references", |length| {
            operation(
                json!({"parameters": items(length, |it| reference("parameters", &format!("P{it}")))}),
                json!({"components": {"parameters": members(length, |it| (format!("P{it}"), parameter(it, "query")))}}),
            )
        }),
        List::json("parameters of a path item", |length| {
            root(json!({"paths": {"/things": {
                "parameters": items(length, |it| parameter(it, "query")),
                "get": {"tags": ["things"], "responses": no_content()},
                "post": {"tags": ["things"], "responses": no_content()}
            }}}))
        }),
        List::json("parameters that are there twice", |length| {
            let list = || items(length, |it| parameter(it, "query"));
            root(json!({"paths": {"/things": {
                "parameters": list(), "get": {"tags": ["things"], "parameters": list(), "responses": no_content()}
            }}}))
        }),
        List::json("path parameters", |length| {
            in_path(length, &items(length, |it| parameter(it, "path")))
        })
        // Each is known by its pointer, which has the names of all.
        .at_most(128),
        List::json("path parameters that nothing describes", |length| {
            in_path(length, &json!([]))
        }),
        List::json("path parameters that are in no path", |length| {
            operation(
                json!({"parameters": items(length, |it| parameter(it, "path"))}),
                json!({}),
            )
        }),
        List::json("content of a parameter", |length| {
            let content = members(length, |it| {
                (media_type(it), json!({"schema": {"type": "string"}}))
            });
            operation(
                json!({"parameters": [{"name": "q", "in": "query", "content": content}]}),
                json!({}),
            )
        }),
        List::json("examples of a parameter", |length| {
            let examples = members(length, |it| (format!("one{it}"), json!({"value": it})));
            operation(
                json!({"parameters": [{"name": "q", "in": "query",
                "schema": {"type": "integer"}, "examples": examples}]}),
                json!({}),
            )
        }),
    ]
}

fn of_responses() -> Vec<List> {
    vec![
        List::json("responses", |length| {
            responses(&members(length, |it| {
                ((200 + it).to_string(), response(it))
            }))
        })
        .at_most(400),
        List::json("failures of one type each", |length| {
            responses(&members(length, |it| {
                ((400 + it).to_string(), response(it))
            }))
        })
        .at_most(200),
        List::json("responses of references", |length| {
            let all = members(length, |it| {
                (
                    (200 + it).to_string(),
                    reference("responses", &format!("R{it}")),
                )
            });
            operation(
                json!({"responses": all}),
                json!({"components":
                {"responses": members(length, |it| (format!("R{it}"), response(it)))}}),
            )
        })
        .at_most(400),
        List::json("headers of a response", |length| {
            responses(
                &json!({"200": {"description": "Fine.", "headers": members(length, |it|
                (format!("X-Header-{it}"), json!({"schema": {"type": "string"}})))}}),
            )
        }),
        List::json("links of a response", |length| {
            responses(
                &json!({"200": {"description": "Fine.", "links": members(length, |it|
                (format!("link{it}"), json!({"operationId": "makeThing"})))}}),
            )
        }),
        List::json("media types of a response", |length| {
            responses(&json!({"200": {"description": "Fine.", "content": contents(length)}}))
        }),
        List::json("media types of a response, all of JSON", |length| {
            responses(
                &json!({"200": {"description": "Fine.", "content": members(length, |it|
                (format!("application/vnd.thing{it}+json"), json!({"schema": object(&format!("p{it}"))})))}}),
            )
        }),
        List::json("examples of a response", |length| {
            responses(
                &json!({"200": {"description": "Fine.", "content": {"application/json":
                {"schema": object("a"), "examples": members(length, |it|
                    (format!("one{it}"), json!({"value": {"a": "b"}})))}}}}),
            )
        }),
    ]
}

fn of_bodies() -> Vec<List> {
    vec![
        List::json("media types of a body", |length| {
            operation(
                json!({"requestBody": {"content": contents(length)}}),
                json!({}),
            )
        }),
        List::json("media types of a body, all of JSON", |length| {
            operation(
                json!({"requestBody": {"content": members(length, |it|
                (format!("application/vnd.thing{it}+json"), json!({"schema": object(&format!("p{it}"))})))}}),
                json!({}),
            )
        }),
        List::json("parts of a multipart body", |length| {
            multipart(length, &json!({}))
        }),
        List::json("encodings of a multipart body", |length| {
            multipart(
                length,
                &members(length, |it| {
                    (format!("p{it}"), json!({"contentType": "image/png"}))
                }),
            )
        }),
        List::json("encodings of parts that aren't there", |length| {
            multipart(
                1,
                &members(length, |it| {
                    (format!("q{it}"), json!({"contentType": "image/png"}))
                }),
            )
        }),
        List::json("encodings of a form", |length| {
            let schema = json!({"type": "object", "properties": members(length, |it|
                (format!("p{it}"), json!({"type": "array", "items": {"type": "string"}})))});
            let encoding = members(length, |it| {
                (
                    format!("p{it}"),
                    json!({"style": "pipeDelimited", "explode": false}),
                )
            });
            operation(
                json!({"requestBody": {"content": {"application/x-www-form-urlencoded":
                {"schema": schema, "encoding": encoding}}}}),
                json!({}),
            )
        }),
        List::json("headers of an encoding", |length| {
            let headers = members(length, |it| {
                (
                    format!("X-Part-{it}"),
                    json!({"schema": {"type": "string"}}),
                )
            });
            multipart(
                1,
                &json!({"p0": {"contentType": "image/png", "headers": headers}}),
            )
        }),
    ]
}

fn of_callbacks() -> Vec<List> {
    vec![
        List::json("callbacks", |length| {
            operation(
                json!({"callbacks": members(length, |it| (format!("call{it}"), callback(it, "{$url}")))}),
                json!({}),
            )
        }),
        List::json("expressions of a callback", |length| {
            let all = members(length, |it| {
                (format!("{{$request.body#/url{it}}}"), called(it))
            });
            operation(json!({"callbacks": {"call": all}}), json!({}))
        }),
        List::json("callbacks of operations", |length| {
            root(
                json!({"paths": members(length, |it| (format!("/things{it}"), json!({"post": {"tags": ["things"],
                "callbacks": {"call": callback(it, "{$url}")}, "responses": no_content()}})))}),
            )
        }),
    ]
}

fn parameter(number: usize, place: &str) -> Value {
    json!({"name": format!("p{number}"), "in": place, "required": place == "path",
        "description": "One of *many*.", "schema": {"type": "string"}})
}

fn with_parameters(length: usize, place: &str) -> String {
    operation(
        json!({"parameters": items(length, |it| parameter(it, place))}),
        json!({}),
    )
}

/// An operation with so many names in its path.
fn in_path(length: usize, parameters: &Value) -> String {
    let names: Vec<String> = (0..length).map(|it| format!("/{{p{it}}}")).collect();
    let path = names.concat();
    let operation =
        json!({"tags": ["things"], "parameters": parameters, "responses": no_content()});
    root(json!({"paths": {format!("{path}/x"): {"get": operation}}}))
}

fn responses(all: &Value) -> String {
    operation(json!({"responses": all}), json!({}))
}

/// A response of a type of its own.
fn response(number: usize) -> Value {
    let schema = object(&format!("p{number}"));
    json!({"description": "It is there.", "content": {"application/json": {"schema": schema}}})
}

fn media_type(number: usize) -> String {
    format!("application/vnd.thing{number}")
}

fn contents(length: usize) -> Value {
    members(length, |it| {
        (
            media_type(it),
            json!({"schema": {"type": "string", "format": "binary"}}),
        )
    })
}

/// An operation that sends so many parts.
fn multipart(parts: usize, encoding: &Value) -> String {
    let properties = members(parts, |it| (format!("p{it}"), json!({"type": "string"})));
    let media =
        json!({"schema": {"type": "object", "properties": properties}, "encoding": encoding});
    operation(
        json!({"requestBody": {"content": {"multipart/form-data": media}}}),
        json!({}),
    )
}

fn callback(number: usize, expression: &str) -> Value {
    json!({expression: called(number)})
}

/// What the server calls.
fn called(number: usize) -> Value {
    let schema = object(&format!("p{number}"));
    json!({"post": {"requestBody": {"content": {"application/json": {"schema": schema}}}, "responses": no_content()}})
}
