//! How types are decoded and encoded: what nobody has to read.
//!
//! The impls are emitted rather than derived, since that compiles several times faster; the
//! runtime holds everything that they share.

mod enums;
mod objects;
mod unions;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Module, Shape, Struct};

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
                Shape::Struct(shape) => objects::structure(api, &target, definition, shape),
                Shape::TextEnum(variants) => enums::text(&target, definition, variants),
                Shape::IntegerEnum(variants) => enums::integer(&target, definition, variants),
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
    let parameters = unions::in_parameters(api, &module.types, &spelling);
    let own = spelling.imports();
    let allow = allow_deprecated(api);
    quote! {
        #allow
        #own
        #imports
        #(#impls)*
        #parameters
    }
}

/// The imports that the impls of a module need.
fn imports(api: &Api, module: &Module) -> TokenStream {
    let shapes = || module.types.iter().map(|&id| &api.type_def(id).shape);
    let any = |wanted: fn(&Shape) -> bool| shapes().any(wanted);
    let structs = any(|shape| matches!(shape, Shape::Struct(_)));
    let newtypes = any(|shape| matches!(shape, Shape::Newtype(_)));
    let texts = any(|shape| matches!(shape, Shape::TextEnum(_)));
    let integers = any(|shape| matches!(shape, Shape::IntegerEnum(_)));
    let unions = any(|shape| matches!(shape, Shape::Union(_)));

    let fmt = (texts || integers).then(|| {
        quote!(
            use std::fmt;
        )
    });
    let access = structs.then(|| {
        quote!(
            use serde::de::MapAccess;
        )
    });
    let scalar = integers.then(|| {
        quote!(
            use crate::runtime::argument::Scalar;
        )
    });
    let union = unions.then(|| {
        quote!(
            use crate::runtime::union;
        )
    });
    let object = structs.then(|| quote!(Object,));
    let open_structs = any(|shape| matches!(shape, Shape::Struct(Struct { rest: Some(_), .. })));
    let open_object = open_structs.then(|| quote!(OpenObject,));
    let impls = structs || newtypes || texts || integers;
    let serde = impls.then(|| {
        quote!(
            use serde::{Deserialize, Deserializer, Serialize, Serializer};
        )
    });
    let blank = (structs || newtypes).then(|| quote!(blank,));
    let decode = impls.then(|| {
        quote!(
            use crate::runtime::decode::{self, Decode, #object #open_object #blank};
        )
    });
    let encode = structs.then(|| {
        quote!(
            use crate::runtime::encode;
        )
    });
    let open: Vec<TokenStream> = texts
        .then(|| quote!(OpenEnum))
        .into_iter()
        .chain(integers.then(|| quote!(OpenInteger)))
        .collect();
    let open = braced(&quote!(crate::runtime::open_enum), &open);
    quote! {
        #fmt
        #access
        #serde
        #scalar
        #decode
        #encode
        #open
        #union
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
