//! Structs and newtypes.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::{Api, Struct, Type, TypeDef};

use super::super::spelling::ident;
use super::{deserialize, serialize};

/// A struct: a table of its fields, and which value goes where.
pub(super) fn structure(
    api: &Api,
    target: &TokenStream,
    definition: &TypeDef,
    shape: &Struct,
) -> TokenStream {
    let name = definition.name.as_str();
    let wires = shape.fields.iter().map(|field| &field.wire);
    let required = shape
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| field.required)
        .map(|(index, _)| Literal::usize_unsuffixed(index));
    let idents: Vec<_> = shape
        .fields
        .iter()
        .map(|field| ident(&field.name))
        .collect();
    let reads = shape.fields.iter().map(|field| {
        let name = ident(&field.name);
        // Where any value is taken, `null` is one of them.
        if !field.required && *api.resolve(&field.ty) == Type::Value {
            quote!(decode::any(&mut self.#name, map))
        } else {
            quote!(decode::value(&mut self.#name, map))
        }
    });
    let put = if idents.is_empty() {
        quote! {
            fn put<'de, A: MapAccess<'de>>(&mut self, _: usize, _: &mut A) -> Result<(), A::Error> {
                Ok(())
            }
        }
    } else if idents.len() == 1 {
        quote! {
            fn put<'de, A: MapAccess<'de>>(&mut self, _: usize, map: &mut A) -> Result<(), A::Error> {
                #(#reads)*
            }
        }
    } else {
        let arms = reads.enumerate().map(|(index, read)| {
            let number = Literal::usize_unsuffixed(index);
            let pattern = if index + 1 == idents.len() {
                quote!(_)
            } else {
                quote!(#number)
            };
            quote!(#pattern => #read)
        });
        quote! {
            fn put<'de, A: MapAccess<'de>>(
                &mut self,
                field: usize,
                map: &mut A,
            ) -> Result<(), A::Error> {
                match field {
                    #(#arms,)*
                }
            }
        }
    };
    let writes = shape.fields.iter().map(|field| {
        let (wire, name) = (&field.wire, ident(&field.name));
        if field.required {
            quote!(object.required(#wire, &self.#name)?;)
        } else {
            quote!(object.optional(#wire, self.#name.as_ref())?;)
        }
    });
    let deserialize = deserialize(target);
    let mutable = (!idents.is_empty()).then(|| quote!(mut));
    let serialize = serialize(
        target,
        &quote! {
            let #mutable object = encode::Object::new(serializer)?;
            #(#writes)*
            object.end()
        },
    );
    quote! {
        impl Decode for #target {
            fn blank() -> Self {
                Self { #(#idents: blank()),* }
            }

            fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
                decode::object(self, deserializer)
            }
        }

        impl Object for #target {
            const NAME: &'static str = #name;
            const FIELDS: &'static [&'static str] = &[#(#wires),*];
            const REQUIRED: &'static [usize] = &[#(#required),*];

            #put
        }

        #deserialize

        #serialize
    }
}

/// A newtype: what it holds.
pub(super) fn newtype(target: &TokenStream, inner: &TokenStream) -> TokenStream {
    let deserialize = deserialize(target);
    let serialize = serialize(target, &quote!(self.0.serialize(serializer)));
    quote! {
        impl From<#inner> for #target {
            fn from(inner: #inner) -> Self {
                Self(inner)
            }
        }

        impl Decode for #target {
            fn blank() -> Self {
                Self(blank())
            }

            fn fill<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
                self.0.fill(deserializer)
            }
        }

        #deserialize
        #serialize
    }
}
