//! Alternatives among schemas that must all hold: each alternative takes over what the others say.

use std::collections::HashSet;

use openapiv3::{ReferenceOr, Schema};

use crate::diagnostic::push;
use crate::model::{Shape, Type};

use super::super::Lowering;
use super::SchemaRef;
use super::merge::{Choice, Parts};
use super::union::Member;

/// Most combinations of alternatives of several lists that get a type each. Those of one list are as many
/// as it has members.
const MOST: usize = 64;

/// One way to choose.
struct Combination {
    parts: Parts,
    /// The member of each choice, with its place.
    chosen: Vec<(ReferenceOr<Schema>, String)>,
    /// What the members are called.
    name: String,
}

impl Lowering<'_> {
    /// The shape of parts with choices: a union with a variant for each way to choose.
    pub(super) fn distributed(
        &mut self,
        parts: Parts,
        seen: &HashSet<String>,
        pointer: &str,
    ) -> Shape {
        let union = self.name_at(pointer);
        let discriminator = parts.choices.iter().find_map(|it| it.discriminator.clone());
        let tag = discriminator.as_ref().map(|it| it.property_name.clone());
        let base: Vec<String> = parts.merged.properties.keys().cloned().collect();
        let own = parts.merged.clone();
        let mut combinations = Vec::new();
        let most = match parts.choices.len() {
            1 => usize::MAX,
            _ => MOST,
        };
        let is_too_much = parts.choices.len() > MOST;
        let start = Combination {
            parts,
            chosen: Vec::new(),
            name: String::new(),
        };
        if !is_too_much {
            self.choose(start, seen, &union, most, &mut combinations);
        }
        if is_too_much || combinations.len() > most {
            self.warning(
                pointer,
                format!(
                    "there are more than {MOST} combinations of alternatives; any value is taken"
                ),
            )
            .help = Some("describe the alternatives by fewer schemas".into());
            return Shape::Alias(Type::Value);
        }
        match combinations.as_slice() {
            [] if own.is_empty() => return Shape::Alias(Type::Value),
            // No alternative is an object, and what stands beside them is.
            [] => return self.shape_of(&own, pointer),
            [only] => return self.shape_of(&only.parts.merged, pointer),
            _ => {}
        }
        let mut members = Vec::with_capacity(combinations.len());
        for combination in &combinations {
            let Some((schema, place)) = combination.chosen.first() else {
                continue;
            };
            let schema = SchemaRef::from(schema);
            let (mut place, mut ty) = (place.clone(), None);
            let names = self.property_names(schema);
            let says_all = base
                .iter()
                .all(|name| names.contains(name) || tag.as_ref() == Some(name));
            if combination.chosen.len() > 1 || !says_all {
                while self.by_pointer.contains_key(&place) {
                    place = push(&place, "allOf");
                }
                let name = format!("{union} {}", combination.name);
                self.places.insert(&place, &name);
                ty = Some(self.combined(combination, &place));
            }
            members.push(Member { schema, place, ty });
        }
        self.unite(&members, discriminator.as_ref(), pointer)
    }

    /// The type of one combination.
    fn combined(&mut self, combination: &Combination, place: &str) -> Type {
        match self.shape_of(&combination.parts.merged, place) {
            Shape::Alias(ty) => ty,
            shape => self.define_at(shape, place),
        }
    }

    /// All ways to make the choices that are left.
    fn choose(
        &mut self,
        mut so_far: Combination,
        seen: &HashSet<String>,
        union: &str,
        most: usize,
        found: &mut Vec<Combination>,
    ) {
        // A value can't be an object and something else, whatever is chosen beside that.
        if found.len() > most || !so_far.parts.others.is_empty() {
            return;
        }
        let Some(choice) = so_far.parts.choices.pop_front() else {
            found.push(so_far);
            return;
        };
        let names = self.names_of(&choice, union);
        for (index, (member, name)) in choice.members.iter().zip(names).enumerate() {
            let place = push(&choice.base, &index.to_string());
            let Some(schema) = self.look(member.into()) else {
                continue;
            };
            let schema = schema.into_owned();
            let at = self.target(member.into()).unwrap_or_else(|| place.clone());
            let mut parts = so_far.parts.clone();
            let mut seen = seen.clone();
            self.gather(&schema, &at, &mut seen, &mut parts);
            let mut chosen = so_far.chosen.clone();
            chosen.push((member.clone(), place));
            let next = Combination {
                parts,
                chosen,
                name: format!("{} {name}", so_far.name),
            };
            self.choose(next, &seen, union, most, found);
        }
    }

    /// What the members of a choice are called.
    fn names_of(&self, choice: &Choice, union: &str) -> Vec<String> {
        let members: Vec<Member<'_>> = choice
            .members
            .iter()
            .map(|schema| Member {
                schema: schema.into(),
                place: String::new(),
                ty: None,
            })
            .collect();
        let tags = self.tags(&members, choice.discriminator.as_ref());
        let hints = self.hints(&members, tags.as_ref().map(|it| &*it.values), union);
        let names = members.iter().zip(hints).map(|(member, hint)| {
            hint.or_else(|| {
                let target = self.target(member.schema)?;
                Some(super::variants::without(&self.name_at(&target), union))
            })
            .unwrap_or_default()
        });
        names.collect()
    }
}
