//! What a crate whose runtime is a crate of its own can't have.

use crate::config::{Config, External, FormatType};
use crate::diagnostic::{Diagnostic, Origin};
use crate::model::{Form, Runtime};
use crate::pointer::push;

/// The types of other crates that the configuration gives to schemas.
///
/// How a type is read and written is a trait of the runtime. Where that is in another crate, too, neither
/// the trait nor the type is the emitted crate's, which then can't implement it (The Rust Reference,
/// "Orphan rules").
pub(super) fn types_of_others(config: &Config) -> Vec<Diagnostic> {
    let package = &config.package;
    if package.form == Form::Crate && package.runtime() == Runtime::Vendored {
        return Vec::new();
    }
    let remedy = match package.form {
        Form::Crate => "remove `runtime = \"crate\"`",
        Form::Module => "generate a crate instead of a module",
    };
    let mut problems = Vec::new();
    let mut check = |external: &External, pointer: String| {
        if external.path.starts_with("crate::") {
            return;
        }
        let path = &external.path;
        let message = format!("`{path}` is of another crate, and so is the runtime");
        let help = format!(
            "use a type of this crate that holds a `{path}`, as in `type = \"crate::custom::Wrapper\"`, or \
             {remedy}"
        );
        problems.push(Diagnostic::error(Origin::Config, pointer, message).help(help));
    };
    for (format, ty) in &config.formats {
        if let FormatType::External(external) = ty {
            check(external, push("/formats", format));
        }
    }
    for (name, ty) in &config.types {
        let pointer = push("/types", name);
        if let Some(external) = &ty.external {
            check(external, format!("{pointer}/type"));
        }
        for (property, field) in &ty.fields {
            if let Some(external) = &field.external {
                let field = push(&format!("{pointer}/fields"), property);
                check(external, format!("{field}/type"));
            }
        }
    }
    problems
}
