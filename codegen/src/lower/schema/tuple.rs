//! Lists whose first items have schemas of their own (`prefixItems`).

use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use crate::diagnostic::WarningCode;
use crate::document::PREFIX_ITEMS;
use crate::model::{Shape, Type};
use crate::pointer::push;

use super::super::Lowering;
use super::union::Member;
use super::{Distinct, SchemaRef};

impl Lowering<'_> {
    /// A list whose items are of any of the types that the positions have.
    ///
    /// No tuple of Rust: without `minItems` a list may end before the last of the positions, and
    /// without `items: false` it may go on (JSON Schema 2020-12 core, section 10.3.1.1).
    pub(super) fn tuple(&mut self, positions: &[Value], pointer: &str) -> Type {
        let read = |schema: &Value| serde_json::from_value(schema.clone());
        let schemas: Result<Vec<ReferenceOr<Schema>>, _> = positions.iter().map(read).collect();
        let Ok(schemas) = schemas else {
            let at = push(pointer, "prefixItems");
            self.warning(
                WarningCode::UntypedTuple,
                &at,
                "a tuple is typed as an array of any values",
            );
            return Type::Array(Box::new(Type::Value));
        };
        let base = push(pointer, PREFIX_ITEMS);
        let mut members: Vec<Member<'_>> = Vec::with_capacity(schemas.len());
        let mut distinct = Distinct::default();
        for (index, schema) in schemas.iter().enumerate() {
            let schema = SchemaRef::from(schema);
            if distinct.insert(schema) {
                members.push(Member {
                    schema,
                    place: push(&base, &index.to_string()),
                    ty: None,
                });
            }
        }
        let at = push(pointer, "items");
        let item = match self.types.at(&at) {
            Some(id) => Type::Named(id),
            None if members.is_empty() => Type::Value,
            None => match self.unite(&members, None, &at) {
                Shape::Alias(ty) => ty,
                shape => self.define_at(shape, &at),
            },
        };
        let nullable = members
            .iter()
            .any(|member| self.schemas.nullable(member.schema));
        Type::Array(Box::new(if nullable && item != Type::Value {
            Type::Nullable(Box::new(item))
        } else {
            item
        }))
    }
}
