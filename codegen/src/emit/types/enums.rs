//! Open enums. Their tables give them `VALUES` and what returns a value as it is serialized.

use std::fmt::Display;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{TypeDef, Variant};

use super::super::docs;
use super::super::spelling::{Spelling, ident};
use super::attributes;

/// An enum of strings.
pub(super) fn text(
    spelling: &Spelling<'_>,
    definition: &TypeDef,
    variants: &[Variant<String>],
) -> TokenStream {
    let name = ident(&definition.name);
    let doc = docs::of(&definition.docs, "");
    let variants = variants
        .iter()
        .map(|it| variant(it, |value| docs::string(value)));
    let string = spelling.std("String");
    let derives = [
        "Clone",
        "Debug",
        "PartialEq",
        "Eq",
        "PartialOrd",
        "Ord",
        "Hash",
    ];
    let attributes = attributes::of(definition, &derives);
    quote! {
        #doc
        #attributes
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that this version of the crate doesn't know, kept as received.
            UnknownValue(#string),
        }
    }
}

/// An enum of integers.
pub(super) fn integer(definition: &TypeDef, variants: &[Variant<i64>]) -> TokenStream {
    let name = ident(&definition.name);
    let doc = docs::of(&definition.docs, "");
    let variants = variants.iter().map(|it| variant(it, shown));
    let derives = [
        "Clone",
        "Copy",
        "Debug",
        "PartialEq",
        "Eq",
        "PartialOrd",
        "Ord",
        "Hash",
    ];
    let attributes = attributes::of(definition, &derives);
    quote! {
        #doc
        #attributes
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that this version of the crate doesn't know, kept as received.
            UnknownValue(i64),
        }
    }
}

fn variant<T>(variant: &Variant<T>, shown: fn(&T) -> String) -> TokenStream {
    let serialized = format!("Serialized as {}.", shown(&variant.value));
    let mut tokens = docs::with_sentences(&variant.docs, &[serialized]);
    let name = ident(&variant.name);
    tokens.extend(quote!(#name));
    tokens
}

fn shown(value: &impl Display) -> String {
    docs::code(&value.to_string())
}
