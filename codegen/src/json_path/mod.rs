//! Queries of `JSONPath` (RFC 9535): which values of a document a path selects.
//!
//! A path can come from an untrusted file, and few characters of one can ask for more work than can ever be done
//! (`$..[*]..[*]..[*]`, filters in filters, a pattern compiled for each value). So the work is bounded: a
//! segment looks at each value once, whatever the number of ways that lead to it, and a [`Budget`] counts what filters
//! do. Libraries for it make lists with an entry for each way, without a bound.

mod condition;
mod evaluate;
mod parse;
mod pattern;
mod query;
mod scanner;
mod select;

#[cfg(test)]
mod tests;

pub(crate) use evaluate::{Found, Set};
pub(crate) use parse::Invalid;
pub(crate) use query::{Query, Selector};
pub(crate) use select::Exhausted;

/// How much may still be done.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    /// How many values may still be looked at.
    pub(crate) steps: u64,
}

impl Budget {
    /// Takes so many steps.
    ///
    /// # Errors
    ///
    /// There are fewer left.
    pub(crate) fn take(&mut self, steps: usize) -> Result<(), Exhausted> {
        let steps = u64::try_from(steps).unwrap_or(u64::MAX);
        self.steps = self.steps.checked_sub(steps).ok_or(Exhausted)?;
        Ok(())
    }
}

/// A path and its text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct JsonPath {
    pub(crate) text: String,
    pub(crate) query: Query,
}

impl JsonPath {
    /// Reads a path.
    ///
    /// # Errors
    ///
    /// What isn't well-formed and valid (RFC 9535, section 2.1), with its place.
    pub(crate) fn parse(text: &str) -> Result<Self, Invalid> {
        let query = parse::parse(text)?;
        Ok(Self {
            text: text.to_owned(),
            query,
        })
    }

    /// The text of the first segments.
    pub(crate) fn start(&self, segments: usize) -> &str {
        let last = segments.checked_sub(1);
        let last = last.and_then(|index| self.query.segments.get(index));
        let end = last.map_or(1, |segment| segment.span.end);
        self.text.get(..end).unwrap_or(&self.text)
    }
}
