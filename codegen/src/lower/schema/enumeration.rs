//! The values of `enum`, as `openapiv3` holds them.
//!
//! A list can be long, and many schemas look at one that they refer to: so nothing is copied before
//! the values themselves are asked for.

use serde_json::Value;

/// The values that a schema lists (OpenAPI 3.0.3, "Schema Object": `enum`).
///
/// `null` among them is nullability and was made that before, except where the schema has no type.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Enumeration<'s> {
    /// The schema lists none.
    #[default]
    None,
    Strings(&'s [Option<String>]),
    Numbers(&'s [Option<f64>]),
    Integers(&'s [Option<i64>]),
    Booleans(&'s [Option<bool>]),
    /// Those of a schema without one type.
    Any(&'s [Value]),
}

impl Enumeration<'_> {
    /// How many values there are.
    pub(crate) fn len(self) -> usize {
        match self {
            Self::None => 0,
            Self::Strings(values) => values.iter().flatten().count(),
            Self::Numbers(values) => values.iter().flatten().count(),
            Self::Integers(values) => values.iter().flatten().count(),
            Self::Booleans(values) => values.iter().flatten().count(),
            Self::Any(values) => values.len(),
        }
    }

    /// Whether there are none.
    pub(crate) fn is_empty(self) -> bool {
        match self {
            Self::None => true,
            Self::Strings(values) => values.iter().flatten().next().is_none(),
            Self::Numbers(values) => values.iter().flatten().next().is_none(),
            Self::Integers(values) => values.iter().flatten().next().is_none(),
            Self::Booleans(values) => values.iter().flatten().next().is_none(),
            Self::Any(values) => values.is_empty(),
        }
    }

    /// The values as JSON.
    pub(crate) fn values(self) -> Vec<Value> {
        match self {
            Self::None => Vec::new(),
            Self::Strings(values) => json(values),
            Self::Numbers(values) => json(values),
            Self::Integers(values) => json(values),
            Self::Booleans(values) => json(values),
            Self::Any(values) => values.to_vec(),
        }
    }

    /// The value, where there is just one.
    pub(crate) fn only_value(self) -> Option<Value> {
        if self.len() == 1 {
            self.values().pop()
        } else {
            None
        }
    }
}

fn json<T: Clone + Into<Value>>(values: &[Option<T>]) -> Vec<Value> {
    values.iter().flatten().cloned().map(Into::into).collect()
}
