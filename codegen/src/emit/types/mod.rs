//! The modules of types, in plain Rust: what they are serialized as stands in modules of their own.

mod attributes;
mod constructor;
mod enums;
pub(super) mod structs;
mod unions;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Module, Reading, Shape, Type, TypeDef, TypeId};
use crate::print;

use super::common::Common;
use super::spelling::{Spelling, ident};
use super::{docs, features, nesting};

/// `types/mod.rs`: the modules and what they hold, under one roof.
pub(super) fn root(api: &Api, common: &Common<'_>) -> TokenStream {
    let mut text = format!(
        "Request and response types of the {} API.\n\n\
         Structs are `#[non_exhaustive]`; construct them with `new`. Enums are open: a value that \
         this version of the crate doesn't know is kept in `UnknownValue`.",
        docs::code(&api.title)
    );
    if nesting::recursion_limit(api).is_some() {
        text.push_str(
            "\n\nThe types are deeply nested. If the compiler reports an overflow (E0275) in a crate that \
             uses them, add `#![recursion_limit = \"256\"]` to its root.",
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
        #![allow(missing_docs, reason = "the API's description doesn't document everything")]
        #allow
        #(#modules)*
        #(#reexports)*

        /// How strictly responses are decoded, unless a client or a request says otherwise.
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
///
/// # Errors
///
/// As [`print::file`].
pub(super) fn module(api: &Api, common: &Common<'_>, module: &Module) -> Result<String, String> {
    let spelling = Spelling::in_types(api, &common.types, &module.types);
    let doc = docs::inner(&module.docs.text);
    let definitions = || module.types.iter().map(|&id| api.type_def(id));
    let mut body = print::Items::new();
    for it in definitions() {
        definition(&mut body, &spelling, it)?;
    }
    let imports = spelling.imports();
    let tables = definitions().any(|it| names_tables(&it.shape)).then(|| {
        quote!(
            use crate::runtime::tables;
        )
    });
    let allow = allow_deprecated(common);
    body.below(quote! {
        #doc
        #allow
        #imports
        #tables
    })
}

/// Attributes of the configuration that are none: the type, and why.
pub(super) fn wrong_attributes(api: &Api) -> Vec<(String, String)> {
    let of_types = api.declared().flat_map(|definition| {
        let wrong = definition.attributes.iter().filter_map(|it| {
            let why = attributes::wrong_with(it)?;
            Some(format!("`{}` is not an attribute: {why}", it.text))
        });
        wrong.map(|message| (definition.pointer.clone(), message))
    });
    of_types.collect()
}

/// Whether the code of a type names the tables of the runtime.
fn names_tables(shape: &Shape) -> bool {
    match shape {
        Shape::Struct(shape) => structs::names_tables(shape),
        _ => false,
    }
}

/// The documentation of an alias that the document says nothing about.
fn what_it_is(target: &Type) -> String {
    match target {
        Type::String => "A string.",
        Type::Bool => "A boolean.",
        Type::I64 | Type::U64 | Type::I128 => "An integer.",
        Type::F64 | Type::Decimal => "A number.",
        Type::DateTime => "A date and time.",
        Type::Date => "A date.",
        Type::Base64 => "Bytes, encoded in Base64.",
        Type::Base64Url => "Bytes, encoded in base64url.",
        Type::Value => "Any JSON value.",
        Type::Array(_) => "An array.",
        Type::Map(_) => "A map.",
        Type::Nullable(_) | Type::Named(_) | Type::External(_) => "An alias.",
    }
    .to_owned()
}

fn definition(
    file: &mut print::Items,
    spelling: &Spelling<'_>,
    definition: &TypeDef,
) -> Result<(), String> {
    file.push(match &definition.shape {
        Shape::Struct(shape) => return structs::emit(file, spelling, definition, shape),
        Shape::StringEnum(variants) => enums::text(spelling, definition, variants),
        Shape::IntegerEnum(variants) => enums::integer(definition, variants),
        Shape::Union(union) => unions::emit(spelling, definition, union),
        Shape::Newtype(inner) => structs::newtype(definition, &spelling.ty(inner)),
        Shape::Alias(target) => {
            let doc = docs::of(&definition.docs, &what_it_is(target));
            let (name, target) = (ident(&definition.name), spelling.ty(target));
            quote! {
                #doc
                pub type #name = #target;
            }
        }
    })
}
