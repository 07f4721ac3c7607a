//! The constructors of structs.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Field, Struct, TypeDef};

use super::super::docs;
use super::super::spelling::{Spelling, ident};
use super::structs::{argument, field_type, is_derived_default, must_use};

/// What a constructor is given for a required field.
pub(super) struct Argument {
    pub(super) name: proc_macro2::Ident,
    /// Its type.
    pub(super) declared: TokenStream,
    /// The field's value made of it.
    converted: TokenStream,
}

/// What the constructor of a struct is given: its arguments, or the fields of its one argument.
pub(super) fn arguments(
    spelling: &Spelling<'_>,
    definition: &TypeDef,
    shape: &Struct,
) -> Vec<Argument> {
    let required = shape.fields.iter().filter(|it| it.is_asked_for());
    let arguments = required.map(|field| {
        let name = ident(&field.name);
        if shape.parts.is_none() && !field.nullable {
            let (declared, converted) = argument(spelling, field);
            return Argument {
                name,
                declared,
                converted,
            };
        }
        let converted = match shape.parts {
            Some(_) => quote!(parts.#name),
            None => quote!(#name),
        };
        Argument {
            declared: field_type(spelling, definition.usage, field),
            converted,
            name,
        }
    });
    arguments.collect()
}

/// The struct of required fields where there are too many of them to be told apart by their positions,
/// `new`, and the impl of `Default` where it can't be derived.
pub(super) fn of(
    spelling: &Spelling<'_>,
    definition: &TypeDef,
    shape: &Struct,
) -> (Option<TokenStream>, TokenStream, Option<TokenStream>) {
    let arguments = arguments(spelling, definition, shape);
    let doc = docs::outer(&summary(definition, shape, !arguments.is_empty()));
    let must_use = must_use(definition);
    if arguments.is_empty() {
        let (body, default) = without_arguments(spelling, definition, shape);
        let new = quote! {
            #doc
            #must_use
            pub fn new() -> Self {
                #body
            }
        };
        return (None, new, default);
    }
    let values = arguments.iter().map(|it| {
        let (name, converted) = (&it.name, &it.converted);
        if *name == converted.to_string() {
            quote!(#name)
        } else {
            quote!(#name: #converted)
        }
    });
    let others = shape.rest.is_some() || shape.fields.iter().any(|it| !it.is_asked_for());
    let others = others.then(|| quote!(..tables::defaults()));
    let parts = shape.parts.as_ref().map(ident);
    let takes = match &parts {
        Some(parts) => quote!(parts: #parts),
        None => {
            let takes = arguments.iter().map(|it| {
                let (name, declared) = (&it.name, &it.declared);
                quote!(#name: #declared)
            });
            quote!(#(#takes),*)
        }
    };
    let new = quote! {
        #doc
        #must_use
        pub fn new(#takes) -> Self {
            Self { #(#values,)* #others }
        }
    };
    let parts = parts.map(|parts| parts_struct(definition, &parts, &arguments));
    (parts, new, None)
}

/// The body of a `new` that is given nothing, and the impl of `Default`.
fn without_arguments(
    spelling: &Spelling<'_>,
    definition: &TypeDef,
    shape: &Struct,
) -> (TokenStream, Option<TokenStream>) {
    if is_derived_default(shape) {
        return (quote!(Self::default()), None);
    }
    let (name, default) = (ident(&definition.name), spelling.std("Default"));
    let default = quote! {
        impl #default for #name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    (quote!(tables::defaults()), Some(default))
}

/// The struct of required fields.
fn parts_struct(
    definition: &TypeDef,
    parts: &proc_macro2::Ident,
    arguments: &[Argument],
) -> TokenStream {
    let of = &definition.name;
    let doc = docs::outer(&format!("Required fields of [`{of}`], for [`{of}::new`]."));
    let fields = arguments.iter().map(|it| {
        let (name, ty) = (&it.name, &it.declared);
        let doc = docs::outer(&format!("See [`{of}::{name}`]."));
        quote!(#doc pub #name: #ty)
    });
    quote! {
        #doc
        #[derive(Debug)]
        pub struct #parts {
            #(#fields,)*
        }
    }
}

/// The documentation of `new`.
fn summary(definition: &TypeDef, shape: &Struct, has_arguments: bool) -> String {
    let name = &definition.name;
    let article = if name.as_str().starts_with(['A', 'E', 'I', 'O', 'U']) {
        "an"
    } else {
        "a"
    };
    let is_optional = |field: &Field| !field.required;
    let optional = shape.fields.iter().any(is_optional);
    match (has_arguments, optional) {
        (true, true) => format!(
            "Creates {article} `{name}` from its required fields; optional fields are `None`."
        ),
        (true, false) => format!("Creates {article} `{name}` from its required fields."),
        (false, true) => format!("Creates {article} `{name}` whose optional fields are `None`."),
        (false, false) => format!("Creates {article} `{name}`."),
    }
}
