//! Pagination and polling.

use quote::quote;

use crate::model::Api;

use super::super::sample::Sampler;
use super::super::{call_sample, features, waits};
use super::{ASYNC, section};

/// How the items of all pages are read, for an API with paginated operations.
pub(super) fn pagination(api: &Api) -> Result<Option<String>, String> {
    let paginated = api
        .operations()
        .filter(|(_, it)| it.pagination.is_some() && !it.docs.deprecated);
    let sampler = Sampler::new(api);
    let mut requests = paginated.filter_map(|(resource, operation)| {
        let request = call_sample::unsent(&sampler, resource, operation)?;
        Some((resource, request))
    });
    let Some((resource, request)) = requests.next() else {
        return Ok(None);
    };
    let imports = sampler.imports(&[]);
    section(
        api,
        "Pagination",
        "A paginated operation returns one page from `send`. `into_stream` iterates over the items of \
         all pages and `into_pages` over the pages; both request the next page when it is needed, and \
         end with an error when the server repeats a page. `into_stream_from` and `into_pages_from` \
         start at a given page token.",
        &format!("{}{ASYNC}", features::hidden_gate(resource)),
        imports,
        &quote! {
            let mut items = #request.into_stream();
            while let Some(item) = items.next().await {
                let item = item?;
                println!("{item:?}");
            }
        },
    )
}

/// How the end of an operation is awaited, for an API with polling methods.
pub(super) fn polling(api: &Api) -> Result<Option<String>, String> {
    let sampler = Sampler::new(api);
    let waiters = api.resources.iter().flat_map(|resource| {
        resource
            .waiters
            .iter()
            .map(move |waiter| (resource, waiter))
    });
    let mut pollers = waiters.filter_map(|(resource, waiter)| {
        let poller = call_sample::unsent_wait(&sampler, resource, waiter)?;
        Some((resource, poller))
    });
    let Some((resource, poller)) = pollers.next() else {
        return Ok(None);
    };
    let [interval, timeout, progress] = waits::setting_names();
    let imports = sampler.imports(&[]);
    section(
        api,
        "Polling",
        &format!(
            "A polling method repeats a request until the resource reaches a final state, with \
             growing intervals. `{interval}` sets the first interval, `{timeout}` limits the total \
             time, and `{progress}` is called with each response. If the operation failed, \
             [`Error::is_operation_failed`] is true, and [`Error::last_polled`] returns the last \
             response."
        ),
        &format!("{}{ASYNC}", features::hidden_gate(resource)),
        quote!(use std::time::Duration; #imports),
        &quote! {
            let done = #poller
                .with_poll_interval(Duration::from_secs(2))
                .with_wait_timeout(Duration::from_secs(600))
                .send()
                .await?;
            println!("{done:?}");
        },
    )
}
