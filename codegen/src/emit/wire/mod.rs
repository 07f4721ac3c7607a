//! The private modules that say what types and requests are on the wire: tables, which nobody has to read.

pub(super) mod external;
pub(super) mod requests;
pub(super) mod types;
pub(super) mod xml;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Api;

use super::needs;

/// `wire/mod.rs`
pub(super) fn root(api: &Api) -> TokenStream {
    let requests = (!api.resources.is_empty()).then(|| {
        quote!(
            mod requests;
        )
    });
    let external = needs::externals(api).then(|| {
        quote!(
            mod external;
        )
    });
    let types = (!api.modules.is_empty()).then(|| {
        quote!(
            mod types;
        )
    });
    let xml = needs::xml(api).then(|| {
        quote!(
            pub(crate) mod xml;
        )
    });
    quote! {
        //! How requests are sent, and how values are serialized: tables that the runtime reads.

        #external
        #requests
        #types
        #xml
    }
}
