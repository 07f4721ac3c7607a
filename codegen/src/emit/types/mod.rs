//! The modules of types: what a reader reads.

mod enums;
mod setters;
mod structs;
mod unions;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Module, Shape, Type, TypeDef, TypeId};

use super::spelling::{Spelling, ident};
use super::{docs, features};

/// `types/mod.rs`: the modules and what they hold, under one roof.
pub(super) fn root(api: &Api) -> TokenStream {
    let doc = docs::inner(&format!(
        "What is sent to {} and what it answers.\n\n\
         Structs are made with `new` and may get fields in later versions; enums keep values that \
         this version doesn't know.",
        docs::code(&api.title)
    ));
    let modules = api.modules.iter().map(|module| {
        let (gate, name) = (features::gate(module.feature.as_ref()), ident(&module.name));
        quote!(#gate mod #name;)
    });
    let reexports = api.modules.iter().map(|module| {
        let name = ident(&module.name);
        let items = module.types.iter().flat_map(|&id| public_names(api, id));
        let gate = features::gate(module.feature.as_ref());
        quote!(#gate pub use self::#name::{#(#items),*};)
    });
    let allow = allow_deprecated(api);
    quote! {
        #doc
        #allow
        #(#modules)*
        #(#reexports)*
    }
}

/// What is deprecated is still declared, derived for, encoded and re-exported.
pub(super) fn allow_deprecated(api: &Api) -> Option<TokenStream> {
    let deprecated = api.declared().any(|definition| {
        definition.docs.deprecated
            || match &definition.shape {
                Shape::Struct(shape) => shape.fields.iter().any(|field| field.docs.deprecated),
                Shape::Union(union) => union.variants.iter().any(|it| it.docs.deprecated),
                _ => false,
            }
    });
    deprecated.then(|| quote!(#![allow(deprecated)]))
}

/// The names that the definition of a type makes.
fn public_names(api: &Api, id: TypeId) -> Vec<proc_macro2::Ident> {
    let definition = api.type_def(id);
    let mut names = vec![ident(&definition.name)];
    if let Shape::Struct(shape) = &definition.shape
        && let Some(parts) = &shape.parts
    {
        names.push(ident(parts));
    }
    names
}

/// One module of types.
pub(super) fn module(api: &Api, module: &Module) -> TokenStream {
    let spelling = Spelling::in_types(api, &module.types);
    let doc = docs::inner(&module.docs.text);
    let items: Vec<TokenStream> = module
        .types
        .iter()
        .map(|&id| definition(&spelling, api.type_def(id)))
        .collect();
    let imports = spelling.imports();
    let large = unions::allow_large_variants(api, module);
    let tables = module
        .types
        .iter()
        .any(|&id| match &api.type_def(id).shape {
            Shape::Struct(shape) => structs::uses_tables(api.type_def(id), shape),
            _ => false,
        });
    let tables = tables.then(|| {
        quote!(
            use crate::runtime::tables;
        )
    });
    let allow = allow_deprecated(api);
    quote! {
        #doc
        #allow
        #large
        #imports
        #tables
        #(#items)*
    }
}

/// What is said of an alias that the document says nothing about.
fn what_it_is(target: &Type) -> String {
    match target {
        Type::String => "A text.",
        Type::Bool => "True or false.",
        Type::I32 | Type::I64 | Type::U64 => "A whole number.",
        Type::F64 => "A number.",
        Type::DateTime => "A point in time.",
        Type::Value => "Any JSON value.",
        Type::Array(_) => "A list.",
        Type::Map(_) => "A map.",
        Type::Nullable(_) | Type::Named(_) => "Another name for a type.",
    }
    .to_owned()
}

fn definition(spelling: &Spelling<'_>, definition: &TypeDef) -> TokenStream {
    match &definition.shape {
        Shape::Struct(shape) => structs::emit(spelling, definition, shape),
        Shape::TextEnum(variants) => enums::text(spelling, definition, variants),
        Shape::IntegerEnum(variants) => enums::integer(definition, variants),
        Shape::Union(union) => unions::emit(spelling, definition, union),
        Shape::Alias(target) => {
            let doc = docs::of(&definition.docs, &what_it_is(target));
            let (name, target) = (ident(&definition.name), spelling.ty(target));
            quote! {
                #doc
                pub type #name = #target;
            }
        }
        Shape::Newtype(inner) => {
            let doc = docs::of(
                &definition.docs,
                "A type that holds others of its own kind.",
            );
            let (name, inner) = (ident(&definition.name), spelling.ty(inner));
            quote! {
                #doc
                #[derive(Clone, Debug, PartialEq)]
                pub struct #name(
                    /// What it holds.
                    pub #inner,
                );
            }
        }
    }
}
