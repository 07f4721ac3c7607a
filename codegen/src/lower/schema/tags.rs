//! The property by whose value the objects of a union are told apart.

use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};
use openapiv3::Discriminator;
use serde_json::Value;

use crate::diagnostic::push;
use crate::model::JsonKind;

use super::super::Lowering;
use super::nature::Nature;
use super::union::{Member, text_of};
use super::{Form, SchemaRef};

/// How the objects of a union are told apart: a property, and which of its values stand for each
/// of the members.
pub(super) struct Tags {
    pub property: String,
    pub values: Vec<Vec<Value>>,
}

/// What the objects of a union list as values of a property, each its own.
#[derive(Default)]
struct Listed {
    /// How many do.
    members: usize,
    values: HashSet<String>,
}

impl Listed {
    /// With those of another one; nothing where they aren't its own.
    fn with(mut self, values: &[Value]) -> Option<Self> {
        self.members += 1;
        let mut texts = values.iter().map(text_of);
        texts.all(|text| self.values.insert(text)).then_some(self)
    }
}

impl Lowering<'_> {
    /// The property that tells the objects among the members apart.
    pub(super) fn tags(
        &self,
        members: &[Member<'_>],
        discriminator: Option<&Discriminator>,
    ) -> Option<Tags> {
        let is_object = |member: &&Member<'_>| {
            matches!(
                self.nature(member.schema),
                Nature::Kind(JsonKind::Object, _) | Nature::Several | Nature::Any
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
        are_distinct(values.iter().flatten()).then_some(Tags { property, values })
    }

    /// The property that most of the objects list values of, each its own: at least two.
    fn telling(&self, objects: &[&Member<'_>]) -> Option<String> {
        let mut listed: IndexMap<String, Option<Listed>> = IndexMap::new();
        for member in objects {
            for property in self.names_to_try(member.schema) {
                // Where two have the same value, what others list makes no difference.
                if listed.get(&property).is_some_and(Option::is_none) {
                    continue;
                }
                if let Some(values) = self.values_of(member.schema, &property) {
                    let so_far = listed
                        .entry(property)
                        .or_insert_with(|| Some(Listed::default()));
                    *so_far = so_far.take().and_then(|it| it.with(&values));
                }
            }
        }
        let mut best: Option<(usize, String)> = None;
        for (property, listed) in listed {
            let most = best.as_ref().map_or(1, |(most, _)| *most);
            if let Some(listed) = listed.filter(|it| it.members > most) {
                best = Some((listed.members, property));
            }
        }
        best.map(|(_, property)| property)
    }

    /// The properties that may tell a member apart: those that it has, or in a union the first of
    /// its members, since a tag is one that all of them have.
    fn names_to_try(&self, schema: SchemaRef<'_>) -> IndexSet<String> {
        let names = self.property_names(schema);
        let item = self.look(schema).filter(|_| names.is_empty());
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
        let target = self.target(member.schema);
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
        if values.is_empty() {
            values.extend(target.as_deref().and_then(name_in).map(Value::String));
        }
        values
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

/// Whether no value comes twice.
fn are_distinct<'v>(values: impl Iterator<Item = &'v Value>) -> bool {
    let mut met = HashSet::new();
    values.map(text_of).all(|value| met.insert(value))
}
