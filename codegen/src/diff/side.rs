//! One of the two descriptions that are compared.

use serde_json::Value;

use crate::description::Description;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::model::{Api, Operation, Parameter, TypeDef};
use crate::pointer::push;

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
        let method = operation.http.as_str().to_ascii_lowercase();
        self.existing(push(&push("/paths", &operation.path), &method))
    }

    /// The pointer of something in an operation.
    pub(super) fn in_operation(&self, operation: &Operation, rest: &str) -> String {
        self.existing(format!("{}/{rest}", self.operation(operation)))
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
