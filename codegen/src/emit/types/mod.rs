//! The modules of types: what a reader reads.

mod enums;
pub(super) mod structs;
mod unions;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Module, Reading, Shape, Type, TypeDef, TypeId};

use super::common::Common;
use super::spelling::{Spelling, ident};
use super::{docs, features, nesting};

/// `types/mod.rs`: the modules and what they hold, under one roof.
pub(super) fn root(api: &Api, common: &Common<'_>) -> TokenStream {
    let mut text = format!(
        "What is sent to {} and what it answers.\n\n\
         Structs are made with `new` and may get fields in later versions; enums keep values that \
         this version doesn't know.",
        docs::code(&api.title)
    );
    if nesting::recursion_limit(api).is_some() {
        text.push_str(
            "\n\nMany stand one within another. Where the compiler gives up on that in a crate that \
             uses them (E0275), `#![recursion_limit = \"256\"]` in its root helps.",
        );
    }
    let doc = docs::inner(&text);
    let modules = api.modules.iter().map(|module| {
        let (gate, name) = (features::gate(module.feature.as_ref()), ident(&module.name));
        quote!(#gate mod #name;)
    });
    let reexports = api.modules.iter().map(|module| {
        let name = ident(&module.name);
        let items = module.types.iter().flat_map(|&id| public_names(api, id));
        let gate = features::gate(module.feature.as_ref());
        quote!(#gate pub use self::#name::{#(#items),*};)
    });
    let allow = allow_deprecated(common);
    let level = reading(api.profile.reading);
    quote! {
        #doc
        #allow
        #(#modules)*
        #(#reexports)*

        /// How strictly values are held against the API's description, where a program says nothing
        /// else.
        pub(crate) const READING: crate::runtime::Reading = #level;
    }
}

/// A level of strictness. The path is whole: a type may have the name.
pub(super) fn reading(level: Reading) -> TokenStream {
    let level = match level {
        Reading::Strict => quote!(Strict),
        Reading::Lenient => quote!(Lenient),
        Reading::Tolerant => quote!(Tolerant),
    };
    quote!(crate::runtime::Reading::#level)
}

/// What is deprecated is still declared, derived for, encoded and re-exported.
pub(super) fn allow_deprecated(common: &Common<'_>) -> Option<TokenStream> {
    common.deprecated.then(|| quote!(#![allow(deprecated)]))
}

/// Whether any type is deprecated, or anything in one.
pub(super) fn any_deprecated(api: &Api) -> bool {
    api.declared().any(|definition| {
        definition.docs.deprecated
            || match &definition.shape {
                Shape::Struct(shape) => shape.fields.iter().any(|field| field.docs.deprecated),
                Shape::Union(union) => union.variants.iter().any(|it| it.docs.deprecated),
                Shape::StringEnum(values) => values.iter().any(|it| it.docs.deprecated),
                Shape::IntegerEnum(values) => values.iter().any(|it| it.docs.deprecated),
                _ => false,
            }
    })
}

/// The names that the definition of a type makes.
fn public_names(api: &Api, id: TypeId) -> Vec<proc_macro2::Ident> {
    let definition = api.type_def(id);
    let mut names = vec![ident(&definition.name)];
    if let Shape::Struct(shape) = &definition.shape
        && let Some(parts) = &shape.parts
    {
        names.push(ident(parts));
    }
    names
}

/// One module of types.
pub(super) fn module(api: &Api, common: &Common<'_>, module: &Module) -> TokenStream {
    let spelling = Spelling::in_types(api, &common.types, &module.types);
    let doc = docs::inner(&module.docs.text);
    let definitions = || module.types.iter().map(|&id| api.type_def(id));
    let items: Vec<TokenStream> = definitions()
        .map(|it| definition(api, &spelling, it))
        .collect();
    let imports = spelling.imports();
    let shapes: Vec<&Shape> = definitions().map(|it| &it.shape).collect();
    let tables = tables(&shapes);
    let allow = allow_deprecated(common);
    quote! {
        #doc
        #allow
        #imports
        #tables
        #(#items)*
    }
}

/// The import of the tables that declare types of these shapes.
fn tables(shapes: &[&Shape]) -> Option<TokenStream> {
    let union = shapes.iter().any(|it| matches!(it, Shape::Union(_)));
    let others = |shape: &&Shape| !matches!(shape, Shape::Union(_) | Shape::Alias(_));
    match (shapes.iter().any(others), union) {
        (true, true) => Some(quote!(
            use crate::runtime::{tables, union};
        )),
        (true, false) => Some(quote!(
            use crate::runtime::tables;
        )),
        (false, true) => Some(quote!(
            use crate::runtime::union;
        )),
        (false, false) => None,
    }
}

/// What is said of an alias that the document says nothing about.
fn what_it_is(target: &Type) -> String {
    match target {
        Type::String => "A text.",
        Type::Bool => "True or false.",
        Type::I64 | Type::U64 | Type::I128 => "A whole number.",
        Type::F64 | Type::Decimal => "A number.",
        Type::DateTime => "A point in time.",
        Type::Date => "A day of the calendar.",
        Type::Base64 => "Bytes, as text in Base64.",
        Type::Base64Url => "Bytes, as text in base64url.",
        Type::Value => "Any JSON value.",
        Type::Array(_) => "A list.",
        Type::Map(_) => "A map.",
        Type::Nullable(_) | Type::Named(_) => "Another name for a type.",
    }
    .to_owned()
}

fn definition(api: &Api, spelling: &Spelling<'_>, definition: &TypeDef) -> TokenStream {
    match &definition.shape {
        Shape::Struct(shape) => structs::emit(spelling, definition, shape),
        Shape::StringEnum(variants) => enums::text(definition, variants),
        Shape::IntegerEnum(variants) => enums::integer(definition, variants),
        Shape::Union(union) => unions::emit(api, spelling, definition, union),
        Shape::Newtype(inner) => structs::newtype(definition, &spelling.ty(inner)),
        Shape::Alias(target) => {
            let doc = docs::of(&definition.docs, &what_it_is(target));
            let (name, target) = (ident(&definition.name), spelling.ty(target));
            quote! {
                #doc
                pub type #name = #target;
            }
        }
    }
}
