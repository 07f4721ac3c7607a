//! What is told of an API that was added.

use std::fmt::Write as _;
use std::path::Path;

use codegen::Summary;

use crate::input::{self, Api};
use crate::output::Plan;
use crate::report::{count, counts};

/// What was made, and how to go on.
pub(super) fn made(
    api: &Api,
    workspace: &Path,
    plan: &Plan,
    summary: Summary,
    warnings: usize,
) -> String {
    let name = &api.name;
    let shown = |path: &Path| input::shown(path, workspace);
    let rows = [
        (shown(&api.spec), "the description, unchanged".to_owned()),
        (
            shown(&api.config),
            "what was inferred: names, pagination, credentials".to_owned(),
        ),
        (
            shown(&api.out) + "/",
            format!("the crate: {}", count(plan.entries.len(), "file")),
        ),
        ("Cargo.toml".to_owned(), "a new workspace member".to_owned()),
    ];
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
    let _ = write!(
        text,
        "\n\nNext:\n  \
         cargo check --package {name}                  # compile it\n  \
         cargo doc --package {name} --no-deps --open   # read its documentation\n  \
         cargo xtask codegen {name}                    # after {} was edited\n",
        shown(&api.config)
    );
    text
}
