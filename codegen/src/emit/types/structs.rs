//! Objects with named fields.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Field, Struct, TypeDef, Usage};
use crate::names::Scope;

use super::super::docs;
use super::super::spelling::{Spelling, ident};

/// The struct, its constructor, and setters where it is sent.
pub(super) fn emit(spelling: &Spelling<'_>, definition: &TypeDef, shape: &Struct) -> TokenStream {
    let name = ident(&definition.name);
    let doc = docs::of(&definition.docs, "An object of the API.");
    let fields: Vec<TokenStream> = shape
        .fields
        .iter()
        .map(|field| declare(spelling, definition.usage, field))
        .collect();
    let default = shape
        .fields
        .iter()
        .all(|field| !field.required)
        .then(|| quote!(, Default));
    let constructor = constructor(spelling, definition, shape);
    let setters = definition
        .usage
        .sent
        .then(|| setters(spelling, &shape.fields));
    let parts = parts(spelling, definition, shape);
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq #default)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
        }

        impl #name {
            #constructor
            #setters
        }

        #parts
    }
}

fn declare(spelling: &Spelling<'_>, usage: Usage, field: &Field) -> TokenStream {
    let doc = docs::of(&field.docs, &fallback(field));
    let (name, ty) = (ident(&field.name), field_type(spelling, usage, field));
    quote! {
        #doc
        pub #name: #ty
    }
}

/// What is said of a field that the document says nothing about.
fn fallback(field: &Field) -> String {
    format!("The field {}.", docs::code(&field.wire))
}

/// The type of a field, with its absence and `null`.
///
/// In an answer both come to the same, so one `Option` stands for both; in something that is
/// sent, leaving a field alone and clearing it differ.
fn field_type(spelling: &Spelling<'_>, usage: Usage, field: &Field) -> TokenStream {
    let inner = value_type(spelling, field);
    let option = spelling.std("Option");
    if field.is_three_state(usage) {
        let nullable = spelling.nullable(&inner);
        quote!(#option<#nullable>)
    } else if field.required && !field.nullable {
        inner
    } else {
        quote!(#option<#inner>)
    }
}

fn value_type(spelling: &Spelling<'_>, field: &Field) -> TokenStream {
    let ty = spelling.ty(&field.ty);
    if field.boxed {
        let boxed = spelling.std("Box");
        quote!(#boxed<#ty>)
    } else {
        ty
    }
}

/// The argument for a field and the expression of the field's type.
fn argument(spelling: &Spelling<'_>, usage: Usage, field: &Field) -> (TokenStream, TokenStream) {
    let name = ident(&field.name);
    if field.required && field.nullable {
        return (field_type(spelling, usage, field), quote!(#name));
    }
    let (declared, converted) = spelling.argument(&field.ty, &name);
    if field.boxed {
        let boxed = spelling.std("Box");
        (declared, quote!(#boxed::new(#converted)))
    } else {
        (declared, converted)
    }
}

fn constructor(spelling: &Spelling<'_>, definition: &TypeDef, shape: &Struct) -> TokenStream {
    let none = spelling.std("None");
    let required: Vec<&Field> = shape.fields.iter().filter(|field| field.required).collect();
    if let Some(parts) = &shape.parts {
        let parts = ident(parts);
        let inits = shape.fields.iter().map(|field| {
            let name = ident(&field.name);
            if field.required {
                quote!(#name: parts.#name)
            } else {
                quote!(#name: #none)
            }
        });
        let doc = docs::outer(&format!(
            "Makes {} of its required fields, each given by its name; the others are left out.",
            docs::a(&definition.name)
        ));
        return quote! {
            #doc
            #[must_use]
            pub fn new(parts: #parts) -> Self {
                Self { #(#inits),* }
            }
        };
    }
    let others = match shape.fields.len() - required.len() {
        0 => "",
        _ => "; the others are left out",
    };
    let doc = docs::outer(&match required.len() {
        0 => format!(
            "Makes {} with every field left out.",
            docs::a(&definition.name)
        ),
        _ => format!(
            "Makes {} of its required fields{others}.",
            docs::a(&definition.name)
        ),
    });
    let arguments = required.iter().map(|field| {
        let (name, (declared, _)) = (
            ident(&field.name),
            argument(spelling, definition.usage, field),
        );
        quote!(#name: #declared)
    });
    let inits = shape.fields.iter().map(|field| {
        let name = ident(&field.name);
        if !field.required {
            return quote!(#name: #none);
        }
        let (_, converted) = argument(spelling, definition.usage, field);
        if name == converted.to_string() {
            quote!(#name)
        } else {
            quote!(#name: #converted)
        }
    });
    // Where an argument is converted, clippy sees code of the caller's that may do more.
    let arguments: Vec<TokenStream> = arguments.collect();
    let converts = arguments
        .iter()
        .any(|argument| argument.to_string().contains("impl "));
    let must_use = (!converts).then(|| quote!(#[must_use]));
    quote! {
        #doc
        #must_use
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#inits),* }
        }
    }
}

/// Chainable setters for what may be left out.
fn setters(spelling: &Spelling<'_>, fields: &[Field]) -> TokenStream {
    let mut scope = Scope::new(&["new", "clone", "fmt", "eq", "ne", "default", "serialize"]);
    let some = spelling.std("Some");
    let setters = fields.iter().filter(|field| !field.required).map(|field| {
        let name = ident(&field.name);
        let method = scope.name(
            &[field.name.as_str(), &format!("set_{}", field.name)],
            "set",
        );
        let method = ident(&method);
        let doc = docs::outer(&format!("Sets [`{name}`](Self::{name})."));
        let allow = field.docs.deprecated.then(|| quote!(#[deprecated]));
        let (declared, converted) = if field.nullable {
            let (into, nullable) = (
                spelling.std("Into"),
                spelling.nullable(&value_type(spelling, field)),
            );
            (quote!(impl #into<#nullable>), quote!(#name.into()))
        } else {
            argument(
                spelling,
                Usage {
                    sent: true,
                    received: false,
                },
                field,
            )
        };
        quote! {
            #doc
            #allow
            #[must_use]
            pub fn #method(mut self, #name: #declared) -> Self {
                self.#name = #some(#converted);
                self
            }
        }
    });
    quote!(#(#setters)*)
}

/// The required parts of a struct that has too many of them for positions.
fn parts(spelling: &Spelling<'_>, definition: &TypeDef, shape: &Struct) -> Option<TokenStream> {
    let parts = ident(shape.parts.as_ref()?);
    let name = &definition.name;
    let doc = docs::outer(&format!(
        "The required fields of a [`{name}`], for [`{name}::new`]."
    ));
    let fields = shape
        .fields
        .iter()
        .filter(|field| field.required)
        .map(|field| {
            let name = ident(&field.name);
            let doc = docs::outer(&format!("See [`{}::{name}`].", definition.name));
            let ty = field_type(spelling, definition.usage, field);
            quote! {
                #doc
                pub #name: #ty
            }
        });
    Some(quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        pub struct #parts {
            #(#fields,)*
        }
    })
}
