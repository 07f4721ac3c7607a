//! What an operation sends.

use std::borrow::Cow;

use openapiv3::ReferenceOr;

use crate::diagnostic::push;
use crate::model::{Body, Docs, Type};
use crate::names::Scope;

use super::super::{Lowering, quoted};
use super::Found;
use super::responses::{first_example, json_of, sendable};

impl<'a> Lowering<'a> {
    /// The JSON body, if the operation has a body.
    pub(super) fn body(&mut self, found: &Found<'a>, scope: &mut Scope) -> Option<Body> {
        let (pointer, body) = match found.operation.request_body.as_ref()? {
            ReferenceOr::Item(item) => (
                push(&found.pointer, "requestBody"),
                Cow::Owned(item.clone()),
            ),
            ReferenceOr::Reference { reference } => self.document.request_body(reference)?,
        };
        if body.content.is_empty() {
            return None;
        }
        let content = push(&pointer, "content");
        let Some((media_type, media)) = json_of(&body.content) else {
            let kinds = quoted(body.content.keys().map(String::as_str));
            let error = self.error(&content, format!("the body is no JSON but {kinds}"));
            "this is not supported yet".clone_into(&mut error.label);
            error.help = Some("skip the operation in sdk.toml, or describe a JSON body".into());
            return None;
        };
        if body.content.len() > 1 {
            let others = quoted(
                body.content
                    .keys()
                    .map(String::as_str)
                    .filter(|key| *key != media_type),
            );
            self.warning(
                &content,
                format!("bodies are sent as `{media_type}`, not as {others}"),
            );
        }
        let at = push(&push(&content, media_type), "schema");
        let media_type = sendable(media_type);
        let ty = match &media.schema {
            Some(schema) => self.item_type(schema.into(), &at),
            None => Type::Value,
        };
        let mut docs = Docs::text(body.description.clone().unwrap_or_default());
        docs.example = media
            .example
            .clone()
            .or_else(|| first_example(&media.examples));
        let name = scope.name(&["body", "request_body"], "body");
        Some(Body {
            name,
            ty,
            media_type,
            required: body.required,
            docs,
        })
    }
}
