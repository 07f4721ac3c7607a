//! Names that are too long to be read are made of the resource and the last fields, and not of the whole way to a
//! place.

use std::collections::HashMap;

use crate::model::{Shape, TypeDef, TypeId};
use crate::names::{pascal_case, words};

use super::super::Lowering;
use super::super::type_table::POSITIONAL;
use super::places::{Place, Places};

/// The longest name that is read at a glance, in bytes.
const LONGEST: usize = 60;

/// What the struct of required fields has behind the name of its type.
const PARTS: &str = "Parts";

/// The words that stand in front of what an operation does it to.
const KEPT_IN_FRONT: usize = 1;

impl Lowering<'_> {
    /// Gives types with long names shorter ones: the first that nothing else is called by or wants.
    pub(super) fn shorten_names(&mut self, places: &[(TypeId, Option<Place>)]) {
        let mut open: Vec<(TypeId, Vec<String>)> = Vec::new();
        for (id, place) in places {
            let Some(definition) = self.types.definition(*id) else {
                continue;
            };
            let room = room(definition);
            if definition.name.as_str().len() > room {
                let mut wanted = wanted(definition, place.as_ref(), room);
                wanted.retain(|name| name.len() <= room);
                open.push((*id, wanted));
            }
        }
        let most = open.iter().map(|(_, wanted)| wanted.len()).max();
        for rank in 0..most.unwrap_or_default() {
            let mut uses: HashMap<String, usize> = HashMap::new();
            for name in open.iter().filter_map(|(_, wanted)| wanted.get(rank)) {
                *uses.entry(name.clone()).or_default() += 1;
            }
            open.retain(|(id, wanted)| {
                let Some(name) = wanted.get(rank) else {
                    return true;
                };
                let is_free = uses[name] == 1 && !self.types.has(name);
                if is_free {
                    self.types.rename(*id, name);
                }
                !is_free
            });
        }
    }

    /// The places of the types that may get another name.
    pub(super) fn places_of_inline(&self, places: &Places<'_>) -> Vec<(TypeId, Option<Place>)> {
        let ids = self.types.order().into_iter();
        let inline = ids.filter(|id| {
            let definition = self.types.definition(*id);
            definition.is_some_and(|it| self.is_inline(it))
        });
        inline
            .map(|id| (id, places.of(self.types.pointer(id))))
            .collect()
    }
}

/// How long the name of a type may be.
fn room(definition: &TypeDef) -> usize {
    match &definition.shape {
        Shape::Struct(shape)
            if shape.fields.iter().filter(|it| it.is_asked_for()).count() > POSITIONAL =>
        {
            LONGEST - PARTS.len()
        }
        _ => LONGEST,
    }
}

/// The names that a type may have, the best first.
fn wanted(definition: &TypeDef, place: Option<&Place>, room: usize) -> Vec<String> {
    let mut wanted: Vec<String> = Vec::new();
    for rank in [3, 1] {
        let candidates = place.into_iter().flat_map(|it| &it.names);
        let of_rank = candidates.filter(|it| it.rank == rank && !it.across);
        wanted.extend(of_rank.map(|it| it.name.clone()));
    }
    // The last words say the most, and the first what is done.
    let all = words(definition.name.as_str());
    for kept in [KEPT_IN_FRONT, 0]
        .into_iter()
        .chain(KEPT_IN_FRONT + 1..all.len())
    {
        let front = &all[..kept.min(all.len())];
        let shorter = (kept..all.len()).map(|start| {
            let words: Vec<&str> = front
                .iter()
                .chain(&all[start..])
                .map(String::as_str)
                .collect();
            pascal_case(&words.join("_"))
        });
        wanted.extend(shorter.into_iter().find(|name| name.len() <= room));
    }
    wanted
}

#[cfg(test)]
mod tests {
    use crate::model::{Docs, Usage};
    use crate::names::Scope;

    use super::*;

    #[test]
    fn the_last_words_are_kept() {
        let name = "PostBillingPortalConfigurationsConfigurationBodyFeaturesCancelReason";
        let definition = TypeDef {
            name: Scope::new(&[]).name(&[name], "Type"),
            pointer: String::new(),
            docs: Docs::default(),
            shape: Shape::StringEnum(Vec::new()),
            usage: Usage::default(),
            derives: Vec::new(),
            attributes: Vec::new(),
        };
        let wanted = wanted(&definition, None, LONGEST);
        assert_eq!(
            wanted[..2],
            [
                "PostConfigurationsConfigurationBodyFeaturesCancelReason",
                "PortalConfigurationsConfigurationBodyFeaturesCancelReason",
            ]
        );
    }
}
