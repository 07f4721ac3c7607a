//! Conditions of filters (RFC 9535, section 2.3.5.2), and the queries in them.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::Budget;
use super::pattern::Patterns;
use super::query::{Condition, Inner, Operand, Operator, Segment, Selector};

/// The budget is spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Exhausted;

/// Most values that a query in a filter may select.
const MOST: usize = 1_000_000;

/// Where an index is in an array of so many items.
pub(super) fn position(index: i64, length: usize) -> Option<usize> {
    let found = if index < 0 {
        let back = usize::try_from(index.unsigned_abs()).ok()?;
        length.checked_sub(back)?
    } else {
        usize::try_from(index).ok()?
    };
    (found < length).then_some(found)
}

/// The positions that a slice selects of an array of so many items (RFC 9535, section 2.3.4.2).
pub(super) fn bounds(start: Option<i64>, end: Option<i64>, step: i64, length: usize) -> Vec<usize> {
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    let normal = |index: i64| if index < 0 { length + index } else { index };
    let mut found = Vec::new();
    let mut push = |at: i64| found.extend(usize::try_from(at));
    if step > 0 {
        let mut at = normal(start.unwrap_or(0)).clamp(0, length);
        let end = normal(end.unwrap_or(length)).clamp(0, length);
        while at < end {
            push(at);
            at = at.saturating_add(step);
        }
    } else if step < 0 {
        let mut at = normal(start.unwrap_or(length - 1)).clamp(-1, length - 1);
        let end = end.map_or(-1, |end| normal(end).clamp(-1, length - 1));
        while at > end {
            push(at);
            at = at.saturating_add(step);
        }
    }
    found
}

/// What conditions need to know of the document, and what they may cost.
pub(super) struct Filters<'v, 'b> {
    root: &'v Value,
    pub(super) budget: &'b mut Budget,
    patterns: Patterns,
}

/// What an operand is: one of the document, one that was made, or nothing.
enum Given<'v> {
    Nothing,
    Here(&'v Value),
    Made(Value),
}

impl Given<'_> {
    fn get(&self) -> Option<&Value> {
        match self {
            Self::Nothing => None,
            Self::Here(value) => Some(value),
            Self::Made(value) => Some(value),
        }
    }
}

impl<'v, 'b> Filters<'v, 'b> {
    pub(super) fn new(root: &'v Value, budget: &'b mut Budget) -> Self {
        Self {
            root,
            budget,
            patterns: Patterns::default(),
        }
    }

    /// Whether a condition holds for a value.
    pub(super) fn holds(
        &mut self,
        condition: &Condition,
        current: &'v Value,
    ) -> Result<bool, Exhausted> {
        self.budget.take(1)?;
        match condition {
            Condition::Any(all) => {
                for each in all {
                    if self.holds(each, current)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Condition::All(all) => {
                for each in all {
                    if !self.holds(each, current)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Condition::Not(inner) => Ok(!self.holds(inner, current)?),
            Condition::Exists(inner) => Ok(!self.nodes(inner, current)?.is_empty()),
            Condition::Compare(left, operator, right) => {
                let left = self.operand(left, current)?;
                let right = self.operand(right, current)?;
                self.compare(left.get(), *operator, right.get())
            }
            Condition::Fits {
                text,
                pattern,
                whole,
            } => {
                let text = self.operand(text, current)?;
                let pattern = self.operand(pattern, current)?;
                match (text.get(), pattern.get()) {
                    (Some(Value::String(text)), Some(Value::String(pattern))) => {
                        self.patterns.fits(text, pattern, *whole, self.budget)
                    }
                    _ => Ok(false),
                }
            }
        }
    }

    fn operand<'o>(
        &mut self,
        operand: &'o Operand,
        current: &'v Value,
    ) -> Result<Given<'o>, Exhausted>
    where
        'v: 'o,
    {
        let number = |count: usize| Given::Made(Value::Number(count.into()));
        Ok(match operand {
            Operand::Literal(value) => Given::Here(value),
            Operand::Query(inner) | Operand::Value(inner) => {
                match self.nodes(inner, current)?.as_slice() {
                    [one] => Given::Here(one),
                    _ => Given::Nothing,
                }
            }
            Operand::Count(inner) => number(self.nodes(inner, current)?.len()),
            Operand::Length(operand) => {
                let value = self.operand(operand, current)?;
                match value.get() {
                    Some(Value::String(text)) => {
                        self.budget.take(text.len() / 8)?;
                        number(text.chars().count())
                    }
                    Some(Value::Array(items)) => number(items.len()),
                    Some(Value::Object(members)) => number(members.len()),
                    _ => Given::Nothing,
                }
            }
        })
    }

    /// All that a query selects, once for each way that leads to it.
    fn nodes(&mut self, inner: &Inner, current: &'v Value) -> Result<Vec<&'v Value>, Exhausted> {
        let start = if inner.from_root { self.root } else { current };
        let mut nodes = vec![start];
        for segment in &inner.query.segments {
            let mut next = Vec::new();
            for node in nodes {
                self.segment(segment, node, &mut next)?;
            }
            nodes = next;
        }
        Ok(nodes)
    }

    fn segment(
        &mut self,
        segment: &Segment,
        value: &'v Value,
        found: &mut Vec<&'v Value>,
    ) -> Result<(), Exhausted> {
        for selector in &segment.selectors {
            let before = found.len();
            self.selector(selector, value, found)?;
            self.budget.take(1 + found.len() - before)?;
            if found.len() > MOST {
                return Err(Exhausted);
            }
        }
        if segment.descends {
            match value {
                Value::Object(members) => {
                    for value in members.values() {
                        self.segment(segment, value, found)?;
                    }
                }
                Value::Array(items) => {
                    for value in items {
                        self.segment(segment, value, found)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn selector(
        &mut self,
        selector: &Selector,
        value: &'v Value,
        found: &mut Vec<&'v Value>,
    ) -> Result<(), Exhausted> {
        match (selector, value) {
            (Selector::Name(name), Value::Object(members)) => found.extend(members.get(name)),
            (Selector::Wildcard, Value::Object(members)) => found.extend(members.values()),
            (Selector::Wildcard, Value::Array(items)) => found.extend(items),
            (Selector::Index(index), Value::Array(items)) => {
                let at = position(*index, items.len());
                found.extend(at.and_then(|at| items.get(at)));
            }
            (Selector::Slice { start, end, step }, Value::Array(items)) => {
                let range = bounds(*start, *end, *step, items.len());
                found.extend(range.into_iter().filter_map(|at| items.get(at)));
            }
            (Selector::Filter(condition), Value::Object(members)) => {
                for value in members.values() {
                    if self.holds(condition, value)? {
                        found.push(value);
                    }
                }
            }
            (Selector::Filter(condition), Value::Array(items)) => {
                for value in items {
                    if self.holds(condition, value)? {
                        found.push(value);
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn compare(
        &mut self,
        left: Option<&Value>,
        operator: Operator,
        right: Option<&Value>,
    ) -> Result<bool, Exhausted> {
        let order = match operator {
            Operator::Equal | Operator::NotEqual => None,
            _ => self.order(left, right)?,
        };
        Ok(match operator {
            Operator::Equal => self.equal(left, right)?,
            Operator::NotEqual => !self.equal(left, right)?,
            Operator::Less => order == Some(Ordering::Less),
            Operator::Greater => order == Some(Ordering::Greater),
            Operator::LessOrEqual => order == Some(Ordering::Less) || self.equal(left, right)?,
            Operator::GreaterOrEqual => {
                order == Some(Ordering::Greater) || self.equal(left, right)?
            }
        })
    }

    /// The order of two values that have one: numbers, and strings by their characters.
    fn order(
        &mut self,
        left: Option<&Value>,
        right: Option<&Value>,
    ) -> Result<Option<Ordering>, Exhausted> {
        Ok(match (left, right) {
            (Some(Value::Number(left)), Some(Value::Number(right))) => numbers(left, right),
            (Some(Value::String(left)), Some(Value::String(right))) => {
                self.budget.take(left.len().min(right.len()) / 8)?;
                Some(left.cmp(right))
            }
            _ => None,
        })
    }

    fn equal(&mut self, left: Option<&Value>, right: Option<&Value>) -> Result<bool, Exhausted> {
        self.budget.take(1)?;
        Ok(match (left, right) {
            (None, None) => true,
            (Some(Value::Array(left)), Some(Value::Array(right))) => {
                if left.len() != right.len() {
                    return Ok(false);
                }
                for (left, right) in left.iter().zip(right) {
                    if !self.equal(Some(left), Some(right))? {
                        return Ok(false);
                    }
                }
                true
            }
            (Some(Value::Object(left)), Some(Value::Object(right))) => {
                if left.len() != right.len() {
                    return Ok(false);
                }
                for (key, value) in left {
                    let other = right.get(key);
                    if other.is_none() || !self.equal(Some(value), other)? {
                        return Ok(false);
                    }
                }
                true
            }
            (Some(Value::Number(left)), Some(Value::Number(right))) => {
                numbers(left, right) == Some(Ordering::Equal)
            }
            (Some(Value::String(left)), Some(Value::String(right))) => {
                self.budget.take(left.len().min(right.len()) / 8)?;
                left == right
            }
            (left, right) => left == right,
        })
    }
}

fn numbers(left: &Number, right: &Number) -> Option<Ordering> {
    match (left.as_i128(), right.as_i128()) {
        (Some(left), Some(right)) => Some(left.cmp(&right)),
        _ => left.as_f64()?.partial_cmp(&right.as_f64()?),
    }
}
