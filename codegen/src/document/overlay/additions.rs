//! How much overlays may do and add.

use serde_json::Value;

use crate::config::Limits;
use crate::document::read::DEEPEST;

/// How many values may be looked at to apply the overlays of any description: about a second's work.
pub(super) const STEPS: u64 = 20_000_000;

/// How often each value of a large description may be looked at besides. A path that begins with `$..` looks at all
/// values once.
const TIMES: u64 = 200;

/// How many values may be looked at in the description that this is.
pub(super) fn steps(value: &Value, least: u64) -> u64 {
    least.saturating_add(count(value).saturating_mul(TIMES))
}

/// How many values there are in a value, itself included.
fn count(value: &Value) -> u64 {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

/// The bytes that overlays may still add.
#[derive(Debug)]
pub(super) struct Additions {
    bytes: u64,
    pub(super) megabytes: u64,
}

/// A description would be too large, or nested too deeply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TooMuch {
    Bytes,
    Depth,
}

impl Additions {
    /// What may be added to this description.
    pub(super) fn within(value: &Value, limits: Limits) -> Self {
        Self {
            bytes: limits.bytes().saturating_sub(size(value)),
            megabytes: limits.megabytes,
        }
    }

    /// Spends the size of a value, so many times. What is removed later gives none back, so that this bounds the work
    /// as well.
    pub(super) fn spend(&mut self, value: &Value, times: usize) -> Result<(), TooMuch> {
        let times = u64::try_from(times).unwrap_or(u64::MAX);
        let needed = size(value).saturating_mul(times);
        self.bytes = self.bytes.checked_sub(needed).ok_or(TooMuch::Bytes)?;
        Ok(())
    }
}

/// The bytes that a value takes as JSON, at least.
pub(in crate::document) fn size(value: &Value) -> u64 {
    let length = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
    match value {
        Value::Null | Value::Bool(_) => 4,
        Value::Number(_) => 1,
        Value::String(text) => length(text.len()) + 2,
        Value::Array(items) => items.iter().map(|item| size(item) + 1).sum::<u64>() + 1,
        Value::Object(members) => {
            let members = members.iter();
            let members = members.map(|(key, value)| length(key.len()) + 4 + size(value));
            members.sum::<u64>() + 1
        }
    }
}

/// How many arrays and objects are in one another in a value.
pub(in crate::document) fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

/// Checks that a value of this depth may be put below so many others.
pub(super) fn check_depth(above: usize, depth: usize) -> Result<(), TooMuch> {
    if above.saturating_add(depth) <= DEEPEST {
        Ok(())
    } else {
        Err(TooMuch::Depth)
    }
}
