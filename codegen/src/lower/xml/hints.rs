//! What a schema says of its XML, its references followed.

use std::borrow::Cow;

use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use crate::document::{Document, PREFIX_ITEMS, PREFIX_REST};
use crate::model::XmlName;
use crate::pointer::{self, push};

use super::super::schema::{Form, SchemaRef};
use super::super::schemas::Schemas;
use super::{Untyped, split};

/// An XML Object.
#[derive(Clone, Debug, Default)]
pub(super) struct Hints {
    name: Option<String>,
    prefix: Option<String>,
    namespace: Option<String>,
    /// `nodeType`, or what stands for it in earlier versions.
    node: Option<String>,
    /// Whether an array has an element of its own.
    pub(super) wrapped: bool,
}

impl Hints {
    fn of(value: Option<&Value>) -> Self {
        let text = |key: &str| {
            let text = value?.get(key)?.as_str()?;
            (!text.is_empty()).then(|| text.to_owned())
        };
        let is = |key: &str| value.and_then(|it| it.get(key)) == Some(&Value::Bool(true));
        let node = text("nodeType");
        Self {
            name: text("name"),
            prefix: text("prefix"),
            namespace: text("namespace"),
            wrapped: is("wrapped") || node.as_deref() == Some("element"),
            node: match node {
                None if is("attribute") => Some("attribute".to_owned()),
                // An extension that came before `nodeType: text`.
                None if is("x-ms-text") => Some("text".to_owned()),
                node => node,
            },
        }
    }

    /// What is said nearer by comes first.
    fn or(self, other: Self) -> Self {
        Self {
            name: self.name.or(other.name),
            prefix: self.prefix.or(other.prefix),
            namespace: self.namespace.or(other.namespace),
            node: self.node.or(other.node),
            wrapped: self.wrapped || other.wrapped,
        }
    }

    pub(super) fn has_name(&self) -> bool {
        self.name.is_some()
    }

    pub(super) fn is_attribute(&self) -> bool {
        self.node.as_deref() == Some("attribute")
    }

    pub(super) fn is_text(&self) -> bool {
        matches!(self.node.as_deref(), Some("text" | "cdata"))
    }

    pub(super) fn is_cdata(&self) -> bool {
        self.node.as_deref() == Some("cdata")
    }

    pub(super) fn is_none(&self) -> bool {
        self.node.as_deref() == Some("none")
    }
}

/// A schema with what is said of its XML on the way to it.
#[derive(Debug)]
pub(super) struct Described<'s> {
    schema: Cow<'s, Schema>,
    pub(super) pointer: String,
    pub(super) hints: Hints,
    /// Whether `null` is one of its values.
    pub(super) nullable: bool,
    /// The name of the component that it was first referenced as.
    pub(super) component: Option<String>,
    /// Whether its own place has no node, and the component is the element there.
    is_without_node: bool,
    /// Another name by which an element of it is read as well: OpenAPI 3.2 makes `none` the node type of a reference, so that
    /// its element would be called as the component. Earlier versions have the name of the property, and so do most servers.
    pub(super) also: Option<String>,
}

impl<'s> Described<'s> {
    /// Follows references, and compositions of a single schema, which are references with something beside them.
    ///
    /// # Errors
    ///
    /// Where they lead back.
    pub(super) fn of(
        schemas: &'s Schemas<'_>,
        schema: SchemaRef<'s>,
        at: &str,
    ) -> Result<Self, Untyped> {
        let document = schemas.document;
        let missing = || Untyped::new(at, "its reference does not exist");
        let mut component = None;
        let mut follow = |reference: &str| {
            if let Some(target) = pointer::local(reference)
                && let Some((section, name)) = pointer::component(&target)
                && section == "schemas"
                && component.is_none()
            {
                component = Some(name.into_owned());
            }
            document.schema(reference)
        };
        let (mut pointer, mut schema) = match schema {
            SchemaRef::Item(item) => (at.to_owned(), Cow::Borrowed(item)),
            SchemaRef::Reference(reference) => follow(reference).ok_or_else(missing)?,
        };
        let mut hints = Hints::default();
        let mut nullable = false;
        let mut seen = Vec::new();
        let (mut is_without_node, mut has_node) = (false, false);
        loop {
            hints = hints.or(Hints::of(document.value(&push(&pointer, "xml"))));
            nullable |= schema.schema_data.nullable;
            let Some((index, only)) = only_member(&schema) else {
                break;
            };
            let all_of = push(&pointer, "allOf");
            for beside in 0..Form::of(&schema).all_of.len() {
                if beside != index {
                    let at = push(&push(&all_of, &beside.to_string()), "xml");
                    hints = hints.or(Hints::of(document.value(&at)));
                }
            }
            let next = match &only {
                ReferenceOr::Reference { reference } => {
                    has_node |= hints.node.is_some();
                    if hints.is_none() {
                        // What is said beside it is of no node.
                        is_without_node = true;
                        hints = Hints::default();
                    }
                    follow(reference).ok_or_else(missing)?
                }
                ReferenceOr::Item(item) => {
                    let at = push(&all_of, &index.to_string());
                    (at, Cow::Owned(item.clone()))
                }
            };
            if seen.contains(&next.0) {
                return Err(Untyped::new(at, "its references lead back"));
            }
            seen.push(next.0.clone());
            (pointer, schema) = next;
        }
        let is_read_by_component = !has_node && !hints.has_name() && defaults_to_none(document);
        let also = component.clone().filter(|_| is_read_by_component);
        Ok(Self {
            schema,
            pointer,
            hints,
            nullable,
            component,
            is_without_node,
            also,
        })
    }

    /// The same, apart from the document.
    pub(super) fn to_owned(&self) -> Described<'static> {
        Described {
            schema: Cow::Owned(self.schema.clone().into_owned()),
            pointer: self.pointer.clone(),
            hints: self.hints.clone(),
            nullable: self.nullable,
            component: self.component.clone(),
            is_without_node: self.is_without_node,
            also: self.also.clone(),
        }
    }

    /// The schemas of the items of an array that has one for each position.
    pub(super) fn positions(&self) -> Option<&[Value]> {
        let positions = self.schema.schema_data.extensions.get(PREFIX_ITEMS)?;
        positions.as_array().map(Vec::as_slice)
    }

    /// Whether any number of items may follow those that have positions.
    pub(super) fn has_more_items(&self) -> bool {
        self.schema.schema_data.extensions.contains_key(PREFIX_REST)
    }

    /// What its element is called unless it has a name: as the component that is in its place, or else as said.
    pub(super) fn inferred<'n>(&'n self, otherwise: &'n str) -> &'n str {
        match &self.component {
            Some(component) if self.is_without_node => component,
            _ => otherwise,
        }
    }

    pub(super) fn form(&self) -> Form<'_> {
        Form::of(&self.schema)
    }

    /// The field by which a discriminator tells what an object of it is.
    pub(super) fn discriminator(&self) -> Option<&str> {
        let discriminator = self.schema.schema_data.discriminator.as_ref();
        discriminator.map(|it| it.property_name.as_str())
    }

    /// The name of its element or attribute: its own, or what it is called otherwise.
    ///
    /// # Errors
    ///
    /// Where XML can't have such a name.
    pub(super) fn name(&self, inferred: &str) -> Result<XmlName, Untyped> {
        self.name_of(self.hints.name.as_deref().unwrap_or(inferred))
    }

    /// The name of an element within this one, of which nothing is said.
    ///
    /// # Errors
    ///
    /// Where XML can't have such a name.
    pub(super) fn plain_name(&self, name: &str) -> Result<XmlName, Untyped> {
        let Some((prefix, local)) = split(name) else {
            let reason = format!("`{name}` can't be a name in XML");
            return Err(Untyped::new(&self.pointer, reason));
        };
        Ok(XmlName {
            local: local.to_owned(),
            prefix: prefix.to_owned(),
            namespace: String::new(),
        })
    }

    /// The name of an element with its prefix and namespace, and this local name.
    ///
    /// # Errors
    ///
    /// Where XML can't have such a name.
    pub(super) fn name_of(&self, name: &str) -> Result<XmlName, Untyped> {
        if name.is_empty() {
            return Ok(XmlName::default());
        }
        let Some((prefix, local)) = split(name) else {
            let reason = format!("`{name}` can't be a name in XML");
            return Err(Untyped::new(&self.pointer, reason));
        };
        let prefix = self.hints.prefix.as_deref().unwrap_or(prefix);
        if !prefix.is_empty() && !is_name(prefix) {
            let reason = format!("`{prefix}` can't be a prefix in XML");
            return Err(Untyped::new(&self.pointer, reason));
        }
        let namespace = self.hints.namespace.clone().unwrap_or_default();
        let is_plain = |it: char| !it.is_control() && it != '\u{fffe}' && it != '\u{ffff}';
        if !namespace.chars().all(is_plain) {
            let reason = "its namespace has characters that XML can't have";
            return Err(Untyped::new(&self.pointer, reason));
        }
        Ok(XmlName {
            local: local.to_owned(),
            prefix: prefix.to_owned(),
            namespace,
        })
    }
}

/// Whether a description is of a version in which references have no node unless they say so (OpenAPI 3.2, "XML Object").
fn defaults_to_none(document: &Document) -> bool {
    let version = document.value("/openapi").and_then(Value::as_str);
    let mut parts = version
        .unwrap_or_default()
        .split('.')
        .map(str::parse::<u32>);
    matches!((parts.next(), parts.next()), (Some(Ok(3)), Some(Ok(minor))) if minor >= 2)
}

/// The one member of an `allOf` beside which nothing bears on the type, and its index.
fn only_member(schema: &Schema) -> Option<(usize, ReferenceOr<Schema>)> {
    let form = Form::of(schema);
    let says_something = |member: &ReferenceOr<Schema>| match member {
        ReferenceOr::Reference { .. } => true,
        ReferenceOr::Item(item) => !Form::of(item).is_annotation(),
    };
    let mut members = form.all_of.iter().enumerate();
    let (index, only) = members.find(|(_, member)| says_something(member))?;
    if members.any(|(_, member)| says_something(member)) {
        return None;
    }
    let has_own = form.has_object_keywords()
        || form.alternatives().is_some()
        || form.primitive.is_some()
        || form.items.is_some();
    (!has_own).then(|| (index, only.clone()))
}

/// Whether something can be the name of an element without its prefix (Namespaces in XML 1.0, `NCName`).
pub(super) fn is_name(name: &str) -> bool {
    let is_start = |it: char| it.is_alphabetic() || it == '_';
    let is_part = |it: char| is_start(it) || it.is_ascii_digit() || matches!(it, '-' | '.');
    let mut characters = name.chars();
    characters.next().is_some_and(is_start) && characters.all(is_part)
}
