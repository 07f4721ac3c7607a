//! The operation of the first example in the README and on the front page.

use std::cmp::Reverse;

use crate::model::{Api, HttpMethod, Operation, Output, Resource};

use super::sample::Sampler;
use super::{call_sample, examples};

/// Most arguments of an operation that is preferred as the first example.
const FEW: usize = 1;

/// The operation that the configuration names, or else the most typical one.
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

/// The most typical list operation. Deprecated ones are left out, for the compiler warns of them.
pub(super) fn list(api: &Api) -> Option<(&Resource, &Operation)> {
    let lists = api.operations().filter(|(_, operation)| {
        let needs_nothing = operation.arguments().next().is_none() && !operation.needs_body();
        needs_nothing && !operation.docs.deprecated && is_list(api, operation)
    });
    lists.min_by_key(|(resource, operation)| {
        (!is_chosen(api, operation), rank(api, resource, operation))
    })
}

/// Whether the response of an operation can be iterated over.
pub(super) fn is_list(api: &Api, operation: &Operation) -> bool {
    operation.pagination.is_some() || examples::list_field(api, operation).is_some()
}

fn is_chosen(api: &Api, operation: &Operation) -> bool {
    let wanted = api.first_call.as_deref();
    wanted.is_some_and(|wanted| operation.route() == wanted)
}

/// Whether the configured operation doesn't exist, or has no example.
pub(super) fn is_missing(api: &Api) -> bool {
    let mut chosen = api.operations().filter(|(_, it)| is_chosen(api, it));
    let shown = chosen.any(|(resource, operation)| can_be_shown(api, resource, operation));
    api.first_call.is_some() && !shown
}

fn can_be_shown(api: &Api, resource: &Resource, operation: &Operation) -> bool {
    call_sample::unsent(&Sampler::new(api), resource, operation).is_some()
}

/// The rank of an operation as the first example, lowest first: stable operations, then a list or get
/// with few arguments, then one of the resource with most operations.
fn rank(api: &Api, resource: &Resource, operation: &Operation) -> impl Ord + use<> {
    let gives = match &operation.output {
        Output::Json(_) | Output::Maybe(_) | Output::Xml(..) | Output::Several { .. } => 0,
        Output::String(_) | Output::Text | Output::Bytes => 1,
        Output::Redirection | Output::None => 2,
    };
    let arguments = operation.arguments().count();
    let reads = operation.http == HttpMethod::Get && gives == 0 && !operation.needs_body();
    (
        is_unstable(resource, operation),
        !(reads && arguments <= FEW),
        // Among all others, those with the fewest requirements.
        (!reads).then(|| (gives, operation.needs_body(), arguments)),
        Reverse(resource.operations.len()),
        arguments,
        !is_list(api, operation),
    )
}

/// Whether an operation or its resource may change or disappear.
pub(super) fn is_unstable(resource: &Resource, operation: &Operation) -> bool {
    resource.unstable || operation.unstable
}
