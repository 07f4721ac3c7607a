//! Values of discriminators. In Swagger 2.0 they are the names of the definitions, unless an extension has another.

use serde_json::{Map, Value};

use super::Object;
use crate::document::references::reference;
use crate::pointer::{canonical, component, local, push};

/// The extension of a definition that has the value by which it is known.
const VALUE: &str = "x-ms-discriminator-value";

/// So many ancestors of a definition are looked at.
const MOST: usize = 32;

/// Writes the values that extensions have into the mappings of the parents.
pub(super) fn map_values(root: &mut Value) {
    let schemas = root.pointer_mut("/components/schemas");
    let Some(Value::Object(schemas)) = schemas else {
        return;
    };
    let mut found: Vec<(String, String, String)> = Vec::new();
    for (name, schema) in &*schemas {
        if let Some(value) = schema.get(VALUE).and_then(Value::as_str)
            && let Some(parent) = parent_of(name, schemas)
        {
            found.push((parent, value.to_owned(), name.clone()));
        }
    }
    for (parent, value, name) in found {
        let discriminator = schemas
            .get_mut(&parent)
            .and_then(|parent| parent.get_mut("discriminator"));
        if let Some(Value::Object(discriminator)) = discriminator {
            let mapping = discriminator.entry("mapping");
            if let Value::Object(mapping) = mapping.or_insert_with(|| Object::new().into()) {
                let target = push("/components/schemas", &name);
                mapping
                    .entry(value)
                    .or_insert_with(|| reference(&target).into());
            }
        }
    }
}

/// The nearest definition above this one that has a discriminator.
fn parent_of(name: &str, schemas: &Map<String, Value>) -> Option<String> {
    let mut names = vec![name.to_owned()];
    let mut next = 0;
    while let Some(name) = names.get(next).cloned() {
        next += 1;
        let schema = schemas.get(&name);
        let is_parent = schema.is_some_and(|it| it.get("discriminator").is_some());
        if is_parent && next > 1 {
            return Some(name);
        }
        let members = schema.and_then(|schema| schema.get("allOf")?.as_array());
        for member in members.into_iter().flatten() {
            let reference = member.get("$ref").and_then(Value::as_str);
            let pointer = reference.and_then(local).map(|it| canonical(&it));
            let above = pointer.as_deref().and_then(component);
            if let Some((_, above)) = above
                && names.len() < MOST
                && !names.iter().any(|known| *known == above)
            {
                names.push(above.into_owned());
            }
        }
    }
    None
}
