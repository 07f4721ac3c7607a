//! How types are decoded and encoded: what nobody has to read.
//!
//! The impls are emitted rather than derived, since that compiles several times faster; the
//! runtime holds everything that they share.

mod enums;
mod objects;
mod unions;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Module, Shape};

use super::features;
use super::spelling::{Spelling, ident};
use super::types::allow_deprecated;

/// `codec/mod.rs`
pub(super) fn root(api: &Api) -> TokenStream {
    let modules = api.modules.iter().map(|module| {
        let (gate, name) = (features::gate(module.feature.as_ref()), ident(&module.name));
        quote!(#gate mod #name;)
    });
    quote! {
        //! How the API's types are read from JSON and written as JSON.

        #(#modules)*
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
                Shape::Union(union) => unions::emit(api, &spelling, &target, union),
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

/// The imports that the tables of a module need.
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
    let unions = unions.then(|| {
        quote!(
            use crate::runtime::union;
        )
    });
    quote! {
        #tables
        #unions
        use crate::types;
    }
}
