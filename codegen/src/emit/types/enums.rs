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
    let arms = variants.iter().map(|variant| {
        let (name, value) = (ident(&variant.name), &variant.value);
        quote!(Self::#name => #value)
    });
    let known = variants.iter().map(|variant| ident(&variant.name));
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

        impl #name {
            /// All values that this version of the crate knows.
            pub const VALUES: &'static [Self] = &[#(Self::#known),*];

            /// The value as it goes over the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    #(#arms,)*
                    Self::UnknownValue(value) => value,
                }
            }
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
    let arms = variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let value = number(variant.value);
        quote!(Self::#name => #value)
    });
    let known = variants.iter().map(|variant| ident(&variant.name));
    quote! {
        #doc
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#declared,)*
            /// A number that this version of the crate doesn't know.
            UnknownValue(i64),
        }

        impl #name {
            /// All numbers that this version of the crate knows.
            pub const VALUES: &'static [Self] = &[#(Self::#known),*];

            /// The number as it goes over the wire.
            #[must_use]
            pub fn value(self) -> i64 {
                match self {
                    #(#arms,)*
                    Self::UnknownValue(value) => value,
                }
            }
        }
    }
}

/// A number as it is written by hand.
pub(in super::super) fn number(value: i64) -> proc_macro2::Literal {
    proc_macro2::Literal::i64_unsuffixed(value)
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
