//! Responses, with the media types of `produces`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::media::{MediaTypes, is_json};
use super::{Conversion, Object, copy, tables};
use crate::diagnostic::WarningCode;
use crate::pointer::{canonical, local, push};

/// What a response comes as where nothing is said.
const ANY: &str = "*/*";

impl<'d> Conversion<'d> {
    /// The responses of an operation.
    pub(super) fn responses(
        &mut self,
        responses: &'d Value,
        produces: &MediaTypes<'d>,
        at: &str,
    ) -> Value {
        let mut made = Object::new();
        for (status, response) in responses.as_object().into_iter().flatten() {
            let at = push(at, status);
            let response = if status.starts_with("x-") {
                response.clone()
            } else {
                self.response(response, produces, &at, &at)
            };
            made.insert(status.clone(), response);
        }
        Value::Object(made)
    }

    /// The responses of the description. They come as whatever the operations produce that refer to them.
    pub(super) fn response_components(&mut self) -> Object {
        let root = self.root;
        let by_pointer = self.media_types_of_components();
        self.moves.note("/responses", "/components/responses");
        let mut made = Object::new();
        let all = root.get("responses").and_then(Value::as_object);
        for (name, response) in all.into_iter().flatten() {
            let old = push("/responses", name);
            let produces = by_pointer.get(&old).unwrap_or(&self.produces).clone();
            let new = push("/components/responses", name);
            let response = self.response(response, &produces, &old, &new);
            made.insert(name.clone(), response);
        }
        made
    }

    /// The media types of responses of the description by their pointers.
    fn media_types_of_components(&self) -> BTreeMap<String, MediaTypes<'d>> {
        let root = self.root;
        let mut found: BTreeMap<String, MediaTypes<'d>> = BTreeMap::new();
        let paths = root.get("paths").and_then(Value::as_object);
        let items = paths.into_iter().flat_map(Map::values);
        let operations = items.flat_map(|item| tables::METHODS.map(|method| item.get(method)));
        for operation in operations.flatten() {
            let own = match operation.get("produces") {
                Some(_) => MediaTypes::of(operation, "produces").0,
                None => self.produces.clone(),
            };
            let responses = operation.get("responses").and_then(Value::as_object);
            for response in responses.into_iter().flat_map(Map::values) {
                let reference = response.get("$ref").and_then(Value::as_str);
                if let Some(pointer) = reference.and_then(local) {
                    let known = found.entry(canonical(&pointer)).or_default();
                    known.add(&own);
                }
            }
        }
        found
    }

    fn response(
        &mut self,
        response: &'d Value,
        produces: &MediaTypes<'d>,
        old: &str,
        new: &str,
    ) -> Value {
        if response.get("$ref").is_some() || !response.is_object() {
            return response.clone();
        }
        let mut made = Object::new();
        copy(response, &mut made, &["description"]);
        if let Some(headers) = response.get("headers").and_then(Value::as_object) {
            let (old, new) = (push(old, "headers"), push(new, "headers"));
            let mut converted = Object::new();
            for (name, header) in headers {
                let header = self.header(header, &push(&old, name), &push(&new, name));
                converted.insert(name.clone(), header);
            }
            made.insert("headers".to_owned(), Value::Object(converted));
        }
        if response.get("schema").is_some() {
            let content = self.content_of(response, produces, old, &push(new, "content"));
            made.insert("content".to_owned(), Value::Object(content));
        }
        Value::Object(made)
    }

    fn content_of(
        &mut self,
        response: &'d Value,
        produces: &MediaTypes<'d>,
        old: &str,
        new: &str,
    ) -> Object {
        let examples = response.get("examples").and_then(Value::as_object);
        let mut examples: Vec<(&String, &Value)> = examples.into_iter().flatten().collect();
        examples.retain(|(media_type, _)| !media_type.starts_with("x-"));
        let at_examples = push(old, "examples");
        let at_schema = push(old, "schema");
        let mut content = Object::new();
        self.moves.made_of(old, new);
        for media_type in produces.clone().or(ANY).iter() {
            let new = push(new, media_type);
            self.moves.made_of(old, &*new);
            let mut media = Object::new();
            if let Some(schema) = response.get("schema") {
                self.moves.note(&*at_schema, push(&new, "schema"));
                media.insert("schema".to_owned(), schema.clone());
            }
            let is_same = |other: &str| other == media_type || media_type == ANY && is_json(other);
            let example = examples.iter().position(|(other, _)| is_same(other));
            if let Some((other, example)) = example.map(|index| examples.remove(index)) {
                let old = push(&at_examples, other);
                self.moves.made_of(old, push(&new, "example"));
                media.insert("example".to_owned(), example.clone());
            }
            content.insert(media_type.to_owned(), Value::Object(media));
        }
        if let Some((media_type, _)) = examples.first() {
            let message = format!("`{media_type}` is not in `produces`");
            let label = "this example is not used";
            let at = push(&at_examples, media_type);
            self.warn(WarningCode::IgnoredMediaType, at, message, label);
        }
        content
    }

    fn header(&mut self, header: &'d Value, old: &str, new: &str) -> Value {
        let mut made = Object::new();
        copy(header, &mut made, &["description"]);
        let joined = self.joined(header, "header", old);
        let schema = self.schema_of(header, &joined, old, &push(new, "schema"));
        made.insert("schema".to_owned(), schema);
        Value::Object(made)
    }
}
