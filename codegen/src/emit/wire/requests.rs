//! The private modules `wire::requests`: what the runtime has to know of the requests of a resource.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Output, Resource};

use super::super::common::Common;
use super::super::spelling::{Spelling, ident};
use super::super::types::allow_deprecated;
use super::super::{docs, events, features, operation_table, output, pages, request, waits};

/// `wire/requests/mod.rs`: a module for each resource.
pub(in crate::emit) fn root(api: &Api) -> TokenStream {
    let modules = api.top_resources().map(declaration);
    quote! {
        //! How requests are sent and their responses read.

        #(#modules)*
    }
}

/// The module of one resource.
pub(in crate::emit) fn module(api: &Api, common: &Common<'_>, resource: &Resource) -> TokenStream {
    let path = resource.path_joined("::");
    let doc = docs::inner(&format!(
        "How the requests of [`{path}`](crate::{path}) are sent and their responses read."
    ));
    let nested = common.children(resource).iter().copied().map(declaration);
    if resource.operations.is_empty() {
        return quote! {
            #doc

            #(#nested)*
        };
    }
    let spelling = Spelling::elsewhere(api);
    let mut items = Vec::with_capacity(resource.operations.len());
    for operation in &resource.operations {
        items.push(operation_table::table(api, common, &spelling, operation));
        items.extend(pages::emit(api, &spelling, operation));
        items.extend(events::emit(&spelling, operation));
        items.extend(output::read_impl(&spelling, operation));
    }
    for waiter in &resource.waiters {
        items.extend(waits::polled(api, &spelling, resource, waiter));
    }
    let own_imports = spelling.imports();
    let names_types =
        !resource.waiters.is_empty() || resource.operations.iter().any(request::returns_types);
    let types = names_types.then(|| {
        quote!(
            use crate::types;
        )
    });
    let is_paged = |it: &crate::model::Operation| it.pagination.is_some();
    let runtime = if resource.operations.iter().any(is_paged) {
        quote!({paging, requests})
    } else {
        quote!(requests)
    };
    let path = resource.path().map(ident);
    let structs = structs(resource);
    let allow = allow_deprecated(common);
    quote! {
        #doc
        #allow
        #own_imports
        use crate::#(#path::)*#structs;
        use crate::runtime::#runtime;
        #types

        #(#nested)*

        #(#items)*
    }
}

/// The items of a resource's module that its tables name.
fn structs(resource: &Resource) -> TokenStream {
    let operations = resource.operations.iter().flat_map(|operation| {
        let output = match &operation.output {
            Output::Several { name, .. } => Some(name),
            _ => None,
        };
        [Some(&operation.request), output].into_iter().flatten()
    });
    let pollers = resource.waiters.iter().map(|waiter| &waiter.request);
    let names: Vec<_> = operations.chain(pollers).map(ident).collect();
    match names.as_slice() {
        [only] => quote!(#only),
        several => quote!({#(#several),*}),
    }
}

fn declaration(resource: &Resource) -> TokenStream {
    let gate = features::gate_of(resource);
    let name = ident(&resource.module);
    quote!(#gate mod #name;)
}
