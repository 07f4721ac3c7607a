//! `enum` to open enums.

use serde_json::Value;

use crate::model::{Docs, Shape, Type, Variant};
use crate::names::{Scope, pascal_case};

use super::super::Lowering;
use super::{Form, Primitive};

/// Variant that holds what the document doesn't know.
const UNKNOWN: &str = "UnknownValue";

impl Lowering<'_> {
    /// An open enum of the values, or a plain type where the values are of no one kind that an
    /// enum could hold.
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
        if values.iter().all(Value::is_number) {
            self.warning(
                pointer,
                "an enum of fractional numbers is typed as any number",
            );
            return Shape::Alias(Type::F64);
        }
        let typed = match form.primitive {
            Some(Primitive::String) => Type::String,
            Some(Primitive::Boolean) => Type::Bool,
            _ => Type::Value,
        };
        self.warning(
            pointer,
            "the values of this enum are of several kinds; any value is taken",
        )
        .help = Some("give all values one type".into());
        Shape::Alias(typed)
    }
}

/// All values as one kind, or nothing.
fn all<T>(values: &[Value], kind: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    values.iter().map(kind).collect()
}

/// Gives each distinct value its variant, in the document's order.
fn variants<T: Clone + PartialEq>(values: Vec<T>, spell: impl Fn(&T) -> String) -> Vec<Variant<T>> {
    let mut scope = Scope::new(&[UNKNOWN]);
    let mut variants: Vec<Variant<T>> = Vec::with_capacity(values.len());
    for value in values {
        if variants.iter().any(|variant| variant.value == value) {
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
