//! Where the values of a converted description are in the one of Swagger 2.0.

use std::collections::BTreeMap;

/// Pointers of what has moved, with all that is in it; what is in nothing of these has the pointer that it had.
#[derive(Clone, Debug, Default)]
pub(crate) struct Moves {
    old_by_new: BTreeMap<String, String>,
    new_by_old: BTreeMap<String, String>,
}

impl Moves {
    /// Notes where a value is now. Of several copies of one value, references lead to the first.
    pub(super) fn note(&mut self, old: impl Into<String>, new: impl Into<String>) {
        let (old, new) = (old.into(), new.into());
        let now = self.new_by_old.entry(old.clone());
        now.or_insert_with(|| new.clone());
        self.old_by_new.insert(new, old);
    }

    /// Notes what a new value is made of, to which no reference leads.
    pub(super) fn made_of(&mut self, old: impl Into<String>, new: impl Into<String>) {
        self.old_by_new.insert(new.into(), old.into());
    }

    /// Forgets what only references ask for.
    pub(super) fn without_targets(self) -> Self {
        Self {
            new_by_old: BTreeMap::new(),
            ..self
        }
    }

    /// Whether the description is the one that was written.
    pub(crate) fn is_empty(&self) -> bool {
        self.old_by_new.is_empty()
    }

    /// Where the value at a pointer of the converted description is written.
    pub(crate) fn written(&self, pointer: &str) -> Option<String> {
        by_start(&self.old_by_new, pointer)
    }

    /// Where the value at a pointer of the description of Swagger 2.0 is now.
    pub(super) fn now(&self, pointer: &str) -> Option<String> {
        by_start(&self.new_by_old, pointer)
    }
}

/// The pointer with the longest known start of it replaced.
fn by_start(known: &BTreeMap<String, String>, pointer: &str) -> Option<String> {
    let ends = pointer.rmatch_indices('/').map(|(at, _)| at);
    let mut ends = std::iter::once(pointer.len()).chain(ends);
    ends.find_map(|end| {
        let start = known.get(&pointer[..end])?;
        Some(format!("{start}{}", &pointer[end..]))
    })
}

#[cfg(test)]
mod tests {
    use super::Moves;

    #[test]
    fn the_longest_start_counts() {
        let mut moves = Moves::default();
        moves.note("/definitions", "/components/schemas");
        moves.note("/a/parameters/1", "/a/requestBody");
        moves.note("/a/parameters/1", "/b/requestBody");
        moves.note(
            "/a/parameters/1/schema",
            "/a/requestBody/content/x~1y/schema",
        );
        let written = |pointer| moves.written(pointer);
        assert_eq!(
            written("/components/schemas/Pet/type").as_deref(),
            Some("/definitions/Pet/type")
        );
        assert_eq!(
            written("/a/requestBody/content/x~1y/schema/items").as_deref(),
            Some("/a/parameters/1/schema/items")
        );
        assert_eq!(
            written("/b/requestBody").as_deref(),
            Some("/a/parameters/1")
        );
        assert_eq!(written("/components"), None);
        let now = |pointer| moves.now(pointer);
        assert_eq!(
            now("/a/parameters/1/required").as_deref(),
            Some("/a/requestBody/required")
        );
        assert_eq!(now("/info"), None);
    }
}
