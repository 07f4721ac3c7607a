//! Forms: `in: formData`.

use serde_json::{Value, json};

use super::media::{MediaTypes, essence};
use super::parameters::{Joined, Parameter};
use super::{Conversion, Object};
use crate::diagnostic::WarningCode;
use crate::pointer::push;

const MULTIPART: &str = "multipart/form-data";
const URLENCODED: &str = "application/x-www-form-urlencoded";

impl<'d> Conversion<'d> {
    /// The body that the fields of a form are.
    pub(super) fn form(
        &mut self,
        fields: &[Parameter<'d>],
        consumes: &MediaTypes<'d>,
        new: &str,
    ) -> Value {
        let media_types = self.form_types(fields, consumes);
        let first = fields.first().map_or("", |field| &*field.used);
        self.moves.made_of(first, new);
        let content = push(new, "content");
        self.moves.made_of(first, &*content);
        let mut made = Object::new();
        for media_type in media_types {
            let at = push(&content, media_type);
            self.moves.made_of(first, &*at);
            let media = self.fields(fields, &at);
            made.insert(media_type.to_owned(), media);
        }
        let is_required = fields.iter().any(Parameter::is_required);
        json!({ "required": is_required, "content": made })
    }

    /// How a form is sent: files make it `multipart`, and else `consumes` says so.
    fn form_types(&mut self, fields: &[Parameter<'d>], consumes: &MediaTypes<'d>) -> Vec<&'d str> {
        let has_file = fields.iter().any(|field| is_file(field.value));
        let mut types: Vec<&str> = consumes.iter().collect();
        types.retain(|it| {
            let essence = essence(it);
            essence.starts_with("multipart/") || essence == URLENCODED && !has_file
        });
        if !types.is_empty() {
            return types;
        }
        let chosen = if has_file { MULTIPART } else { URLENCODED };
        if let Some(first) = fields.first().filter(|_| !consumes.is_empty()) {
            let listed: Vec<String> = consumes.iter().map(|it| format!("`{it}`")).collect();
            let message = format!("a form can't be sent as {}", listed.join(", "));
            let label = format!("sent as `{chosen}`");
            self.warn(WarningCode::IgnoredMediaType, &*first.used, message, &label);
        }
        vec![chosen]
    }

    /// The fields of a form as the properties of an object, and how those that are arrays are written.
    fn fields(&mut self, fields: &[Parameter<'d>], new: &str) -> Value {
        let at_properties = push(&push(new, "schema"), "properties");
        let (mut properties, mut encoding) = (Object::new(), Object::new());
        let mut required: Vec<Value> = Vec::new();
        for field in fields {
            let name = field.text("name");
            if properties.contains_key(name) {
                continue;
            }
            let at = push(&at_properties, name);
            let (property, joined) = self.property(field, &at);
            properties.insert(name.to_owned(), property);
            if let Joined::Style(style, explode) = joined
                && !explode
            {
                let written = json!({ "style": style, "explode": explode });
                encoding.insert(name.to_owned(), written);
            }
            if field.is_required() {
                required.push(name.into());
            }
        }
        let mut schema = Object::new();
        schema.insert("type".to_owned(), "object".into());
        if !required.is_empty() {
            schema.insert("required".to_owned(), Value::Array(required));
        }
        schema.insert("properties".to_owned(), Value::Object(properties));
        if encoding.is_empty() {
            return json!({ "schema": schema });
        }
        json!({ "schema": schema, "encoding": encoding })
    }

    fn property(&mut self, field: &Parameter<'d>, new: &str) -> (Value, Joined) {
        let joined = if is_file(field.value) {
            Joined::Usual
        } else {
            self.joined(field.value, "formData", &field.defined)
        };
        if field.is_cheap() {
            let property = self.described(field, &joined, new);
            return (property, joined);
        }
        if let Some(reference) = self.shared.known(&field.defined) {
            return (reference, joined);
        }
        let (place, reference) = self.shared.place(&field.defined, field.text("name"));
        let property = self.described(field, &joined, &place);
        self.shared.insert(&place, property);
        (reference, joined)
    }

    fn described(&mut self, field: &Parameter<'d>, joined: &Joined, new: &str) -> Value {
        let mut schema = self.schema_of(field.value, joined, &field.defined, new);
        let Value::Object(map) = &mut schema else {
            return schema;
        };
        if !["type", "items", "enum"]
            .iter()
            .any(|it| map.contains_key(*it))
            && field.value.get("schema").is_none()
        {
            let message = "`type` is missing in a field of a form".to_owned();
            let label = "treated as a string";
            self.warn(WarningCode::MissingField, &*field.defined, message, label);
            map.insert("type".to_owned(), "string".into());
        }
        if let Some(description) = field.value.get("description") {
            map.insert("description".to_owned(), description.clone());
        }
        schema
    }
}

/// Whether a field is a file, or several.
fn is_file(field: &Value) -> bool {
    let is = |value: &Value| value.get("type").and_then(Value::as_str) == Some("file");
    is(field) || field.get("items").is_some_and(is)
}
