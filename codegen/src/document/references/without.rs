//! What stands in for a reference that can't be followed.

use serde_json::{Value, json};

use super::super::check::Use;
use super::super::check::shape::{Kind, Want};
use super::{may_be, wanted};
use crate::pointer::push;
use crate::pointer::{canonical, get, local, split_last};

/// Puts something in the place of a reference, and says what.
///
/// What can't be anything but left out becomes null, so that the items behind it keep their pointers.
pub(super) fn do_without(root: &mut Value, used: &Use) -> &'static str {
    let Some(place) = root.pointer_mut(&used.pointer) else {
        return "ignored";
    };
    match (used.kind, place) {
        (Kind::Schema, Value::Object(map)) => {
            map.shift_remove("$ref");
            "treated as any value"
        }
        (Kind::RequestBody, place) => {
            *place = json!({ "content": { "application/json": {} } });
            "treated as a body of any JSON"
        }
        (Kind::MediaType, place) => {
            *place = json!({});
            "treated as a media type without a schema"
        }
        (Kind::Response, place) => {
            *place = json!({ "description": "" });
            "treated as a response without content"
        }
        (Kind::PathItem, Value::Object(map)) if map.len() > 1 => {
            map.shift_remove("$ref");
            "ignored"
        }
        (_, place) => {
            *place = Value::Null;
            "ignored"
        }
    }
}

/// Makes a response of the schema that a reference to a response leads to; gives the reference inside of it.
pub(super) fn response_of(root: &mut Value, used: &Use) -> Option<Use> {
    let pointer = canonical(&local(&used.target)?);
    let is_schema = used.kind == Kind::Response
        && get(root, &pointer).is_some_and(Value::is_object)
        && wanted(&pointer).and_then(Want::kind) == Some(Kind::Schema);
    let place = root.pointer_mut(&used.pointer).filter(|_| is_schema)?;
    *place = json!({
        "description": "",
        "content": { "application/json": { "schema": { "$ref": used.target } } }
    });
    Some(Use {
        pointer: format!("{}/content/application~1json/schema", used.pointer),
        target: used.target.clone(),
        kind: Kind::Schema,
    })
}

/// What a reference that leads nowhere, or to something of another kind, is likely to mean.
pub(super) fn meant(root: &Value, used: &Use) -> Option<String> {
    let fits = |pointer: &String| {
        let found = get(root, pointer).is_some_and(|value| !value.is_null());
        found && may_be(pointer, used.kind)
    };
    let (_, fragment) = used.target.split_once('#').unwrap_or(("", ""));
    let section = format!("/components/{}", used.kind.section());
    let fragment = format!("#{fragment}");
    let Some(inside) = local(&fragment).filter(|it| !it.is_empty()) else {
        // A name alone.
        return Some(push(&section, &used.target)).filter(|pointer| fits(pointer));
    };
    let inside = canonical(&inside);
    let is_local = used.target.starts_with('#');
    // The file may have been bundled into this one.
    let same_place = (!is_local).then(|| inside.clone());
    // `#/$defs/Pet` in a schema that was a document of its own.
    let ancestors = ancestors(&used.pointer).map(|above| format!("{above}{inside}"));
    // `#/definitions/Pet` where the components have a `Pet`.
    let name = split_last(&inside).map(|(_, name)| push(&section, &name));
    let content = schema_in(root, &inside).filter(|_| used.kind == Kind::Schema);
    let guesses = same_place.into_iter().chain(ancestors.filter(|_| is_local));
    let guesses = guesses.chain(content).chain(name.filter(|_| is_local));
    // Nothing is a part of itself.
    let apart = |pointer: &String| !used.pointer.starts_with(pointer.as_str());
    guesses.into_iter().find(|it| apart(it) && fits(it))
}

/// The pointers above one, nearest first, without the root.
fn ancestors(pointer: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(pointer), |pointer| Some(pointer.rsplit_once('/')?.0))
        .filter(|pointer| !pointer.is_empty())
}

/// The schema of a response, request body, parameter or header: it is what a reference to one of these in the place
/// of a schema can mean.
fn schema_in(root: &Value, pointer: &str) -> Option<String> {
    let value = get(root, pointer)?;
    if value.get("schema").is_some() {
        return Some(push(pointer, "schema"));
    }
    let (media_type, content) = value.get("content")?.as_object()?.iter().next()?;
    content.get("schema")?;
    Some(push(&push(&push(pointer, "content"), media_type), "schema"))
}

/// A pointer as a reference: a URI fragment (RFC 6901 section 6).
pub(in crate::document) fn reference(pointer: &str) -> String {
    format!("#{}", pointer.replace('%', "%25"))
}
