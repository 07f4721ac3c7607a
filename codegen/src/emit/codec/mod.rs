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

use super::spelling::{Spelling, ident};

/// `codec/mod.rs`
pub(super) fn root(api: &Api) -> TokenStream {
    let modules = api.modules.iter().map(|module| ident(&module.name));
    quote! {
        //! How the API's types are read from JSON and written as JSON.

        #(mod #modules;)*
    }
}

/// What the impls of a module need.
#[derive(Clone, Copy, Default)]
struct Needs {
    map_access: bool,
    seq_access: bool,
    fmt: bool,
    object: bool,
    blank: bool,
    open_enum: bool,
    open_integer: bool,
    value: bool,
}

/// One module, beside the module of types of the same name.
pub(super) fn module(api: &Api, module: &Module) -> TokenStream {
    let spelling = Spelling::elsewhere(api);
    let mut needs = Needs::default();
    let mut impls = Vec::new();
    for &id in &module.types {
        let definition = api.type_def(id);
        let target = spelling.named(id);
        impls.push(match &definition.shape {
            Shape::Struct(shape) => {
                needs.map_access = true;
                needs.object = true;
                needs.blank = true;
                objects::structure(&target, definition, shape)
            }
            Shape::TextEnum(variants) => {
                needs.fmt = true;
                needs.open_enum = true;
                enums::text(&target, definition, variants)
            }
            Shape::IntegerEnum(variants) => {
                needs.fmt = true;
                needs.open_integer = true;
                enums::integer(&target, definition, variants)
            }
            Shape::Union(variants) => {
                needs.value = true;
                unions::emit(api, &spelling, &target, variants, &mut needs)
            }
            Shape::Newtype(_) => {
                needs.blank = true;
                objects::newtype(&target)
            }
            Shape::Alias(_) => continue,
        });
    }
    if impls.is_empty() {
        return quote!(#![doc = " Other names of types need no code of their own."]);
    }
    let imports = imports(needs);
    let own = spelling.imports();
    quote! {
        #own
        #imports
        #(#impls)*
    }
}

fn imports(needs: Needs) -> TokenStream {
    let fmt = needs.fmt.then(|| {
        quote!(
            use std::fmt;
        )
    });
    let map_access = needs.map_access.then(|| quote!(MapAccess,));
    let seq_access = needs.seq_access.then(|| quote!(SeqAccess,));
    let access = (needs.map_access || needs.seq_access)
        .then(|| quote!(use serde::de::{#map_access #seq_access};));
    let value = needs.value.then(|| {
        quote!(
            use serde_json::Value;
        )
    });
    let encode = needs.object.then(|| {
        quote!(
            use crate::runtime::encode;
        )
    });
    let object = needs.object.then(|| quote!(Object,));
    let blank = needs.blank.then(|| quote!(blank,));
    let open = match (needs.open_enum, needs.open_integer) {
        (true, true) => Some(quote!(
            use crate::runtime::open_enum::{OpenEnum, OpenInteger};
        )),
        (true, false) => Some(quote!(
            use crate::runtime::open_enum::OpenEnum;
        )),
        (false, true) => Some(quote!(
            use crate::runtime::open_enum::OpenInteger;
        )),
        (false, false) => None,
    };
    let scalar = needs.open_integer.then(|| {
        quote!(
            use crate::runtime::argument::Scalar;
        )
    });
    quote! {
        #fmt
        #access
        use serde::{Deserialize, Deserializer, Serialize, Serializer};
        #value
        #scalar
        use crate::runtime::decode::{self, Decode, #object #blank};
        #encode
        #open
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
