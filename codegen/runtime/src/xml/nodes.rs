//! Which nodes of a document are those that are described.

use std::collections::HashMap;

use super::document::{Document, Index, Label};
use super::table::{Field, Kind, Name, Node, Object};

/// Whether a root of another name has any of the fields of an object, or items of an array.
pub(super) fn resembles(document: &Document, kind: &Kind) -> bool {
    let root = Document::ROOT;
    let mut children = document.children(root).map(|it| document.label(it));
    match kind {
        Kind::Object(object) => {
            let is_element = |it: &&Field| matches!(it.node, Node::Element | Node::Items);
            let mut elements = object.fields.iter().filter(is_element);
            let attributes = object.fields.iter().filter(|it| it.node == Node::Attribute);
            children.any(|child| elements.clone().any(|field| fits(field, child) > 0))
                || attributes
                    .clone()
                    .any(|it| attribute(document, root, it).is_some())
                || (elements.next().is_none() && attributes.count() == 0)
        }
        Kind::List(item) => children.any(|child| fit(&item.name, child) > 0),
        _ => false,
    }
}

/// The elements of each field, and those of none.
pub(super) fn sorted(
    document: &Document,
    element: Index,
    object: &Object,
) -> (Vec<Vec<Index>>, Vec<Index>) {
    let mut of_fields = vec![Vec::new(); object.fields.len()];
    let mut others = Vec::new();
    for child in document.children(element) {
        let label = document.label(child);
        let mut best = None;
        let mut best_fit = 0;
        for (position, field) in object.fields.iter().enumerate() {
            let is_element = matches!(field.node, Node::Element | Node::Items);
            let fit = if is_element { fits(field, label) } else { 0 };
            if fit > best_fit {
                (best, best_fit) = (Some(position), fit);
            }
        }
        match best {
            Some(position) => of_fields[position].push(child),
            None if is_inline(object, label) => {}
            None => others.push(child),
        }
    }
    (of_fields, others)
}

/// Whether an element is one of an object that has none of its own.
fn is_inline(object: &Object, label: Label<'_>) -> bool {
    let mut inline = object.fields.iter().filter_map(|field| match &field.kind {
        Kind::Object(object) if field.node == Node::Inline => Some(object),
        _ => None,
    });
    inline.any(|object| {
        let is_its = |field: &Field| {
            matches!(field.node, Node::Element | Node::Items) && fits(field, label) > 0
        };
        object.fields.iter().any(is_its) || is_inline(object, label)
    })
}

/// Elements of one name together, in the order of the first of each.
pub(super) fn grouped(document: &Document, elements: Vec<Index>) -> Vec<(&str, Vec<Index>)> {
    let mut groups: Vec<(&str, Vec<Index>)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for element in elements {
        let key = document.label(element).local;
        let group = *known.entry(key).or_insert_with(|| {
            groups.push((key, Vec::new()));
            groups.len() - 1
        });
        groups[group].1.push(element);
    }
    groups
}

/// The value of a field that is an attribute.
pub(super) fn attribute<'d>(
    document: &'d Document,
    element: Index,
    field: &Field,
) -> Option<&'d str> {
    let fits = document.attributes(element).filter_map(|(label, value)| {
        let fit = fit(&field.name, label);
        (fit > 0).then_some((fit, value))
    });
    fits.max_by_key(|(fit, _)| *fit).map(|(_, value)| value)
}

/// How well a name fits to an element of a field; 0 where it is another.
pub(super) fn fits(field: &Field, found: Label<'_>) -> u8 {
    match fit(&field.name, found) {
        0 => u8::from(!field.also.is_empty() && field.also == found.local),
        fit => fit,
    }
}

/// How well a name fits to that of a field; 0 where it is another.
///
/// Prefixes are only hints, for documents choose their own. A namespace that is described and another
/// that came are two names; where either has none, the local names decide.
pub(super) fn fit(described: &Name, found: Label<'_>) -> u8 {
    if described.local != found.local {
        return 0;
    }
    match (described.namespace, found.namespace) {
        ("", None) if described.prefix == found.prefix => 4,
        ("", None) => 2,
        ("", Some(_)) if described.prefix == found.prefix => 3,
        ("", Some(_)) => 1,
        (described, Some(found)) if described == found => 5,
        (_, Some(_)) => 0,
        (_, None) if described.prefix == found.prefix => 4,
        (_, None) => 1,
    }
}
