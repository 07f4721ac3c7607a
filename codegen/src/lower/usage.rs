//! Who uses which type, and the module that each goes to.

use std::collections::BTreeSet;

use crate::model::{Api, Docs, Module, Operation, Shape, Struct, Type, TypeId, Usage, Webhooks};
use crate::names::Scope;

/// Marks every type with whether it is sent, received or both.
pub(super) fn mark(api: &mut Api) {
    let mut sent = Vec::new();
    let mut received = Vec::new();
    for (_, operation) in api.operations() {
        sent.extend(roots_sent(operation));
        received.extend(roots_received(operation));
    }
    received.extend(roots_of_webhooks(api));
    let shape = |id: TypeId| api.types.get(id.0).map(|definition| &definition.shape);
    let sent = reach(shape, &sent);
    let received = reach(shape, &received);
    for (index, definition) in api.types.iter_mut().enumerate() {
        let id = TypeId(index);
        definition.usage = Usage {
            sent: sent.contains(&id),
            received: received.contains(&id),
        };
    }
}

/// Leaves out the types that nothing reaches, where there is anything that could: nobody should
/// compile what no call and no webhook gives them.
pub(super) fn leave_out_unused(api: &Api, order: &mut Vec<TypeId>) {
    if api.operations().next().is_none() && api.webhooks.is_none() {
        return;
    }
    order.retain(|id| {
        let usage = api.type_def(*id).usage;
        usage.sent || usage.received
    });
}

/// Spreads the types over modules: one for each resource whose operations alone use them, and
/// `shared` for those that several or none use.
pub(super) fn spread_over_modules(api: &mut Api, order: &[TypeId]) {
    let homes = homes(api);
    // A type and a module are of one namespace; that of `1st` is called as its module would be.
    let types = order.iter().map(|id| api.type_def(*id).name.as_str());
    let without_case: Vec<&str> = types.filter(|name| name.starts_with('_')).collect();
    let mut scope = Scope::of_modules(&without_case);
    let mut modules: Vec<Module> = api
        .resources
        .iter()
        .map(|resource| Module {
            name: {
                // The underscore behind a keyword would be one too many.
                let path = resource.path().map(|it| it.as_str().trim_end_matches('_'));
                let path = path.collect::<Vec<_>>().join("_");
                scope.name(&[&path, &format!("{path}_types")], "types")
            },
            docs: Docs::text(format!("Types of `{}`.", resource.path_joined("::"))),
            types: Vec::new(),
            feature: resource.feature.clone(),
        })
        .collect();
    modules.push(Module {
        name: scope.name(&["shared", "shared_types"], "shared"),
        docs: Docs::text("Types that don't belong to a single resource."),
        types: Vec::new(),
        feature: None,
    });
    for &id in order {
        let shared = modules.len() - 1;
        let module = match homes.get(id.0) {
            Some(Home::Resource(index)) => *index,
            _ => shared,
        };
        modules[module].types.push(id);
    }
    modules.retain(|module| !module.types.is_empty());
    api.modules = modules;
}

/// Who alone uses a type.
#[derive(Clone, Copy, PartialEq)]
enum Home {
    /// Nobody does.
    None,
    /// The operations of the resource with this index.
    Resource(usize),
    /// Several do, or a webhook.
    Shared,
}

/// Who alone uses each type.
///
/// What is reached through a shared type is shared as well: nothing is looked into more than twice.
fn homes(api: &Api) -> Vec<Home> {
    let mut homes = vec![Home::None; api.types.len()];
    let resources = api.resources.iter().enumerate().map(|(index, resource)| {
        let roots: Vec<TypeId> = resource.operations.iter().flat_map(roots).collect();
        (Home::Resource(index), roots)
    });
    let webhooks = (Home::Shared, roots_of_webhooks(api));
    for (user, roots) in resources.chain([webhooks]) {
        let mut open = roots;
        while let Some(id) = open.pop() {
            let Some(home) = homes.get_mut(id.0) else {
                continue;
            };
            let next = match *home {
                Home::None => user,
                home if home == user || home == Home::Shared => continue,
                _ => Home::Shared,
            };
            *home = next;
            for ty in parts(&api.types[id.0].shape) {
                named(ty, &mut open);
            }
        }
    }
    homes
}

fn roots_sent(operation: &Operation) -> Vec<TypeId> {
    let mut roots = Vec::new();
    for ty in operation.request_types() {
        named(ty, &mut roots);
    }
    roots
}

fn roots_received(operation: &Operation) -> Vec<TypeId> {
    let mut roots = Vec::new();
    for ty in operation.response_types() {
        named(ty, &mut roots);
    }
    for ty in operation
        .errors
        .iter()
        .filter_map(|error| error.ty.as_ref())
    {
        named(ty, &mut roots);
    }
    for header in &operation.headers {
        named(&header.ty, &mut roots);
    }
    roots
}

/// The types that webhooks and callbacks name themselves.
pub(super) fn roots_of_webhooks(api: &Api) -> Vec<TypeId> {
    let mut roots = Vec::new();
    for ty in api.webhooks.iter().flat_map(Webhooks::types) {
        named(ty, &mut roots);
    }
    roots
}

/// The types that an operation names itself.
pub(super) fn roots(operation: &Operation) -> Vec<TypeId> {
    let mut roots = roots_sent(operation);
    roots.extend(roots_received(operation));
    roots
}

/// All types that can be reached from these.
pub(super) fn reach<'t>(
    shape: impl Fn(TypeId) -> Option<&'t Shape>,
    roots: &[TypeId],
) -> BTreeSet<TypeId> {
    let mut reached = BTreeSet::new();
    let mut open = roots.to_vec();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            for ty in shape(id).map(parts).unwrap_or_default() {
                named(ty, &mut open);
            }
        }
    }
    reached
}

/// The types that a type is made of.
pub(super) fn parts(shape: &Shape) -> Vec<&Type> {
    match shape {
        Shape::Struct(Struct { fields, rest, .. }) => {
            let fields = fields.iter().map(|field| &field.ty);
            fields.chain(rest.iter().map(|rest| &rest.ty)).collect()
        }
        Shape::Union(union) => union.variants.iter().map(|it| &it.ty).collect(),
        Shape::Alias(ty) | Shape::Newtype(ty) => vec![ty],
        Shape::StringEnum(_) | Shape::IntegerEnum(_) => Vec::new(),
    }
}

/// The type of the API inside of a type.
pub(super) fn named(ty: &Type, found: &mut Vec<TypeId>) {
    match ty {
        Type::Named(id) => found.push(*id),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => named(inner, found),
        _ => {}
    }
}
