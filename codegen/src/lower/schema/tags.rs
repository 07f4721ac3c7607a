//! The property by whose value the objects of a union are told apart.

use openapiv3::Discriminator;
use serde_json::Value;

use crate::diagnostic::push;
use crate::model::JsonKind;

use super::super::Lowering;
use super::nature::Nature;
use super::union::{Member, text_of};

/// How the objects of a union are told apart: a property, and which of its values stand for each
/// of the members.
pub(super) struct Tags {
    pub property: String,
    pub values: Vec<Vec<Value>>,
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
            let values = members
                .iter()
                .map(|member| {
                    if is_object(&member) {
                        self.named_by(member, discriminator)
                    } else {
                        Vec::new()
                    }
                })
                .collect();
            return Some(Tags { property, values });
        }
        let mut tried: Vec<String> = Vec::new();
        let mut best: Option<(usize, String)> = None;
        for member in &objects {
            for property in self.property_names(member.schema) {
                if tried.contains(&property) {
                    continue;
                }
                let tagged = self.told_apart(&objects, &property).unwrap_or(0);
                if tagged > best.as_ref().map_or(1, |(most, _)| *most) {
                    best = Some((tagged, property.clone()));
                }
                tried.push(property);
            }
        }
        let (_, property) = best?;
        let values = members
            .iter()
            .map(|it| self.values_of(it.schema, &property).unwrap_or_default())
            .collect();
        Some(Tags { property, values })
    }

    /// How many of the objects have a value of the property for themselves; none where two share
    /// one.
    fn told_apart(&self, objects: &[&Member<'_>], property: &str) -> Option<usize> {
        let mut taken: Vec<Value> = Vec::new();
        let mut tagged = 0;
        for member in objects {
            let Some(values) = self.values_of(member.schema, property) else {
                continue;
            };
            if values.iter().any(|value| taken.contains(value)) {
                return None;
            }
            taken.extend(values);
            tagged += 1;
        }
        Some(tagged)
    }

    /// The values of a discriminator that stand for a member (OpenAPI 3.0.3, "Discriminator
    /// Object"): those that are mapped to it, those that its schema lists, else its name.
    fn named_by(&self, member: &Member<'_>, discriminator: &Discriminator) -> Vec<Value> {
        let target = self.target(member.schema);
        let mapped = discriminator.mapping.iter().filter(|(_, mapped)| {
            let mapped = self.mapped(mapped);
            mapped.is_some() && mapped == target
        });
        let mut values: Vec<Value> = mapped
            .map(|(value, _)| Value::String(value.clone()))
            .collect();
        let listed = self.values_of(member.schema, &discriminator.property_name);
        for value in listed.into_iter().flatten() {
            // A text in a mapping stands for a number, too: keys are texts.
            let is_there = |it: &Value| *it == value || it.as_str() == Some(&*text_of(&value));
            match values.iter_mut().find(|it| is_there(it)) {
                Some(known) => *known = value,
                None => values.push(value),
            }
        }
        if values.is_empty() {
            let name = target.as_deref().and_then(|it| it.rsplit('/').next());
            values.extend(name.map(|it| Value::String(it.replace("~1", "/").replace("~0", "~"))));
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
