//! Descriptions of any size, made of the same parts.

use serde_json::{Map, Value, json};

/// So many kinds of things share a tag.
const KINDS_PER_TAG: usize = 10;

/// A description of about so many bytes: as many kinds of things as it takes.
#[cfg(any(feature = "bench", test))]
pub(super) fn made(bytes: usize) -> Value {
    let one = paths(0).into_iter().chain(schemas(0));
    let size: usize = one
        .map(|(key, value)| key.len() + value.to_string().len() + 4)
        .sum();
    of_kinds((bytes / size).max(1))
}

/// A description of so many kinds of things, each with its operations and types, none of which knows
/// another kind.
pub(in crate::bench) fn of_kinds(kinds: usize) -> Value {
    let paths: Map<String, Value> = (0..kinds).flat_map(paths).collect();
    let schemas: Map<String, Value> = (0..kinds).flat_map(schemas).collect();
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Made", "version": "1.0.0" },
        "servers": [{ "url": "https://api.example.com" }],
        "security": [{ "key": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "key": { "type": "http", "scheme": "bearer" } }
        }
    })
}

fn paths(kind: usize) -> Vec<(String, Value)> {
    let tag = format!("group{}", kind / KINDS_PER_TAG);
    let responses = |schema: &str| {
        let schema = json!({ "$ref": format!("#/components/schemas/{schema}{kind}") });
        json!({
            "200": { "description": "It worked.",
                "content": { "application/json": { "schema": schema } } },
            "404": { "description": "There is no such thing." }
        })
    };
    let body = json!({ "required": true, "content": { "application/json": {
        "schema": { "$ref": format!("#/components/schemas/NewThing{kind}") } } } });
    let id = json!({ "name": "thing_id", "in": "path", "required": true,
        "description": "Which of them.", "schema": { "type": "string" } });
    let limit = json!({ "name": "limit", "in": "query",
        "description": "How many there may be on a page.",
        "schema": { "type": "integer", "maximum": 100, "default": 20 } });
    vec![
        (
            format!("/things{kind}"),
            json!({
                "get": { "operationId": format!("listThings{kind}"), "tags": [tag],
                    "summary": "Lists things, the newest first.",
                    "parameters": [limit], "responses": responses("ThingPage") },
                "post": { "operationId": format!("createThing{kind}"), "tags": [tag],
                    "summary": "Makes a thing.", "requestBody": body,
                    "responses": responses("Thing") }
            }),
        ),
        (
            format!("/things{kind}/{{thing_id}}"),
            json!({
                "parameters": [id],
                "get": { "operationId": format!("getThing{kind}"), "tags": [tag],
                    "summary": "Looks a thing up.",
                    "responses": responses("Thing") },
                "patch": { "operationId": format!("updateThing{kind}"), "tags": [tag],
                    "summary": "Changes what is given, and leaves all else.", "requestBody": body,
                    "responses": responses("Thing") },
                "delete": { "operationId": format!("deleteThing{kind}"), "tags": [tag],
                    "summary": "Removes a thing.",
                    "responses": { "204": { "description": "It is gone." } } }
            }),
        ),
    ]
}

fn schemas(kind: usize) -> Vec<(String, Value)> {
    let named = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}{kind}") });
    let text = |description: &str| json!({ "type": "string", "description": description });
    let time = json!({ "type": "string", "format": "date-time",
        "description": "When it was made, as the server's clock had it." });
    let labels = json!({ "type": "object", "additionalProperties": { "type": "string" },
        "description": "Words of its owner's, by **name**." });
    let part = |of: &str| {
        json!({ "type": "object", "required": ["kind"], "properties": {
            "kind": { "type": "string", "enum": [of] },
            "width": { "type": "number" }, "height": { "type": "number" } } })
    };
    vec![
        (
            format!("Thing{kind}"),
            json!({ "type": "object", "description": "A thing, and what is known of it.",
                "required": ["id", "name", "status", "created_at"],
                "properties": {
                    "id": text("What it is told apart by."), "name": text("What people call it."),
                    "status": named("Status"), "created_at": time, "labels": labels,
                    "note": { "type": "string", "nullable": true, "maxLength": 1000 },
                    "parts": { "type": "array", "items": named("Part"), "description": "In order." },
                    "total": { "type": "integer", "format": "int64", "minimum": 0 },
                    "open": { "type": "boolean", "default": true },
                    "owner": { "type": "object", "required": ["name"],
                        "properties": { "name": text("The first and the last."), "mail": text("") } }
                } }),
        ),
        (
            format!("NewThing{kind}"),
            json!({ "type": "object", "required": ["name"], "properties": {
                "name": text("What people are to call it."), "labels": labels,
                "parts": { "type": "array", "items": named("Part") } } }),
        ),
        (
            format!("ThingPage{kind}"),
            json!({ "type": "object", "required": ["items"], "properties": {
                "items": { "type": "array", "items": named("Thing") },
                "next_page_token": { "type": "string", "nullable": true } } }),
        ),
        (
            format!("Status{kind}"),
            json!({ "type": "string", "enum": ["waiting", "running", "done", "failed"],
                "description": "How far it is." }),
        ),
        (
            format!("Part{kind}"),
            json!({ "oneOf": [named("Round"), named("Square")], "discriminator": {
                "propertyName": "kind", "mapping": {
                    "round": format!("#/components/schemas/Round{kind}"),
                    "square": format!("#/components/schemas/Square{kind}") } } }),
        ),
        (format!("Round{kind}"), part("round")),
        (format!("Square{kind}"), part("square")),
    ]
}

#[cfg(test)]
mod tests {
    use super::made;

    #[test]
    fn what_is_made_has_the_size_that_was_asked_for() {
        for wanted in [10_000, 100_000, 1_000_000] {
            let bytes = made(wanted).to_string().len();
            assert!(bytes > wanted / 2 && bytes < wanted * 3 / 2, "{bytes}");
        }
    }
}
