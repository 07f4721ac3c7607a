//! Where in the text a JSON pointer points.
//!
//! Reading keeps no positions: most runs report nothing, and a tree with positions is several times the
//! size of one without. When there is something to report, this second pass scans the text
//! again and notes the places of just the pointers that are asked for.

mod position;
mod scan;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

pub(crate) use position::Position;
pub(crate) use scan::second_document;
use scan::{Event, scan};

use super::given::Given;
use super::text;
use crate::description::Description;
use crate::diagnostic::{Diagnostic, Origin};
use crate::pointer::tokens;
use crate::source::Source;

/// Fills in the span of each diagnostic about a description or an overlay of it, and of what it is related to, from
/// its pointer.
///
/// What is said of a value that an overlay has brought is placed in the overlay; its origin and pointer are
/// those of that place then. A pointer that isn't in the text gets the place of the longest part of it that is. A span
/// that is there already stays.
pub fn locate<'a>(description: impl Into<Description<'a>>, diagnostics: &mut [Diagnostic]) {
    let description = description.into();
    let is_unplaced = |it: &Diagnostic| it.origin == Origin::Spec && it.span.is_none();
    // Overlays and the conversion of Swagger 2.0 give values other places than those that they are written at.
    let has_moved = !description.overlays.is_empty()
        || description.resolver.is_some()
        || description.source.text.contains("swagger");
    if has_moved && diagnostics.iter().any(is_unplaced) {
        // Most runs report nothing, so what was known when the description was read is found out again.
        if let Ok(given) = Given::again(description) {
            given.origins.attribute(diagnostics);
        }
    }
    in_texts(description, diagnostics);
}

/// Fills in the spans of diagnostics whose pointers are those of the texts that they are about.
pub(crate) fn in_texts(description: Description<'_>, diagnostics: &mut [Diagnostic]) {
    in_text(description.source, Origin::Spec, diagnostics);
    for (number, source) in description.overlays.iter().enumerate() {
        in_text(*source, Origin::Overlay(number), diagnostics);
    }
    let numbers = diagnostics.iter().flat_map(Diagnostic::origins);
    let files: BTreeSet<Origin> = numbers
        .filter(|origin| matches!(origin, Origin::File(_)))
        .collect();
    for origin in files {
        if let Some(source) = description.text(origin) {
            in_text(source, origin, diagnostics);
        }
    }
}

/// Fills in the spans of what is in one text.
pub(super) fn in_text(source: Source<'_>, origin: Origin, diagnostics: &mut [Diagnostic]) {
    let mut unplaced: Vec<(&str, bool, &mut Option<Range<usize>>)> = Vec::new();
    for diagnostic in diagnostics {
        if diagnostic.origin == origin && diagnostic.span.is_none() {
            let span = &mut diagnostic.span;
            unplaced.push((&diagnostic.pointer, diagnostic.at_key, span));
        }
        for place in &mut diagnostic.related {
            if place.origin == origin && place.span.is_none() {
                unplaced.push((&place.pointer, place.at_key, &mut place.span));
            }
        }
    }
    if unplaced.is_empty() {
        return;
    }
    let places = Places::find(source, unplaced.iter().map(|(pointer, ..)| *pointer));
    for (pointer, at_key, span) in unplaced {
        *span = Some(places.span(pointer, at_key));
    }
}

/// The places of some pointers in a text.
pub(crate) struct Places<'a> {
    text: &'a str,
    nodes: Vec<Node>,
}

/// A step on the way to a pointer that was asked for.
#[derive(Default)]
struct Node {
    children: BTreeMap<String, usize>,
    /// The key, once for each time that it stands in the text.
    keys: Vec<Range<usize>>,
    /// The first value under that key, or the list item, or the root.
    value: Option<Range<usize>>,
    /// Whether the value is a mapping or a list.
    collection: bool,
}

impl<'a> Places<'a> {
    /// Scans the text for the places of `pointers`.
    pub(crate) fn find<'p>(
        source: Source<'a>,
        pointers: impl IntoIterator<Item = &'p str>,
    ) -> Self {
        let mut places = Self {
            text: source.text,
            nodes: vec![Node::default()],
        };
        for pointer in pointers {
            places.want(pointer);
        }
        let (body, start) = text::without_mark(source.text);
        let mut walk = Walk {
            nodes: &mut places.nodes,
            frames: Vec::new(),
        };
        scan(
            Source {
                text: body,
                ..source
            },
            &mut |event, span| {
                walk.event(event, span.start + start..span.end + start);
            },
        );
        places
    }

    fn want(&mut self, pointer: &str) {
        let mut at = 0;
        for token in tokens(pointer) {
            at = if let Some(child) = self.nodes[at].children.get(&*token) {
                *child
            } else {
                let child = self.nodes.len();
                self.nodes.push(Node::default());
                self.nodes[at].children.insert(token.into_owned(), child);
                child
            };
        }
    }

    /// The node of the longest part of the pointer that is in the text, and whether that is all of it.
    fn node(&self, pointer: &str) -> (&Node, bool) {
        let mut at = 0;
        for token in tokens(pointer) {
            match self.nodes[at].children.get(&*token) {
                Some(child) if self.nodes[*child].value.is_some() => at = *child,
                _ => return (&self.nodes[at], false),
            }
        }
        (&self.nodes[at], true)
    }

    /// Every place of the key at a pointer: more than one where the key is there twice.
    pub(crate) fn keys(&self, pointer: &str) -> &[Range<usize>] {
        match self.node(pointer) {
            (node, true) => &node.keys,
            _ => &[],
        }
    }

    /// The text of the scalar at a pointer, as it is written.
    pub(crate) fn scalar(&self, pointer: &str) -> Option<&'a str> {
        self.text.get(self.scalar_span(pointer)?)
    }

    /// Where the scalar at a pointer is.
    pub(crate) fn scalar_span(&self, pointer: &str) -> Option<Range<usize>> {
        let (node, exact) = self.node(pointer);
        node.value.clone().filter(|_| exact && !node.collection)
    }

    /// What to mark for a pointer: its key or scalar, or what is nearest to it, never
    /// more than one line.
    fn span(&self, pointer: &str, at_key: bool) -> Range<usize> {
        let (node, exact) = self.node(pointer);
        let value = node.value.clone().unwrap_or(0..0);
        let key = node.keys.first().cloned();
        let span = if at_key || !exact || node.collection {
            key.unwrap_or(value)
        } else {
            value
        };
        text::first_line(self.text, span)
    }
}

/// The scan of a text, and how deep in it the scan is.
struct Walk<'n> {
    nodes: &'n mut Vec<Node>,
    frames: Vec<Frame>,
}

/// An open mapping or list; `node` is absent where nobody asked for anything inside.
struct Frame {
    node: Option<usize>,
    inside: Inside,
}

enum Inside {
    /// A mapping that waits for a key.
    Key,
    /// A mapping that waits for the value of a key with this node.
    Value(Option<usize>),
    /// A list that waits for the item of this index.
    Item(usize),
}

impl Walk<'_> {
    fn event(&mut self, event: Event<'_>, span: Range<usize>) {
        match event {
            Event::Close => {
                self.frames.pop();
            }
            Event::Scalar(text) => {
                if !self.is_key(Some(text), &span) {
                    self.value(span, false);
                }
            }
            Event::Alias => {
                if !self.is_key(None, &span) {
                    self.value(span, false);
                }
            }
            Event::Mapping | Event::List => {
                let node = if self.is_key(None, &span) {
                    None
                } else {
                    self.value(span, true)
                };
                let inside = match event {
                    Event::Mapping => Inside::Key,
                    _ => Inside::Item(0),
                };
                self.frames.push(Frame { node, inside });
            }
        }
    }

    /// Takes the event as a key, if one is due.
    fn is_key(&mut self, text: Option<&str>, span: &Range<usize>) -> bool {
        let Some(frame) = self.frames.last_mut() else {
            return false;
        };
        if !matches!(frame.inside, Inside::Key) {
            return false;
        }
        let children = frame.node.map(|node| &self.nodes[node].children);
        let child = children.and_then(|children| children.get(text?).copied());
        // The first of several equal keys counts, as in reading: the values of the others are nowhere.
        let first = child.filter(|child| self.nodes[*child].keys.is_empty());
        if let Some(child) = child {
            self.nodes[child].keys.push(span.clone());
        }
        frame.inside = Inside::Value(first);
        true
    }

    /// Takes the event as a value, and tells its node if somebody asked for it or for something in it.
    fn value(&mut self, span: Range<usize>, collection: bool) -> Option<usize> {
        let node = match self.frames.last_mut() {
            None => Some(0),
            Some(frame) => match frame.inside {
                Inside::Key => None,
                Inside::Value(node) => {
                    frame.inside = Inside::Key;
                    node
                }
                Inside::Item(index) => {
                    frame.inside = Inside::Item(index + 1);
                    let children = frame.node.map(|node| &self.nodes[node].children);
                    children.and_then(|children| children.get(&*index.to_string()).copied())
                }
            },
        }?;
        if self.nodes[node].value.is_some() {
            return None;
        }
        self.nodes[node].value = Some(span);
        self.nodes[node].collection = collection;
        Some(node)
    }
}

#[cfg(test)]
mod tests;
