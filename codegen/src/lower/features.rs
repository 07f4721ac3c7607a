//! A Cargo feature for each resource that the client of a big API leads to, so that nobody compiles what they don't call.

use std::collections::{BTreeSet, HashSet};

use indexmap::IndexMap;

use crate::model::{Api, Docs, Feature, Module, TypeId};
use crate::names::reserved::FEATURES;
use crate::names::{Ident, Scope};

use super::usage;

/// An API that isn't configured has features from this many operations on. A crate of fewer
/// compiles in a few seconds as it is.
const OPERATIONS: usize = 100;

/// The feature of all resources.
const ALL: &str = "all-resources";

/// The feature of the types that no operation reaches.
const UNUSED: &str = "unused-types";

/// Gives each resource that the client leads to a feature, for all within it, where the configuration asks for that or the API is big.
pub(super) fn assign(api: &mut Api, configured: Option<bool>) {
    let is_big = api.resources.len() > 1 && api.operations().count() >= OPERATIONS;
    if !configured.unwrap_or(is_big) {
        return;
    }
    let known = FEATURES.iter().chain(&[ALL, UNUSED]);
    let mut taken: HashSet<String> = known.map(|&name| name.to_owned()).collect();
    let mut features: IndexMap<Ident, Feature> = IndexMap::new();
    // A registry takes a few hundred features at most, and whoever calls a nested resource comes by the one
    // that leads to it.
    for resource in api.top_resources() {
        let name = free_name(resource.module.as_str(), &mut taken);
        let feature = Feature {
            name,
            needs: Vec::new(),
            docs: resource.docs.clone(),
        };
        features.insert(resource.module.clone(), feature);
    }
    for resource in &mut api.resources {
        let top = resource.path().next();
        let feature = top.and_then(|top| features.get(top));
        resource.feature = feature.map(|feature| feature.name.clone());
    }
    let mut features: Vec<Feature> = features.into_values().collect();
    features.push(Feature {
        name: ALL.to_owned(),
        needs: features
            .iter()
            .map(|feature| feature.name.clone())
            .collect(),
        docs: Docs::default(),
    });
    api.features = features;
}

/// The words of a module, in the case of Cargo's features.
fn free_name(module: &str, taken: &mut HashSet<String>) -> String {
    let words: Vec<&str> = module.split('_').filter(|word| !word.is_empty()).collect();
    let wanted = words.join("-");
    let mut name = wanted.clone();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = match number {
            2 => format!("{wanted}-api"),
            number => format!("{wanted}-api-{number}"),
        };
        number += 1;
    }
    name
}

/// Takes the types that no operation reaches out of the shared module into one of their own: they
/// may be made of types that some resource alone has.
pub(super) fn separate_unused_types(api: &mut Api) {
    if api.features.is_empty() {
        return;
    }
    let shape = |id: TypeId| api.types.get(id.0).map(|definition| &definition.shape);
    let roots = api
        .operations()
        .flat_map(|(_, operation)| usage::roots(operation))
        .chain(usage::roots_of_webhooks(api));
    let used = usage::reach(shape, &roots.collect::<Vec<_>>());
    let is_unused = |id: &TypeId| !used.contains(id);
    let unused: Vec<TypeId> = api
        .modules
        .iter()
        .flat_map(|module| &module.types)
        .copied()
        .filter(is_unused)
        .collect();
    if unused.is_empty() {
        return;
    }
    let reached = usage::reach(shape, &unused);
    let needed: BTreeSet<&String> = api
        .modules
        .iter()
        .filter(|module| module.types.iter().any(|id| reached.contains(id)))
        .filter_map(|module| module.feature.as_ref())
        .collect();
    let mut scope = Scope::of_modules(&[]);
    for module in &api.modules {
        scope.name(&[module.name.as_str()], "types");
    }
    let feature = Feature {
        name: UNUSED.to_owned(),
        needs: needed.into_iter().cloned().collect(),
        docs: Docs::text("Types that no operation uses."),
    };
    for module in &mut api.modules {
        module.types.retain(|id| used.contains(id));
    }
    api.modules.retain(|module| !module.types.is_empty());
    api.modules.push(Module {
        name: scope.name(&["unused", "unused_types"], "unused"),
        docs: feature.docs.clone(),
        types: unused,
        feature: Some(feature.name.clone()),
    });
    if let Some(all) = api.features.iter_mut().find(|it| it.name == ALL) {
        all.needs.push(feature.name.clone());
    }
    let last = api.features.len() - 1;
    api.features.insert(last, feature);
}
