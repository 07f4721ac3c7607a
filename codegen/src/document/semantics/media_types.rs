//! Media types: keys of `content`.

use serde_json::Value;

use super::{MOST_TOLD, Semantics, operations};
use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::pointer::push;

impl<'d> Semantics<'d> {
    /// Reports media types of an operation that are none: each has a type and a subtype (RFC 9110 section 8.3.1).
    pub(super) fn media_types(&mut self, operation: &'d Value, place: &str) {
        if let Some(body) = operation.get("requestBody") {
            self.content(body, push(place, "requestBody"));
        }
        let list = push(place, "parameters");
        let parameters = operation.get("parameters").and_then(Value::as_array);
        for (index, parameter) in parameters.into_iter().flatten().enumerate() {
            self.content(parameter, push(&list, &index.to_string()));
        }
        let list = push(place, "responses");
        let responses = operation.get("responses").and_then(Value::as_object);
        for (status, response) in responses.into_iter().flatten() {
            self.content(response, push(&list, status));
        }
    }

    /// The same of the operations of a webhook.
    pub(super) fn webhook(&mut self, name: &str, item: &'d Value) {
        let (target, item) = self.resolve(item, push("/webhooks", name));
        for (method, operation) in operations(item) {
            self.media_types(operation, &format!("{target}{method}"));
        }
    }

    fn content(&mut self, owner: &'d Value, pointer: String) {
        let (pointer, owner) = self.resolve(owner, pointer);
        let list = push(&pointer, "content");
        let content = owner.get("content").and_then(Value::as_object);
        for (key, media) in content.into_iter().flatten() {
            let name = key.split(';').next().unwrap_or_default().trim();
            let is_known = self.invalid_media_types.len() >= MOST_TOLD;
            if name.contains('/') || name == "*" || key.starts_with("x-") || is_known {
                continue;
            }
            let pointer = push(&list, key);
            if !self.invalid_media_types.insert(pointer.clone()) {
                continue;
            }
            let schema = media.get("schema").and_then(Value::as_object);
            let is_described = schema.is_some_and(|schema| !schema.is_empty());
            let is_json = name.eq_ignore_ascii_case("json") || (name.is_empty() && is_described);
            let label = if is_json {
                "treated as JSON"
            } else {
                "treated as bytes"
            };
            let message = match name {
                "" => "a key of `content` is empty".to_owned(),
                _ => format!("`{key}` is not a media type"),
            };
            self.diagnostics.push(
                Diagnostic::warning(
                    WarningCode::InvalidMediaType,
                    Origin::Spec,
                    &pointer,
                    message,
                )
                .label(label)
                .help("write a type and a subtype, such as `application/json`"),
            );
        }
    }
}
