//! What an operation responds with: successes to its output, failures to its documentation.

use std::borrow::Cow;
use std::collections::HashMap;

use indexmap::IndexSet;
use openapiv3::{ReferenceOr, Response, StatusCode};
use serde_json::Value;

use crate::diagnostic::WarningCode;
use crate::model::{
    Docs, ErrorResponse, FailureTypes, Output, Parameter, ResponseContent, ResponseHeader,
    Statuses, Type,
};
use crate::names::Scope;
use crate::pointer::push;

use super::super::docs::summary_and_description;
use super::super::schema::{Primitive, SchemaRef};
use super::super::{Lowering, quoted};
use super::media::{Content, Kind, acceptable, essence, fingerprint, is_same_schema, json_of};
use super::output::output;
use super::redirects::{self, is_redirect};
use super::untyped_content::Becomes;
use super::{Found, failures};

/// A response in the document, references followed.
pub(super) struct Raw<'a> {
    pub(super) statuses: Statuses,
    pub(super) response: Cow<'a, Response>,
    pub(super) pointer: String,
}

/// What an operation responds with.
pub(super) struct Responses {
    pub output: Output,
    /// The value of the `Accept` header.
    pub accept: String,
    /// The redirects that are responses.
    pub redirects: Vec<u16>,
    pub headers: Vec<ResponseHeader>,
    pub errors: Vec<ErrorResponse>,
    pub failure_types: Option<FailureTypes>,
}

/// The responses that a call ends with and no error.
pub(super) struct SuccessResponses<'a> {
    raw: Vec<Raw<'a>>,
    pub(super) cases: Vec<Case>,
}

/// One of them.
pub(super) struct Case {
    pub(super) statuses: Statuses,
    /// What it may hold, told apart by `Content-Type`; nothing where it has no content.
    pub(super) alternatives: Vec<Alternative>,
    pub(super) docs: Docs,
}

/// One kind of content of a response.
#[derive(Clone)]
pub(super) struct Alternative {
    pub(super) content: ResponseContent,
    /// In lower case.
    pub(super) media_types: Vec<String>,
    /// Those of them to ask for, as the document writes them.
    pub(super) accept: Vec<String>,
}

pub(super) fn is_success(statuses: Statuses) -> bool {
    match statuses {
        Statuses::One(status) => (200..300).contains(&status),
        Statuses::Range(hundred) => hundred == 2,
        Statuses::Default => false,
    }
}

impl SuccessResponses<'_> {
    /// The type of the JSON or XML that all successes are, whatever else is described beside it.
    pub(super) fn page(&self) -> Option<Type> {
        let mut pages = self
            .cases
            .iter()
            .filter(|case| !is_redirect(case.statuses))
            .map(|case| match case.alternatives.first()?.content {
                ResponseContent::Json(ref ty) => Some((ty, None)),
                ResponseContent::Xml(ref ty, root) => Some((ty, Some(root))),
                _ => None,
            });
        let first = pages.next()??;
        let is_one = pages.all(|it| it == Some(first));
        is_one.then(|| first.0.clone())
    }
}

impl<'a> Lowering<'a> {
    /// The responses of an operation that are no errors: successes, and redirects that it documents.
    pub(super) fn success_responses(
        &mut self,
        found: &Found<'a>,
        parameters: &[Parameter],
    ) -> SuccessResponses<'a> {
        let raw = self.raw_responses(found);
        let has_success = raw.iter().any(|it| is_success(it.statuses));
        let mut cases: Vec<Case> = Vec::new();
        for it in &raw {
            let docs = self.docs_of_response(it);
            let alternatives = if is_success(it.statuses) {
                self.described(it)
            } else if is_redirect(it.statuses) {
                match self.redirection(it, has_success, parameters) {
                    Some(alternatives) => alternatives,
                    None => continue,
                }
            } else {
                continue;
            };
            cases.push(Case {
                statuses: it.statuses,
                alternatives,
                docs,
            });
        }
        // Where nothing else is said, `default` speaks of successes too.
        let default = raw.iter().find(|it| it.statuses == Statuses::Default);
        if let Some(default) = default.filter(|_| cases.is_empty()) {
            cases.push(Case {
                statuses: Statuses::Default,
                alternatives: self.described(default),
                docs: self.docs_of_response(default),
            });
        }
        SuccessResponses { raw, cases }
    }

    /// Leaves of the responses of a list what its pages are: JSON.
    pub(super) fn keep_pages_only(
        &mut self,
        successes: &mut SuccessResponses<'_>,
        found: &Found<'a>,
    ) {
        let mut dropped: Vec<String> = Vec::new();
        let mut pages = "JSON";
        successes.cases.retain(|case| {
            let is_redirect = is_redirect(case.statuses);
            if is_redirect {
                dropped.push(match case.statuses {
                    Statuses::One(status) => status.to_string(),
                    _ => "3XX".to_owned(),
                });
            }
            !is_redirect
        });
        for case in &mut successes.cases {
            if let Some(ResponseContent::Xml(..)) = case.alternatives.first().map(|it| &it.content)
            {
                pages = "XML";
            }
            let others = case.alternatives.iter().skip(1);
            dropped.extend(others.flat_map(|other| other.media_types.clone()));
            case.alternatives.truncate(1);
        }
        if !dropped.is_empty() {
            let message = format!(
                "pages are read only from {pages}, not from {}",
                quoted(dropped.iter().map(String::as_str))
            );
            self.warning(
                WarningCode::IgnoredMediaType,
                &push(&found.pointer, "responses"),
                message,
            );
        }
    }

    /// The output of a successful call, and what is said about the others.
    pub(super) fn responses(
        &mut self,
        successes: SuccessResponses<'a>,
        request: &str,
        items: &mut Scope,
    ) -> Responses {
        let failure = |statuses: Statuses| match statuses {
            Statuses::One(status) => status >= 400,
            Statuses::Range(hundred) => hundred >= 4,
            Statuses::Default => true,
        };
        let is_case = |it: &&Raw<'_>| {
            let mut cases = successes.cases.iter();
            cases.any(|case| case.statuses == it.statuses)
        };
        let described: Vec<&Raw<'_>> = successes.raw.iter().filter(is_case).collect();
        let headers = self.headers(&described);
        let alternatives = successes.cases.iter().flat_map(|case| &case.alternatives);
        let media_types = alternatives.flat_map(|it| &it.accept).map(String::as_str);
        let accept: IndexSet<&str> = media_types.collect();
        let mut accept: Vec<&str> = accept.into_iter().collect();
        if accept.is_empty() {
            accept.push("application/json");
        }
        let errors: Vec<ErrorResponse> = successes
            .raw
            .iter()
            .filter(|it| failure(it.statuses))
            .map(|it| {
                let (xml_type, xml) = self.typed_xml_error(it).unzip();
                ErrorResponse {
                    statuses: it.statuses,
                    ty: self.json_type(it).or(xml_type),
                    xml,
                    docs: self.docs_of_response(it),
                }
            })
            .collect();
        let failure_types = failures::by_status(&errors, request, items);
        Responses {
            accept: accept.join(", "),
            redirects: redirects::statuses(&successes.cases),
            output: output(successes.cases, request, items),
            headers,
            errors,
            failure_types,
        }
    }

    /// What a response says of itself: its summary (OpenAPI 3.2) and its description.
    fn docs_of_response(&self, raw: &Raw<'_>) -> Docs {
        let summary = self.document.value(&push(&raw.pointer, "summary"));
        let summary = summary.and_then(Value::as_str);
        let description = Some(raw.response.description.as_str());
        Docs::text(summary_and_description(summary, description))
    }

    /// All responses in the document's order, `default` last.
    pub(super) fn raw_responses(&mut self, found: &Found<'a>) -> Vec<Raw<'a>> {
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

    /// What a success may hold, told apart by `Content-Type`: what is best to work with first.
    fn described(&mut self, raw: &Raw<'_>) -> Vec<Alternative> {
        let mut contents = self.schemas.contents(&raw.response.content);
        let pointer = push(&raw.pointer, "content");
        for content in &contents {
            self.refuse_item_schema(content, &push(&pointer, content.media_type));
        }
        let is_event = |content: &Content<'_>| matches!(content.kind, Kind::Events(_));
        if !contents.iter().all(is_event) {
            contents.retain(|content| !is_event(content));
        }
        let mut alternatives: Vec<Alternative> = Vec::new();
        // Schemas of JSON, and where the content that they describe stands.
        let mut known: HashMap<u64, Vec<(Content<'_>, usize)>> = HashMap::new();
        let mut dropped: Vec<&str> = Vec::new();
        for content in contents {
            let alike = fingerprint(content.media);
            let same = known.get(&alike).and_then(|known| {
                let mut known = known.iter();
                let same = known.find(|(it, _)| is_same_schema(it.media, content.media));
                same.map(|&(_, index)| index)
            });
            let made = match (content.kind, same) {
                (Kind::Json, Some(index)) => {
                    let media_types = &mut alternatives[index].media_types;
                    media_types.push(name_of(content.media_type));
                    continue;
                }
                // The same value in another form: a string is one in either, and what else it is can
                // be read from JSON.
                (Kind::Text | Kind::Form, Some(index)) if content.media.schema.is_some() => {
                    if self.is_string(content) {
                        alternatives[index].be_string();
                        alternatives[index].add(content);
                    } else {
                        dropped.push(content.media_type);
                    }
                    continue;
                }
                // So can an object that has another form in bytes, such as protobuf. A string may be any bytes there.
                (Kind::Binary, Some(_)) if self.has_structure(&content) => {
                    dropped.push(content.media_type);
                    continue;
                }
                (Kind::Json, None) => {
                    let schema = content.media.schema.as_ref().map(SchemaRef::from);
                    let at = push(&push(&pointer, content.media_type), "schema");
                    let ty = self.content_type(schema, &at);
                    let is_range = essence(content.media_type).contains('*');
                    if is_range && self.is_string(content) {
                        ResponseContent::String(ty)
                    } else {
                        ResponseContent::Json(ty)
                    }
                }
                (Kind::Binary | Kind::Multipart, _) => ResponseContent::Bytes,
                (Kind::Text | Kind::Form | Kind::Events(_), _) => ResponseContent::Text,
            };
            let at = push(&pointer, content.media_type);
            let made = match content.kind {
                Kind::Json | Kind::Events(_) => made,
                _ => match self.typed_xml(&content, &at, Becomes::Response) {
                    Some((ty, root)) => ResponseContent::Xml(ty, root),
                    None => made,
                },
            };
            let index = alternatives.iter().position(|it| it.content == made);
            let index = index.unwrap_or_else(|| {
                alternatives.push(Alternative {
                    content: made,
                    media_types: Vec::new(),
                    accept: Vec::new(),
                });
                alternatives.len() - 1
            });
            alternatives[index].add(content);
            if content.kind == Kind::Json {
                known.entry(alike).or_default().push((content, index));
            }
        }
        self.unite_strings(&mut alternatives);
        if let Some(first) = alternatives.first().filter(|_| !dropped.is_empty()) {
            let message = format!(
                "responses are read as `{}`, not as {}",
                first.accept.join(", "),
                quoted(dropped)
            );
            self.warning(WarningCode::IgnoredMediaType, &pointer, message);
        }
        alternatives
    }

    /// Makes one of a string as JSON and a text: both are a string, in the form that `Content-Type`
    /// says.
    fn unite_strings(&self, alternatives: &mut Vec<Alternative>) {
        let is_text = |it: &Alternative| it.content == ResponseContent::Text;
        let Some(text) = alternatives.iter().position(is_text) else {
            return;
        };
        let json = alternatives.iter().position(|it| {
            matches!(&it.content, ResponseContent::Json(ty) | ResponseContent::String(ty)
                if self.types.behind_aliases(ty) == Type::String)
        });
        if let Some(json) = json {
            let Alternative {
                media_types,
                accept,
                ..
            } = alternatives[text].clone();
            alternatives[json].be_string();
            alternatives[json].media_types.extend(media_types);
            alternatives[json].accept.extend(accept);
            alternatives.remove(text);
        }
    }

    /// Whether content is a string, whichever form it comes in.
    fn is_string(&self, content: Content<'_>) -> bool {
        let schema = content.media.schema.as_ref();
        schema.is_some_and(|schema| self.schema_is(schema.into(), Primitive::String))
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

impl Alternative {
    /// Reads the type that it has as JSON from text as well.
    fn be_string(&mut self) {
        if let ResponseContent::Json(ty) = &self.content {
            self.content = ResponseContent::String(ty.clone());
        }
    }

    fn add(&mut self, content: Content<'_>) {
        let media_type = name_of(content.media_type);
        if self.media_types.contains(&media_type) {
            return;
        }
        self.media_types.push(media_type);
        // JSON is JSON by any name; of what is taken as it is, a server may have one and not another.
        if self.accept.is_empty() || !matches!(self.content, ResponseContent::Json(_)) {
            let is_range = essence(content.media_type).contains('*');
            let media_type = match self.content {
                // As text it will do as well.
                ResponseContent::String(_) if is_range => content.media_type.trim().to_owned(),
                _ => acceptable(content.media_type, content.kind),
            };
            if !self.accept.contains(&media_type) {
                self.accept.push(media_type);
            }
        }
    }
}

fn name_of(media_type: &str) -> String {
    media_type.trim().to_ascii_lowercase()
}
