//! `enum` to open enums.

use std::collections::HashSet;
use std::hash::Hash;

use openapiv3::{AnySchema, Schema, SchemaData, SchemaKind};
use serde_json::Value;

use crate::diagnostic::push;
use crate::model::{Docs, JsonKind, Shape, Type, Variant};
use crate::names::{Scope, pascal_case};

use super::super::Lowering;
use super::union::{Draft, kind_word, text_of};
use super::{Form, Primitive, SchemaRef};

/// Variant that holds what the document doesn't know.
const UNKNOWN: &str = "UnknownValue";

impl Lowering<'_> {
    /// An open enum of the values, a plain type where an enum could not hold them, or a union where
    /// they are of several kinds.
    pub(super) fn enumeration(&mut self, form: &Form<'_>, pointer: &str) -> Shape {
        let values = &form.values;
        if let Some(texts) = all(values, |value| value.as_str().map(str::to_owned)) {
            return Shape::TextEnum(variants(texts, String::clone));
        }
        if let Some(numbers) = all(values, Value::as_i64) {
            return Shape::IntegerEnum(variants(numbers, |&number| integer_name(number)));
        }
        if values.iter().all(Value::is_boolean) {
            return Shape::Alias(Type::Bool);
        }
        // Some are beyond what an enum of integers holds.
        if values.iter().all(|value| value.is_i64() || value.is_u64()) {
            let below = |value: &Value| value.as_i64().is_some_and(|number| number < 0);
            let negative = values.iter().any(below);
            return Shape::Alias(if negative { Type::I128 } else { Type::U64 });
        }
        // Floats have no equality to match them by; the documentation lists the values.
        if values.iter().all(Value::is_number) {
            return Shape::Alias(match form.primitive {
                Some(Primitive::Number) => self.scalar(Primitive::Number, form),
                _ => Type::F64,
            });
        }
        if form.primitive == Some(Primitive::String) {
            // YAML makes numbers and booleans of words without quotes.
            let texts = values.iter().filter(|value| !value.is_null()).map(text_of);
            return Shape::TextEnum(variants(texts.collect(), String::clone));
        }
        self.enumeration_of_kinds(values, pointer)
    }

    /// A union with a variant for each kind of the values.
    fn enumeration_of_kinds(&mut self, values: &[Value], pointer: &str) -> Shape {
        let union = self.name_at(pointer);
        let mut kinds: Vec<(JsonKind, Vec<Value>)> = Vec::new();
        let fractions = values.iter().any(Value::is_f64);
        for value in values {
            let kind = match JsonKind::of(value) {
                Some(JsonKind::Integer) if fractions => JsonKind::Number,
                Some(kind) => kind,
                None => continue,
            };
            match kinds.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, values)) => values.push(value.clone()),
                None => kinds.push((kind, vec![value.clone()])),
            }
        }
        let nothing = Schema {
            schema_data: SchemaData::default(),
            schema_kind: SchemaKind::Any(AnySchema::default()),
        };
        let mut drafts = Vec::with_capacity(kinds.len());
        for (kind, values) in kinds {
            let word = kind_word(kind);
            let place = push(pointer, word);
            self.places.insert(&place, &format!("{union} {word}"));
            let of_kind = Form {
                values,
                ..Form::default()
            };
            let ty = match kind {
                // What a constant list or object holds is not typed.
                JsonKind::Array | JsonKind::Object => Type::Value,
                _ => match self.enumeration(&of_kind, &place) {
                    Shape::Alias(ty) => ty,
                    shape => self.define_at(shape, &place),
                },
            };
            drafts.push(Draft {
                schema: SchemaRef::Item(&nothing),
                hint: None,
                tags: Vec::new(),
                ty,
            });
        }
        self.finish_union(drafts, None, &union)
    }
}

/// All values as one kind, or nothing.
fn all<T>(values: &[Value], kind: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    values.iter().map(kind).collect()
}

/// Gives each distinct value its variant, in the document's order.
fn variants<T: Clone + Eq + Hash>(values: Vec<T>, spell: impl Fn(&T) -> String) -> Vec<Variant<T>> {
    let mut scope = Scope::new(&[UNKNOWN]);
    let mut seen = HashSet::with_capacity(values.len());
    let mut variants: Vec<Variant<T>> = Vec::with_capacity(values.len());
    for value in values {
        if !seen.insert(value.clone()) {
            continue;
        }
        let spelled = spell(&value);
        let mut wanted = pascal_case(&spelled);
        if wanted.starts_with(|first: char| first.is_ascii_digit()) {
            wanted.insert_str(0, "Value");
        }
        let name = scope.name(&[&wanted], "Empty");
        variants.push(Variant {
            name,
            value,
            docs: Docs::default(),
        });
    }
    variants
}

fn integer_name(value: i64) -> String {
    if value < 0 {
        format!("Minus{}", value.unsigned_abs())
    } else {
        format!("Value{value}")
    }
}
