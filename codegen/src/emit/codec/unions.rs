//! Unions: a line a variant.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use crate::model::{Api, JsonKind, TagWriter, Told, Type, Union, UnionVariant};

use super::super::spelling::{Spelling, ident};

/// The table of a union.
pub(super) fn emit(
    api: &Api,
    spelling: &Spelling<'_>,
    target: &TokenStream,
    union: &Union,
) -> TokenStream {
    let by = union.tag.as_ref().map(|tag| quote!(by #tag));
    let variants = union.variants.iter().map(|variant| {
        let (name, ty) = (ident(&variant.name), spelling.ty(&variant.ty));
        let told = told(api, variant);
        quote!(#name(#ty): #told,)
    });
    let any = union.any.then(|| quote!(..any));
    quote!(union::union!(#target #by { #(#variants)* #any });)
}

/// What a variant is told apart by, in the words of the runtime's table.
fn told(api: &Api, variant: &UnionVariant) -> TokenStream {
    match &variant.told {
        Told::Kind(JsonKind::String) if *api.resolve(&variant.ty) == Type::String => quote!(string),
        Told::Kind(JsonKind::String) => quote!(text),
        Told::Kind(JsonKind::Integer) => quote!(integer),
        Told::Kind(JsonKind::Number) => quote!(number),
        Told::Kind(JsonKind::Boolean) => quote!(boolean),
        Told::Kind(JsonKind::Array) => quote!(array),
        Told::Kind(JsonKind::Object) => quote!(object),
        Told::Fields { open: false } => quote!(fields),
        Told::Fields { open: true } => quote!(open),
        Told::Nested => quote!(nested),
        Told::Tag { values, written } => {
            let word = match written {
                TagWriter::Type => quote!(tag),
                TagWriter::Union => quote!(adding),
                TagWriter::UnionOfSame => quote!(sharing),
            };
            let values = values.iter().map(literal);
            quote!(#word #(#values)|*)
        }
    }
}

/// A value of a tag.
fn literal(value: &Value) -> TokenStream {
    match value {
        Value::Bool(value) => quote!(#value),
        Value::Number(value) => {
            let value = Literal::i64_unsuffixed(value.as_i64().unwrap_or_default());
            quote!(#value)
        }
        Value::String(text) => quote!(#text),
        other => {
            let text = other.to_string();
            quote!(#text)
        }
    }
}
