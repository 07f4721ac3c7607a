//! Unions.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use serde_json::Value;

use crate::model::{Api, Discriminant, JsonKind, TagWriter, Type, TypeDef, Union, UnionVariant};

use super::super::docs;
use super::super::spelling::{Spelling, ident};

/// The table of a union.
pub(super) fn emit(
    api: &Api,
    spelling: &Spelling<'_>,
    definition: &TypeDef,
    union: &Union,
) -> TokenStream {
    let name = ident(&definition.name);
    let mut said = docs::text_of(&definition.docs, "");
    if let Some(told) = told_apart(union) {
        if !said.is_empty() {
            said.push_str("\n\n");
        }
        said.push_str(&told);
    }
    let doc = docs::outer(&said);
    let deprecated = definition.docs.deprecated.then(|| quote!(#[deprecated]));
    let by = union.tag.as_ref().map(|tag| quote!(by #tag));
    let variants = union.variants.iter().map(|variant| {
        let doc = docs::of(&variant.docs, "");
        let (name, ty) = (ident(&variant.name), spelling.ty(&variant.ty));
        let boxed = variant.boxed.then(|| quote!(, in Box));
        let told = told(api, variant);
        quote!(#doc #name(#ty #boxed): #told,)
    });
    let any = union.any.then(|| quote!(..any));
    quote! {
        union::union! {
            #doc
            #deprecated
            pub enum #name #by {
                #(#variants)*
                #any
            }
        }
    }
}

/// What a variant is told apart by, in the words of the runtime's table.
fn told(api: &Api, variant: &UnionVariant) -> TokenStream {
    match &variant.discriminant {
        Discriminant::Kind(JsonKind::String) if *api.resolve(&variant.ty) == Type::String => {
            quote!(string)
        }
        Discriminant::Kind(JsonKind::String) => quote!(text),
        Discriminant::Kind(JsonKind::Integer) => quote!(integer),
        Discriminant::Kind(JsonKind::Number) if *api.resolve(&variant.ty) == Type::Decimal => {
            quote!(decimal)
        }
        Discriminant::Kind(JsonKind::Number) => quote!(number),
        Discriminant::Kind(JsonKind::Boolean) => quote!(boolean),
        Discriminant::Kind(JsonKind::Array) => quote!(array),
        Discriminant::Kind(JsonKind::Object) => quote!(object),
        Discriminant::Fields { open: false } => quote!(fields),
        Discriminant::Fields { open: true } => quote!(open),
        Discriminant::Nested => quote!(nested),
        Discriminant::Tag { values, written } => {
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
        Value::String(text) => docs::shown(text).into_token_stream(),
        other => docs::shown(&other.to_string()).into_token_stream(),
    }
}

/// How objects are told apart, where their kind doesn't say it.
fn told_apart(union: &Union) -> Option<String> {
    let any =
        |told: fn(&Discriminant) -> bool| union.variants.iter().any(|it| told(&it.discriminant));
    let fields = any(|told| matches!(told, Discriminant::Fields { .. } | Discriminant::Nested));
    let tag = union.tag.as_deref().map(docs::code);
    match (tag, fields) {
        (Some(tag), false) => Some(format!("Objects are told apart by {tag}.")),
        (Some(tag), true) => Some(format!(
            "Objects are told apart by {tag}, where it says nothing by their fields."
        )),
        (None, _) if any(|told| matches!(told, Discriminant::Fields { .. })) => Some(
            "Objects are told apart by their fields: the variant whose constants fit, at every depth, \
             whose required fields are all there, and which loses the least takes the object."
                .to_owned(),
        ),
        (None, _) => None,
    }
}
