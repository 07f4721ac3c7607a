//! Operations of pages to those of a description.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use crate::facts::ParameterLocation;
use crate::facts::{Form, Kind, Operation, Parameter, Shape};

use super::evidence::{Evidence, Known, innermost, owner_of_parameters};
use super::naming::Title;
use super::schemas::{Asker, Schemas, comment_on};
use codegen::names::snake_case;

/// Ids of operations that are taken.
#[derive(Debug, Default)]
pub(super) struct Ids(HashSet<String>);

/// The parts of an operation, while they are made.
pub(super) struct Described {
    title: Title,
    parameters: Vec<Value>,
    body: Option<Value>,
    responses: Value,
}

impl Described {
    /// Begins with its response.
    pub(super) fn response(operation: &Operation, schemas: &mut Schemas<'_>) -> Self {
        let title = Title::of(operation);
        let responses = match &operation.response {
            None if operation.response_examples.is_empty() => {
                json!({"204": {"description": "Success."}})
            }
            response => {
                let schema = match response {
                    Some(shape) => response_schema(operation, shape, &title, schemas),
                    None => {
                        let message = format!(
                            "the page doesn't describe the response of {}",
                            operation.name()
                        );
                        let help = "the draft allows any value";
                        schemas.note(operation.at, message, help);
                        json!({})
                    }
                };
                let mut content = Map::new();
                content.insert("schema".to_owned(), schema);
                if let Some(example) = operation.response_examples.first() {
                    content.insert("example".to_owned(), example.value.clone());
                }
                json!({"200": {
                    "description": "Success.",
                    "content": {"application/json": content},
                }})
            }
        };
        Self {
            title,
            parameters: Vec::new(),
            body: None,
            responses,
        }
    }

    /// Goes on with what it sends.
    pub(super) fn request(
        &mut self,
        operation: &Operation,
        schemas: &mut Schemas<'_>,
        known: &Known,
    ) {
        for parameter in &operation.parameters {
            let value = self.parameter(operation, parameter, schemas, known);
            self.parameters.push(value);
        }
        self.forgotten(operation, schemas);
        self.body = self.sent(operation, schemas);
    }

    fn parameter(
        &self,
        operation: &Operation,
        parameter: &Parameter,
        schemas: &mut Schemas<'_>,
        known: &Known,
    ) -> Value {
        let member = &parameter.member;
        let owner = owner_of_parameters(&operation.method, &operation.path);
        let evidence = known.field(&owner, &member.name);
        let in_path = parameter.place == Some(ParameterLocation::Path);
        let place = parameter.place.unwrap_or(ParameterLocation::Query).as_str();
        let (name, guessed) = match operation.form {
            Form::Http => (member.name.clone(), false),
            _ if in_path => (in_template(&operation.path, &member.name), false),
            _ => (snake_case(&member.name), true),
        };
        let asker = Asker {
            hint: &format!(
                "{}{}",
                self.title.response(),
                codegen::names::pascal_case(&name)
            ),
            form: operation.form,
            is_response: false,
            items: None,
        };
        let schema = schemas.schema(&member.shape, asker, evidence);
        let mut value = json!({"name": name, "in": place});
        if guessed {
            let place = schemas.place(member.at);
            let comment = format!("the name is a guess: {place} calls it `{}`", member.name);
            comment_on(&mut value, comment);
        }
        if let Value::Object(members) = &mut value {
            if in_path || member.optional == Some(false) {
                members.insert("required".to_owned(), true.into());
            }
            members.insert("schema".to_owned(), schema);
        }
        value
    }

    /// Parameters that the path has and the page doesn't describe.
    fn forgotten(&mut self, operation: &Operation, schemas: &mut Schemas<'_>) {
        let in_path = |it: &&Value| it.get("in").is_some_and(|it| it == "path");
        let described = self.parameters.iter().filter(in_path);
        let mut met: HashSet<String> = described
            .filter_map(|it| it.get("name")?.as_str().map(str::to_owned))
            .collect();
        let names = operation.path.split('{').skip(1);
        for name in names.filter_map(|it| it.split_once('}').map(|(name, _)| name)) {
            if !met.insert(name.to_owned()) {
                continue;
            }
            let message = format!("the page doesn't describe `{name}` of {}", operation.path);
            schemas.note(operation.at, message, "it is a string in the draft");
            let schema = json!({"type": "string"});
            self.parameters
                .push(json!({"name": name, "in": "path", "required": true, "schema": schema}));
        }
    }

    fn sent(&self, operation: &Operation, schemas: &mut Schemas<'_>) -> Option<Value> {
        let shape = operation.body.as_ref()?;
        let example = operation.curl.as_ref().and_then(|it| it.body.as_ref());
        let whole = match shape.members() {
            [only] if only.name == "body" => {
                let as_field = example.is_some_and(|it| it.value.get("body").is_some());
                let is_simple = matches!(only.shape.kind, Kind::String | Kind::Object(_));
                if as_field || is_simple && example.is_none() {
                    shape
                } else {
                    &only.shape
                }
            }
            _ => shape,
        };
        let is_file = |it: &Shape| matches!(innermost(it).kind, Kind::File);
        let has_file = whole.members().iter().any(|it| is_file(&it.shape));
        let media = if has_file {
            "multipart/form-data"
        } else {
            "application/json"
        };
        let asker = Asker {
            hint: &self.title.body(),
            form: operation.form,
            is_response: false,
            items: None,
        };
        let schema = schemas.schema(whole, asker, Evidence::default());
        let members = whole.members();
        let required = members.is_empty() || members.iter().any(|it| it.optional != Some(true));
        let mut content = Map::new();
        content.insert("schema".to_owned(), schema);
        if let Some(example) = example.filter(|_| !has_file) {
            content.insert("example".to_owned(), example.value.clone());
        }
        Some(json!({"required": required, "content": {media: content}}))
    }

    /// Puts the parts together.
    pub(super) fn finished(
        self,
        operation: &Operation,
        ids: &mut Ids,
        schemas: &Schemas<'_>,
    ) -> Value {
        let mut value = Map::new();
        let comment = format!("from {}", schemas.place(operation.at));
        value.insert(super::yaml::COMMENT.to_owned(), comment.into());
        value.insert(
            "operationId".to_owned(),
            ids.unique(&self.title.id()).into(),
        );
        value.insert("tags".to_owned(), json!([group(operation)]));
        if let Some(title) = &operation.title {
            value.insert("summary".to_owned(), title.clone().into());
        }
        if !self.parameters.is_empty() {
            value.insert("parameters".to_owned(), self.parameters.into());
        }
        value.extend(self.body.map(|body| ("requestBody".to_owned(), body)));
        value.insert("responses".to_owned(), self.responses);
        Value::Object(value)
    }
}

impl Ids {
    fn unique(&mut self, wanted: &str) -> String {
        let mut id = wanted.to_owned();
        let mut number = 2;
        while !self.0.insert(id.clone()) {
            id = format!("{wanted}{number}");
            number += 1;
        }
        id
    }
}

/// The schema of a response.
fn response_schema(
    operation: &Operation,
    shape: &Shape,
    title: &Title,
    schemas: &mut Schemas<'_>,
) -> Value {
    let hint = title.response();
    let item = title.item();
    let asker = Asker {
        hint: &hint,
        form: operation.form,
        is_response: true,
        items: item.as_deref(),
    };
    if !operation.responds_with_items() {
        return schemas.schema(shape, asker, Evidence::default());
    }
    // What really comes is shown by the example alone.
    let asker = Asker {
        hint: item.as_deref().unwrap_or(&hint),
        items: None,
        ..asker
    };
    let one = schemas.schema(shape, asker, Evidence::default());
    let shown = operation.response_examples.first().map(|it| &it.value);
    let list = json!({"type": "array", "items": one});
    let Some(Value::Object(members)) = shown else {
        return list;
    };
    let properties: Map<String, Value> = members
        .iter()
        .map(|(name, value)| {
            let schema = match value {
                Value::Array(_) => list.clone(),
                Value::String(_) => json!({"type": ["string", "null"]}),
                Value::Number(_) => json!({"type": ["number", "null"]}),
                Value::Bool(_) => json!({"type": ["boolean", "null"]}),
                Value::Object(_) | Value::Null => json!({}),
            };
            (name.clone(), schema)
        })
        .collect();
    json!({"type": "object", "properties": properties})
}

/// The parameter of a path that a name of a client stands for.
fn in_template(path: &str, name: &str) -> String {
    let names = path
        .split('{')
        .skip(1)
        .filter_map(|it| it.split_once('}').map(|(name, _)| name));
    let folded = crate::facts::folded;
    let found = names.into_iter().find(|it| folded(it) == folded(name));
    found.map_or_else(|| snake_case(name), str::to_owned)
}

/// The group that an operation belongs to: the heading above its own, what the client calls it, or the
/// last fixed part of its path.
fn group(operation: &Operation) -> String {
    if let Some(group) = &operation.group {
        return group.clone();
    }
    let called = operation.signature.as_deref().and_then(|it| {
        let call = it.split('(').next()?;
        let mut parts = call.rsplit('.').skip(1);
        parts.next().filter(|it| *it != "client")
    });
    if let Some(group) = called {
        return group.to_owned();
    }
    let parts = operation.path.split('/');
    let mut fixed = parts.filter(|it| !it.is_empty() && !it.contains('{'));
    let last = fixed.next_back().unwrap_or("api");
    codegen::names::pascal_case(last)
}
