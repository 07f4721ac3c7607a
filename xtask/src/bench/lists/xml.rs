//! Lists of XML: bodies whose schemas all lead to each other.

use serde_json::{Value, json};

use super::{List, members, reference, root};

pub(super) fn lists() -> Vec<List> {
    vec![
        List::json("responses of XML", |length| ring(length, &typed(), read)),
        List::json("request bodies of XML", |length| {
            ring(length, &typed(), |content| {
                let responses = json!({"204": {"description": "Done."}});
                json!({"put": {"requestBody": {"required": true, "content": content}, "responses": responses}})
            })
        }),
        List::json("responses of XML that isn't typed", |length| {
            let of_arrays = json!({"type": "array", "items": {"type": "array", "items": {}}});
            ring(length, &of_arrays, read)
        }),
    ]
}

fn typed() -> Value {
    json!({"type": "string"})
}

/// A path with a response.
fn read(content: &Value) -> Value {
    json!({"get": {"responses": {"200": {"description": "One.", "content": content}}}})
}

/// A path for each of the schemas of a ring: each has the next as a property, and the first another of its own.
fn ring(length: usize, first: &Value, path: impl Fn(&Value) -> Value) -> String {
    let schemas = members(length, |it| {
        let next = reference("schemas", &format!("T{}", (it + 1) % length));
        let own = if it == 0 { first.clone() } else { typed() };
        let schema = json!({"type": "object", "properties": {"own": own, "next": next}});
        (format!("T{it}"), schema)
    });
    let paths = members(length, |it| {
        let schema = reference("schemas", &format!("T{it}"));
        (
            format!("/t{it}"),
            path(&json!({"application/xml": {"schema": schema}})),
        )
    });
    root(json!({"paths": paths, "components": {"schemas": schemas}}))
}
