//! Lines and columns of JSON pointers, for those who speak of more places than diagnostics do.

use std::collections::HashMap;

use super::Places;
use crate::source::Source;

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    /// Line, from 1.
    pub(crate) line: usize,
    /// Column in characters, from 1.
    pub(crate) column: usize,
}

impl Position {
    /// The positions of what pointers name: of its key or value, or of what is nearest to it.
    pub(crate) fn of_all<'p>(
        source: Source<'_>,
        pointers: impl IntoIterator<Item = &'p str> + Clone,
    ) -> HashMap<String, Self> {
        let places = Places::find(source, pointers.clone());
        let mut starts: Vec<(usize, &str)> = pointers
            .into_iter()
            .map(|pointer| (places.span(pointer, true).start, pointer))
            .collect();
        starts.sort_unstable();
        // One walk over the text finds all of them.
        let (mut line, mut line_start, mut at) = (1, 0, 0);
        let mut found = HashMap::with_capacity(starts.len());
        for (start, pointer) in starts {
            for (index, _) in source.text[at..start].match_indices('\n') {
                line += 1;
                line_start = at + index + 1;
            }
            at = start;
            let column = source.text[line_start..start].chars().count() + 1;
            found.insert(pointer.to_owned(), Self { line, column });
        }
        found
    }
}
