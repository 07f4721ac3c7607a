//! Content whose schema has fields or items, in a media type that nothing is typed of.

use crate::diagnostic::WarningCode;
use crate::pointer::push;

use super::super::Lowering;
use super::super::schema::{Form, Primitive};
use super::media::{Content, Kind, essence, json_of};
use super::responses::Raw;

/// What content becomes in the emitted crate.
#[derive(Clone, Copy)]
pub(super) enum Becomes {
    Request,
    Response,
    Error,
}

impl Lowering<'_> {
    /// Warns of content at a pointer that is text or bytes for the emitted crate, and more for the description.
    pub(super) fn mention_untyped(&mut self, content: &Content<'_>, at: &str, becomes: Becomes) {
        if !self.has_structure(content) {
            return;
        }
        let is_bytes = matches!(content.kind, Kind::Binary | Kind::Multipart);
        let (what, by_hand) = match becomes {
            Becomes::Request if is_bytes => ("sent as bytes", "write it by hand"),
            Becomes::Request => ("sent as a string", "write it by hand"),
            Becomes::Response if is_bytes => ("read as bytes", "read it by hand"),
            Becomes::Response => ("read as a string", "read it by hand"),
            Becomes::Error => ("the bytes of an error", "read `Error::body` by hand"),
        };
        let media_type = content.media_type;
        let message = format!("`{media_type}` is {what}: its schema isn't used");
        let warning = self.warning(WarningCode::UntypedContent, at, message);
        "not typed".clone_into(&mut warning.label);
        warning.help = Some(format!(
            "{by_hand}, or describe JSON where the server knows it"
        ));
    }

    /// The same for a response that is an error, whose JSON alone is typed.
    pub(super) fn mention_untyped_error(&mut self, raw: &Raw<'_>) {
        if json_of(&raw.response.content).is_some() {
            return;
        }
        let contents = self.schemas.contents(&raw.response.content);
        if let Some(content) = contents.iter().find(|it| self.has_structure(it)) {
            let at = push(&push(&raw.pointer, "content"), content.media_type);
            self.mention_untyped(content, &at, Becomes::Error);
        }
    }

    /// Whether a schema describes an object, an array, or a choice of such.
    fn has_structure(&self, content: &Content<'_>) -> bool {
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
