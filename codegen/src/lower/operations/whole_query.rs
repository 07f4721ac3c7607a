//! Parameters that are the whole query, and other forms of parameters that OpenAPI 3.0 doesn't have.

use openapiv3::{MediaType, ParameterData};
use serde_json::Value;

use crate::diagnostic::WarningCode;
use crate::document::WHOLE_QUERY;
use crate::model::{Docs, Encoding, ParameterLocation, Style, Type};
use crate::pointer::push;

use super::super::Lowering;
use super::super::schema::{Primitive, SchemaRef};
use super::media::{Content, Kind};
use super::parameters::Raw;

impl Lowering<'_> {
    /// The type of a parameter that is the whole query, and how it is written (OpenAPI 3.2.0, "Parameter
    /// Locations"): by its one media type.
    pub(super) fn whole_query(
        &mut self,
        content: &openapiv3::Content,
        raw: &Raw<'_>,
        wire: &str,
    ) -> (Type, Style, Docs) {
        let at = push(&raw.pointer, "content");
        let Some((media_type, media)) = content.first() else {
            return (Type::String, Style::WholeText, Docs::default());
        };
        let at = push(&at, media_type);
        if content.len() > 1 {
            let message = format!("the query is sent as `{media_type}`, not as other media types");
            self.warning(WarningCode::IgnoredMediaType, &at, message);
        }
        let kind = self.query_kind(media_type, media);
        let schema = media.schema.as_ref().map(SchemaRef::from);
        let at = push(&at, "schema");
        let mut docs = schema
            .map(|it| self.schemas.docs_of(it))
            .unwrap_or_default();
        let example = self
            .schemas
            .example(media.example.as_ref(), &media.examples);
        docs.example = example.or(docs.example);
        let style = match kind {
            Kind::Json => Style::WholeJson,
            Kind::Form => Style::WholeForm,
            _ => {
                let is_text = schema.is_none_or(|it| self.schema_is(it, Primitive::String));
                if !is_text {
                    let message =
                        format!("the query `{wire}` is `{media_type}`, which is not serialized");
                    let warning = self.warning(WarningCode::UntypedParameter, &at, message);
                    warning.help = Some("users provide the string to send".into());
                }
                return (Type::String, Style::WholeText, docs);
            }
        };
        (self.content_type(schema, &at), style, docs)
    }

    fn query_kind(&self, media_type: &str, media: &MediaType) -> Kind {
        let only = indexmap::IndexMap::from([(media_type.to_owned(), media.clone())]);
        let contents = self.schemas.contents(&only);
        contents.first().map_or(Kind::Text, |it| it.kind)
    }

    /// The encodings of the fields of a form that is the whole query.
    pub(super) fn encodings_of_query(
        &self,
        content: &openapiv3::Content,
        pointer: &str,
    ) -> Vec<Encoding> {
        let Some((media_type, media)) = content.first() else {
            return Vec::new();
        };
        let at = push(&push(pointer, "content"), media_type);
        let kind = Kind::Form;
        let content = Content {
            media_type,
            media,
            kind,
        };
        self.encodings(&content, &at)
    }

    /// Whether reserved characters of a parameter aren't percent-encoded. Headers are never percent-encoded, and cookies
    /// only as far as their syntax asks.
    pub(super) fn allows_reserved(&self, place: ParameterLocation, pointer: &str) -> bool {
        let allow_reserved = self.document.value(&push(pointer, "allowReserved"));
        let matters = matches!(place, ParameterLocation::Query | ParameterLocation::Path);
        matters && allow_reserved.and_then(Value::as_bool) == Some(true)
    }
}

/// Whether a parameter is the whole query.
pub(super) fn is_whole_query(data: &ParameterData) -> bool {
    data.extensions.contains_key(WHOLE_QUERY)
}
