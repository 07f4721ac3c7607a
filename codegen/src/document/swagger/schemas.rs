//! What schemas and references have another form for in OpenAPI 3.

use serde_json::{Value, json};

use super::{Moves, Object};
use crate::document::check::shape::Want;
use crate::document::check::tables::OPENAPI;
use crate::document::references::reference;
use crate::pointer::{canonical, local};

/// Goes through a description whose objects are those of OpenAPI 3 by now.
pub(super) fn convert(root: &mut Value, moves: &Moves) {
    walk(root, Want::Object(&OPENAPI), moves);
}

fn walk(value: &mut Value, want: Want, moves: &Moves) {
    match (want, value) {
        (Want::Schema | Want::SchemaOrList, Value::Object(map)) => schema(map, moves),
        (Want::SchemaOrList, Value::Array(items)) => {
            for item in items {
                walk(item, Want::Schema, moves);
            }
        }
        (Want::Object(shape) | Want::OrReference(shape), Value::Object(map)) => {
            if matches!(want, Want::OrReference(_)) {
                follow(map, moves);
            }
            for (key, member) in map {
                if let Some(want) = shape.member(key) {
                    walk(member, want, moves);
                }
            }
        }
        (Want::Map(want), Value::Object(map)) => {
            for member in map.values_mut() {
                walk(member, *want, moves);
            }
        }
        (Want::List(want), Value::Array(items)) => {
            for item in items {
                walk(item, *want, moves);
            }
        }
        _ => {}
    }
}

fn schema(map: &mut Object, moves: &Moves) {
    follow(map, moves);
    if let Some(Value::String(name)) = map.get("discriminator") {
        let discriminator = json!({ "propertyName": name });
        map.insert("discriminator".to_owned(), discriminator);
    }
    if !map.contains_key("nullable")
        && let Some(nullable) = map.shift_remove("x-nullable")
    {
        map.insert("nullable".to_owned(), nullable);
    }
    for (key, member) in map {
        if let Some(want) = Want::Schema.member(key) {
            walk(member, want, moves);
        }
    }
}

/// Leads a reference to where its target is now. What leads nowhere is reported later, in the words of the original.
fn follow(map: &mut Object, moves: &Moves) {
    let Some(Value::String(target)) = map.get_mut("$ref") else {
        return;
    };
    let pointer = local(target).map(|pointer| canonical(&pointer));
    if let Some(now) = pointer.and_then(|pointer| moves.now(&pointer)) {
        *target = reference(&now);
    }
}
