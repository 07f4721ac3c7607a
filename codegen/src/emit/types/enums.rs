//! Open enums.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use crate::model::{TypeDef, Variant};

use super::super::docs;
use super::super::spelling::ident;

/// The table of an enum of texts.
pub(super) fn text(definition: &TypeDef, variants: &[Variant<String>]) -> TokenStream {
    let table = table(definition, variants, |value| {
        docs::shown(value).into_token_stream()
    });
    quote!(tables::text_enum! { #table })
}

/// The table of an enum of whole numbers.
pub(super) fn integer(definition: &TypeDef, variants: &[Variant<i64>]) -> TokenStream {
    let number = |value: &i64| Literal::i64_unsuffixed(*value).into_token_stream();
    let table = table(definition, variants, number);
    quote!(tables::integer_enum! { #table })
}

fn table<T>(
    definition: &TypeDef,
    variants: &[Variant<T>],
    literal: impl Fn(&T) -> TokenStream,
) -> TokenStream {
    let name = ident(&definition.name);
    let doc = docs::of(&definition.docs, "");
    let values = variants.iter().map(|variant| {
        let mut row = docs::of(&variant.docs, "");
        let (name, value) = (ident(&variant.name), literal(&variant.value));
        row.extend(quote!(#name = #value));
        row
    });
    quote! {
        #doc
        pub enum #name { #(#values,)* }
    }
}
