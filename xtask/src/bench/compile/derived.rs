//! The same types as a careful programmer writes them with serde's derive: what ours are held against.
//!
//! Made from the emitted files, so that names, docs, constructors, setters and conversions are the
//! same, and only the way to JSON and back differs.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Item, Lit, Type};

use super::table::{Argument, Constant, Field, New, Newtype, Object, TextEnum, Union, Variant};

/// The file with its tables written out.
pub(super) fn file(text: &str) -> syn::Result<String> {
    let mut file = syn::parse_file(text)?;
    let mut items = Vec::with_capacity(file.items.len());
    for item in file.items {
        let Item::Macro(table) = &item else {
            items.push(item);
            continue;
        };
        let Some(name) = table.mac.path.segments.last() else {
            items.push(item);
            continue;
        };
        let tokens = table.mac.tokens.clone();
        let written = match name.ident.to_string().as_str() {
            "object" => object(&syn::parse2(tokens)?),
            "text_enum" => text_enum(&syn::parse2(tokens)?),
            "union" => union(&syn::parse2(tokens)?),
            "newtype" => newtype(&syn::parse2(tokens)?),
            // Enums of numbers, for which there is no derive.
            _ => {
                items.push(item);
                continue;
            }
        };
        items.extend(syn::parse2::<syn::File>(written)?.items);
    }
    file.items = items;
    Ok(prettyplease::unparse(&file))
}

fn object(object: &Object) -> TokenStream {
    let Object {
        attributes, name, ..
    } = object;
    let fields = object.fields.iter().map(field);
    let rest = object.rest.iter().map(|Argument { name, ty }| {
        quote! {
            #[serde(flatten)]
            pub #name: #ty,
        }
    });
    let constructor = constructor(object);
    let setters = object.setters.iter().map(|Argument { name, ty }| {
        quote! {
            #[must_use]
            pub fn #name(mut self, #name: #ty) -> Self {
                self.#name = Some(tables::given(#name));
                self
            }
        }
    });
    quote! {
        #(#attributes)*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
            #(#rest)*
        }

        #constructor

        impl #name {
            #(#setters)*
        }
    }
}

fn field(field: &Field) -> TokenStream {
    let Field {
        attributes,
        name,
        ty,
        wire,
        ..
    } = field;
    let rename = wire.iter().map(|wire| quote!(#[serde(rename = #wire)]));
    let skip = (is_option(ty) && !field.is_null)
        .then(|| quote!(#[serde(skip_serializing_if = "Option::is_none")]));
    quote! {
        #(#attributes)*
        #(#rename)*
        #skip
        pub #name: #ty,
    }
}

fn constructor(object: &Object) -> TokenStream {
    let type_name = &object.name;
    let none = Vec::new();
    let (parts, arguments) = match &object.new {
        Some(New { parts, arguments }) => (parts.as_ref(), arguments),
        None => (None, &none),
    };
    let values = object.fields.iter().map(|field| {
        let name = &field.name;
        if arguments.iter().any(|argument| argument.name == *name) {
            return match parts {
                Some(_) => quote!(#name: parts.#name),
                None => quote!(#name: tables::given(#name)),
            };
        }
        match &field.constant {
            Some(constant) => {
                let value = literal(constant);
                quote!(#name: From::from(#value))
            }
            None => quote!(#name: Default::default()),
        }
    });
    let rest = object.rest.iter().map(|rest| {
        let name = &rest.name;
        quote!(#name: Default::default())
    });
    let names = arguments.iter().map(|argument| &argument.name);
    let types = arguments.iter().map(|argument| &argument.ty);
    let (parts, takes) = match parts {
        Some(parts) => (
            quote! {
                #[derive(Clone, Debug, PartialEq)]
                pub struct #parts { #(pub #names: #types,)* }
            },
            quote!(parts: #parts),
        ),
        None => (TokenStream::new(), quote!(#(#names: #types),*)),
    };
    quote! {
        #parts

        impl #type_name {
            #[must_use]
            pub fn new(#takes) -> Self {
                Self { #(#values,)* #(#rest,)* }
            }
        }
    }
}

/// A value of a type that is plain to the compiler.
fn literal(constant: &Constant) -> TokenStream {
    let minus = constant.is_negative.then(|| quote!(-));
    match &constant.value {
        Lit::Int(whole) => quote!(#minus #whole as i64),
        other => quote!(#minus #other),
    }
}

/// Whether a type is written `Option<..>`.
fn is_option(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|segment| segment.ident == "Option"),
        _ => false,
    }
}

fn text_enum(table: &TextEnum) -> TokenStream {
    let TextEnum {
        attributes,
        name,
        values,
    } = table;
    let about = values.iter().map(|(about, ..)| quote!(#(#about)*));
    let variants: Vec<_> = values.iter().map(|(_, variant, _)| variant).collect();
    let texts: Vec<_> = values.iter().map(|(.., text)| text).collect();
    quote! {
        #(#attributes)*
        #[derive(
            Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize
        )]
        #[non_exhaustive]
        pub enum #name {
            #(#about #[serde(rename = #texts)] #variants,)*
            #[serde(untagged)]
            UnknownValue(String),
        }

        impl #name {
            pub const VALUES: &'static [Self] = &[#(Self::#variants),*];

            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #texts,)*
                    Self::UnknownValue(value) => value,
                }
            }
        }

        impl From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#texts => Self::#variants,)*
                    unknown => Self::UnknownValue(String::from(unknown)),
                }
            }
        }

        impl From<String> for #name {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl std::fmt::Display for #name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl tables::OpenEnum for #name {
            fn as_str(&self) -> &str {
                self.as_str()
            }
        }
    }
}

fn union(table: &Union) -> TokenStream {
    let Union {
        attributes,
        name,
        variants,
    } = table;
    let members = variants.iter().map(|variant| {
        let Variant {
            attributes,
            name,
            ty,
            is_boxed,
            ..
        } = variant;
        let held = if *is_boxed {
            quote!(Box<#ty>)
        } else {
            quote!(#ty)
        };
        quote!(#(#attributes)* #name(#held),)
    });
    let conversions = variants
        .iter()
        .filter(|variant| variant.told != format_ident!("sharing"))
        .map(|variant| {
            let (of, ty) = (&variant.name, &variant.ty);
            let texts = (variant.told == format_ident!("string")).then(|| {
                quote! {
                    impl From<&str> for #name {
                        fn from(value: &str) -> Self {
                            Self::#of(From::from(value))
                        }
                    }
                }
            });
            quote! {
                #texts

                impl From<#ty> for #name {
                    fn from(value: #ty) -> Self {
                        Self::#of(From::from(value))
                    }
                }
            }
        });
    quote! {
        #(#attributes)*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(untagged)]
        #[non_exhaustive]
        pub enum #name {
            #(#members)*
            UnknownValue(serde_json::Value),
        }

        #(#conversions)*
    }
}

fn newtype(table: &Newtype) -> TokenStream {
    let Newtype {
        attributes,
        name,
        ty,
    } = table;
    quote! {
        #(#attributes)*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct #name(pub #ty);

        impl From<#ty> for #name {
            fn from(inner: #ty) -> Self {
                Self(inner)
            }
        }
    }
}
