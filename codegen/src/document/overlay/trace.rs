//! Which text each value of a description with overlays is written in, and where in it.
//!
//! A value that no action has touched is in the description's own text, at the same pointer. So only what
//! actions have inserted, replaced or moved is noted, and on the way to it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Origin, Related};
use crate::pointer::{push, tokens};

/// Where a value is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// The text.
    pub(crate) origin: Origin,
    /// Its JSON pointer (RFC 6901) in that text.
    pub(crate) pointer: String,
    /// The `copy` that has brought it to where it is now: the overlay, and the pointer in it.
    copied: Option<Box<(Origin, String)>>,
}

impl Written {
    /// A value in a text.
    pub(in crate::document) fn new(origin: Origin, pointer: impl Into<String>) -> Self {
        Self {
            origin,
            pointer: pointer.into(),
            copied: None,
        }
    }

    /// The same, brought by a `copy`.
    pub(super) fn copied_by(self, origin: Origin, pointer: &str) -> Self {
        Self {
            copied: Some(Box::new((origin, pointer.to_owned()))),
            ..self
        }
    }

    fn below(&self, token: &str) -> Self {
        Self {
            pointer: push(&self.pointer, token),
            ..self.clone()
        }
    }
}

/// What is known of a value and of those in it. Of what nothing is known, it is written where its parent is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trace {
    from: Option<Box<Start>>,
    inner: Option<Box<Inner>>,
}

#[derive(Clone, Debug)]
struct Start {
    written: Written,
    /// Whether its key is written there as well.
    has_key: bool,
}

#[derive(Clone, Debug, Default)]
struct Inner {
    members: BTreeMap<String, Trace>,
    /// All items, once something is known of one.
    items: Option<Vec<Item>>,
}

#[derive(Clone, Debug)]
struct Item {
    trace: Trace,
    /// Its index in the array as that is written.
    index: usize,
}

impl Trace {
    /// Notes that the value is another one now, under the key that it had.
    pub(super) fn replace(&mut self, written: Written) {
        *self = Self::start(written, false);
    }

    /// Notes that the value is one of another text, in which `inner` is known. With `has_key` its key is there as well.
    pub(in crate::document) fn bring(&mut self, written: Written, has_key: bool, inner: Self) {
        *self = Self {
            inner: inner.inner,
            ..Self::start(written, has_key)
        };
    }

    /// Notes that a member is what it was in `before`, where another value takes the place of the object around it; `written` is
    /// where the member is written unless more is known of it.
    pub(in crate::document) fn keep(&mut self, key: &str, before: &mut Self, written: Written) {
        let inner = before.inner.as_mut();
        let mut member = inner
            .and_then(|inner| inner.members.remove(key))
            .unwrap_or_default();
        match &mut member.from {
            Some(from) => from.has_key = true,
            None => {
                let has_key = true;
                member.from = Some(Box::new(Start { written, has_key }));
            }
        }
        *self.member(key) = member;
    }

    /// What is known of the value at a pointer below `value`, to be changed.
    pub(in crate::document) fn below(&mut self, pointer: &str, value: &Value) -> Option<&mut Self> {
        let mut trace = self;
        let mut value = Some(value);
        for token in tokens(pointer) {
            trace = match value {
                Some(Value::Array(items)) => trace.item(token.parse().ok()?, items.len())?,
                _ => trace.member(&token),
            };
            value = value.and_then(|value| match value {
                Value::Object(members) => members.get(&*token),
                Value::Array(items) => items.get(token.parse::<usize>().ok()?),
                _ => None,
            });
        }
        Some(trace)
    }

    fn start(written: Written, has_key: bool) -> Self {
        Self {
            from: Some(Box::new(Start { written, has_key })),
            inner: None,
        }
    }

    /// What is known of a member, to be changed.
    pub(super) fn member(&mut self, key: &str) -> &mut Self {
        let inner = self.inner.get_or_insert_default();
        inner.members.entry(key.to_owned()).or_default()
    }

    /// Notes that a member is new.
    pub(super) fn insert(&mut self, key: &str, copy: Copied<'_>) {
        *self.member(key) = copy.into_trace();
    }

    /// Notes that a member is gone.
    pub(super) fn remove(&mut self, key: &str) {
        if let Some(inner) = &mut self.inner {
            inner.members.remove(key);
        }
    }

    fn items(&mut self, length: usize) -> &mut Vec<Item> {
        let item = |index| Item {
            trace: Self::default(),
            index,
        };
        let inner = self.inner.get_or_insert_default();
        let fresh = || (0..length).map(item).collect();
        inner.items.get_or_insert_with(fresh)
    }

    /// What is known of an item of an array of so many, to be changed.
    pub(super) fn item(&mut self, index: usize, length: usize) -> Option<&mut Self> {
        self.items(length)
            .get_mut(index)
            .map(|item| &mut item.trace)
    }

    /// Notes that an array of so many items has one more.
    pub(super) fn append(&mut self, length: usize, copy: Copied<'_>) {
        self.items(length).push(Item {
            trace: copy.into_trace(),
            index: length,
        });
    }

    /// Notes that an array of so many items has kept these alone.
    pub(super) fn retain_items(&mut self, length: usize, is_kept: impl Fn(usize) -> bool) {
        let mut index = 0;
        self.items(length).retain(|_| {
            index += 1;
            is_kept(index - 1)
        });
    }

    /// Where the value at a pointer is written, or its key.
    pub(crate) fn find(&self, pointer: &str, at_key: bool) -> Written {
        if self.inner.is_none() {
            return Written::new(Origin::Spec, pointer);
        }
        let mut tokens = tokens(pointer).peekable();
        let mut found = self.root();
        while let Some(token) = tokens.next() {
            let is_last = tokens.peek().is_none();
            found = found.step(&token, is_last && at_key);
        }
        found.written
    }

    /// The whole description, before anything is looked up in it.
    pub(super) fn root(&self) -> Known<'_> {
        self.known(Written::new(Origin::Spec, ""))
    }

    /// Where the whole value is written, and what is known of those in it.
    pub(super) fn known(&self, written: Written) -> Known<'_> {
        Known {
            trace: Some(self),
            written,
        }
    }

    /// The same, brought by a `copy`.
    fn copied_by(&mut self, by: &(Origin, String)) {
        if let Some(from) = &mut self.from {
            from.written.copied = Some(Box::new(by.clone()));
        }
        if let Some(inner) = &mut self.inner {
            for member in inner.members.values_mut() {
                member.copied_by(by);
            }
            for item in inner.items.iter_mut().flatten() {
                item.trace.copied_by(by);
            }
        }
    }

    /// Puts the places of the texts in those of diagnostics about the description that have none yet.
    pub(crate) fn attribute(&self, diagnostics: &mut [Diagnostic]) {
        if self.inner.is_none() {
            return;
        }
        for diagnostic in diagnostics {
            if diagnostic.origin == Origin::Spec && diagnostic.span.is_none() {
                let written = self.find(&diagnostic.pointer, diagnostic.at_key);
                diagnostic.origin = written.origin;
                diagnostic.pointer = written.pointer;
                if let Some(copied) = written.copied {
                    let (origin, pointer) = *copied;
                    diagnostic.related.push(Related {
                        origin,
                        pointer,
                        at_key: false,
                        label: "copied by this action".to_owned(),
                        span: None,
                    });
                }
            }
            for related in &mut diagnostic.related {
                if related.origin == Origin::Spec && related.span.is_none() {
                    let written = self.find(&related.pointer, related.at_key);
                    related.origin = written.origin;
                    related.pointer = written.pointer;
                }
            }
        }
    }
}

/// A value whose place is known.
#[derive(Clone, Debug)]
pub(super) struct Known<'t> {
    trace: Option<&'t Trace>,
    pub(super) written: Written,
}

/// A value that is put somewhere else.
pub(super) type Copied<'t> = Known<'t>;

impl Known<'_> {
    /// A member or item of the value.
    pub(super) fn step(self, token: &str, at_key: bool) -> Self {
        let inner = self.trace.and_then(|trace| trace.inner.as_deref());
        let item = inner.and_then(|inner| {
            let index: usize = token.parse().ok()?;
            inner.items.as_ref()?.get(index)
        });
        let (trace, written) = match (item, inner) {
            (Some(item), _) => (
                Some(&item.trace),
                self.written.below(&item.index.to_string()),
            ),
            (None, Some(inner)) => (inner.members.get(token), self.written.below(token)),
            (None, None) => (None, self.written.below(token)),
        };
        let from = trace.and_then(|trace| trace.from.as_deref());
        match from.filter(|from| from.has_key || !at_key) {
            Some(from) => Self {
                trace,
                written: from.written.clone(),
            },
            None => Self { trace, written },
        }
    }

    /// What is known of the values in it, as a `copy` brings them.
    pub(super) fn into_copy(self, origin: Origin, pointer: &str) -> Trace {
        let mut trace = Trace {
            from: None,
            inner: self.trace.and_then(|trace| trace.inner.clone()),
        };
        trace.copied_by(&(origin, pointer.to_owned()));
        trace
    }

    fn into_trace(self) -> Trace {
        Trace {
            inner: self.trace.and_then(|trace| trace.inner.clone()),
            ..Trace::start(self.written, true)
        }
    }
}
