//! Elements and attributes of XML: of a value with the same type, they can be others.

use std::collections::HashSet;

use crate::model::{Operation, Output, ResponseContent, Xml, XmlElement, XmlId, XmlKind};

use super::Comparison;

impl Comparison<'_> {
    /// The first value in the XML of two roots that is another node or has another name.
    pub(super) fn other_node(&self, old: XmlId, new: XmlId) -> Option<String> {
        let mut walk = Walk {
            old: &self.old.api.xml,
            new: &self.new.api.xml,
            seen: HashSet::new(),
        };
        let (was, is) = (&walk.old.roots[old.0], &walk.new.roots[new.0]);
        walk.element(&was.element, &is.element, &was.element.name.local)
    }

    /// The same of the responses of an operation.
    pub(super) fn other_node_of_response(&self, was: &Operation, is: &Operation) -> Option<String> {
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

struct Walk<'a> {
    old: &'a Xml,
    new: &'a Xml,
    /// Objects that were compared.
    seen: HashSet<(usize, usize)>,
}

impl Walk<'_> {
    fn element(&mut self, was: &XmlElement, is: &XmlElement, path: &str) -> Option<String> {
        if was.name != is.name {
            return Some(path.to_owned());
        }
        self.kind(&was.kind, &is.kind, path)
    }

    /// Fields that only one of them has are changes of the type.
    fn kind(&mut self, was: &XmlKind, is: &XmlKind, path: &str) -> Option<String> {
        match (was, is) {
            (XmlKind::Object(was), XmlKind::Object(is)) => {
                if !self.seen.insert((*was, *is)) {
                    return None;
                }
                let (was, is) = (&self.old.objects[*was], &self.new.objects[*is]);
                was.fields.iter().find_map(|field| {
                    let other = is.fields.iter().find(|it| it.key == field.key)?;
                    let path = format!("{path}/{}", field.key);
                    if (field.node, &field.name) != (other.node, &other.name) {
                        return Some(path);
                    }
                    self.kind(&field.kind, &other.kind, &path)
                })
            }
            (XmlKind::Member(was), XmlKind::Member(is)) if was.key == is.key => {
                self.kind(&was.kind, &is.kind, path)
            }
            (XmlKind::Map(was), XmlKind::Map(is)) => self.kind(was, is, path),
            (XmlKind::List(was), XmlKind::List(is)) => self.element(was, is, path),
            // Other kinds are other types, which are compared.
            _ => None,
        }
    }
}
