//! Structs and newtypes.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::{Api, Rest, Struct, Type, TypeDef};

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
    let blank_rest = shape.rest.as_ref().map(|rest| {
        let name = ident(&rest.name);
        quote!(#name: blank())
    });
    let put = put(api, shape);
    let open = shape.rest.as_ref().map(|rest| open(target, rest));
    let members = open.as_ref().map(|(members, _)| members);
    let open_object = open.as_ref().map(|(_, open_object)| open_object);
    let deserialize = deserialize(target);
    let serialize = serialize(target, &writes(shape));
    quote! {
        impl Decode for #target {
            fn blank() -> Self {
                Self { #(#idents: blank(),)* #blank_rest }
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

            #members
        }

        #open_object

        #deserialize

        #serialize
    }
}

/// Which value goes to which field.
fn put(api: &Api, shape: &Struct) -> TokenStream {
    let reads: Vec<TokenStream> = shape
        .fields
        .iter()
        .map(|field| {
            let name = ident(&field.name);
            // Where any value is taken, `null` is one of them.
            if !field.required && *api.resolve(&field.ty) == Type::Value {
                quote!(decode::any(&mut self.#name, map))
            } else {
                quote!(decode::value(&mut self.#name, map))
            }
        })
        .collect();
    let arms = match reads.as_slice() {
        [] => {
            return quote! {
                fn put<'de, A: MapAccess<'de>>(&mut self, _: usize, _: &mut A) -> Result<(), A::Error> {
                    Ok(())
                }
            };
        }
        [only] => {
            return quote! {
                fn put<'de, A: MapAccess<'de>>(&mut self, _: usize, map: &mut A) -> Result<(), A::Error> {
                    #only
                }
            };
        }
        several => several.iter().enumerate().map(|(index, read)| {
            let number = Literal::usize_unsuffixed(index);
            let pattern = if index + 1 == several.len() {
                quote!(_)
            } else {
                quote!(#number)
            };
            quote!(#pattern => #read)
        }),
    };
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
}

/// The statements that write all of a struct.
fn writes(shape: &Struct) -> TokenStream {
    let fields = shape.fields.iter().map(|field| {
        let (wire, name) = (&field.wire, ident(&field.name));
        if field.required {
            quote!(object.required(#wire, &self.#name)?;)
        } else {
            quote!(object.optional(#wire, self.#name.as_ref())?;)
        }
    });
    let rest = shape.rest.as_ref().map(|rest| {
        let name = ident(&rest.name);
        quote!(object.extra(Self::FIELDS, &self.#name)?;)
    });
    let mutable = (!shape.fields.is_empty() || rest.is_some()).then(|| quote!(mut));
    quote! {
        let #mutable object = encode::Object::new(serializer)?;
        #(#fields)*
        #rest
        object.end()
    }
}

/// How everything is kept that the fields have no place for: what `Object` says of it, and the
/// impl beside that one.
fn open(target: &TokenStream, rest: &Rest) -> (TokenStream, TokenStream) {
    let name = ident(&rest.name);
    let members = quote! {
        fn members<'de, A: MapAccess<'de>>(&mut self, map: A) -> Result<(), A::Error> {
            decode::open_members(self, map)
        }
    };
    let open_object = quote! {
        impl OpenObject for #target {
            fn extra<'de, A: MapAccess<'de>>(
                &mut self,
                key: String,
                map: &mut A,
            ) -> Result<(), A::Error> {
                decode::entry(&mut self.#name, key, map)
            }
        }
    };
    (members, open_object)
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
