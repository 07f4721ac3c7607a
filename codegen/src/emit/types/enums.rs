//! Open enums.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{TypeDef, Variant};

use super::super::docs;
use super::super::spelling::{Spelling, ident};

/// An enum of texts.
pub(super) fn text(
    spelling: &Spelling<'_>,
    definition: &TypeDef,
    variants: &[Variant<String>],
) -> TokenStream {
    let name = ident(&definition.name);
    let doc = docs::of(&definition.docs, "One of some values.");
    let declared = variants
        .iter()
        .map(|variant| declare(variant, &variant.value));
    let string = spelling.std("String");
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#declared,)*
            /// A value that this version of the crate doesn't know, as it was received.
            UnknownValue(#string),
        }
    }
}

/// An enum of whole numbers.
pub(super) fn integer(definition: &TypeDef, variants: &[Variant<i64>]) -> TokenStream {
    let name = ident(&definition.name);
    let doc = docs::of(&definition.docs, "One of some numbers.");
    let declared = variants
        .iter()
        .map(|variant| declare(variant, &variant.value.to_string()));
    quote! {
        #doc
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#declared,)*
            /// A number that this version of the crate doesn't know.
            UnknownValue(i64),
        }
    }
}

fn declare<T>(variant: &Variant<T>, wire: &str) -> TokenStream {
    let fallback = match wire {
        "" => "The empty text on the wire.".to_owned(),
        wire => format!("{} on the wire.", docs::code(wire)),
    };
    let doc = docs::of(&variant.docs, &fallback);
    let name = ident(&variant.name);
    quote! {
        #doc
        #name
    }
}
