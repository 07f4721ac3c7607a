//! The values that a call is made with: the description's examples, or values made from its schemas.

use std::collections::BTreeMap;

use codegen::pointer::push;
use codegen::{TypedBody, TypedContent, TypedOperation, TypedParameter};
use serde_json::Value;

use super::document::{self, OperationPointer};
use super::sample::Maker;
use crate::corpus::caller::Case;
use crate::corpus::examples::judge::{Judge, Judgement};

/// A chosen value, and what speaks against it.
struct Chosen {
    value: Value,
    doubt: Option<String>,
}

/// The call of an operation, or why there is none.
pub(in crate::corpus) fn case(
    judge: &Judge,
    index: usize,
    operation: &TypedOperation,
    place: Option<&OperationPointer>,
) -> Case {
    let mut case = Case {
        operation: index,
        name: format!("{} {}", operation.http, operation.path),
        arguments: BTreeMap::new(),
        doubts: Vec::new(),
        response: None,
    };
    let chooser = Chooser {
        judge,
        maker: Maker::new(judge),
    };
    let Some(place) = place else {
        case.doubts
            .push("the operation is not in the description".to_owned());
        return case;
    };
    for parameter in &operation.arguments {
        match chooser.parameter(place, parameter, true) {
            Some(chosen) => put(&mut case, key(parameter), chosen),
            None => case
                .doubts
                .push(format!("`{}`: no value can be generated", key(parameter))),
        }
    }
    for parameter in &operation.options {
        if let Some(chosen) = chooser.parameter(place, parameter, false) {
            put(&mut case, key(parameter), chosen);
        }
    }
    if let Some(body) = &operation.body {
        chooser.body(&mut case, place, body);
    }
    case
}

fn key(parameter: &TypedParameter) -> String {
    format!("{}:{}", parameter.place, parameter.wire)
}

fn put(case: &mut Case, key: String, chosen: Chosen) {
    if let Some(doubt) = chosen.doubt {
        case.doubts.push(format!("`{key}`: {doubt}"));
    }
    case.arguments.insert(key, chosen.value);
}

struct Chooser<'d> {
    judge: &'d Judge,
    maker: Maker<'d>,
}

impl Chooser<'_> {
    /// The value of a parameter; of one that may be left out, a documented example alone.
    fn parameter(
        &self,
        place: &OperationPointer,
        parameter: &TypedParameter,
        needed: bool,
    ) -> Option<Chosen> {
        let document = self.judge.document();
        let pointer = place.parameter(document, &parameter.place, &parameter.wire)?;
        let node = document.pointer(&pointer)?;
        let media_type = node.get("content").and_then(Value::as_object);
        let media_type = media_type.and_then(|content| content.keys().next());
        let owner = match media_type {
            Some(media_type) => push(&push(&pointer, "content"), media_type),
            None => pointer,
        };
        // An empty text in a path is another path, and no header or cookie.
        let is_sendable = |value: &Value| {
            value
                .as_str()
                .is_none_or(|text| !matches!(text, "" | "." | ".."))
                && !value.is_null()
                && value.as_array().is_none_or(|items| !items.is_empty())
        };
        self.choose(&owner, needed, is_sendable)
    }

    /// The first example that is valid; or else a value that is made, where one is needed.
    fn choose(&self, owner: &str, needed: bool, fits: impl Fn(&Value) -> bool) -> Option<Chosen> {
        let document = self.judge.document();
        let schema = push(owner, "schema");
        let mut examples = examples(document, owner);
        examples.extend(examples_of_schema(document, &schema));
        examples.retain(|value| fits(value));
        let valid = |value: &Value| self.judge.check(&schema, value) == Judgement::Valid;
        if let Some(found) = examples.iter().position(valid) {
            let value = examples.swap_remove(found);
            return Some(Chosen { value, doubt: None });
        }
        if !needed {
            return None;
        }
        let made = self.maker.make(&schema, 0);
        let value = made.or_else(|| examples.into_iter().next())?;
        let doubt = match self.judge.check(&schema, &value) {
            Judgement::Valid => None,
            Judgement::Invalid(why) => Some(format!("the value is invalid: {why}")),
            Judgement::Unknown(why) => Some(format!("the schema can't be validated: {why}")),
        };
        Some(Chosen { value, doubt })
    }

    fn body(&self, case: &mut Case, place: &OperationPointer, body: &TypedBody) {
        let document = self.judge.document();
        let Some(owner) = place.body(document, &body.media_type) else {
            case.doubts
                .push("the body is not in the description".to_owned());
            return;
        };
        match &body.content {
            TypedContent::Text | TypedContent::Bytes => {
                let text = examples(document, &owner)
                    .into_iter()
                    .find(Value::is_string);
                let text = text.unwrap_or_else(|| "text".into());
                case.arguments.insert("body:".to_owned(), text);
            }
            TypedContent::Value(_) => match self.choose(&owner, true, |value| !value.is_null()) {
                Some(chosen) => put(case, "body:".to_owned(), chosen),
                None => case
                    .doubts
                    .push("the body: no value can be generated".to_owned()),
            },
            TypedContent::Form { parts, .. } => {
                let schema = document::resolved(document, &push(&owner, "schema"));
                let whole = self.choose(&owner, true, Value::is_object);
                let whole = whole.map_or(Value::Null, |chosen| chosen.value);
                case.arguments.insert("body:".to_owned(), Value::Null);
                for part in parts {
                    let key = format!("part:{}", part.wire);
                    let property = push(&push(&schema, "properties"), &part.wire);
                    let value = whole.get(&part.wire).cloned();
                    let made = || {
                        part.required
                            .then(|| self.maker.make(&property, 0))
                            .flatten()
                    };
                    match value.or_else(made) {
                        Some(value) => drop(case.arguments.insert(key, value)),
                        None if part.required => {
                            case.doubts
                                .push(format!("`{key}`: no value can be generated"));
                        }
                        None => {}
                    }
                }
            }
        }
    }
}

/// The examples of a parameter or media type (OpenAPI 3.1.1, "Example Object").
fn examples(document: &Value, owner: &str) -> Vec<Value> {
    let node = document.pointer(owner);
    let mut found: Vec<Value> = node
        .and_then(|it| it.get("example"))
        .into_iter()
        .cloned()
        .collect();
    let map = node
        .and_then(|node| node.get("examples"))
        .and_then(Value::as_object);
    for name in map.into_iter().flat_map(|map| map.keys()) {
        let example = document::resolved(document, &push(&push(owner, "examples"), name));
        found.extend(document.pointer(&push(&example, "value")).cloned());
    }
    found
}

/// The examples of a schema, those of what it refers to last.
pub(super) fn examples_of_schema(document: &Value, schema: &str) -> Vec<Value> {
    let mut found = Vec::new();
    for pointer in [schema.to_owned(), document::resolved(document, schema)] {
        let Some(node) = document.pointer(&pointer) else {
            continue;
        };
        found.extend(node.get("example").cloned());
        let list = node.get("examples").and_then(Value::as_array);
        found.extend(list.into_iter().flatten().cloned());
    }
    found
}

#[cfg(test)]
mod tests {
    use codegen::Source;
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_valid_examples_or_made_of_schemas() {
        let document = json!({
            "openapi": "3.1.0", "info": {"title": "Pets", "version": "1"},
            "servers": [{"url": "https://pets.example.com"}],
            "paths": {"/pets/{id}": {
                "parameters": [{"$ref": "#/components/parameters/Id"}],
                "put": {
                    "operationId": "putPet",
                    "parameters": [
                        {"name": "limit", "in": "query", "schema": {"type": "integer"}, "example": 3},
                        {"name": "wrong", "in": "query", "schema": {"type": "integer"}, "example": "x"},
                        {"name": "code", "in": "header", "required": true, "example": "?",
                            "schema": {"type": "string", "pattern": "^[A-Z]{2}-\\d{3}$"}},
                    ],
                    "requestBody": {"required": true, "content": {"application/json": {
                        "schema": {"$ref": "#/components/schemas/Pet"}}}},
                    "responses": {"204": {"description": "Done."}},
                },
            }},
            "components": {
                "parameters": {"Id": {"name": "id", "in": "path", "required": true,
                    "schema": {"type": "string", "format": "uuid"}}},
                "schemas": {
                    "Cat": {"type": "object", "required": ["kind", "lives"], "properties": {
                        "kind": {"const": "cat"}, "lives": {"type": "integer", "minimum": 7}}},
                    "Dog": {"type": "object", "required": ["kind"], "properties": {
                        "kind": {"const": "dog"}}},
                    "Pet": {"oneOf": [
                        {"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"},
                    ]},
                },
            },
        });
        let text = document.to_string();
        let source = |text| Source { name: "", text };
        let survey = codegen::survey(source(&text), source("")).unwrap();
        let judge = Judge::new(&document).unwrap();
        let operation = &survey.operations[0];
        let place = document::find(&document, operation);
        let case = case(&judge, 0, operation, place.as_ref());
        assert_eq!(case.doubts, [""; 0]);
        let expected = json!({
            "path:id": "00000000-0000-4000-8000-000000000000", "query:limit": 3,
            "header:code": "AA-111", "body:": {"kind": "cat", "lives": 7},
        });
        assert_eq!(json!(case.arguments), expected);
    }
}
