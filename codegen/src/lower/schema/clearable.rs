//! "A value, or an empty text to unset it", as forms have it: `anyOf: [{..}, {enum: ['']}]`.
//!
//! In a URL-encoded form `null` is an empty value, too, so such a field is a nullable one: `Nullable::Null` clears it.
//! In JSON an empty text and `null` differ, and there the text is a variant of a union.

use openapiv3::{ReferenceOr, Schema};

use super::super::schemas::Schemas;
use super::{Form, SchemaRef};

/// Whether a place is in the body of a URL-encoded form.
pub(super) fn is_in_form(pointer: &str) -> bool {
    pointer.contains("/content/application~1x-www-form-urlencoded/schema")
}

impl Schemas<'_> {
    /// Whether the field at a place of a form can be cleared by an empty text.
    pub(super) fn is_cleared_by_empty_text(&self, schema: SchemaRef<'_>, pointer: &str) -> bool {
        match schema {
            SchemaRef::Item(item) => is_in_form(pointer) && self.is_clearable(item),
            SchemaRef::Reference(_) => false,
        }
    }

    /// Whether one of the alternatives of a schema is an empty text, and another one something else than text.
    pub(super) fn is_clearable(&self, schema: &Schema) -> bool {
        let form = Form::of(schema);
        let Some((_, members)) = form.alternatives().filter(|_| form.is_alternatives()) else {
            return false;
        };
        let is_empty_text = |it: &ReferenceOr<Schema>| self.is_empty_text(it.into());
        let is_text = |it: &ReferenceOr<Schema>| {
            self.value_kind(it.into())
                .is(crate::model::JsonKind::String)
        };
        members.iter().any(is_empty_text) && !members.iter().all(is_text)
    }

    /// Whether a schema allows an empty text and nothing else.
    pub(super) fn is_empty_text(&self, schema: SchemaRef<'_>) -> bool {
        let item = self.resolve(schema);
        item.is_some_and(|item| Form::of(&item).values.only_value() == Some("".into()))
    }
}
