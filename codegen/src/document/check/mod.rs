//! Whether a document is built of the objects that OpenAPI has.
//!
//! One walk over the raw value, led by the tables in `tables`. It mends in place what is odd but clear, and takes out
//! the smallest part that can't be understood, each with a warning; only what leaves nothing to go by is an error.
//! After it, every place that the tables know holds what they say, or null where something in a list was taken out
//! (other items keep their pointers; `dialect` removes it).

mod repair;
mod scalar;
pub(crate) mod shape;
mod special;
pub(crate) mod tables;

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostic, Origin, Severity, WarningCode};
use crate::nearest::nearest;
use crate::pointer::Place;

pub(crate) use scalar::{described, whole};
use shape::{Field, Kind, Need, Rest, Shape, Want};

/// A reference that the document makes.
#[derive(Clone, Debug)]
pub(crate) struct Use {
    /// Pointer of the object that holds the `$ref`.
    pub(crate) pointer: String,
    /// The text of the `$ref`.
    pub(crate) target: String,
    /// What it has to point to.
    pub(crate) kind: Kind,
}

/// What the walk has found.
#[derive(Debug, Default)]
pub(crate) struct Checker {
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Every reference in a place where OpenAPI allows one.
    pub(crate) uses: Vec<Use>,
    /// Pointers of the values of discriminator mappings.
    pub(crate) mappings: Vec<String>,
    /// Pointers of scalars that became text: how the number was written is known to the source only.
    pub(crate) became_text: Vec<String>,
}

impl Checker {
    /// Checks a value, and says whether it is fit for use.
    pub(crate) fn check(&mut self, value: &mut Value, want: Want, place: &Place<'_>) -> bool {
        match want {
            Want::Any => true,
            Want::Object(shape) => self.object_only(value, shape, place),
            Want::OrReference(shape) => self.object_or_reference(value, shape, place),
            Want::Schema => self.schema(value, place),
            Want::SchemaOrList => match value {
                Value::Array(_) => self.list(value, Want::Schema, place),
                _ => self.schema(value, place),
            },
            Want::Map(want) => self.map(value, *want, place),
            Want::List(want) => self.list(value, *want, place),
            _ => self.scalar(value, want, place),
        }
    }

    /// Checks what a reference leads to, and says whether it is fit for use; if not, it is for the one who refers to
    /// it to do without.
    pub(crate) fn check_component(
        &mut self,
        value: &mut Value,
        want: Want,
        place: &Place<'_>,
    ) -> bool {
        let before = self.mark();
        let good = self.check(value, want, place);
        if !good {
            self.demote(before);
        }
        good
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Reports a value of the wrong type.
    fn wrong(&mut self, value: &Value, expected: &str, place: &Place<'_>) -> bool {
        let found = described(value);
        let message = format!("expected {expected}, found {found}");
        self.report(error(place, message).label(format!("expected {expected}")));
        false
    }

    fn map(&mut self, value: &mut Value, want: Want, place: &Place<'_>) -> bool {
        let Value::Object(map) = value else {
            return self.wrong(value, "an object", place);
        };
        map.retain(|key, value| {
            let place = place.key(key);
            // The scopes of a security scheme: without the scheme, the requirement would be another.
            let is_list = matches!(want, Want::List(_));
            if value.is_null() && !matches!(want, Want::Any | Want::Schema) {
                *value = Value::Array(Vec::new());
                return is_list;
            }
            let before = self.mark();
            let good = self.check(value, want, &place);
            if !good {
                self.demote(before);
                *value = Value::Array(Vec::new());
            }
            good || is_list
        });
        true
    }

    fn list(&mut self, value: &mut Value, want: Want, place: &Place<'_>) -> bool {
        repair::list(self, value, want, place);
        let Value::Array(items) = value else {
            return self.wrong(value, "an array", place);
        };
        // References may lead to the items behind one that is taken out.
        let by_index = matches!(want, Want::OrReference(_));
        let mut index = 0;
        items.retain_mut(|value| {
            let place = place.index(index);
            index += 1;
            let before = self.mark();
            let good = self.check(value, want, &place);
            if !good {
                self.demote(before);
                *value = Value::Null;
            }
            good || by_index
        });
        true
    }

    fn object_only(&mut self, value: &mut Value, shape: &'static Shape, place: &Place<'_>) -> bool {
        repair::object(self, value, shape, place);
        let Value::Object(map) = value else {
            return self.wrong(value, "an object", place);
        };
        if map.get("$ref").is_some_and(Value::is_string) {
            let message = format!("{} can't be a reference", shape.name);
            let help = "write the value inline: OpenAPI allows `$ref` only in some places";
            self.report(error(&place.key("$ref"), message).at_key().help(help));
            return false;
        }
        if matches!(shape.rest, Rest::Paths(_)) {
            repair::paths(self, map, place);
        }
        self.object(map, shape, place)
    }

    fn object_or_reference(
        &mut self,
        value: &mut Value,
        shape: &'static Shape,
        place: &Place<'_>,
    ) -> bool {
        let Value::Object(map) = value else {
            return self.wrong(value, "an object", place);
        };
        let Some(kind) = shape.kind.filter(|_| map.contains_key("$ref")) else {
            return self.object(map, shape, place);
        };
        if !self.reference(map, kind, place) {
            return false;
        }
        // Only a path item may add to what it refers to (OpenAPI 3.1 section 4.8.9).
        kind != Kind::PathItem || self.object(map, shape, place)
    }

    fn schema(&mut self, value: &mut Value, place: &Place<'_>) -> bool {
        match value {
            Value::Bool(_) => true,
            Value::Null => {
                self.report(
                    warning(WarningCode::WrongType, place, "the schema is empty")
                        .label("treated as any value"),
                );
                *value = Value::Object(Map::new());
                true
            }
            Value::Object(map) => {
                repair::schema(self, map, place);
                if map.contains_key("$ref") {
                    let before = self.mark();
                    if !self.reference(map, Kind::Schema, place) {
                        self.demote(before);
                        map.shift_remove("$ref");
                    }
                }
                let fit = self.object(map, &tables::SCHEMA, place);
                special::schema(self, map, place);
                fit
            }
            _ => {
                let message = format!("expected a schema, found {}", described(value));
                self.report(
                    warning(WarningCode::WrongType, place, message).label("treated as any value"),
                );
                *value = Value::Object(Map::new());
                true
            }
        }
    }

    /// Notes the reference that a mapping with a `$ref` is.
    fn reference(&mut self, map: &Map<String, Value>, kind: Kind, place: &Place<'_>) -> bool {
        match map.get("$ref") {
            Some(Value::String(target)) => {
                self.uses.push(Use {
                    pointer: place.pointer(),
                    target: target.clone(),
                    kind,
                });
                true
            }
            other => self.wrong(
                other.unwrap_or(&Value::Null),
                "a string with a reference",
                &place.key("$ref"),
            ),
        }
    }

    /// Checks the members of a mapping against a shape.
    fn object(
        &mut self,
        map: &mut Map<String, Value>,
        shape: &'static Shape,
        place: &Place<'_>,
    ) -> bool {
        let mut found = Found {
            fit: true,
            strangers: Vec::new(),
            wrong: Vec::new(),
        };
        map.retain(|key, value| match shape.field(key) {
            Some(field) => self.field(value, field, &place.key(key), &mut found),
            None if key.starts_with("x-") => true,
            None if key == "$ref" && matches!(shape.kind, Some(Kind::Schema | Kind::PathItem)) => {
                true
            }
            None => self.other(key, value, shape, &place.key(key), &mut found),
        });
        for field in shape.fields {
            // Looking a name up costs more than seeing that it may be missing.
            if !matches!(field.need, Need::May | Need::Right) && !map.contains_key(field.name) {
                self.missing(map, field, shape, place, &mut found);
            }
        }
        found.fit & special::object(self, map, shape, place)
    }

    /// Checks a known field; says whether it stays.
    fn field(
        &mut self,
        value: &mut Value,
        field: &Field,
        place: &Place<'_>,
        found: &mut Found,
    ) -> bool {
        if value.is_null() && !matches!(field.want, Want::Any | Want::TypeNames) {
            return false;
        }
        let before = self.mark();
        if self.check(value, field.want, place) {
            return true;
        }
        if matches!(field.need, Need::Must | Need::Right) {
            found.fit = false;
            return true;
        }
        self.demote(before);
        found.wrong.push(field.name);
        false
    }

    /// Checks a member that no field is named after; says whether it stays.
    fn other(
        &mut self,
        key: &str,
        value: &mut Value,
        shape: &'static Shape,
        place: &Place<'_>,
        found: &mut Found,
    ) -> bool {
        let want = match shape.rest {
            Rest::Nothing => {
                self.unknown_field(key, shape, place);
                found.strangers.push(key.to_owned());
                return true;
            }
            Rest::Keywords => {
                if nearest(key, shape.fields.iter().map(|field| field.name)).is_some() {
                    self.unknown_field(key, shape, place);
                    found.strangers.push(key.to_owned());
                }
                return true;
            }
            Rest::Paths(want)
            | Rest::Statuses(want)
            | Rest::Expressions(want)
            | Rest::Methods(want) => want,
        };
        if value.is_null() || !special::key(self, key, shape, place) {
            return false;
        }
        let before = self.mark();
        let good = self.check(value, want, place);
        if !good {
            self.demote(before);
        }
        good
    }

    fn unknown_field(&mut self, key: &str, shape: &Shape, place: &Place<'_>) {
        let names = shape.fields.iter().map(|field| field.name);
        let meant = nearest(key, names);
        let message = format!("{} has no field `{key}`", shape.name);
        let mut diagnostic = warning(WarningCode::UnknownField, place, message)
            .at_key()
            .label("ignored");
        diagnostic.help = meant.map(|name| format!("did you mean `{name}`?"));
        self.report(diagnostic);
    }

    /// Deals with a field that isn't there, or was wrong and taken out.
    fn missing(
        &mut self,
        map: &mut Map<String, Value>,
        field: &Field,
        shape: &Shape,
        place: &Place<'_>,
        found: &mut Found,
    ) {
        let message = || format!("`{}` is missing in {}", field.name, shape.name);
        let (filler, label) = match field.need {
            Need::May | Need::Right => return,
            Need::Must => {
                let names = found.strangers.iter().map(String::as_str);
                let help = match nearest(field.name, names) {
                    Some(name) => format!("rename `{name}` to `{}`", field.name),
                    None => format!("add `{}`", field.name),
                };
                let label = format!("needs `{}`", field.name);
                self.report(error(place, message()).label(label).help(help));
                found.fit = false;
                return;
            }
            // Real descriptions leave out the description of a response so often that saying so would drown the rest.
            Need::Text("") => (Value::String(String::new()), None),
            Need::Text(text) => {
                let label = format!("treated as {text:?}");
                (Value::String(text.to_owned()), Some(label))
            }
            Need::Empty => {
                let mut filler = Value::Object(Map::new());
                // What is missing in turn follows from this.
                let before = self.diagnostics.len();
                self.check(&mut filler, field.want, &place.key(field.name));
                self.diagnostics.truncate(before);
                (filler, Some("treated as empty".to_owned()))
            }
        };
        if let Some(label) = label
            && !found.wrong.contains(&field.name)
        {
            let names = found.strangers.iter().map(String::as_str);
            let mut diagnostic = warning(WarningCode::MissingField, place, message()).label(label);
            diagnostic.help = nearest(field.name, names)
                .map(|name| format!("rename `{name}` to `{}`", field.name));
            self.report(diagnostic);
        }
        map.insert(field.name.to_owned(), filler);
    }

    /// How much has been found so far, for [`Self::demote`].
    fn mark(&self) -> (usize, usize, usize) {
        (self.diagnostics.len(), self.uses.len(), self.mappings.len())
    }

    /// Makes warnings of the errors since `mark`, for a value that is dropped.
    fn demote(&mut self, (diagnostics, uses, mappings): (usize, usize, usize)) {
        self.uses.truncate(uses);
        self.mappings.truncate(mappings);
        for diagnostic in &mut self.diagnostics[diagnostics..] {
            if diagnostic.severity == Severity::Error {
                diagnostic.demote(WarningCode::IgnoredValue);
                if !diagnostic.label.is_empty() {
                    diagnostic.label.push_str("; ");
                }
                diagnostic.label.push_str("ignored");
            }
        }
    }
}

/// What is known of an object while its members are checked.
struct Found {
    /// Whether the object can be used.
    fit: bool,
    /// Names that the object has no field for.
    strangers: Vec<String>,
    /// Fields that were there, but wrong.
    wrong: Vec<&'static str>,
}

/// An error at a place of the description.
fn error(place: &Place<'_>, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Origin::Spec, place.pointer(), message)
}

/// A warning at a place of the description.
fn warning(code: WarningCode, place: &Place<'_>, message: impl Into<String>) -> Diagnostic {
    Diagnostic::warning(code, Origin::Spec, place.pointer(), message)
}

#[cfg(test)]
mod tests;
