//! `[resources]` and `[operations]`: what tags and operations are called.

use std::collections::HashMap;
use std::fmt::Write as _;

use indexmap::IndexMap;

use crate::config::{CLIENT, NAME, NAMES};
use crate::lower::from_method_and_path;
use crate::model::{Api, NamedBy, Operation, Resource};

use super::pages::Common;
use super::text::{aligned, count, key, shown, string};

/// What names come from.
pub(super) fn names(api: &Api) -> String {
    let by = string(api.named_by.as_str());
    let rest: Vec<String> = NamedBy::ALL
        .iter()
        .filter(|other| **other != api.named_by)
        .map(|other| string(other.as_str()))
        .collect();
    let lines = [(format!("by = {by}"), format!("or {}", rest.join(", ")))];
    format!(
        "# What the names of resources and methods come from, for operations that aren't named below.\n\
         [names]\n{}",
        aligned(&lines)
    )
}

/// What each tag is called, where names come from tags.
pub(super) fn resources(api: &Api) -> String {
    if api.named_by != NamedBy::Tag {
        return String::new();
    }
    let mut lines: IndexMap<&str, (String, String)> = IndexMap::new();
    for (resource, operation) in api.operations() {
        let path = resource.path_joined(".");
        if let Some(tag) = tag(operation).filter(|_| NAMES.broken_by(&path).is_none()) {
            lines.entry(tag).or_insert_with(|| {
                let operations = count(calls(resource).count(), "operation");
                let line = format!("{}.name = {}", key(tag), string(&path));
                (line, format!("{}, {operations}", way_to(resource)))
            });
        }
    }
    if lines.is_empty() {
        return String::new();
    }
    let lines: Vec<(String, String)> = lines.into_values().collect();
    format!(
        "# Names of resources, by tag; `description = \"..\"` beside a name replaces that of the \
         tag.\n[resources]\n{}",
        aligned(&lines)
    )
}

/// What each operation is called, and how its responses go on.
pub(super) fn section(api: &Api, pages: &Common) -> String {
    if api.operations().next().is_none() {
        return String::new();
    }
    let keys = Keys::of(api);
    let mut text = String::from(
        "# Names of methods, by operation. `resource = \"pets\"` moves an operation to another \
         resource,\n# `skip = true` excludes it, and `pages.by = \"none\"` disables its \
         pagination.\n[operations]\n",
    );
    for resource in &api.resources {
        let operations: Vec<&Operation> = calls(resource).collect();
        if operations.is_empty() {
            continue;
        }
        // Writing to a string can't fail.
        let _ = writeln!(text, "\n# {}", way_to(resource));
        let lines: Vec<_> = operations
            .into_iter()
            .flat_map(|operation| lines(api, resource, operation, (&keys, pages)))
            .collect();
        text.push_str(&aligned(&lines));
    }
    text
}

/// What is said about an operation, each line with its comment.
fn lines(
    api: &Api,
    resource: &Resource,
    operation: &Operation,
    (keys, pages): (&Keys<'_>, &Common),
) -> Vec<(String, String)> {
    let key = key(&keys.key(operation));
    let method = operation.method.as_str();
    let mut lines = Vec::new();
    // A name that is longer than one may be here is left to be made again.
    if NAME.broken_by(method).is_none() {
        let comment = format!("{} {}", operation.http.as_str(), shown(&operation.path));
        lines.push((format!("{key}.name = {}", string(method)), comment));
    }
    let path = if resource.is_client {
        CLIENT.to_owned()
    } else {
        resource.path_joined(".")
    };
    let is_tagged = api.named_by == NamedBy::Tag && tag(operation).is_some();
    if !is_tagged && NAMES.broken_by(&path).is_none() {
        lines.push((format!("{key}.resource = {}", string(&path)), String::new()));
    }
    if let Some(pages) = pages.table(api, operation) {
        lines.push((format!("{key}.pages = {pages}"), String::new()));
    }
    lines
}

/// The operations of a resource, each once: one that can be called in several ways stands behind
/// itself in the model.
pub(super) fn calls(resource: &Resource) -> impl Iterator<Item = &Operation> {
    let mut last = None;
    resource.operations.iter().filter(move |operation| {
        let place = Some((operation.http, &operation.path));
        std::mem::replace(&mut last, place) != place
    })
}

/// How users get to a resource: `client.pets().toys()`.
pub(super) fn way_to(resource: &Resource) -> String {
    resource.way()
}

/// The tag that an operation belongs to its resource by. A tag without a name can't be a key.
fn tag(operation: &Operation) -> Option<&str> {
    operation.tag.as_deref().filter(|tag| !tag.is_empty())
}

/// What the configuration calls operations.
pub(super) struct Keys<'a> {
    /// How many operations have each id.
    ids: HashMap<&'a str, usize>,
}

impl<'a> Keys<'a> {
    pub(super) fn of(api: &'a Api) -> Self {
        let mut ids = HashMap::new();
        for operation in api.resources.iter().flat_map(calls) {
            *ids.entry(operation.id.as_str()).or_default() += 1;
        }
        Self { ids }
    }

    /// The id where the document has one that means this operation alone, else method and path.
    pub(super) fn key(&self, operation: &Operation) -> String {
        let id = operation.id.as_str();
        let is_made = from_method_and_path(operation.http, &operation.path) == id;
        if is_made || id.contains(" /") || self.ids.get(id) != Some(&1) {
            operation.route()
        } else {
            id.to_owned()
        }
    }
}
