//! Strings, numbers and booleans: `type` and `format` to a Rust type.

use crate::config::{Format, FormatType};
use crate::model::Type;

use super::super::Lowering;
use super::external::{external_type, kind_of_primitive};
use super::{Form, Primitive};

impl Lowering<'_> {
    /// The type for a `type` and a `format` (OpenAPI 3.0.3, "Data Types"; the OpenAPI Format
    /// Registry): what the configuration says, else the one that holds whatever servers send.
    pub(super) fn scalar(&mut self, primitive: Primitive, form: &Form<'_>) -> Type {
        let format = form.format.as_deref().unwrap_or("");
        let configured = self.config.formats.get(format);
        if let Some(FormatType::External(external)) = configured {
            self.used_configuration.formats.insert(format.to_owned());
            return external_type(external, Some(kind_of_primitive(primitive)));
        }
        let fits = |format: &Format| match primitive {
            Primitive::String => format.is_text(),
            Primitive::Number => format.is_number(),
            Primitive::Integer => format.is_whole(),
            _ => false,
        };
        let built_in = configured.and_then(|it| match it {
            FormatType::BuiltIn(format) => Some(*format),
            FormatType::External(_) => None,
        });
        if let Some(wanted) = built_in.filter(fits) {
            self.used_configuration.formats.insert(format.to_owned());
            return match wanted {
                Format::String => Type::String,
                Format::DateTime => Type::DateTime,
                Format::Date => Type::Date,
                Format::Base64 => Type::Base64,
                Format::Base64Url => Type::Base64Url,
                Format::Decimal => Type::Decimal,
                Format::F64 => Type::F64,
                Format::I64 => Type::I64,
                Format::U64 => Type::U64,
                Format::I128 => Type::I128,
            };
        }
        match (primitive, format) {
            (Primitive::Boolean, _) => Type::Bool,
            (Primitive::Number, "decimal" | "decimal128") => Type::Decimal,
            // A float of 32 bits would not give back the number that the server wrote.
            (Primitive::Number, _) => Type::F64,
            (Primitive::Integer, "uint64" | "uint") => Type::U64,
            (Primitive::Integer, "int128" | "uint128") => Type::I128,
            // Narrower formats are a server's promise, and a response has to be readable where
            // that is broken: a counter that outgrew 32 bits, -1 for "none" in an unsigned field.
            (Primitive::Integer, _) => Type::I64,
            (Primitive::String, "date-time") => Type::DateTime,
            (Primitive::String, "date") => Type::Date,
            (Primitive::String, "byte") => Type::Base64,
            (Primitive::String, "base64url") => Type::Base64Url,
            _ => Type::String,
        }
    }
}
