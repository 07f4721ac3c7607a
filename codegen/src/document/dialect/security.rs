//! Security schemes that OpenAPI 3.0 doesn't know.

use serde_json::Value;

use super::Object;
use crate::document::operations::operations_mut;

/// Takes out `mutualTLS` schemes and the requirements for them.
///
/// Client certificates belong to the connection: the HTTP client has them, or hasn't, and no request is made
/// differently for it.
pub(super) fn mutual_tls(root: &mut Value) {
    let schemes = root
        .pointer_mut("/components/securitySchemes")
        .and_then(Value::as_object_mut);
    let Some(schemes) = schemes else { return };
    let mut names: Vec<String> = Vec::new();
    schemes.retain(|name, scheme| {
        let mutual = scheme.get("type").and_then(Value::as_str) == Some("mutualTLS");
        if mutual {
            names.push(name.clone());
        }
        !mutual
    });
    if names.is_empty() {
        return;
    }
    without(root, &names);
    let paths = root.get_mut("paths").and_then(Value::as_object_mut);
    for item in paths.into_iter().flat_map(Object::values_mut) {
        for operation in operations_mut(item) {
            without(operation, &names);
        }
    }
}

/// Drops the names from each requirement of the root or of an operation.
fn without(owner: &mut Value, names: &[String]) {
    let requirements = owner.get_mut("security").and_then(Value::as_array_mut);
    for requirement in requirements.into_iter().flatten() {
        if let Value::Object(requirement) = requirement {
            requirement.retain(|name, _| !names.contains(name));
        }
    }
}
