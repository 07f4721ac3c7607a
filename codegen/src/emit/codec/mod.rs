//! How types are decoded and encoded: what nobody has to read.
//!
//! The impls are emitted rather than derived, since that compiles several times faster; the
//! runtime holds everything that they share.

mod enums;
mod objects;
mod unions;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, JsonKind, Module, Shape};

use super::spelling::{Spelling, braced, ident};
use super::types::allow_deprecated;

/// `codec/mod.rs`
pub(super) fn root(api: &Api) -> TokenStream {
    let modules = api.modules.iter().map(|module| ident(&module.name));
    quote! {
        //! How the API's types are read from JSON and written as JSON.

        #(mod #modules;)*
    }
}

/// One module, beside the module of types of the same name.
pub(super) fn module(api: &Api, module: &Module) -> TokenStream {
    let spelling = Spelling::elsewhere(api);
    let impls: Vec<TokenStream> = module
        .types
        .iter()
        .filter_map(|&id| {
            let definition = api.type_def(id);
            let target = spelling.named(id);
            Some(match &definition.shape {
                Shape::Struct(shape) => objects::structure(api, &target, shape),
                Shape::TextEnum(variants) => enums::text(&target, variants),
                Shape::IntegerEnum(variants) => enums::integer(&target, variants),
                Shape::Union(variants) => unions::emit(api, &spelling, &target, variants),
                Shape::Newtype(inner) => objects::newtype(&target, &spelling.ty(inner)),
                Shape::Alias(_) => return None,
            })
        })
        .collect();
    if impls.is_empty() {
        return quote!(#![doc = " Other names of types need no code of their own."]);
    }
    let imports = imports(api, module);
    let own = spelling.imports();
    let allow = allow_deprecated(api);
    quote! {
        #allow
        #own
        #imports
        #(#impls)*
    }
}

/// The imports that the tables and impls of a module need.
fn imports(api: &Api, module: &Module) -> TokenStream {
    let shapes = || module.types.iter().map(|&id| &api.type_def(id).shape);
    let tables = shapes()
        .any(|shape| !matches!(shape, Shape::Union(_) | Shape::Alias(_)))
        .then(|| {
            quote!(
                use crate::runtime::tables;
            )
        });
    let unions = shapes().any(|shape| matches!(shape, Shape::Union(_)));
    let takes = |kind: JsonKind| {
        shapes().any(|shape| match shape {
            Shape::Union(variants) => variants.iter().any(|variant| variant.kind == kind),
            _ => false,
        })
    };
    let access: Vec<TokenStream> = takes(JsonKind::Object)
        .then(|| quote!(MapAccess))
        .into_iter()
        .chain(takes(JsonKind::Array).then(|| quote!(SeqAccess)))
        .collect();
    let access = braced(&quote!(serde::de), &access);
    let unions = unions.then(|| {
        quote! {
            use serde::{Deserialize, Deserializer, Serialize, Serializer};
            use serde_json::Value;
            use crate::runtime::decode::{self, Decode};
            use crate::runtime::union::{self, Union};
        }
    });
    quote! {
        #access
        #unions
        #tables
        use crate::types;
    }
}

/// `Deserialize` by way of the runtime's `Decode`.
fn deserialize(target: &TokenStream) -> TokenStream {
    quote! {
        impl<'de> Deserialize<'de> for #target {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                decode::read(deserializer)
            }
        }
    }
}

/// `Serialize` with this body.
fn serialize(target: &TokenStream, body: &TokenStream) -> TokenStream {
    quote! {
        impl Serialize for #target {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                #body
            }
        }
    }
}
