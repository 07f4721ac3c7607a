//! An XML document in memory, within limits.
//!
//! Documents come from servers and may be hostile. There are no entities but the five predefined ones and character
//! references: a document type declaration, which alone could declare others, is refused (OWASP, "XML External Entity
//! Prevention"). Depth, attributes and elements are limited, and nothing here is recursive.

use std::collections::HashMap;
use std::str;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use super::Problem;

/// The maximum depth of elements. That of JSON is 128, and an array of objects takes two.
const MAX_DEPTH: usize = 100;

/// The maximum number of attributes of an element, declarations of namespaces among them.
const MAX_ATTRIBUTES: usize = 256;

/// The maximum number of elements: each takes up to a hundred bytes of memory, and as few as four of the document.
const MAX_ELEMENTS: usize = 1_000_000;

/// The maximum number of names in a path.
const MAX_PATH: usize = 16;

/// The namespace of `xsi:nil` (XML Schema Part 1, 2.6.2).
pub(super) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The index of an element.
pub(super) type Index = usize;

/// The prefix and the local part of a name, and its namespace, if its prefix is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label<'d> {
    pub(super) prefix: &'d str,
    pub(super) local: &'d str,
    pub(super) namespace: Option<&'d str>,
}

/// A document.
#[derive(Debug, Default)]
pub(super) struct Document {
    elements: Vec<Node>,
    /// Names of elements and attributes, and URIs of namespaces, each once.
    strings: Vec<Box<str>>,
}

#[derive(Debug)]
struct Node {
    name: u32,
    namespace: Option<u32>,
    attributes: Box<[Attribute]>,
    text: String,
    /// Where it stands in the text of the element that it is in, in bytes.
    offset: usize,
    first_child: Option<u32>,
    last_child: Option<u32>,
    next: Option<u32>,
}

#[derive(Debug)]
struct Attribute {
    name: u32,
    namespace: Option<u32>,
    value: String,
}

impl Document {
    /// Parses a document.
    ///
    /// # Errors
    ///
    /// Where it isn't well-formed, isn't UTF-8, declares a document type, or exceeds a limit.
    pub(super) fn parse(xml: &[u8]) -> Result<Self, Problem> {
        if xml.starts_with(b"\xfe\xff") || xml.starts_with(b"\xff\xfe") {
            return Err(Problem::new("it is UTF-16, and only UTF-8 is supported"));
        }
        let xml = xml.strip_prefix(b"\xef\xbb\xbf").unwrap_or(xml);
        let xml = str::from_utf8(xml).map_err(|error| Problem::new(error.to_string()))?;
        let mut parser = Parser::default();
        match parser.read(xml) {
            Ok(()) => Ok(parser.document),
            Err(reason) => Err(Problem {
                path: parser.path(),
                reason,
            }),
        }
    }

    /// The root.
    pub(super) const ROOT: Index = 0;

    /// The name of an element.
    pub(super) fn label(&self, element: Index) -> Label<'_> {
        let node = &self.elements[element];
        self.labelled(node.name, node.namespace)
    }

    /// The text in an element, without that of the elements in it. White space around these is left out.
    pub(super) fn text(&self, element: Index) -> &str {
        let node = &self.elements[element];
        match node.first_child {
            Some(_) => node.text.trim(),
            None => &node.text,
        }
    }

    /// The text in an element from one of the elements in it to the next, white space as it is; without these, from
    /// its start or to its end.
    pub(super) fn text_between(
        &self,
        element: Index,
        from: Option<Index>,
        to: Option<Index>,
    ) -> &str {
        let text = &*self.elements[element].text;
        let from = from.map_or(0, |it| self.elements[it].offset);
        let to = to.map_or(text.len(), |it| self.elements[it].offset);
        text.get(from..to).unwrap_or_default()
    }

    /// The elements in an element.
    pub(super) fn children(&self, element: Index) -> impl Iterator<Item = Index> + Clone {
        let mut next = self.elements[element].first_child;
        std::iter::from_fn(move || {
            let child = next? as usize;
            next = self.elements[child].next;
            Some(child)
        })
    }

    /// The attributes of an element, without declarations of namespaces.
    pub(super) fn attributes(&self, element: Index) -> impl Iterator<Item = (Label<'_>, &str)> {
        let attributes = self.elements[element].attributes.iter();
        attributes.map(|it| (self.labelled(it.name, it.namespace), &*it.value))
    }

    /// Whether an element has `xsi:nil="true"`.
    pub(super) fn is_nil(&self, element: Index) -> bool {
        self.attributes(element).any(|(label, value)| {
            let is_of_schema = match label.namespace {
                Some(namespace) => namespace == XSI,
                None => label.prefix == "xsi",
            };
            label.local == "nil" && is_of_schema && matches!(value.trim(), "true" | "1")
        })
    }

    fn labelled(&self, name: u32, namespace: Option<u32>) -> Label<'_> {
        let name = &*self.strings[name as usize];
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        Label {
            prefix,
            local,
            namespace: namespace.map(|it| &*self.strings[it as usize]),
        }
    }
}

/// A document that is being parsed.
#[derive(Default)]
struct Parser {
    document: Document,
    known: HashMap<Box<str>, u32>,
    /// The elements that aren't closed, from the root on.
    open: Vec<u32>,
    /// Prefixes with their namespaces, and the depth of the element that declares them.
    declared: Vec<(usize, Box<str>, u32)>,
}

impl Parser {
    fn read(&mut self, xml: &str) -> Result<(), String> {
        let mut reader = Reader::from_str(xml);
        loop {
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    let at = usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
                    return Err(format!("{error} (line {})", line(xml, at)));
                }
            };
            match event {
                Event::Start(start) => self.start(&start)?,
                Event::Empty(start) => {
                    self.start(&start)?;
                    self.end();
                }
                Event::End(_) => self.end(),
                Event::Text(text) => self.text(&text.xml10_content())?,
                Event::CData(text) => self.text(&text.xml10_content())?,
                Event::GeneralRef(reference) => self.text(&resolved(&reference)?)?,
                Event::Decl(declaration) => check_encoding(&declaration)?,
                Event::DocType(_) => {
                    return Err("a document type declaration isn't accepted".to_owned());
                }
                Event::Comment(_) | Event::PI(_) => {}
                Event::Eof => break,
            }
        }
        match (self.open.last(), self.document.elements.is_empty()) {
            (Some(_), _) => Err("the document ends within an element".to_owned()),
            (None, true) => Err("there is no element".to_owned()),
            (None, false) => Ok(()),
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), String> {
        if self.open.is_empty() && !self.document.elements.is_empty() {
            return Err("there is a second root element".to_owned());
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(format!("elements are nested more than {MAX_DEPTH} deep"));
        }
        if self.document.elements.len() >= MAX_ELEMENTS {
            return Err(format!("there are more than {MAX_ELEMENTS} elements"));
        }
        let mut attributes = self.attributes(start)?;
        for attribute in &mut attributes {
            let name = &*self.document.strings[attribute.name as usize];
            // Attributes without a prefix are in no namespace (Namespaces in XML 1.0, 6.2).
            if let Some((prefix, _)) = name.split_once(':') {
                attribute.namespace = self.namespace(prefix);
            }
        }
        let name = start.name();
        let name: &str = name.as_ref();
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
        let outer = self.open.last().map(|it| *it as usize);
        let node = Node {
            namespace: self.namespace(prefix),
            name: self.string(name),
            attributes: attributes.into(),
            text: String::new(),
            offset: outer.map_or(0, |it| self.document.elements[it].text.len()),
            first_child: None,
            last_child: None,
            next: None,
        };
        let index = index(self.document.elements.len());
        self.document.elements.push(node);
        if let Some(outer) = outer {
            let elements = &mut self.document.elements;
            match elements[outer].last_child.replace(index) {
                Some(last) => elements[last as usize].next = Some(index),
                None => elements[outer].first_child = Some(index),
            }
        }
        self.open.push(index);
        Ok(())
    }

    /// The attributes of an element whose namespaces are still to be found. Declarations are noted.
    fn attributes(&mut self, start: &BytesStart<'_>) -> Result<Vec<Attribute>, String> {
        let mut attributes = Vec::new();
        for (count, attribute) in start.attributes().enumerate() {
            if count >= MAX_ATTRIBUTES {
                return Err(format!(
                    "an element has more than {MAX_ATTRIBUTES} attributes"
                ));
            }
            let attribute = attribute.map_err(|error| error.to_string())?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.map_err(|error| error.to_string())?;
            let name: &str = attribute.key.as_ref();
            let prefix = match name.strip_prefix("xmlns") {
                Some("") => Some(""),
                Some(rest) => rest.strip_prefix(':'),
                None => None,
            };
            if let Some(prefix) = prefix {
                let namespace = self.string(&value);
                self.declared
                    .push((self.open.len(), prefix.into(), namespace));
                continue;
            }
            attributes.push(Attribute {
                name: self.string(name),
                namespace: None,
                value: value.into_owned(),
            });
        }
        Ok(attributes)
    }

    fn end(&mut self) {
        self.open.pop();
        let depth = self.open.len();
        while self.declared.last().is_some_and(|(at, ..)| *at >= depth) {
            self.declared.pop();
        }
    }

    fn text(&mut self, text: &str) -> Result<(), String> {
        match self.open.last() {
            Some(&element) => self.document.elements[element as usize].text.push_str(text),
            None if text.trim().is_empty() => {}
            None => return Err("there is text outside of the root element".to_owned()),
        }
        Ok(())
    }

    /// The namespace of a prefix, the innermost that is declared; `xmlns=""` takes it back.
    fn namespace(&self, prefix: &str) -> Option<u32> {
        let mut declared = self.declared.iter().rev();
        let (_, _, namespace) = declared.find(|(_, known, _)| **known == *prefix)?;
        let is_some = !self.document.strings[*namespace as usize].is_empty();
        is_some.then_some(*namespace)
    }

    fn string(&mut self, text: &str) -> u32 {
        if let Some(&known) = self.known.get(text) {
            return known;
        }
        let new = index(self.document.strings.len());
        self.document.strings.push(text.into());
        self.known.insert(text.into(), new);
        new
    }

    /// The names of the elements that aren't closed.
    fn path(&self) -> String {
        let names = self.open.iter().take(MAX_PATH);
        let names: Vec<&str> = names
            .map(|&it| &*self.document.strings[self.document.elements[it as usize].name as usize])
            .collect();
        names.join("/")
    }
}

/// An index in 32 bits, to which the number of elements and the size of a body are limited.
fn index(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// The character of a reference.
fn resolved(reference: &BytesRef<'_>) -> Result<String, String> {
    if let Some(character) = reference
        .resolve_char_ref()
        .map_err(|error| error.to_string())?
    {
        return Ok(character.into());
    }
    let entity = reference.xml10_content();
    match resolve_predefined_entity(&entity) {
        Some(text) => Ok(text.to_owned()),
        None => Err("an entity isn't one of the five of XML".to_owned()),
    }
}

/// Refuses encodings other than UTF-8.
fn check_encoding(declaration: &BytesDecl<'_>) -> Result<(), String> {
    let Some(encoding) = declaration.encoding() else {
        return Ok(());
    };
    let encoding = encoding.map_err(|error| error.to_string())?;
    let is_utf8 = ["utf-8", "utf8", "us-ascii", "ascii"]
        .iter()
        .any(|known| encoding.eq_ignore_ascii_case(known));
    if is_utf8 {
        Ok(())
    } else {
        Err("its encoding isn't UTF-8, and only that is supported".to_owned())
    }
}

/// The number of the line at a position.
fn line(xml: &str, at: usize) -> usize {
    let before = &xml.as_bytes()[..at.min(xml.len())];
    before.split(|&byte| byte == b'\n').count()
}
