//! The derives and attributes of a type, those of the configuration among them.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{Attribute, TypeDef};

/// The derives that types of a kind have, and the attributes of this one.
pub(super) fn of(definition: &TypeDef, derives: &[&str]) -> TokenStream {
    let mut always: Vec<TokenStream> = derives
        .iter()
        .map(|name| {
            let name = format_ident!("{name}");
            quote!(#name)
        })
        .collect();
    let (plain, gated): (Vec<&Attribute>, Vec<&Attribute>) = definition
        .derives
        .iter()
        .partition(|it| it.feature.is_none());
    always.extend(plain.into_iter().map(tokens));
    let gated = gated.into_iter().map(|it| {
        let (path, feature) = (tokens(it), &it.feature);
        quote!(#[cfg_attr(feature = #feature, derive(#path))])
    });
    let attributes = definition.attributes.iter().map(|it| {
        let attribute = tokens(it);
        match &it.feature {
            Some(feature) => quote!(#[cfg_attr(feature = #feature, #attribute)]),
            None => quote!(#[#attribute]),
        }
    });
    quote! {
        #[derive(#(#always),*)]
        #(#gated)*
        #(#attributes)*
    }
}

/// What isn't an attribute is told before anything is emitted.
fn tokens(attribute: &Attribute) -> TokenStream {
    attribute.text.parse().unwrap_or_default()
}

/// Why a text isn't an attribute (The Rust Reference, "Attributes").
pub(in crate::emit) fn wrong_with(attribute: &Attribute) -> Option<String> {
    let parsed = syn::parse_str::<syn::Meta>(&attribute.text);
    parsed.err().map(|error| error.to_string())
}
