//! Media types: which of them is sent and read in which way.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr, Schema};
use serde_json::Value;

use crate::model::EventFormat;

use super::super::schema::{Form, Primitive, SchemaRef, branches_of};
use super::super::schemas::Schemas;
use super::multipart::FORM_DATA;

/// The media type that nearly all JSON goes by.
const JSON: &str = "application/json";

/// The ways in which content is sent and read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// JSON, or anything with a structured syntax suffix that says so (RFC 6839, 3.1).
    Json,
    /// `application/x-www-form-urlencoded`
    Form,
    /// `multipart/form-data`, or another kind of `multipart` whose parts have names.
    Multipart,
    /// A stream of events.
    Events(EventFormat),
    /// Text.
    Text,
    /// Anything else, as it is.
    Binary,
}

/// Content of one media type.
#[derive(Clone, Copy)]
pub(super) struct Content<'c> {
    /// As the document writes it.
    pub media_type: &'c str,
    pub media: &'c MediaType,
    pub kind: Kind,
}

/// What a schema says about bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bytes {
    /// It is bytes.
    One,
    /// It is a list of bytes.
    Many,
}

impl Schemas<'_> {
    /// All content of a body or a response, what is best to work with first: JSON, and else the
    /// document's order, save that what means any media type comes last.
    pub(super) fn contents<'c>(
        &self,
        content: &'c IndexMap<String, MediaType>,
    ) -> Vec<Content<'c>> {
        let mut contents: Vec<Content<'c>> = content
            .iter()
            .map(|(media_type, media)| Content {
                media_type,
                media,
                kind: self.media_kind(media_type, media),
            })
            .collect();
        contents.sort_by_key(|content| {
            let essence = essence(content.media_type);
            match content.kind {
                Kind::Json if essence == JSON => 0,
                Kind::Json if !essence.contains('*') => 1,
                Kind::Json => 2,
                _ if !essence.contains('*') => 3,
                _ => 4,
            }
        });
        contents
    }

    fn media_kind(&self, media_type: &str, media: &MediaType) -> Kind {
        let essence = essence(media_type);
        let schema = media.schema.as_ref().map(SchemaRef::from);
        // Files are parts of a form, whatever is said of the whole.
        if essence != FORM_DATA && schema.is_some_and(|schema| self.is_bytes(schema)) {
            return Kind::Binary;
        }
        match essence.as_str() {
            JSON | "text/json" | "json" => Kind::Json,
            "application/x-www-form-urlencoded" => Kind::Form,
            FORM_DATA => Kind::Multipart,
            "text/event-stream" => Kind::Events(EventFormat::ServerSent),
            "application/x-ndjson"
            | "application/ndjson"
            | "application/jsonl"
            | "application/x-jsonl"
            | "application/json-lines"
            | "application/x-json-stream"
            | "application/stream+json" => Kind::Events(EventFormat::Lines),
            "application/json-seq" => Kind::Events(EventFormat::Sequence),
            other if other.ends_with("+json-seq") => Kind::Events(EventFormat::Sequence),
            other if other.starts_with("multipart/") && self.has_properties(media) => {
                Kind::Multipart
            }
            // In documents that write it beside a schema that says something it is JSON.
            other if is_any(other) => match schema {
                Some(schema) if !self.says_nothing(schema) => Kind::Json,
                _ => Kind::Binary,
            },
            other if other.ends_with("+json") => Kind::Json,
            other if is_text(other) => Kind::Text,
            _ => Kind::Binary,
        }
    }

    /// Whether content is described as an object with named members.
    fn has_properties(&self, media: &MediaType) -> bool {
        let mut found = false;
        if let Some(schema) = &media.schema {
            self.for_properties(schema.into(), &mut |_, _| found = true);
        }
        found
    }

    /// Whether a schema is of bytes: a string of format `binary` (OpenAPI 3.0.3, "Considerations
    /// for File Uploads"), or something that can be one.
    pub(super) fn bytes_in(&self, schema: SchemaRef<'_>) -> Option<Bytes> {
        self.bytes_below(schema, &mut HashSet::new())
    }

    /// Looks into each reference once: they may lead in circles.
    fn bytes_below(&self, schema: SchemaRef<'_>, seen: &mut HashSet<String>) -> Option<Bytes> {
        let item = self.followed_once(schema, seen)?;
        let form = Form::of(&item);
        if is_binary(&form) {
            return Some(Bytes::One);
        }
        if form.primitive == Some(Primitive::Array) {
            return self.bytes_below(form.items?, seen).map(|_| Bytes::Many);
        }
        let members = form.all_of.iter().chain(form.one_of).chain(form.any_of);
        let mut members = members.filter_map(|member| self.bytes_below(member.into(), seen));
        members.next()
    }

    /// Whether a schema is of bytes and of nothing else, by its own word or by that of the one
    /// schema that it is another name for.
    fn is_bytes(&self, schema: SchemaRef<'_>) -> bool {
        let Some(item) = self.schema_behind(schema) else {
            return false;
        };
        let form = Form::of(&item);
        match form.all_of {
            [ReferenceOr::Reference { reference }] => {
                let target = self.schema_behind(SchemaRef::Reference(reference));
                target.is_some_and(|target| is_binary(&Form::of(&target)))
            }
            _ => is_binary(&form),
        }
    }

    /// Whether a schema allows anything, and so says nothing of what comes.
    pub(super) fn says_nothing(&self, schema: SchemaRef<'_>) -> bool {
        let found = self.schema_behind(schema);
        found.is_some_and(|schema| Form::of(&schema).is_annotation())
    }

    /// Shows all properties of a schema, those of `allOf` among them.
    pub(super) fn for_properties(
        &self,
        schema: SchemaRef<'_>,
        show: &mut dyn FnMut(&str, SchemaRef<'_>),
    ) {
        self.properties_below(schema, &mut HashSet::new(), show);
    }

    fn properties_below(
        &self,
        schema: SchemaRef<'_>,
        seen: &mut HashSet<String>,
        show: &mut dyn FnMut(&str, SchemaRef<'_>),
    ) {
        let Some(item) = self.followed_once(schema, seen) else {
            return;
        };
        let form = Form::of(&item);
        for member in form.all_of {
            self.properties_below(member.into(), seen, show);
        }
        for (wire, property) in form.properties.into_iter().flatten() {
            show(wire, property.into());
        }
        for (_, branch) in branches_of(&item) {
            self.properties_below((&branch).into(), seen, show);
        }
    }

    /// The schema behind a reference, unless that was followed before.
    pub(super) fn followed_once<'s>(
        &'s self,
        schema: SchemaRef<'s>,
        seen: &mut HashSet<String>,
    ) -> Option<Cow<'s, Schema>> {
        match schema {
            SchemaRef::Reference(reference) if !seen.insert(reference.to_owned()) => None,
            _ => self.schema_behind(schema),
        }
    }

    /// The schema behind a reference.
    pub(super) fn schema_behind<'s>(&'s self, schema: SchemaRef<'s>) -> Option<Cow<'s, Schema>> {
        match schema {
            SchemaRef::Item(item) => Some(Cow::Borrowed(item)),
            SchemaRef::Reference(reference) => {
                self.document.schema(reference).map(|(_, schema)| schema)
            }
        }
    }
}

pub(super) fn is_binary(form: &Form<'_>) -> bool {
    matches!(form.primitive, None | Some(Primitive::String))
        && matches!(form.format.as_deref(), Some("binary" | "file"))
}

/// The media type to send where the document gives one or a range of them.
pub(super) fn sendable(media_type: &str, kind: Kind) -> String {
    let essence = essence(media_type);
    let is_range = essence.contains(['*', ',']) || !essence.contains('/');
    match kind {
        Kind::Json if is_range || essence == JSON => JSON.to_owned(),
        Kind::Text if is_range => "text/plain".to_owned(),
        // The parameters, a boundary among them, are the client's.
        Kind::Multipart if is_range => FORM_DATA.to_owned(),
        Kind::Multipart => essence,
        _ if is_range => "application/octet-stream".to_owned(),
        _ => media_type.trim().to_owned(),
    }
}

/// The media type to ask for; a range is one that can be asked for, save for JSON.
pub(super) fn acceptable(media_type: &str, kind: Kind) -> String {
    match kind {
        Kind::Json => sendable(media_type, kind),
        _ => media_type.trim().to_owned(),
    }
}

/// The JSON among the content of an error.
pub(in super::super) fn json_of(
    content: &IndexMap<String, MediaType>,
) -> Option<(&str, &MediaType)> {
    let find = |wanted: &dyn Fn(&str) -> bool| {
        content
            .iter()
            .find(|(key, _)| wanted(&essence(key)))
            .map(|(key, media)| (key.as_str(), media))
    };
    find(&|essence| essence == JSON)
        .or_else(|| find(&|essence| essence.ends_with("+json")))
        .or_else(|| find(&is_any))
}

/// Whether it may be any media type, or isn't one and doesn't say anything but JSON: a type has a subtype (RFC 9110
/// section 8.3.1).
fn is_any(essence: &str) -> bool {
    matches!(essence, "*/*" | "application/*" | "*" | "" | "json")
}

/// Whether two media types are described by the same schema.
pub(super) fn is_same_schema(left: &MediaType, right: &MediaType) -> bool {
    match (&left.schema, &right.schema) {
        (
            Some(ReferenceOr::Reference { reference: left }),
            Some(ReferenceOr::Reference { reference: right }),
        ) => left == right,
        (left, right) => left == right,
    }
}

/// A number that is the same for two of the same schema, whatever the order of its keywords: to look for
/// the same one among many.
pub(super) fn fingerprint(media: &MediaType) -> u64 {
    fn of(value: &Value) -> u64 {
        let mut hasher = DefaultHasher::new();
        match value {
            Value::Array(items) => {
                for item in items {
                    of(item).hash(&mut hasher);
                }
            }
            Value::Object(members) => {
                let members = members.iter().map(|(key, member)| {
                    let mut hasher = DefaultHasher::new();
                    (key, of(member)).hash(&mut hasher);
                    hasher.finish()
                });
                members.fold(0_u64, u64::wrapping_add).hash(&mut hasher);
            }
            scalar => scalar.hash(&mut hasher),
        }
        hasher.finish()
    }
    // A schema that is no JSON is like all others that are none.
    serde_json::to_value(&media.schema).map_or(0, |schema| of(&schema))
}

/// A media type without its parameters (RFC 9110 section 8.3.1).
pub(super) fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// Whether a media type is text or JSON, so that a string can be it.
pub(super) fn is_textual(media_type: &str) -> bool {
    let essence = essence(media_type);
    is_text(&essence) || is_json(media_type) || essence == "application/x-www-form-urlencoded"
}

/// Whether a media type is JSON.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == JSON || essence.ends_with("+json")
}

fn is_text(essence: &str) -> bool {
    let (kind, name) = essence.split_once('/').unwrap_or(("", essence));
    kind == "text"
        || name.ends_with("+xml")
        || name.ends_with("+yaml")
        || matches!(
            name,
            "xml" | "yaml" | "x-yaml" | "javascript" | "graphql" | "toml" | "sql" | "xhtml"
        ) && kind == "application"
}
