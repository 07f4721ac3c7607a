//! `[operations.KEY.parameters.NAME]`: what is said of single parameters.

use indexmap::IndexMap;

use super::rules;
use super::table::{Reader, Section};
use crate::diagnostic::{Diagnostic, Origin};

const PARAMETER: [&str; 3] = ["name", "default", "skip"];

/// What is said about a parameter of an operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameter {
    /// Name of its argument or setter.
    pub name: Option<String>,
    /// The value that is sent where none is set.
    pub default: Option<Value>,
    /// Whether nobody can set it.
    pub skip: bool,
}

/// A value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A string.
    Text(String),
    /// `true` or `false`.
    Boolean(bool),
    /// An integer.
    Integer(i64),
    /// Any other number, as it was written but for its underscores.
    Number(String),
}

/// The parameters of an operation, by their keys.
pub(super) fn parameters(
    reader: &mut Reader,
    operation: &Section<'_>,
) -> IndexMap<String, Parameter> {
    let entries = reader.entries(operation, "parameters", &PARAMETER);
    let read = entries.into_iter().map(|(key, section)| {
        let parameter = Parameter {
            name: reader.text(&section, "name", rules::NAME),
            default: reader.value(&section, "default", rules::LINE),
            skip: reader.flag(&section, "skip"),
        };
        if parameter.skip && parameter.name.is_some() {
            let message = "`name` has no effect beside `skip`: nobody sets the parameter";
            let pointer = section.pointer_to("name");
            let problem = Diagnostic::error(Origin::Config, pointer, message).at_key();
            reader.report(problem.help("remove one of the two"));
        }
        (key, parameter)
    });
    read.collect()
}
