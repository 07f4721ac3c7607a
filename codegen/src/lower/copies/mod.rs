//! Inline types that are copies of one another become one type.
//!
//! APIs whose descriptions are made by programs have the same schema at hundreds of places. Types of one shape at
//! places of one kind are one type, which is named after the kind of place: after the field where several resources
//! have it, else after the resource and the field, and never after an operation, since others come and go. Where
//! a name could mean several shapes, that has it which is at more than half of the places; the others
//! keep the names of their places.

mod long_names;
mod places;
mod replace;
mod shapes;

use std::collections::{BTreeMap, HashMap, HashSet};

use indexmap::IndexMap;

use crate::model::{Resource, Shape, TypeDef, TypeId, Webhooks};

use super::Lowering;
use super::type_table::Typed;
use super::usage;
use places::{LAST_RANK, Place, Places};
use shapes::Classes;

/// Fewest places, or resources, of which several are spoken.
const FEWEST: usize = 2;

impl Lowering<'_> {
    /// Puts one type in the place of all that are like it, wherever they are used.
    pub(super) fn merge_copies(
        &mut self,
        resources: &mut [Resource],
        webhooks: &mut Option<Webhooks>,
        record: &mut Typed,
    ) {
        let order = self.types.order();
        let Some(types) = self.types.definitions() else {
            return;
        };
        let is_inline: Vec<bool> = types.iter().map(|it| self.is_inline(it)).collect();
        let places = Places::new(self.document, &self.inline_names, resources);
        let classes = shapes::classes(&types, &is_inline, &order);
        let found: Vec<Found> = order
            .iter()
            .filter(|id| is_inline[id.0])
            .filter_map(|&id| {
                Some(Found {
                    id,
                    class: classes.of(id),
                    place: places.of(&types[id.0].pointer)?,
                })
            })
            .collect();
        let mut new: Vec<TypeId> = (0..types.len()).map(TypeId).collect();
        let grouping = Grouping {
            types: &types,
            classes: &classes,
            by_name: types
                .iter()
                .enumerate()
                .map(|(at, it)| (it.name.as_str(), TypeId(at)))
                .collect(),
            is_inline: &is_inline,
            is_taken: &|name| self.types.has(name),
        };
        let groups = grouping.groups(&found);
        for Group {
            name,
            first,
            others,
        } in groups
        {
            if types[first.0].name.as_str() != name {
                self.types.rename(first, &name);
            }
            for id in others {
                new[id.0] = first;
                if is_inline[first.0] {
                    self.types.forget_differing_docs(first, id);
                }
            }
        }
        let new_of = |id: TypeId| new[id.0];
        self.types.replace(|shape| {
            replace::in_shape(shape, &|ty| replace::in_type(ty, &new_of));
        });
        replace::in_resources(resources, &new_of);
        if let Some(webhooks) = webhooks {
            replace::in_webhooks(webhooks, &new_of);
        }
        for (_, ty) in record {
            replace::in_type(ty, &new_of);
        }
        self.leave_out_parts(&types, &new, resources, webhooks.as_ref());
        let places = Places::new(self.document, &self.inline_names, resources);
        let places = self.places_of_inline(&places);
        self.shorten_names(&places);
    }

    /// Whether a type is of an inline schema, and nobody chose its name.
    fn is_inline(&self, definition: &TypeDef) -> bool {
        let pointer = &definition.pointer;
        let is_component = pointer
            .strip_prefix("/components/schemas/")
            .is_some_and(|key| !key.contains('/'));
        !is_component
            && self.config.schema(pointer).is_none()
            && !matches!(definition.shape, Shape::Alias(_) | Shape::Newtype(_))
    }

    /// Leaves out the types that were replaced, and those that stand in them and are used nowhere else.
    fn leave_out_parts(
        &mut self,
        types: &[TypeDef],
        new: &[TypeId],
        resources: &[Resource],
        webhooks: Option<&Webhooks>,
    ) {
        let is_replaced = |at: usize| new[at] != TypeId(at);
        let replaced: HashSet<&str> = (0..types.len())
            .filter(|&at| is_replaced(at))
            .map(|at| types[at].pointer.as_str())
            .collect();
        if replaced.is_empty() {
            return;
        }
        let is_within = |pointer: &str| {
            let ends = pointer.match_indices('/').map(|(at, _)| at);
            ends.chain([pointer.len()])
                .any(|end| replaced.contains(&pointer[..end]))
        };
        let (within, outside): (Vec<TypeId>, Vec<TypeId>) = (0..types.len())
            .map(TypeId)
            .partition(|id| is_within(&types[id.0].pointer));
        let mut roots: Vec<TypeId> = outside;
        for operation in resources.iter().flat_map(|it| &it.operations) {
            roots.extend(usage::roots(operation));
        }
        for ty in webhooks.into_iter().flat_map(Webhooks::types) {
            usage::named(ty, &mut roots);
        }
        let reached = usage::reach(|id| self.types.shape(id), &roots);
        for id in within {
            if is_replaced(id.0) || !reached.contains(&id) {
                self.types.leave_out(id);
            }
        }
    }
}

/// An inline type and where it is.
struct Found {
    id: TypeId,
    class: TypeId,
    place: Place,
}

/// Types that become one, with the name of it.
struct Group {
    name: String,
    first: TypeId,
    others: Vec<TypeId>,
}

/// What types are put together by.
struct Grouping<'a> {
    types: &'a [TypeDef],
    classes: &'a Classes,
    by_name: HashMap<&'a str, TypeId>,
    is_inline: &'a [bool],
    is_taken: &'a dyn Fn(&str) -> bool,
}

impl Grouping<'_> {
    fn groups(&self, found: &[Found]) -> Vec<Group> {
        let mut merged: HashSet<TypeId> = HashSet::new();
        let mut taken: HashSet<String> = HashSet::new();
        let mut groups = Vec::new();
        for rank in 0..=LAST_RANK {
            let mut by_name: IndexMap<(&str, bool), Vec<&Found>> = IndexMap::new();
            for it in found.iter().filter(|it| !merged.contains(&it.id)) {
                for candidate in it.place.names.iter().filter(|it| it.rank == rank) {
                    let name = (candidate.name.as_str(), candidate.across);
                    by_name.entry(name).or_default().push(it);
                }
            }
            for ((name, across), mut all) in by_name {
                all.retain(|it| !merged.contains(&it.id));
                let group = self.group(name, &all, across);
                groups.extend(group.filter(|group| {
                    let is_free = taken.insert(group.name.clone());
                    if is_free {
                        merged.extend(group.others.iter().copied().chain([group.first]));
                    }
                    is_free
                }));
            }
        }
        groups
    }

    /// The types that become one by this name.
    fn group(&self, name: &str, all: &[&Found], across: bool) -> Option<Group> {
        let holder = self.by_name.get(name).copied();
        if let Some(component) = holder.filter(|it| !self.is_inline[it.0]) {
            // A component that is like them is what they are.
            let class = self.classes.that_could_be(&self.types[component.0]);
            let is_like = |it: &&&Found| Some(it.class) == class;
            let alike: Vec<TypeId> = all.iter().filter(is_like).map(|it| it.id).collect();
            if !alike.is_empty() {
                return Some(Group {
                    name: name.to_owned(),
                    first: component,
                    others: alike,
                });
            }
        }
        let alike: Vec<TypeId> = most_alike(all, across)?.iter().map(|it| it.id).collect();
        let is_union = matches!(self.types[alike[0].0].shape, Shape::Union(_));
        let any = format!("Any{name}");
        let (name, first) = match holder {
            Some(holder) if alike.contains(&holder) => (name.to_owned(), holder),
            Some(_) if is_union && !(self.is_taken)(&any) => (any, alike[0]),
            Some(_) => return None,
            None if (self.is_taken)(name) => return None,
            None => (name.to_owned(), alike[0]),
        };
        Some(Group {
            others: alike.into_iter().filter(|&id| id != first).collect(),
            name,
            first,
        })
    }
}

/// Those of one shape at more than half of the places, if there are at least two: across resources or components,
/// in two of them.
fn most_alike<'f>(all: &[&'f Found], across: bool) -> Option<Vec<&'f Found>> {
    let mut by_class: BTreeMap<TypeId, Vec<&'f Found>> = BTreeMap::new();
    for it in all {
        by_class.entry(it.class).or_default().push(it);
    }
    let alike = by_class.into_values().find(|it| it.len() * 2 > all.len())?;
    let owners: HashSet<&str> = alike.iter().map(|it| it.place.owner.as_str()).collect();
    let count = if across { owners.len() } else { alike.len() };
    (count >= FEWEST).then_some(alike)
}
