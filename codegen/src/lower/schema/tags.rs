//! The property by whose value the objects of a union are told apart.

use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};
use openapiv3::Discriminator;
use serde_json::Value;

use crate::diagnostic::WarningCode;
use crate::document::DEFAULT_MAPPING;
use crate::model::JsonKind;
use crate::pointer::push;

use super::super::Lowering;
use super::super::schemas::Schemas;
use super::schema_kind::{Seen, ValueKind};
use super::union::{Member, text_of};
use super::{Form, SchemaRef};

/// How the objects of a union are told apart: a property, and which of its values stand for each
/// of the members.
pub(super) struct Tags {
    pub property: String,
    pub values: Vec<Vec<Value>>,
}

/// What the objects of a union list as values of a property.
struct Listed {
    /// How many do.
    members: usize,
    values: HashSet<String>,
    /// Whether each has values of its own.
    are_own: bool,
    /// Whether each has one.
    are_constants: bool,
}

impl Listed {
    fn none() -> Self {
        Self {
            members: 0,
            values: HashSet::new(),
            are_own: true,
            are_constants: true,
        }
    }

    /// Adds those of another one; says whether they may still tell objects apart.
    fn add(&mut self, values: &[Value]) -> bool {
        self.members += 1;
        self.are_constants &= values.len() == 1;
        for text in values.iter().map(text_of) {
            self.are_own &= self.values.insert(text);
        }
        self.are_own || self.are_constants
    }
}

impl Lowering<'_> {
    /// Says where the schema of all other objects is no variant of the union.
    pub(super) fn mention_default(
        &mut self,
        discriminator: Option<&Discriminator>,
        is_variant: impl Fn(&str) -> bool,
        pointer: &str,
    ) {
        let default = discriminator.and_then(|it| self.schemas.default_mapping(it));
        if let Some(default) = default.filter(|it| !is_variant(it)) {
            let name = name_in(&default).unwrap_or_default();
            let message = format!("the default mapping `{name}` is none of the alternatives");
            let at = push(&push(pointer, "discriminator"), "defaultMapping");
            let warning = self.warning(WarningCode::UnknownMapping, &at, message);
            "objects of unknown kinds are kept as they are".clone_into(&mut warning.label);
            warning.help = Some("add it to the alternatives".into());
        }
    }
}

impl Schemas<'_> {
    /// The property that tells the objects among the members apart.
    pub(super) fn tags(
        &self,
        members: &[Member<'_>],
        discriminator: Option<&Discriminator>,
    ) -> Option<Tags> {
        let is_object = |member: &&Member<'_>| {
            matches!(
                self.value_kind(member.schema),
                ValueKind::Kind(JsonKind::Object, _) | ValueKind::Several | ValueKind::Any
            )
        };
        let objects: Vec<&Member<'_>> = members.iter().filter(is_object).collect();
        if let Some(discriminator) = discriminator {
            let property = discriminator.property_name.clone();
            let mapped = self.mapped_values(discriminator);
            let values = members
                .iter()
                .map(|member| {
                    if is_object(&member) {
                        self.named_by(member, discriminator, &mapped)
                    } else {
                        Vec::new()
                    }
                })
                .collect();
            return Some(Tags { property, values });
        }
        let property = self.telling(&objects)?;
        let values: Vec<Vec<Value>> = members
            .iter()
            .map(|it| self.values_of(it.schema, &property).unwrap_or_default())
            .collect();
        // What only a union among the members lists wasn't looked at so far.
        let is_telling = are_distinct(values.iter().flatten()) || are_constants(&values);
        is_telling.then_some(Tags { property, values })
    }

    /// The property that most of the objects list values of, each its own: at least two. Where all of them
    /// have a constant, some may share one: these are told apart among themselves by their fields.
    fn telling(&self, objects: &[&Member<'_>]) -> Option<String> {
        let mut listed: IndexMap<String, Option<Listed>> = IndexMap::new();
        for member in objects {
            for property in self.names_to_try(member.schema) {
                // Where nothing can be told any more, what others list makes no difference.
                if listed.get(&property).is_some_and(Option::is_none) {
                    continue;
                }
                if let Some(values) = self.values_of(member.schema, &property) {
                    let so_far = listed
                        .entry(property)
                        .or_insert_with(|| Some(Listed::none()));
                    if !so_far.as_mut().is_some_and(|it| it.add(&values)) {
                        *so_far = None;
                    }
                }
            }
        }
        let mut best: Option<(usize, String)> = None;
        let mut shared = None;
        for (property, listed) in listed {
            let most = best.as_ref().map_or(1, |(most, _)| *most);
            let Some(listed) = listed else { continue };
            let is_everywhere = listed.members == objects.len() && listed.values.len() > 1;
            if listed.are_own && listed.members > most {
                best = Some((listed.members, property));
            } else if !listed.are_own && is_everywhere {
                shared = shared.or(Some(property));
            }
        }
        // A constant that all of them have says more than one that some have, though some share it.
        match best {
            Some((count, property)) if count == objects.len() || shared.is_none() => Some(property),
            _ => shared,
        }
    }

    /// The properties that may tell a member apart: those that it has, or in a union the first of
    /// its members, since a tag is one that all of them have.
    fn names_to_try(&self, schema: SchemaRef<'_>) -> IndexSet<String> {
        let names = self.property_names(schema);
        let item = self.resolve(schema).filter(|_| names.is_empty());
        let Some(item) = item else { return names };
        let first = Form::of(&item)
            .alternatives()
            .and_then(|(_, members)| members.first());
        first.map_or(names, |first| self.property_names(first.into()))
    }

    /// The values of a discriminator that stand for a member (OpenAPI 3.0.3, "Discriminator
    /// Object"): those that are mapped to it, those that its schema lists, else its name.
    fn named_by(
        &self,
        member: &Member<'_>,
        discriminator: &Discriminator,
        mapped: &HashMap<String, Vec<Value>>,
    ) -> Vec<Value> {
        let target = self.target_pointer(member.schema);
        let mapped = target.as_ref().and_then(|target| mapped.get(target));
        let mut values = mapped.cloned().unwrap_or_default();
        let numbered = values.iter().cloned().zip(0..);
        let mut known: HashMap<Value, usize> = numbered.collect();
        let listed = self.values_of(member.schema, &discriminator.property_name);
        for value in listed.into_iter().flatten() {
            // A text in a mapping stands for a number, too: keys are texts.
            let text = Value::String(text_of(&value));
            let same = [&value, &text].map(|it| known.get(it).copied());
            match same.into_iter().flatten().min() {
                Some(at) => {
                    known.remove(&values[at]);
                    known.insert(value.clone(), at);
                    values[at] = value;
                }
                None => {
                    known.insert(value.clone(), values.len());
                    values.push(value);
                }
            }
        }
        for value in self.named_within(member.schema, &discriminator.property_name) {
            if !known.contains_key(&value) {
                known.insert(value.clone(), values.len());
                values.push(value);
            }
        }
        if values.is_empty() {
            values.extend(target.as_deref().and_then(name_in).map(Value::String));
        }
        values
    }

    /// The values of a property by which the members of a union, or the children of a parent, are told
    /// apart that is itself a member of a union: they stand for it, too.
    fn named_within(&self, schema: SchemaRef<'_>, property: &str) -> Vec<Value> {
        let mut values = Vec::new();
        self.add_named_within(schema, property, &mut Seen::new(), &mut values);
        let mut once = HashSet::new();
        values.retain(|value| once.insert(text_of(value)));
        values
    }

    /// Whether the values of a union say themselves which value of a property they have: because all of its
    /// members have that property, or because it goes by it.
    pub(super) fn tells_itself(
        &self,
        schema: SchemaRef<'_>,
        property: &str,
        seen: &mut Seen,
    ) -> bool {
        let Some(item) = self.resolve_once(schema, seen) else {
            return true;
        };
        let discriminator = item.schema_data.discriminator.as_ref();
        if discriminator.is_some_and(|it| it.property_name == property) {
            return true;
        }
        match Form::of(&item).alternatives() {
            Some((_, members)) => members
                .iter()
                .all(|member| self.tells_itself(member.into(), property, seen)),
            None => self.property_names(schema).contains(property),
        }
    }

    fn add_named_within(
        &self,
        schema: SchemaRef<'_>,
        property: &str,
        seen: &mut Seen,
        values: &mut Vec<Value>,
    ) {
        let Some(item) = self.resolve_once(schema, seen) else {
            return;
        };
        let form = Form::of(&item);
        let own = item.schema_data.discriminator.as_ref();
        let own = own.filter(|it| it.property_name == property);
        let Some((_, members)) = form.alternatives() else {
            let family = self
                .target_pointer(schema)
                .and_then(|at| self.families.get(&at));
            if let (Some(children), Some(own)) = (family, own) {
                values.extend(own.mapping.keys().cloned().map(Value::String));
                let mapped = self.mapped_values(own);
                for child in children.iter().filter(|child| !mapped.contains_key(*child)) {
                    let reference = format!("#{child}");
                    let listed = self.values_of(SchemaRef::Reference(&reference), property);
                    let name = || name_in(child).map(Value::String).into_iter().collect();
                    values.extend(listed.unwrap_or_else(name));
                }
            }
            return;
        };
        if let Some(own) = own {
            values.extend(own.mapping.keys().cloned().map(Value::String));
        }
        let mapped = own.map(|own| self.mapped_values(own)).unwrap_or_default();
        for member in members {
            let schema = SchemaRef::from(member);
            let target = self.target_pointer(schema);
            let is_mapped = target.as_ref().is_some_and(|it| mapped.contains_key(it));
            let before = values.len();
            values.extend(self.values_of(schema, property).into_iter().flatten());
            self.add_named_within(schema, property, seen, values);
            if !is_mapped && values.len() == before {
                values.extend(target.as_deref().and_then(name_in).map(Value::String));
            }
        }
    }

    /// The values of a discriminator that are mapped to schemas, by the pointers of these.
    pub(super) fn mapped_values(
        &self,
        discriminator: &Discriminator,
    ) -> HashMap<String, Vec<Value>> {
        let mut values: HashMap<String, Vec<Value>> = HashMap::new();
        for (value, mapped) in &discriminator.mapping {
            if let Some(target) = self.mapped(mapped) {
                let all = values.entry(target).or_default();
                all.push(Value::String(value.clone()));
            }
        }
        values
    }

    /// The pointer of the schema of objects whose discriminator names no other (OpenAPI 3.2.0, "Discriminator
    /// Object", `defaultMapping`).
    pub(super) fn default_mapping(&self, discriminator: &Discriminator) -> Option<String> {
        let mapping = discriminator.extensions.get(DEFAULT_MAPPING)?;
        self.mapped(mapping.as_str()?)
    }

    /// The pointer that a mapping leads to: a reference, or the name of a schema.
    fn mapped(&self, mapped: &str) -> Option<String> {
        let named = format!("#{}", push("/components/schemas", mapped));
        let target = |reference: &str| self.document.schema(reference).map(|(target, _)| target);
        target(&named).or_else(|| mapped.contains('#').then(|| target(mapped)).flatten())
    }
}

/// The name of the schema at a pointer.
pub(super) fn name_in(pointer: &str) -> Option<String> {
    let name = pointer.rsplit('/').next()?;
    Some(name.replace("~1", "/").replace("~0", "~"))
}

/// Whether each member has one value, and not all of them the same: those that share one are told apart
/// among themselves by their fields.
fn are_constants(values: &[Vec<Value>]) -> bool {
    let listed = values.iter().filter(|values| !values.is_empty());
    let distinct: HashSet<String> = listed.clone().flatten().map(text_of).collect();
    listed.into_iter().all(|values| values.len() == 1) && distinct.len() > 1
}

/// Whether no value comes twice.
fn are_distinct<'v>(values: impl Iterator<Item = &'v Value>) -> bool {
    let mut met = HashSet::new();
    values.map(text_of).all(|value| met.insert(value))
}
