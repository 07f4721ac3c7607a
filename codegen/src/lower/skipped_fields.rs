//! Properties that the configuration leaves out of their structs.

use crate::diagnostic::{Diagnostic, Origin};
use crate::model::{Api, Shape, Type};

/// A property without a field.
#[derive(Debug)]
pub(super) struct SkippedField {
    /// Where the configuration says it.
    pub(super) said_at: String,
    /// JSON pointer of the schema that has it.
    pub(super) pointer: String,
    pub(super) wire: String,
    /// Whether requests can't go without it.
    pub(super) is_needed: bool,
}

/// What is wrong with leaving them out, once it is known what requests contain.
pub(super) fn check(skipped: &[SkippedField], api: &Api) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for field in skipped {
        let types = api.types.iter().filter(|it| it.pointer == field.pointer);
        for definition in types {
            let Shape::Struct(shape) = &definition.shape else {
                continue;
            };
            let wire = &field.wire;
            let error =
                |message: String| Diagnostic::error(Origin::Config, &field.said_at, message);
            if field.is_needed && definition.usage.sent {
                let message = format!(
                    "requests contain `{}`, which requires `{wire}`",
                    definition.name
                );
                let help = "remove `skip`: without the property requests are rejected";
                problems.push(error(message).at_key().help(help));
            }
            let rest = shape.rest.as_ref().map(|rest| api.resolve(&rest.ty));
            if let Some(Type::Map(value)) = rest
                && *api.resolve(value) != Type::Value
            {
                let message = format!(
                    "`{}` has additional properties of one type, and `{wire}` would be decoded as one",
                    definition.name
                );
                problems.push(error(message).at_key().help("remove `skip`"));
            }
        }
    }
    problems
}
