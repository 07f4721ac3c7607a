//! XML bodies: which elements they consist of (OpenAPI 3.2, "XML Object").
//!
//! The types of such bodies are made as those of JSON are. What is found out here stands beside them: where in the XML each
//! value is. Where it can't be said of all of a schema, the content isn't typed, and a warning has the place.

mod fields;
mod hints;
mod soundness;

use std::collections::{HashMap, VecDeque};

use serde_json::Value;

use crate::config::Config;
use crate::model::{
    Xml, XmlElement, XmlField, XmlId, XmlKind, XmlName, XmlNode, XmlObject, XmlRoot,
};
use crate::names::{Ident, Scope, constant_case};
use crate::pointer;

use super::schema::{Form, Primitive, SchemaRef};
use super::schemas::Schemas;

use hints::{Described, is_name};
use soundness::Soundness;

/// How many arrays, maps and compositions may be within one another.
const MAX_DEPTH: usize = 100;

/// Why content isn't typed, and where that is.
#[derive(Clone, Debug)]
pub(super) struct Untyped {
    /// A schema.
    pub(super) pointer: String,
    /// A clause about it.
    pub(super) reason: String,
}

impl Untyped {
    fn new(pointer: &str, reason: impl Into<String>) -> Self {
        Self {
            pointer: pointer.to_owned(),
            reason: reason.into(),
        }
    }
}

/// The XML that was met so far.
#[derive(Debug, Default)]
pub(super) struct XmlTables {
    xml: Xml,
    scope: Scope,
    /// The objects of schemas, by their pointers.
    objects: HashMap<String, usize>,
    /// Objects whose fields are still to be found. They aren't found where they are met: schemas that each lead to the next can be
    /// more than a stack has room for.
    queue: VecDeque<(usize, Described<'static>)>,
    /// New objects that can't be typed.
    failed: HashMap<usize, Untyped>,
    soundness: Soundness,
    /// The roots, by what they are.
    roots: HashMap<XmlElement, XmlId>,
    /// How many schemas within one another are being looked at.
    depth: usize,
    /// Whether types may keep what isn't described, as the configuration says.
    keeps_others: bool,
}

impl XmlTables {
    /// Those of a document with this configuration.
    pub(super) fn new(config: &Config) -> Self {
        let own = config.types.values();
        let mut own = own.filter_map(|ty| ty.keep_unknown_fields);
        Self {
            keeps_others: config.keep_unknown_fields || own.any(|keeps| keeps),
            ..Self::default()
        }
    }

    /// All of it.
    pub(super) fn finish(self) -> Xml {
        self.xml
    }

    /// The root element that a body is, by its schema. Where that has no name, and is read, it can be any.
    ///
    /// # Errors
    ///
    /// The first schema of which it can't be said what it is in XML.
    pub(super) fn root(
        &mut self,
        schemas: &Schemas<'_>,
        schema: SchemaRef<'_>,
        at: &str,
        is_sent: bool,
    ) -> Result<XmlId, Untyped> {
        let element = self.root_element(schemas, schema, at);
        while let Some((index, described)) = self.queue.pop_front() {
            match self.fields(schemas, &described) {
                Ok((fields, rest)) => {
                    let object = &mut self.xml.objects[index];
                    object.fields = fields;
                    object.rest = rest;
                }
                Err(untyped) => drop(self.failed.insert(index, untyped)),
            }
        }
        self.soundness
            .extend(&self.xml.objects, &mut self.failed, at);
        let mut element = element?;
        if element.name.local.is_empty() && is_sent {
            // An object without a name around one element is that element.
            let Some(field) = self.only_element(&element.kind) else {
                let reason = "nothing names its root element: add `xml: {name: ..}`";
                return Err(Untyped::new(at, reason));
            };
            element.name = field.name.clone();
            element.kind = XmlKind::Member(Box::new(field));
        }
        let objects = &self.xml.objects;
        self.soundness.check(objects, &element, at, is_sent)?;
        if let Some(known) = self.roots.get(&element) {
            return Ok(*known);
        }
        let id = XmlId(self.xml.roots.len());
        let name = self.constant(&element.name.local, "ROOT");
        self.roots.insert(element.clone(), id);
        self.xml.roots.push(XmlRoot { name, element });
        Ok(id)
    }

    fn root_element(
        &mut self,
        schemas: &Schemas<'_>,
        schema: SchemaRef<'_>,
        at: &str,
    ) -> Result<XmlElement, Untyped> {
        let described = Described::of(schemas, schema, at)?;
        let component = described.component.clone().unwrap_or_default();
        let name = described.name(&component)?;
        let kind = match described.form().primitive {
            // An array has a root in any case: it is that of its items.
            Some(Primitive::Array) if described.positions().is_some() => {
                self.tuple(&described, &name.local)?
            }
            Some(Primitive::Array) => {
                let item = self.item(schemas, &described, &name, Outer::Root)?;
                XmlKind::List(Box::new(item))
            }
            _ => self.kind(schemas, &described, &name.local)?,
        };
        Ok(XmlElement {
            name,
            is_inferred: !described.hints.has_name(),
            also: None,
            kind,
            nullable: described.nullable,
        })
    }

    /// The one field of an object, if it is an element with fields.
    fn only_element(&self, kind: &XmlKind) -> Option<XmlField> {
        let XmlKind::Object(index) = kind else {
            return None;
        };
        let object = self.xml.objects.get(*index)?;
        let [field] = object.fields.as_slice() else {
            return None;
        };
        let has_fields = matches!(field.kind, XmlKind::Object(_));
        let is_it = field.node == XmlNode::Element && has_fields && object.rest.is_none();
        is_it.then(|| field.clone())
    }

    /// What the element or attribute of a schema contains. Objects that nothing else names are called as
    /// the element that they are in.
    fn kind(
        &mut self,
        schemas: &Schemas<'_>,
        described: &Described<'_>,
        called: &str,
    ) -> Result<XmlKind, Untyped> {
        if !schemas.may_go_on() || self.depth >= MAX_DEPTH {
            let reason = "its schemas are nested too deeply";
            return Err(Untyped::new(&described.pointer, reason));
        }
        self.depth += 1;
        let kind = self.kind_below(schemas, described, called);
        self.depth -= 1;
        kind
    }

    fn kind_below(
        &mut self,
        schemas: &Schemas<'_>,
        described: &Described<'_>,
        called: &str,
    ) -> Result<XmlKind, Untyped> {
        let form = described.form();
        match form.primitive {
            Some(Primitive::String) => return Ok(XmlKind::Text),
            Some(Primitive::Number | Primitive::Integer) => return Ok(XmlKind::Number),
            Some(Primitive::Boolean) => return Ok(XmlKind::Boolean),
            Some(Primitive::Array) if described.positions().is_some() => {
                return self.tuple(described, called);
            }
            Some(Primitive::Array) => {
                let item =
                    self.item(schemas, described, &described.name(called)?, Outer::Wrapped)?;
                return Ok(XmlKind::List(Box::new(item)));
            }
            Some(Primitive::Object) | None => {}
        }
        if form.is_annotation() {
            return Ok(XmlKind::Any);
        }
        if let Some(kind) = scalar(schemas, described)? {
            return Ok(kind);
        }
        let is_composed = !form.all_of.is_empty() || form.alternatives().is_some();
        if !form.has_object_keywords() && !is_composed {
            let reason = "nothing says what kind of value it is";
            return Err(Untyped::new(&described.pointer, reason));
        }
        if let Some(kind) = self.map(schemas, &form, described)? {
            return Ok(kind);
        }
        Ok(XmlKind::Object(self.object(described, called)))
    }

    /// A map that has no fields.
    fn map(
        &mut self,
        schemas: &Schemas<'_>,
        form: &Form<'_>,
        described: &Described<'_>,
    ) -> Result<Option<XmlKind>, Untyped> {
        let has_fields = form.properties.is_some_and(|it| !it.is_empty());
        let is_composed = !form.all_of.is_empty() || form.alternatives().is_some();
        if has_fields || is_composed || form.has_branches {
            return Ok(None);
        }
        let values = match form.additional {
            None => XmlKind::Any,
            Some(additional) => match self.rest(schemas, additional, &described.pointer)? {
                Some(kind) => kind,
                None => return Ok(None),
            },
        };
        Ok(Some(XmlKind::Map(Box::new(values))))
    }

    /// The element of each item of an array.
    fn item(
        &mut self,
        schemas: &Schemas<'_>,
        array: &Described<'_>,
        outer: &XmlName,
        of: Outer,
    ) -> Result<XmlElement, Untyped> {
        let Some(items) = array.form().items else {
            return Ok(XmlElement {
                name: outer.clone(),
                is_inferred: false,
                also: None,
                kind: XmlKind::Any,
                nullable: false,
            });
        };
        let at = pointer::push(&array.pointer, "items");
        let item = Described::of(schemas, items, &at)?;
        // Components within an element of the array that nothing names otherwise have their names, as in OpenAPI 3.2. Earlier
        // versions have the name of that element for them too, by which they are read.
        let inferred = match &item.component {
            Some(component) if of != Outer::Nothing => component.as_str(),
            _ => item.inferred(&outer.local),
        };
        let mut name = item.name(inferred)?;
        let also = match &item.also {
            _ if item.hints.has_name() => None,
            Some(component) if *component != name.local => Some(component),
            _ => Some(&outer.local),
        };
        let also = also.filter(|it| **it != name.local).cloned();
        // Its prefix is that of the array as well, where that has no element of its own.
        if of == Outer::Nothing && name.prefix.is_empty() && name.namespace.is_empty() {
            name.prefix.clone_from(&outer.prefix);
            name.namespace.clone_from(&outer.namespace);
        }
        if item.hints.is_attribute() || item.hints.is_text() {
            return Err(Untyped::new(
                &item.pointer,
                "items can't be attributes or text",
            ));
        }
        if item.form().primitive == Some(Primitive::Array) && !item.hints.wrapped {
            let reason = "an array of arrays has no elements between them without `wrapped: true`";
            return Err(Untyped::new(&item.pointer, reason));
        }
        let kind = self.kind(schemas, &item, &name.local)?;
        Ok(XmlElement {
            name,
            is_inferred: false,
            also: also.filter(|it| !it.is_empty()),
            kind,
            nullable: item.nullable,
        })
    }

    /// An array whose items have nodes of their own.
    fn tuple(&mut self, described: &Described<'_>, called: &str) -> Result<XmlKind, Untyped> {
        if described.has_more_items() {
            let reason = "items after those of `prefixItems` aren't supported";
            return Err(Untyped::new(&described.pointer, reason));
        }
        Ok(XmlKind::Tuple(self.object(described, called)))
    }

    /// The object of a schema, which is made once.
    fn object(&mut self, described: &Described<'_>, called: &str) -> usize {
        if let Some(&known) = self.objects.get(&described.pointer) {
            return known;
        }
        let index = self.xml.objects.len();
        let stem = described.component.as_deref().unwrap_or(called);
        let name = self.constant(&format!("{stem} fields"), "FIELDS");
        self.xml.objects.push(XmlObject {
            name,
            fields: Vec::new(),
            rest: None,
        });
        self.objects.insert(described.pointer.clone(), index);
        self.queue.push_back((index, described.to_owned()));
        index
    }

    fn constant(&mut self, wanted: &str, fallback: &str) -> Ident {
        self.scope.name(&[&constant_case(wanted)], fallback)
    }
}

/// What is around the items of an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outer {
    /// The root element.
    Root,
    /// An element of the array.
    Wrapped,
    /// Only the object that the array is in.
    Nothing,
}

/// The kind of a schema that has no `type`, and is no object: by its values, or by its alternatives where these are of one kind.
fn scalar(schemas: &Schemas<'_>, described: &Described<'_>) -> Result<Option<XmlKind>, Untyped> {
    let form = described.form();
    if form.has_object_keywords() || !form.all_of.is_empty() {
        return Ok(None);
    }
    let Some((keyword, members)) = form.alternatives() else {
        let values = form.values.values();
        return Ok(if values.is_empty() {
            form.format.is_some().then_some(XmlKind::Text)
        } else if values.iter().all(Value::is_number) {
            Some(XmlKind::Number)
        } else if values.iter().all(Value::is_boolean) {
            Some(XmlKind::Boolean)
        } else {
            Some(XmlKind::Text)
        });
    };
    let at = pointer::push(&described.pointer, keyword);
    let mut kinds = Vec::new();
    for (index, member) in members.iter().enumerate() {
        let at = pointer::push(&at, &index.to_string());
        let member = Described::of(schemas, member.into(), &at)?;
        kinds.push(match member.form().primitive {
            Some(Primitive::String) => XmlKind::Text,
            Some(Primitive::Number | Primitive::Integer) => XmlKind::Number,
            Some(Primitive::Boolean) => XmlKind::Boolean,
            _ => return Ok(None),
        });
    }
    // Text can be any of several kinds.
    let first = kinds.first().cloned().unwrap_or(XmlKind::Text);
    let is_one = kinds.iter().all(|it| *it == first);
    Ok(Some(if is_one { first } else { XmlKind::Text }))
}

/// Whether a media type is XML (RFC 7303).
pub(crate) fn is_xml(essence: &str) -> bool {
    matches!(essence, "application/xml" | "text/xml") || essence.ends_with("+xml")
}

/// The parts of a name that may have a prefix.
fn split(name: &str) -> Option<(&str, &str)> {
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    (is_name(local) && (prefix.is_empty() || is_name(prefix))).then_some((prefix, local))
}
