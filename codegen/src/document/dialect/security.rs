//! Security schemes that OpenAPI 3.0 doesn't know.

use serde_json::Value;

use super::Object;
use crate::document::operations::operations_mut;
use crate::pointer::{canonical, component, local};

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

/// Calls schemes by their names that requirements name by a reference (OpenAPI 3.2.0, "Security Requirement Object").
pub(super) fn by_reference(root: &mut Value) {
    by_name(root);
    let paths = root.get_mut("paths").and_then(Value::as_object_mut);
    for item in paths.into_iter().flat_map(Object::values_mut) {
        operations_mut(item).for_each(by_name);
    }
}

fn by_name(owner: &mut Value) {
    let requirements = owner.get_mut("security").and_then(Value::as_array_mut);
    for requirement in requirements.into_iter().flatten() {
        let Value::Object(requirement) = requirement else {
            continue;
        };
        if !requirement.keys().any(|key| key.starts_with('#')) {
            continue;
        }
        let renamed = std::mem::take(requirement)
            .into_iter()
            .map(|(key, scopes)| {
                let pointer = local(&key).map(|it| canonical(&it));
                let found = pointer.as_deref().and_then(component);
                let named = found.filter(|(section, _)| section == "securitySchemes");
                (
                    named.map_or(key.clone(), |(_, name)| name.into_owned()),
                    scopes,
                )
            });
        *requirement = renamed.collect();
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
