//! What names of operations depend on, read off a document.

use std::collections::HashMap;

use serde_json::Value;

use crate::document::Document;
use crate::names::words;
use crate::pointer::push;

use super::super::operations::Found;
use super::{ResponseShape, Subject};

/// How many references are followed from one place.
const LONGEST: usize = 6;

/// How many schemas are looked into to see what a response holds. No list takes more, and schemas can lead
/// to each other in more ways than anybody has time for.
const MOST_SCHEMAS: usize = 100;

/// The word of a credential that only some operations take, and below which these stand.
const ADMIN: &str = "admin";

/// The word of an extension that marks an operation as `beta`, below which it stands.
const BETA: &str = "beta";

/// All operations, as far as their names depend on them.
pub(in super::super) fn subjects<'f>(
    document: &Document,
    found: &'f [Found<'_>],
) -> Vec<Subject<'f>> {
    let schemes = uses_of_schemes(document, found);
    let subject = |found: &'f Found<'_>| Subject {
        http: found.http,
        path: found.path,
        id: found.given_id().map(String::as_str),
        tag: found.operation.tags.first().map(String::as_str),
        deprecated: found.operation.deprecated,
        realm: realm(found, &schemes),
        response: shape_of_response(document, found),
    };
    found.iter().map(subject).collect()
}

/// How many operations take each security scheme.
fn uses_of_schemes(document: &Document, found: &[Found<'_>]) -> HashMap<String, usize> {
    let mut uses = HashMap::new();
    for it in found {
        let own = it.operation.security.as_ref();
        let sets = own.or(document.api.security.as_ref()).into_iter().flatten();
        for scheme in sets.flat_map(|set| set.keys()) {
            *uses.entry(scheme.clone()).or_default() += 1;
        }
    }
    // Of one that most take nobody says that it is for some.
    uses.retain(|_, count| *count * 2 < found.len());
    uses
}

fn realm(found: &Found<'_>, rare: &HashMap<String, usize>) -> Option<&'static str> {
    let sets = found.operation.security.as_deref().unwrap_or_default();
    let is_admin = |scheme: &String| {
        rare.contains_key(scheme) && words(scheme).iter().any(|word| word == ADMIN)
    };
    let takes_admin = !sets.is_empty() && sets.iter().all(|set| set.keys().any(is_admin));
    let marks_beta = found
        .operation
        .extensions
        .iter()
        .any(|(key, value)| match value {
            Value::Bool(is_so) => *is_so && key == "x-beta",
            Value::Object(members) => members.get(BETA) == Some(&Value::Bool(true)),
            _ => false,
        });
    match (takes_admin, marks_beta) {
        (true, _) => Some(ADMIN),
        (_, true) => Some(BETA),
        _ => None,
    }
}

/// What the first 2xx response of an operation holds as JSON.
fn shape_of_response(document: &Document, found: &Found<'_>) -> ResponseShape {
    let responses = push(&found.pointer, "responses");
    let Some(Value::Object(statuses)) = document.value(&responses) else {
        return ResponseShape::Unknown;
    };
    let success = statuses.iter().find(|(status, _)| status.starts_with('2'));
    let content = success
        .and_then(|(_, response)| followed(document, response))
        .and_then(|response| response.get("content")?.as_object());
    let json = content
        .into_iter()
        .flatten()
        .find(|(media_type, _)| media_type.contains("json"));
    let schema = json.and_then(|(_, media)| followed(document, media)?.get("schema"));
    let mut looks = Looks {
        document,
        left: MOST_SCHEMAS,
    };
    schema.map_or(ResponseShape::Unknown, |schema| looks.shape(schema))
}

/// A value, or what its `$ref` leads to.
fn followed<'d>(document: &'d Document, value: &'d Value) -> Option<&'d Value> {
    let mut value = value;
    for _ in 0..LONGEST {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
            return Some(value);
        };
        value = document.value(reference.strip_prefix('#')?)?;
    }
    None
}

fn is_array(schema: &Value) -> bool {
    let ty = schema.get("type");
    let named = |ty: &Value| ty.as_str() == Some("array");
    ty.is_some_and(|ty| named(ty) || ty.as_array().is_some_and(|types| types.iter().any(named)))
}

fn members<'v>(schema: &'v Value, keyword: &str) -> impl Iterator<Item = &'v Value> {
    let members = schema.get(keyword).and_then(Value::as_array);
    members.into_iter().flatten()
}

/// What the properties of an object say of it.
#[derive(Default)]
struct Properties {
    /// How many are arrays.
    arrays: usize,
    /// Whether one of them is called as the items of a page usually are.
    has_items: bool,
    /// Whether it is one thing itself.
    has_id: bool,
}

/// Names of the array in an object that is a list.
const ITEMS: [&str; 6] = ["data", "items", "results", "value", "values", "entries"];

/// Looks into the schemas of a response.
struct Looks<'d> {
    document: &'d Document,
    /// How many more schemas may be looked into.
    left: usize,
}

impl<'d> Looks<'d> {
    fn followed(&mut self, schema: &'d Value) -> Option<&'d Value> {
        self.left = self.left.checked_sub(1)?;
        followed(self.document, schema)
    }

    fn shape(&mut self, schema: &'d Value) -> ResponseShape {
        let Some(schema) = self.followed(schema) else {
            return ResponseShape::Other;
        };
        if is_array(schema) {
            return ResponseShape::Array;
        }
        for member in members(schema, "oneOf").chain(members(schema, "anyOf")) {
            let shape = self.shape(member);
            if shape.is_list() {
                return shape;
            }
        }
        let mut properties = Properties::default();
        self.properties(schema, &mut properties);
        match properties {
            Properties { has_id: true, .. } => ResponseShape::Other,
            Properties {
                has_items: true, ..
            } => ResponseShape::Page,
            Properties { arrays: 1, .. } => ResponseShape::Envelope,
            _ => ResponseShape::Other,
        }
    }

    fn properties(&mut self, schema: &'d Value, found: &mut Properties) {
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            found.has_id |= name == "id";
            let array = self
                .followed(property)
                .is_some_and(|it| is_array(it) || members(it, "anyOf").any(is_array));
            found.arrays += usize::from(array);
            found.has_items |= array && ITEMS.contains(&name.as_str());
        }
        for member in members(schema, "allOf") {
            if let Some(member) = self.followed(member) {
                self.properties(member, found);
            }
        }
    }
}
