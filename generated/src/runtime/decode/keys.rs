//! Matching the keys of an object with its fields.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Visitor};

use super::super::reading::Reading;
use super::{Fault, Field, Hint, Place, tally};

/// Matches the keys of an object with the names of its fields.
///
/// Nothing here depends on the decoded type, so that it is compiled once.
pub struct Keys {
    fields: &'static [Field],
    /// The index of the last field; before the first one, the number before 0.
    at: usize,
    /// The fields found so far: one bit each for the first 64.
    seen: u64,
    /// The same for the others; empty and without an allocation for nearly all types.
    seen_beyond: Vec<bool>,
}

/// The next key of an object with additional properties.
pub enum Found {
    Field(usize),
    Other(String),
    End,
}

impl Keys {
    /// In place of a field's index at the end of the object. No type has so many fields.
    pub(super) const END: usize = usize::MAX;

    pub(super) fn new(fields: &'static [Field]) -> Self {
        Self {
            fields,
            at: usize::MAX,
            seen: 0,
            seen_beyond: Vec::new(),
        }
    }

    /// Checks that all required fields were present, or enough of them for a lenient reading; the fault
    /// names the first missing one.
    #[inline]
    pub(super) fn check(
        &self,
        hint: &'static Hint,
        places: &[&mut dyn Place],
    ) -> Result<(), Fault> {
        let required = hint.required;
        if self.seen & required.first == required.first && !required.beyond {
            return Ok(());
        }
        self.check_each(places)
    }

    #[inline(never)]
    fn check_each(&self, places: &[&mut dyn Place]) -> Result<(), Fault> {
        let required = || self.fields.iter().enumerate().filter(|(_, it)| it.required);
        let mut missing = required().filter(|(at, _)| !self.has_seen(*at)).peekable();
        let Some((_, first)) = missing.peek() else {
            return Ok(());
        };
        let has_any = required().any(|(at, _)| self.has_seen(at));
        if !has_any || tally::level() == Reading::Strict {
            return Err(Fault::missing(first.name));
        }
        for (at, field) in missing {
            if let Some(place) = places.get(at) {
                let before = tally::reported();
                tally::report(place.hint(), "nothing");
                tally::in_member(before, field.name);
            }
        }
        Ok(())
    }

    /// The index of the last field.
    #[inline]
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Looks up a key and marks its field as present.
    #[inline]
    fn find(&mut self, key: &str) -> bool {
        let next = self.at.wrapping_add(1);
        match self.fields.get(next) {
            Some(field) if same(field.name, key) => {
                self.note(next);
                true
            }
            _ => self.search(next, key),
        }
    }

    /// Looks up a key that isn't the expected one: an optional field was omitted (so the field is one of
    /// the next), the server has another order, or the key is unknown.
    #[inline(never)]
    fn search(&mut self, next: usize, key: &str) -> bool {
        let (before, after) = self.fields.split_at(next.min(self.fields.len()));
        let is_key = |field: &Field| same(field.name, key);
        let found = match after.iter().position(is_key) {
            Some(offset) => Some(before.len() + offset),
            None => before.iter().position(is_key),
        };
        if let Some(field) = found {
            self.note(field);
        }
        found.is_some()
    }

    #[inline]
    fn note(&mut self, field: usize) {
        self.at = field;
        if field < 64 {
            self.seen |= 1 << field;
        } else {
            self.note_beyond(field);
        }
    }

    #[cold]
    fn note_beyond(&mut self, field: usize) {
        self.seen_beyond.resize(self.fields.len(), false);
        if let Some(seen) = self.seen_beyond.get_mut(field) {
            *seen = true;
        }
    }

    fn has_seen(&self, field: usize) -> bool {
        if field < 64 {
            self.seen & (1 << field) != 0
        } else {
            self.seen_beyond.get(field).is_some_and(|seen| *seen)
        }
    }
}

/// Whether two keys are equal.
///
/// The standard library's comparison calls the C library, which dominates the lookup of short keys. Two
/// overlapping halves of fixed size cover every length up to 16 without a call or a loop.
#[inline]
fn same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    if let (Some(a), Some(b)) = (ends::<8>(left), ends::<8>(right)) {
        return a == b && (left.len() <= 16 || left == right);
    }
    if let (Some(a), Some(b)) = (ends::<4>(left), ends::<4>(right)) {
        return a == b;
    }
    if let (Some(a), Some(b)) = (ends::<2>(left), ends::<2>(right)) {
        return a == b;
    }
    left.first() == right.first()
}

/// The first and the last `N` bytes of a string that is long enough.
#[inline]
fn ends<const N: usize>(text: &[u8]) -> Option<(&[u8; N], &[u8; N])> {
    match (text.first_chunk(), text.last_chunk()) {
        (Some(first), Some(last)) => Some((first, last)),
        _ => None,
    }
}

/// Deserializes a key; `true` if it is a field.
pub(super) struct KeySeed<'a>(pub(super) &'a mut Keys);

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = bool;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    #[inline]
    fn visit_str<E>(self, key: &str) -> Result<bool, E> {
        Ok(self.0.find(key))
    }
}

/// The same, and keeps a key that isn't a field.
// A separate type, because the one above, which most APIs use alone, is faster with a single caller.
pub(super) struct KeptSeed<'a>(pub(super) &'a mut Keys, pub(super) &'a mut String);

impl<'de> DeserializeSeed<'de> for KeptSeed<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeptSeed<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E>(self, key: &str) -> Result<bool, E> {
        let found = self.0.find(key);
        if !found {
            key.clone_into(self.1);
        }
        Ok(found)
    }
}
