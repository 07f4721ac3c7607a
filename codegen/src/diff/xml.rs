//! Elements and attributes of XML: of a value with the same type, they can be others.

use std::collections::{HashMap, VecDeque};

use crate::model::{Operation, Output, ResponseContent, Xml, XmlField, XmlId, XmlKind};

use super::Comparison;

impl Comparison<'_> {
    /// The value in the XML of two roots that is another node or has another name: the nearest to the root.
    pub(super) fn other_node(&mut self, old: XmlId, new: XmlId) -> Option<String> {
        self.xml.roots(old, new)
    }

    /// The same of the responses of an operation.
    pub(super) fn other_node_of_response(
        &mut self,
        was: &Operation,
        is: &Operation,
    ) -> Option<String> {
        let (before, after) = (received(was), received(is));
        let mut pairs = before.into_iter().zip(after);
        pairs.find_map(|(was, is)| self.other_node(was, is))
    }
}

/// The roots of successes, then those of errors.
fn received(operation: &Operation) -> Vec<XmlId> {
    let of_content = |content: &ResponseContent| match content {
        ResponseContent::Xml(_, root) => Some(*root),
        _ => None,
    };
    let mut roots: Vec<XmlId> = match &operation.output {
        Output::Xml(_, root) => vec![*root],
        Output::Several { cases, .. } => {
            let contents = cases.iter().filter_map(|case| case.content.as_ref());
            contents.filter_map(of_content).collect()
        }
        _ => Vec::new(),
    };
    roots.extend(operation.errors.iter().filter_map(|error| error.xml));
    roots
}

/// An old object and a new one.
type Objects = (usize, usize);

/// What is known of two objects.
enum Verdict<'a> {
    /// They are the same, with all that they lead to.
    Same,
    /// The field with this key is another node, or leads to one in these objects.
    Other(&'a str, Option<Objects>),
}

/// The XML of two APIs. Two objects are compared once, however many bodies lead to them.
pub(super) struct Elements<'a> {
    old: &'a Xml,
    new: &'a Xml,
    known: HashMap<Objects, Verdict<'a>>,
}

impl<'a> Elements<'a> {
    pub(super) fn new(old: &'a Xml, new: &'a Xml) -> Self {
        Self {
            old,
            new,
            known: HashMap::new(),
        }
    }

    /// The path of the nearest value of two roots that is another node or has another name.
    fn roots(&mut self, old: XmlId, new: XmlId) -> Option<String> {
        let (before, after) = (self.old, self.new);
        let was = &before.roots[old.0].element;
        let is = &after.roots[new.0].element;
        let root = &was.name.local;
        if was.name != is.name {
            return Some(root.clone());
        }
        match self.objects(&was.kind, &is.kind) {
            Err(OtherNode) => Some(root.clone()),
            Ok(None) => None,
            Ok(Some(first)) => {
                self.compare(first);
                self.path(root, first)
            }
        }
    }

    /// Finds the verdicts of two objects and of all that they lead to. They can lead to each other without end, so
    /// this goes by lists, and not by calls: first forward to every pair, then back from those with other nodes.
    fn compare(&mut self, first: Objects) {
        let mut led_from: HashMap<Objects, Vec<(Objects, &'a str)>> = HashMap::new();
        let mut reached = VecDeque::from([first]);
        let mut others = VecDeque::new();
        while let Some(pair) = reached.pop_front() {
            if self.known.contains_key(&pair) {
                continue;
            }
            self.known.insert(pair, Verdict::Same);
            match self.fields(pair) {
                Err(key) => {
                    self.known.insert(pair, Verdict::Other(key, None));
                    others.push_back(pair);
                }
                Ok(fields) => {
                    for (key, next) in fields {
                        if let Some(Verdict::Other(..)) = self.known.get(&next) {
                            others.push_back(next);
                        }
                        led_from.entry(next).or_default().push((pair, key));
                        reached.push_back(next);
                    }
                }
            }
        }
        while let Some(other) = others.pop_front() {
            for (pair, key) in led_from.remove(&other).unwrap_or_default() {
                if let Some(Verdict::Same) = self.known.get(&pair) {
                    self.known.insert(pair, Verdict::Other(key, Some(other)));
                    others.push_back(pair);
                }
            }
        }
    }

    /// The objects that the fields of two objects lead to. Fields that only one of them has are changes of the type.
    ///
    /// # Errors
    ///
    /// The key of the first field that is another node or has another name.
    fn fields(&self, (was, is): Objects) -> Result<Vec<(&'a str, Objects)>, &'a str> {
        let (old, new) = (self.old, self.new);
        let fields = new.objects[is].fields.iter();
        let by_key: HashMap<&str, &XmlField> = fields.map(|it| (&*it.key, it)).collect();
        let mut inner = Vec::new();
        for field in &old.objects[was].fields {
            let key = field.key.as_str();
            let Some(other) = by_key.get(key) else {
                continue;
            };
            if (field.node, &field.name) != (other.node, &other.name) {
                return Err(key);
            }
            let pair = self.objects(&field.kind, &other.kind);
            let pair = pair.map_err(|OtherNode| key)?;
            inner.extend(pair.map(|pair| (key, pair)));
        }
        Ok(inner)
    }

    /// The objects that two kinds are made of, if both are. Other kinds are other types, which are compared as types.
    fn objects(&self, was: &XmlKind, is: &XmlKind) -> Result<Option<Objects>, OtherNode> {
        match (was, is) {
            (XmlKind::Object(was), XmlKind::Object(is)) => Ok(Some((*was, *is))),
            // Arrays with other positions can be of one type.
            (XmlKind::Tuple(was), XmlKind::Tuple(is)) => {
                let (before, after) = (&self.old.objects[*was], &self.new.objects[*is]);
                let are_as_many = before.fields.len() == after.fields.len();
                are_as_many.then_some(Some((*was, *is))).ok_or(OtherNode)
            }
            (XmlKind::List(_), XmlKind::Tuple(_)) | (XmlKind::Tuple(_), XmlKind::List(_)) => {
                Err(OtherNode)
            }
            (XmlKind::Member(was), XmlKind::Member(is)) if was.key == is.key => {
                self.objects(&was.kind, &is.kind)
            }
            (XmlKind::Map(was), XmlKind::Map(is)) => self.objects(was, is),
            (XmlKind::List(was), XmlKind::List(is)) if was.name != is.name => Err(OtherNode),
            (XmlKind::List(was), XmlKind::List(is)) => self.objects(&was.kind, &is.kind),
            _ => Ok(None),
        }
    }

    /// The path from a root to another node; of a long one, its ends.
    fn path(&self, root: &str, first: Objects) -> Option<String> {
        const ENDS: usize = 8;
        let mut keys = vec![root];
        let mut next = Some(first);
        while let Some(pair) = next {
            let Some(Verdict::Other(key, then)) = self.known.get(&pair) else {
                return None;
            };
            keys.push(key);
            next = *then;
        }
        if keys.len() > 2 * ENDS {
            keys.splice(ENDS..keys.len() - ENDS, ["…"]);
        }
        Some(keys.join("/"))
    }
}

/// An item of an array has another name.
struct OtherNode;
