//! A deviation in a body: its place, what is reported of it, and what it says about the description.

use serde_json::Value;

use super::bodies::{Body, Scene};
use super::compare::{Deviation, What, kind_of};
use super::finding::{DeviationKind, Evidence, Found};
use super::places::{Path, Step};
use super::secrets::{Secrets, is_secret_name, redacted};

/// A deviation with its kind, its pointer, and the name or the value that it is about.
struct Noted {
    kind: DeviationKind,
    pointer: String,
    about: String,
    found: Found,
}

impl Scene<'_> {
    /// Notes a deviation.
    pub(super) fn deviation(&mut self, deviation: Deviation<'_>, body: Body<'_>) {
        let at = self.places.place(body.place, deviation.path);
        let schema = self.places.follow(at.clone());
        let noted = match deviation.what {
            What::Missing(field, value) => self.missing(deviation, (field, value), schema, body),
            What::Null => Self::null(deviation, at, body),
            What::UnknownField(field, value) => {
                self.unknown_field(deviation, (field, value), schema, body)
            }
            What::UnknownValue(value) => self.unknown_value(deviation, value, schema, body),
            What::UnknownVariant(value, tag) => {
                self.unknown_variant(deviation, (value, tag), schema, body)
            }
            What::WrongType(wanted, value) => self.wrong_type(deviation, (wanted, value), at, body),
        };
        let key = (noted.kind, noted.pointer, noted.about);
        let evidence = self.findings.note(key, self.exchange, || noted.found);
        if let Some(evidence) = evidence {
            learn(evidence, deviation.what, self.secrets);
        }
    }

    fn clean(&self, value: &Value) -> Value {
        redacted(self.api, None, value, self.secrets)
    }

    fn missing(
        &self,
        deviation: Deviation<'_>,
        (field, value): (&str, &Value),
        schema: String,
        body: Body<'_>,
    ) -> Noted {
        let (owner, name) = (owner(deviation), body.name);
        let mut owners = self.places.requiring(&schema, field);
        if let Some(definition) = deviation.owner.filter(|_| owners.is_empty()) {
            owners = self.places.requiring(&definition.pointer, field);
        }
        let message = format!("the required field `{field}` of `{owner}` is missing in {name}");
        let mut found = Found::new(message).at_key().example(&self.clean(value));
        let first = owners.first().cloned();
        found.evidence.owners = owners;
        let place = self.places.property(&schema, field).or(first);
        Noted {
            kind: DeviationKind::MissingField,
            pointer: place.unwrap_or(schema),
            about: field.to_owned(),
            found,
        }
    }

    fn null(deviation: Deviation<'_>, at: String, body: Body<'_>) -> Noted {
        let (subject, name) = (subject(deviation.path), body.name);
        let message = format!("{subject} is `null` in {name}, and isn't nullable");
        Noted {
            kind: DeviationKind::NullValue,
            pointer: at,
            about: String::new(),
            found: Found::new(message).at_key(),
        }
    }

    fn unknown_field(
        &self,
        deviation: Deviation<'_>,
        (field, value): (&str, &Value),
        schema: String,
        body: Body<'_>,
    ) -> Noted {
        let (owner, name) = (owner(deviation), body.name);
        let shown = self.secrets.shown(field).to_owned();
        let message = format!("`{owner}` has no field `{shown}`, which is in {name}");
        let is_secret = is_secret_name(field) && value.is_string();
        let example = if is_secret {
            Value::from(super::secrets::REDACTED)
        } else {
            self.clean(value)
        };
        Noted {
            kind: DeviationKind::UnknownField,
            pointer: schema,
            about: shown,
            found: Found::new(message).example(&example),
        }
    }

    fn unknown_value(
        &self,
        deviation: Deviation<'_>,
        value: &Value,
        schema: String,
        body: Body<'_>,
    ) -> Noted {
        let is_secret = field_name(deviation.path).is_some_and(is_secret_name);
        let shown = shown_value(value, self.secrets).filter(|_| !is_secret);
        let text = match &shown {
            Some(value) => format!("`{value}`"),
            None => "a value that is not shown".to_owned(),
        };
        let (subject, name) = (subject(deviation.path), body.name);
        let message = format!("{subject} is {text} in {name}, which isn't one of its values");
        let mut found = Found::new(message).at_key();
        found.evidence.value.clone_from(&shown);
        Noted {
            kind: DeviationKind::UnknownValue,
            pointer: self.places.keyword(&schema, "enum").unwrap_or(schema),
            about: shown.map(|it| it.to_string()).unwrap_or_default(),
            found,
        }
    }

    fn unknown_variant(
        &self,
        deviation: Deviation<'_>,
        (value, tag): (&Value, Option<(&str, &Value)>),
        schema: String,
        body: Body<'_>,
    ) -> Noted {
        let shown = tag.and_then(|(name, value)| Some((name, shown_value(value, self.secrets)?)));
        let text = match (&shown, tag) {
            (Some((tag, value)), _) => format!("has the `{tag}` `{value}`"),
            (None, Some((tag, _))) => format!("has a `{tag}` that is not shown"),
            (None, None) => format!("is {}", kind_of(value)),
        };
        let (subject, name) = (subject(deviation.path), body.name);
        let message = format!("{subject} {text} in {name}, which no variant has");
        let mut found = Found::new(message).example(&self.clean(value));
        found.evidence.tag = tag.map(|(name, _)| name.to_owned());
        let about = match &shown {
            Some((_, value)) => value.to_string(),
            None => kind_of(value).to_owned(),
        };
        found.evidence.value = shown.map(|(_, value)| value);
        Noted {
            kind: DeviationKind::UnknownVariant,
            pointer: schema,
            about,
            found,
        }
    }

    fn wrong_type(
        &self,
        deviation: Deviation<'_>,
        (wanted, value): (&str, &Value),
        at: String,
        body: Body<'_>,
    ) -> Noted {
        let (subject, name, kind) = (subject(deviation.path), body.name, kind_of(value));
        let message = if kind == wanted {
            format!("{subject} is out of the range of {wanted} in {name}")
        } else {
            format!("{subject} is {kind} in {name}, and described as {wanted}")
        };
        Noted {
            kind: DeviationKind::WrongType,
            pointer: at,
            about: kind.to_owned(),
            found: Found::new(message).at_key().example(&self.clean(value)),
        }
    }
}

/// The type that has the field.
fn owner(deviation: Deviation<'_>) -> &str {
    deviation.owner.map_or("the object", |it| it.name.as_str())
}

/// Adds what a value says to what is known.
fn learn(evidence: &mut Evidence, what: What<'_>, secrets: &Secrets) {
    match what {
        What::UnknownField(_, value)
        | What::UnknownVariant(value, _)
        | What::WrongType(_, value) => {
            evidence.schema.add(value, secrets);
        }
        What::Missing(..) | What::Null | What::UnknownValue(_) => {}
    }
}

/// The value of an enum, if it may be shown.
fn shown_value(value: &Value, secrets: &Secrets) -> Option<Value> {
    const LARGEST: i64 = 99_999;
    let is_shown = match value {
        Value::String(text) => secrets.allow(text),
        Value::Number(number) => number.as_i64().is_some_and(|it| it.abs() <= LARGEST),
        Value::Bool(_) => true,
        _ => false,
    };
    is_shown.then(|| value.clone())
}

/// The name of the field that a path leads to.
fn field_name<'a>(path: Option<&Path<'a>>) -> Option<&'a str> {
    match path?.step {
        Step::Field(name, _) => Some(name),
        _ => None,
    }
}

/// What messages call the value that a path leads to.
fn subject(path: Option<&Path<'_>>) -> String {
    let Some(path) = path else {
        return "the body".to_owned();
    };
    match path.step {
        Step::Field(name, owner) => format!("`{name}` of `{}`", owner.name.as_str()),
        Step::Variant(definition) => format!("`{}`", definition.name.as_str()),
        Step::Item => format!("an item of {}", subject(path.before)),
        Step::Value => format!("a member of {}", subject(path.before)),
    }
}
