//! What an operation answers: successes to its output, failures to its documentation.

use std::borrow::Cow;

use openapiv3::{ReferenceOr, Response, StatusCode};

use crate::diagnostic::push;
use crate::model::{
    AnswerContent, AnswerHeader, Docs, ErrorResponse, EventFormat, Events, FailureTypes, Output,
    OutputCase, Statuses, Type,
};
use crate::names::{Ident, Scope};

use super::super::schema::SchemaRef;
use super::super::{Lowering, quoted};
use super::media::{Content, Kind, acceptable, json_of};
use super::{Found, failures};

/// A response in the document, references followed.
pub(super) struct Raw<'a> {
    statuses: Statuses,
    pub(super) response: Cow<'a, Response>,
    pub(super) pointer: String,
}

/// What an operation answers.
pub(super) struct Responses {
    pub output: Output,
    /// The value of the `Accept` header.
    pub accept: String,
    pub headers: Vec<AnswerHeader>,
    pub errors: Vec<ErrorResponse>,
    pub failure_types: Option<FailureTypes>,
}

/// How a success is read.
#[derive(Default)]
struct Success {
    /// Nothing where it has no content.
    content: Option<AnswerContent>,
    /// The media types to ask for.
    accept: Vec<String>,
}

fn is_success(statuses: Statuses) -> bool {
    match statuses {
        Statuses::One(status) => (200..300).contains(&status),
        Statuses::Range(hundred) => hundred == 2,
        Statuses::Default => false,
    }
}

impl<'a> Lowering<'a> {
    /// The output of a successful call, and what is said about the others.
    pub(super) fn responses(
        &mut self,
        found: &Found<'a>,
        request: &Ident,
        items: &mut Scope,
    ) -> Responses {
        let raw = self.raw_responses(found);
        let failure = |statuses: Statuses| match statuses {
            Statuses::One(status) => status >= 400,
            Statuses::Range(hundred) => hundred >= 4,
            Statuses::Default => true,
        };
        let mut successes: Vec<&Raw<'_>> =
            raw.iter().filter(|it| is_success(it.statuses)).collect();
        if successes.is_empty() {
            // Where nothing else is said, `default` speaks of successes too.
            successes = raw
                .iter()
                .filter(|it| it.statuses == Statuses::Default)
                .collect();
        }
        let headers = self.headers(&successes);
        let mut accept: Vec<String> = Vec::new();
        let mut cases = Vec::with_capacity(successes.len());
        for it in successes {
            let success = self.success(it);
            for media_type in success.accept {
                if !accept.contains(&media_type) {
                    accept.push(media_type);
                }
            }
            let docs = Docs::text(it.response.description.clone());
            cases.push((it.statuses, success.content, docs));
        }
        if accept.is_empty() {
            accept.push("application/json".to_owned());
        }
        let errors: Vec<ErrorResponse> = raw
            .iter()
            .filter(|it| failure(it.statuses))
            .map(|it| ErrorResponse {
                statuses: it.statuses,
                ty: self.json_type(it),
                docs: Docs::text(it.response.description.clone()),
            })
            .collect();
        let failure_types = failures::by_type(&errors, request, items, |id| self.name_of_type(id));
        Responses {
            output: output(cases, request, items),
            accept: accept.join(", "),
            headers,
            errors,
            failure_types,
        }
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

    /// How a success is read, and the media types to ask for.
    fn success(&mut self, raw: &Raw<'_>) -> Success {
        let contents = self.contents(&raw.response.content);
        let is_event = |content: &Content<'_>| matches!(content.kind, Kind::Events(_));
        let Some(first) = contents
            .iter()
            .find(|content| !is_event(content))
            .or(contents.first())
            .copied()
        else {
            return Success::default();
        };
        let pointer = push(&raw.pointer, "content");
        // What is taken as it is can be any of its kind.
        let (read, others): (Vec<Content<'_>>, Vec<Content<'_>>) = contents
            .iter()
            .filter(|content| !is_event(content) || is_event(&first))
            .partition(|content| {
                content.media_type == first.media_type
                    || (content.kind == first.kind && first.kind != Kind::Json)
            });
        if !others.is_empty() {
            let others = quoted(others.iter().map(|content| content.media_type));
            let media_type = first.media_type;
            self.warning(
                &pointer,
                format!("answers are read as `{media_type}`, not as {others}"),
            );
        }
        let schema = first.media.schema.as_ref().map(SchemaRef::from);
        let at = push(&push(&pointer, first.media_type), "schema");
        Success {
            content: Some(match first.kind {
                Kind::Json => AnswerContent::Json(self.content_type(schema, &at)),
                Kind::Binary | Kind::Multipart => AnswerContent::Bytes,
                Kind::Text | Kind::Form | Kind::Events(_) => AnswerContent::Text,
            }),
            accept: read
                .iter()
                .map(|content| acceptable(content.media_type, content.kind))
                .collect(),
        }
    }

    /// The stream of events that an operation can answer with.
    pub(super) fn events(&mut self, found: &Found<'a>) -> Option<Events> {
        let raw = self.raw_responses(found);
        let successes = raw.iter().filter(|it| is_success(it.statuses));
        for success in successes {
            for content in self.contents(&success.response.content) {
                let Kind::Events(format) = content.kind else {
                    continue;
                };
                let pointer = push(&success.pointer, "content");
                let at = push(&push(&pointer, content.media_type), "schema");
                return Some(Events {
                    format,
                    item: self.event_content(content, &at, format),
                    accept: content.media_type.trim().to_owned(),
                    switch: None,
                });
            }
        }
        None
    }

    /// What an event holds. A list in the place of a stream is of its events; of server-sent ones
    /// that nothing says more about, the data is text.
    fn event_content(
        &mut self,
        content: Content<'_>,
        at: &str,
        format: EventFormat,
    ) -> AnswerContent {
        let schema = content.media.schema.as_ref().map(SchemaRef::from);
        let ty = self.content_type(schema, at);
        let ty = match self.behind_aliases(&ty) {
            Type::Array(item) => *item,
            _ => ty,
        };
        match (self.behind_aliases(&ty), format) {
            (Type::String, EventFormat::ServerSent) => AnswerContent::Text,
            (Type::Value, EventFormat::ServerSent) if schema.is_none() => AnswerContent::Text,
            (Type::String, EventFormat::Lines) => AnswerContent::Json(Type::Value),
            _ => AnswerContent::Json(ty),
        }
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

/// One kind of content, JSON or nothing, or an enum of several.
fn output(
    cases: Vec<(Statuses, Option<AnswerContent>, Docs)>,
    request: &Ident,
    items: &mut Scope,
) -> Output {
    let mut contents: Vec<&AnswerContent> = Vec::new();
    for content in cases.iter().filter_map(|(_, content, _)| content.as_ref()) {
        if !contents.contains(&content) {
            contents.push(content);
        }
    }
    let empty = cases.iter().any(|(_, content, _)| content.is_none());
    match contents.as_slice() {
        [] => Output::None,
        [AnswerContent::Json(only)] if empty => Output::Maybe(only.clone()),
        [AnswerContent::Json(only)] => Output::Json(only.clone()),
        // No content is no bytes and an empty text.
        [AnswerContent::Text] => Output::Text,
        [AnswerContent::Bytes] => Output::Bytes,
        _ => {
            let name = items.name(&[&format!("{request}Output")], "Output");
            let mut scope = Scope::new(&[]);
            let cases = cases
                .into_iter()
                .map(|(statuses, content, docs)| {
                    let wanted = match statuses {
                        Statuses::One(status) => status_word(status),
                        _ => "Other".to_owned(),
                    };
                    OutputCase {
                        name: scope.name(&[&wanted], "Other"),
                        statuses,
                        content,
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
