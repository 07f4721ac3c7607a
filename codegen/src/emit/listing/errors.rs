//! The documented error bodies, by status.

use std::fmt::Write as _;

use indexmap::IndexMap;

use crate::model::Statuses;

use super::{Page, heading};

/// Up to this many methods are named; above that, their number is shown.
const NAMED: usize = 3;

impl Page<'_> {
    /// The error type, and the documented error bodies.
    pub(super) fn errors(&mut self) {
        let mut text = String::from(
            "\n## Errors\n\n\
             Every request returns the same [`Error`](src/runtime/error.rs) type, whose predicates \
             distinguish the kinds of errors. `error.body_as::<T>()` decodes a body.\n",
        );
        let bodies = self.bodies();
        if !bodies.is_empty() {
            text.push_str("\n| Body | Status | Methods |\n| --- | --- | --- |\n");
        }
        let all = self.api.operations().count();
        for ((body, statuses), calls) in bodies {
            let calls = match calls.len() {
                number if number == all && number > 1 => format!("all {number}"),
                number if number > NAMED => number.to_string(),
                _ => calls.join(", "),
            };
            let statuses = words(statuses);
            let _ = writeln!(text, "| `{body}` | {statuses} | {calls} |");
        }
        self.add(&text);
    }

    /// The methods with an error body of a type, by type and status.
    fn bodies(&self) -> IndexMap<(String, Statuses), Vec<String>> {
        let mut bodies: IndexMap<(String, Statuses), Vec<String>> = IndexMap::new();
        for (resource, operation) in self.api.operations() {
            for failure in &operation.errors {
                if let Some(ty) = &failure.ty {
                    let body = self.spelling.shown(ty);
                    let calls = bodies.entry((body, failure.statuses)).or_default();
                    calls.push(format!("`{}.{}`", heading(resource), operation.method));
                }
            }
        }
        bodies
    }
}

fn words(statuses: Statuses) -> String {
    match statuses {
        Statuses::One(status) => status.to_string(),
        Statuses::Range(hundred) => format!("{hundred}00 to {hundred}99"),
        Statuses::Default => "any other".to_owned(),
    }
}
