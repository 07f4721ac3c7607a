//! Responses that a description has in its extension `x-oaiMeta`: an operation's `examples`, each with the
//! text of a `response`.

use std::collections::BTreeMap;

use codegen::TypedOperation;
use codegen::pointer::push;
use serde_json::Value;

use super::recording::Recording;
use crate::corpus::calls::document;

/// Finds them. `others` gets the places of those that are no JSON, such as streams.
pub(super) fn find<'o>(
    description: &Value,
    operations: &'o [TypedOperation],
    others: &mut Vec<String>,
) -> Vec<(&'o TypedOperation, Recording)> {
    let mut found = Vec::new();
    for operation in operations {
        let Some(place) = document::find(description, operation) else {
            continue;
        };
        let pointer = push(&push(&place.operation, "x-oaiMeta"), "examples");
        let Some(status) = success(description, &place.operation) else {
            continue;
        };
        for (pointer, text) in responses(description, &pointer) {
            if serde_json::from_str::<Value>(text).is_err() {
                others.push(pointer);
                continue;
            }
            let recording = Recording {
                source: pointer,
                method: operation.http.clone(),
                path: operation.path.clone(),
                status,
                headers: BTreeMap::from([(
                    "content-type".to_owned(),
                    "application/json".to_owned(),
                )]),
                body: text.trim().to_owned(),
            };
            found.push((operation, recording));
        }
    }
    found
}

/// The first status of a documented success.
fn success(description: &Value, operation: &str) -> Option<u16> {
    let responses = description.pointer(&push(operation, "responses"))?;
    let mut keys = responses.as_object()?.keys();
    keys.find_map(|key| {
        key.parse()
            .ok()
            .filter(|status| (200..300).contains(status))
    })
}

/// The texts of responses: of one example, or of each in a list.
fn responses<'d>(description: &'d Value, pointer: &str) -> Vec<(String, &'d str)> {
    let list = description.pointer(pointer).and_then(Value::as_array);
    let owners = match list {
        Some(list) => (0..list.len())
            .map(|index| push(pointer, &index.to_string()))
            .collect(),
        None => vec![pointer.to_owned()],
    };
    let texts = owners.into_iter().filter_map(|owner| {
        let response = push(&owner, "response");
        let text = description.pointer(&response)?.as_str()?;
        (!text.trim().is_empty()).then_some((response, text))
    });
    texts.collect()
}

#[cfg(test)]
mod tests {
    use codegen::Source;
    use serde_json::json;

    use super::*;

    #[test]
    fn responses_are_found_at_operations() {
        let responses = json!({"201": {"description": "Made."}, "400": {"description": "Not."}});
        let document = json!({
            "openapi": "3.1.0", "info": {"title": "Pets", "version": "1"},
            "servers": [{"url": "https://pets.example.com"}],
            "paths": {
                "/pets": {"post": {"operationId": "makePet", "responses": responses, "x-oaiMeta": {
                    "examples": [{"title": "A", "response": "{\"id\": 1}\n"}, {"response": "data: {}"},
                        {"request": {}}]}}},
                "/pets?all=true": {"get": {"operationId": "listPets", "responses": responses,
                    "x-oaiMeta": {"examples": {"response": "[]"}}}},
            },
        });
        let text = document.to_string();
        let source = |text| Source { name: "", text };
        let survey = codegen::survey(source(&text), source("")).unwrap();
        let mut others = Vec::new();
        let found = find(&document, &survey.operations, &mut others);
        let mut reported: Vec<(&str, u16, &str)> = found
            .iter()
            .map(|(operation, it)| (&*operation.id, it.status, &*it.body))
            .collect();
        reported.sort_unstable();
        assert_eq!(
            reported,
            [("listPets", 201, "[]"), ("makePet", 201, "{\"id\": 1}")]
        );
        assert_eq!(others, ["/paths/~1pets/post/x-oaiMeta/examples/1/response"]);
    }
}
