//! Names that a description gives by extensions (OpenAPI 3.0.3, "Specification Extensions").

use indexmap::IndexMap;
use serde_json::Value;

use crate::names::words;

/// What the value of an extension is a name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Names {
    /// The method.
    Method,
    /// The resource: a text with dots or slashes between several names, or a list of names.
    Resource,
}

/// The extensions of an Operation Object that are heard, the one first that goes before the others.
const EXTENSIONS: [(&str, Names); 6] = [
    ("x-speakeasy-name-override", Names::Method),
    ("x-fern-sdk-method-name", Names::Method),
    ("x-ms-client-name", Names::Method),
    ("x-speakeasy-group", Names::Resource),
    ("x-fern-sdk-group-name", Names::Resource),
    ("x-operation-group-name", Names::Resource),
];

/// The method that the extensions of an operation name.
pub(in super::super) fn method(extensions: &IndexMap<String, Value>) -> Option<String> {
    values(extensions, Names::Method).find_map(|value| name(value.as_str()?))
}

/// The names that lead to the resource that the extensions of an operation name.
pub(in super::super) fn resource(extensions: &IndexMap<String, Value>) -> Option<Vec<String>> {
    values(extensions, Names::Resource).find_map(path)
}

/// The extensions that name nothing, though they are there for that.
pub(in super::super) fn unusable(
    extensions: &IndexMap<String, Value>,
) -> impl Iterator<Item = &'static str> {
    let unusable = move |(key, names): &&(&'static str, Names)| {
        let value = extensions.get(*key);
        value.is_some_and(|value| match names {
            Names::Method => value.as_str().and_then(name).is_none(),
            Names::Resource => path(value).is_none(),
        })
    };
    EXTENSIONS.iter().filter(unusable).map(|(key, _)| *key)
}

/// The names that lead to a resource.
fn path(value: &Value) -> Option<Vec<String>> {
    let parts: Vec<&str> = match value {
        Value::String(path) => path.split(['.', '/']).collect(),
        Value::Array(parts) => parts.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    let names: Vec<String> = parts.into_iter().filter_map(name).collect();
    (!names.is_empty()).then_some(names)
}

fn values(extensions: &IndexMap<String, Value>, wanted: Names) -> impl Iterator<Item = &Value> {
    let keys = EXTENSIONS.iter().filter(move |(_, names)| *names == wanted);
    keys.filter_map(|(key, _)| extensions.get(*key))
}

fn name(text: &str) -> Option<String> {
    let is_said = text.chars().any(char::is_alphanumeric);
    is_said.then(|| words(text).join("_"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(value: Value) -> IndexMap<String, Value> {
        serde_json::from_value(value).unwrap_or_default()
    }

    #[test]
    fn extensions_name_methods_and_resources() {
        let both = of(
            json!({"x-fern-sdk-group-name": ["users", "Keys"], "x-fern-sdk-method-name": "listAll"}),
        );
        assert_eq!(method(&both).as_deref(), Some("list_all"));
        assert_eq!(
            resource(&both),
            Some(vec!["users".to_owned(), "keys".to_owned()])
        );
        let dotted =
            of(json!({"x-speakeasy-group": "users.keys", "x-speakeasy-name-override": "rotate"}));
        assert_eq!(
            resource(&dotted),
            Some(vec!["users".to_owned(), "keys".to_owned()])
        );
        assert_eq!(method(&dotted).as_deref(), Some("rotate"));
        assert_eq!(
            resource(&of(json!({"x-operation-group-name": "Pets"}))),
            Some(vec!["pets".to_owned()])
        );
    }

    #[test]
    fn what_is_no_name_is_not_heard() {
        let none = of(
            json!({"x-speakeasy-group": "", "x-fern-sdk-method-name": 3, "x-ms-client-name": " "}),
        );
        assert_eq!(method(&none), None);
        assert_eq!(resource(&none), None);
        let keys: Vec<&str> = unusable(&none).collect();
        assert_eq!(
            keys,
            [
                "x-fern-sdk-method-name",
                "x-ms-client-name",
                "x-speakeasy-group"
            ]
        );
    }
}
