//! The call that README and front page show first.

use std::cmp::Reverse;

use crate::model::{Api, HttpMethod, Operation, Output, Resource};

use super::sample::Sampler;
use super::{call_sample, examples};

/// Most arguments of a call that shows what the crate is like.
const FEW: usize = 1;

/// The operation that somebody chose, or else the one that shows best what the crate is like.
pub(super) fn operation(api: &Api) -> Option<(&Resource, &Operation)> {
    let all = api.operations();
    let all = all.filter(|(_, it)| !it.docs.deprecated || is_chosen(api, it));
    let mut all: Vec<(&Resource, &Operation)> = all.collect();
    // They keep their order where nothing is better about one of them.
    all.sort_by_cached_key(|(resource, operation)| {
        (!is_chosen(api, operation), rank(api, resource, operation))
    });
    all.into_iter()
        .find(|(resource, operation)| can_be_shown(api, resource, operation))
}

/// The list that shows best what lists are like. The compiler warns of a deprecated one.
pub(super) fn list(api: &Api) -> Option<(&Resource, &Operation)> {
    let lists = api.operations().filter(|(_, operation)| {
        let needs_nothing = operation.arguments().next().is_none() && !operation.needs_body();
        needs_nothing && !operation.docs.deprecated && is_list(api, operation)
    });
    lists.min_by_key(|(resource, operation)| {
        (!is_chosen(api, operation), rank(api, resource, operation))
    })
}

/// Whether what an operation answers can be gone through, item by item.
pub(super) fn is_list(api: &Api, operation: &Operation) -> bool {
    operation.pagination.is_some() || examples::list_field(api, operation).is_some()
}

fn is_chosen(api: &Api, operation: &Operation) -> bool {
    let wanted = api.first_call.as_deref();
    wanted.is_some_and(|wanted| operation.route() == wanted)
}

/// Whether an operation was chosen whose call can't be written down.
pub(super) fn is_missing(api: &Api) -> bool {
    let mut chosen = api.operations().filter(|(_, it)| is_chosen(api, it));
    let shown = chosen.any(|(resource, operation)| can_be_shown(api, resource, operation));
    api.first_call.is_some() && !shown
}

fn can_be_shown(api: &Api, resource: &Resource, operation: &Operation) -> bool {
    call_sample::unsent(&Sampler::new(api), resource, operation).is_some()
}

/// How little an operation is like what a reader looks for: something that stays, then a list or a get
/// with few arguments, then one of the resource with most calls.
fn rank(api: &Api, resource: &Resource, operation: &Operation) -> impl Ord + use<> {
    let gives = match &operation.output {
        Output::Json(_) | Output::Maybe(_) | Output::Several { .. } => 0,
        Output::String(_) | Output::Text | Output::Bytes => 1,
        Output::Redirection | Output::None => 2,
    };
    let arguments = operation.arguments().count();
    let reads = operation.http == HttpMethod::Get && gives == 0 && !operation.needs_body();
    (
        is_unstable(resource, operation),
        !(reads && arguments <= FEW),
        // Of all others, those that need least.
        (!reads).then(|| (gives, operation.needs_body(), arguments)),
        Reverse(resource.operations.len()),
        arguments,
        !is_list(api, operation),
    )
}

/// Whether something may be another one tomorrow, or not be there.
pub(super) fn is_unstable(resource: &Resource, operation: &Operation) -> bool {
    resource.unstable || operation.unstable
}
