//! How deep types stand one within another.
//!
//! Whether a value may go to another thread, the compiler finds out by following all types that it
//! reaches. After 128 steps it gives up (E0275), and so does rustdoc, unless the crate's root allows
//! it more.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::model::{Api, Shape, Type, TypeId};

/// Steps that the compiler takes by itself.
const BY_ITSELF: usize = 128;

/// Steps from a type to one in a field of it: an `Option`, a `Vec`, what that is made of, the type.
const STEPS: usize = 6;

/// Steps before the first type of the API.
const BEFORE: usize = 32;

/// The most that a crate allows: enough for a way of hundreds of types.
const MOST: usize = 4096;

/// The steps that the root of the crate has to allow, where the usual ones may not be enough.
pub(super) fn recursion_limit(api: &Api) -> Option<usize> {
    let steps = longest_way(api).saturating_mul(STEPS) + BEFORE;
    (steps > BY_ITSELF).then(|| steps.next_power_of_two().min(MOST))
}

/// As many types as can stand one within another, or more: of types that lead to each other, all are
/// counted.
fn longest_way(api: &Api) -> usize {
    let mut graph = DiGraph::<(), ()>::with_capacity(api.types.len(), api.types.len());
    for _ in &api.types {
        graph.add_node(());
    }
    let declared = api.modules.iter().flat_map(|module| &module.types);
    for &id in declared {
        for target in reached(&api.type_def(id).shape) {
            graph.add_edge(NodeIndex::new(id.0), NodeIndex::new(target.0), ());
        }
    }
    // Each comes after those that it leads to.
    let mut longest = vec![0; api.types.len()];
    let mut most = 0;
    for component in kosaraju_scc(&graph) {
        let targets = component.iter().flat_map(|&node| graph.neighbors(node));
        let behind = targets.map(|node| longest[node.index()]).max();
        let own = component.len() + behind.unwrap_or(0);
        for node in &component {
            longest[node.index()] = own;
        }
        most = most.max(own);
    }
    most
}

/// The types of the API that a value of one of them holds.
fn reached(shape: &Shape) -> Vec<TypeId> {
    match shape {
        Shape::Struct(it) => {
            let fields = it.fields.iter().map(|field| &field.ty);
            let all = fields.chain(it.rest.iter().map(|rest| &rest.ty));
            all.filter_map(named).collect()
        }
        Shape::Union(it) => it.variants.iter().filter_map(|it| named(&it.ty)).collect(),
        Shape::Alias(ty) | Shape::Newtype(ty) => named(ty).into_iter().collect(),
        Shape::StringEnum(_) | Shape::IntegerEnum(_) => Vec::new(),
    }
}

fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => named(inner),
        _ => None,
    }
}
