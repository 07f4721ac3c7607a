//! What was found: differences while they are looked for.

use crate::Counts;
use crate::facts::At;
use crate::report::DifferenceKind;

/// A difference, before its places are looked up.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) kind: DifferenceKind,
    pub(crate) message: String,
    /// The line of the page, and what to say there.
    pub(crate) page: (At, String),
    /// The place in the description, and what to say there.
    pub(crate) spec: (String, String),
    pub(crate) help: Option<String>,
    /// What it is about: those that are about the same are one. The last pages to say it are told with the first.
    pub(crate) about: Vec<(String, String)>,
    /// Other lines that say the same.
    pub(crate) also: Vec<At>,
}

/// All that was found so far.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) found: Vec<Found>,
    pub(crate) counts: Counts,
    /// Lines that say too little to be compared.
    pub(crate) notes: Vec<(At, String, String)>,
}

/// How much had been found.
#[derive(Clone, Copy)]
pub(crate) struct Mark(usize, Counts, usize);

impl Findings {
    /// Adds a difference: what it is of, what differs, the line of the page and the place in the description, each
    /// with what to say there, and what it is about.
    pub(crate) fn tell(
        &mut self,
        kind: DifferenceKind,
        message: String,
        page: (At, String),
        spec: (String, String),
        about: Vec<(String, String)>,
    ) {
        self.found.push(Found {
            kind,
            message,
            page,
            spec,
            help: None,
            about,
            also: Vec::new(),
        });
    }

    pub(crate) fn mark(&self) -> Mark {
        Mark(self.found.len(), self.counts, self.notes.len())
    }

    /// How many differences were found since.
    pub(crate) fn since(&self, mark: Mark) -> usize {
        self.found.len().saturating_sub(mark.0)
    }

    /// Forgets all that was found since.
    pub(crate) fn forget(&mut self, mark: Mark) {
        self.found.truncate(mark.0);
        self.counts = mark.1;
        self.notes.truncate(mark.2);
    }

    /// The differences, each once, in the order of the pages.
    pub(crate) fn in_order(self) -> (Vec<Found>, Counts, Vec<(At, String, String)>) {
        let mut settled: Vec<Found> = Vec::new();
        let mut by_key = std::collections::HashMap::new();
        let mut described = std::collections::HashSet::new();
        let is_example = |it: &Found| it.kind == DifferenceKind::Example;
        let (examples, facts): (Vec<Found>, Vec<Found>) =
            self.found.into_iter().partition(is_example);
        for found in facts.into_iter().chain(examples) {
            // What an example shows of a difference that is told already is the same difference.
            if is_example(&found) && found.about.iter().any(|it| described.contains(it)) {
                continue;
            }
            let key = (found.kind, found.about.clone());
            let first = *by_key.entry(key).or_insert(settled.len());
            if let Some(first) = settled.get_mut(first) {
                if first.page.0 != found.page.0 && !first.also.contains(&found.page.0) {
                    first.also.push(found.page.0);
                }
                continue;
            }
            if !is_example(&found) {
                described.extend(found.about.iter().cloned());
            }
            settled.push(found);
        }
        settled.sort_by_key(|it| it.page.0);
        (settled, self.counts, self.notes)
    }
}
