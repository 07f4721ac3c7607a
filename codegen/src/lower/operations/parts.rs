//! Multipart bodies whose parts are known by their order: arrays and streams of parts (OpenAPI 3.2.0, "Encoding
//! multipart Media Types").

use openapiv3::Encoding;
use serde_json::Value;

use crate::diagnostic::WarningCode;
use crate::document::{PREFIX_ITEMS, PREFIX_REST};
use crate::model::{BodyContent, Docs, MultipartForm, Part, PartKind, PartWriting, Type};
use crate::names::{Scope, snake_case};
use crate::pointer::{push, split_last};

use super::super::Lowering;
use super::super::schema::SchemaRef;
use super::media::{Bytes, Content, Kind, essence, is_json};
use super::multipart::{FORM_DATA, is_one, scope_of_form};
use super::streams::reference_to;

/// The name of the parts behind those that have a schema of their own.
const REST: &str = "items";

/// Where the schema of a part is.
#[derive(Clone, Debug)]
pub(super) enum Described {
    /// At this pointer.
    By(String),
    /// Nowhere: nothing describes it.
    Not,
}

impl Described {
    /// The pointer of the schema, if there is one.
    pub(super) fn pointer(&self) -> Option<&str> {
        match self {
            Self::By(pointer) => Some(pointer),
            Self::Not => None,
        }
    }
}

/// Where the schemas of the parts are.
pub(super) struct Positions {
    /// Those of the first parts, one for each.
    pub(super) first: Vec<Described>,
    /// That of all parts behind them, if there may be any.
    pub(super) rest: Option<Described>,
}

impl Lowering<'_> {
    /// The parts of a body that is a list of them; none where it is something else.
    pub(super) fn positions(&self, content: &Content<'_>, at: &str) -> Option<Positions> {
        let essence = essence(content.media_type);
        let is_list = essence.starts_with("multipart/") && essence != FORM_DATA;
        if !is_list || content.kind == Kind::Multipart {
            return None;
        }
        let items = self.item_schema(at);
        let items = items.map(|_| Described::By(push(at, "itemSchema")));
        let encodings = self.document.value(&push(at, "prefixEncoding"));
        let encodings = encodings.and_then(Value::as_array).map_or(0, Vec::len);
        let schema = reference_to(&push(at, "schema"));
        let Some((pointer, _)) = self.document.schema(&schema) else {
            let items = items?;
            let first = vec![items.clone(); encodings];
            return Some(Positions {
                first,
                rest: Some(items),
            });
        };
        let schema = self.document.value(&pointer)?;
        if schema.get("type").and_then(Value::as_str) != Some("array") && items.is_none() {
            return None;
        }
        let prefix = schema.get(PREFIX_ITEMS).and_then(Value::as_array);
        let base = push(&pointer, PREFIX_ITEMS);
        let count = prefix.map_or(0, Vec::len);
        let mut first: Vec<Described> = (0..count)
            .map(|index| Described::By(push(&base, &index.to_string())))
            .collect();
        let has_rest = schema.get(PREFIX_REST).is_some();
        let behind = if has_rest { first.pop() } else { None };
        let all = (prefix.is_none() && schema.get("items").is_some())
            .then(|| Described::By(push(&pointer, "items")));
        // Without a schema of further items they may be anything.
        let has_encoding = self.document.value(&push(at, "itemEncoding")).is_some();
        let any = (prefix.is_none() || has_encoding).then_some(Described::Not);
        let rest = behind.or(all).or(items).or(any);
        while first.len() < encodings {
            first.push(rest.clone().unwrap_or(Described::Not));
        }
        Some(Positions { first, rest })
    }

    /// A body whose parts are given in their order.
    pub(super) fn list_of_parts(
        &mut self,
        content: &Content<'_>,
        at: &str,
        request: &str,
        items: &mut Scope,
    ) -> Option<BodyContent> {
        let positions = self.positions(content, at)?;
        let mut scope = scope_of_form();
        let mut parts = Vec::new();
        let has_first = !positions.first.is_empty();
        for (index, pointer) in positions.first.iter().enumerate() {
            let encoding = push(&push(at, "prefixEncoding"), &index.to_string());
            let pointer = pointer.pointer();
            parts.push(self.part_at(pointer, encoding, at, request, &mut scope, false));
        }
        if let Some(pointer) = &positions.rest {
            let pointer = pointer.pointer();
            let mut part = self.part_at(pointer, String::new(), at, request, &mut scope, true);
            part.required = !has_first;
            parts.push(part);
        }
        let name = items.name(&[&format!("{request}Parts")], "Parts");
        let is_list = true;
        Some(BodyContent::Multipart(MultipartForm {
            name,
            parts,
            additional: None,
            is_list,
        }))
    }

    /// The part, or all further parts, of the schema at a pointer.
    fn part_at(
        &mut self,
        pointer: Option<&str>,
        encoding: String,
        at: &str,
        request: &str,
        scope: &mut Scope,
        is_rest: bool,
    ) -> Part {
        let of_items = push(at, "itemEncoding");
        let at_encoding = match self
            .document
            .value(&encoding)
            .filter(|_| !encoding.is_empty())
        {
            Some(_) => encoding,
            None => of_items,
        };
        let encoding = self.document.value(&at_encoding);
        let encoding = encoding.and_then(|it| serde_json::from_value::<Encoding>(it.clone()).ok());
        self.mention_nested_encoding(&at_encoding);
        let content_type = encoding.as_ref().and_then(|it| it.content_type.clone());
        let reference = pointer.map(reference_to);
        let schema = reference.as_deref().map(SchemaRef::Reference);
        let named = if is_rest {
            REST.to_owned()
        } else {
            pointer.map_or("part".to_owned(), |it| self.name_of_part(it))
        };
        let name = scope.name(&[&named], "part");
        let is_json = content_type.as_deref().is_some_and(is_json);
        let bytes = match schema {
            Some(schema) => {
                let untyped = || self.untyped(schema).filter(|_| !is_json);
                self.schemas.bytes_in(schema).or_else(untyped)
            }
            None => (!is_json).then_some(Bytes::One),
        };
        let kind = match bytes {
            Some(Bytes::One) if is_rest => PartKind::Files,
            Some(_) => PartKind::File,
            None => {
                let ty = match (schema, pointer) {
                    (Some(schema), Some(pointer)) => {
                        self.inline_names
                            .insert(pointer, &format!("{request} {name}"));
                        self.item_type(schema, pointer)
                    }
                    _ => Type::Value,
                };
                PartKind::Value(if is_rest {
                    Type::Array(Box::new(ty))
                } else {
                    ty
                })
            }
        };
        let mut docs = match schema.and_then(|it| self.schemas.schema_behind(it)) {
            Some(schema) => super::super::docs::of_schema(&schema),
            None => Docs::default(),
        };
        if docs.text.is_empty() && is_rest {
            "All further parts.".clone_into(&mut docs.text);
        }
        Part {
            headers: self.part_headers(encoding.as_ref(), &name, &at_encoding, scope),
            wire: name.as_str().to_owned(),
            name,
            kind,
            media_type: content_type.filter(|it| is_one(it)),
            writing: if is_json {
                PartWriting::Json
            } else {
                PartWriting::Usual
            },
            required: true,
            constant: None,
            docs,
        }
    }

    /// What a part is called: as its schema, or by its title.
    fn name_of_part(&self, pointer: &str) -> String {
        let reference = reference_to(pointer);
        let found = self.document.schema(&reference);
        let title = found
            .as_ref()
            .and_then(|(_, schema)| schema.schema_data.title.clone());
        let named = found.filter(|(target, _)| target != pointer);
        let named = named.and_then(|(target, _)| Some(split_last(&target)?.1.into_owned()));
        let name = snake_case(&named.or(title).unwrap_or_default());
        if name.is_empty() {
            "part".to_owned()
        } else {
            name
        }
    }

    /// Says where an encoding has parts within a part, which are not serialized.
    pub(super) fn mention_nested_encoding(&mut self, at: &str) {
        for field in ["encoding", "prefixEncoding", "itemEncoding"] {
            let at = push(at, field);
            if self.document.value(&at).is_some() {
                let message = format!("`{field}` of a part is ignored");
                let warning = self.warning(WarningCode::MultipartForm, &at, message);
                "the part is sent as a single value".clone_into(&mut warning.label);
            }
        }
    }

    /// Says where a body that isn't a list of parts has encodings by position.
    pub(super) fn refuse_positions(&mut self, content: &Content<'_>, at: &str) {
        for field in ["prefixEncoding", "itemEncoding"] {
            let at = push(at, field);
            if self.document.value(&at).is_some() {
                let message = format!(
                    "`{}` is not sent as a list of parts, so its `{field}` is ignored",
                    content.media_type
                );
                let warning = self.warning(WarningCode::MultipartForm, &at, message);
                warning.help = Some("describe an array, or `itemSchema`".into());
            }
        }
    }
}
