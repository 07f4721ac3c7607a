//! Alternatives among schemas that must all hold: each alternative takes over what the others say.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::rc::Rc;

use indexmap::IndexSet;
use openapiv3::{ReferenceOr, Schema};

use crate::diagnostic::WarningCode;
use crate::model::{Shape, Type};
use crate::pointer::push;

use super::super::Lowering;
use super::SchemaRef;
use super::merge::{Choice, Merged, Parts};
use super::union::Member;

/// Most combinations of alternatives of several lists that get a type each, and most choices that one is made
/// of. Those of one list are as many as it has members.
const MOST: usize = 64;

/// Most fields that are copied for the alternatives of one list: each gets all that stand beside them.
const MOST_COPIED: usize = 16_384;

/// Most alternatives that are tried to find them: where they exclude each other, none may be found for long.
const MOST_TRIED: usize = 4_096;

/// One way to choose.
struct Combination {
    parts: Parts,
    /// The member of each choice, with its place.
    chosen: Vec<(ReferenceOr<Schema>, String)>,
    /// What the members are called.
    name: String,
}

/// Of each choice, the index of the member that is taken.
type Chosen = Vec<(Rc<Choice>, usize)>;

/// What is known while ways to choose are looked for. What a member says is taken back before the next one is
/// tried: copies would cost each of them all that the others say.
struct Search {
    parts: Parts,
    seen: IndexSet<String>,
    chosen: Chosen,
    found: Vec<Chosen>,
    tried: usize,
    /// Whether there is one list of alternatives: no more are tried than it has.
    is_one: bool,
}

impl Lowering<'_> {
    /// The shape of parts with choices: a union with a variant for each way to choose.
    pub(super) fn distributed(
        &mut self,
        parts: Parts,
        seen: IndexSet<String>,
        pointer: &str,
    ) -> Shape {
        let union = self.name_at(pointer);
        let discriminator = parts.choices.iter().find_map(|it| it.discriminator.clone());
        let tag = discriminator.as_ref().map(|it| it.property_name.clone());
        let base: Vec<String> = parts.merged.properties.keys().cloned().collect();
        let Some((combinations, own)) = self.combinations(parts, seen, &union) else {
            self.warning(
                WarningCode::TooManyAlternatives,
                pointer,
                format!(
                    "there are more than {MOST} combinations of alternatives; any value is accepted"
                ),
            )
            .help = Some("describe the alternatives with fewer schemas".into());
            return Shape::Alias(Type::Value);
        };
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
            let names = self.schemas.property_names(schema);
            let says_all = base
                .iter()
                .all(|name| names.contains(name) || tag.as_ref() == Some(name));
            if combination.chosen.len() > 1 || !says_all {
                while self.types.at(&place).is_some() {
                    place = push(&place, "allOf");
                }
                let name = format!("{union} {}", combination.name);
                self.inline_names.insert(&place, &name);
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

    /// All ways to make the choices, and what is said beside them; none where there are too many.
    fn combinations(
        &mut self,
        parts: Parts,
        seen: IndexSet<String>,
        union: &str,
    ) -> Option<(Vec<Combination>, Merged)> {
        if parts.choices.len() > MOST {
            return None;
        }
        let fields = parts.merged.properties.len() + 1;
        let is_small = |choice: &Rc<Choice>| choice.members.len() * fields <= MOST_COPIED;
        let mut search = Search {
            is_one: parts.choices.len() == 1 && parts.choices.iter().all(is_small),
            parts,
            seen,
            chosen: Vec::new(),
            found: Vec::new(),
            tried: 0,
        };
        if !self.choose(&mut search) {
            return None;
        }
        let Search {
            parts, seen, found, ..
        } = search;
        let mut names = HashMap::new();
        let combinations = found.into_iter().map(|chosen| {
            let start = Combination {
                parts: parts.clone(),
                chosen: Vec::with_capacity(chosen.len()),
                name: String::new(),
            };
            self.combination(start, seen.clone(), &chosen, union, &mut names)
        });
        let combinations = combinations.collect();
        // The search took back all that it added, and a copy of many fields takes as long as to gather them.
        Some((combinations, parts.merged))
    }

    /// Looks for all ways to make the choices that are left; says whether there are few enough.
    fn choose(&mut self, search: &mut Search) -> bool {
        // A value can't be an object and something else, whatever is chosen beside that.
        if !search.parts.others.is_empty() {
            return true;
        }
        let Some(choice) = search.parts.choices.pop_front() else {
            search.found.push(search.chosen.clone());
            return search.is_one || search.found.len() <= MOST;
        };
        if search.chosen.len() >= MOST {
            return false;
        }
        // An alternative has alternatives of its own.
        search.is_one &= search.chosen.is_empty();
        let start = (search.parts.mark(), search.seen.len());
        for index in 0..choice.members.len() {
            search.tried += 1;
            if search.tried > MOST_TRIED && !search.is_one || !self.schemas.may_go_on() {
                return false;
            }
            if !self.take(&choice, index, &mut search.seen, &mut search.parts) {
                continue;
            }
            search.chosen.push((Rc::clone(&choice), index));
            if !self.choose(search) {
                return false;
            }
            search.chosen.pop();
            search.parts.back_to(&start.0);
            search.seen.truncate(start.1);
        }
        search.parts.choices.push_front(choice);
        true
    }

    /// Adds what a member of a choice says; whether it says anything.
    fn take(
        &mut self,
        choice: &Choice,
        index: usize,
        seen: &mut IndexSet<String>,
        parts: &mut Parts,
    ) -> bool {
        let member = &choice.members[index];
        let Some(schema) = self.schemas.resolve(member.into()) else {
            return false;
        };
        let schema = schema.into_owned();
        let at = self.schemas.target_pointer(member.into());
        let at = at.unwrap_or_else(|| choice.place(index));
        self.gather(&schema, &at, seen, parts);
        true
    }

    /// What one way to choose comes to. `names` has those of the members of each choice, by its place.
    fn combination(
        &mut self,
        mut combination: Combination,
        mut seen: IndexSet<String>,
        chosen: &Chosen,
        union: &str,
        names: &mut HashMap<String, Vec<String>>,
    ) -> Combination {
        for (choice, index) in chosen {
            combination.parts.choices.pop_front();
            self.take(choice, *index, &mut seen, &mut combination.parts);
            let member = choice.members[*index].clone();
            combination.chosen.push((member, choice.place(*index)));
            let names = match names.entry(choice.base.clone()) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(unknown) => unknown.insert(self.names_of(choice, union)),
            };
            combination.name.push(' ');
            combination.name.push_str(&names[*index]);
        }
        combination
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
        let tags = self.schemas.tags(&members, choice.discriminator.as_ref());
        let hints = self.hints(&members, tags.as_ref().map(|it| &*it.values), union);
        let names = members.iter().zip(hints).map(|(member, hint)| {
            hint.or_else(|| {
                let target = self.schemas.target_pointer(member.schema)?;
                Some(super::variants::without(&self.name_at(&target), union))
            })
            .unwrap_or_default()
        });
        names.collect()
    }
}
