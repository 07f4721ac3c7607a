//! Where parts go in the joined document, and what they are called.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::check::shape::{Kind, Want};
use super::{Joiner, Key, uri};
use crate::pointer::{get, push, split_last, tokens};

impl Joiner<'_> {
    /// Gives every part its place. What is inside of another part is there; all else gets a name in the section of its
    /// kind, in the order of the references.
    pub(super) fn place(&mut self) {
        let mut taken: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut inside = Vec::new();
        self.order = self.ordered();
        for number in self.order.clone() {
            let part = &self.parts[number];
            if part.place.is_some() {
                continue;
            }
            if let Some(place) = self.in_copy(&part.key) {
                self.parts[number].place = Some(place);
                continue;
            }
            if self.outer(&part.key).is_some() {
                inside.push(number);
                continue;
            }
            let Some(section) = self.section(part.key.kind) else {
                continue;
            };
            let names = taken.entry(section.clone());
            let names = names.or_insert_with(|| self.names_in(&section));
            let candidates = self.candidates(&part.key, part.name.as_deref());
            let numbered = (2_u32..).map(|number| format!("{}_{number}", candidates[0]));
            let mut candidates = candidates.iter().cloned().chain(numbered);
            let name = candidates.find(|name| names.insert(name.clone()));
            let part = &mut self.parts[number];
            part.place = name.map(|name| push(&section, &name));
            part.is_apart = true;
        }
        // What they are in can be inside of another part itself.
        inside.sort_by_key(|number| self.parts[*number].key.pointer.len());
        for number in inside {
            let key = self.parts[number].key.clone();
            let Some(outer) = self.outer(&key) else {
                continue;
            };
            let Some(above) = &self.parts[outer].place else {
                continue;
            };
            let rest = &key.pointer[self.parts[outer].key.pointer.len()..];
            self.parts[number].place = Some(format!("{above}{rest}"));
        }
    }

    /// The parts in the order in which a walk that enters each of them once leaves the references to them: what a part needs is
    /// before it. Other programs that join files have this order too.
    fn ordered(&self) -> Vec<usize> {
        let mut order = Vec::new();
        let mut is_left = vec![false; self.parts.len()];
        let mut is_entered = is_left.clone();
        // The document refers to the parts that the walk began with; nothing refers to its own places.
        let own = (0..self.parts.len()).filter(|number| self.parts[*number].key.file == 0);
        let starts: Vec<usize> = self.first.iter().copied().chain(own).collect();
        let mut open: Vec<(Option<usize>, std::vec::IntoIter<usize>)> =
            vec![(None, starts.into_iter())];
        while let Some((part, rest)) = open.last_mut() {
            let left = match rest.next() {
                Some(next) if !is_entered[next] => {
                    is_entered[next] = true;
                    open.push((Some(next), self.parts[next].refers.clone().into_iter()));
                    continue;
                }
                Some(next) => Some(next),
                None => {
                    let part = *part;
                    open.pop();
                    part
                }
            };
            if let Some(left) = left.filter(|left| !is_left[*left]) {
                is_left[left] = true;
                order.push(left);
            }
        }
        order
    }

    /// The names that a section of the document has, those that are copied to it included.
    fn names_in(&self, section: &str) -> BTreeSet<String> {
        let names = |file: usize, pointer: &str| -> Vec<String> {
            let value = self.value(file);
            let members = get(&value, pointer).and_then(Value::as_object);
            members.map_or_else(Vec::new, |members| members.keys().cloned().collect())
        };
        let copied = self.copied.iter().filter_map(|copied| {
            let rest = section.strip_prefix(&*copied.out)?;
            Some(names(copied.file, &format!("{}{rest}", copied.pointer)))
        });
        let copied = copied.flatten().collect::<Vec<_>>();
        names(0, section).into_iter().chain(copied).collect()
    }

    /// The place of a part that is inside of a value that is copied, unless something else is there.
    fn in_copy(&self, key: &Key) -> Option<String> {
        self.copied.iter().find_map(|copied| {
            let rest = key.pointer.strip_prefix(&*copied.pointer)?;
            let place = format!("{}{rest}", copied.out);
            let is_inside = copied.file == key.file
                && rest.starts_with('/')
                && self.kind_at(copied.want, rest) == Some(key.kind)
                && get(&self.value(0), &place).is_none();
            is_inside.then_some(place)
        })
    }

    /// The kind of what is at a pointer in a value that has to be so, as far as the tables say.
    pub(super) fn kind_at(&self, want: Want, pointer: &str) -> Option<Kind> {
        let want = tokens(pointer).try_fold(want, |want, token| {
            let want = self.member(want, &token);
            want.filter(|want| !matches!(want, Want::Any))
        });
        want?.kind()
    }

    /// The smallest part that one is inside of, at a place that the tables know as one of its kind.
    fn outer(&self, key: &Key) -> Option<usize> {
        let mut above = key.pointer.as_str();
        while let Some((parent, _)) = split_last(above) {
            above = parent;
            let first = Key {
                pointer: parent.to_owned(),
                kind: Kind::Schema,
                ..key.clone()
            };
            let last = Key {
                kind: Kind::MediaType,
                ..first.clone()
            };
            for (outer, number) in self.numbers.range(first..=last) {
                let rest = &key.pointer[parent.len()..];
                let kind = self.kind_at(self.part_want(outer.kind), rest);
                let is_placed =
                    self.parts[*number].place.is_some() || self.section(outer.kind).is_some();
                if is_placed && kind == Some(key.kind) {
                    return Some(*number);
                }
            }
        }
        None
    }

    /// What a part can be called, the best first: its own name, then the name of its file before it, then those of its
    /// folders.
    fn candidates(&self, key: &Key, name: Option<&str>) -> Vec<String> {
        let path = self.files.path(key.file);
        let last = split_last(&key.pointer).map(|(_, last)| last.into_owned());
        let own = name.map(str::to_owned).or(last);
        let stem = uri::stem(path);
        let mut names = Vec::new();
        let mut longer = match own {
            // The number of an item or a status says nothing.
            Some(own) if own.bytes().all(|byte| byte.is_ascii_digit()) => format!("{stem}_{own}"),
            Some(own) => {
                names.push(plain(&own));
                format!("{stem}_{own}")
            }
            None => stem.to_owned(),
        };
        names.push(plain(&longer));
        let folders = path.rsplit('/').skip(1);
        for folder in folders.filter(|folder| !matches!(*folder, "" | ".." | "https:" | "http:")) {
            longer = format!("{folder}_{longer}");
            names.push(plain(&longer));
        }
        names
    }
}

/// A name of the characters that names of components may have (OpenAPI 3.1.1, section 4.8.7), and of letters and digits of
/// other languages.
fn plain(name: &str) -> String {
    let allowed = |character: char| {
        if character.is_alphanumeric() || matches!(character, '.' | '-' | '_') {
            character
        } else {
            '_'
        }
    };
    let name: String = name.chars().map(allowed).collect();
    match name.trim_matches('_') {
        "" => "part".to_owned(),
        name => name.to_owned(),
    }
}
