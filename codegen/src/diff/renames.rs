//! Which type is which: by name, by place, by where it is used, by what it looks like.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::model::{
    Api, BodyContent, ErrorResponse, Operation, PartKind, Shape, Struct, Type, TypeDef, TypeId,
    Variant,
};
use crate::spelling::outside;

use super::Comparison;
use super::operations::Call;
use super::pairs::{Pairs, pair};
use super::parameters::parameter_pairs;
use super::types::{declared, kind};

impl Comparison<'_> {
    /// Finds out which type is which, given which operation is which.
    pub(super) fn pair_types(&mut self, calls: &[(Call<'_>, Call<'_>)]) {
        let (old_api, new_api) = (&self.old.api, &self.new.api);
        let (olds, news) = (declared(old_api), declared(new_api));
        let old_name = |id: &TypeId| old_api.type_def(*id).name.as_str();
        let new_name = |id: &TypeId| new_api.type_def(*id).name.as_str();
        // A name that has gone over to another type says nothing of either.
        let other = others(old_api, new_api, &olds, &news);
        let mut pairs = pair(
            &olds,
            &news,
            |id| (old_name(id), other.contains(old_name(id))),
            |id| (new_name(id), false),
        );
        let place = |id: &TypeId| Some(old_api.type_def(*id).pointer.clone());
        pairs.also(
            |id| place(id).filter(|_| !other.contains(old_name(id))),
            |id| Some(new_api.type_def(*id).pointer.clone()),
        );
        let used = ByUse::of(old_api, new_api, &pairs).pairs(calls);
        let origins: HashMap<TypeId, TypeId> = used.iter().map(|(old, new)| (*new, *old)).collect();
        // One that has taken the place of another is known by the other's id.
        pairs.also(
            |id| used.contains_key(id).then_some(*id),
            |id| origins.get(id).copied(),
        );
        pairs.also(
            |id| structure(old_api, old_api.type_def(*id)),
            |id| structure(new_api, new_api.type_def(*id)),
        );
        pairs.also(
            |id| Some(old_name(id).to_owned()),
            |id| Some(new_name(id).to_owned()),
        );
        self.types = pairs.both.iter().map(|(old, new)| (**old, **new)).collect();
        self.merged = merged(old_api, new_api, &pairs, &news);
        let spelled = |api, id: &TypeId| outside(api, &Type::Named(*id));
        let both = pairs.both.iter().map(|(old, new)| (**old, **new));
        let spellings = both
            .chain(self.merged.iter().copied())
            .map(|(old, new)| (spelled(old_api, &old), spelled(new_api, &new)));
        self.renamed = spellings.filter(|(old, new)| old != new).collect();
    }
}

/// The names of structs that have no field in common with the one that has the name now.
fn others<'a>(old: &'a Api, new: &Api, olds: &[TypeId], news: &[TypeId]) -> HashSet<&'a str> {
    let structs = |api: &'_ Api, id: &TypeId| match &api.type_def(*id).shape {
        Shape::Struct(shape) if !shape.fields.is_empty() => {
            let wires = shape.fields.iter().map(|it| it.wire.clone());
            Some(wires.collect::<HashSet<String>>())
        }
        _ => None,
    };
    let now: HashMap<&str, &TypeId> = news
        .iter()
        .map(|id| (new.type_def(*id).name.as_str(), id))
        .collect();
    let others = olds.iter().filter(|id| {
        let same = now.get(old.type_def(**id).name.as_str());
        let both = structs(old, id).zip(same.and_then(|it| structs(new, it)));
        both.is_some_and(|(was, is)| was.is_disjoint(&is))
    });
    others.map(|id| old.type_def(*id).name.as_str()).collect()
}

/// Old types that are gone, each with the only new one that looks like it.
fn merged(
    old_api: &Api,
    new_api: &Api,
    pairs: &Pairs<'_, '_, TypeId, TypeId>,
    news: &[TypeId],
) -> Vec<(TypeId, TypeId)> {
    let mut alike: HashMap<String, Vec<TypeId>> = HashMap::new();
    for id in news {
        if let Some(key) = structure(new_api, new_api.type_def(*id)) {
            alike.entry(key).or_default().push(*id);
        }
    }
    let into = |id: &TypeId| {
        let key = structure(old_api, old_api.type_def(*id))?;
        match alike.get(&key)?.as_slice() {
            [only] => Some((*id, *only)),
            _ => None,
        }
    };
    pairs.gone.iter().filter_map(|id| into(id)).collect()
}

/// Finds types that have another name by what uses them: what an operation or a field had is another type now,
/// much like it.
struct ByUse<'a> {
    old: &'a Api,
    new: &'a Api,
    gone: HashSet<TypeId>,
    added: HashSet<TypeId>,
    both: Vec<(TypeId, TypeId)>,
    found: HashMap<TypeId, TypeId>,
    open: VecDeque<(Type, Type)>,
}

impl<'a> ByUse<'a> {
    fn of(old: &'a Api, new: &'a Api, pairs: &Pairs<'_, '_, TypeId, TypeId>) -> Self {
        let both = pairs.both.iter().map(|(old, new)| (**old, **new));
        Self {
            old,
            new,
            gone: pairs.gone.iter().map(|id| **id).collect(),
            added: pairs.added.iter().map(|id| **id).collect(),
            both: both.collect(),
            found: HashMap::new(),
            open: VecDeque::new(),
        }
    }

    /// The new type of each old one that is found.
    fn pairs(mut self, calls: &[(Call<'_>, Call<'_>)]) -> HashMap<TypeId, TypeId> {
        if self.gone.is_empty() || self.added.is_empty() {
            return self.found;
        }
        for (old, new) in calls {
            self.of_call(*old, *new);
        }
        for (old, new) in std::mem::take(&mut self.both) {
            self.members(old, new);
        }
        while let Some((old, new)) = self.open.pop_front() {
            self.visit(&old, &new);
        }
        self.found
    }

    fn of_call(&mut self, old: Call<'_>, new: Call<'_>) {
        for (was, is) in parameter_pairs(old, new).both {
            self.open.push_back((was.ty.clone(), is.ty.clone()));
        }
        if let (Some(was), Some(is)) = (&old.1.body, &new.1.body) {
            match (&was.content, &is.content) {
                (BodyContent::Multipart(was), BodyContent::Multipart(is)) => {
                    for part in &was.parts {
                        let same = is.parts.iter().find(|it| it.wire == part.wire);
                        if let (PartKind::Value(was), Some(PartKind::Value(is))) =
                            (&part.kind, same.map(|it| &it.kind))
                        {
                            self.open.push_back((was.clone(), is.clone()));
                        }
                    }
                    self.in_order(was.additional_value(), is.additional_value());
                }
                _ => self.in_order(was.types(), is.types()),
            }
        }
        self.in_order(old.1.response_types(), new.1.response_types());
        let of = |operation: &'_ Operation| operation.errors.clone();
        for error in of(old.1) {
            let mut errors = of(new.1).into_iter();
            let same = errors.find(|it: &ErrorResponse| it.statuses == error.statuses);
            if let (Some(was), Some(is)) = (error.ty, same.and_then(|it| it.ty)) {
                self.open.push_back((was, is));
            }
        }
    }

    fn in_order<'t>(
        &mut self,
        old: impl IntoIterator<Item = &'t Type>,
        new: impl IntoIterator<Item = &'t Type>,
    ) {
        let both = old.into_iter().zip(new);
        self.open
            .extend(both.map(|(old, new)| (old.clone(), new.clone())));
    }

    fn visit(&mut self, old: &Type, new: &Type) {
        match (old, new) {
            (Type::Array(old), Type::Array(new))
            | (Type::Map(old), Type::Map(new))
            | (Type::Nullable(old), Type::Nullable(new)) => self.visit(old, new),
            (Type::Nullable(old), new) => self.visit(old, new),
            (old, Type::Nullable(new)) => self.visit(old, new),
            (Type::Named(old), Type::Named(new)) => {
                let definitions = (self.old.type_def(*old), self.new.type_def(*new));
                if self.gone.contains(old)
                    && self.added.contains(new)
                    && are_alike(definitions.0, definitions.1)
                {
                    self.gone.remove(old);
                    self.added.remove(new);
                    self.found.insert(*old, *new);
                    self.members(*old, *new);
                }
            }
            _ => {}
        }
    }

    /// What two types that are one consist of.
    fn members(&mut self, old: TypeId, new: TypeId) {
        match (&self.old.type_def(old).shape, &self.new.type_def(new).shape) {
            (Shape::Struct(old), Shape::Struct(new)) => {
                let news: HashMap<&str, &Type> =
                    new.fields.iter().map(|it| (&*it.wire, &it.ty)).collect();
                let both = old.fields.iter();
                let both =
                    both.filter_map(|it| Some((it.ty.clone(), (*news.get(&*it.wire)?).clone())));
                self.open.extend(both);
                if let (Some(old), Some(new)) = (&old.rest, &new.rest) {
                    self.open.push_back((old.ty.clone(), new.ty.clone()));
                }
            }
            (Shape::Union(old), Shape::Union(new)) => {
                let news: HashMap<&str, &Type> = new
                    .variants
                    .iter()
                    .map(|it| (it.name.as_str(), &it.ty))
                    .collect();
                let of_name = old
                    .variants
                    .iter()
                    .filter_map(|it| Some((it.ty.clone(), (*news.get(it.name.as_str())?).clone())));
                let in_order = old.variants.iter().zip(&new.variants);
                let in_order = in_order.map(|(old, new)| (old.ty.clone(), new.ty.clone()));
                self.open.extend(of_name.chain(in_order));
            }
            (Shape::Alias(old) | Shape::Newtype(old), Shape::Alias(new) | Shape::Newtype(new)) => {
                self.open.push_back((old.clone(), new.clone()));
            }
            _ => {}
        }
    }
}

/// Whether a type that is used where another one was may be that one: at least half of what the bigger one has is
/// in both.
fn are_alike(old: &TypeDef, new: &TypeDef) -> bool {
    let half = |shared: usize, most: usize| shared * 2 >= most;
    match (&old.shape, &new.shape) {
        (Shape::Struct(old), Shape::Struct(new)) => {
            let wires: HashSet<&str> = old.fields.iter().map(|it| &*it.wire).collect();
            let shared = new.fields.iter().filter(|it| wires.contains(&*it.wire));
            half(shared.count(), old.fields.len().max(new.fields.len()))
        }
        (Shape::StringEnum(old), Shape::StringEnum(new)) => {
            half(shared(old, new), old.len().max(new.len()))
        }
        (Shape::IntegerEnum(old), Shape::IntegerEnum(new)) => {
            half(shared(old, new), old.len().max(new.len()))
        }
        (Shape::Union(_), Shape::Union(_))
        | (Shape::Alias(_), Shape::Alias(_))
        | (Shape::Newtype(_), Shape::Newtype(_)) => true,
        _ => false,
    }
}

fn shared<T: Eq + std::hash::Hash>(old: &[Variant<T>], new: &[Variant<T>]) -> usize {
    let values: HashSet<&T> = old.iter().map(|it| &it.value).collect();
    new.iter().filter(|it| values.contains(&it.value)).count()
}

/// What a type looks like whatever it is called; nothing for what looks like many others.
fn structure(api: &Api, definition: &TypeDef) -> Option<String> {
    match &definition.shape {
        Shape::Struct(Struct { fields, .. }) if !fields.is_empty() => {
            let fields = fields.iter().map(|field| {
                let ty = match api.resolve(&field.ty) {
                    Type::Named(id) => kind(&api.type_def(*id).shape).to_owned(),
                    other => outside(api, other),
                };
                format!(
                    "{:?} {ty} {} {}",
                    field.wire, field.required, field.nullable
                )
            });
            Some(fields.collect::<Vec<_>>().join("\n"))
        }
        Shape::StringEnum(values) => {
            let values: Vec<String> = values.iter().map(|it| format!("{:?}", it.value)).collect();
            Some(values.join("|"))
        }
        Shape::IntegerEnum(values) => {
            let values: Vec<String> = values.iter().map(|it| it.value.to_string()).collect();
            Some(values.join("|"))
        }
        _ => None,
    }
}
