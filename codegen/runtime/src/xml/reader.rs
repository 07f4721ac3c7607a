//! XML as the JSON that types are decoded from.

use super::Problem;
use super::document::{Document, Index, Label};
use super::nodes::{attribute, fit, fits, grouped, resembles, sorted};
use super::table::{Element, Field, Kind, Node, Object};

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
            Kind::Tuple(object) => self.tuple(element, object.fields),
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
            Kind::Object(_) | Kind::Map(_) | Kind::List(_) | Kind::Tuple(_)
                if text.is_empty() && nullable =>
            {
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
                Node::Attribute => match attribute(document, element, field) {
                    Some(value) => {
                        self.key(field.key, is_first);
                        self.scalar(value, &field.kind, field.nullable);
                    }
                    // There is no other way to write it (OpenAPI 3.2, "Handling `null` Values").
                    None if field.required && field.nullable => {
                        self.key(field.key, is_first);
                        self.json.push_str("null");
                    }
                    None => {}
                },
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

    /// An array whose items have nodes of their own, up to the last one that is there.
    fn tuple(&mut self, element: Index, fields: &[Field]) {
        let document = self.document;
        let mut children = document.children(element);
        // The element that was found last, and whether the text behind it is an item already.
        let (mut last, mut is_text_read) = (None, false);
        self.json.push('[');
        let mut complete = self.json.len();
        for (position, field) in fields.iter().enumerate() {
            if position > 0 {
                self.json.push(',');
            }
            let is_its = |child: &Index| fits(field, document.label(*child)) > 0;
            let is_there = match field.node {
                Node::Attribute => match attribute(document, element, field) {
                    Some(value) => {
                        self.scalar(value, &field.kind, field.nullable);
                        true
                    }
                    None => false,
                },
                Node::Text | Node::Cdata if is_text_read => false,
                Node::Text | Node::Cdata => {
                    is_text_read = true;
                    let end = children.clone().find(|child| {
                        let label = document.label(*child);
                        let mut later = fields[position..].iter();
                        later.any(|it| it.node == Node::Element && fits(it, label) > 0)
                    });
                    let text = document.text_between(element, last, end);
                    self.scalar(text, &field.kind, field.nullable);
                    true
                }
                _ => match children.clone().find(is_its) {
                    Some(child) => {
                        children.find(is_its);
                        (last, is_text_read) = (Some(child), false);
                        self.element(child, &field.kind, field.nullable);
                        true
                    }
                    None => false,
                },
            };
            if is_there {
                complete = self.json.len();
            } else {
                self.json.push_str("null");
            }
        }
        self.json.truncate(complete);
        self.json.push(']');
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

/// Whether text is a number of JSON (RFC 8259 section 6), but for a sign in front.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('+').unwrap_or(text);
    !text.starts_with('+') && serde_json::from_str::<serde_json::Number>(text).is_ok()
}
