//! Bodies of requests and responses, compared with their types.

use serde_json::{Map, Value};

use crate::model::{Api, EventFormat, Operation, Output, ResponseContent, Statuses, Type};

use super::compare::{Deviation, What, compare};
use super::exchange::{RecordedBody, is_json, pairs};
use super::finding::{DeviationKind, Findings, Found};
use super::inferred::Inferred;
use super::places::Places;
use super::secrets::Secrets;

/// What the comparison of an exchange needs.
pub(super) struct Scene<'a> {
    pub(super) api: &'a Api,
    pub(super) places: Places<'a>,
    pub(super) operation: &'a Operation,
    pub(super) secrets: &'a Secrets,
    /// What reports call the exchange.
    pub(super) exchange: &'a str,
    pub(super) findings: &'a mut Findings,
}

/// A body that is compared: its name in messages, and the place of its schema.
#[derive(Clone, Copy)]
pub(super) struct Body<'b> {
    pub(super) name: &'b str,
    pub(super) place: &'b str,
}

impl Scene<'_> {
    /// Compares JSON with a type.
    pub(super) fn json(&mut self, ty: &Type, value: &Value, body: Body<'_>) {
        let api = self.api;
        compare(api, ty, value, &mut |deviation| {
            self.deviation(deviation, body);
        });
    }

    /// The JSON of a body, or the deviation that it is none.
    pub(super) fn parsed(&mut self, text: &str, body: Body<'_>) -> Option<Value> {
        let parsed = serde_json::from_str(text);
        if let Err(error) = &parsed {
            // The message of a syntax error has no part of the text.
            let (line, column) = (error.line(), error.column());
            let message = format!(
                "{} is not valid JSON (line {line}, column {column})",
                body.name
            );
            let key = (
                DeviationKind::InvalidBody,
                body.place.to_owned(),
                String::new(),
            );
            self.findings
                .note(key, self.exchange, || Found::new(message));
        }
        parsed.ok()
    }

    /// Compares a form with the fields of a type.
    pub(super) fn form(&mut self, ty: &Type, text: &str, body: Body<'_>) {
        let Type::Named(id) = self.api.resolve(ty) else {
            return;
        };
        let definition = self.api.type_def(*id);
        let crate::model::Shape::Struct(shape) = &definition.shape else {
            return;
        };
        let mut members = Map::new();
        for (name, value) in pairs(text) {
            // `tags[]`, `filter[name]` and `a.b` are parts of one field.
            let name = name.split('[').next().unwrap_or_default().to_owned();
            members.insert(name, value.into());
        }
        let value = Value::Object(members);
        for field in shape.fields.iter().filter(|it| it.required) {
            if value.get(&field.wire).is_none() {
                let what = What::Missing(&field.wire, &value);
                self.deviation(of_body(what, definition), body);
            }
        }
        for (name, member) in value.as_object().into_iter().flatten() {
            let is_known = shape.fields.iter().any(|it| it.wire == *name);
            if !is_known && shape.rest.is_none() && !shape.left_out.contains(name) {
                self.deviation(of_body(What::UnknownField(name, member), definition), body);
            }
        }
    }

    /// Compares events with their type.
    pub(super) fn events(&mut self, format: EventFormat, ty: &Type, text: &str, body: Body<'_>) {
        let parts: Vec<String> = match format {
            EventFormat::Lines => text.lines().map(str::to_owned).collect(),
            EventFormat::Sequence => text.split('\u{1e}').map(str::to_owned).collect(),
            EventFormat::ServerSent => {
                let text = text.replace("\r\n", "\n");
                let data = |event: &str| {
                    let lines = event.lines().filter_map(|it| it.strip_prefix("data:"));
                    lines.map(str::trim_start).collect::<Vec<_>>().join("\n")
                };
                text.split("\n\n").map(data).collect()
            }
            EventFormat::Parts => contents_of_parts(text),
        };
        for part in parts.iter().filter(|it| !it.trim().is_empty()) {
            // Streams have ends and comments that are no JSON, and recordings of them end anywhere.
            if let Ok(value) = serde_json::from_str(part) {
                self.json(ty, &value, body);
            }
        }
    }
}

/// The contents of the parts of a `multipart` body, whose first line is its delimiter (RFC 2046 section 5.1.1).
fn contents_of_parts(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n");
    let Some(delimiter) = text.lines().find(|line| line.starts_with("--")) else {
        return Vec::new();
    };
    let parts = text.split(delimiter).skip(1);
    let contents = parts.filter_map(|part| part.split_once("\n\n"));
    contents.map(|(_, content)| content.to_owned()).collect()
}

fn of_body<'a>(what: What<'a>, owner: &'a crate::model::TypeDef) -> Deviation<'a> {
    Deviation {
        what,
        path: None,
        owner: Some(owner),
    }
}

/// What a response with a status and a media type is read as.
pub(super) enum Expected<'a> {
    Json(&'a Type),
    /// JSON or text, by the media type.
    String(&'a Type),
    /// Nothing that has a type.
    Untyped,
}

/// What the crate reads the response of an operation as.
pub(super) fn expected<'a>(operation: &'a Operation, status: u16, essence: &str) -> Expected<'a> {
    if !(200..300).contains(&status) {
        let fitting = operation
            .errors
            .iter()
            .filter(|it| has(it.statuses, status));
        let best = fitting.max_by_key(|it| precision(it.statuses));
        return match best.and_then(|it| it.ty.as_ref()) {
            Some(ty) => Expected::Json(ty),
            None => Expected::Untyped,
        };
    }
    match &operation.output {
        Output::Json(ty) | Output::Maybe(ty) => Expected::Json(ty),
        Output::String(ty) => Expected::String(ty),
        // Recorded XML isn't compared, but counted.
        Output::Xml(..) | Output::None | Output::Text | Output::Bytes | Output::Redirection => {
            Expected::Untyped
        }
        Output::Several { cases, .. } => {
            let fitting = cases.iter().filter(|it| has(it.statuses, status));
            let best = fitting.max_by_key(|it| {
                let named = it.media_types.iter().any(|own| is_of(own, essence));
                (named || it.media_types.is_empty(), precision(it.statuses))
            });
            match best.and_then(|it| it.content.as_ref()) {
                Some(ResponseContent::Json(ty)) => Expected::Json(ty),
                Some(ResponseContent::String(ty)) => Expected::String(ty),
                _ => Expected::Untyped,
            }
        }
    }
}

/// Whether a key of the Responses Object is one for a status.
fn has(statuses: Statuses, status: u16) -> bool {
    match statuses {
        Statuses::One(own) => own == status,
        Statuses::Range(first) => status / 100 == first,
        Statuses::Default => true,
    }
}

fn precision(statuses: Statuses) -> u8 {
    match statuses {
        Statuses::One(_) => 2,
        Statuses::Range(_) => 1,
        Statuses::Default => 0,
    }
}

/// Whether a media type is one that a key of `content` describes.
pub(super) fn is_of(key: &str, essence: &str) -> bool {
    let key = super::exchange::essence(key);
    match key.strip_suffix("/*") {
        Some("*") => true,
        Some(kind) => essence.split('/').next() == Some(kind),
        None => key == essence,
    }
}

/// Whether a body has something to be compared.
pub(super) fn has_text(body: &RecordedBody) -> bool {
    !body.text.trim().is_empty()
}

/// What is known of the JSON of a body that isn't described.
pub(super) fn unknown(body: &RecordedBody) -> Option<Value> {
    let is_read = is_json(&body.essence());
    is_read.then(|| serde_json::from_str(&body.text).ok())?
}

/// The schema of a body that isn't described: any value, or that of JSON.
pub(super) fn schema_of(inferred: Option<&Inferred>, media: &str, is_3_0: bool) -> Value {
    match inferred {
        Some(inferred) => inferred.schema(is_3_0),
        None if media.starts_with("text/") => serde_json::json!({"type": "string"}),
        None if is_json(media) => serde_json::json!({}),
        None => serde_json::json!({"type": "string", "format": "binary"}),
    }
}
