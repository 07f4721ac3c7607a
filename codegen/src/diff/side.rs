//! One of the two descriptions that are compared.

use serde_json::Value;

use crate::description::Description;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::model::{Api, HttpMethod, Operation, Parameter, TypeDef};
use crate::pointer::{local, push};

use super::operations::without_names;

/// A description and its model.
pub(super) struct Side<'a> {
    pub(super) api: Api,
    pub(super) document: Document,
    pub(super) description: Description<'a>,
    /// Not located.
    pub(super) warnings: Vec<Diagnostic>,
}

impl Side<'_> {
    /// The pointer of an operation.
    pub(super) fn operation(&self, operation: &Operation) -> String {
        let item = push("/paths", &operation.path);
        let methods = self.document.methods(&item).into_iter();
        let mut same = methods.filter(|(_, method)| method == operation.http.as_str());
        let way = same.next().map(|(way, _)| way);
        self.existing(item + &way.unwrap_or_default())
    }

    /// Whether the description has an operation, whatever the configuration leaves out of the crate.
    pub(super) fn describes(&self, (method, path): (HttpMethod, String)) -> bool {
        let paths = self.keys("/paths").into_iter();
        let mut same = paths.filter(|it| without_names(it) == path);
        same.any(|it| {
            let methods = self.document.methods(&push("/paths", &it));
            methods.iter().any(|(_, token)| token == method.as_str())
        })
    }

    /// The pointer of something in an operation.
    pub(super) fn in_operation(&self, operation: &Operation, rest: &str) -> String {
        self.existing(format!("{}/{rest}", self.operation(operation)))
    }

    /// Whether each success of an operation has a header.
    pub(super) fn requires_header(&self, operation: &Operation, wire: &str) -> bool {
        let responses = push(&self.operation(operation), "responses");
        let statuses = self.keys(&responses).into_iter();
        let mut successes = statuses.filter(|it| it.starts_with('2')).peekable();
        successes.peek().is_some()
            && successes.all(|status| {
                let Some((response, _)) = self.followed_at(&push(&responses, &status)) else {
                    return false;
                };
                let headers = push(&response, "headers");
                let mut names = self.keys(&headers).into_iter();
                let name = names.find(|it| it.eq_ignore_ascii_case(wire));
                let found = name.and_then(|it| self.followed_at(&push(&headers, &it)));
                found.is_some_and(|(_, it)| it.get("required") == Some(&Value::Bool(true)))
            })
    }

    /// The pointer of a parameter, in the operation or in its path.
    pub(super) fn parameter(&self, operation: &Operation, parameter: &Parameter) -> String {
        let own = self.operation(operation);
        let path = push("/paths", &operation.path);
        let lists = [format!("{own}/parameters"), format!("{path}/parameters")];
        for list in lists {
            let Some(Value::Array(items)) = self.document.value(&list) else {
                continue;
            };
            let found = items.iter().position(|item| {
                let item = self.followed(item);
                let has = |key: &str, text: &str| item.get(key).is_some_and(|it| it == text);
                has("name", &parameter.wire) && has("in", parameter.place.as_str())
            });
            if let Some(index) = found {
                return format!("{list}/{index}");
            }
        }
        own
    }

    /// The place and the value at a pointer, or those that references there lead to.
    pub(super) fn followed_at(&self, pointer: &str) -> Option<(String, &Value)> {
        let mut place = pointer.to_owned();
        let mut value = self.document.value(&place)?;
        // No chain of references is a loop.
        while let Some(target) = value.get("$ref").and_then(Value::as_str).and_then(local) {
            place = target.into_owned();
            value = self.document.value(&place)?;
        }
        Some((place, value))
    }

    /// The keys of the object at a pointer, past references; none where there is no object.
    pub(super) fn keys(&self, pointer: &str) -> Vec<String> {
        let found = self.followed_at(pointer);
        let keys = found.and_then(|(_, value)| value.as_object());
        keys.map_or_else(Vec::new, |it| it.keys().cloned().collect())
    }

    /// Whether the schema of a parameter lists its values.
    pub(super) fn has_values(&self, operation: &Operation, parameter: &Parameter) -> bool {
        let found = self.followed_at(&self.parameter(operation, parameter));
        let schema = found.and_then(|(place, _)| self.followed_at(&push(&place, "schema")));
        schema.is_some_and(|(_, schema)| schema.get("enum").is_some())
    }

    /// What a reference leads to, or the value itself.
    fn followed<'v>(&'v self, value: &'v Value) -> &'v Value {
        let reference = value.get("$ref").and_then(Value::as_str);
        let target = reference.and_then(|it| self.document.value(it.strip_prefix('#')?));
        target.unwrap_or(value)
    }

    /// The pointer of a field.
    pub(super) fn field(&self, definition: &TypeDef, wire: &str) -> String {
        self.existing(push(&format!("{}/properties", definition.pointer), wire))
    }

    /// The pointer of an enum's value.
    pub(super) fn value(&self, definition: &TypeDef, value: &Value) -> String {
        let list = format!("{}/enum", definition.pointer);
        let found = match self.document.value(&list) {
            Some(Value::Array(items)) => items.iter().position(|item| item == value),
            _ => None,
        };
        match found {
            Some(index) => format!("{list}/{index}"),
            None => self.existing(list),
        }
    }

    /// The longest part of a pointer that the description has.
    pub(super) fn existing(&self, mut place: String) -> String {
        while !place.is_empty() && self.document.value(&place).is_none() {
            place.truncate(place.rfind('/').unwrap_or(0));
        }
        place
    }
}
