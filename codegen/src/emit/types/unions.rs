//! Unions.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use crate::model::{Api, JsonKind, Module, Shape, Told, Type, TypeDef, Union, UnionVariant};

use super::super::docs;
use super::super::spelling::{Spelling, ident};

/// The enum of a union.
pub(super) fn emit(spelling: &Spelling<'_>, definition: &TypeDef, union: &Union) -> TokenStream {
    let name = ident(&definition.name);
    let mut said = docs::text_of(&definition.docs, &one_of(union));
    if let Some(told) = told_apart(union) {
        said.push_str("\n\n");
        said.push_str(&told);
    }
    let doc = docs::outer(&said);
    let deprecated = definition.docs.deprecated.then(|| quote!(#[deprecated]));
    let declared = union.variants.iter().map(|variant| {
        let doc = docs::of(&variant.docs, &variant_words(variant));
        let (name, ty) = (ident(&variant.name), payload(spelling, variant));
        quote! {
            #doc
            #name(#ty)
        }
    });
    let unknown = docs::outer(unknown_words(union));
    quote! {
        #doc
        #deprecated
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#declared,)*
            #unknown
            UnknownValue(serde_json::Value),
        }
    }
}

/// The type that a variant holds.
fn payload(spelling: &Spelling<'_>, variant: &UnionVariant) -> TokenStream {
    let ty = spelling.ty(&variant.ty);
    if variant.boxed {
        let boxed = spelling.std("Box");
        quote!(#boxed<#ty>)
    } else {
        ty
    }
}

/// Lets variants differ in size, in a module where they may: a box for those that are large now
/// would come and go with the fields of their types, and break every program that names them.
pub(super) fn allow_large_variants(api: &Api, module: &Module) -> Option<TokenStream> {
    let unions = module.types.iter().filter_map(|&id| api.union(id));
    let mut variants = unions.flat_map(|union| &union.variants);
    let is_large = |variant: &UnionVariant| match api.resolve(&variant.ty) {
        Type::Named(id) => {
            let shape = &api.type_def(*id).shape;
            !variant.boxed && matches!(shape, Shape::Struct(_) | Shape::Union(_))
        }
        _ => false,
    };
    variants
        .any(is_large)
        .then(|| quote!(#![allow(clippy::large_enum_variant)]))
}

/// What is said of a union that the document says nothing about.
fn one_of(union: &Union) -> String {
    let mut kinds: Vec<&str> = Vec::new();
    for variant in &union.variants {
        let kind = kind_words(variant).trim_end_matches('.');
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    if let [one] = kinds.as_slice()
        && union.variants.len() > 1
    {
        return format!("{one} of one of several types.");
    }
    let mut text = String::new();
    for (index, kind) in kinds.iter().enumerate() {
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

/// How objects are told apart, where their kind doesn't say it.
fn told_apart(union: &Union) -> Option<String> {
    let any = |told: fn(&Told) -> bool| union.variants.iter().any(|it| told(&it.told));
    let fields = any(|told| matches!(told, Told::Fields { .. } | Told::Nested));
    let tag = union.tag.as_deref().map(docs::code);
    match (tag, fields) {
        (Some(tag), false) => Some(format!("Objects are told apart by {tag}.")),
        (Some(tag), true) => Some(format!(
            "Objects are told apart by {tag}, where it says nothing by their fields."
        )),
        (None, _) if any(|told| matches!(told, Told::Fields { .. })) => Some(
            "Objects are told apart by their fields: the first variant that has all its required \
             fields there and names most of the others takes the object."
                .to_owned(),
        ),
        (None, _) => None,
    }
}

/// What is said of a variant that the document says nothing about.
fn variant_words(variant: &UnionVariant) -> String {
    match &variant.told {
        Told::Tag { values, .. } => {
            let values: Vec<String> = values
                .iter()
                .map(|value| match value {
                    Value::String(text) => docs::code(text),
                    other => docs::code(&other.to_string()),
                })
                .collect();
            format!("Tagged {}.", values.join(" or "))
        }
        _ => kind_words(variant).to_owned(),
    }
}

fn unknown_words(union: &Union) -> &'static str {
    let objects = union.variants.iter().any(|it| {
        matches!(
            it.told,
            Told::Tag { .. } | Told::Fields { .. } | Told::Nested
        )
    });
    match (union.any, objects) {
        (true, _) => "Any other value.",
        (false, true) => {
            "A value that none of the variants of this version of the crate takes, as it was \
             received."
        }
        (false, false) => "A value of a kind that this version of the crate doesn't know.",
    }
}

fn kind_words(variant: &UnionVariant) -> &'static str {
    match &variant.told {
        Told::Kind(JsonKind::String) => "A text.",
        Told::Kind(JsonKind::Integer) => "A whole number.",
        Told::Kind(JsonKind::Number) => "A number.",
        Told::Kind(JsonKind::Boolean) => "True or false.",
        Told::Kind(JsonKind::Array) => "A list.",
        Told::Kind(JsonKind::Object) | Told::Tag { .. } | Told::Fields { .. } => "An object.",
        Told::Nested => "One of several types.",
    }
}
