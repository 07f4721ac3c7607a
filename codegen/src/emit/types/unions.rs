//! Unions.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Discriminant, TypeDef, Union, UnionVariant};

use super::super::docs;
use super::super::spelling::{Spelling, ident};
use super::attributes;

/// The enum of a union.
pub(super) fn emit(spelling: &Spelling<'_>, definition: &TypeDef, union: &Union) -> TokenStream {
    let name = ident(&definition.name);
    let mut text = docs::text_of(&definition.docs, "");
    if let Some(discriminated) = discriminated(union) {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&discriminated);
    }
    let doc = docs::outer(&text);
    let deprecated = definition.docs.deprecated.then(|| quote!(#[deprecated]));
    let variants = union.variants.iter().map(|it| variant(spelling, it));
    let attributes = attributes::of(definition, &["Clone", "Debug", "PartialEq"]);
    quote! {
        #doc
        #deprecated
        #attributes
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// Any other value, kept as received.
            UnknownValue(serde_json::Value),
        }
    }
}

fn variant(spelling: &Spelling<'_>, variant: &UnionVariant) -> TokenStream {
    let values = match &variant.discriminant {
        Discriminant::Tag { values, .. } => values.as_slice(),
        _ => &[],
    };
    let shown: Vec<String> = values.iter().map(docs::value).collect();
    let sentence = match &shown[..] {
        [] => None,
        [one] => Some(format!("Discriminator value: {one}.")),
        several => Some(format!("Discriminator values: {}.", several.join(", "))),
    };
    let doc = docs::with_sentences(&variant.docs, sentence.as_slice());
    let (name, mut ty) = (ident(&variant.name), spelling.ty(&variant.ty));
    if variant.boxed {
        let boxed = spelling.std("Box");
        ty = quote!(#boxed<#ty>);
    }
    quote!(#doc #name(#ty))
}

/// How the variant of an object is found, where the kind of the value doesn't say it.
fn discriminated(union: &Union) -> Option<String> {
    let any = |is_kind: fn(&Discriminant) -> bool| {
        union.variants.iter().any(|it| is_kind(&it.discriminant))
    };
    let fields = any(|it| matches!(it, Discriminant::Fields { .. } | Discriminant::Nested));
    let tag = union.tag.as_deref().map(docs::code);
    let others = union.variants.iter().find(|it| it.takes_others);
    if let (Some(tag), Some(others)) = (&tag, others) {
        let name = &others.name;
        return Some(format!(
            "Discriminated by {tag}; an object with another value, or without one, is [`Self::{name}`]."
        ));
    }
    match (tag, fields) {
        (Some(tag), false) => Some(format!("Discriminated by {tag}.")),
        (Some(tag), true) => Some(format!(
            "Discriminated by {tag}, falling back to matching field names."
        )),
        (None, _) if any(|it| matches!(it, Discriminant::Fields { .. })) => Some(
            "Discriminated by field names: an object is read as the variant whose constant values \
             match at every depth, whose required fields are present, and which leaves the fewest \
             properties unmatched."
                .to_owned(),
        ),
        (None, _) => None,
    }
}
