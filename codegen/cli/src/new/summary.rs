//! What is told of an API that was added.

use std::fmt::Write as _;

use codegen::Summary;

use crate::context::Context;
use crate::output::Plan;
use crate::program;
use crate::project::Api;
use crate::report::{count, counts};

/// What was made, and how to go on.
pub(super) fn made(
    api: &Api,
    context: &Context,
    plan: &Plan,
    summary: Summary,
    (warnings, is_member): (usize, bool),
) -> String {
    let mut rows = vec![
        (
            context.shown(&api.spec),
            "the description, unchanged".to_owned(),
        ),
        (
            context.shown(&api.config),
            "what was inferred: names, pagination, credentials".to_owned(),
        ),
        (
            context.shown(&api.out) + "/",
            format!("the crate: {}", count(plan.entries.len(), "file")),
        ),
    ];
    if is_member {
        let what = "a new workspace member".to_owned();
        rows.push(("Cargo.toml".to_owned(), what));
    }
    let width = rows.iter().map(|(path, _)| path.chars().count()).max();
    let width = width.unwrap_or_default();
    let mut text = String::new();
    // Writing to a string can't fail.
    for (path, what) in rows {
        let _ = writeln!(text, "  wrote {path:width$}  {what}");
    }
    let _ = write!(text, "{}", counts(&summary));
    if warnings > 0 {
        let _ = write!(text, "; {}", count(warnings, "warning"));
    }
    text.push_str(&next_steps(api, context, is_member));
    text
}

/// How to go on: commands, each with what it is for.
fn next_steps(api: &Api, context: &Context, is_member: bool) -> String {
    let name = &api.name;
    let package = if is_member {
        format!("--package {name}")
    } else {
        let manifest = context.shown(&api.out.join("Cargo.toml"));
        format!("--manifest-path {manifest}")
    };
    let again = program::command(&format!("codegen {name}"));
    let config = context.shown(&api.config);
    let steps = [
        (format!("cargo check {package}"), "compile it".to_owned()),
        (
            format!("cargo doc {package} --no-deps --open"),
            "read its documentation".to_owned(),
        ),
        (again, format!("after {config} was edited")),
    ];
    let width = steps.iter().map(|(step, _)| step.chars().count()).max();
    let width = width.unwrap_or_default();
    let mut text = "\n\nNext:\n".to_owned();
    for (step, why) in steps {
        let _ = writeln!(text, "  {step:width$}   # {why}");
    }
    text
}
