//! Lists of values: enums, examples, defaults.

use serde_json::json;

use super::schemas::alone;
use super::{List, items, members, object, operation};

pub(super) fn lists() -> Vec<List> {
    vec![
        List::json("values of an enum", |length| {
            alone(
                json!({"type": "string", "enum": items(length, |it| json!(format!("value_{it}")))}),
            )
        }),
        List::json("values of an enum that fold to one name", |length| {
            alone(json!({"type": "string", "enum": items(length, |it|
                json!(format!("a{}b{}", "-".repeat(1 + it % 30), "_".repeat(it / 30))))}))
        })
        .at_most(2_000),
        List::json("numbers of an enum", |length| {
            alone(json!({"type": "integer", "enum": items(length, |it| json!(it))}))
        }),
        List::json("values of an enum of several kinds", |length| {
            alone(
                json!({"enum": items(length, |it| if it % 2 == 0 { json!(it) } else { json!(format!("v{it}")) })}),
            )
        }),
        List::json("lists of an enum", |length| {
            alone(json!({"enum": items(length, |it| json!([it]))}))
        }),
        List::json("types of a schema", |length| {
            alone(
                json!({"type": items(length, |it| json!(["string", "integer", "null", "array"][it % 4]))}),
            )
        }),
        List::json("examples of a schema", |length| {
            alone(
                json!({"type": "object", "properties": {"a": {"type": "string",
                "examples": items(length, |it| json!(format!("v{it}")))}}}),
            )
        }),
        List::json("items of an example", |length| {
            alone(
                json!({"type": "array", "items": object("a"), "example": items(length, |it| json!({"a": it.to_string()}))}),
            )
        }),
        List::json("items of a default", |length| {
            alone(
                json!({"type": "object", "properties": {"a": {"type": "array", "items": {"type": "integer"},
                "default": items(length, |it| json!(it))}}}),
            )
        }),
        List::json("members of an example of a body", |length| {
            let example = members(length, |it| (format!("p{it}"), json!("x")));
            let schema = json!({"type": "object", "properties": members(length, |it| (format!("p{it}"), json!({"type": "string"})))});
            operation(
                json!({"requestBody": {"required": true, "content": {"application/json":
                {"schema": schema, "example": example}}}}),
                json!({}),
            )
        }),
    ]
}
