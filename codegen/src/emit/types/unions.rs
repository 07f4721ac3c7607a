//! Unions of what JSON tells apart by itself.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{TypeDef, UnionVariant};

use super::super::docs;
use super::super::spelling::{Spelling, ident};

/// The enum of a union.
pub(super) fn emit(
    spelling: &Spelling<'_>,
    definition: &TypeDef,
    variants: &[UnionVariant],
) -> TokenStream {
    let name = ident(&definition.name);
    let doc = docs::of(&definition.docs, &one_of(variants));
    let declared = variants.iter().map(|variant| {
        let doc = docs::of(&variant.docs, kind_words(variant));
        let (name, ty) = (ident(&variant.name), payload(spelling, variant));
        quote! {
            #doc
            #name(#ty)
        }
    });
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#declared,)*
            /// A value of a kind that this version of the crate doesn't know.
            UnknownValue(serde_json::Value),
        }
    }
}

/// The type that a variant holds.
pub(in super::super) fn payload(spelling: &Spelling<'_>, variant: &UnionVariant) -> TokenStream {
    let ty = spelling.ty(&variant.ty);
    if variant.boxed {
        let boxed = spelling.std("Box");
        quote!(#boxed<#ty>)
    } else {
        ty
    }
}

/// What is said of a union that the document says nothing about.
fn one_of(variants: &[UnionVariant]) -> String {
    let kinds: Vec<&str> = variants.iter().map(kind_words).collect();
    let mut text = String::new();
    for (index, kind) in kinds.iter().enumerate() {
        let kind = kind.trim_end_matches('.');
        if index == 0 {
            text.push_str(kind);
            continue;
        }
        let last = index + 1 == kinds.len();
        text.push_str(if last { " or " } else { ", " });
        text.push_str(&kind.to_lowercase());
    }
    text + "."
}

fn kind_words(variant: &UnionVariant) -> &'static str {
    use crate::model::JsonKind::{Array, Boolean, Integer, Number, Object, String};
    match variant.kind {
        String => "A text.",
        Integer => "A whole number.",
        Number => "A number.",
        Boolean => "True or false.",
        Array => "A list.",
        Object => "An object.",
    }
}
