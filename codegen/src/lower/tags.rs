//! Tags: the groups of operations in the documentation, whatever their methods are called.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use openapiv3::Operation;
use serde_json::Value;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::document::Document;
use crate::model::{Docs, Resource, Tag};
use crate::names::DEEPEST;
use crate::pointer::push;

use super::docs;

/// The kind of tag that reference documentation is grouped by (OpenAPI registry of tag kinds).
const NAVIGATION: &str = "nav";

/// What the document says of a tag (OpenAPI 3.2.0, "Tag Object").
struct Declared<'a> {
    /// Its place in the list.
    index: usize,
    summary: Option<&'a str>,
    description: Option<&'a str>,
    kind: Option<&'a str>,
    parent: Option<&'a str>,
}

/// The tags that the document declares.
pub(super) struct DeclaredTags<'a> {
    tags: IndexMap<&'a str, Declared<'a>>,
}

impl<'a> DeclaredTags<'a> {
    /// Those of the document; of two with one name the first.
    pub(super) fn of(document: &'a Document) -> Self {
        let mut tags = IndexMap::new();
        let list = document.value("/tags").and_then(Value::as_array);
        for (index, tag) in list.into_iter().flatten().enumerate() {
            let text = |field: &str| tag.get(field).and_then(Value::as_str);
            if let Some(name) = text("name") {
                tags.entry(name).or_insert(Declared {
                    index,
                    summary: text("summary"),
                    description: text("description"),
                    kind: text("kind"),
                    parent: text("parent"),
                });
            }
        }
        Self { tags }
    }

    /// What is wrong with the parents.
    pub(super) fn problems(&self) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        for (name, declared) in &self.tags {
            let Some(parent) = declared.parent else {
                continue;
            };
            let what = if !self.tags.contains_key(parent) {
                format!("the parent `{parent}` of the tag `{name}` is not declared")
            } else if self.line(name).len() > DEEPEST {
                format!("the tag `{name}` has more than {DEEPEST} parents")
            } else if self.leads_in_a_circle(name) {
                format!("the tag `{name}` is a parent of itself")
            } else {
                continue;
            };
            let at = push(&push("/tags", &declared.index.to_string()), "parent");
            let problem = Diagnostic::warning(WarningCode::TagParent, Origin::Spec, at, what);
            problems.push(problem.label("ignored"));
        }
        problems
    }

    fn leads_in_a_circle(&self, name: &str) -> bool {
        let mut met = HashSet::from([name]);
        let mut tag = name;
        while let Some(parent) = self.tags.get(tag).and_then(|it| it.parent) {
            if !met.insert(parent) {
                return true;
            }
            tag = parent;
        }
        false
    }

    /// A tag and those that it is below, the outermost first; alone where that can't be said.
    pub(super) fn line<'t>(&'t self, name: &'t str) -> Vec<&'t str> {
        if self.leads_in_a_circle(name) {
            return vec![name];
        }
        let parent = |tag: &&'t str| self.tags.get(*tag)?.parent;
        let is_declared = |tag: &&'t str| *tag == name || self.tags.contains_key(*tag);
        let line = std::iter::successors(Some(name), parent).take_while(is_declared);
        let mut line: Vec<&str> = line.collect();
        line.reverse();
        line
    }

    /// Puts the tag that groups an operation before its others: one of another kind, such as a badge, groups
    /// nothing.
    pub(super) fn put_group_first(&self, operation: &mut Operation) {
        let groups = |tag: &String| {
            let kind = self.tags.get(tag.as_str()).and_then(|it| it.kind);
            kind.is_none_or(|kind| kind == NAVIGATION)
        };
        if let Some(at) = operation.tags.iter().position(groups) {
            operation.tags[..=at].rotate_right(1);
        }
    }

    /// What the document says of a tag: its summary, then its description.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let declared = self.tags.get(name)?;
        let text = docs::summary_and_description(declared.summary, declared.description);
        Some(text).filter(|text| !text.is_empty())
    }

    /// The tags by the names that lead to their resources.
    pub(super) fn by_path(
        &self,
        path: impl Fn(&str) -> Vec<String>,
    ) -> HashMap<Vec<String>, &'a str> {
        let mut paths = HashMap::new();
        let parents: HashSet<&str> = self.tags.values().filter_map(|it| it.parent).collect();
        for name in self.tags.keys().filter(|name| parents.contains(*name)) {
            paths.entry(path(name)).or_insert(*name);
        }
        paths
    }
}

/// The tags of all operations and those above them, those that the document declares first (Tag Object), each with its
/// description.
pub(super) fn of_operations(
    document: &Document,
    config: &Config,
    resources: &[Resource],
) -> Vec<Tag> {
    let declared = DeclaredTags::of(document);
    let mut names: IndexMap<&str, ()> = IndexMap::new();
    names.extend(declared.tags.keys().map(|name| (*name, ())));
    let operations = resources.iter().flat_map(|it| &it.operations);
    names.extend(
        operations
            .filter_map(|it| it.tag.as_deref())
            .map(|it| (it, ())),
    );
    let tag = |name: &str| {
        let configured = config.resources.get(name);
        let configured = configured.and_then(|it| it.description.clone());
        let line = declared.line(name);
        let parent = line.len().checked_sub(2).map(|at| line[at].to_owned());
        let kind = declared.tags.get(name).and_then(|it| it.kind);
        Tag {
            name: name.to_owned(),
            docs: Docs::text(
                configured
                    .or_else(|| declared.text(name))
                    .unwrap_or_default(),
            ),
            parent,
            kind: kind.filter(|it| *it != NAVIGATION).map(str::to_owned),
        }
    };
    names.into_keys().map(tag).collect()
}
