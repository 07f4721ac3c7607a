//! Which values of a document a path selects, as a set of places.

use serde_json::{Map, Value};

use super::query::{Segment, Selector};
use super::select::{Exhausted, Filters, bounds, position};
use super::{Budget, JsonPath};

/// Places in a document, as a tree of the positions that lead to them.
///
/// The place of a member is its position among the members of its object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Set {
    /// Whether the value here is in the set.
    pub(crate) is_member: bool,
    /// Those in the value here that have something of the set in them, in the order of the document.
    pub(crate) inner: Vec<(usize, Set)>,
}

impl Set {
    /// The whole document.
    fn root() -> Self {
        Self {
            is_member: true,
            inner: Vec::new(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        !self.is_member && self.inner.is_empty()
    }

    /// Calls `visit` with each member of the set; `document` is what the places are of.
    pub(crate) fn each<'v>(&self, document: &'v Value, visit: &mut dyn FnMut(&'v Value)) {
        if self.is_member {
            visit(document);
        }
        let mut inner = self.inner.iter().peekable();
        for (at, value) in children(document).enumerate() {
            let Some((_, set)) = inner.next_if(|(position, _)| *position == at) else {
                if inner.peek().is_none() {
                    break;
                }
                continue;
            };
            set.each(value, visit);
        }
    }
}

/// The members or items of a value.
fn children(value: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match value {
        Value::Object(members) => Box::new(members.values()),
        Value::Array(items) => Box::new(items.iter()),
        _ => Box::new(std::iter::empty()),
    }
}

/// What a path selects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// At least one value.
    Some(Set),
    /// Nothing: the segment of this index was the first to select nothing, of these values.
    Nothing { segment: usize, of: Set },
}

impl JsonPath {
    /// Finds what the path selects.
    ///
    /// # Errors
    ///
    /// The budget is spent before.
    pub(crate) fn find(&self, document: &Value, budget: &mut Budget) -> Result<Found, Exhausted> {
        let mut filters = Filters::new(document, budget);
        let mut set = Set::root();
        for (index, segment) in self.query.segments.iter().enumerate() {
            let mut walk = Walk {
                segment,
                filters: &mut filters,
            };
            let next = walk.value(document, Some(&set), false)?;
            if next.is_empty() {
                return Ok(Found::Nothing {
                    segment: index,
                    of: set,
                });
            }
            set = next;
        }
        Ok(Found::Some(set))
    }
}

/// A walk over a document that applies one segment; each value is looked at once.
struct Walk<'w, 'v, 'b> {
    segment: &'w Segment,
    filters: &'w mut Filters<'v, 'b>,
}

impl<'v> Walk<'_, 'v, '_> {
    /// What the segment selects in a value, of which `from` is what the segments before have selected.
    /// `applies` says whether the segment applies to all in it.
    fn value(
        &mut self,
        value: &'v Value,
        from: Option<&Set>,
        applies: bool,
    ) -> Result<Set, Exhausted> {
        let applies = applies && self.segment.descends;
        let is_start = from.is_some_and(|set| set.is_member);
        let selected = if is_start || applies {
            self.selected(value)?
        } else {
            Vec::new()
        };
        let descends = (is_start || applies) && self.segment.descends;
        let mut selected = selected.into_iter().peekable();
        let mut from = from.map_or(&[][..], |set| &set.inner).iter().peekable();
        let mut found = Set::default();
        for (at, child) in children(value).enumerate() {
            let inner = from.next_if(|(position, _)| *position == at);
            let is_member = selected.next_if_eq(&at).is_some();
            self.child(&mut found, at, child, inner, is_member, descends)?;
            if !descends && from.peek().is_none() && selected.peek().is_none() {
                // Nothing of interest is behind this one.
                break;
            }
        }
        Ok(found)
    }

    fn child(
        &mut self,
        found: &mut Set,
        at: usize,
        child: &'v Value,
        from: Option<&(usize, Set)>,
        is_member: bool,
        descends: bool,
    ) -> Result<(), Exhausted> {
        self.filters.budget.take(1)?;
        let mut set = if from.is_some() || descends {
            self.value(child, from.map(|(_, set)| set), descends)?
        } else {
            Set::default()
        };
        set.is_member = is_member;
        if !set.is_empty() {
            found.inner.push((at, set));
        }
        Ok(())
    }

    /// The positions of what the selectors select of a value, in order.
    fn selected(&mut self, value: &'v Value) -> Result<Vec<usize>, Exhausted> {
        let mut found = Vec::new();
        for selector in &self.segment.selectors {
            self.filters.budget.take(1)?;
            match value {
                Value::Object(members) => self.of_object(selector, members, &mut found)?,
                Value::Array(items) => self.of_array(selector, items, &mut found)?,
                _ => {}
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    fn of_object(
        &mut self,
        selector: &Selector,
        members: &'v Map<String, Value>,
        found: &mut Vec<usize>,
    ) -> Result<(), Exhausted> {
        match selector {
            Selector::Name(name) => {
                if members.contains_key(name) {
                    self.filters.budget.take(members.len())?;
                    found.extend(members.keys().position(|key| key == name));
                }
            }
            Selector::Wildcard => {
                self.filters.budget.take(members.len())?;
                found.extend(0..members.len());
            }
            Selector::Filter(condition) => {
                for (at, value) in members.values().enumerate() {
                    if self.filters.holds(condition, value)? {
                        found.push(at);
                    }
                }
            }
            Selector::Index(_) | Selector::Slice { .. } => {}
        }
        Ok(())
    }

    fn of_array(
        &mut self,
        selector: &Selector,
        items: &'v [Value],
        found: &mut Vec<usize>,
    ) -> Result<(), Exhausted> {
        match selector {
            Selector::Index(index) => found.extend(position(*index, items.len())),
            Selector::Wildcard => {
                self.filters.budget.take(items.len())?;
                found.extend(0..items.len());
            }
            Selector::Slice { start, end, step } => {
                let range = bounds(*start, *end, *step, items.len());
                self.filters.budget.take(range.len())?;
                found.extend(range);
            }
            Selector::Filter(condition) => {
                for (at, value) in items.iter().enumerate() {
                    if self.filters.holds(condition, value)? {
                        found.push(at);
                    }
                }
            }
            Selector::Name(_) => {}
        }
        Ok(())
    }
}
