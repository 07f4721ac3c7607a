//! Pages that describe a group of operations as a whole.

use std::collections::HashSet;

use crate::Pages;
use crate::facts::{At, Operation};
use crate::spec::SpecOperation;

use super::unnamed;

/// A page that describes a group of operations as a whole.
pub(super) struct Group<'p> {
    /// Its first operation.
    pub(super) at: At,
    /// How the paths of its operations begin.
    common: Vec<&'p str>,
    /// The tags of its operations in the description.
    tags: HashSet<&'p str>,
}

/// The pages that describe groups: those with a heading above the headings of their operations.
pub(super) fn groups<'p>(pages: &'p Pages<'p>, spec: &'p [SpecOperation]) -> Vec<Group<'p>> {
    let mut groups = Vec::new();
    for facts in &pages.facts {
        let grouped = facts.operations.iter().filter(|it| it.group.is_some());
        let grouped: Vec<&Operation> = grouped.collect();
        let Some(first) = grouped.first() else {
            continue;
        };
        let mut common: Vec<&str> = first.path.split('/').collect();
        for operation in &grouped {
            let parts = operation.path.split('/');
            let same = common.iter().zip(parts).take_while(|(a, b)| **a == *b);
            let same = same.count();
            common.truncate(same);
        }
        while common.last().is_some_and(|it| it.starts_with('{')) {
            common.pop();
        }
        let described: HashSet<(&str, String)> = grouped
            .iter()
            .map(|it| (it.method.as_str(), unnamed(&it.path)))
            .collect();
        let tags = spec
            .iter()
            .filter(|it| described.contains(&(it.method.as_str(), unnamed(&it.path))))
            .flat_map(|it| it.tags.iter().map(String::as_str))
            .collect();
        groups.push(Group {
            at: first.at,
            common,
            tags,
        });
    }
    groups
}

impl Group<'_> {
    /// Whether an operation of the description belongs to it: its path begins as all of theirs do, and it
    /// shares a tag with one of them, where it has any.
    pub(super) fn has(&self, operation: &SpecOperation) -> bool {
        let begins = operation.path.split('/').take(self.common.len());
        // The first part is empty: one more is needed to say anything.
        self.common.len() > 1
            && begins.eq(self.common.iter().copied())
            && (operation.tags.is_empty()
                || operation
                    .tags
                    .iter()
                    .any(|it| self.tags.contains(it.as_str())))
    }
}
