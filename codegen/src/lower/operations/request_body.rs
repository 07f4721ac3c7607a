//! What an operation sends.

use std::borrow::Cow;
use std::collections::HashMap;

use openapiv3::{AdditionalProperties, ReferenceOr, RequestBody};
use serde_json::Value;

use crate::diagnostic::push;
use crate::model::{
    Body, BodyContent, Docs, Encoding, EventFormat, HttpMethod, MultipartForm, Part, PartKind,
    Shape, Style, Type,
};
use crate::names::{Ident, Scope};

use super::super::schema::{Form, Primitive, Properties, SchemaRef};
use super::super::{Lowering, quoted};
use super::Found;
use super::media::{Bytes, Content, Kind, is_same_schema, sendable};

/// The field by which a stream is asked for.
const STREAM: &str = "stream";

/// A request body in the document, references followed.
struct Raw<'a> {
    body: Cow<'a, RequestBody>,
    /// Where its `content` stands.
    pointer: String,
}

/// A way to send a body, with the word that tells it from the others.
pub(super) struct Variant<'c> {
    content: Content<'c>,
    pub word: &'static str,
    /// Whether a method of its own sends it, which is called for nothing else.
    is_further: bool,
    body: &'c RequestBody,
    /// Where the body's `content` stands.
    pointer: &'c str,
}

impl<'a> Lowering<'a> {
    /// Hands all ways to send the operation's body to `lower`, one after the other: one for each
    /// kind of content that says something of its own. The first is the best to work with.
    ///
    /// An operation without a body has one way, without content.
    pub(super) fn for_bodies(
        &mut self,
        found: &Found<'a>,
        lower: &mut dyn FnMut(&mut Self, Option<&Variant<'_>>),
    ) {
        let Some(raw) = self.raw_body(found) else {
            lower(self, None);
            return;
        };
        let contents = self.contents(&raw.body.content);
        if self.ignores_bodies(found.http) {
            let is_something = |it: &Content<'_>| raw.body.required || !self.is_empty_form(it);
            if contents.iter().any(is_something) {
                self.mention_ignored_body(found);
            }
            lower(self, None);
            return;
        }
        let mut variants: Vec<Variant<'_>> = Vec::new();
        let mut others = Vec::new();
        for content in contents {
            let word = word(content.kind);
            let is_known = variants.iter().any(|known| {
                known.word == word
                    || (is_same_schema(known.content.media, content.media)
                        && known.content.kind == Kind::Json
                        && matches!(content.kind, Kind::Form | Kind::Text))
            });
            if is_known {
                others.push(content.media_type);
            } else {
                variants.push(Variant {
                    content,
                    word,
                    is_further: !variants.is_empty(),
                    body: &raw.body,
                    pointer: &raw.pointer,
                });
            }
        }
        if let Some(first) = variants.first().filter(|_| !others.is_empty()) {
            let media_type = first.content.media_type;
            let message = format!(
                "bodies are sent as `{media_type}`, not as {}",
                quoted(others)
            );
            self.warning(&raw.pointer, message);
        }
        variants.retain(|variant| raw.body.required || !self.is_empty_form(&variant.content));
        if variants.is_empty() {
            lower(self, None);
        }
        for variant in &variants {
            lower(self, Some(variant));
        }
    }

    /// Whether bodies of requests with this method are nothing to be sent: in OpenAPI 3.0 a body shall be
    /// ignored where HTTP gives it no meaning (OpenAPI 3.0.3, "Operation Object", `requestBody`; RFC 7231
    /// section 4.3); from 3.1 on it is only discouraged.
    fn ignores_bodies(&self, http: HttpMethod) -> bool {
        let is_vague = matches!(
            http,
            HttpMethod::Get | HttpMethod::Head | HttpMethod::Delete | HttpMethod::Trace
        );
        is_vague && self.document.api.openapi.trim().starts_with("3.0")
    }

    fn mention_ignored_body(&mut self, found: &Found<'a>) {
        let method = found.http.as_str();
        let at = push(&found.pointer, "requestBody");
        let message = format!("the body of a {method} request is ignored, as OpenAPI 3.0 has it");
        let warning = self.warning(&at, message);
        "it isn't sent".clone_into(&mut warning.label);
        warning.help = Some(
            "where the server does read it, write the description in OpenAPI 3.1: `openapi: 3.1.0`"
                .into(),
        );
    }

    fn raw_body(&self, found: &Found<'a>) -> Option<Raw<'a>> {
        let (pointer, body) = match found.operation.request_body.as_ref()? {
            ReferenceOr::Item(item) => (
                push(&found.pointer, "requestBody"),
                Cow::Owned(item.clone()),
            ),
            ReferenceOr::Reference { reference } => self.document.request_body(reference)?,
        };
        (!body.content.is_empty()).then(|| Raw {
            body,
            pointer: push(&pointer, "content"),
        })
    }

    /// Whether a form has no fields, so that there is nothing to send.
    fn is_empty_form(&self, content: &Content<'_>) -> bool {
        if content.kind != Kind::Form {
            return false;
        }
        let schema = content.media.schema.as_ref();
        let Some(schema) = schema.and_then(|schema| self.schema_behind(schema.into())) else {
            return true;
        };
        let form = Form::of(&schema);
        form.primitive == Some(Primitive::Object)
            && form.properties.is_none_or(Properties::is_empty)
            && matches!(
                form.additional,
                None | Some(AdditionalProperties::Any(false))
            )
            && form.required.is_empty()
            && form.all_of.is_empty()
            && form.alternatives().is_none()
    }

    /// The body in one of its ways; `items` names the type of a form in the resource's module.
    pub(super) fn body(
        &mut self,
        variant: &Variant<'_>,
        request: &Ident,
        scope: &mut Scope,
        items: &mut Scope,
    ) -> Body {
        let Variant { content, body, .. } = variant;
        let at = push(variant.pointer, content.media_type);
        let schema = content.media.schema.as_ref().map(SchemaRef::from);
        let mut docs = Docs::text(body.description.clone().unwrap_or_default());
        let media = content.media;
        docs.example = self.example(media.example.as_ref(), &media.examples);
        let at_schema = push(&at, "schema");
        let made = match content.kind {
            Kind::Json => BodyContent::Json(self.content_type(schema, &at_schema)),
            Kind::Form => BodyContent::Form {
                ty: self.content_type(schema, &at_schema),
                encodings: self.encodings(content, &at),
            },
            Kind::Multipart => self.multipart(content, &at, request, items),
            Kind::Text => BodyContent::Text,
            Kind::Events(EventFormat::Lines | EventFormat::Sequence) => {
                match self.line_type(content, &at) {
                    Some(item) => BodyContent::Lines(Type::Array(Box::new(item))),
                    None => BodyContent::Binary,
                }
            }
            Kind::Events(EventFormat::ServerSent) | Kind::Binary => BodyContent::Binary,
        };
        self.refuse_item_schema(content, &at);
        let wanted: [&str; 2] = match made {
            BodyContent::Multipart(_) => ["form", "body"],
            BodyContent::Text => ["text", "body"],
            BodyContent::Binary => ["content", "body"],
            BodyContent::Lines(_) => ["items", "body"],
            _ => ["body", "request_body"],
        };
        Body {
            name: scope.name(&wanted, "body"),
            content: made,
            media_type: sendable(content.media_type, content.kind),
            required: body.required || variant.is_further,
            docs,
        }
    }

    /// The field of a JSON body by which a stream is asked for, where it has one: by convention it is
    /// called `stream`.
    pub(super) fn switch(&self, variant: &Variant<'_>) -> Option<String> {
        let content = &variant.content;
        let schema = content.media.schema.as_ref();
        let schema = schema.filter(|_| content.kind == Kind::Json)?;
        let mut found = false;
        self.for_properties(schema.into(), &mut |wire, property| {
            let schema = self.schema_behind(property).filter(|_| wire == STREAM);
            found |= schema.is_some_and(|schema| {
                matches!(Form::of(&schema).primitive, None | Some(Primitive::Boolean))
            });
        });
        found.then(|| STREAM.to_owned())
    }

    /// The type of content; any value where nothing describes it.
    pub(super) fn content_type(&mut self, schema: Option<SchemaRef<'_>>, at: &str) -> Type {
        match schema {
            Some(schema) => self.item_type(schema, at),
            None => Type::Value,
        }
    }

    /// What the document says about the fields of a form, as far as it isn't what they are by
    /// themselves.
    fn encodings(&self, content: &Content<'_>, at: &str) -> Vec<Encoding> {
        let said = self.document.value(&push(at, "encoding"));
        let Some(said) = said.and_then(Value::as_object) else {
            return Vec::new();
        };
        let mut encodings = Vec::new();
        let Some(schema) = content.media.schema.as_ref() else {
            return encodings;
        };
        self.for_properties(schema.into(), &mut |wire, property| {
            let Some(said) = said.get(wire) else { return };
            let style = match said.get("style").and_then(Value::as_str) {
                Some("spaceDelimited") => Style::SpaceDelimited,
                Some("pipeDelimited") => Style::PipeDelimited,
                Some("deepObject") => Style::DeepObject,
                _ => Style::Form,
            };
            let explode = said.get("explode").and_then(Value::as_bool);
            let is_said = said.get("style").is_some() || explode.is_some();
            let explode = explode.unwrap_or(style == Style::Form);
            if is_said && self.bears_on(property, style, explode) {
                encodings.push(Encoding {
                    wire: wire.to_owned(),
                    style,
                    explode,
                });
            }
        });
        encodings
    }

    /// Whether a style makes anything of a property that it isn't by itself: a list is `a=1&a=2`,
    /// an object is `a[b]=1`, and what is neither is `a=1` in any style.
    fn bears_on(&self, property: SchemaRef<'_>, style: Style, explode: bool) -> bool {
        let Some(schema) = self.schema_behind(property) else {
            return false;
        };
        let form = Form::of(&schema);
        if form.alternatives().is_some() || !form.all_of.is_empty() {
            return true;
        }
        match form.primitive {
            Some(Primitive::Array) => style != Style::Form || !explode,
            Some(Primitive::Object) => style != Style::DeepObject,
            None => true,
            _ => false,
        }
    }

    /// A form with files: its parts are set one by one where they have names.
    fn multipart(
        &mut self,
        content: &Content<'_>,
        at: &str,
        request: &Ident,
        items: &mut Scope,
    ) -> BodyContent {
        let at_schema = push(at, "schema");
        let Some(schema) = content.media.schema.as_ref().map(SchemaRef::from) else {
            return BodyContent::Members(Type::Value);
        };
        let Some(shape) = self.members_of(schema, &at_schema) else {
            return BodyContent::Members(self.item_type(schema, &at_schema));
        };
        let mut bytes = HashMap::new();
        self.for_properties(schema, &mut |wire, property| {
            bytes.insert(wire.to_owned(), self.bytes_in(property));
        });
        // Names that a form has of its own.
        let mut scope = Scope::new(&["clone", "fmt", "new"]);
        let parts = shape.fields.into_iter().map(|field| {
            let encoding = content.media.encoding.get(&field.wire);
            let media_type = encoding.and_then(|encoding| encoding.content_type.as_deref());
            let found = bytes.get(&field.wire).copied().flatten();
            let kind = match found.or_else(|| encoded_bytes(media_type, &field.ty)) {
                Some(Bytes::One) => PartKind::File,
                Some(Bytes::Many) => PartKind::Files,
                None => PartKind::Value(field.ty),
            };
            Part {
                name: scope.name(
                    &[field.name.as_str(), &format!("{}_part", field.name)],
                    "part",
                ),
                wire: field.wire,
                kind,
                media_type: media_type.filter(|it| is_one(it)).map(str::to_owned),
                required: field.required && !field.nullable,
                constant: field.constant,
                docs: field.docs,
            }
        });
        let parts = parts.collect();
        let name = items.name(&[&format!("{request}Form")], "Form");
        BodyContent::Multipart(MultipartForm { name, parts })
    }

    /// The struct that a schema is, without making a type of it: forms have one of their own.
    fn members_of(&mut self, schema: SchemaRef<'_>, at: &str) -> Option<crate::model::Struct> {
        let document = self.document;
        let shape = match schema {
            SchemaRef::Item(item) => self.shape(item, at),
            SchemaRef::Reference(reference) => {
                let (target, item) = document.schema(reference)?;
                self.shape(&item, &target)
            }
        };
        match shape {
            Shape::Struct(shape) => Some(shape),
            Shape::Alias(ty) => match self.behind_aliases(&ty) {
                Type::Named(id) => match &self.slots[id.0].definition.as_ref()?.shape {
                    Shape::Struct(shape) => Some(shape.clone()),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        }
    }
}

/// Bytes that only the media type of a part tells of, as in OpenAPI 3.1 ("Encoding `multipart` Media
/// Types").
fn encoded_bytes(media_type: Option<&str>, ty: &Type) -> Option<Bytes> {
    let first = media_type?.split(',').next()?.trim();
    let is_bytes = ["image/", "audio/", "video/", "application/octet-stream"]
        .iter()
        .any(|start| first.starts_with(start));
    match ty {
        Type::String | Type::Value if is_bytes => Some(Bytes::One),
        Type::Array(_) if is_bytes => Some(Bytes::Many),
        _ => None,
    }
}

/// Whether it is one media type, not several or a range of them.
fn is_one(media_type: &str) -> bool {
    !media_type.contains(['*', ',']) && media_type.contains('/')
}

/// What tells the methods of one operation apart by what they send.
fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Json => "json",
        Kind::Form => "form",
        Kind::Multipart => "multipart",
        Kind::Text => "text",
        Kind::Events(EventFormat::Lines | EventFormat::Sequence) => "lines",
        Kind::Events(EventFormat::ServerSent) | Kind::Binary => "binary",
    }
}
