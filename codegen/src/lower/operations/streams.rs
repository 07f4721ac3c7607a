//! Content that is a sequence of items: server-sent events, JSON lines and JSON text sequences.

use openapiv3::ReferenceOr;
use serde_json::Value;

use crate::diagnostic::WarningCode;
use crate::model::{EventFormat, Events, ResponseContent, Type};
use crate::pointer::push;

use super::super::Lowering;
use super::super::schema::{Form, Member, Primitive, SchemaRef};
use super::Found;
use super::media::{Content, Kind, is_json};
use super::parts::Described;
use super::responses::is_success;

/// The fields of a server-sent event (WHATWG HTML, 9.2.6), which the `itemSchema` of
/// `text/event-stream` describes (OpenAPI 3.2, "Sequential Media Types").
const FIELDS: [&str; 5] = ["data", "event", "id", "retry", "comment"];

/// The data by which some servers end a stream: no event.
const DONE: &str = "[DONE]";

/// How deep alternatives of an item are looked into.
const DEEPEST: usize = 8;

/// What the data of an event is.
enum Data {
    /// Text.
    Text,
    /// JSON of the schema at this pointer.
    Json(String),
    /// JSON that nothing more is said of.
    Any,
    /// The mark that ends a stream.
    Done,
}

impl<'a> Lowering<'a> {
    /// The stream of events that an operation can respond with.
    pub(super) fn events(&mut self, found: &Found<'a>) -> Option<Events> {
        let raw = self.raw_responses(found);
        let successes = raw.iter().filter(|it| is_success(it.statuses));
        for success in successes {
            let pointer = push(&success.pointer, "content");
            for content in self.schemas.contents(&success.response.content) {
                let at = push(&pointer, content.media_type);
                let (format, item) = match content.kind {
                    Kind::Events(format) => (format, self.event_content(content, &at, format)),
                    _ => match self.part_content(&content, &at) {
                        Some(item) => (EventFormat::Parts, item),
                        None => continue,
                    },
                };
                return Some(Events {
                    format,
                    item,
                    accept: content.media_type.trim().to_owned(),
                    switch: None,
                });
            }
        }
        None
    }

    /// The reference to the `itemSchema` of the media type at a pointer. It is read in descriptions of
    /// all versions: frameworks write it into those of 3.1.
    pub(super) fn item_schema(&self, at: &str) -> Option<String> {
        let pointer = push(at, "itemSchema");
        self.document.value(&pointer)?;
        Some(reference_to(&pointer))
    }

    /// Warns of an `itemSchema` beside a media type that is no sequence of items.
    pub(super) fn refuse_item_schema(&mut self, content: &Content<'_>, at: &str) {
        let is_stream = matches!(content.kind, Kind::Events(_));
        if self.item_schema(at).is_some() && !is_stream && self.positions(content, at).is_none() {
            let message = format!(
                "`{}` is not read as a stream, so its `itemSchema` is ignored",
                content.media_type
            );
            self.warning(
                WarningCode::IgnoredMediaType,
                &push(at, "itemSchema"),
                message,
            );
        }
    }

    /// What an event holds; `at` is the place of its media type.
    fn event_content(
        &mut self,
        content: Content<'_>,
        at: &str,
        format: EventFormat,
    ) -> ResponseContent {
        if let Some(reference) = self.item_schema(at) {
            if format == EventFormat::ServerSent
                && let Some(content) = self.event_data(&reference, &push(at, "itemSchema"))
            {
                return content;
            }
            let at = push(at, "itemSchema");
            let ty = self.item_type(SchemaRef::Reference(&reference), &at);
            return item_content(self.types.behind_aliases(&ty), ty, format);
        }
        // A list in the place of a stream is of its events; of server-sent ones that nothing says
        // more about, the data is text.
        let schema = content.media.schema.as_ref().map(SchemaRef::from);
        let ty = self.content_type(schema, &push(at, "schema"));
        let ty = match self.types.behind_aliases(&ty) {
            Type::Array(item) => *item,
            _ => ty,
        };
        match (self.types.behind_aliases(&ty), format) {
            (Type::Value, EventFormat::ServerSent) if schema.is_none() => ResponseContent::Text,
            (behind, _) => item_content(behind, ty, format),
        }
    }

    /// What each part of a response holds that is a list of parts (OpenAPI 3.2.0, "Streaming Multipart"); none
    /// where it is something else, or its parts differ.
    fn part_content(&mut self, content: &Content<'_>, at: &str) -> Option<ResponseContent> {
        let positions = self.positions(content, at)?;
        let item = positions.rest.filter(|_| positions.first.is_empty());
        let Some(pointer) = item else {
            let message = "the parts of this response differ: it is returned as bytes";
            self.warning(WarningCode::UntypedEvents, at, message).help =
                Some("describe all parts by one schema, in `itemSchema` or `items`".into());
            return None;
        };
        let Described::By(pointer) = pointer else {
            return Some(ResponseContent::Bytes);
        };
        let reference = reference_to(&pointer);
        let schema = SchemaRef::Reference(&reference);
        let media_type = self
            .document
            .value(&format!("{at}/itemEncoding/contentType"));
        let media_type = media_type.and_then(Value::as_str);
        if self.schemas.bytes_in(schema).is_some() {
            return Some(ResponseContent::Bytes);
        }
        if self.schema_is(schema, Primitive::String) && !media_type.is_some_and(is_json) {
            return Some(ResponseContent::Text);
        }
        Some(match media_type {
            Some(other) if !is_json(other) => ResponseContent::Bytes,
            _ => ResponseContent::Json(self.item_type(schema, &pointer)),
        })
    }

    /// The type of the items that a body is a sequence of; none where it isn't said, or is text.
    pub(super) fn line_type(&mut self, content: &Content<'_>, at: &str) -> Option<Type> {
        let ty = if let Some(reference) = self.item_schema(at) {
            self.item_type(SchemaRef::Reference(&reference), &push(at, "itemSchema"))
        } else {
            let schema = SchemaRef::from(content.media.schema.as_ref()?);
            if self.schema_is(schema, Primitive::String) {
                return None;
            }
            let ty = self.item_type(schema, &push(at, "schema"));
            match self.types.behind_aliases(&ty) {
                Type::Array(item) => *item,
                _ => ty,
            }
        };
        Some(ty)
    }

    /// The data of server-sent events whose fields a schema describes; none where it describes
    /// something else, which is the data then.
    fn event_data(&mut self, reference: &str, at: &str) -> Option<ResponseContent> {
        let mut places = Vec::new();
        if !self.data_below(reference, DEEPEST, &mut places) || places.is_empty() {
            return None;
        }
        let data: Vec<Data> = places.iter().map(|place| self.data_at(place)).collect();
        let is_text = data.iter().any(|it| matches!(it, Data::Text));
        let is_any = data.iter().any(|it| matches!(it, Data::Any));
        let mut json: Vec<String> = Vec::new();
        for pointer in data.into_iter().filter_map(|it| match it {
            Data::Json(pointer) => Some(pointer),
            Data::Text | Data::Any | Data::Done => None,
        }) {
            if !json.contains(&pointer) {
                json.push(pointer);
            }
        }
        Some(match (json.as_slice(), is_text, is_any) {
            ([], false, true) => ResponseContent::Json(Type::Value),
            ([], _, false) => ResponseContent::Text,
            (_, true, _) => {
                let message =
                    "the data of these events is typed as a string: only some of it is JSON";
                self.warning(WarningCode::UntypedEvents, at, message);
                ResponseContent::Text
            }
            (_, _, true) => {
                let message =
                    "the data of these events is typed as any JSON: some events have no schema";
                self.warning(WarningCode::UntypedEvents, at, message);
                ResponseContent::Json(Type::Value)
            }
            ([only], ..) => {
                let reference = reference_to(only);
                ResponseContent::Json(self.item_type(SchemaRef::Reference(&reference), only))
            }
            (several, ..) => ResponseContent::Json(self.any_of(several, at)),
        })
    }

    /// The union of the schemas at some pointers, each an event's data.
    fn any_of(&mut self, pointers: &[String], at: &str) -> Type {
        let references: Vec<String> = pointers.iter().map(|it| reference_to(it)).collect();
        let members: Vec<Member<'_>> = references
            .iter()
            .zip(pointers)
            .map(|(reference, place)| Member {
                schema: SchemaRef::Reference(reference),
                place: place.clone(),
                ty: None,
            })
            .collect();
        let at = push(&push(at, "properties"), "data");
        if let Some(id) = self.types.at(&at) {
            return Type::Named(id);
        }
        match self.unite(&members, None, &at) {
            crate::model::Shape::Alias(ty) => ty,
            shape => self.define_at(shape, &at),
        }
    }

    /// Collects the places of `data` in a schema of an event and its alternatives; `false` where the
    /// schema isn't of an event's fields.
    fn data_below(&self, reference: &str, depth: usize, places: &mut Vec<String>) -> bool {
        let Some((pointer, schema)) = self.document.schema(reference) else {
            return false;
        };
        let form = Form::of(&schema);
        let names = form.properties.into_iter().flatten();
        if depth == 0
            || !names
                .clone()
                .all(|(name, _)| FIELDS.contains(&name.as_str()))
        {
            return false;
        }
        for (name, property) in names.filter(|(name, _)| *name == "data") {
            let place = push(&push(&pointer, "properties"), name);
            places.push(match property {
                ReferenceOr::Reference { reference } => self.resolved_place(reference, place),
                ReferenceOr::Item(_) => place,
            });
        }
        let groups = [
            ("allOf", form.all_of),
            ("oneOf", form.one_of),
            ("anyOf", form.any_of),
        ];
        let mut is_object = form.properties.is_some();
        for (keyword, members) in groups {
            for index in 0..members.len() {
                let member = push(&push(&pointer, keyword), &index.to_string());
                if !self.data_below(&reference_to(&member), depth - 1, places) {
                    return false;
                }
                is_object = true;
            }
        }
        is_object
    }

    fn resolved_place(&self, reference: &str, place: String) -> String {
        let found = self.document.schema(reference);
        found.map_or(place, |(pointer, _)| pointer)
    }

    /// What the schema of an event's data at a pointer says.
    fn data_at(&self, pointer: &str) -> Data {
        let Some(value) = self.document.value(pointer) else {
            return Data::Text;
        };
        let is_done = |it: &Value| it == DONE;
        if let Some([only]) = value
            .get("enum")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            && is_done(only)
        {
            return Data::Done;
        }
        let media_type = value.get("contentMediaType").and_then(Value::as_str);
        let is_json = media_type.is_none_or(|it| it.to_ascii_lowercase().contains("json"));
        if value.get("contentSchema").is_some() && is_json {
            let place = push(pointer, "contentSchema");
            return Data::Json(self.resolved_place(&reference_to(&place), place));
        }
        if self.schema_is(
            SchemaRef::Reference(&reference_to(pointer)),
            Primitive::String,
        ) {
            return match media_type {
                Some(_) if is_json => Data::Any,
                _ => Data::Text,
            };
        }
        match self.document.schema(&reference_to(pointer)) {
            Some((_, schema)) if Form::of(&schema).is_annotation() => Data::Text,
            _ => Data::Json(pointer.to_owned()),
        }
    }

    /// Whether a schema is of this type, by its own word.
    pub(super) fn schema_is(&self, schema: SchemaRef<'_>, primitive: Primitive) -> bool {
        let found = self.schemas.schema_behind(schema);
        found.is_some_and(|schema| Form::of(&schema).primitive == Some(primitive))
    }
}

/// A reference to a pointer, which is percent-encoded in it (RFC 6901 section 6).
pub(super) fn reference_to(pointer: &str) -> String {
    format!("#{}", pointer.replace('%', "%25"))
}

/// An item of this type, `behind` other names for it.
fn item_content(behind: Type, ty: Type, format: EventFormat) -> ResponseContent {
    match (behind, format) {
        (Type::String, EventFormat::ServerSent) => ResponseContent::Text,
        (Type::String, EventFormat::Lines | EventFormat::Sequence | EventFormat::Parts) => {
            ResponseContent::Json(Type::Value)
        }
        _ => ResponseContent::Json(ty),
    }
}
