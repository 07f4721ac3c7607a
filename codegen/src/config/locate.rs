//! Places in the text for diagnostics that know a pointer.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostic, Origin};
use crate::source::Source;

/// Fills in the span of each diagnostic about the configuration that has none yet.
///
/// The pointer counts tables by key and arrays by position, from 0: `/waiters/0/done/1`. Where
/// the text has nothing at the pointer, the span is that of the longest part of it that exists,
/// so a missing key is shown at the header of its table.
pub fn locate(source: Source<'_>, diagnostics: &mut [Diagnostic]) {
    let mut unplaced = diagnostics
        .iter_mut()
        .filter(|diagnostic| diagnostic.origin == Origin::Config && diagnostic.span.is_none())
        .peekable();
    if unplaced.peek().is_none() {
        return;
    }
    // A text that is no TOML still has the tables before and after the slip.
    let (root, _) = DeTable::parse_recoverable(source.text);
    for diagnostic in unplaced {
        let span = find(root.get_ref(), diagnostic);
        diagnostic.span = Some(within(source.text, span));
    }
}

fn find(root: &DeTable<'_>, diagnostic: &Diagnostic) -> Range<usize> {
    let mut here = 0..0;
    let mut value: Option<&Spanned<DeValue<'_>>> = None;
    let tokens = diagnostic.pointer.split('/').skip(1);
    let last = tokens.clone().count();
    for (depth, token) in tokens.enumerate() {
        let token = token.replace("~1", "/").replace("~0", "~");
        let table = match value.map(Spanned::get_ref) {
            None => Some(root),
            Some(DeValue::Table(table)) => Some(table),
            Some(_) => None,
        };
        let next = match (table, value.map(Spanned::get_ref)) {
            (Some(table), _) => table
                .get_key_value(token.as_str())
                .map(|(key, value)| (Some(key.span()), value)),
            (None, Some(DeValue::Array(items))) => token
                .parse()
                .ok()
                .and_then(|index: usize| items.get(index))
                .map(|value| (None, value)),
            _ => None,
        };
        let Some((key, found)) = next else { break };
        here = match key {
            Some(key) if diagnostic.at_key && depth + 1 == last => key,
            _ => found.span(),
        };
        value = Some(found);
    }
    here
}

/// The parser's positions are trusted only so far as they can be used to slice the text.
fn within(text: &str, span: Range<usize>) -> Range<usize> {
    if text.get(span.clone()).is_some() {
        span
    } else {
        0..0
    }
}
