//! The operations of a path item: one in each field that is called after a method, the others below
//! `additionalOperations` (OpenAPI 3.2.0, "Path Item Object").

use openapiv3::Operation;
use serde::Deserialize;
use serde_json::Value;

use super::check::tables::{ADDITIONAL_OPERATIONS, METHODS};
use super::{Document, build};
use crate::pointer::{get, push};

/// The operations of a path item, each with the way to it from there and in the order of the document.
pub(crate) fn operations(item: &Value) -> impl Iterator<Item = (String, &Value)> {
    let members = item.as_object().into_iter().flatten();
    members.flat_map(|(key, value)| {
        let others = value.as_object().filter(|_| key == ADDITIONAL_OPERATIONS);
        let others = others.into_iter().flatten();
        let below =
            others.map(|(method, value)| (push(&push("", ADDITIONAL_OPERATIONS), method), value));
        let own = METHODS
            .contains(&key.as_str())
            .then(|| (push("", key), value));
        own.into_iter().chain(below)
    })
}

/// The same, to change them.
pub(crate) fn operations_mut(item: &mut Value) -> impl Iterator<Item = &mut Value> {
    let members = item.as_object_mut().into_iter().flatten();
    members.flat_map(|(key, value)| {
        let is_own = METHODS.contains(&key.as_str());
        let (own, others) = match value {
            value if is_own => (Some(value), None),
            Value::Object(others) if key == ADDITIONAL_OPERATIONS => (None, Some(others)),
            _ => (None, None),
        };
        own.into_iter()
            .chain(others.into_iter().flatten().map(|(_, it)| it))
    })
}

/// Whether openapiv3 has no field for an operation, by the way to it from its path item.
pub(crate) fn is_beyond_3_0(way: &str) -> bool {
    way == "/query" || way[1..].contains('/')
}

impl Document {
    /// The operations of the path item at a pointer, references followed: for each the way to it from there, and its method
    /// as it is sent.
    pub(crate) fn methods(&self, item_pointer: &str) -> Vec<(String, String)> {
        let item = self.value(item_pointer);
        let all = item.into_iter().flat_map(operations);
        all.map(|(way, _)| {
            let last = crate::pointer::split_last(&way).map(|(_, last)| last.into_owned());
            let method = last.unwrap_or_default();
            let is_own = METHODS.contains(&&*method) && !way[1..].contains('/');
            (
                way,
                if is_own {
                    method.to_ascii_uppercase()
                } else {
                    method
                },
            )
        })
        .collect()
    }

    /// The operation at a pointer, without its callbacks.
    pub(crate) fn operation(&self, pointer: &str) -> Option<Operation> {
        read(get(&self.raw, pointer)?).ok()
    }
}

/// An operation that openapiv3 has no field for in a path item.
pub(crate) fn read(value: &Value) -> serde_json::Result<Operation> {
    let mut value = value.clone();
    if let Value::Object(operation) = &mut value {
        operation.shift_remove("callbacks");
    }
    let mut result = None;
    let read = || {
        result = Some(Operation::deserialize(&value));
        Ok(())
    };
    // What fails for want of a stack is an operation that can't be read.
    let _ = build::with_sized_stack(&value, read);
    result.unwrap_or_else(|| Err(serde::de::Error::custom("it is nested too deeply")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn operations_come_in_the_order_of_the_document() {
        let item = json!({
            "summary": "s",
            "query": 1,
            "additionalOperations": {"LINK": 2, "get": 3},
            "get": 4,
        });
        let found: Vec<(String, &Value)> = operations(&item).collect();
        let (query, link) = ("/query".to_owned(), "/additionalOperations/LINK".to_owned());
        let (lower, get) = ("/additionalOperations/get".to_owned(), "/get".to_owned());
        assert_eq!(
            found,
            [
                (query, &json!(1)),
                (link, &json!(2)),
                (lower, &json!(3)),
                (get, &json!(4))
            ]
        );
        let mut same = item.clone();
        assert_eq!(operations_mut(&mut same).count(), 4);
        assert!(is_beyond_3_0("/additionalOperations/get") && is_beyond_3_0("/query"));
        assert!(!is_beyond_3_0("/get"));
    }
}
