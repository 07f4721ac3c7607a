//! `enum` to open enums.

use std::collections::HashSet;
use std::hash::Hash;

use openapiv3::{AnySchema, Schema, SchemaData, SchemaKind};
use serde_json::Value;

use crate::model::{JsonKind, Shape, Type, Variant};
use crate::names::{Scope, pascal_case};
use crate::pointer::push;

use super::super::Lowering;
use super::enumeration::Enumeration;
use super::labels::{Label, Labels};
use super::union::{Draft, kind_word, text_of};
use super::{Form, Primitive, SchemaRef};

/// Variant that holds what the document doesn't know.
const UNKNOWN: &str = "UnknownValue";

impl Lowering<'_> {
    /// An open enum of the values, a plain type where an enum could not hold them, or a union where
    /// they are of several kinds.
    pub(super) fn enumeration(&mut self, form: &Form<'_>, labels: &Labels, pointer: &str) -> Shape {
        let values = &form.values.values();
        if let Some(texts) = all(values, |value| value.as_str().map(str::to_owned)) {
            // A text that is always empty leaves nothing to choose.
            if texts.iter().all(String::is_empty) {
                return Shape::Alias(Type::String);
            }
            return Shape::StringEnum(self.enum_variants(texts, String::clone, labels, pointer));
        }
        if let Some(numbers) = all(values, Value::as_i64) {
            let spell = |&number: &i64| integer_name(number);
            return Shape::IntegerEnum(self.enum_variants(numbers, spell, labels, pointer));
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
            let texts = texts.collect();
            return Shape::StringEnum(self.enum_variants(texts, String::clone, labels, pointer));
        }
        self.enumeration_of_kinds(values, labels, pointer)
    }

    /// A union with a variant for each kind of the values.
    fn enumeration_of_kinds(&mut self, values: &[Value], labels: &Labels, pointer: &str) -> Shape {
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
            self.inline_names.insert(&place, &format!("{union} {word}"));
            let of_kind = Form {
                values: Enumeration::Any(&values),
                ..Form::default()
            };
            let ty = match kind {
                // What a constant list or object holds is not typed.
                JsonKind::Array | JsonKind::Object => Type::Value,
                _ => match self.enumeration(&of_kind, labels, &place) {
                    Shape::Alias(ty) => ty,
                    shape => self.define_at(shape, &place),
                },
            };
            drafts.push(Draft {
                schema: SchemaRef::Item(&nothing),
                hint: None,
                is_called_after_schema: false,
                tags: Vec::new(),
                takes_others: false,
                ty,
            });
        }
        self.finish_union(drafts, None, &union)
    }

    /// Gives each distinct value its variant, in the document's order: called as the configuration says,
    /// else as the document does, else after the value.
    fn enum_variants<T: Clone + Eq + Hash + Into<Value>>(
        &mut self,
        values: Vec<T>,
        spell: impl Fn(&T) -> String,
        labels: &Labels,
        pointer: &str,
    ) -> Vec<Variant<T>> {
        let mut scope = Scope::new(&[UNKNOWN]);
        let mut seen = HashSet::with_capacity(values.len());
        let mut variants: Vec<Variant<T>> = Vec::with_capacity(values.len());
        for value in values {
            if !seen.insert(value.clone()) {
                continue;
            }
            let json: Value = value.clone().into();
            let Label { name, docs } = labels.of(&json);
            let configured = self.value_name(pointer, &json);
            let wanted = [configured, name, Some(spell(&value))];
            let wanted: Vec<String> = wanted.iter().flatten().map(|it| variant_name(it)).collect();
            let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
            variants.push(Variant {
                name: scope.name(&wanted, "Empty"),
                value,
                docs,
            });
        }
        variants
    }
}

/// A text as the name of a variant.
fn variant_name(text: &str) -> String {
    let mut wanted = pascal_case(text);
    if wanted.starts_with(|first: char| first.is_ascii_digit()) {
        wanted.insert_str(0, "Value");
    }
    wanted
}

/// All values as one kind, or nothing.
fn all<T>(values: &[Value], kind: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    values.iter().map(kind).collect()
}

fn integer_name(value: i64) -> String {
    if value < 0 {
        format!("Minus{}", value.unsigned_abs())
    } else {
        format!("Value{value}")
    }
}
