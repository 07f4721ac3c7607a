//! A description with overlays applied (OpenAPI Overlay Specification 1.0 and 1.1).
//!
//! Overlays are read first (`object`), then applied in their order, action after action, each to the result of the one
//! before it (`apply`, `merge`, `remove`). What comes after them sees the result alone. Where each value of it is
//! written is kept beside it (`trace`), so that whatever is said of a value later points at the line that is to be
//! changed: in an overlay, or in the description.
//!
//! Overlays can come from anybody, as descriptions can. What paths may cost is bounded, and so is what actions may
//! add: the description and all that is added are as large as a description may be, and nested as deeply.

mod additions;
mod apply;
mod merge;
mod object;
mod remove;
mod trace;
mod unmatched;

#[cfg(test)]
mod tests;

use serde_json::Value;

use super::{files, has_errors, locate, read};
use crate::config::Limits;
use crate::description::Description;
use crate::diagnostic::{Diagnostic, Origin};
use crate::stack::with_stack;

pub(super) use additions::{depth, size};
use apply::Application;
use object::Overlay;
pub(crate) use trace::{Trace, Written};

/// What an overlay says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OverlayInfo {
    /// `info.title`: what it is for.
    pub title: String,
    /// `info.version`: its version.
    pub version: String,
    /// `extends`: a URI of the description that it was written for. Nothing is checked against it.
    pub extends: Option<String>,
}

/// A description with its overlays applied.
pub(crate) struct Applied {
    pub(crate) value: Value,
    /// What is to be said of the texts, each with its place where it is not known by a pointer of the value.
    pub(crate) warnings: Vec<Diagnostic>,
    /// Where the values are written.
    pub(crate) trace: Trace,
    pub(crate) overlays: Vec<OverlayInfo>,
}

/// Reads a description and applies its overlays.
///
/// # Errors
///
/// What is wrong with the texts, and what can't be applied.
pub(crate) fn read(
    description: Description<'_>,
    limits: Limits,
) -> Result<Applied, Vec<Diagnostic>> {
    read_within(description, limits, additions::STEPS)
}

fn read_within(
    description: Description<'_>,
    limits: Limits,
    steps: u64,
) -> Result<Applied, Vec<Diagnostic>> {
    let read = read::read(description.source);
    if description.overlays.is_empty() {
        let (value, warnings) = read?;
        return Ok(Applied {
            value,
            warnings,
            trace: Trace::default(),
            overlays: Vec::new(),
        });
    }
    let mut found = Vec::new();
    let mut overlays = Vec::new();
    for (number, source) in description.overlays.iter().enumerate() {
        match object::read(*source, Origin::Overlay(number)) {
            Ok((overlay, warnings)) => {
                found.extend(warnings);
                overlays.push(overlay);
            }
            Err(errors) => found.extend(errors),
        }
    }
    let (value, mut warnings) = match read {
        Ok(read) => read,
        Err(errors) => return Err(errors.into_iter().chain(found).collect()),
    };
    // They are about the text, whose pointers may be others once overlays are applied.
    locate::in_text(description.source, Origin::Spec, &mut warnings);
    warnings.extend(found);
    if has_errors(&warnings) {
        return Err(warnings);
    }
    let (value, trace, more) = files::join_for_overlays(description, value)?;
    warnings.extend(more);
    let steps = additions::steps(&value, steps);
    let mut application = Application::new(value, limits, steps);
    application.trace = trace;
    let application = with_stack(STACK, || applied(application, &overlays));
    let application = application.map_err(|error| {
        let message = format!("the overlays can't be applied: {error}");
        vec![Diagnostic::error(Origin::Spec, "", message)]
    })?;
    warnings.extend(application.found);
    if has_errors(&warnings) {
        return Err(warnings);
    }
    Ok(Applied {
        value: application.value,
        warnings,
        trace: application.trace,
        overlays: overlays.into_iter().map(|overlay| overlay.info).collect(),
    })
}

/// What applying takes of the stack at most, with ample reserve: filters can be 32 deep, and each of them goes through
/// all that is nested in the description.
///
/// Seen: 2 MB in a build without optimisation.
const STACK: usize = 32 * 1024 * 1024;

/// Applies overlays, until one can't be.
fn applied(mut application: Application, overlays: &[Overlay]) -> Application {
    for (number, overlay) in overlays.iter().enumerate() {
        let stopped = application.overlay(overlay, Origin::Overlay(number));
        if stopped.is_err() {
            break;
        }
    }
    application
}

/// Reads a description that has been read within its limits before, and applies its overlays.
///
/// # Errors
///
/// Those of [`read`].
pub(crate) fn read_again(description: Description<'_>) -> Result<Applied, Vec<Diagnostic>> {
    let bytes = description.source.text.len();
    let megabytes = u64::try_from(bytes / 1_000_000).unwrap_or(u64::MAX);
    let defaults = Limits::default();
    let limits = Limits {
        megabytes: defaults.megabytes.max(megabytes.saturating_mul(2)),
        ..defaults
    };
    read(description, limits)
}

/// Names in a sentence: `a`, `b` and `c`.
fn listed(names: &[&str]) -> String {
    let mut quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.pop() {
        Some(last) if quoted.is_empty() => last,
        Some(last) => format!("{} and {last}", quoted.join(", ")),
        None => String::new(),
    }
}
