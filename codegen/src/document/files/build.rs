//! The joined document: every part at its place, and every reference to where that is.

use std::ops::Bound;
use std::rc::Rc;

use serde_json::{Map, Value};

use super::super::check::shape::Kind;
use super::super::overlay::{Trace, Written, depth, size};
use super::super::read::DEEPEST;
use super::super::references::reference;
use super::{Joined, Joiner, Key, Site, Target};
use crate::diagnostic::{Diagnostic, Origin};
use crate::pointer::{get, push, split_last};

/// How much may be copied at least, in bytes.
const LEAST: u64 = 10_000_000;

/// How often the bytes of all files may be copied.
const TIMES: u64 = 4;

pub(super) struct Build<'a> {
    joiner: Joiner<'a>,
    trace: Trace,
    /// How many bytes may still be copied: parts that are inside of each other are copied with each of them.
    left: u64,
    is_too_large: bool,
}

impl<'a> Build<'a> {
    pub(super) fn of(joiner: Joiner<'a>, trace: Trace) -> Self {
        let bytes: u64 = joiner.files.sizes().sum();
        Self {
            joiner,
            trace,
            left: bytes.saturating_mul(TIMES).max(LEAST),
            is_too_large: false,
        }
    }

    pub(super) fn joined(mut self) -> Joined {
        let mut root = self.joiner.files.take_root();
        let mut trace = std::mem::take(&mut self.trace);
        self.rewrite(&mut root, &mut trace, (0, ""), "");
        for number in std::mem::take(&mut self.joiner.order) {
            let part = &self.joiner.parts[number];
            let (true, Some(place)) = (part.is_apart, part.place.clone()) else {
                continue;
            };
            let key = part.key.clone();
            let (value, inner) = self.copy(&key, &place);
            let written = Written::new(self.joiner.files.origin(key.file), key.pointer);
            if insert(&mut root, &place, value).is_some()
                && let Some(trace) = trace.below(&place, &root)
            {
                trace.bring(written, true, inner);
            }
        }
        let mut found = self.joiner.found;
        let message = if self.is_too_large {
            Some("the files of the description contain each other too often".to_owned())
        } else if depth(&root) > DEEPEST {
            let message = "the joined files are nested more than";
            Some(format!("{message} {DEEPEST} levels deep"))
        } else {
            None
        };
        let help = "refer to schemas in `components`, and not to parts of other schemas";
        let error = |message| Diagnostic::error(Origin::Spec, "", message).help(help);
        found.extend(message.map(error));
        Joined {
            value: root,
            trace,
            found,
        }
    }

    /// What is at a place of a file, as it is written at a place of the joined document.
    fn copy(&mut self, key: &Key, out: &str) -> (Value, Trace) {
        let (mut value, trace) = self.copied((key.file, &key.pointer), out);
        self.refer_to_parts(key, &mut value, out);
        if key.kind == Kind::Schema {
            self.without_definitions(key.file, &mut value);
        }
        (value, trace)
    }

    /// What is inside of a part and has another place is referred to there: it would be there twice else.
    fn refer_to_parts(&self, key: &Key, value: &mut Value, out: &str) {
        let from = Key {
            kind: Kind::Schema,
            ..key.clone()
        };
        let inner = self.joiner.numbers.range(from..);
        let inner = inner.take_while(|(inner, _)| {
            inner.file == key.file && inner.pointer.starts_with(&key.pointer)
        });
        for (inner, number) in inner {
            let rest = &inner.pointer[key.pointer.len()..];
            let place = &self.joiner.parts[*number].place;
            let Some(place) = place
                .as_ref()
                .filter(|place| **place != format!("{out}{rest}"))
            else {
                continue;
            };
            let want = self.joiner.part_want(key.kind);
            if rest.starts_with('/')
                && self.joiner.kind_at(want, rest) == Some(inner.kind)
                && let Some(value) = value.pointer_mut(rest)
            {
                *value = serde_json::json!({ "$ref": reference(place) });
            }
        }
    }

    fn copied(&mut self, (file, pointer): (usize, &str), out: &str) -> (Value, Trace) {
        let whole = self.joiner.value(file);
        let mut trace = Trace::default();
        let Some(value) = get(&whole, pointer) else {
            return (Value::Null, trace);
        };
        match self.left.checked_sub(size(value)) {
            Some(left) => self.left = left,
            None => self.is_too_large = true,
        }
        if self.is_too_large {
            return (Value::Null, trace);
        }
        let mut value = value.clone();
        self.rewrite(&mut value, &mut trace, (file, pointer), out);
        (value, trace)
    }

    /// References that are inside of a value have other targets now.
    fn rewrite(
        &mut self,
        value: &mut Value,
        trace: &mut Trace,
        (file, base): (usize, &str),
        out: &str,
    ) {
        // Those that are deeper first: what is around them can be replaced.
        let sites = self.sites_in(file, base);
        for (at, site) in sites.into_iter().rev() {
            let inside = &at[base.len()..];
            let here = format!("{out}{inside}");
            if let (Target::Unfollowed(reference), Some(value)) =
                (&site.target, value.pointer_mut(inside))
            {
                set(value, reference.clone(), site.is_text);
                continue;
            }
            let source = match self.place_of(&site.target, &here) {
                Ok(place) => {
                    if let Some(value) = value.pointer_mut(inside) {
                        set(value, reference(&place), site.is_text);
                    }
                    continue;
                }
                Err(source) => source,
            };
            let (mut new, inner) = match source.2 {
                Some(kind) => {
                    let (file, pointer) = (source.0, source.1.clone());
                    let key = Key {
                        file,
                        pointer,
                        kind,
                    };
                    self.copy(&key, &here)
                }
                None => self.copied((source.0, &source.1), &here),
            };
            let Some(old) = value.pointer_mut(inside) else {
                continue;
            };
            let kept = beside(&mut new, old);
            *old = new;
            let around = self.joiner.files.origin(file);
            let written = Written::new(self.joiner.files.origin(source.0), source.1);
            if let Some(trace) = trace.below(inside, value) {
                let mut before = std::mem::take(trace);
                trace.bring(written, false, inner);
                for key in kept {
                    let written = Written::new(around, push(&at, &key));
                    trace.keep(&key, &mut before, written);
                }
            }
        }
    }

    fn sites_in(&self, file: usize, base: &str) -> Vec<(String, Site)> {
        let from = Bound::Included((file, base.to_owned()));
        let sites = self.joiner.sites.range((from, Bound::Unbounded));
        let sites = sites.take_while(|((number, at), _)| *number == file && at.starts_with(base));
        let sites = sites.filter(|((_, at), _)| {
            let rest = &at[base.len()..];
            rest.is_empty() || rest.starts_with('/')
        });
        sites
            .map(|((_, at), site)| (at.clone(), site.clone()))
            .collect()
    }

    /// Where in the joined document a target is; or, where that is right here, where it is written.
    fn place_of(
        &self,
        target: &Target,
        here: &str,
    ) -> Result<String, (usize, String, Option<Kind>)> {
        match target {
            Target::Root(pointer) | Target::Unfollowed(pointer) => Ok(pointer.clone()),
            Target::Part(number) => {
                let part = &self.joiner.parts[*number];
                let Key {
                    file,
                    pointer,
                    kind,
                } = &part.key;
                match &part.place {
                    Some(place) if place != here => Ok(place.clone()),
                    _ => Err((*file, pointer.clone(), Some(*kind))),
                }
            }
            Target::Copy { file, pointer } => Err((*file, pointer.clone(), None)),
        }
    }

    /// What only files need of a schema: definitions that references lead to are parts now, and references inside of it
    /// aren't relative to its `$id` any more.
    fn without_definitions(&self, file: usize, value: &mut Value) {
        if self.joiner.files.is_dynamic(file) {
            return;
        }
        if let Value::Object(members) = value {
            for key in ["$id", "$defs", "definitions"] {
                members.shift_remove(key);
            }
        }
    }
}

/// Replaces a reference.
fn set(value: &mut Value, reference: String, is_text: bool) {
    match value {
        Value::Object(members) if !is_text => {
            members.insert("$ref".to_owned(), reference.into());
        }
        value => *value = reference.into(),
    }
}

/// Members beside a `$ref` that is replaced are kept; these are their names.
fn beside(new: &mut Value, old: &mut Value) -> Vec<String> {
    let (Value::Object(new), Value::Object(old)) = (new, old) else {
        return Vec::new();
    };
    old.shift_remove("$ref");
    let kept = old.keys().cloned().collect();
    new.append(old);
    kept
}

/// Adds a member to an object that may have to be added too.
fn insert(root: &mut Value, place: &str, new: Value) -> Option<()> {
    let (section, name) = split_last(place)?;
    let mut value = root;
    for token in crate::pointer::tokens(section) {
        let members = value.as_object_mut()?;
        value = members
            .entry(token.into_owned())
            .or_insert_with(|| Value::Object(Map::new()));
        if value.is_null() {
            *value = Value::Object(Map::new());
        }
    }
    value.as_object_mut()?.insert(name.into_owned(), new);
    Some(())
}

impl super::load::Files<'_> {
    fn sizes(&self) -> impl Iterator<Item = u64> {
        self.values().map(|value| size(&value))
    }

    fn values(&self) -> impl Iterator<Item = Rc<Value>> {
        (0..self.count()).map(|file| self.value(file))
    }
}
