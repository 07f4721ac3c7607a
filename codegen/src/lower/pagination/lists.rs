//! Which of the lists in a response its pages are of.

use crate::names::words;

use super::super::operations::Found;
use super::response::List;
use super::vocabulary::{ASIDE, GENERIC, NEVER, is_one_of};

/// The lists that pages may be of: one where it is known, several where it isn't.
///
/// What usually stands beside the list of a page, such as messages, is that list only where the path is
/// named after it, or where it is all there is.
pub(super) fn candidates<'l>(found: &Found<'_>, lists: &'l [List]) -> Vec<&'l List> {
    let names = Names::of(found);
    let mut main: Vec<&List> = Vec::new();
    let mut aside: Vec<&List> = Vec::new();
    for list in lists {
        let last = list.path.last();
        let is_aside = is_one_of(last, &ASIDE) || is_one_of(last, &NEVER);
        if names.is_last_segment(list) || !is_aside {
            main.push(list);
        } else if !is_one_of(last, &NEVER) && list.is_wrapped() && !found.path.ends_with('}') {
            aside.push(list);
        }
    }
    let wrapped: Vec<&List> = main.iter().copied().filter(|it| it.is_wrapped()).collect();
    if !wrapped.is_empty() {
        return names.chosen(&wrapped);
    }
    // What is inside of something else is its own list, unless it has a name that tells.
    let is_known = |list: &&List| is_generic(list) || names.is_last_segment(list);
    let inside: Vec<&List> = main.into_iter().filter(is_known).collect();
    names.chosen(if inside.is_empty() { &aside } else { &inside })
}

/// What an operation is called: the fixed segments of its path, the last one first, and its id.
struct Names {
    segments: Vec<Vec<String>>,
    id: Vec<String>,
}

impl Names {
    fn of(found: &Found<'_>) -> Self {
        let path = found.path.split(['?', '#']).next().unwrap_or_default();
        let segments = path.split('/').rev();
        let fixed = segments.filter(|it| !it.is_empty() && !it.contains('{'));
        let id = found.operation.operation_id.as_deref();
        Self {
            segments: fixed.map(words).collect(),
            id: words(id.unwrap_or_default()),
        }
    }

    /// Of several lists the one that the operation is named after, else the one that is nearest to the
    /// top, else the one with a name for any list.
    fn chosen<'l>(&self, lists: &[&'l List]) -> Vec<&'l List> {
        let named: Vec<&List> = lists
            .iter()
            .copied()
            .filter(|list| self.is_last_segment(list))
            .collect();
        if let [named] = named.as_slice() {
            return vec![named];
        }
        let depth = lists.iter().map(|list| list.path.wire.len()).min();
        let nearest = lists.iter().copied();
        let nearest = nearest.filter(|list| Some(list.path.wire.len()) == depth);
        let nearest: Vec<&List> = nearest.collect();
        if nearest.len() < 2 {
            return nearest;
        }
        let rules: [fn(&Self, &List) -> bool; 5] = [
            Self::is_segment,
            Self::is_in_id,
            |_, list| is_generic(list),
            Self::is_about_segment,
            |_, list| ends_generic(list),
        ];
        for rule in rules {
            let fitting = nearest.iter().copied().filter(|list| rule(self, list));
            if let [one] = fitting.collect::<Vec<&List>>().as_slice() {
                return vec![one];
            }
        }
        nearest
    }

    fn is_last_segment(&self, list: &List) -> bool {
        let segment = self.segments.first();
        segment.is_some_and(|segment| is_called(list, segment))
    }

    fn is_segment(&self, list: &List) -> bool {
        let mut segments = self.segments.iter();
        segments.any(|segment| is_called(list, segment))
    }

    /// Whether the name of a list begins as the end of the path: `notification_groups`.
    fn is_about_segment(&self, list: &List) -> bool {
        let own = words(list.path.last());
        let end = self.segments.first().and_then(|segment| segment.last());
        let (Some(start), Some(end)) = (own.first(), end) else {
            return false;
        };
        stem(start) == stem(end)
    }

    fn is_in_id(&self, list: &List) -> bool {
        let own = words(list.path.last());
        let mut parts = self.id.windows(own.len().max(1));
        parts.any(|part| is_alike(part, &own))
    }
}

/// Whether a list, or the object that holds it alone, goes by this name.
fn is_called(list: &List, name: &[String]) -> bool {
    let mut path = list.path.wire.iter().rev();
    let own = path.next().map(|it| words(it)).unwrap_or_default();
    let is_named = |own: &[String]| is_alike(own, name);
    is_named(&own) || (is_generic(list) && path.next().is_some_and(|it| is_named(&words(it))))
}

/// Whether a list has a name for any list.
fn is_generic(list: &List) -> bool {
    is_one_of(list.path.last(), &GENERIC)
}

/// Whether the name of a list ends as one for any list: `report_items`.
fn ends_generic(list: &List) -> bool {
    let own = words(list.path.last());
    own.last()
        .is_some_and(|last| GENERIC.contains(&last.as_str()))
}

/// Whether names are the same, in the plural or not.
fn is_alike(left: &[String], right: &[String]) -> bool {
    let (Some((left, before)), Some((right, other))) = (left.split_last(), right.split_last())
    else {
        return false;
    };
    before == other && stem(left) == stem(right)
}

/// A word without its plural.
fn stem(word: &str) -> &str {
    let without = |end: &str| word.strip_suffix(end).filter(|stem| stem.len() > 1);
    without("ies")
        .or_else(|| without("es"))
        .or_else(|| without("s"))
        .or_else(|| without("y"))
        .or_else(|| without("e"))
        .unwrap_or(word)
}
