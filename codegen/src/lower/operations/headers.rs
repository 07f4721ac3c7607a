//! The headers of responses that the document describes.

use std::collections::HashSet;

use openapiv3::{Header, ParameterSchemaOrContent};

use crate::model::{Docs, ResponseHeader};
use crate::pointer::push;

use super::super::Lowering;
use super::super::schema::SchemaRef;
use super::responses::Raw;

impl Lowering<'_> {
    /// The headers of these responses, each once.
    pub(super) fn headers(&mut self, successes: &[&Raw<'_>]) -> Vec<ResponseHeader> {
        let mut headers: Vec<ResponseHeader> = Vec::new();
        let mut known = HashSet::from(["content-type".to_owned()]);
        for success in successes {
            for (name, header) in &success.response.headers {
                // What it says of the content is said there (OpenAPI 3.0.3, "Response Object"),
                // and names of headers have no case (RFC 9110 section 5.1).
                let plain = name.to_ascii_lowercase();
                if known.contains(&plain) {
                    continue;
                }
                let at = push(&push(&success.pointer, "headers"), name);
                let document = self.document;
                let Some((at, header)) = document.item(&at, header) else {
                    continue;
                };
                headers.push(self.header(name, &header, &at));
                known.insert(plain);
            }
        }
        headers
    }

    pub(super) fn header(&mut self, name: &str, header: &Header, at: &str) -> ResponseHeader {
        let ty = match &header.format {
            ParameterSchemaOrContent::Schema(schema) => {
                self.item_type(SchemaRef::from(schema), &push(at, "schema"))
            }
            ParameterSchemaOrContent::Content(content) => {
                let media = content.first();
                let schema = media.and_then(|(media_type, media)| {
                    let at = push(&push(&push(at, "content"), media_type), "schema");
                    Some((media.schema.as_ref()?, at))
                });
                match schema {
                    Some((schema, at)) => self.item_type(SchemaRef::from(schema), &at),
                    None => crate::model::Type::String,
                }
            }
        };
        ResponseHeader {
            wire: name.to_owned(),
            ty,
            docs: Docs {
                text: header.description.clone().unwrap_or_default(),
                deprecated: header.deprecated.unwrap_or_default(),
                ..Docs::default()
            },
        }
    }
}
