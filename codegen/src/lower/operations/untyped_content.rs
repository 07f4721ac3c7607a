//! Content whose schema has fields or items: typed if it is XML, and mentioned where nothing is typed of it.

use crate::diagnostic::WarningCode;
use crate::document::as_written;
use crate::model::{Shape, Type, XmlId};
use crate::pointer::push;

use super::super::Lowering;
use super::super::schema::{Form, Primitive, SchemaRef};
use super::super::xml::{Untyped, is_xml};
use super::media::{Content, Kind, essence, json_of};
use super::responses::Raw;

/// What content becomes in the emitted crate.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Becomes {
    Request,
    Response,
    Error,
}

impl Lowering<'_> {
    /// The type of content at a pointer that is XML, and its root. Other content that has fields or items is text or
    /// bytes for the emitted crate: a warning says so, and where it is XML, why.
    pub(super) fn typed_xml(
        &mut self,
        content: &Content<'_>,
        at: &str,
        becomes: Becomes,
    ) -> Option<(Type, XmlId)> {
        if !self.has_structure(content) {
            return None;
        }
        let schema = content.media.schema.as_ref().map(SchemaRef::from)?;
        if content.kind != Kind::Text || !is_xml(&essence(content.media_type)) {
            self.mention_untyped(content, at, becomes, None);
            return None;
        }
        let at_schema = push(at, "schema");
        let is_sent = becomes == Becomes::Request;
        match self.xml.root(&self.schemas, schema, &at_schema, is_sent) {
            Ok(root) => Some((self.item_type(schema, &at_schema), root)),
            Err(untyped) => {
                self.mention_untyped(content, at, becomes, Some(&untyped));
                None
            }
        }
    }

    /// Warns of content at a pointer that is text or bytes for the emitted crate, and more for the description.
    fn mention_untyped(
        &mut self,
        content: &Content<'_>,
        at: &str,
        becomes: Becomes,
        why: Option<&Untyped>,
    ) {
        let is_bytes = matches!(content.kind, Kind::Binary | Kind::Multipart);
        let (what, by_hand) = match becomes {
            Becomes::Request if is_bytes => ("sent as bytes", "write it by hand"),
            Becomes::Request => ("sent as a string", "write it by hand"),
            Becomes::Response if is_bytes => ("read as bytes", "read it by hand"),
            Becomes::Response => ("read as a string", "read it by hand"),
            Becomes::Error => ("the bytes of an error", "read `Error::body` by hand"),
        };
        let media_type = content.media_type;
        let message = match why {
            Some(Untyped { pointer, reason }) => {
                let pointer = as_written(pointer);
                format!("`{media_type}` is {what}: {reason} (`#{pointer}`)")
            }
            None => format!("`{media_type}` is {what}: its schema isn't used"),
        };
        let warning = self.warning(WarningCode::UntypedContent, at, message);
        "not typed".clone_into(&mut warning.label);
        warning.help = Some(format!(
            "{by_hand}, or describe JSON where the server knows it"
        ));
    }

    /// The same for a response that is an error without JSON. Its type has to have a name, by which its root is found.
    pub(super) fn typed_xml_error(&mut self, raw: &Raw<'_>) -> Option<(Type, XmlId)> {
        if json_of(&raw.response.content).is_some() {
            return None;
        }
        let contents = self.schemas.contents(&raw.response.content);
        let content = contents.iter().find(|it| self.has_structure(it))?;
        let at = push(&push(&raw.pointer, "content"), content.media_type);
        let (ty, root) = self.typed_xml(content, &at, Becomes::Error)?;
        if self.is_own_type(&ty) {
            return Some((ty, root));
        }
        let untyped = Untyped {
            pointer: push(&at, "schema"),
            reason: "the type of an error has to be an object of the API".to_owned(),
        };
        self.mention_untyped(content, &at, Becomes::Error, Some(&untyped));
        None
    }

    /// Warns of a part of a form that is XML for the description, and whose value has fields: it is written as JSON.
    pub(super) fn mention_xml_part(&mut self, wire: &str, media_type: &str, ty: &Type, at: &str) {
        let mut inner = self.types.behind_aliases(ty);
        while let Type::Array(item) | Type::Nullable(item) = inner {
            inner = self.types.behind_aliases(&item);
        }
        let has_fields = match inner {
            Type::Named(id) => matches!(
                self.types.shape(id),
                Some(Shape::Struct(_) | Shape::Union(_))
            ),
            Type::Map(_) | Type::Value => true,
            _ => false,
        };
        if !has_fields || !is_xml(&essence(media_type)) {
            return;
        }
        let message = format!("the part `{wire}` is sent as JSON, not as `{media_type}`");
        let warning = self.warning(WarningCode::MultipartForm, at, message);
        "not written as XML".clone_into(&mut warning.label);
        warning.help = Some("describe it as a string, and write the XML by hand".into());
    }

    /// Whether a type is declared by the crate, and isn't another name for one that isn't.
    fn is_own_type(&self, ty: &Type) -> bool {
        match self.types.behind_aliases(ty) {
            Type::Named(id) => !matches!(self.types.shape(id), Some(Shape::Alias(_)) | None),
            _ => false,
        }
    }

    /// Whether a schema describes an object, an array, or a choice of such.
    pub(super) fn has_structure(&self, content: &Content<'_>) -> bool {
        let schema = content.media.schema.as_ref();
        let Some(schema) = schema.and_then(|schema| self.schemas.schema_behind(schema.into()))
        else {
            return false;
        };
        let form = Form::of(&schema);
        match form.primitive {
            // Parts by their position are read one by one, or warned of where that can't be.
            Some(Primitive::Array) => !essence(content.media_type).starts_with("multipart/"),
            Some(primitive) => primitive == Primitive::Object,
            None => {
                form.has_object_keywords()
                    || !form.all_of.is_empty()
                    || form.alternatives().is_some()
            }
        }
    }
}
