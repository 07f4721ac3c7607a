//! What examples and other forms of a page tell of a type, where the form for HTTP has one word for several.

use std::collections::HashMap;
use std::fmt::Write;

use serde_json::Value;

use crate::compare::examples::line_of;
use crate::facts::{At, Example, Form, Kind, Operation, Shape, folded};
use codegen::pointer::push;

/// What is known of texts and numbers beyond their kind.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Evidence {
    /// A text that is a point in time, or is said to be one.
    pub(super) time: Option<At>,
    /// A number that is said to be whole.
    pub(super) whole: Option<At>,
}

/// A field of objects that look the same, or a parameter of an operation.
type Key = (String, String);

/// All that is known.
#[derive(Debug, Default)]
pub(super) struct Known {
    fields: HashMap<Key, Evidence>,
    /// Names on the wire, by objects and folded names.
    names: HashMap<Key, String>,
    /// Whether `null` is told where it is meant.
    pub(super) tells_null: bool,
}

impl Known {
    /// Gathers what the operations of pages show.
    pub(super) fn of<'p>(operations: impl Iterator<Item = &'p Operation>) -> Self {
        let mut known = Self::default();
        for operation in operations {
            for parameter in &operation.parameters {
                let owner = owner_of_parameters(&operation.method, &operation.path);
                let member = &parameter.member;
                known.simple(&owner, &member.name, &member.shape, operation.form);
            }
            if let Some(body) = &operation.body {
                known.shape(body, operation.form);
                let sent = operation.curl.as_ref().and_then(|it| it.body.as_ref());
                if let Some(sent) = sent {
                    known.value(body, sent, &sent.value, "");
                }
            }
            if let Some(response) = &operation.response {
                known.shape(response, operation.form);
                for example in &operation.response_examples {
                    known.value(response, example, &example.value, "");
                }
            }
        }
        known
    }

    pub(super) fn field(&self, owner: &str, name: &str) -> Evidence {
        let key = (owner.to_owned(), folded(name));
        self.fields.get(&key).copied().unwrap_or_default()
    }

    /// The name on the wire that an example shows.
    pub(super) fn name(&self, owner: &str, name: &str) -> Option<&str> {
        let key = (owner.to_owned(), folded(name));
        self.names.get(&key).map(String::as_str)
    }

    /// Takes what a form says by the types themselves.
    fn shape(&mut self, shape: &Shape, form: Form) {
        match &shape.kind {
            Kind::Array(inner) | Kind::Map(inner) => self.shape(inner, form),
            Kind::Union(all) => {
                self.tells_null |= all.iter().any(|it| matches!(it.kind, Kind::Null));
                for shape in all {
                    self.shape(shape, form);
                }
            }
            Kind::Object(object) => {
                let owner = structure(shape);
                for member in &object.members {
                    self.simple(&owner, &member.name, &member.shape, form);
                    self.shape(&member.shape, form);
                }
                for example in &shape.examples {
                    self.value(shape, example, &example.value, "");
                }
            }
            _ => {}
        }
    }

    fn simple(&mut self, owner: &str, name: &str, shape: &Shape, form: Form) {
        let key = (owner.to_owned(), folded(name));
        let inner = innermost(shape);
        match inner.kind {
            Kind::Time => {
                self.fields
                    .entry(key)
                    .or_default()
                    .time
                    .get_or_insert(inner.at);
            }
            Kind::Integer if form == Form::Go || form == Form::Http => {
                self.fields
                    .entry(key)
                    .or_default()
                    .whole
                    .get_or_insert(inner.at);
            }
            _ => {}
        }
    }

    /// Takes what a value of an example shows, which is at a pointer in it.
    fn value(&mut self, shape: &Shape, example: &Example, value: &Value, pointer: &str) {
        match (&shape.kind, value) {
            (Kind::Union(all), value) => {
                for shape in all {
                    self.value(shape, example, value, pointer);
                }
            }
            (Kind::Array(inner), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    let pointer = push(pointer, &index.to_string());
                    self.value(inner, example, item, &pointer);
                }
            }
            (Kind::Object(object), Value::Object(members)) => {
                let owner = structure(shape);
                for (name, value) in members {
                    let found = object
                        .members
                        .iter()
                        .find(|it| folded(&it.name) == folded(name));
                    let Some(member) = found else { continue };
                    let key = (owner.clone(), folded(name));
                    self.names
                        .entry(key.clone())
                        .or_insert_with(|| name.clone());
                    let text = first_text(value);
                    let is_text = matches!(innermost(&member.shape).kind, Kind::String);
                    let pointer = push(pointer, name);
                    if is_text && text.is_some_and(is_time) {
                        let known = &mut self.fields.entry(key).or_default().time;
                        known.get_or_insert_with(|| line_of(example, &pointer));
                    }
                    self.value(&member.shape, example, value, &pointer);
                }
            }
            _ => {}
        }
    }
}

/// What stands for the owner of an operation's parameters.
pub(super) fn owner_of_parameters(method: &str, path: &str) -> String {
    format!("{method} {path}")
}

/// The type that lists are of, at the end, `null` left aside.
pub(super) fn innermost(shape: &Shape) -> &Shape {
    match &shape.kind {
        Kind::Union(all) => match &all[..] {
            [inner, null] if matches!(null.kind, Kind::Null) => innermost(inner),
            _ => shape,
        },
        Kind::Array(inner) | Kind::Map(inner) => innermost(inner),
        _ => shape,
    }
}

fn first_text(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        Value::Array(items) => items.first().and_then(Value::as_str),
        _ => None,
    }
}

/// Whether a text is a date and a time, as RFC 3339 writes them: `2026-01-02T03:04:05Z`.
fn is_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    let pattern = b"dddd-dd-ddTdd:dd:dd";
    let fits = |(byte, wanted): (&u8, &u8)| match wanted {
        b'd' => byte.is_ascii_digit(),
        other => byte == other,
    };
    bytes.len() > pattern.len() && bytes.iter().zip(pattern).all(fits)
}

/// What a type is made of, the same for all forms: names folded, and what only some forms tell left aside.
pub(super) fn structure(shape: &Shape) -> String {
    let mut text = String::new();
    describe(shape, &mut text);
    text
}

fn describe(shape: &Shape, text: &mut String) {
    match &shape.kind {
        Kind::String | Kind::Time => text.push('s'),
        Kind::Integer | Kind::Number => text.push('n'),
        Kind::Boolean => text.push('b'),
        Kind::Null => text.push('0'),
        Kind::Any | Kind::Opaque => text.push('?'),
        Kind::File => text.push('f'),
        Kind::Enum(literals) => {
            for literal in literals {
                // Writing to a string can't fail.
                let _ = write!(text, "={}", literal.value);
            }
        }
        Kind::Array(inner) => {
            text.push('[');
            describe(inner, text);
        }
        Kind::Map(inner) => {
            text.push('<');
            describe(inner, text);
        }
        Kind::Object(object) => {
            text.push('{');
            for member in &object.members {
                let _ = write!(text, "{}:", folded(&member.name));
                describe(&member.shape, text);
                text.push(',');
            }
            text.push('}');
        }
        Kind::Union(all) => {
            text.push('(');
            for shape in all {
                describe(shape, text);
                text.push('|');
            }
            text.push(')');
        }
    }
}
