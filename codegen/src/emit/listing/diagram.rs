//! Diagrams in the language of Mermaid, which forges draw where they show Markdown.
//!
//! Mermaid refuses a diagram of more than 500 edges or 50,000 characters. A reader gives up
//! earlier, so the level of detail depends on the size of the API.

mod types;

use std::collections::HashMap;
use std::fmt::Write as _;

use indexmap::IndexMap;
use indexmap::map::Entry;

use crate::model::{Api, Resource};
use crate::names::Ident;

use super::{calls, counted};

pub(super) use types::Drawn;

/// Most operations that are drawn one by one.
const MOST_CALLS: usize = 24;

/// Most resources of a diagram.
const MOST_RESOURCES: usize = 100;

/// Longest diagram, in bytes.
const LONGEST: usize = 25_000;

/// The resources; small APIs also show their methods and return types.
pub(super) fn of_resources(api: &Api) -> String {
    let all = api.operations().count();
    let drawn = if all <= MOST_CALLS {
        Some(with_calls(api))
    } else if api.resources.len() <= MOST_RESOURCES {
        Some(overview(api))
    } else {
        None
    };
    match drawn.filter(|text| text.len() <= LONGEST) {
        Some(text) => format!("\n{}", fenced("flowchart LR", &text)),
        None => "\nThe diagram is omitted: there are too many resources.\n".to_owned(),
    }
}

/// A diagram between its fences.
fn fenced(kind: &str, lines: &str) -> String {
    format!("```mermaid\n{kind}\n{lines}```\n")
}

/// What a resource is called in a node; the requests of the client itself have no accessor.
fn shown(resource: &Resource) -> &str {
    if resource.is_client {
        "own methods"
    } else {
        resource.module.as_str()
    }
}

/// The node of the client, and an edge to each resource from its parent. `label` returns the text of the
/// node, `behind` the edges that start there.
fn tree(
    api: &Api,
    label: impl Fn(&Resource) -> String,
    mut behind: impl FnMut(usize, &Resource) -> String,
) -> String {
    let mut text = String::from("    client([\"Client\"])\n");
    let places: HashMap<Vec<&Ident>, usize> = api
        .resources
        .iter()
        .enumerate()
        .map(|(at, resource)| (resource.path().collect(), at))
        .collect();
    for (index, resource) in api.resources.iter().enumerate() {
        let parents: Vec<&Ident> = resource.parents.iter().collect();
        let parent = places
            .get(&parents)
            .map_or_else(|| "client".to_owned(), |at| format!("r{at}"));
        let _ = writeln!(text, "    {parent} --> r{index}[\"{}\"]", label(resource));
        text.push_str(&behind(index, resource));
    }
    text
}

/// Resources, methods and return types.
fn with_calls(api: &Api) -> String {
    let mut types: IndexMap<Ident, usize> = IndexMap::new();
    tree(
        api,
        |resource| shown(resource).to_owned(),
        |at, resource| {
            let mut text = String::new();
            let operations = resource.operations.iter().map(|it| (&it.method, it));
            let waits = resource.waiters.iter();
            let waits = waits.map(|it| (&it.method, &resource.operations[it.operation]));
            for (index, (method, operation)) in operations.chain(waits).enumerate() {
                let _ = write!(text, "    r{at} --> r{at}c{index}[\"{method}\"]");
                if let Some(name) = calls::response_type_name(api, operation) {
                    let number = types.len();
                    let _ = match types.entry(name.clone()) {
                        Entry::Occupied(it) => write!(text, " --> t{}", it.get()),
                        Entry::Vacant(it) => {
                            it.insert(number);
                            write!(text, " --> t{number}([\"{name}\"])")
                        }
                    };
                }
                text.push('\n');
            }
            text
        },
    )
}

/// Resources and their number of methods.
fn overview(api: &Api) -> String {
    tree(
        api,
        |resource| {
            let calls = counted(calls::count(resource), "method");
            format!("{}<br>{calls}", shown(resource))
        },
        |_, _| String::new(),
    )
}
