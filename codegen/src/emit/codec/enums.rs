//! Open enums: a line a value.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Variant;

use super::super::spelling::ident;

/// The table of an enum of texts.
pub(super) fn text(target: &TokenStream, variants: &[Variant<String>]) -> TokenStream {
    let values = variants.iter().map(|variant| {
        let (name, value) = (ident(&variant.name), &variant.value);
        quote!(#name: #value,)
    });
    quote!(tables::text_enum!(#target { #(#values)* });)
}

/// The table of an enum of whole numbers.
pub(super) fn integer(target: &TokenStream, variants: &[Variant<i64>]) -> TokenStream {
    let values = variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let value = proc_macro2::Literal::i64_unsuffixed(variant.value);
        quote!(#name: #value,)
    });
    quote!(tables::integer_enum!(#target { #(#values)* });)
}
