//! The private modules that say what types are serialized as: tables, which nobody has to read.

pub(super) mod types;

use proc_macro2::TokenStream;
use quote::quote;

/// `wire/mod.rs`
pub(super) fn root() -> TokenStream {
    quote! {
        //! How values are serialized.

        mod types;
    }
}
