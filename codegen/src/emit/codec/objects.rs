//! Structs, and newtypes.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Struct, Type};

use super::super::spelling::ident;

/// The table of a struct: a line a field.
pub(super) fn structure(api: &Api, target: &TokenStream, shape: &Struct) -> TokenStream {
    let fields = shape.fields.iter().map(|field| {
        let (name, wire) = (ident(&field.name), &field.wire);
        if field.required {
            quote!(required #name: #wire,)
        } else if *api.resolve(&field.ty) == Type::Value {
            // Where any value is taken, `null` is one of them.
            quote!(any #name: #wire,)
        } else {
            quote!(optional #name: #wire,)
        }
    });
    let rest = shape.rest.as_ref().map(|rest| {
        let name = ident(&rest.name);
        quote!(..#name)
    });
    quote!(tables::object!(#target { #(#fields)* #rest });)
}

/// A newtype: what it holds.
pub(super) fn newtype(target: &TokenStream, inner: &TokenStream) -> TokenStream {
    quote!(tables::newtype!(#target(#inner));)
}
