//! `[[waiters]]`: methods that poll until something has ended.

use super::data::Waiter;
use super::rules;
use super::table::{Reader, Section};
use crate::diagnostic::{Diagnostic, Origin};

/// The keys of a waiter.
pub(super) const KEYS: [&str; 9] = [
    "resource",
    "name",
    "operation",
    "start",
    "field",
    "done",
    "failed",
    "interval",
    "timeout",
];

pub(super) fn waiter(reader: &mut Reader, section: &Section<'_>) -> Waiter {
    let waiter = Waiter {
        resource: reader.text(section, "resource", rules::NAMES),
        name: reader
            .text(section, "name", rules::NAME)
            .unwrap_or_else(|| Waiter::NAME.to_owned()),
        operation: reader.required(
            section,
            "operation",
            rules::TEXT,
            "add the operation that returns the state, as in `operation = \"getPet\"`",
        ),
        start: reader.text(section, "start", rules::TEXT),
        field: reader
            .required(
                section,
                "field",
                rules::DOTTED,
                "add the path of the state in the response, as in `field = \"status\"`",
            )
            .split('.')
            .map(str::to_owned)
            .collect(),
        done: reader.states(section, "done", rules::TEXT),
        failed: reader.states(section, "failed", rules::TEXT),
        interval: reader.seconds(section, "interval"),
        timeout: reader.seconds(section, "timeout"),
    };
    reader.require(
        section,
        "done",
        "add the values that mean success, as in `done = [\"READY\"]`",
    );
    reader.require_items(section, "done", "the values that mean success");
    for (index, state) in waiter.failed.iter().enumerate() {
        if waiter.done.contains(state) {
            let message = format!("`{state}` is in both `done` and `failed`");
            let pointer = format!("{}/{index}", section.pointer_to("failed"));
            let problem = Diagnostic::error(Origin::Config, pointer, message);
            reader.report(problem.help(
                "remove it from one of them: a state means either success \
                or failure",
            ));
        }
    }
    waiter
}
