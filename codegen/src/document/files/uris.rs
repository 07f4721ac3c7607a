//! URIs that nothing is read for: the values of examples in other files, and the operations of links.
//!
//! They are relative to their file, so those of parts that are brought in change. An operation that is brought in itself is
//! referred to where it is then.

use super::super::check::shape::Kind;
use super::load::Use;
use super::walk::Here;
use super::{Joiner, Key, Site, Target, uri};
use crate::pointer::{push, split_last};

/// A URI of an object of a kind, with its place.
pub(super) struct Uri {
    file: usize,
    at: String,
    text: String,
    kind: Kind,
}

/// The fields that have them.
const FIELDS: [(Kind, &str); 2] = [
    (Kind::Example, "externalValue"),
    (Kind::Link, "operationRef"),
];

impl Joiner<'_> {
    /// Notes the URI of an object.
    pub(super) fn uri(
        &mut self,
        kind: Option<Kind>,
        members: &serde_json::Map<String, serde_json::Value>,
        here: Here<'_>,
    ) {
        let field = FIELDS.iter().find(|(of, _)| Some(*of) == kind);
        let Some((kind, field)) = field else {
            return;
        };
        let text = members.get(*field).and_then(serde_json::Value::as_str);
        if let Some(text) = text.filter(|text| uri::absolute(text).is_none()) {
            self.uris.push(Uri {
                file: here.file,
                at: push(&here.at.pointer(), field),
                text: text.to_owned(),
                kind: *kind,
            });
        }
    }

    /// Finds what they are in the joined document, once all parts have places.
    pub(super) fn place_uris(&mut self) {
        for found in std::mem::take(&mut self.uris) {
            let used = Use {
                file: found.file,
                at: &found.at,
                reference: &found.text,
                is_text: true,
                kind: Some(found.kind),
            };
            let operation = (found.kind == Kind::Link)
                .then(|| self.operation(used))
                .flatten();
            let target = match operation {
                Some(pointer) => Target::Root(pointer),
                None if found.file == 0 => continue,
                None if found.kind == Kind::Example => {
                    Target::Unfollowed(self.files.as_in_root(used).trim_end_matches('#').to_owned())
                }
                None => Target::Unfollowed(self.files.as_in_root(used)),
            };
            let is_text = true;
            self.sites
                .insert((found.file, found.at), Site { target, is_text });
        }
    }

    /// Where an operation is, if its path item was brought in.
    fn operation(&mut self, used: Use<'_>) -> Option<String> {
        let (file, pointer) = self.files.known(used)?;
        if file == 0 {
            return Some(pointer).filter(|_| used.file != 0);
        }
        let (item, _) = split_last(&pointer)?;
        let key = Key {
            file,
            pointer: item.to_owned(),
            kind: Kind::PathItem,
        };
        let number = self.numbers.get(&key)?;
        let place = self.parts[*number].place.as_ref()?;
        Some(format!("{place}{}", &pointer[item.len()..]))
    }
}
