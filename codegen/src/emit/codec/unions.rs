//! Unions of what JSON tells apart by itself.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, JsonKind, Shape, Type, UnionVariant};

use super::super::spelling::{Spelling, ident};
use super::super::types::payload;
use super::{deserialize, serialize};

/// A union: how it takes each kind of JSON, and the conversions from its members.
pub(super) fn emit(
    api: &Api,
    spelling: &Spelling<'_>,
    target: &TokenStream,
    variants: &[UnionVariant],
) -> TokenStream {
    let takes = variants
        .iter()
        .map(|variant| take(api, variant))
        .collect::<Vec<_>>();
    let conversions = variants.iter().map(|variant| {
        let (name, ty) = (ident(&variant.name), payload(spelling, variant));
        quote! {
            impl From<#ty> for #target {
                fn from(value: #ty) -> Self {
                    Self::#name(value)
                }
            }
        }
    });
    // A text in a program is a `&str`, which has no way of its own to a `String` and on.
    let text = variants
        .iter()
        .find(|variant| *api.resolve(&variant.ty) == Type::String)
        .map(|it| {
            let name = ident(&it.name);
            quote! {
                impl From<&str> for #target {
                    fn from(value: &str) -> Self {
                        Self::#name(value.to_owned())
                    }
                }
            }
        });
    let arms = variants.iter().map(|variant| {
        let name = ident(&variant.name);
        quote!(Self::#name(value) => value.serialize(serializer))
    });
    let deserialize = deserialize(target);
    let serialize = serialize(
        target,
        &quote! {
            match self {
                #(#arms,)*
                Self::UnknownValue(value) => value.serialize(serializer),
            }
        },
    );
    quote! {
        #(#conversions)*
        #text

        impl Union for #target {
            fn unknown(value: Value) -> Self {
                Self::UnknownValue(value)
            }

            #(#takes)*
        }

        impl Decode for #target {
            fn blank() -> Self {
                Self::UnknownValue(Value::Null)
            }

            fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
                union::union(self, deserializer)
            }
        }

        #deserialize
        #serialize
    }
}

/// The function that takes the kind of JSON which tells a variant apart.
fn take(api: &Api, variant: &UnionVariant) -> TokenStream {
    let name = ident(&variant.name);
    let resolved = api.resolve(&variant.ty);
    let is_enum = match resolved {
        Type::Named(id) => {
            matches!(
                api.type_def(*id).shape,
                Shape::TextEnum(_) | Shape::IntegerEnum(_)
            )
        }
        _ => false,
    };
    let wrap = |value: TokenStream| {
        if variant.boxed {
            quote!(Self::#name(Box::new(#value)))
        } else {
            quote!(Self::#name(#value))
        }
    };
    let collect = if variant.boxed {
        quote!(|value| Self::#name(Box::new(value)))
    } else {
        quote!(Self::#name)
    };
    match variant.kind {
        JsonKind::String => {
            let made = match resolved {
                Type::DateTime => wrap(quote!(crate::DateTime::as_received(&value))),
                _ if is_enum => wrap(quote!(value.into())),
                _ => wrap(quote!(value)),
            };
            quote! {
                fn text(value: String) -> Result<Self, String> {
                    Ok(#made)
                }
            }
        }
        JsonKind::Boolean => {
            let made = wrap(quote!(value));
            quote! {
                fn boolean(value: bool) -> Option<Self> {
                    Some(#made)
                }
            }
        }
        JsonKind::Integer => {
            let made = match resolved {
                Type::I32 | Type::U64 => quote!(value.try_into().ok().map(#collect)),
                _ if is_enum => {
                    let made = wrap(quote!(value.into()));
                    quote!(Some(#made))
                }
                _ => {
                    let made = wrap(quote!(value));
                    quote!(Some(#made))
                }
            };
            quote! {
                fn integer(value: i64) -> Option<Self> {
                    #made
                }
            }
        }
        JsonKind::Number => {
            let made = wrap(quote!(value));
            quote! {
                fn number(value: f64) -> Option<Self> {
                    Some(#made)
                }
            }
        }
        JsonKind::Array => {
            quote! {
                fn array<'de, A: SeqAccess<'de>>(items: A) -> Result<Self, A::Error> {
                    decode::from_seq(items).map(#collect)
                }
            }
        }
        JsonKind::Object => {
            quote! {
                fn object<'de, A: MapAccess<'de>>(members: A) -> Result<Self, A::Error> {
                    decode::from_map(members).map(#collect)
                }
            }
        }
    }
}
