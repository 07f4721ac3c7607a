//! Lists of the root, of servers, of tags and of security.

use serde_json::{Value, json};

use super::{List, items, members, no_content, operation, reference, root};

pub(super) fn lists() -> Vec<List> {
    [
        of_paths(),
        of_servers(),
        of_security(),
        of_webhooks(),
        of_components(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn of_paths() -> Vec<List> {
    vec![
        List::json("paths", |length| paths(length, |_| String::from("things"))),
        List::json("paths that differ in a parameter", |length| {
            root(json!({"paths": members(length, |it| {
                (format!("/things/{{id{it}}}"), json!({"get": {"responses": no_content()}}))
            })}))
        })
        .at_most(2_000),
        List::json("paths that lead to one path item", |length| {
            let item = json!({"get": {"tags": ["things"], "responses": no_content()}});
            root(json!({
                "paths": members(length, |it| (format!("/things{it}"), reference("pathItems", "One"))),
                "components": {"pathItems": {"One": item}}
            }))
        }),
        List::json("tags of operations", |length| {
            paths(length, |it| format!("tag{it}"))
        }),
        List::json("tags that are paths", |length| {
            paths(length, |it| format!("all/tag{it}"))
        }),
        List::json("tags that are declared", |length| {
            root(json!({
                "tags": items(length, |it| json!({"name": format!("tag{it}"), "description": "Of *things*."})),
                "paths": members(length, |it| (format!("/things{it}"),
                    json!({"get": {"tags": [format!("tag{it}")], "responses": no_content()}})))
            }))
        }),
        List::json("tags of one operation", |length| {
            operation(
                json!({"tags": items(length, |it| json!(format!("tag{it}")))}),
                json!({}),
            )
        }),
        List::json("operation ids that are the same", |length| {
            root(
                json!({"paths": members(length, |it| (format!("/things{it}"),
                json!({"get": {"operationId": "get", "tags": ["things"], "responses": no_content()}})))}),
            )
        }),
    ]
}

fn of_servers() -> Vec<List> {
    vec![
        List::json("servers", |length| {
            root(json!({"servers": items(length, |it|
                json!({"url": format!("https://host{it}.example.com"), "description": format!("Host {it}")}))}))
        }),
        List::json("server variables", |length| {
            let names: Vec<String> = (0..length).map(|it| format!("{{v{it}}}")).collect();
            let names = names.concat();
            let variable = |it: usize| {
                (
                    format!("v{it}"),
                    json!({"default": "x", "description": "A part."}),
                )
            };
            root(
                json!({"servers": [{"url": format!("https://api.example.com/{names}"),
                "variables": members(length, variable)}]}),
            )
        }),
        List::json("values of a server variable", |length| {
            root(
                json!({"servers": [{"url": "https://{host}.example.com", "variables": {"host":
                {"default": "h0", "enum": items(length, |it| json!(format!("h{it}")))}}}]}),
            )
        }),
        List::json("servers of operations", |length| {
            root(
                json!({"paths": members(length, |it| (format!("/things{it}"), json!({"get": {"tags": ["things"],
                "servers": [{"url": format!("https://host{it}.example.com")}], "responses": no_content()}})))}),
            )
        }),
    ]
}

fn of_security() -> Vec<List> {
    vec![
        List::json("security schemes, each of an operation", |length| {
            root(json!({
                "paths": members(length, |it| (format!("/things{it}"), json!({"get": {"tags": ["things"],
                    "security": [{format!("key{it}"): []}], "responses": no_content()}}))),
                "components": {"securitySchemes": members(length, scheme)}
            }))
        }),
        List::json("security schemes that nothing uses", |length| {
            root(json!({"components": {"securitySchemes": members(length, scheme)}}))
        }),
        List::json("security sets", |length| {
            secured(length, &items(length, |it| json!({format!("key{it}"): []})))
        }),
        List::json("security sets of two", |length| {
            secured(
                length,
                &items(
                    length,
                    |it| json!({format!("key{it}"): [], format!("key{}", (it + 1) % length.max(1)): []}),
                ),
            )
        }),
        List::json("security schemes of one set", |length| {
            secured(
                length,
                &json!([members(length, |it| (format!("key{it}"), json!([])))]),
            )
        }),
        List::json("scopes of a requirement", |length| {
            secured(
                1,
                &json!([{"key0": items(length, |it| json!(format!("scope{it}")))}]),
            )
        }),
        List::json("scopes of a flow", |length| {
            let scopes = members(length, |it| (format!("scope{it}"), json!("May do it.")));
            operation(
                json!({"security": [{"oauth": []}]}),
                json!({"components": {"securitySchemes": {"oauth":
                {"type": "oauth2", "flows": {"clientCredentials":
                    {"tokenUrl": "https://a.example/token", "scopes": scopes}}}}}}),
            )
        }),
    ]
}

fn of_webhooks() -> Vec<List> {
    vec![
        List::json("webhooks, each with a schema", |length| {
            root(
                json!({"webhooks": members(length, |it| webhook(it, &super::object(&format!("p{it}"))))}),
            )
        }),
        List::json("webhooks of named schemas", |length| {
            root(json!({
                "webhooks": members(length, |it| webhook(it, &reference("schemas", &format!("Event{it}")))),
                "components": {"schemas": members(length, |it|
                    (format!("Event{it}"), super::object(&format!("p{it}"))))}
            }))
        }),
        List::json("webhooks with a tag", |length| {
            root(
                json!({"webhooks": members(length, |it| webhook(it, &json!({"type": "object",
                "required": ["type"], "properties": {"type": {"type": "string", "enum": [format!("event.{it}")]}}})))}),
            )
        }),
    ]
}

fn of_components() -> Vec<List> {
    vec![
        List::json("extensions of the root", |length| {
            let mut all = members(length, |it| (format!("x-thing{it}"), json!({"a": [it]})));
            super::merge(
                &mut all,
                json!({"paths": {"/a": {"get": {"responses": no_content()}}}}),
            );
            root(all)
        }),
        List::json("unknown members of the root", |length| {
            root(members(length, |it| {
                (format!("thing{it}"), json!({"a": [it]}))
            }))
        }),
        List::json("examples among the components", |length| {
            component("examples", length, |it| json!({"value": it}))
        }),
        List::json("headers among the components", |length| {
            component("headers", length, |_| json!({"schema": {"type": "string"}}))
        }),
        List::json("links among the components", |length| {
            component("links", length, |_| json!({"operationId": "makeThing"}))
        }),
        List::json("callbacks among the components", |length| {
            component(
                "callbacks",
                length,
                |_| json!({"{$url}": {"post": {"responses": no_content()}}}),
            )
        }),
    ]
}

/// So many paths, of which each has one operation, with a tag.
fn paths(length: usize, tag: fn(usize) -> String) -> String {
    root(json!({"paths": members(length, |it| {
        let operation = json!({"operationId": format!("getThing{it}"), "tags": [tag(it)],
            "summary": "Looks it up.", "responses": no_content()});
        (format!("/things{it}"), json!({"get": operation}))
    })}))
}

fn scheme(number: usize) -> (String, Value) {
    let scheme = json!({"type": "apiKey", "in": "header", "name": format!("X-Key-{number}")});
    (format!("key{number}"), scheme)
}

/// An operation that takes what `security` says, of so many schemes.
fn secured(schemes: usize, security: &Value) -> String {
    let beside = json!({"components": {"securitySchemes": members(schemes, scheme)}});
    operation(json!({"security": security}), beside)
}

fn webhook(number: usize, schema: &Value) -> (String, Value) {
    let body = json!({"content": {"application/json": {"schema": schema}}});
    let item = json!({"post": {"requestBody": body, "responses": no_content()}});
    (format!("event{number}"), item)
}

/// So many components that nothing refers to.
fn component(section: &str, length: usize, item: fn(usize) -> Value) -> String {
    let all = members(length, |it| (format!("One{it}"), item(it)));
    operation(json!({}), json!({"components": {section: all}}))
}
