//! Waiters: the configuration's words held against the model.

use crate::config;
use crate::diagnostic::{Diagnostic, Origin, WarningCode};
use crate::model::{Operation, Resource, Shape, Struct, Type, TypeId, Waiter};
use crate::names::{Ident, snake_case};
use crate::nearest::nearest;
use crate::pointer::push;

use super::{Lowering, WaitNames};

/// Most operations that a message lists.
const LISTED: usize = 12;

/// Why a waiter can't be: the key of its entry that is wrong, what is wrong, how to mend it.
struct Problem(String, String, String);

/// What a message says of an operation that isn't there.
const NO_OPERATION: &str = "unknown operation";

/// What the configuration calls a resource, part by part.
fn path_of(resource: &Resource) -> impl Iterator<Item = String> {
    resource.path().map(Ident::to_string)
}

impl Lowering<'_> {
    /// Adds the configured waiters to their resources.
    pub(super) fn waiters(&mut self, resources: &mut [Resource]) {
        let config = self.config;
        for (index, waiter) in config.waiters.iter().enumerate() {
            let at = push("/waiters", &index.to_string());
            let mut problems = Vec::new();
            if let Some((resource, lowered)) = self.waiter(index, waiter, resources, &mut problems)
            {
                resources[resource].waiters.push(lowered);
            }
            for Problem(key, message, help) in problems {
                let pointer = format!("{at}/{key}");
                let is_gone = message.starts_with(NO_OPERATION);
                let mut problem = Diagnostic::error(Origin::Config, pointer, message).help(help);
                if is_gone {
                    problem.demote(WarningCode::UnknownName);
                }
                self.report(problem);
            }
        }
    }

    fn waiter(
        &self,
        index: usize,
        waiter: &config::Waiter,
        resources: &[Resource],
        problems: &mut Vec<Problem>,
    ) -> Option<(usize, Waiter)> {
        let Some((resource, operation)) = find(&waiter.operation, resources) else {
            problems.push(self.no_operation("operation", &waiter.operation, resources));
            return None;
        };
        if let Some(name) = &waiter.resource
            && name
                .split('.')
                .map(snake_case)
                .ne(path_of(&resources[resource]))
        {
            let mut others = resources.iter();
            let message = if others.any(|it| name.split('.').map(snake_case).eq(path_of(it))) {
                format!(
                    "`{}` and `{name}` belong to different resources",
                    waiter.operation
                )
            } else {
                format!("there is no resource `{name}`")
            };
            problems.push(Problem(
                "resource".into(),
                message,
                format!(
                    "write `{}`, or remove the key",
                    path_of(&resources[resource]).collect::<Vec<_>>().join(".")
                ),
            ));
        }
        let start = waiter
            .start
            .as_ref()
            .and_then(|key| match find(key, resources) {
                Some((of, start)) if of == resource => Some(start),
                Some(_) => {
                    let message = format!("`{key}` and the waiter belong to different resources");
                    let help = "use an operation of the same resource".into();
                    problems.push(Problem("start".into(), message, help));
                    None
                }
                None => {
                    problems.push(self.no_operation("start", key, resources));
                    None
                }
            });
        let output = &resources[resource].operations[operation].output;
        let response = match output.value_type() {
            Some(ty) => ty.clone(),
            None => {
                let message = format!("`{}` does not return a single type", waiter.operation);
                let help = "use an operation that returns the polled resource".into();
                problems.push(Problem("operation".into(), message, help));
                return None;
            }
        };
        let (field, state) = self.state(&response, &waiter.field, problems)?;
        let done = self.variants(state, &waiter.done, "done", problems);
        let failed = self.variants(state, &waiter.failed, "failed", problems);
        let WaitNames { method, request } = self.waits.get(&index)?.clone();
        let lowered = Waiter {
            method,
            request,
            operation,
            start,
            field,
            state,
            done,
            failed,
            interval: waiter.interval,
            timeout: waiter.timeout,
        };
        problems.is_empty().then_some((resource, lowered))
    }

    /// What is said of an operation that isn't there.
    fn no_operation(&self, key: &str, name: &str, resources: &[Resource]) -> Problem {
        if self.used_configuration.skipped.contains(name) {
            let message = format!("`{name}` is skipped, so nothing waits for it");
            let help = format!("remove the waiter, or `skip` from `[operations.{name}]`");
            return Problem(key.into(), message, help);
        }
        let operations = resources.iter().flat_map(|resource| &resource.operations);
        let ids: Vec<&str> = operations.clone().map(|it| it.id.as_str()).collect();
        let routes: Vec<String> = operations.map(Operation::route).collect();
        let known = ids.iter().copied().chain(routes.iter().map(String::as_str));
        let help = match nearest(name, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "the operations are {}",
                ids[..ids.len().min(LISTED)].join(", ")
            ),
        };
        Problem(key.into(), format!("{NO_OPERATION} `{name}`"), help)
    }

    /// Follows the configured path from the response to an open enum.
    fn state(
        &self,
        response: &Type,
        path: &[String],
        problems: &mut Vec<Problem>,
    ) -> Option<(Vec<Ident>, TypeId)> {
        let mut ty = response.clone();
        let mut idents = Vec::new();
        for key in path {
            let Type::Named(id) = self.types.behind_aliases(&ty) else {
                break;
            };
            let definition = self.types.definition(id)?;
            let Shape::Struct(Struct { fields, .. }) = &definition.shape else {
                break;
            };
            let Some(field) = fields.iter().find(|field| field.wire == *key) else {
                let known: Vec<&str> = fields.iter().map(|field| field.wire.as_str()).collect();
                problems.push(Problem(
                    "field".into(),
                    format!("`{}` has no field `{key}`", definition.name),
                    near_or(key, &known, "fields"),
                ));
                return None;
            };
            idents.push(field.name.clone());
            ty = field.ty.clone();
        }
        match self.types.behind_aliases(&ty) {
            Type::Named(id)
                if idents.len() == path.len()
                    && matches!(self.types.shape(id), Some(Shape::StringEnum(_))) =>
            {
                Some((idents, id))
            }
            _ => {
                problems.push(Problem(
                    "field".into(),
                    format!("`{}` is not an enum of strings", path.join(".")),
                    "use the field whose values are the states".into(),
                ));
                None
            }
        }
    }

    fn variants(
        &self,
        state: TypeId,
        values: &[String],
        key: &str,
        problems: &mut Vec<Problem>,
    ) -> Vec<Ident> {
        let Some(definition) = self.types.definition(state) else {
            return Vec::new();
        };
        let Shape::StringEnum(variants) = &definition.shape else {
            return Vec::new();
        };
        let mut idents = Vec::new();
        for (index, value) in values.iter().enumerate() {
            match variants.iter().find(|variant| variant.value == *value) {
                Some(variant) => idents.push(variant.name.clone()),
                None => {
                    let known: Vec<&str> = variants
                        .iter()
                        .map(|variant| variant.value.as_str())
                        .collect();
                    problems.push(Problem(
                        format!("{key}/{index}"),
                        format!("`{}` has no value `{value}`", definition.name),
                        near_or(value, &known, "values"),
                    ));
                }
            }
        }
        idents
    }
}

/// The name that was probably meant, else all that there are.
fn near_or(name: &str, known: &[&str], what: &str) -> String {
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("its {what} are {}", known.join(", ")),
    }
}

/// The operation that a key of the configuration means: an id, or method and path.
fn find(key: &str, resources: &[Resource]) -> Option<(usize, usize)> {
    resources.iter().enumerate().find_map(|(index, resource)| {
        let position = resource
            .operations
            .iter()
            .position(|operation| operation.id == key || operation.route() == key);
        position.map(|operation| (index, operation))
    })
}
