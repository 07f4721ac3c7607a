//! Fields that go one way only: `readOnly` and `writeOnly`.

use crate::model::{Access, Shape, TypeDef};

/// Makes optional what only one side has to give, in types that the other gives, too.
///
/// A property that is read-only may not be demanded of a request, nor one that is write-only of a
/// response, even where it is in `required` (OpenAPI 3.0.3, "Schema Object"). One schema is one type,
/// so the field is optional wherever the type goes both ways.
pub(super) fn make_one_way_fields_optional(types: &mut [TypeDef]) {
    for definition in types {
        let usage = definition.usage;
        let Shape::Struct(shape) = &mut definition.shape else {
            continue;
        };
        for field in &mut shape.fields {
            let missing = match field.access {
                Access::Both => false,
                Access::ReadOnly => usage.sent,
                Access::WriteOnly => usage.received,
            };
            if missing {
                field.required = false;
                // What isn't there is nothing that it always is.
                field.constant = None;
                field.docs.constant = None;
            }
        }
        if shape.fields.iter().filter(|it| it.is_asked_for()).count()
            <= super::type_table::POSITIONAL
        {
            shape.parts = None;
        }
    }
}
