//! URL-encoded form bodies: `application/x-www-form-urlencoded`.

use bytes::Bytes;
use serde::Serialize;

use super::argument::{self, Argument};
use super::call::Call;
use super::decode::Decode;
use super::header;
use super::operation::{Parameter, Place, Style};
use super::query;
use super::request_builder::Builder;
use super::tree::Tree;

impl Call {
    /// Sets a form of the members of `body`. `encodings` are the documented encodings of fields.
    ///
    /// By default an array of plain values is `a=1&a=2`, and nested values have their path in brackets:
    /// `a[b]=1`, `a[0][b]=1`. `null` is an empty value.
    pub(crate) fn form<T: Serialize + ?Sized>(&mut self, body: &T, encodings: &[Parameter]) {
        match Tree::of(body) {
            Ok(tree) => match write(&tree, encodings) {
                Ok(form) => self.bytes(
                    Bytes::from(form),
                    header::fixed("application/x-www-form-urlencoded"),
                ),
                Err(problem) => self.refuse(format!("the form's {problem}")),
            },
            Err(error) => self.refuse(format!("the body can't be serialized as a form: {error}")),
        }
    }
}

impl Builder {
    /// Takes a form whose fields are written as the operation says.
    pub fn form<T: Serialize + Decode>(mut self, body: &T) -> Self {
        self.call.check_floats("the form", body);
        let fields = self.call.operation.fields;
        self.call.form::<T>(body, fields);
        self
    }
}

impl Builder {
    /// Sets a parameter that is the whole query: a form whose fields are written as the operation says.
    pub fn query_form<T: Serialize + Decode>(
        mut self,
        name: &'static str,
        value: impl Into<T>,
    ) -> Self {
        let value = value.into();
        self.call.check_floats(name, &value);
        let fields = self.call.operation.fields;
        let form = Tree::of(&value).map_err(|error| format!("can't be serialized: {error}"));
        match form.and_then(|tree| write(&tree, fields)) {
            Ok(form) => self.call.put(Place::Query, name, Argument::Text(form)),
            Err(problem) => self.call.refuse(format!("`{name}`: {problem}")),
        }
        self
    }
}

/// Serializes a form (WHATWG URL, 5.2), with spaces as `%20`, which all parsers accept.
fn write(tree: &Tree, encodings: &[Parameter]) -> Result<String, String> {
    let mut form = String::new();
    let members = match tree {
        Tree::Object(members) => members.as_slice(),
        Tree::Null => &[],
        // It is already a form.
        Tree::Text(text) => return Ok(text.clone()),
        Tree::List(_) => return Err("body is an array, but a form has named fields".into()),
        Tree::Plain(_) => {
            return Err("body is a single value, but a form has named fields".into());
        }
    };
    for (name, value) in members {
        match encodings.iter().find(|encoding| encoding.name == name) {
            Some(encoding) if encoding.style != Style::DeepObject => {
                let argument = argument(value);
                query::check(encoding, &argument)?;
                query::push(&mut form, encoding, &argument);
                Ok(())
            }
            Some(_) => push_deep(&mut form, name, value),
            None => push(&mut form, name, value),
        }
        .map_err(|problem: String| format!("field `{name}` {problem}"))?;
    }
    Ok(form)
}

fn push(form: &mut String, name: &str, value: &Tree) -> Result<(), String> {
    match value {
        Tree::List(items) if !items.iter().any(Tree::is_nested) => {
            for item in items {
                query::push_pair(form, name, &item.text());
            }
            Ok(())
        }
        _ => push_deep(form, name, value),
    }
}

/// Appends a nested value with its path in brackets.
fn push_deep(form: &mut String, name: &str, value: &Tree) -> Result<(), String> {
    match value {
        Tree::List(items) => {
            for (index, item) in items.iter().enumerate() {
                push_deep(form, &format!("{name}[{index}]"), item)?;
            }
        }
        Tree::Object(members) => {
            for (key, value) in members {
                argument::check_key(key)?;
                push_deep(form, &format!("{name}[{key}]"), value)?;
            }
        }
        plain => query::push_pair(form, name, &plain.text()),
    }
    Ok(())
}

fn argument(value: &Tree) -> Argument {
    match value {
        Tree::List(items) => Argument::List(items.iter().map(Tree::text).collect()),
        Tree::Object(members) => {
            let members = members.iter();
            Argument::Object(
                members
                    .map(|(name, value)| (name.clone(), value.text()))
                    .collect(),
            )
        }
        plain => Argument::Text(plain.text()),
    }
}
