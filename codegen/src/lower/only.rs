//! Some operations of an API, and what they reach.
//!
//! Everything is lowered and named first, and then left out: so what remains is called, and
//! shaped, as in the whole crate.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::model::{Api, HttpMethod, Operation, Resource, TypeId};
use crate::names::Ident;
use crate::nearest::nearest;

use super::operations::Found;
use super::operations::names::from_method_and_path;
use super::{Lowering, quoted, usage};

/// Most tags that a message lists.
const LISTED: usize = 8;

/// The operations that are wanted, where not all are.
#[derive(Debug, Default)]
pub(super) struct Selection {
    /// Methods and paths.
    operations: HashSet<(HttpMethod, String)>,
    /// JSON pointers of what is left out: nobody wants to hear of it.
    left_out: Vec<String>,
}

impl Selection {
    fn has(&self, http: HttpMethod, path: &str) -> bool {
        // The set is small, and a key of borrowed parts would need a type of its own.
        self.operations.contains(&(http, path.to_owned()))
    }

    /// Leaves out of an API what isn't wanted, and of the types those that are reached no more.
    pub(super) fn apply(mut self, api: &mut Api, order: &mut Vec<TypeId>) -> LeftOut {
        for resource in &mut api.resources {
            self.keep_operations(resource);
        }
        // What leads to a resource stays with it.
        let paths: Vec<Vec<Ident>> = api
            .resources
            .iter()
            .filter(|resource| !resource.operations.is_empty())
            .map(|resource| resource.path().cloned().collect())
            .collect();
        api.resources.retain(|resource| {
            let own: Vec<Ident> = resource.path().cloned().collect();
            paths.iter().any(|path| path.starts_with(&own))
        });
        api.webhooks = None;
        let roots: Vec<TypeId> = api
            .operations()
            .flat_map(|(_, operation)| usage::roots(operation))
            .collect();
        let reached = usage::reach(
            |id| api.types.get(id.0).map(|definition| &definition.shape),
            &roots,
        );
        let unreached = order.iter().filter(|id| !reached.contains(id));
        self.left_out
            .extend(unreached.map(|id| api.type_def(*id).pointer.clone()));
        order.retain(|id| reached.contains(id));
        LeftOut(self.left_out.into_iter().collect())
    }

    /// Operations go, and waiters that ask one of them; others learn their new places.
    fn keep_operations(&self, resource: &mut Resource) {
        let is_kept = |operation: &Operation| self.has(operation.http, &operation.path);
        let mut next = 0;
        let places: Vec<Option<usize>> = resource
            .operations
            .iter()
            .map(|operation| {
                is_kept(operation).then(|| {
                    next += 1;
                    next - 1
                })
            })
            .collect();
        let place = |old: usize| places.get(old).copied().flatten();
        resource
            .waiters
            .retain(|waiter| place(waiter.operation).is_some());
        for waiter in &mut resource.waiters {
            waiter.operation = place(waiter.operation).unwrap_or_default();
            waiter.start = waiter.start.and_then(place);
        }
        resource.operations.retain(is_kept);
    }
}

/// JSON pointers of the operations and schemas that are not in the crate.
pub(super) struct LeftOut(HashSet<String>);

impl LeftOut {
    /// Whether something speaks of what was left out.
    pub(super) fn concerns(&self, diagnostic: &Diagnostic) -> bool {
        let pointer = &diagnostic.pointer;
        let ends = pointer.match_indices('/').map(|(at, _)| at);
        diagnostic.origin == Origin::Spec
            && ends
                .chain([pointer.len()])
                .any(|end| self.0.contains(&pointer[..end]))
    }
}

impl Lowering<'_> {
    /// Finds the operations that are wanted, if somebody wants only some.
    pub(super) fn select(&mut self, found: &[Found<'_>]) {
        let (names, origin) = match self.only {
            [] => (self.config.only.as_slice(), Origin::Config),
            asked => (asked, Origin::Spec),
        };
        if names.is_empty() {
            return;
        }
        let mut selection = Selection::default();
        let mut met = vec![false; names.len()];
        for it in found {
            let mut is_wanted = false;
            for (name, met) in names.iter().zip(&mut met) {
                let means = means(name, it);
                *met |= means;
                is_wanted |= means;
            }
            if is_wanted {
                let key = (it.http, it.path.to_owned());
                selection.operations.insert(key);
            } else {
                selection.left_out.push(it.pointer.clone());
            }
        }
        self.selection = Some(selection);
        let any = met.contains(&true);
        for (index, (name, met)) in names.iter().zip(met).enumerate() {
            if !met {
                let pointer = match origin {
                    Origin::Config => format!("/only/{index}"),
                    Origin::Spec | Origin::File(_) | Origin::Overlay(_) => "/paths".to_owned(),
                };
                let mut problem = unknown(name, origin, pointer, found);
                // What is left is what was wanted, unless nothing is left.
                if origin == Origin::Config && any {
                    problem.demote(WarningCode::UnknownName);
                }
                self.report(problem);
            }
        }
    }
}

/// What an operation can be asked for by, beside its tags: path, method and path, id.
fn names_of(found: &Found<'_>) -> [String; 3] {
    let id = found.operation.operation_id.clone();
    [
        found.path.to_owned(),
        format!("{} {}", found.http.as_str(), found.path),
        id.unwrap_or_else(|| from_method_and_path(found.http, found.path)),
    ]
}

/// Whether a name means an operation. A star at its end stands for any text.
fn means(name: &str, found: &Found<'_>) -> bool {
    let matches = |text: &String| match name.strip_suffix('*') {
        Some(start) => text.starts_with(start),
        None => text == name,
    };
    found.operation.tags.iter().any(matches) || names_of(found).iter().any(matches)
}

fn unknown(name: &str, origin: Origin, pointer: String, found: &[Found<'_>]) -> Diagnostic {
    let mut tags: Vec<&str> = Vec::new();
    for tag in found.iter().flat_map(|it| &it.operation.tags) {
        if !tags.contains(&tag.as_str()) {
            tags.push(tag);
        }
    }
    let names: Vec<String> = found.iter().flat_map(names_of).collect();
    let wanted = name.trim_end_matches('*');
    let help = match nearest(
        wanted,
        tags.iter().copied().chain(names.iter().map(String::as_str)),
    ) {
        Some(near) => format!("did you mean `{near}`?"),
        None if tags.is_empty() => "use a path, as in `/pets*`, or an operationId".to_owned(),
        None => {
            let more = if tags.len() > LISTED { ", .." } else { "" };
            let tags = quoted(tags.into_iter().take(LISTED));
            format!("use a tag, an operationId or a path; the tags are {tags}{more}")
        }
    };
    let message = format!("no operation has the tag, operationId or path `{name}`");
    let diagnostic = Diagnostic::error(origin, pointer, message).help(help);
    match origin {
        Origin::Config => diagnostic,
        Origin::Spec | Origin::File(_) | Origin::Overlay(_) => {
            diagnostic.at_key().label("no match")
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::pointer::push;

    use super::*;
    use crate::diagnostic::WarningCode;

    #[test]
    fn what_is_said_of_parts_that_are_left_out_is_left_out_too() {
        let left_out = LeftOut([push("/paths", "/pets")].into_iter().collect());
        let concerns = |pointer: &str| {
            left_out.concerns(&Diagnostic::warning(
                WarningCode::UnknownField,
                Origin::Spec,
                pointer,
                "something",
            ))
        };
        assert!(concerns("/paths/~1pets"));
        assert!(concerns("/paths/~1pets/get/responses"));
        assert!(!concerns("/paths/~1pets~1{id}"));
        assert!(!concerns(""));
    }
}
