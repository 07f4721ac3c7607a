//! What most operations of an API have in common, which is documented once.

use std::collections::HashMap;
use std::fmt::Write as _;

use indexmap::IndexMap;

use crate::model::{Api, ErrorResponse, Operation, Resource, Security, Statuses};
use crate::names::Ident;

pub(super) use super::common::Common;
use super::{docs, failures, types};

/// As many operations an API has at least for which something is said once: with fewer, a reader has
/// it all in one place anyway.
const MANY: usize = 10;

/// Finds out what most operations have in common.
pub(super) fn common(api: &Api) -> Common<'_> {
    Common {
        security: security(api),
        failures: usual_failures(api),
        types: api.types.iter().map(|it| it.name.as_str()).collect(),
        deprecated: types::any_deprecated(api),
        nested: nested(api),
    }
}

fn nested(api: &Api) -> HashMap<&[Ident], Vec<&Resource>> {
    let mut nested: HashMap<&[Ident], Vec<&Resource>> = HashMap::new();
    for resource in &api.resources {
        nested.entry(&resource.parents).or_default().push(resource);
    }
    nested
}

/// What credentials most operations take.
fn security(api: &Api) -> &Security {
    let all = api.operations().map(|(_, operation)| &operation.security);
    most(all).map_or(&api.profile.security, |(security, _)| security)
}

/// The failures that most operations document.
fn usual_failures(api: &Api) -> Option<String> {
    let all = api
        .operations()
        .map(|(_, operation)| listed(api, operation));
    let (failures, times) = most(all)?;
    let operations = api.operations().count();
    (operations >= MANY && 2 * times > operations && !failures.is_empty()).then_some(failures)
}

/// What there is most of, the first of those, and how often.
fn most<T: Eq + std::hash::Hash>(all: impl Iterator<Item = T>) -> Option<(T, usize)> {
    let mut times: IndexMap<T, usize> = IndexMap::new();
    for one in all {
        *times.entry(one).or_default() += 1;
    }
    let first = |(_, a): &(T, usize), (_, b): &(T, usize)| a.cmp(b);
    times.into_iter().rev().max_by(first)
}

/// What the document says about an operation's failures: a line for all statuses of which it says the
/// same.
pub(super) fn listed(api: &Api, operation: &Operation) -> String {
    let mut documented: IndexMap<String, Vec<Statuses>> = IndexMap::new();
    for error in &operation.errors {
        let description = failure(api, error);
        if !description.is_empty() {
            documented
                .entry(description)
                .or_default()
                .push(error.statuses);
        }
    }
    let mut text = String::new();
    for (description, statuses) in documented {
        let statuses = status_words(&statuses);
        // Writing to a String can't fail.
        let _ = write!(text, "\n- {statuses}: {description}");
    }
    text
}

/// What the document says about one failure, and the type of its body.
fn failure(api: &Api, error: &ErrorResponse) -> String {
    let body = error
        .ty
        .as_ref()
        .and_then(|ty| failures::type_link(api, ty));
    let description = docs::paragraph(&error.docs, "");
    let stop = if description.is_empty() || description.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    let by = match error.xml {
        Some(_) => ", by [`Error::xml_as`](crate::Error::xml_as)",
        None => "",
    };
    match body {
        Some(link) if description.is_empty() => format!("{link}{by}"),
        Some(link) => format!("{description}{stop} Body: {link}{by}"),
        None if description.is_empty() => String::new(),
        None => format!("{description}{stop}"),
    }
}

/// Statuses in the document's order, ranges that follow each other as one.
fn status_words(statuses: &[Statuses]) -> String {
    let mut words: Vec<String> = Vec::with_capacity(statuses.len());
    let mut open: Option<(u16, u16)> = None;
    for status in statuses {
        let range = match *status {
            Statuses::One(_) | Statuses::Default => None,
            Statuses::Range(hundred) => Some(hundred),
        };
        open = match (open, range) {
            (Some((first, last)), Some(next)) if last + 1 == next => {
                words.pop();
                Some((first, next))
            }
            (_, range) => range.map(|hundred| (hundred, hundred)),
        };
        words.push(match (status, open) {
            (Statuses::One(status), _) => status.to_string(),
            (_, Some((first, last))) => format!("{first}00 to {last}99"),
            (_, None) => "any other status".to_owned(),
        });
    }
    let text = words.join(", ");
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => text,
    }
}
