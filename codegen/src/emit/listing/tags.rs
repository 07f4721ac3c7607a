//! The tags of the description, where methods aren't named by them: its reference documentation is
//! grouped so, and readers come from there.

use std::fmt::Write as _;

use indexmap::{IndexMap, IndexSet};

use crate::model::{Api, NamedBy, Operation, Resource, Tag, Waiter};

use super::{Anchors, Page, heading};
use crate::emit::docs;

impl Page<'_> {
    /// A line for each tag, with the resources that have its operations.
    pub(super) fn tags(&mut self) {
        let api = self.api;
        let resources = resources_of_tags(api);
        if resources.is_empty() {
            return;
        }
        let links: Vec<String> = Anchors::of(api).links().collect();
        let mut text = String::from("\n### By tag\n\n");
        let shown = in_levels(&api.tags, |name| resources.contains_key(name));
        for (tag, level) in shown {
            let none = IndexSet::new();
            let of_tag = resources.get(tag.name.as_str()).unwrap_or(&none);
            let link = |&index: &usize| {
                let link = &links[index];
                let target = link.strip_prefix("api.md").unwrap_or(link);
                format!("[`{}`]({target})", heading(&api.resources[index]))
            };
            let calls: Vec<String> = of_tag.iter().map(link).collect();
            let indent = "    ".repeat(level);
            let _ = write!(text, "{indent}- {}", docs::code(&tag.name));
            if let Some(kind) = &tag.kind {
                let _ = write!(text, " ({})", docs::code(kind));
            }
            if !calls.is_empty() {
                let _ = write!(text, ": {}", calls.join(", "));
            }
            let about = docs::paragraph(&tag.docs, "");
            if !about.is_empty() {
                let _ = write!(text, ": {about}");
            }
            text.push('\n');
        }
        self.add(&text);
    }
}

/// The tags that are shown, each below its parent and with its level: those with operations, and those above them.
fn in_levels<'a>(tags: &'a [Tag], has_operations: impl Fn(&str) -> bool) -> Vec<(&'a Tag, usize)> {
    let by_name: IndexMap<&str, &Tag> = tags.iter().map(|it| (it.name.as_str(), it)).collect();
    let line = |tag: &'a Tag| {
        let parent = |tag: &&'a Tag| by_name.get(tag.parent.as_deref()?).copied();
        std::iter::successors(Some(tag), parent)
    };
    let with_operations = tags.iter().filter(|tag| has_operations(&tag.name));
    let shown: IndexSet<&str> = with_operations.flat_map(line).map(|it| &*it.name).collect();
    let mut lines = Vec::with_capacity(shown.len());
    let is_top = |tag: &&Tag| tag.parent.is_none() && shown.contains(&*tag.name);
    let mut open: Vec<(&Tag, usize)> = tags.iter().filter(is_top).map(|it| (it, 0)).collect();
    open.reverse();
    while let Some((tag, level)) = open.pop() {
        lines.push((tag, level));
        let is_below =
            |it: &&Tag| it.parent.as_deref() == Some(&*tag.name) && shown.contains(&*it.name);
        let below = tags.iter().rev().filter(is_below);
        open.extend(below.map(|it| (it, level + 1)));
    }
    lines
}

/// The methods of a resource that are under one heading.
pub(super) struct Group<'a> {
    /// Their tag, where a resource has methods of several.
    pub heading: Option<&'a str>,
    pub operations: Vec<&'a Operation>,
    pub waiters: Vec<&'a Waiter>,
}

/// The methods of a resource by tag. Those without one come first: behind others they would be under a
/// heading that isn't theirs.
pub(super) fn groups(resource: &Resource) -> Vec<Group<'_>> {
    let mut groups: IndexMap<Option<&str>, Group<'_>> = IndexMap::new();
    for operation in &resource.operations {
        let heading = operation.tag.as_deref();
        let group = groups.entry(heading).or_insert_with(|| Group {
            heading,
            operations: Vec::new(),
            waiters: Vec::new(),
        });
        group.operations.push(operation);
    }
    for waiter in &resource.waiters {
        let tag = resource.operations[waiter.operation].tag.as_deref();
        if let Some(group) = groups.get_mut(&tag) {
            group.waiters.push(waiter);
        }
    }
    groups.sort_by(|tag, _, other, _| tag.is_some().cmp(&other.is_some()));
    let mut groups: Vec<Group<'_>> = groups.into_values().collect();
    if let [only] = groups.as_mut_slice() {
        only.heading = None;
    }
    groups
}

/// The resources of each tag by their index, where a tag is not just a resource under another name.
fn resources_of_tags(api: &Api) -> IndexMap<&str, IndexSet<usize>> {
    let mut resources: IndexMap<&str, IndexSet<usize>> = IndexMap::new();
    let mut is_other = false;
    for (index, resource) in api.resources.iter().enumerate() {
        let tags = resource
            .operations
            .iter()
            .filter_map(|it| it.tag.as_deref());
        let tags: IndexSet<&str> = tags.collect();
        is_other |= tags.len() > 1;
        for tag in tags {
            let of_tag = resources.entry(tag).or_default();
            of_tag.insert(index);
            is_other |= of_tag.len() > 1;
        }
    }
    if api.named_by == NamedBy::Tag || !is_other {
        resources.clear();
    }
    resources
}
