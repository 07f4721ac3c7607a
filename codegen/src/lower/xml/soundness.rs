//! Which of the objects of XML can be written and read, and all that they lead to.
//!
//! Objects are made once, and lead only to those that were there before or were made with them. So each is looked at
//! once, with those that it was made with, however many bodies lead to it.

use std::collections::{HashMap, HashSet};

use crate::model::{XmlElement, XmlField, XmlKind, XmlName, XmlNode, XmlObject};

use super::Untyped;

/// What is known of the objects.
#[derive(Debug, Default)]
pub(super) struct Soundness {
    /// How many objects, from the first, were looked at.
    count: usize,
    /// Those of them that can't be typed, or lead to one that can't.
    untyped: HashMap<usize, Untyped>,
    /// Whether some name has a prefix and no namespace.
    has_open_prefix: bool,
}

impl Soundness {
    /// Looks at the objects that are new. `failed` has those that can't be typed by themselves.
    pub(super) fn extend(
        &mut self,
        objects: &[XmlObject],
        failed: &mut HashMap<usize, Untyped>,
        at: &str,
    ) {
        let start = std::mem::replace(&mut self.count, objects.len());
        let mut leading: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut open: Vec<usize> = Vec::new();
        for (index, object) in objects.iter().enumerate().skip(start) {
            let names = object.fields.iter().map(|field| &field.name);
            self.has_open_prefix |= names.into_iter().any(is_open);
            for target in targets(object) {
                leading.entry(target).or_default().push(index);
            }
        }
        for (index, untyped) in failed.drain() {
            self.untyped.insert(index, untyped);
            open.push(index);
        }
        for index in within_themselves(objects, start) {
            let reason = "an object without a node can't be within itself";
            self.untyped
                .entry(index)
                .or_insert_with(|| Untyped::new(at, reason));
            open.push(index);
        }
        open.extend(
            leading
                .keys()
                .filter(|it| **it < start && self.untyped.contains_key(it)),
        );
        open.sort_unstable();
        while let Some(index) = open.pop() {
            let Some(untyped) = self.untyped.get(&index).cloned() else {
                continue;
            };
            for outer in leading.get(&index).into_iter().flatten() {
                if !self.untyped.contains_key(outer) {
                    self.untyped.insert(*outer, untyped.clone());
                    open.push(*outer);
                }
            }
        }
    }

    /// Whether all objects that an element leads to can be typed, and none is without a node within itself. What is sent has to
    /// have a namespace for each prefix, or no reader would accept it (Namespaces in XML 1.0, "Prefix Declared").
    pub(super) fn check(
        &self,
        objects: &[XmlObject],
        element: &XmlElement,
        at: &str,
        is_sent: bool,
    ) -> Result<(), Untyped> {
        let mut parts = Parts::default();
        parts.element(element);
        if let Some(untyped) = parts.objects.iter().find_map(|it| self.untyped.get(it)) {
            return Err(untyped.clone());
        }
        let has_open_prefix = self.has_open_prefix || parts.names.iter().any(|name| is_open(name));
        if !is_sent || !has_open_prefix {
            return Ok(());
        }
        let mut seen = HashSet::new();
        while let Some(index) = parts.objects.pop() {
            if seen.insert(index) {
                parts.object(&objects[index]);
            }
        }
        let with_namespace = parts.names.iter().filter(|name| !name.namespace.is_empty());
        let known: HashSet<&str> = with_namespace.map(|name| &*name.prefix).collect();
        let mut names = parts.names.iter();
        match names.find(|name| is_open(name) && !known.contains(&*name.prefix)) {
            Some(name) => {
                let reason = format!("nothing says the namespace of the prefix `{}`", name.prefix);
                Err(Untyped::new(at, reason))
            }
            None => Ok(()),
        }
    }
}

/// Whether a name has a prefix, and something else has to say its namespace.
fn is_open(name: &XmlName) -> bool {
    name.namespace.is_empty() && !matches!(&*name.prefix, "" | "xml")
}

/// What elements consist of, without what is in their objects.
#[derive(Default)]
struct Parts<'x> {
    names: Vec<&'x XmlName>,
    objects: Vec<usize>,
}

impl<'x> Parts<'x> {
    fn element(&mut self, element: &'x XmlElement) {
        self.names.push(&element.name);
        self.kind(&element.kind);
    }

    fn object(&mut self, object: &'x XmlObject) {
        for field in &object.fields {
            self.field(field);
        }
        if let Some(kind) = &object.rest {
            self.kind(kind);
        }
    }

    fn field(&mut self, field: &'x XmlField) {
        self.names.push(&field.name);
        self.kind(&field.kind);
    }

    fn kind(&mut self, kind: &'x XmlKind) {
        match kind {
            XmlKind::Object(index) | XmlKind::Tuple(index) => self.objects.push(*index),
            XmlKind::Map(values) => self.kind(values),
            XmlKind::List(item) => self.element(item),
            XmlKind::Member(field) => self.field(field),
            XmlKind::Text | XmlKind::Number | XmlKind::Boolean | XmlKind::Any => {}
        }
    }
}

/// The objects that an object leads to.
fn targets(object: &XmlObject) -> Vec<usize> {
    let mut parts = Parts::default();
    parts.object(object);
    parts.objects
}

/// The objects from a number on that are fields without a node of themselves, at any depth, or lead to such.
fn within_themselves(objects: &[XmlObject], start: usize) -> Vec<usize> {
    let mut outer: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut left: HashMap<usize, usize> = HashMap::new();
    for (index, object) in objects.iter().enumerate().skip(start) {
        let inline = object.fields.iter();
        for field in inline.filter(|field| field.node == XmlNode::Inline) {
            if let XmlKind::Object(inner) = field.kind
                && inner >= start
            {
                outer.entry(inner).or_default().push(index);
                *left.entry(index).or_default() += 1;
            }
        }
    }
    // What has no inline object in it is taken away until nothing is.
    let mut open: Vec<usize> = outer
        .keys()
        .copied()
        .filter(|it| !left.contains_key(it))
        .collect();
    while let Some(index) = open.pop() {
        for it in outer.get(&index).into_iter().flatten() {
            if let Some(count) = left.get_mut(it) {
                *count -= 1;
                if *count == 0 {
                    left.remove(it);
                    open.push(*it);
                }
            }
        }
    }
    let mut found: Vec<usize> = left.into_keys().collect();
    found.sort_unstable();
    found
}
