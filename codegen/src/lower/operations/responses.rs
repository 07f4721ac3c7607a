//! What an operation answers: successes to its output, failures to its documentation.

use std::borrow::Cow;

use indexmap::IndexMap;
use openapiv3::{Example, MediaType, ReferenceOr, Response, StatusCode};
use serde_json::Value;

use crate::diagnostic::push;
use crate::model::{Docs, ErrorResponse, Output, OutputCase, Statuses, Type};
use crate::names::{Ident, Scope};

use super::super::{Lowering, quoted};
use super::Found;

/// A response in the document, references followed.
struct Raw<'a> {
    statuses: Statuses,
    response: Cow<'a, Response>,
    pointer: String,
}

impl<'a> Lowering<'a> {
    /// The output of a successful call, and what is said about the others.
    pub(super) fn responses(
        &mut self,
        found: &Found<'a>,
        request: &Ident,
        items: &mut Scope,
    ) -> (Output, Vec<ErrorResponse>) {
        let raw = self.raw_responses(found);
        let success = |statuses: Statuses| match statuses {
            Statuses::One(status) => (200..300).contains(&status),
            Statuses::Range(hundred) => hundred == 2,
            Statuses::Default => false,
        };
        let failure = |statuses: Statuses| match statuses {
            Statuses::One(status) => status >= 400,
            Statuses::Range(hundred) => hundred >= 4,
            Statuses::Default => true,
        };
        let mut successes: Vec<&Raw<'_>> = raw.iter().filter(|it| success(it.statuses)).collect();
        if successes.is_empty() {
            // Where nothing else is said, `default` speaks of successes too.
            successes = raw
                .iter()
                .filter(|it| it.statuses == Statuses::Default)
                .collect();
        }
        let cases: Vec<(Statuses, Option<Type>, Docs)> = successes
            .iter()
            .map(|it| {
                let ty = self.success_type(it);
                (it.statuses, ty, Docs::text(it.response.description.clone()))
            })
            .collect();
        let errors = raw
            .iter()
            .filter(|it| failure(it.statuses))
            .map(|it| ErrorResponse {
                statuses: it.statuses,
                ty: self.json_type(it),
                docs: Docs::text(it.response.description.clone()),
            })
            .collect();
        (output(cases, request, items), errors)
    }

    /// The media type to ask for: that of the first success that is JSON.
    pub(super) fn accept(&mut self, found: &Found<'a>) -> String {
        let raw = self.raw_responses(found);
        let success = raw.iter().find_map(|it| {
            let (media_type, _) = json_of(&it.response.content)?;
            matches!(it.statuses, Statuses::One(200..=299) | Statuses::Range(2))
                .then(|| sendable(media_type))
        });
        success.unwrap_or_else(|| JSON.to_owned())
    }

    /// All responses in the document's order, `default` last.
    fn raw_responses(&mut self, found: &Found<'a>) -> Vec<Raw<'a>> {
        let responses = &found.operation.responses;
        let base = push(&found.pointer, "responses");
        let numbered = responses
            .responses
            .iter()
            .map(|(status, response)| match status {
                StatusCode::Code(code) => (Statuses::One(*code), code.to_string(), response),
                StatusCode::Range(range) => {
                    (Statuses::Range(*range), format!("{range}XX"), response)
                }
            });
        let default = responses
            .default
            .iter()
            .map(|response| (Statuses::Default, "default".to_owned(), response));
        numbered
            .chain(default)
            .filter_map(|(statuses, key, response)| {
                let (pointer, response) = match response {
                    ReferenceOr::Item(item) => (push(&base, &key), Cow::Owned(item.clone())),
                    ReferenceOr::Reference { reference } => self.document.response(reference)?,
                };
                Some(Raw {
                    statuses,
                    response,
                    pointer,
                })
            })
            .collect()
    }

    fn success_type(&mut self, raw: &Raw<'_>) -> Option<Type> {
        let content = &raw.response.content;
        if content.is_empty() {
            return None;
        }
        let at = push(&raw.pointer, "content");
        match json_of(content) {
            Some((media_type, _)) if content.len() > 1 => {
                let others = quoted(
                    content
                        .keys()
                        .map(String::as_str)
                        .filter(|key| *key != media_type),
                );
                self.warning(
                    &at,
                    format!("answers are read as `{media_type}`, not as {others}"),
                );
            }
            Some(_) => {}
            None => {
                let kinds = quoted(content.keys().map(String::as_str));
                let error = self.error(&at, format!("the answer is no JSON but {kinds}"));
                "this is not supported yet".clone_into(&mut error.label);
                error.help =
                    Some("skip the operation in sdk.toml, or describe a JSON answer".into());
            }
        }
        self.json_type(raw)
    }

    fn json_type(&mut self, raw: &Raw<'_>) -> Option<Type> {
        let (media_type, media) = json_of(&raw.response.content)?;
        let at = push(&push(&push(&raw.pointer, "content"), media_type), "schema");
        Some(match &media.schema {
            Some(schema) => self.item_type(schema.into(), &at),
            None => Type::Value,
        })
    }
}

/// The first of named examples that holds a value.
pub(super) fn first_example(examples: &IndexMap<String, ReferenceOr<Example>>) -> Option<Value> {
    examples.values().find_map(|example| match example {
        ReferenceOr::Item(example) => example.value.clone(),
        ReferenceOr::Reference { .. } => None,
    })
}

/// The media type that nearly all JSON goes by.
const JSON: &str = "application/json";

/// A media type as it can be sent: one that stands for several is sent as plain JSON.
pub(super) fn sendable(media_type: &str) -> String {
    let plain = media_type.contains('*') || essence(media_type) == JSON;
    if plain {
        JSON.to_owned()
    } else {
        media_type.trim().to_owned()
    }
}

/// A media type without its parameters (RFC 9110 section 8.3.1).
fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// The JSON among media types (RFC 6839 section 3.1 for `+json`), a plain one first. `*/*` is
/// JSON in all documents that write it beside a schema.
pub(super) fn json_of(content: &IndexMap<String, MediaType>) -> Option<(&str, &MediaType)> {
    let find = |wanted: &dyn Fn(&str) -> bool| {
        content
            .iter()
            .find(|(key, _)| wanted(&essence(key)))
            .map(|(key, media)| (key.as_str(), media))
    };
    find(&|essence| essence == JSON)
        .or_else(|| find(&|essence| essence.ends_with("+json")))
        .or_else(|| find(&|essence| essence == "*/*" || essence == "application/*"))
}

/// One type, one type or nothing, or an enum of several.
fn output(
    cases: Vec<(Statuses, Option<Type>, Docs)>,
    request: &Ident,
    items: &mut Scope,
) -> Output {
    let mut types: Vec<&Type> = Vec::new();
    for ty in cases.iter().filter_map(|(_, ty, _)| ty.as_ref()) {
        if !types.contains(&ty) {
            types.push(ty);
        }
    }
    let empty = cases.iter().any(|(_, ty, _)| ty.is_none());
    match types.as_slice() {
        [] => Output::None,
        [only] if empty => Output::Maybe((*only).clone()),
        [only] => Output::Json((*only).clone()),
        _ => {
            let name = items.name(&[&format!("{request}Output")], "Output");
            let mut scope = Scope::new(&[]);
            let cases = cases
                .into_iter()
                .map(|(statuses, ty, docs)| {
                    let wanted = match statuses {
                        Statuses::One(status) => status_word(status),
                        _ => "Other".to_owned(),
                    };
                    OutputCase {
                        name: scope.name(&[&wanted], "Other"),
                        statuses,
                        ty,
                        docs,
                    }
                })
                .collect();
            Output::Several { name, cases }
        }
    }
}

/// The name of a status (RFC 9110 section 15.3).
fn status_word(status: u16) -> String {
    match status {
        200 => "Ok".to_owned(),
        201 => "Created".to_owned(),
        202 => "Accepted".to_owned(),
        203 => "NonAuthoritative".to_owned(),
        204 => "NoContent".to_owned(),
        205 => "ResetContent".to_owned(),
        206 => "PartialContent".to_owned(),
        207 => "MultiStatus".to_owned(),
        other => format!("Status{other}"),
    }
}
