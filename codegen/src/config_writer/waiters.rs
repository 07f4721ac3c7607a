//! `[[waiters]]`: waits that a description seems to offer. It can't say so, so they are suggestions.

use std::fmt::Write as _;

use crate::model::{Api, Field, HttpMethod, Operation, ParameterLocation, Resource, Shape, Type};
use crate::names::{Ident, snake_case, words};

use super::operations::{Keys, calls, way_to};
use super::pages::dotted;
use super::text::{shown, string, strings};

/// What fields are called that tell how far something is.
const STATES: [&str; 3] = ["status", "state", "phase"];

/// Words for something that has ended well.
const DONE: [&str; 9] = [
    "complete",
    "completed",
    "done",
    "finished",
    "processed",
    "ready",
    "succeeded",
    "success",
    "successful",
];

/// Words for something that has ended otherwise.
const FAILED: [&str; 13] = [
    "aborted",
    "canceled",
    "cancelled",
    "crashed",
    "error",
    "errored",
    "expired",
    "failed",
    "failure",
    "incomplete",
    "rejected",
    "terminated",
    "timeout",
];

/// Words for something that is under way.
const OPEN: [&str; 14] = [
    "building",
    "creating",
    "initializing",
    "pending",
    "preparing",
    "processing",
    "progress",
    "provisioning",
    "queued",
    "running",
    "scheduled",
    "started",
    "validating",
    "waiting",
];

/// A state that ends, found in the response of an operation.
struct Wait<'a> {
    operation: &'a Operation,
    start: Option<&'a Operation>,
    /// The fields that lead to the state, on the wire.
    field: String,
    values: Vec<&'a str>,
    done: Vec<&'a str>,
    failed: Vec<&'a str>,
}

/// The suggestions, all of them comments; nothing where there are none.
pub(super) fn section(api: &Api) -> String {
    let keys = Keys::of(api);
    let mut text = String::new();
    for resource in &api.resources {
        let mut is_first = true;
        for operation in calls(resource) {
            if let Some(wait) = wait(api, resource, operation) {
                text.push_str(&suggestion(api, resource, &wait, &keys, is_first));
                is_first = false;
            }
        }
    }
    if text.is_empty() {
        return text;
    }
    format!(
        "# Suggested polling methods: they repeat an operation until a final state is reached.\n{text}"
    )
}

fn suggestion(
    api: &Api,
    resource: &Resource,
    wait: &Wait<'_>,
    keys: &Keys<'_>,
    is_first: bool,
) -> String {
    // One resource can have several, of which the first needs no name of its own.
    let name = match named(api, wait.operation) {
        Some(of) if !is_first => format!("wait_for_{}", snake_case(of)),
        _ => "wait".to_owned(),
    };
    let values: Vec<String> = wait.values.iter().map(|value| shown(value)).collect();
    let mut text = String::from("#\n");
    // Writing to a string can't fail.
    let _ = writeln!(
        text,
        "# {}.{name}(..): `{}` is one of {}\n# [[waiters]]",
        way_to(resource),
        shown(&wait.field),
        values.join(", ")
    );
    let mut say = |key: &str, value: String| {
        let _ = writeln!(text, "# {key} = {value}");
    };
    if name != "wait" {
        say("name", string(&name));
    }
    say("operation", string(&keys.key(wait.operation)));
    if let Some(start) = wait.start {
        say("start", string(&keys.key(start)));
    }
    say("field", string(&wait.field));
    say("done", strings(wait.done.iter().copied()));
    if !wait.failed.is_empty() {
        say("failed", strings(wait.failed.iter().copied()));
    }
    text
}

/// The wait that an operation is good for, if it reads one thing whose state tells that it has ended.
fn wait<'a>(api: &'a Api, resource: &'a Resource, operation: &'a Operation) -> Option<Wait<'a>> {
    let reads_one = operation.http == HttpMethod::Get
        && operation.pagination.is_none()
        && operation
            .parameters
            .iter()
            .any(|it| it.place == ParameterLocation::Path);
    let response = operation.output.value_type()?;
    let start = start(api, resource, operation).filter(|_| reads_one)?;
    let (path, values) = state(api, response)?;
    let field = dotted(api, response, &path)?;
    // A dot leads from one property to the next, and has no other meaning there.
    if field.matches('.').count() + 1 != path.len() {
        return None;
    }
    let of = |known: &[&str]| -> Vec<&'a str> {
        let is_known = |value: &&&str| {
            let words = words(value);
            words.iter().any(|word| known.contains(&word.as_str()))
        };
        values.iter().filter(is_known).copied().collect()
    };
    let (open, failed) = (of(&OPEN), of(&FAILED));
    let mut done = of(&DONE);
    // `completed_with_errors` ends it, and `error_processing` is no way to be under way.
    done.retain(|value| !failed.contains(value));
    let is_open = open
        .iter()
        .any(|value| !failed.contains(value) && !done.contains(value));
    (is_open && !done.is_empty()).then_some(Wait {
        operation,
        start: Some(start),
        field,
        values,
        done,
        failed,
    })
}

/// The operation of the same resource that makes what another one reads: its response is of the same
/// type, or its path leads to the other's.
fn start<'a>(api: &'a Api, resource: &'a Resource, read: &Operation) -> Option<&'a Operation> {
    let posts = || calls(resource).filter(|it| it.http == HttpMethod::Post);
    let same = |it: &&Operation| {
        let own = named(api, it);
        own.is_some() && own == named(api, read)
    };
    let leads = |it: &&Operation| {
        let rest = read.path.strip_prefix(it.path.trim_end_matches('/'));
        let rest = rest.and_then(|rest| rest.strip_prefix('/'));
        rest.is_some_and(|rest| rest.starts_with('{') && !rest.contains('/'))
    };
    posts().find(leads).or_else(|| posts().find(same))
}

/// The name of the type that an operation returns.
fn named<'a>(api: &'a Api, operation: &'a Operation) -> Option<&'a str> {
    let ty = operation.output.value_type()?;
    match api.resolve(ty) {
        Type::Named(id) => Some(api.type_def(*id).name.as_str()),
        _ => None,
    }
}

/// The fields that lead to a state, and its values: in the response itself, or else in something that it
/// holds.
fn state<'a>(api: &'a Api, response: &'a Type) -> Option<(Vec<Ident>, Vec<&'a str>)> {
    let direct = |ty: &'a Type| {
        let fields = fields(api, ty)?;
        let mut states = fields.iter().filter(|field| {
            let words = words(&field.wire);
            words
                .last()
                .is_some_and(|last| STATES.contains(&last.as_str()))
        });
        states.find_map(|field| Some((field, values(api, &field.ty)?)))
    };
    if let Some((field, values)) = direct(response) {
        return Some((vec![field.name.clone()], values));
    }
    fields(api, response)?.iter().find_map(|outer| {
        let (field, values) = direct(&outer.ty)?;
        Some((vec![outer.name.clone(), field.name.clone()], values))
    })
}

fn fields<'a>(api: &'a Api, ty: &'a Type) -> Option<&'a [Field]> {
    match api.resolve(ty) {
        Type::Named(id) => match &api.type_def(*id).shape {
            Shape::Struct(shape) => Some(&shape.fields),
            _ => None,
        },
        _ => None,
    }
}

fn values<'a>(api: &'a Api, ty: &'a Type) -> Option<Vec<&'a str>> {
    match api.resolve(ty) {
        Type::Named(id) => match &api.type_def(*id).shape {
            Shape::StringEnum(variants) => {
                Some(variants.iter().map(|it| it.value.as_str()).collect())
            }
            _ => None,
        },
        _ => None,
    }
}
