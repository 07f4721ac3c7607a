//! Open enums.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{TypeDef, Variant};

use super::super::spelling::ident;
use super::super::types::number;
use super::{deserialize, serialize};

/// An enum of texts.
pub(super) fn text(
    target: &TokenStream,
    definition: &TypeDef,
    variants: &[Variant<String>],
) -> TokenStream {
    let name = definition.name.as_str();
    let arms = variants.iter().map(|variant| {
        let (name, value) = (ident(&variant.name), &variant.value);
        quote!(#value => Self::#name)
    });
    let deserialize = deserialize(target);
    let serialize = serialize(target, &quote!(serializer.serialize_str(self.as_str())));
    quote! {
        impl From<&str> for #target {
            fn from(value: &str) -> Self {
                match value {
                    #(#arms,)*
                    unknown => Self::UnknownValue(unknown.to_owned()),
                }
            }
        }

        impl From<String> for #target {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl fmt::Display for #target {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl OpenEnum for #target {
            const NAME: &'static str = #name;

            fn as_str(&self) -> &str {
                self.as_str()
            }
        }

        impl Decode for #target {
            fn blank() -> Self {
                Self::UnknownValue(String::new())
            }

            fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
                decode::text(self, deserializer)
            }
        }

        #deserialize
        #serialize
    }
}

/// An enum of whole numbers.
pub(super) fn integer(
    target: &TokenStream,
    definition: &TypeDef,
    variants: &[Variant<i64>],
) -> TokenStream {
    let name = definition.name.as_str();
    let arms = variants.iter().map(|variant| {
        let (name, value) = (ident(&variant.name), number(variant.value));
        quote!(#value => Self::#name)
    });
    let deserialize = deserialize(target);
    let serialize = serialize(target, &quote!(serializer.serialize_i64((*self).value())));
    quote! {
        impl From<i64> for #target {
            fn from(value: i64) -> Self {
                match value {
                    #(#arms,)*
                    unknown => Self::UnknownValue(unknown),
                }
            }
        }

        impl fmt::Display for #target {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&(*self).value(), formatter)
            }
        }

        impl Scalar for #target {
            fn into_text(self) -> String {
                self.value().to_string()
            }
        }

        impl OpenInteger for #target {
            const NAME: &'static str = #name;
        }

        impl Decode for #target {
            fn blank() -> Self {
                Self::UnknownValue(0)
            }

            fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
                decode::integer(self, deserializer)
            }
        }

        #deserialize
        #serialize
    }
}
