//! Media types by reference (OpenAPI 3.2.0, `components/mediaTypes`), which OpenAPI 3.0 doesn't have.

use serde_json::{Value, json};

use super::Object;
use crate::pointer::{canonical, get, local, push};

/// Puts a copy of what it leads to in the place of each reference. Its schemas are references to those of
/// the component, so that they stay one type.
pub(crate) fn inline(root: &mut Value, pointers: &[String]) {
    for pointer in pointers {
        if let Some(copy) = get(root, pointer)
            .and_then(|it| target(root, it))
            .map(copy_of)
            && let Some(place) = root.pointer_mut(pointer)
        {
            *place = copy;
        }
    }
}

/// The media type at the end of a chain of references, with its pointer; loops were refused before.
fn target<'v>(root: &'v Value, reference: &'v Value) -> Option<(String, &'v Object)> {
    let mut found = reference;
    let mut pointer = String::new();
    for _ in 0..100 {
        match found.get("$ref").and_then(Value::as_str) {
            Some(reference) => {
                pointer = canonical(&local(reference)?);
                found = get(root, &pointer)?;
            }
            None => return Some((pointer, found.as_object()?)),
        }
    }
    None
}

fn copy_of((pointer, media): (String, &Object)) -> Value {
    let mut copy = media.clone();
    for field in ["schema", "itemSchema"] {
        if let Some(schema) = copy.get_mut(field)
            && schema.get("$ref").is_none()
        {
            let to = push(&pointer, field).replace('%', "%25");
            *schema = json!({ "$ref": format!("#{to}") });
        }
    }
    Value::Object(copy)
}
