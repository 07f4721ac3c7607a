//! Values made from schemas, where no example is valid.

use std::collections::{BTreeMap, BTreeSet};

use codegen::pointer::push;
use serde_json::{Map, Number, Value};

use super::document;
use super::text;
use super::values::examples_of_schema;
use crate::corpus::examples::judge::{Judge, Judgement};

/// Deepest nesting of a value: what a schema requires may lead back to it.
const DEEPEST: usize = 12;

/// Most branches of `oneOf` and `anyOf` that are tried.
const BRANCHES: usize = 8;

/// Most items that a list is made of.
const ITEMS: usize = 16;

/// Makes values, which are judged.
pub(super) struct Maker<'d> {
    judge: &'d Judge,
}

/// What the schemas of an object say together.
#[derive(Default)]
struct Members {
    properties: BTreeMap<String, String>,
    required: BTreeSet<String>,
    /// The schema of other members.
    others: Option<String>,
    /// Members whose value is known: tags of unions.
    known: BTreeMap<String, Value>,
    /// The schema of something that is no object.
    other: Option<String>,
    is_object: bool,
    /// How many members there have to be.
    least: u64,
}

impl<'d> Maker<'d> {
    pub(super) fn new(judge: &'d Judge) -> Self {
        Self { judge }
    }

    fn node(&self, pointer: &str) -> Option<&'d Value> {
        self.judge.document().pointer(pointer)
    }

    /// A value of the schema at a pointer, if possible a valid one.
    pub(super) fn make(&self, pointer: &str, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        self.node(pointer)?;
        if let Some(value) = self.known(pointer) {
            return Some(value);
        }
        let mut first = None;
        for branch in 0..BRANCHES {
            let mut members = Members::default();
            if !self.gather(pointer, branch, &mut members, 0) && branch > 0 {
                break;
            }
            let made = self.of_members(pointer, &members, depth);
            match made {
                Some(value) if self.is_valid(pointer, &value) => return Some(value),
                made => first = first.or(made),
            }
        }
        first
    }

    /// The first valid value that a schema itself names: a constant, an example, a default, one of an
    /// `enum`.
    fn known(&self, pointer: &str) -> Option<Value> {
        let document = self.judge.document();
        let target = document::resolved(document, pointer);
        let mut named: Vec<Value> = Vec::new();
        let nodes = [self.node(pointer)?, self.node(&target)?];
        named.extend(nodes.iter().filter_map(|node| node.get("const")).cloned());
        named.extend(examples_of_schema(document, pointer));
        for node in nodes {
            named.extend(node.get("default").cloned());
            let values = node.get("enum").and_then(Value::as_array);
            named.extend(values.into_iter().flatten().cloned());
        }
        named.retain(|value| !value.is_null() && self.is_valid(pointer, value));
        named.into_iter().next()
    }

    fn is_valid(&self, pointer: &str, value: &Value) -> bool {
        self.judge.check(pointer, value) == Judgement::Valid
    }

    /// Collects what a schema says of objects, with one branch of each `oneOf` and `anyOf` in it; whether
    /// any has that branch.
    fn gather(&self, pointer: &str, branch: usize, members: &mut Members, depth: usize) -> bool {
        let Some(node) = self.node(pointer).filter(|_| depth < DEEPEST) else {
            return false;
        };
        let mut has_branch = false;
        if node.get("$ref").is_some() {
            let target = document::resolved(self.judge.document(), pointer);
            has_branch |= target != pointer && self.gather(&target, branch, members, depth + 1);
        }
        let all = node
            .get("allOf")
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        for index in 0..all {
            let part = push(&push(pointer, "allOf"), &index.to_string());
            has_branch |= self.gather(&part, branch, members, depth + 1);
        }
        for keyword in ["oneOf", "anyOf"] {
            let count = node
                .get(keyword)
                .and_then(Value::as_array)
                .map_or(0, Vec::len);
            if count > 0 {
                has_branch |= branch < count;
                let chosen = branch.min(count - 1);
                let part = push(&push(pointer, keyword), &chosen.to_string());
                self.tag(node, &part, members);
                self.gather(&part, branch, members, depth + 1);
            }
        }
        own_members(node, pointer, members);
        has_branch
    }

    /// The tag that a discriminator asks for, where a branch is chosen.
    fn tag(&self, union: &Value, branch: &str, members: &mut Members) {
        let discriminator = union.get("discriminator");
        let name = discriminator
            .and_then(|it| it.get("propertyName"))
            .and_then(Value::as_str);
        let target = self
            .node(branch)
            .and_then(|it| it.get("$ref"))
            .and_then(Value::as_str);
        if let (Some(name), Some(target)) = (name, target) {
            let mapping = discriminator
                .and_then(|it| it.get("mapping"))
                .and_then(Value::as_object);
            let last = |text: &str| text.rsplit('/').next().unwrap_or_default().to_owned();
            let mapped = mapping.into_iter().flatten().find(|(_, to)| {
                to.as_str()
                    .is_some_and(|to| to == target || to == last(target))
            });
            let value = mapped.map_or_else(|| last(target), |(value, _)| value.clone());
            members.known.insert(name.to_owned(), value.into());
        }
    }

    fn of_members(&self, pointer: &str, members: &Members, depth: usize) -> Option<Value> {
        if !members.is_object {
            let other = members.other.as_deref();
            return match other {
                Some(other) => self.plain(other, depth),
                // Nothing is said of it.
                None => Some("text".into()).filter(|value| self.is_valid(pointer, value)),
            };
        }
        let mut object = Map::new();
        for name in &members.required {
            let own = members.properties.get(name).or(members.others.as_ref());
            let mut value = match own {
                Some(own) => self.make(own, depth + 1)?,
                None => "text".into(),
            };
            // A tag that the schema doesn't fix to a value is that of the chosen branch.
            if let Some(tag) = members.known.get(name)
                && own.is_none_or(|own| self.is_valid(own, tag))
            {
                value = tag.clone();
            }
            object.insert(name.clone(), value);
        }
        for (name, tag) in &members.known {
            let own = members.properties.get(name);
            if own.is_some_and(|own| self.is_valid(own, tag)) {
                object.insert(name.clone(), tag.clone());
            }
        }
        for (name, own) in &members.properties {
            if (object.len() as u64) < members.least
                && !object.contains_key(name)
                && let Some(value) = self.make(own, depth + 1)
            {
                object.insert(name.clone(), value);
            }
        }
        while (object.len() as u64) < members.least.min(ITEMS as u64) {
            let value = members
                .others
                .as_ref()
                .and_then(|own| self.make(own, depth + 1));
            object.insert(
                format!("key{}", object.len()),
                value.unwrap_or_else(|| "text".into()),
            );
        }
        Some(object.into())
    }

    /// A value of a schema that is no object.
    fn plain(&self, pointer: &str, depth: usize) -> Option<Value> {
        let node = self.node(pointer)?;
        if let Some(value) = self.known(pointer) {
            return Some(value);
        }
        match kind(node)? {
            "boolean" => Some(true.into()),
            "null" => Some(Value::Null),
            "integer" | "number" => number(node),
            "array" => self.list(node, pointer, depth),
            "string" => {
                let texts = text::candidates(node);
                let valid = |text: &&String| self.is_valid(pointer, &Value::from(text.as_str()));
                let found = texts.iter().find(valid).or(texts.first());
                found.map(|text| text.as_str().into())
            }
            _ => None,
        }
    }

    fn list(&self, node: &Value, pointer: &str, depth: usize) -> Option<Value> {
        let least = node.get("minItems").and_then(Value::as_u64).unwrap_or(1);
        let least = usize::try_from(least).unwrap_or(ITEMS).clamp(1, ITEMS);
        let first = node
            .get("prefixItems")
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        let mut items = Vec::new();
        for index in 0..least.max(first) {
            let own = if index < first {
                push(&push(pointer, "prefixItems"), &index.to_string())
            } else {
                push(pointer, "items")
            };
            let made = match self.node(&own) {
                Some(_) => self.make(&own, depth + 1),
                None => Some("text".into()),
            };
            match made {
                Some(value) => items.push(value),
                None if node.get("minItems").is_none() => break,
                None => return None,
            }
        }
        Some(items.into())
    }
}

/// What a schema itself says of objects, or that it is none of objects.
fn own_members(node: &Value, pointer: &str, members: &mut Members) {
    let properties = node.get("properties").and_then(Value::as_object);
    for name in properties.into_iter().flat_map(Map::keys) {
        let own = push(&push(pointer, "properties"), name);
        members.properties.entry(name.clone()).or_insert(own);
    }
    let required = node.get("required").and_then(Value::as_array);
    let required = required.into_iter().flatten().filter_map(Value::as_str);
    members.required.extend(required.map(str::to_owned));
    if node
        .get("additionalProperties")
        .is_some_and(Value::is_object)
    {
        members.others = Some(push(pointer, "additionalProperties"));
    }
    let least = node.get("minProperties").and_then(Value::as_u64);
    members.least = members.least.max(least.unwrap_or(0));
    match kind(node) {
        Some("object") => members.is_object = true,
        Some(_) => members.other = Some(pointer.to_owned()),
        None => {}
    }
}

/// The type of a schema: named, or that of its keywords.
fn kind(node: &Value) -> Option<&str> {
    let named = match node.get("type") {
        Some(Value::String(name)) => Some(name.as_str()),
        Some(Value::Array(names)) => {
            let mut names = names.iter().filter_map(Value::as_str);
            names.find(|name| *name != "null")
        }
        _ => None,
    };
    let by_keyword = || {
        [
            ("properties", "object"),
            ("additionalProperties", "object"),
            ("items", "array"),
            ("pattern", "string"),
            ("format", "string"),
            ("minimum", "number"),
        ]
        .into_iter()
        .find(|(keyword, _)| node.get(keyword).is_some())
        .map(|(_, kind)| kind)
    };
    named.or_else(by_keyword)
}

/// A number within the limits of a schema.
fn number(node: &Value) -> Option<Value> {
    let limit = |keyword: &str| node.get(keyword).and_then(Value::as_f64);
    let excludes = |keyword: &str| node.get(keyword) == Some(&Value::Bool(true));
    let mut value = 1.0_f64;
    let low = limit("exclusiveMinimum").map(|low| low + 1.0);
    let minimum = limit("minimum");
    let inclusive = minimum.map(|low| {
        if excludes("exclusiveMinimum") {
            low + 1.0
        } else {
            low
        }
    });
    if let Some(low) = low.or(inclusive) {
        value = value.max(low);
    }
    let high = limit("exclusiveMaximum")
        .map(|high| high - 1.0)
        .or(limit("maximum"));
    if let Some(high) = high {
        value = value.min(high);
    }
    if let Some(step) = limit("multipleOf").filter(|step| *step > 0.0) {
        value = (value / step).ceil() * step;
    }
    if value.fract() == 0.0 && value.abs() < 1e15 {
        // It is whole, and small enough to be written as such.
        let whole = format!("{value:.0}");
        return whole.parse::<i64>().ok().map(Value::from);
    }
    Number::from_f64(value).map(Value::Number)
}
