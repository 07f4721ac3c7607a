//! Schemas whose `type` isn't in the document: what they mean is taken, and what else is valid is kept.

use std::borrow::Cow;

use openapiv3::Schema;

use crate::diagnostic::WarningCode;
use crate::document::GUESSED;
use crate::model::{Discriminant, Docs, Shape, Type, Union, UnionVariant};
use crate::names::Scope;
use crate::pointer::push;

use super::super::Lowering;
use super::{Form, Primitive};

impl Lowering<'_> {
    /// The shape of a schema with `items` or `properties` and without `type`: a union of the list or the
    /// object that it describes, and of any other JSON.
    pub(super) fn guessed(&mut self, form: &Form<'_>, pointer: &str) -> Shape {
        if form.primitive == Some(Primitive::Array) {
            let list = self.array(form, pointer);
            return self.or_any_other(list, pointer);
        }
        match self.object(form, pointer) {
            // It is about members, and says nothing of them.
            Shape::Alias(Type::Map(value)) if *value == Type::Value => Shape::Alias(Type::Value),
            Shape::Alias(ty) => self.or_any_other(ty, pointer),
            shape => {
                let union = self.name_at(pointer);
                let place = push(pointer, "object");
                self.inline_names.insert(&place, &format!("{union} object"));
                let object = self.define_at(shape, &place);
                self.or_any_other(object, pointer)
            }
        }
    }

    /// A union of a type and of any other JSON.
    pub(super) fn or_any_other(&mut self, ty: Type, pointer: &str) -> Shape {
        let (keyword, kind, variant) = match ty {
            Type::Array(_) => ("items", "array", "List"),
            _ => ("properties", "object", "Object"),
        };
        let message = format!(
            "`{keyword}` without `type` also allows other values than {kind}, so these are kept"
        );
        let warning = self.warning(WarningCode::MissingType, pointer, message);
        warning.help = Some(format!("if other values don't occur, add `type: {kind}`"));
        let variant = UnionVariant {
            name: Scope::new(&[]).name(&[variant], variant),
            discriminant: Discriminant::Nested,
            ty,
            boxed: false,
            takes_others: false,
            docs: Docs::default(),
        };
        Shape::Union(Union {
            tag: None,
            variants: vec![variant],
            any: true,
            overlapping: false,
        })
    }
}

/// The schema with the type that it was taken to have, for places where others say that it is right.
pub(in super::super) fn without_guess(schema: &Schema) -> Cow<'_, Schema> {
    if !schema.schema_data.extensions.contains_key(GUESSED) {
        return Cow::Borrowed(schema);
    }
    let mut schema = schema.clone();
    schema.schema_data.extensions.shift_remove(GUESSED);
    Cow::Owned(schema)
}
