//! Parameters: those of OpenAPI 3, and those that become a body.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::shared::is_small;
use super::tables::KEYWORDS;
use super::{Conversion, Object, copy};
use crate::diagnostic::WarningCode;
use crate::pointer::{canonical, get, local, push};

/// Longer chains of references than this aren't followed.
const LONGEST_CHAIN: usize = 32;

/// A parameter where it is used.
#[derive(Clone)]
pub(super) struct Parameter<'d> {
    pub(super) value: &'d Value,
    /// Where it is written.
    pub(super) defined: String,
    /// Where it is listed; the same, unless there is a reference.
    pub(super) used: String,
}

impl<'d> Parameter<'d> {
    pub(super) fn text(&self, key: &str) -> &'d str {
        let text = self.value.get(key).and_then(Value::as_str);
        text.unwrap_or_default()
    }

    pub(super) fn is_required(&self) -> bool {
        self.value.get("required") == Some(&Value::Bool(true))
    }

    pub(super) fn is_reference(&self) -> bool {
        self.defined != self.used
    }

    /// Whether it can be copied to wherever it is used: of one with a reference there may be many copies.
    pub(super) fn is_cheap(&self) -> bool {
        !self.is_reference() || is_small(self.value)
    }
}

/// The parameters of a path or an operation by what becomes of them.
#[derive(Clone, Default)]
pub(super) struct Sorted<'d> {
    /// What stays a parameter, with its place: a value of Swagger 2.0, or a reference to one.
    plain: Vec<(&'d Value, String)>,
    pub(super) body: Option<Parameter<'d>>,
    pub(super) form: Vec<Parameter<'d>>,
}

impl Sorted<'_> {
    /// The body and the form of an operation, which has its own before those of the path.
    pub(super) fn over(&self, path: &Self) -> Self {
        let names: HashSet<&str> = self.form.iter().map(|own| own.text("name")).collect();
        let is_own = |other: &&Parameter<'_>| names.contains(other.text("name"));
        let others = path.form.iter().filter(|other| !is_own(other));
        let form = self.form.iter().chain(others).cloned().collect();
        // A form of its own is what an operation has in place of a body of the path.
        let of_path = path.body.as_ref().filter(|_| self.form.is_empty());
        Self {
            plain: Vec::new(),
            body: self.body.as_ref().or(of_path).cloned(),
            form,
        }
    }
}

/// How the items of an array are written one after the other.
pub(super) enum Joined {
    /// As OpenAPI 3 does without being told so.
    Usual,
    /// A `style` of OpenAPI 3, and `explode`.
    Style(&'static str, bool),
    /// As no `style` says.
    Other,
}

impl<'d> Conversion<'d> {
    pub(super) fn sorted(&self, owner: &'d Value, at: &str) -> Sorted<'d> {
        let list = push(at, "parameters");
        let mut sorted = Sorted::default();
        let all = owner.get("parameters").and_then(Value::as_array);
        for (index, value) in all.into_iter().flatten().enumerate() {
            // Null is what the checks have taken out.
            if value.is_null() {
                continue;
            }
            let used = push(&list, &index.to_string());
            let (defined, target) = self.followed(value, &used);
            match target.get("in").and_then(Value::as_str) {
                Some("body") if sorted.body.is_none() => {
                    let value = target;
                    sorted.body = Some(Parameter {
                        value,
                        defined,
                        used,
                    });
                }
                // A second one follows the first, and is reported with the body.
                Some("body" | "formData") => {
                    let value = target;
                    sorted.form.push(Parameter {
                        value,
                        defined,
                        used,
                    });
                }
                _ => sorted.plain.push((value, used)),
            }
        }
        sorted
    }

    /// What a reference leads to, and where that is; the value itself if it is none.
    fn followed(&self, value: &'d Value, at: &str) -> (String, &'d Value) {
        let mut found = (at.to_owned(), value);
        for _ in 0..LONGEST_CHAIN {
            let reference = found.1.get("$ref").and_then(Value::as_str);
            let Some(pointer) = reference.and_then(local) else {
                break;
            };
            let pointer = canonical(&pointer);
            let Some(target) = get(self.root, &pointer) else {
                break;
            };
            found = (pointer, target);
        }
        found
    }

    /// Writes what stays a parameter.
    pub(super) fn insert_parameters(&mut self, made: &mut Object, sorted: &Sorted<'d>, at: &str) {
        if sorted.plain.is_empty() {
            return;
        }
        let list = push(at, "parameters");
        let mut converted = Vec::with_capacity(sorted.plain.len());
        for (value, old) in &sorted.plain {
            let new = push(&list, &converted.len().to_string());
            self.moves.note(&**old, &*new);
            converted.push(self.parameter(value, old, &new));
        }
        made.insert("parameters".to_owned(), Value::Array(converted));
    }

    /// A parameter that stays one.
    fn parameter(&mut self, value: &'d Value, old: &str, new: &str) -> Value {
        if value.get("$ref").is_some() {
            return value.clone();
        }
        let mut made = Object::new();
        let alike = ["name", "in", "description", "required", "allowEmptyValue"];
        copy(value, &mut made, &alike);
        if let Some(example) = made.shift_remove("x-example") {
            made.insert("example".to_owned(), example);
            self.moves
                .note(push(old, "x-example"), push(new, "example"));
        }
        let location = value.get("in").and_then(Value::as_str).unwrap_or_default();
        let joined = self.joined(value, location, old);
        let schema = self.schema_of(value, &joined, old, &push(new, "schema"));
        made.insert("schema".to_owned(), schema);
        if let Joined::Style(style, explode) = joined {
            made.insert("style".to_owned(), style.into());
            made.insert("explode".to_owned(), explode.into());
        }
        Value::Object(made)
    }

    /// The schema that a parameter or a header has among its own fields, whose items are joined as is said.
    pub(super) fn schema_of(
        &mut self,
        value: &'d Value,
        joined: &Joined,
        old: &str,
        new: &str,
    ) -> Value {
        if let Some(schema) = own_schema(value) {
            let message = "`schema` is a field of body parameters alone".to_owned();
            let label = "treated as the schema of this parameter";
            let old = push(old, "schema");
            self.warn(WarningCode::UnknownField, &*old, message, label);
            self.moves.note(old, new);
            return schema.clone();
        }
        self.moves.made_of(old, new);
        if let Joined::Other = joined {
            return json!({ "type": "string" });
        }
        let mut schema = Object::new();
        for (key, member) in value.as_object().into_iter().flatten() {
            let is_label = key.starts_with("x-enum") || key == "x-ms-enum" || key == "x-nullable";
            if key == "items" {
                let items = self.items(member, &push(old, "items"));
                schema.insert(key.clone(), items);
            } else if KEYWORDS.contains(&key.as_str()) || is_label {
                schema.insert(key.clone(), member.clone());
            }
        }
        Value::Object(schema)
    }

    /// The items of an array. Arrays in arrays have a `collectionFormat` of their own, which OpenAPI 3 can't say.
    fn items(&mut self, items: &Value, at: &str) -> Value {
        let is_list = items.get("type").and_then(Value::as_str) == Some("array");
        if !is_list {
            return items.clone();
        }
        let format = items.get("collectionFormat").and_then(Value::as_str);
        let format = format.unwrap_or("csv");
        let message = "the items of this array are arrays".to_owned();
        let label = format!("each is passed as a string, as `{format}` has it");
        self.warn(WarningCode::UntypedParameter, at, message, &label);
        json!({ "type": "string" })
    }

    /// How the items of an array are joined: by `collectionFormat`, and else by commas.
    pub(super) fn joined(&mut self, value: &Value, location: &str, at: &str) -> Joined {
        if value.get("type").and_then(Value::as_str) != Some("array") {
            return Joined::Usual;
        }
        let format = value.get("collectionFormat").and_then(Value::as_str);
        let format = format.unwrap_or("csv");
        let in_query = matches!(location, "query" | "formData");
        let between = match format {
            "ssv" => "spaces",
            "tsv" => "tabs",
            "pipes" => "`|`",
            _ => "commas",
        };
        match (in_query, format) {
            (true, "multi") => Joined::Style("form", true),
            (true, "ssv") => Joined::Style("spaceDelimited", false),
            (true, "pipes") => Joined::Style("pipeDelimited", false),
            (true, "csv") => Joined::Style("form", false),
            (false, "multi") => {
                let message = format!("`multi` is not for `in: {location}`");
                let at = push(at, "collectionFormat");
                self.warn(WarningCode::InvalidStyle, at, message, "treated as `csv`");
                Joined::Usual
            }
            (false, "csv") => Joined::Usual,
            _ => {
                let message = format!(
                    "an array with {between} between its items has no `style` in OpenAPI 3"
                );
                let label = "passed as a string that has all items";
                let at = push(at, "collectionFormat");
                self.warn(WarningCode::UntypedParameter, at, message, label);
                Joined::Other
            }
        }
    }

    /// The parameters of the description: those that stay parameters, and bodies. Fields of forms are written where
    /// they are used.
    pub(super) fn parameter_components(&mut self) -> (Object, Object) {
        let root = self.root;
        let (mut parameters, mut bodies) = (Object::new(), Object::new());
        let all = root.get("parameters").and_then(Value::as_object);
        for (name, value) in all.into_iter().flatten() {
            let old = push("/parameters", name);
            let (_, target) = self.followed(value, &old);
            match target.get("in").and_then(Value::as_str) {
                Some("body") => {
                    let new = push("/components/requestBodies", name);
                    self.moves.note(&*old, &*new);
                    let body = self.body_component(value, &old, &new);
                    bodies.insert(name.clone(), body);
                }
                Some("formData") => {}
                _ => {
                    let new = push("/components/parameters", name);
                    self.moves.note(&*old, &*new);
                    let parameter = self.parameter(value, &old, &new);
                    parameters.insert(name.clone(), parameter);
                }
            }
        }
        (parameters, bodies)
    }
}

/// The schema of a parameter that is no body and has one all the same.
fn own_schema(value: &Value) -> Option<&Value> {
    let is_typed = value.get("type").is_some() || value.get("items").is_some();
    value.get("schema").filter(|_| !is_typed)
}
