//! Types of which a text makes a value.

use super::{Api, Discriminant, JsonKind, Shape, Struct, Type, TypeDef};

impl Api {
    /// Whether a type is that of texts.
    pub fn is_string(&self, ty: &Type) -> bool {
        *self.resolve(ty) == Type::String
    }

    /// Whether a type is an open enum of texts.
    pub fn is_open_enum(&self, ty: &Type) -> bool {
        match self.resolve(ty) {
            Type::Named(id) => matches!(self.type_def(*id).shape, Shape::StringEnum(_)),
            _ => false,
        }
    }

    /// Whether a value of a type can be made of a text: of a struct that is sent and needs nothing else.
    pub fn is_made_of_text(&self, definition: &TypeDef) -> bool {
        match &definition.shape {
            Shape::Struct(shape) => definition.usage.sent && self.needs_text_only(shape),
            _ => false,
        }
    }

    fn needs_text_only(&self, shape: &Struct) -> bool {
        let mut asked_for = shape.fields.iter().filter(|it| it.is_asked_for());
        match (asked_for.next(), asked_for.next()) {
            (Some(only), None) => !only.nullable && !only.boxed && self.takes_text(&only.ty),
            _ => false,
        }
    }

    /// Whether a value of a type is a text, or a union that has one.
    fn takes_text(&self, ty: &Type) -> bool {
        let Type::Named(id) = self.resolve(ty) else {
            return self.is_string(ty);
        };
        let Shape::Union(union) = &self.type_def(*id).shape else {
            return false;
        };
        union.variants.iter().any(|it| {
            it.discriminant == Discriminant::Kind(JsonKind::String)
                && (self.is_string(&it.ty) || self.is_open_enum(&it.ty))
        })
    }
}
