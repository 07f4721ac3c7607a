//! `wire/mod.rs`: what the runtime has to know of the API, apart from what its users see.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Api;

/// `wire/mod.rs`
pub(super) fn root(api: &Api) -> TokenStream {
    let requests = (!api.resources.is_empty()).then(|| {
        quote!(
            mod requests;
        )
    });
    quote! {
        //! What is sent and received, in the terms of HTTP: tables that the runtime reads.

        #requests
    }
}
