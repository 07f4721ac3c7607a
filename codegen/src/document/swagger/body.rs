//! Bodies: `in: body`, with the media types of `consumes`.

use serde_json::{Value, json};

use super::media::MediaTypes;
use super::parameters::{Parameter, Sorted};
use super::{Conversion, Object, copy};
use crate::diagnostic::WarningCode;
use crate::document::references::reference;
use crate::pointer::push;

/// What a body is sent as where nothing is said.
const JSON: &str = "application/json";

impl<'d> Conversion<'d> {
    /// What an operation sends, if it has a body or a form.
    pub(super) fn request_body(
        &mut self,
        parameters: &Sorted<'d>,
        consumes: &MediaTypes<'d>,
        at: &str,
    ) -> Option<Value> {
        let new = push(at, "requestBody");
        let Some(body) = &parameters.body else {
            let form = parameters.form.as_slice();
            return (!form.is_empty()).then(|| self.form(form, consumes, &new));
        };
        for other in &parameters.form {
            let message = match other.text("in") {
                "body" => "a request has one body".to_owned(),
                _ => "a request has either a body or a form".to_owned(),
            };
            let name = body.text("name");
            let label = format!("ignored: `{name}` is the body");
            self.warn(WarningCode::IgnoredValue, &*other.used, message, &label);
        }
        self.moves.note(&*body.used, &*new);
        let consumes = consumes.clone().or(JSON);
        if let Some(component) = self.component(body)
            && consumes == self.consumes.clone().or(JSON)
        {
            return Some(json!({ "$ref": reference(&component) }));
        }
        Some(self.body(body, &consumes, &new))
    }

    /// The component that a body is, if it is one.
    fn component(&self, body: &Parameter<'d>) -> Option<String> {
        let found = self.moves.now(&body.defined)?;
        let is_component = found.starts_with("/components/requestBodies/");
        (is_component && body.is_reference()).then_some(found)
    }

    fn body(&mut self, body: &Parameter<'d>, consumes: &MediaTypes<'d>, new: &str) -> Value {
        let mut made = Object::new();
        if body.is_cheap() {
            copy(body.value, &mut made, &["description"]);
        }
        made.insert("required".to_owned(), body.is_required().into());
        let content = self.content(body, consumes, &push(new, "content"));
        made.insert("content".to_owned(), Value::Object(content));
        Value::Object(made)
    }

    fn content(&mut self, body: &Parameter<'d>, consumes: &MediaTypes<'d>, new: &str) -> Object {
        let mut content = Object::new();
        self.moves.made_of(&*body.defined, new);
        let old = push(&body.defined, "schema");
        let schema = body.value.get("schema");
        if schema.is_none() && !body.is_reference() {
            let message = "`schema` is missing in a body parameter".to_owned();
            let label = "treated as any value";
            self.warn(WarningCode::MissingField, &*body.defined, message, label);
        }
        let schema = schema.map(|schema| self.copied(body, schema, &old));
        for media_type in consumes.iter() {
            let new = push(new, media_type);
            self.moves.made_of(&*body.defined, &*new);
            let mut media = Object::new();
            if let Some(schema) = &schema {
                self.moves.note(&*old, push(&new, "schema"));
                media.insert("schema".to_owned(), schema.clone());
            }
            content.insert(media_type.to_owned(), Value::Object(media));
        }
        content
    }

    /// A copy of the schema of a body, or a reference to what it has become.
    fn copied(&mut self, body: &Parameter<'d>, schema: &Value, old: &str) -> Value {
        if schema.get("$ref").is_some() || !body.is_reference() {
            return schema.clone();
        }
        if self.component(body).is_some()
            && let Some(place) = self.moves.now(old)
        {
            return json!({ "$ref": reference(&place) });
        }
        if body.is_cheap() {
            return schema.clone();
        }
        if let Some(reference) = self.shared.known(old) {
            return reference;
        }
        let name = format!("{}Body", body.text("name"));
        let (place, reference) = self.shared.place(old, &name);
        self.moves.note(old, &*place);
        self.shared.insert(&place, schema.clone());
        reference
    }

    /// A body that operations refer to.
    pub(super) fn body_component(&mut self, value: &'d Value, old: &str, new: &str) -> Value {
        if value.get("$ref").is_some() {
            return value.clone();
        }
        let body = Parameter {
            value,
            defined: old.to_owned(),
            used: old.to_owned(),
        };
        let consumes = self.consumes.clone().or(JSON);
        self.body(&body, &consumes, new)
    }
}
