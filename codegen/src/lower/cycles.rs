//! Types that contain themselves.
//!
//! A struct that holds itself has no size, and an alias that names itself has no end. Both are
//! mended for the members of a cycle and for no other type: every cycle is a strongly connected
//! component of the graph of what holds what.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::model::{Field, Shape, Type, TypeDef, TypeId};

use super::usage::{named, parts};

/// Makes a type of its own of every alias that leads back to itself through aliases alone.
pub(super) fn name_recursive_aliases(types: &mut [TypeDef]) {
    let cyclic = in_cycles(types, |types, id| match &types[id].shape {
        Shape::Alias(ty) => {
            let mut inner = Vec::new();
            named(ty, &mut inner);
            inner.retain(|id| matches!(types[id.0].shape, Shape::Alias(_)));
            inner
        }
        _ => Vec::new(),
    });
    for (index, definition) in types.iter_mut().enumerate() {
        if let (true, Shape::Alias(ty)) = (cyclic.has(index), &definition.shape) {
            definition.shape = Shape::Newtype(ty.clone());
        }
    }
}

/// Boxes the fields and variants that hold a member of their own cycle by value.
pub(super) fn box_recursive_fields(types: &mut [TypeDef]) {
    let cycles = in_cycles(types, |types, id| {
        parts(&types[id].shape)
            .into_iter()
            .filter_map(|ty| held(types, ty))
            .collect()
    });
    for index in 0..types.len() {
        if !cycles.has(index) {
            continue;
        }
        let boxed: Vec<bool> = parts(&types[index].shape)
            .into_iter()
            .map(|ty| held(types, ty).is_some_and(|id| cycles.share(index, id.0)))
            .collect();
        match &mut types[index].shape {
            Shape::Struct(shape) => {
                for (field, boxed) in shape.fields.iter_mut().zip(boxed) {
                    field.boxed = boxed;
                }
            }
            Shape::Union(union) => {
                for (variant, boxed) in union.variants.iter_mut().zip(boxed) {
                    variant.boxed = boxed;
                }
            }
            _ => {}
        }
    }
}

/// Makes optional what a type requires of its own kind: such a value would have no end, so no
/// server can send one, and no program can make one.
pub(super) fn make_endless_fields_optional(types: &mut [TypeDef]) -> Vec<Diagnostic> {
    let demanded = |field: &Field| field.required && !field.nullable;
    let cycles = in_cycles(types, |types, id| match &types[id].shape {
        Shape::Struct(shape) => {
            let fields = shape.fields.iter().filter(|field| demanded(field));
            fields.filter_map(|field| held(types, &field.ty)).collect()
        }
        Shape::Newtype(inner) => held(types, inner).into_iter().collect(),
        _ => Vec::new(),
    });
    let mut warnings = Vec::new();
    for index in (0..types.len()).filter(|&index| cycles.has(index)) {
        let Shape::Struct(shape) = &types[index].shape else {
            continue;
        };
        let endless: Vec<usize> = shape
            .fields
            .iter()
            .enumerate()
            .filter(|(_, field)| demanded(field))
            .filter(|(_, field)| held(types, &field.ty).is_some_and(|id| cycles.share(index, id.0)))
            .map(|(position, _)| position)
            .collect();
        let definition = &mut types[index];
        let Shape::Struct(shape) = &mut definition.shape else {
            continue;
        };
        for position in endless {
            let field = &mut shape.fields[position];
            field.required = false;
            let message = format!(
                "`{}` requires a value of its own type, which is infinite; the field is optional instead",
                field.wire
            );
            warnings.push(
                Diagnostic::warning(
                    WarningCode::InfiniteType,
                    Origin::Spec,
                    &*definition.pointer,
                    message,
                )
                .help("remove the field from `required`, or allow null"),
            );
        }
    }
    warnings
}

/// The type that a value of this type holds in place. Lists and maps hold theirs elsewhere.
fn held(types: &[TypeDef], ty: &Type) -> Option<TypeId> {
    let mut ty = ty;
    loop {
        match ty {
            Type::Named(id) => match &types[id.0].shape {
                Shape::Alias(target) => ty = target,
                _ => return Some(*id),
            },
            Type::Nullable(inner) => ty = inner,
            _ => return None,
        }
    }
}

/// For each type, the number of its cycle; none where it is in no cycle.
struct Cycles(Vec<Option<usize>>);

impl Cycles {
    /// Whether a type is in a cycle.
    fn has(&self, index: usize) -> bool {
        self.0[index].is_some()
    }

    /// Whether two types are in the same cycle.
    fn share(&self, one: usize, other: usize) -> bool {
        self.has(one) && self.0[one] == self.0[other]
    }
}

fn in_cycles(types: &[TypeDef], edges: impl Fn(&[TypeDef], usize) -> Vec<TypeId>) -> Cycles {
    let mut graph = DiGraph::<(), ()>::with_capacity(types.len(), types.len());
    for _ in types {
        graph.add_node(());
    }
    for index in 0..types.len() {
        for target in edges(types, index) {
            graph.add_edge(NodeIndex::new(index), NodeIndex::new(target.0), ());
        }
    }
    let mut cycles = vec![None; types.len()];
    for (number, component) in kosaraju_scc(&graph).into_iter().enumerate() {
        let alone = component.len() == 1 && !graph.contains_edge(component[0], component[0]);
        for node in component.iter().filter(|_| !alone) {
            cycles[node.index()] = Some(number);
        }
    }
    Cycles(cycles)
}
