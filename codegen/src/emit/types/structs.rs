//! Objects with named fields.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Access, Docs, Field, Rest, Struct, TypeDef, Usage};
use crate::names::Ident;

use super::super::docs;
use super::super::spelling::{Spelling, ident};
use super::setters::{self, Setters};

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
    let setters = if definition.usage.sent {
        setters::of(spelling, definition, shape)
    } else {
        Setters::default()
    };
    let (table, methods) = (&setters.table, &setters.methods);
    let parts = parts(spelling, definition, shape);
    let rest = shape.rest.as_ref().map(|rest| declare_rest(spelling, rest));
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq #default)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            #rest
        }

        impl #name {
            #constructor
            #(#methods)*
        }

        #table
        #parts
    }
}

fn declare(spelling: &Spelling<'_>, usage: Usage, field: &Field) -> TokenStream {
    let mut said = field.docs.clone();
    if let Some(note) = access_note(usage, field) {
        if said.text.trim().is_empty() {
            said.text = fallback(field);
        }
        said.text = format!("{}\n\n{note}", said.text.trim_end());
    }
    let doc = docs::of(&said, &fallback(field));
    let (name, ty) = (ident(&field.name), field_type(spelling, usage, field));
    quote! {
        #doc
        pub #name: #ty
    }
}

fn declare_rest(spelling: &Spelling<'_>, rest: &Rest) -> TokenStream {
    let mut text = if rest.described {
        "Properties that have no field of their own, by their names.".to_owned()
    } else {
        "Fields that this version of the crate doesn't know, by their names: kept as they were \
         received, and sent along."
            .to_owned()
    };
    let values = docs::text_of(&Docs::text(&*rest.values), "");
    if !values.is_empty() {
        text.push_str("\n\n");
        text.push_str(&values);
    }
    text.push_str("\n\nAn entry with the name of another field is not sent.");
    let doc = docs::outer(&text);
    let (name, ty) = (ident(&rest.name), spelling.ty(&rest.ty));
    quote! {
        #doc
        pub #name: #ty
    }
}

/// What is said of a field that goes one way, in a type that goes both.
fn access_note(usage: Usage, field: &Field) -> Option<&'static str> {
    match field.access {
        Access::ReadOnly if usage.sent => Some("Set by the server: requests do without it."),
        Access::WriteOnly if usage.received => Some("Only for requests: answers do without it."),
        _ => None,
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

pub(super) fn value_type(spelling: &Spelling<'_>, field: &Field) -> TokenStream {
    let ty = spelling.ty(&field.ty);
    if field.boxed {
        let boxed = spelling.std("Box");
        quote!(#boxed<#ty>)
    } else {
        ty
    }
}

/// The argument for a field and the expression of the field's type.
pub(super) fn argument(
    spelling: &Spelling<'_>,
    usage: Usage,
    field: &Field,
) -> (TokenStream, TokenStream) {
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

/// What all else starts as in a constructor, where there is anything else.
fn others(shape: &Struct) -> Option<TokenStream> {
    let others = shape.rest.is_some() || shape.fields.iter().any(|field| !field.required);
    others.then(|| quote!(..tables::blank()))
}

/// Whether what a struct needs refers to the runtime's tables.
pub(super) fn uses_tables(definition: &TypeDef, shape: &Struct) -> bool {
    let required = shape.fields.iter().any(|field| field.required);
    (required && others(shape).is_some())
        || (definition.usage.sent && shape.fields.iter().any(setters::is_plain))
}

fn constructor_of_parts(definition: &TypeDef, shape: &Struct, parts: &Ident) -> TokenStream {
    let parts = ident(parts);
    let inits = shape
        .fields
        .iter()
        .filter(|field| field.required)
        .map(|field| {
            let name = ident(&field.name);
            quote!(#name: parts.#name,)
        });
    let others = others(shape);
    let doc = docs::outer(&format!(
        "Makes {} of its required fields, each given by its name; the others are left out.",
        docs::a(&definition.name)
    ));
    quote! {
        #doc
        #[must_use]
        pub fn new(parts: #parts) -> Self {
            Self { #(#inits)* #others }
        }
    }
}

fn constructor(spelling: &Spelling<'_>, definition: &TypeDef, shape: &Struct) -> TokenStream {
    if let Some(parts) = &shape.parts {
        return constructor_of_parts(definition, shape, parts);
    }
    let required: Vec<&Field> = shape.fields.iter().filter(|field| field.required).collect();
    let left_out = match shape.fields.len() - required.len() {
        0 => "",
        _ => "; the others are left out",
    };
    let doc = docs::outer(&match required.len() {
        0 => format!(
            "Makes {} with every field left out.",
            docs::a(&definition.name)
        ),
        _ => format!(
            "Makes {} of its required fields{left_out}.",
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
    let inits = required.iter().map(|field| {
        let name = ident(&field.name);
        let (_, converted) = argument(spelling, definition.usage, field);
        if name == converted.to_string() {
            quote!(#name,)
        } else {
            quote!(#name: #converted,)
        }
    });
    // Where an argument is converted, clippy sees code of the caller's that may do more.
    let arguments: Vec<TokenStream> = arguments.collect();
    let converts = arguments
        .iter()
        .any(|argument| argument.to_string().contains("impl "));
    let must_use = (!converts).then(|| quote!(#[must_use]));
    let value = if required.is_empty() {
        quote!(Self::default())
    } else {
        let others = others(shape);
        quote!(Self { #(#inits)* #others })
    };
    quote! {
        #doc
        #must_use
        pub fn new(#(#arguments),*) -> Self {
            #value
        }
    }
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
