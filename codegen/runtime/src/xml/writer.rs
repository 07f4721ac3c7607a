//! The JSON of a value as XML.

use std::fmt::Write as _;

use super::super::tree::Tree;
use super::Problem;
use super::table::{Element, Field, Kind, Name, Node, Object};

/// What a document begins with (XML 1.0, 2.8).
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// The namespace of `xsi:nil` (XML Schema Part 1, 2.6.2).
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

const NIL: Name = Name {
    local: "nil",
    prefix: "xsi",
    namespace: XSI,
};

/// The XML of a value, whose root is this element.
///
/// # Errors
///
/// Where a value has a character that XML can't have, or a key that no element can be called.
pub(super) fn to_xml(value: &Tree, root: &Element) -> Result<String, Problem> {
    let mut writer = Writer::default();
    writer
        .element(&root.name, value, &root.kind, root.nullable)
        .map_err(Problem::new)?;
    Ok(writer.finished())
}

/// Writes elements. Recursion is as deep as the value, which is limited.
#[derive(Default)]
struct Writer {
    xml: String,
    /// Where the declarations of the root are put: behind its name.
    root_end: Option<usize>,
    /// Prefixes that the root declares, with their namespaces.
    of_root: Vec<(&'static str, &'static str)>,
    /// Those that elements declare which aren't closed yet.
    nested: Vec<(&'static str, &'static str)>,
}

impl Writer {
    /// The document, with the declarations of its root.
    fn finished(self) -> String {
        let mut declarations = String::new();
        for (prefix, namespace) in self.of_root {
            declare(&mut declarations, prefix, namespace);
        }
        let mut xml = DECLARATION.to_owned();
        let (start, rest) = self.xml.split_at(self.root_end.unwrap_or_default());
        xml.push_str(start);
        xml.push_str(&declarations);
        xml.push_str(rest);
        xml
    }

    fn element(
        &mut self,
        name: &Name,
        value: &Tree,
        kind: &Kind,
        nullable: bool,
    ) -> Result<(), String> {
        let outer = self.nested.len();
        let tag = self.start(name)?;
        if *value == Tree::Null && nullable {
            self.attribute(&NIL, "true")?;
            self.xml.push_str("/>");
        } else {
            self.content(&tag, value, kind)?;
        }
        self.nested.truncate(outer);
        Ok(())
    }

    /// The start of a tag without its end; returns the name in it.
    fn start(&mut self, name: &Name) -> Result<String, String> {
        check_name(name.local)?;
        let tag = qualified(name);
        self.xml.push('<');
        self.xml.push_str(&tag);
        if self.root_end.is_none() {
            self.root_end = Some(self.xml.len());
        }
        self.bind(name);
        Ok(tag)
    }

    /// Declares the namespace of a name where it isn't declared: at the root, unless its prefix has another there.
    fn bind(&mut self, name: &Name) {
        let (prefix, namespace) = (name.prefix, name.namespace);
        if namespace.is_empty() || prefix == "xml" {
            return;
        }
        let of = |declared: &[(&str, &str)]| {
            let mut declared = declared.iter().rev();
            declared
                .find(|(known, _)| *known == prefix)
                .map(|(_, known)| *known == namespace)
        };
        let is_root = self.of_root.is_empty() && self.root_end == Some(self.xml.len());
        match of(&self.nested).or_else(|| of(&self.of_root)) {
            Some(true) => {}
            // A namespace without prefix is that of all elements within, so only the root's is at the root.
            None if is_root || !prefix.is_empty() => self.of_root.push((prefix, namespace)),
            _ => {
                declare(&mut self.xml, prefix, namespace);
                self.nested.push((prefix, namespace));
            }
        }
    }

    fn attribute(&mut self, name: &Name, value: &str) -> Result<(), String> {
        check_name(name.local)?;
        self.bind(name);
        self.xml.push(' ');
        self.xml.push_str(&qualified(name));
        self.xml.push_str("=\"");
        escape(&mut self.xml, value, true)?;
        self.xml.push('"');
        Ok(())
    }

    /// Attributes and content of an element, and its end.
    fn content(&mut self, tag: &str, value: &Tree, kind: &Kind) -> Result<(), String> {
        match (kind, value) {
            (Kind::Object(object), Tree::Object(members)) => {
                self.attributes(object, members)?;
                self.body(tag, |it| it.members(object, members))
            }
            (Kind::Map(kind), Tree::Object(members)) => self.body(tag, |it| {
                members
                    .iter()
                    .try_for_each(|(key, value)| it.entry(key, value, kind))
            }),
            (Kind::Member(field), Tree::Object(members)) => match member(members, field) {
                Some(value) => self.content(tag, value, &field.kind),
                None => self.body(tag, |_| Ok(())),
            },
            (Kind::List(item), Tree::List(items)) => self.body(tag, |it| {
                items
                    .iter()
                    .try_for_each(|value| it.element(&item.name, value, &item.kind, item.nullable))
            }),
            (Kind::Tuple(Object { fields, .. }), Tree::List(items)) => {
                if items.len() > fields.len() {
                    return Err(format!(
                        "an array has {} items, and the description has {}",
                        items.len(),
                        fields.len()
                    ));
                }
                let positions = || fields.iter().zip(items);
                for (field, value) in positions().filter(|(it, _)| it.node == Node::Attribute) {
                    if *value != Tree::Null {
                        self.attribute(&field.name, &value.text())?;
                    }
                }
                self.body(tag, |it| {
                    positions().try_for_each(|(field, value)| it.field(field, value))
                })
            }
            (_, Tree::Object(members)) => {
                for (key, value) in members {
                    if let Some(name) = key.strip_prefix('@') {
                        check_name(name)?;
                        let _ = write!(self.xml, " {name}=\"");
                        escape(&mut self.xml, &value.text(), true)?;
                        self.xml.push('"');
                    }
                }
                self.body(tag, |it| {
                    let own = members.iter().filter(|(key, _)| !key.starts_with('@'));
                    own.into_iter()
                        .try_for_each(|(key, value)| match key.as_str() {
                            "#text" => escape(&mut it.xml, &value.text(), false),
                            _ => it.entry(key, value, &Kind::Any),
                        })
                })
            }
            (_, value) => self.body(tag, |it| escape(&mut it.xml, &value.text(), false)),
        }
    }

    /// Ends the start tag, writes what is in the element, and its end tag.
    fn body(
        &mut self,
        tag: &str,
        write: impl FnOnce(&mut Self) -> Result<(), String>,
    ) -> Result<(), String> {
        self.xml.push('>');
        let start = self.xml.len();
        write(self)?;
        if self.xml.len() == start {
            self.xml.pop();
            self.xml.push_str("/>");
        } else {
            let _ = write!(self.xml, "</{tag}>");
        }
        Ok(())
    }

    /// The attributes of an object, those of inline objects among them.
    fn attributes(&mut self, object: &Object, members: &[(String, Tree)]) -> Result<(), String> {
        for field in object.fields {
            match (field.node, member(members, field)) {
                (_, None) | (Node::Attribute, Some(Tree::Null)) => {}
                (Node::Attribute, Some(value)) => self.attribute(&field.name, &value.text())?,
                (Node::Inline, Some(Tree::Object(members))) => {
                    if let Kind::Object(object) = &field.kind {
                        self.attributes(object, members)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Elements and text of an object.
    fn members(&mut self, object: &Object, members: &[(String, Tree)]) -> Result<(), String> {
        for field in object.fields {
            if let Some(value) = member(members, field) {
                self.field(field, value)?;
            }
        }
        let is_other =
            |(key, _): &&(String, Tree)| object.fields.iter().all(|field| field.key != *key);
        let mut others = members.iter().filter(is_other);
        match &object.rest {
            Some(kind) => others.try_for_each(|(key, value)| self.entry(key, value, kind)),
            None => match others.next() {
                Some((key, _)) => Err(format!("nothing describes `{key}` in XML")),
                None => Ok(()),
            },
        }
    }

    fn field(&mut self, field: &Field, value: &Tree) -> Result<(), String> {
        match (field.node, value) {
            (Node::Element, value) if *value != Tree::Null || field.nullable => {
                self.element(&field.name, value, &field.kind, field.nullable)
            }
            (Node::Items, Tree::List(items)) => items
                .iter()
                .try_for_each(|item| self.element(&field.name, item, &field.kind, field.nullable)),
            (Node::Attribute, _) | (_, Tree::Null) => Ok(()),
            (Node::Items, single) => self.element(&field.name, single, &field.kind, field.nullable),
            (Node::Cdata, value) => cdata(&mut self.xml, &value.text()),
            (Node::Inline, Tree::Object(members)) => match &field.kind {
                Kind::Object(object) => self.members(object, members),
                Kind::Map(kind) => members
                    .iter()
                    .try_for_each(|(key, value)| self.entry(key, value, kind)),
                _ => Ok(()),
            },
            (Node::Element | Node::Text | Node::Inline, value) => {
                escape(&mut self.xml, &value.text(), false)
            }
        }
    }

    /// An element that is called as its key.
    fn entry(&mut self, key: &str, value: &Tree, kind: &Kind) -> Result<(), String> {
        check_name(key)?;
        match (value, kind) {
            (Tree::List(items), Kind::Any) => items
                .iter()
                .try_for_each(|item| self.entry(key, item, kind)),
            _ => {
                self.xml.push('<');
                self.xml.push_str(key);
                if self.root_end.is_none() {
                    self.root_end = Some(self.xml.len());
                }
                let outer = self.nested.len();
                self.content(key, value, kind)?;
                self.nested.truncate(outer);
                Ok(())
            }
        }
    }
}

fn member<'m>(members: &'m [(String, Tree)], field: &Field) -> Option<&'m Tree> {
    let mut members = members.iter();
    members
        .find(|(key, _)| key == field.key)
        .map(|(_, value)| value)
}

fn qualified(name: &Name) -> String {
    if name.prefix.is_empty() {
        name.local.to_owned()
    } else {
        format!("{}:{}", name.prefix, name.local)
    }
}

fn declare(xml: &mut String, prefix: &str, namespace: &str) {
    let colon = if prefix.is_empty() { "" } else { ":" };
    let _ = write!(xml, " xmlns{colon}{prefix}=\"");
    // Namespaces are checked by the generator.
    let _ = escape(xml, namespace, true);
    xml.push('"');
}

/// Refuses what no element or attribute can be called (XML 1.0, 2.3). Letters beyond ASCII are all accepted.
fn check_name(name: &str) -> Result<(), String> {
    let is_start =
        |it: char| it.is_alphabetic() || it == '_' || (!it.is_ascii() && !it.is_whitespace());
    let is_part = |it: char| is_start(it) || it.is_ascii_digit() || matches!(it, '-' | '.');
    let mut characters = name.chars();
    if characters.next().is_some_and(is_start) && characters.all(is_part) {
        Ok(())
    } else {
        Err(format!("`{name}` can't be the name of an element"))
    }
}

/// Writes text, with references for the characters that mean something in XML.
fn escape(xml: &mut String, text: &str, is_attribute: bool) -> Result<(), String> {
    for character in text.chars() {
        match character {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' if is_attribute => xml.push_str("&quot;"),
            // Readers make a line feed of it, and spaces of white space in attributes (XML 1.0, 2.11 and 3.3.3).
            '\r' => xml.push_str("&#13;"),
            '\n' if is_attribute => xml.push_str("&#10;"),
            '\t' if is_attribute => xml.push_str("&#9;"),
            _ => xml.push(allowed(character)?),
        }
    }
    Ok(())
}

/// Writes a CDATA section; its end within the text splits it in two.
fn cdata(xml: &mut String, text: &str) -> Result<(), String> {
    text.chars().try_for_each(|it| allowed(it).map(drop))?;
    let text = text.replace("]]>", "]]]]><![CDATA[>");
    let _ = write!(xml, "<![CDATA[{text}]]>");
    Ok(())
}

/// Refuses the characters that no XML document can have (XML 1.0, 2.2).
fn allowed(character: char) -> Result<char, String> {
    match character {
        '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'.. => Ok(character),
        _ => Err(format!(
            "the character U+{:04X} can't be in XML",
            u32::from(character)
        )),
    }
}
