//! The fields of an object, wherever its schema has them from.

use std::collections::HashMap;

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};
use serde_json::Value;

use crate::document::PREFIX_ITEMS;
use crate::model::{XmlField, XmlKind, XmlName, XmlNode};
use crate::pointer::push;

use super::super::schema::{Primitive, SchemaRef};
use super::super::schemas::Schemas;
use super::hints::Described;
use super::{MAX_DEPTH, Outer, Untyped, XmlTables};

/// The fields of an object, and what else it has.
type Fields = (Vec<XmlField>, Option<XmlKind>);

/// What is collected of an object.
#[derive(Default)]
struct Collected {
    fields: Vec<XmlField>,
    rest: Option<XmlKind>,
    /// The schemas that it was collected of.
    seen: Vec<String>,
}

impl XmlTables {
    /// The fields of a schema, those of the schemas that it is composed of among them. Of alternatives it has the fields of all:
    /// which of these an object is, its type finds out.
    pub(super) fn fields(
        &mut self,
        schemas: &Schemas<'_>,
        described: &Described<'_>,
    ) -> Result<Fields, Untyped> {
        if let Some(positions) = described.positions() {
            return Ok((self.positions(schemas, described, positions)?, None));
        }
        let mut collected = Collected::default();
        self.collect(schemas, described, false, &mut collected)?;
        let texts = collected.fields.iter().filter(|it| is_text(it.node));
        if texts.count() > 1 {
            let reason = "the text of an element can be one field only";
            return Err(Untyped::new(&described.pointer, reason));
        }
        keep_telling_names(&mut collected.fields);
        // What no type keeps, its decoder leaves out.
        let rest = collected.rest.or(self.keeps_others.then_some(XmlKind::Any));
        Ok((collected.fields, rest))
    }

    /// The items of an array that have nodes of their own. Without names these are called as their component, or as the array is
    /// (OpenAPI 3.2, "Ordered Elements and Text").
    fn positions(
        &mut self,
        schemas: &Schemas<'_>,
        array: &Described<'_>,
        positions: &[Value],
    ) -> Result<Vec<XmlField>, Untyped> {
        let called = array.component.as_deref().unwrap_or_default();
        let called = array.name(called)?.local;
        let at = push(&array.pointer, PREFIX_ITEMS);
        let mut fields = Vec::with_capacity(positions.len());
        for (index, schema) in positions.iter().enumerate() {
            let at = push(&at, &index.to_string());
            let Ok(schema) = serde_json::from_value::<ReferenceOr<Schema>>(schema.clone()) else {
                return Err(Untyped::new(&at, "its schema can't be read"));
            };
            let schema = SchemaRef::from(&schema);
            let component = Described::of(schemas, schema, &at)?.component;
            let called = component.as_deref().unwrap_or(&called);
            let mut field = self.field(schemas, called, schema, &at, true)?;
            let texts = fields.last().is_some_and(|it: &XmlField| is_text(it.node));
            if matches!(field.node, XmlNode::Items | XmlNode::Inline) {
                let reason = "an item of an ordered array has to have a node";
                return Err(Untyped::new(&at, reason));
            }
            if texts && is_text(field.node) {
                let reason = "two texts without an element between them can't be told apart";
                return Err(Untyped::new(&at, reason));
            }
            field.key = index.to_string();
            fields.push(field);
        }
        Ok(fields)
    }

    fn collect(
        &mut self,
        schemas: &Schemas<'_>,
        described: &Described<'_>,
        is_alternative: bool,
        collected: &mut Collected,
    ) -> Result<(), Untyped> {
        if collected.seen.contains(&described.pointer) {
            return Ok(());
        }
        collected.seen.push(described.pointer.clone());
        let form = described.form();
        let is_object = matches!(form.primitive, None | Some(Primitive::Object));
        if !is_object || form.has_branches || !form.values.is_empty() {
            let reason = "values of several kinds, or that depend on others, aren't supported";
            return Err(Untyped::new(&described.pointer, reason));
        }
        if described.discriminator().is_some() && form.alternatives().is_none() {
            let reason = "a discriminator without `oneOf` isn't supported";
            return Err(Untyped::new(&described.pointer, reason));
        }
        let at = push(&described.pointer, "allOf");
        self.members(schemas, form.all_of, &at, is_alternative, collected)?;
        for (key, property) in form.properties.into_iter().flatten() {
            let at = push(&push(&described.pointer, "properties"), key);
            let required = !is_alternative && form.required.contains(key);
            let field = self.field(schemas, key, property.into(), &at, required)?;
            collected.add(field, &at)?;
        }
        if let Some((keyword, alternatives)) = form.alternatives() {
            let at = push(&described.pointer, keyword);
            self.members(schemas, alternatives, &at, true, collected)?;
            // The types have it even where no alternative describes it.
            if let Some(key) = described.discriminator() {
                collected.add_missing(key, &XmlKind::Text, described)?;
            }
        }
        for key in form.required {
            collected.add_missing(key, &XmlKind::Any, described)?;
        }
        if let Some(additional) = form.additional {
            let rest = self.rest(schemas, additional, &described.pointer)?;
            collected.rest = collected.rest.take().or(rest);
        }
        for field in &mut collected.fields {
            field.required |= !is_alternative && form.required.contains(&field.key);
        }
        Ok(())
    }

    fn members(
        &mut self,
        schemas: &Schemas<'_>,
        members: &[ReferenceOr<Schema>],
        at: &str,
        is_alternative: bool,
        collected: &mut Collected,
    ) -> Result<(), Untyped> {
        if self.depth >= MAX_DEPTH {
            return Err(Untyped::new(at, "its schemas are nested too deeply"));
        }
        self.depth += 1;
        let result = self.each_member(schemas, members, at, is_alternative, collected);
        self.depth -= 1;
        result
    }

    fn each_member(
        &mut self,
        schemas: &Schemas<'_>,
        members: &[ReferenceOr<Schema>],
        at: &str,
        is_alternative: bool,
        collected: &mut Collected,
    ) -> Result<(), Untyped> {
        for (index, member) in members.iter().enumerate() {
            let member = Described::of(schemas, member.into(), &push(at, &index.to_string()))?;
            self.collect(schemas, &member, is_alternative, collected)?;
        }
        Ok(())
    }

    /// What elements beside the fields contain; nothing where they aren't described.
    pub(super) fn rest(
        &mut self,
        schemas: &Schemas<'_>,
        additional: &AdditionalProperties,
        at: &str,
    ) -> Result<Option<XmlKind>, Untyped> {
        let schema = match additional {
            AdditionalProperties::Any(false) => return Ok(None),
            AdditionalProperties::Any(true) => return Ok(Some(XmlKind::Any)),
            AdditionalProperties::Schema(schema) => schema,
        };
        let at = push(at, "additionalProperties");
        let values = Described::of(schemas, SchemaRef::from(&**schema), &at)?;
        if values.form().primitive == Some(Primitive::Array) && !values.hints.wrapped {
            let reason = "a map of arrays isn't supported";
            return Err(Untyped::new(&values.pointer, reason));
        }
        self.kind(schemas, &values, "value").map(Some)
    }

    /// A property: which node its value is, and what that contains.
    fn field(
        &mut self,
        schemas: &Schemas<'_>,
        key: &str,
        property: SchemaRef<'_>,
        at: &str,
        required: bool,
    ) -> Result<XmlField, Untyped> {
        let property = Described::of(schemas, property, at)?;
        let hints = &property.hints;
        let is_array = property.form().primitive == Some(Primitive::Array);
        let mut nullable = property.nullable;
        let (node, name, also, kind) = if is_array && !hints.wrapped {
            if hints.is_attribute() || hints.is_text() {
                return Err(Untyped::new(at, "an array can't be an attribute or text"));
            }
            if property.positions().is_some() {
                let reason = "the items of `prefixItems` need an element around them: add `xml: {nodeType: element}`";
                return Err(Untyped::new(at, reason));
            }
            // Without an element, only its items can have another name.
            let outer = property.name_of(key)?;
            let item = self.item(schemas, &property, &outer, Outer::Nothing)?;
            nullable = item.nullable;
            (XmlNode::Items, item.name, item.also, item.kind)
        } else {
            let mut name = property.name(property.inferred(key))?;
            let node = if hints.is_attribute() {
                prefixed(&mut name);
                XmlNode::Attribute
            } else if hints.is_cdata() {
                XmlNode::Cdata
            } else if hints.is_text() {
                XmlNode::Text
            } else if hints.is_none() {
                XmlNode::Inline
            } else {
                XmlNode::Element
            };
            let kind = self.kind(schemas, &property, &name.local)?;
            let also = property.also.clone();
            let also = also.filter(|it| node == XmlNode::Element && *it != name.local);
            (node, name, also, kind)
        };
        let is_scalar = matches!(kind, XmlKind::Text | XmlKind::Number | XmlKind::Boolean);
        match node {
            XmlNode::Attribute | XmlNode::Text | XmlNode::Cdata if !is_scalar => {
                return Err(Untyped::new(
                    at,
                    "only a single value can be an attribute or text",
                ));
            }
            XmlNode::Inline => match kind {
                XmlKind::Object(_) => {}
                _ => return Err(Untyped::new(at, "only an object can be without a node")),
            },
            _ => {}
        }
        Ok(XmlField {
            key: key.to_owned(),
            node,
            name,
            also,
            kind,
            nullable,
            required,
        })
    }
}

impl Collected {
    /// Adds a field that no schema describes, unless it is there: an element of its name.
    fn add_missing(
        &mut self,
        key: &str,
        kind: &XmlKind,
        described: &Described<'_>,
    ) -> Result<(), Untyped> {
        if self.fields.iter().any(|field| field.key == key) {
            return Ok(());
        }
        let name = described.plain_name(key)?;
        self.fields.push(XmlField {
            key: key.to_owned(),
            node: XmlNode::Element,
            name,
            also: None,
            kind: kind.clone(),
            nullable: false,
            required: false,
        });
        Ok(())
    }

    /// Adds a field, unless it is there. Two fields of one element are told apart by nothing.
    fn add(&mut self, field: XmlField, at: &str) -> Result<(), Untyped> {
        if let Some(known) = self.fields.iter_mut().find(|it| it.key == field.key) {
            let is_same = known.node == field.node && known.name == field.name;
            if !is_same || known.kind != field.kind {
                let reason = format!("`{}` is described in several ways", field.key);
                return Err(Untyped::new(at, reason));
            }
            known.required |= field.required;
            known.nullable |= field.nullable;
            return Ok(());
        }
        let is_element = |node| matches!(node, XmlNode::Element | XmlNode::Items);
        let clash = self.fields.iter().find(|it| {
            let is_alike = it.node == field.node || (is_element(it.node) && is_element(field.node));
            is_alike && !is_text(it.node) && it.node != XmlNode::Inline && it.name == field.name
        });
        if let Some(clash) = clash {
            let reason = format!("`{}` and `{}` have one name", clash.key, field.key);
            return Err(Untyped::new(at, reason));
        }
        self.fields.push(field);
        Ok(())
    }
}

/// Leaves out the other names of elements that more than one field could have: they don't tell which one is meant.
fn keep_telling_names(fields: &mut [XmlField]) {
    let mut times: HashMap<String, usize> = HashMap::new();
    for field in fields.iter() {
        *times.entry(field.name.local.clone()).or_default() += 1;
        if let Some(also) = &field.also {
            *times.entry(also.clone()).or_default() += 1;
        }
    }
    for field in fields {
        field.also = field.also.take().filter(|it| times.get(it) == Some(&1));
    }
}

fn is_text(node: XmlNode) -> bool {
    matches!(node, XmlNode::Text | XmlNode::Cdata)
}

/// Gives an attribute of a namespace a prefix: without one it would be in none (Namespaces in XML 1.0, 6.2).
fn prefixed(name: &mut XmlName) {
    if name.prefix.is_empty() && !name.namespace.is_empty() {
        "ns".clone_into(&mut name.prefix);
    }
}
