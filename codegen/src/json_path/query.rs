//! Queries as data (RFC 9535, section 2).

use std::ops::Range;

use serde_json::Value;

/// Segments, applied one after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Query {
    pub(crate) segments: Vec<Segment>,
}

/// What is selected of each value: of its members or items, or of those of all values in it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Segment {
    /// Whether it is a descendant segment: `..`.
    pub(crate) descends: bool,
    pub(crate) selectors: Vec<Selector>,
    /// Where it is in the text of the path.
    pub(crate) span: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Selector {
    /// `'name'`.
    Name(String),
    /// `*`.
    Wildcard,
    /// `0`, or `-1` for the last one.
    Index(i64),
    /// `start:end:step`.
    Slice {
        start: Option<i64>,
        end: Option<i64>,
        step: i64,
    },
    /// `?` and a condition.
    Filter(Condition),
}

/// A logical expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Condition {
    Any(Vec<Condition>),
    All(Vec<Condition>),
    Not(Box<Condition>),
    /// Whether a query selects something.
    Exists(Inner),
    Compare(Operand, Operator, Operand),
    /// `match`, which wants the whole text, and `search`.
    Fits {
        text: Operand,
        pattern: Operand,
        whole: bool,
    },
}

/// A query in a condition.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Inner {
    /// Whether it starts at the root, `$`, or at the value that is looked at, `@`.
    pub(crate) from_root: bool,
    pub(crate) query: Query,
}

impl Inner {
    /// Whether it selects one value at most (RFC 9535, section 2.3.5.1).
    pub(crate) fn is_singular(&self) -> bool {
        self.query.segments.iter().all(|segment| {
            let one = matches!(
                segment.selectors.as_slice(),
                [Selector::Name(_) | Selector::Index(_)]
            );
            one && !segment.descends
        })
    }
}

/// What can be compared: it is a value, or nothing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Operand {
    Literal(Value),
    /// A query that selects one value at most.
    Query(Inner),
    /// `length`.
    Length(Box<Operand>),
    /// `count`.
    Count(Inner),
    /// `value`.
    Value(Inner),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
