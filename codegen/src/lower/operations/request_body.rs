//! What an operation sends.

use std::borrow::Cow;

use openapiv3::{AdditionalProperties, ReferenceOr, RequestBody};
use serde_json::Value;

use crate::diagnostic::WarningCode;
use crate::model::{
    Body, BodyContent, Docs, Encoding, EventFormat, HttpMethod, MultipartForm, Shape, Style, Type,
};
use crate::names::Scope;
use crate::pointer::push;

use super::super::schema::{Form, Primitive, Properties, SchemaRef};
use super::super::{Lowering, quoted};
use super::Found;
use super::media::{Content, Kind, is_same_schema, sendable};
use super::untyped_content::Becomes;

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
        let contents = self.schemas.contents(&raw.body.content);
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
            self.warning(WarningCode::IgnoredMediaType, &raw.pointer, message);
        }
        if !raw.body.required {
            for variant in &variants {
                self.mention_empty_form(&variant.content, &raw.pointer);
            }
            variants.retain(|variant| !self.is_empty_form(&variant.content));
        }
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
        let message =
            format!("the body of a {method} request is ignored, as specified by OpenAPI 3.0");
        let warning = self.warning(WarningCode::IgnoredBody, &at, message);
        "not sent".clone_into(&mut warning.label);
        warning.help = Some("if the server reads it, use OpenAPI 3.1: `openapi: 3.1.0`".into());
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
        let Some(schema) = schema.and_then(|schema| self.schemas.schema_behind(schema.into()))
        else {
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

    /// Says where a form has no fields because nothing is said of them, and so isn't sent.
    fn mention_empty_form(&mut self, content: &Content<'_>, at: &str) {
        let at = push(at, content.media_type);
        let schema = self.raw_schema(&push(&at, "schema"));
        let says_none = schema.is_some_and(|schema| {
            ["properties", "additionalProperties"]
                .iter()
                .any(|keyword| schema.get(keyword).is_some())
        });
        if says_none || !self.is_empty_form(content) {
            return;
        }
        let message = format!("nothing describes the fields of `{}`", content.media_type);
        let warning = self.warning(WarningCode::IgnoredBody, &at, message);
        "not sent".clone_into(&mut warning.label);
        warning.help = Some("describe the fields as `properties` of an object".into());
    }

    /// The body in one of its ways; `items` names the type of a form in the resource's module.
    pub(super) fn body(
        &mut self,
        variant: &Variant<'_>,
        request: &str,
        scope: &mut Scope,
        items: &mut Scope,
    ) -> Body {
        let Variant { content, body, .. } = variant;
        let at = push(variant.pointer, content.media_type);
        let schema = content.media.schema.as_ref().map(SchemaRef::from);
        let mut docs = Docs::text(body.description.clone().unwrap_or_default());
        let media = content.media;
        docs.example = self
            .schemas
            .example(media.example.as_ref(), &media.examples);
        let at_schema = push(&at, "schema");
        let list = self.list_of_parts(content, &at, request, items);
        if list.is_none() {
            self.refuse_positions(content, &at);
        }
        let kind = match list {
            Some(_) => Kind::Multipart,
            None => content.kind,
        };
        let made = match kind {
            _ if list.is_some() => list.unwrap_or(BodyContent::Binary),
            Kind::Json => BodyContent::Json(self.content_type(schema, &at_schema)),
            Kind::Form => {
                let ty = self.content_type(schema, &at_schema);
                self.mention_nameless(&ty, &at_schema);
                BodyContent::Form {
                    ty,
                    encodings: self.encodings(content, &at),
                }
            }
            Kind::Multipart => self.multipart(content, &at, request, items),
            Kind::Text => match self.typed_xml(content, &at, Becomes::Request) {
                Some((ty, root)) => BodyContent::Xml(ty, root),
                None => BodyContent::Text,
            },
            Kind::Events(EventFormat::Lines | EventFormat::Sequence) => {
                match self.line_type(content, &at) {
                    Some(item) => BodyContent::Lines(Type::Array(Box::new(item))),
                    None => BodyContent::Binary,
                }
            }
            Kind::Events(EventFormat::ServerSent | EventFormat::Parts) | Kind::Binary => {
                self.mention_boundary(content, &at);
                if content.kind == Kind::Binary {
                    self.typed_xml(content, &at, Becomes::Request);
                }
                BodyContent::Binary
            }
        };
        self.refuse_item_schema(content, &at);
        let wanted: [&str; 2] = match made {
            BodyContent::Multipart(MultipartForm { is_list: true, .. }) => ["parts", "body"],
            BodyContent::Multipart(_) => ["form", "body"],
            BodyContent::Text => ["text", "body"],
            BodyContent::Binary => ["content", "body"],
            BodyContent::Lines(_) => ["items", "body"],
            _ => ["body", "request_body"],
        };
        Body {
            name: scope.name(&wanted, "body"),
            content: made,
            media_type: sendable(content.media_type, kind),
            required: body.required || variant.is_further,
            docs,
        }
    }

    /// Says where a form has no named fields. Text is a form by itself; nothing else is.
    fn mention_nameless(&mut self, ty: &Type, at: &str) {
        let what = match self.types.behind_aliases(ty) {
            Type::Array(_) => "an array",
            Type::Bool => "a boolean",
            Type::I64 | Type::U64 | Type::I128 | Type::F64 | Type::Decimal => "a number",
            Type::Named(id) => match self.types.shape(id) {
                Some(Shape::IntegerEnum(_)) => "a number",
                _ => return,
            },
            _ => return,
        };
        let message = format!("a form consists of named fields, and this body is {what}");
        let warning = self.warning(WarningCode::UnsendableForm, at, message);
        "requests fail before they are sent".clone_into(&mut warning.label);
        warning.help = Some("describe an object, or a string that is sent unchanged".into());
    }

    /// The field of a JSON body by which a stream is asked for, where it has one: by convention it is
    /// called `stream`.
    pub(super) fn switch(&self, variant: &Variant<'_>) -> Option<String> {
        let content = &variant.content;
        let schema = content.media.schema.as_ref();
        let schema = schema.filter(|_| content.kind == Kind::Json)?;
        let mut found = false;
        self.schemas
            .for_properties(schema.into(), &mut |wire, property| {
                let schema = self
                    .schemas
                    .schema_behind(property)
                    .filter(|_| wire == STREAM);
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
    pub(super) fn encodings(&self, content: &Content<'_>, at: &str) -> Vec<Encoding> {
        let is_multipart = content.kind == Kind::Multipart;
        let encoding = self.document.value(&push(at, "encoding"));
        let Some(encoding) = encoding.and_then(Value::as_object) else {
            return Vec::new();
        };
        let mut encodings = Vec::new();
        let Some(schema) = content.media.schema.as_ref() else {
            return encodings;
        };
        self.schemas
            .for_properties(schema.into(), &mut |wire, property| {
                let Some(encoding) = encoding.get(wire) else {
                    return;
                };
                let style = match encoding.get("style").and_then(Value::as_str) {
                    Some("spaceDelimited") => Style::SpaceDelimited,
                    Some("pipeDelimited") => Style::PipeDelimited,
                    Some("deepObject") => Style::DeepObject,
                    _ => Style::Form,
                };
                let explode = encoding.get("explode").and_then(Value::as_bool);
                let reserved = encoding.get("allowReserved").and_then(Value::as_bool);
                // Nothing in a part is percent-encoded.
                let allow_reserved = reserved == Some(true) && !is_multipart;
                let is_said =
                    encoding.get("style").is_some() || explode.is_some() || allow_reserved;
                let explode = explode.unwrap_or(style == Style::Form);
                let bears =
                    is_multipart || allow_reserved || self.style_matters(property, style, explode);
                if is_said && bears {
                    encodings.push(Encoding {
                        wire: wire.to_owned(),
                        style,
                        explode,
                        allow_reserved,
                    });
                }
            });
        encodings
    }

    /// Whether a style makes anything of a property that it isn't by itself: a list is `a=1&a=2`,
    /// an object is `a[b]=1`, and what is neither is `a=1` in any style.
    fn style_matters(&self, property: SchemaRef<'_>, style: Style, explode: bool) -> bool {
        let Some(schema) = self.schemas.schema_behind(property) else {
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

    /// The struct that a schema is, without making a type of it: forms have one of their own.
    pub(super) fn members_of(
        &mut self,
        schema: SchemaRef<'_>,
        at: &str,
    ) -> Option<crate::model::Struct> {
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
            Shape::Alias(ty) => match self.types.behind_aliases(&ty) {
                Type::Named(id) => match self.types.shape(id)? {
                    Shape::Struct(shape) => Some(shape.clone()),
                    _ => None,
                },
                _ => None,
            },
            _ => None,
        }
    }
}

/// What tells the methods of one operation apart by what they send.
fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Json => "json",
        Kind::Form => "form",
        Kind::Multipart => "multipart",
        Kind::Text => "text",
        Kind::Events(EventFormat::Lines | EventFormat::Sequence) => "lines",
        Kind::Events(EventFormat::ServerSent | EventFormat::Parts) | Kind::Binary => "binary",
    }
}
