//! `oneOf` and `anyOf`: unions of what JSON tells apart by itself.

use openapiv3::{ReferenceOr, Schema};

use crate::diagnostic::push;
use crate::model::{JsonKind, Shape, Type, UnionVariant};
use crate::names::{Scope, pascal_case};

use super::super::{Lowering, docs};
use super::{Form, SchemaRef};

impl Lowering<'_> {
    /// The shape of a schema with `oneOf` or `anyOf`.
    pub(super) fn alternatives(
        &mut self,
        form: &Form<'_>,
        keyword: &str,
        members: &[ReferenceOr<Schema>],
        pointer: &str,
    ) -> Shape {
        if form.has_object_keywords() && form.properties.is_some_and(|own| !own.is_empty()) {
            self.unsupported(pointer, &format!("`{keyword}` beside `properties`"));
            return Shape::Alias(Type::Value);
        }
        let base = push(pointer, keyword);
        let mut typed = Vec::with_capacity(members.len());
        for (index, member) in members.iter().enumerate() {
            let at = push(&base, &index.to_string());
            let ty = self.type_of(member.into(), &at);
            typed.push((ty, self.kind(member.into()), SchemaRef::from(member)));
        }
        typed.dedup_by(|later, earlier| later.0 == earlier.0);
        if let [(only, ..)] = typed.as_slice() {
            return Shape::Alias(only.clone());
        }
        let mut scope = Scope::new(&["UnknownValue"]);
        let mut variants: Vec<UnionVariant> = Vec::with_capacity(typed.len());
        for (ty, kind, schema) in typed {
            let clash = |kind| {
                variants
                    .iter()
                    .any(|variant| same_at_first_byte(variant.kind, kind))
            };
            let Some(kind) = kind.filter(|&kind| !clash(kind)) else {
                self.unsupported(
                    pointer,
                    &format!("`{keyword}` of schemas that JSON doesn't tell apart by itself"),
                );
                return Shape::Alias(Type::Value);
            };
            let name = scope.name(&[&self.variant_name(&ty, kind)], "Variant");
            variants.push(UnionVariant {
                name,
                kind,
                ty,
                boxed: false,
                docs: self.docs_of(schema),
            });
        }
        Shape::Union(variants)
    }

    fn unsupported(&mut self, pointer: &str, what: &str) {
        let error = self.error(pointer, format!("{what} has no type yet"));
        "this is not supported yet".clone_into(&mut error.label);
        error.help = Some(
            "skip the operations that need it in sdk.toml, or describe it with one schema".into(),
        );
    }

    /// A variant is called as its type, where that has a name, else as its kind.
    fn variant_name(&self, ty: &Type, kind: JsonKind) -> String {
        match ty {
            Type::Named(id) => self.slots[id.0].name.as_str().to_owned(),
            Type::DateTime => "DateTime".to_owned(),
            _ => pascal_case(match kind {
                JsonKind::String => "string",
                JsonKind::Integer => "integer",
                JsonKind::Number => "number",
                JsonKind::Boolean => "boolean",
                JsonKind::Array => "list",
                JsonKind::Object => "object",
            }),
        }
    }

    /// The kind of JSON that a schema describes, if it is just one.
    fn kind(&self, schema: SchemaRef<'_>) -> Option<JsonKind> {
        let document = self.document;
        let resolved;
        let item = match schema {
            SchemaRef::Item(item) => item,
            SchemaRef::Reference(reference) => {
                resolved = document.schema(reference)?.1;
                &*resolved
            }
        };
        let form = Form::of(item);
        if let [first, rest @ ..] = form.values.as_slice() {
            let kind = JsonKind::of(first)?;
            return rest
                .iter()
                .all(|value| JsonKind::of(value) == Some(kind))
                .then_some(kind);
        }
        match form.primitive {
            Some(primitive) => Some(docs::kind_of_primitive(primitive)),
            None if form.has_object_keywords() => Some(JsonKind::Object),
            None if form.items.is_some() => Some(JsonKind::Array),
            None => match form.all_of {
                [] => None,
                [only] => self.kind(only.into()),
                several => several.iter().find_map(|member| self.kind(member.into())),
            },
        }
    }
}

/// A whole number is a number too, so a union can hold one of the two.
fn same_at_first_byte(one: JsonKind, other: JsonKind) -> bool {
    let number = |kind| matches!(kind, JsonKind::Integer | JsonKind::Number);
    one == other || number(one) && number(other)
}
