//! XML as the JSON that types are decoded from.

use std::collections::HashMap;

use super::Problem;
use super::document::{Document, Index, Label};
use super::table::{Element, Field, Kind, Name, Node, Object};

/// The key of text that is beside attributes or elements, where nothing describes it.
pub(super) const TEXT: &str = "#text";

/// What precedes the names of attributes that nothing describes.
pub(super) const ATTRIBUTE: char = '@';

/// The JSON of a document whose root is one of these elements, and the root that it would have if it
/// were as described.
///
/// # Errors
///
/// Where its root is none of them.
pub(super) fn to_json(
    document: &Document,
    roots: &[&Element],
) -> Result<(String, Option<&'static str>), Problem> {
    let label = document.label(Document::ROOT);
    let is_root = |root: &&&Element| root.name.local.is_empty() || root.name.local == label.local;
    let resembles = |root: &&&Element| root.inferred && resembles(document, &root.kind);
    let (named, resembling) = (roots.iter().find(is_root), roots.iter().find(resembles));
    let Some(root) = named.or(resembling) else {
        let expected: Vec<String> = roots
            .iter()
            .map(|root| format!("`{}`", root.name.local))
            .collect();
        return Err(Problem::new(format!(
            "the root element is `{}`, not {}",
            label.local,
            expected.join(" or ")
        )));
    };
    let mut writer = Writer {
        document,
        json: String::new(),
    };
    writer.element(Document::ROOT, &root.kind, root.nullable);
    let expected = named.is_none().then_some(root.name.local);
    Ok((writer.json, expected))
}

/// Whether a root of another name has any of the fields of an object, or items of an array.
fn resembles(document: &Document, kind: &Kind) -> bool {
    let root = Document::ROOT;
    let mut children = document.children(root).map(|it| document.label(it));
    match kind {
        Kind::Object(object) => {
            let is_element = |it: &&Field| matches!(it.node, Node::Element | Node::Items);
            let mut elements = object.fields.iter().filter(is_element);
            let attributes = object.fields.iter().filter(|it| it.node == Node::Attribute);
            children.any(|child| elements.clone().any(|field| fit(&field.name, child) > 0))
                || attributes
                    .clone()
                    .any(|it| attribute(document, root, it).is_some())
                || (elements.next().is_none() && attributes.count() == 0)
        }
        Kind::List(item) => children.any(|child| fit(&item.name, child) > 0),
        _ => false,
    }
}

/// Writes the JSON of a document. Recursion is as deep as the document, which is limited.
struct Writer<'d> {
    document: &'d Document,
    json: String,
}

impl Writer<'_> {
    fn element(&mut self, element: Index, kind: &Kind, nullable: bool) {
        if self.document.is_nil(element) {
            self.json.push_str("null");
            return;
        }
        let document = self.document;
        match kind {
            Kind::Object(object) => self.object(element, object),
            Kind::Map(kind) => {
                self.json.push('{');
                let children: Vec<Index> = document.children(element).collect();
                self.entries(children, kind, true);
                self.json.push('}');
            }
            Kind::List(item) => {
                let children = document.children(element);
                let is_item = |label: Label<'_>| {
                    fit(&item.name, label) > 0
                        || (!item.also.is_empty() && label.local == item.also)
                };
                let items: Vec<Index> = children
                    .filter(|&child| is_item(document.label(child)))
                    .collect();
                self.array(&items, &item.kind, item.nullable);
            }
            Kind::Member(field) => {
                self.json.push('{');
                self.key(field.key, &mut true);
                self.element(element, &field.kind, field.nullable);
                self.json.push('}');
            }
            Kind::Any => self.any(element),
            // Elements where text is described: that deviates, and the decoder says so.
            _ if document.children(element).next().is_some() => self.any(element),
            _ => self.scalar(document.text(element), kind, nullable),
        }
    }

    /// The value of an attribute, or of an element that has only text.
    fn scalar(&mut self, text: &str, kind: &Kind, nullable: bool) {
        let trimmed = text.trim();
        match kind {
            Kind::Number | Kind::Boolean if trimmed.is_empty() => self.json.push_str("null"),
            Kind::Number if is_number(trimmed) => {
                // What JSON doesn't know of the numbers of XML Schema is a sign in front.
                self.json.push_str(trimmed.trim_start_matches('+'));
            }
            Kind::Boolean if matches!(trimmed, "true" | "1") => self.json.push_str("true"),
            Kind::Boolean if matches!(trimmed, "false" | "0") => self.json.push_str("false"),
            Kind::Object(_) | Kind::Map(_) | Kind::List(_) if text.is_empty() && nullable => {
                self.json.push_str("null");
            }
            _ => self.string(text),
        }
    }

    fn object(&mut self, element: Index, object: &Object) {
        self.json.push('{');
        let mut is_first = true;
        self.fields(element, object, &mut is_first);
        self.json.push('}');
    }

    /// The members of an object.
    fn fields(&mut self, element: Index, object: &Object, is_first: &mut bool) {
        let document = self.document;
        let (of_fields, others) = sorted(document, element, object);
        for (field, elements) in object.fields.iter().zip(of_fields) {
            match field.node {
                Node::Element => {
                    // As of the members of a JSON object with one name, the last is taken.
                    if let Some(&last) = elements.last() {
                        self.key(field.key, is_first);
                        self.element(last, &field.kind, field.nullable);
                    }
                }
                Node::Items => {
                    if field.required || !elements.is_empty() {
                        self.key(field.key, is_first);
                        self.array(&elements, &field.kind, field.nullable);
                    }
                }
                Node::Attribute => {
                    if let Some(value) = attribute(document, element, field) {
                        self.key(field.key, is_first);
                        self.scalar(value, &field.kind, field.nullable);
                    }
                }
                Node::Text | Node::Cdata => {
                    let text = document.text(element);
                    if field.required || !text.is_empty() {
                        self.key(field.key, is_first);
                        self.scalar(text, &field.kind, field.nullable);
                    }
                }
                Node::Inline => self.inline(element, field, is_first),
            }
        }
        if let Some(kind) = &object.rest {
            self.entries(others, kind, *is_first);
        }
    }

    /// An object without an element of its own: it is there where any of its fields is.
    fn inline(&mut self, element: Index, field: &Field, is_first: &mut bool) {
        let (before, was_first) = (self.json.len(), *is_first);
        self.key(field.key, is_first);
        let start = self.json.len();
        if let Kind::Object(object) = &field.kind {
            self.object(element, object);
        }
        if !field.required && matches!(&self.json[start..], "" | "{}") {
            self.json.truncate(before);
            *is_first = was_first;
        }
    }

    /// The members of a map, each an element whose name is its key.
    fn entries(&mut self, elements: Vec<Index>, kind: &Kind, mut is_first: bool) {
        for (key, elements) in grouped(self.document, elements) {
            self.key(key, &mut is_first);
            match elements.as_slice() {
                [.., last] if elements.len() == 1 || !matches!(kind, Kind::Any) => {
                    self.element(*last, kind, false);
                }
                several => self.array(several, kind, false),
            }
        }
    }

    fn array(&mut self, elements: &[Index], kind: &Kind, nullable: bool) {
        self.json.push('[');
        for (position, &element) in elements.iter().enumerate() {
            if position > 0 {
                self.json.push(',');
            }
            self.element(element, kind, nullable);
        }
        self.json.push(']');
    }

    /// An element that nothing describes: a string if there is only text, else an object.
    fn any(&mut self, element: Index) {
        let document = self.document;
        let text = document.text(element);
        let is_schema = |label: &Label<'_>| label.prefix == "xsi" || label.prefix == "xml";
        let attributes: Vec<(Label<'_>, &str)> = document
            .attributes(element)
            .filter(|(label, _)| !is_schema(label))
            .collect();
        let children: Vec<Index> = document.children(element).collect();
        if attributes.is_empty() && children.is_empty() {
            self.string(text);
            return;
        }
        self.json.push('{');
        let mut is_first = true;
        for (label, value) in attributes {
            self.key(&format!("{ATTRIBUTE}{}", label.local), &mut is_first);
            self.string(value);
        }
        if !text.is_empty() {
            self.key(TEXT, &mut is_first);
            self.string(text);
        }
        self.entries(children, &Kind::Any, is_first);
        self.json.push('}');
    }

    fn key(&mut self, key: &str, is_first: &mut bool) {
        if !*is_first {
            self.json.push(',');
        }
        *is_first = false;
        self.string(key);
        self.json.push(':');
    }

    fn string(&mut self, text: &str) {
        // The Display of a value is its JSON.
        self.json
            .push_str(&serde_json::Value::from(text).to_string());
    }
}

/// The elements of each field, and those of none.
fn sorted(document: &Document, element: Index, object: &Object) -> (Vec<Vec<Index>>, Vec<Index>) {
    let mut of_fields = vec![Vec::new(); object.fields.len()];
    let mut others = Vec::new();
    for child in document.children(element) {
        let label = document.label(child);
        let mut best = None;
        let mut best_fit = 0;
        for (position, field) in object.fields.iter().enumerate() {
            let is_element = matches!(field.node, Node::Element | Node::Items);
            let fit = if is_element {
                fit(&field.name, label)
            } else {
                0
            };
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
            matches!(field.node, Node::Element | Node::Items) && fit(&field.name, label) > 0
        };
        object.fields.iter().any(is_its) || is_inline(object, label)
    })
}

/// Elements of one name together, in the order of the first of each.
fn grouped(document: &Document, elements: Vec<Index>) -> Vec<(&str, Vec<Index>)> {
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
fn attribute<'d>(document: &'d Document, element: Index, field: &Field) -> Option<&'d str> {
    let fits = document.attributes(element).filter_map(|(label, value)| {
        let fit = fit(&field.name, label);
        (fit > 0).then_some((fit, value))
    });
    fits.max_by_key(|(fit, _)| *fit).map(|(_, value)| value)
}

/// How well a name fits to that of a field; 0 where it is another.
///
/// Prefixes are only hints, for documents choose their own. A namespace that is described and another
/// that came are two names; where either has none, the local names decide.
fn fit(described: &Name, found: Label<'_>) -> u8 {
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

/// Whether text is a number of JSON (RFC 8259 section 6), but for a sign in front.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('+').unwrap_or(text);
    !text.starts_with('+') && serde_json::from_str::<serde_json::Number>(text).is_ok()
}
