//! Strings, numbers and booleans: `type` and `format` to a Rust type.

use crate::model::Type;

use super::{Form, Primitive};

/// The type for a `type` and a `format` (OpenAPI 3.0.3, "Data Types").
pub(super) fn scalar(primitive: Primitive, form: &Form<'_>) -> Type {
    let format = form.format.as_deref().unwrap_or("");
    match primitive {
        Primitive::Boolean => Type::Bool,
        // A float of 32 bits would not give back the number that the server wrote.
        Primitive::Number => Type::F64,
        Primitive::Integer => match format {
            "int32" | "int16" | "int8" => Type::I32,
            "uint64" | "uint32" | "uint16" | "uint8" | "uint" => Type::U64,
            _ => Type::I64,
        },
        Primitive::String if format == "date-time" => Type::DateTime,
        _ => Type::String,
    }
}
