//! How types of the model are spelled in Rust: in each file that is emitted, and for those who compare or survey crates.
//!
//! Emitted code reads best with the plain names of the prelude. Where the API has a type of the
//! same name, that would be taken instead, so there, and only there, the whole path is written.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use crate::model::{Api, Form, Shape, Type, TypeId};
use crate::names;

/// An identifier of the model as a token.
pub(crate) fn ident(name: &names::Ident) -> Ident {
    Ident::new(name.as_str(), Span::call_site())
}

/// An import of some names below one path, if there are any.
pub(crate) fn braced(path: &TokenStream, names: &[TokenStream]) -> Option<TokenStream> {
    match names {
        [] => None,
        [one] => Some(quote!(use #path::#one;)),
        several => Some(quote!(use #path::{#(#several),*};)),
    }
}

/// A type as another crate spells it that has imported all of the crate's root.
pub(crate) fn outside(api: &Api, ty: &Type) -> String {
    Spelling::elsewhere(api).shown(ty)
}

/// How types are spelled in one file.
pub(crate) struct Spelling<'a> {
    api: &'a Api,
    /// Types of the API that this file defines; `None` outside of the modules of types.
    own: Option<HashSet<TypeId>>,
    /// Names of the API's types, where they could be taken for another.
    shadowed: Option<&'a HashSet<&'a str>>,
    /// Names that the file has to import, for it names them.
    used: RefCell<BTreeSet<&'static str>>,
}

impl<'a> Spelling<'a> {
    /// For a module of types, which defines those of `own`. `type_names` are the names of all types of the API.
    pub(crate) fn in_types(api: &'a Api, type_names: &'a HashSet<&'a str>, own: &[TypeId]) -> Self {
        Self {
            api,
            own: Some(own.iter().copied().collect()),
            shadowed: Some(type_names),
            used: RefCell::default(),
        }
    }

    /// For a listing, where all types of the API are called by their names alone.
    pub(crate) fn in_listing(api: &'a Api, type_names: &'a HashSet<&'a str>) -> Self {
        let all: Vec<TypeId> = (0..api.types.len()).map(TypeId).collect();
        Self::in_types(api, type_names, &all)
    }

    /// For any other file: types of the API are spelled `types::Name` there.
    pub(crate) fn elsewhere(api: &'a Api) -> Self {
        Self {
            api,
            own: None,
            shadowed: None,
            used: RefCell::default(),
        }
    }

    /// The API whose types are spelled.
    pub(crate) fn api(&self) -> &'a Api {
        self.api
    }

    /// Whether a type is any JSON.
    pub(crate) fn is_any(&self, ty: &Type) -> bool {
        *self.resolve(ty) == Type::Value
    }

    /// What a type is behind other names for it.
    pub(crate) fn resolve<'t>(&self, ty: &'t Type) -> &'t Type
    where
        'a: 't,
    {
        self.api.resolve(ty)
    }

    /// Whether a type of the API would be taken for what has this name.
    fn is_shadowed(&self, name: &str) -> bool {
        self.shadowed.is_some_and(|names| names.contains(name))
    }

    /// A name of the prelude.
    pub(crate) fn std(&self, name: &str) -> TokenStream {
        let plain = format_ident!("{name}");
        if !self.is_shadowed(name) {
            return quote!(#plain);
        }
        let module = match name {
            "Option" => "option",
            "Vec" => "vec",
            "String" => "string",
            "Box" => "boxed",
            "Into" | "From" => "convert",
            "IntoIterator" => "iter",
            _ => return quote!(::std::prelude::rust_2024::#plain),
        };
        let module = format_ident!("{module}");
        quote!(::std::#module::#plain)
    }

    /// A type, where neither absence nor `null` is possible.
    pub(crate) fn ty(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::String => self.std("String"),
            Type::Bool => quote!(bool),
            Type::I64 => quote!(i64),
            Type::U64 => quote!(u64),
            Type::I128 => quote!(i128),
            Type::F64 => quote!(f64),
            Type::Decimal => self.imported("Decimal", quote!(crate::Decimal)),
            Type::DateTime => self.imported("DateTime", quote!(crate::DateTime)),
            Type::Date => self.imported("Date", quote!(crate::Date)),
            Type::Base64 => self.imported("Base64", quote!(crate::Base64)),
            Type::Base64Url => self.imported("Base64Url", quote!(crate::Base64Url)),
            Type::Value => quote!(serde_json::Value),
            Type::Array(item) => {
                let (vec, item) = (self.std("Vec"), self.ty(item));
                quote!(#vec<#item>)
            }
            Type::Map(value) => {
                let map = self.map();
                let (string, value) = (self.std("String"), self.ty(value));
                quote!(#map<#string, #value>)
            }
            Type::Nullable(inner) => {
                let (option, inner) = (self.std("Option"), self.ty(inner));
                quote!(#option<#inner>)
            }
            Type::Named(id) => self.named(*id),
            // The configuration takes nothing but paths.
            Type::External(external) => external_path(self.api, &external.path)
                .parse()
                .unwrap_or_default(),
        }
    }

    /// A type as documentation shows it.
    pub(crate) fn shown(&self, ty: &Type) -> String {
        // The path of a type needs none of the spaces between its tokens.
        let path = self.ty(ty).to_string().replace(' ', "");
        path.replace(',', ", ")
    }

    /// The type of maps, without those of keys and values.
    pub(crate) fn map(&self) -> TokenStream {
        self.imported("BTreeMap", quote!(::std::collections::BTreeMap))
    }

    /// A type of the API.
    pub(crate) fn named(&self, id: TypeId) -> TokenStream {
        let name = ident(&self.api.type_def(id).name);
        match &self.own {
            None => quote!(types::#name),
            Some(own) if own.contains(&id) => quote!(#name),
            Some(_) => quote!(super::#name),
        }
    }

    /// The type that tells absent, `null` and a value apart.
    pub(crate) fn nullable(&self, inner: &TokenStream) -> TokenStream {
        let nullable = self.imported("Nullable", quote!(crate::Nullable));
        quote!(#nullable<#inner>)
    }

    /// How an argument of this type is declared, and how it becomes the type.
    pub(crate) fn argument(&self, ty: &Type, name: &Ident) -> (TokenStream, TokenStream) {
        let into = self.std("Into");
        let target = self.ty(ty);
        match self.api.resolve(ty) {
            Type::Map(value) => {
                let (iterator, string) = (self.std("IntoIterator"), self.std("String"));
                let value = self.ty(value);
                let entry = quote!((impl #into<#string>, impl #into<#value>));
                let made = entries_made(name);
                (quote!(impl #iterator<Item = #entry>), made)
            }
            Type::Array(item) if self.takes_items(item) => {
                let (iterator, item) = (self.std("IntoIterator"), self.ty(item));
                let declared = quote!(impl #iterator<Item = impl #into<#item>>);
                (
                    declared,
                    quote!(#name.into_iter().map(#into::into).collect()),
                )
            }
            Type::Array(item) if self.takes_exact_items(item) => {
                let (iterator, item) = (self.std("IntoIterator"), self.ty(item));
                let declared = quote!(impl #iterator<Item = #item>);
                (declared, quote!(#name.into_iter().collect()))
            }
            resolved if self.is_converted(resolved) => {
                (quote!(impl #into<#target>), quote!(#name.into()))
            }
            _ => (target, quote!(#name)),
        }
    }

    /// Whether an argument takes whatever can be made a value of this type.
    fn is_converted(&self, resolved: &Type) -> bool {
        match resolved {
            Type::Value | Type::Array(_) => true,
            Type::Named(id) => self.is_enum(*id) || self.is_union(*id),
            other => is_text_like(other),
        }
    }

    /// The value of an argument that takes items or entries one by one, with its type.
    pub(crate) fn collected(&self, ty: &Type, name: &Ident) -> Option<TokenStream> {
        let target = self.ty(ty);
        match self.api.resolve(ty) {
            Type::Map(_) => Some(entries_made(name)),
            Type::Array(item) if self.takes_items(item) => {
                let into = self.std("Into");
                Some(quote!(#name.into_iter().map(#into::into).collect::<#target>()))
            }
            Type::Array(item) if self.takes_exact_items(item) => {
                Some(quote!(#name.into_iter().collect::<#target>()))
            }
            _ => None,
        }
    }

    /// Whether an argument takes the items of a list one by one: where something else can be made one.
    fn takes_items(&self, item: &Type) -> bool {
        match self.api.resolve(item) {
            Type::Value => true,
            Type::Named(id) => {
                self.is_enum(*id)
                    || self.is_union(*id)
                    || self.api.is_made_of_text(self.api.type_def(*id))
            }
            item => is_text_like(item),
        }
    }

    /// Whether an argument takes the items of a list one by one, and each is of their type: nothing else can be
    /// made one, and an empty list has a type then, too.
    fn takes_exact_items(&self, item: &Type) -> bool {
        matches!(self.api.resolve(item), Type::Named(_)) && !self.takes_items(item)
    }

    /// The type of a list's items, where an argument takes whatever can be made one, and each is a text.
    pub(crate) fn items_converted(&self, ty: &Type) -> Option<TokenStream> {
        let Type::Array(item) = self.api.resolve(ty) else {
            return None;
        };
        let converted = match self.api.resolve(item) {
            Type::Named(id) => self.is_enum(*id),
            item => is_text_like(item),
        };
        converted.then(|| self.ty(item))
    }

    /// Whether a parameter of this type is written as text right away; others are by way of JSON.
    pub(crate) fn has_text_form(&self, ty: &Type) -> bool {
        match self.api.resolve(ty) {
            Type::Array(item) | Type::Map(item) => self.is_scalar(item),
            _ => self.is_scalar(ty),
        }
    }

    fn is_scalar(&self, ty: &Type) -> bool {
        match self.api.resolve(ty) {
            Type::String
            | Type::Bool
            | Type::I64
            | Type::U64
            | Type::I128
            | Type::F64
            | Type::Decimal
            | Type::DateTime
            | Type::Date
            | Type::Base64
            | Type::Base64Url => true,
            Type::Named(id) => self.is_enum(*id),
            _ => false,
        }
    }

    fn is_union(&self, id: TypeId) -> bool {
        matches!(self.api.type_def(id).shape, Shape::Union(_))
    }

    fn is_enum(&self, id: TypeId) -> bool {
        matches!(
            self.api.type_def(id).shape,
            Shape::StringEnum(_) | Shape::IntegerEnum(_)
        )
    }

    /// The imports that the file needs for what it named.
    pub(crate) fn imports(&self) -> TokenStream {
        let used = self.used.borrow();
        let map = used.contains("BTreeMap").then(|| {
            quote!(
                use std::collections::BTreeMap;
            )
        });
        let own: Vec<TokenStream> = used
            .iter()
            .filter(|name| **name != "BTreeMap")
            .map(|name| format_ident!("{name}"))
            .map(|name| quote!(#name))
            .collect();
        let own = braced(&quote!(crate), &own);
        quote!(#map #own)
    }

    /// A name that the file imports, unless a type of the API has it.
    fn imported(&self, name: &'static str, path: TokenStream) -> TokenStream {
        if self.is_shadowed(name) {
            return path;
        }
        self.used.borrow_mut().insert(name);
        let name = format_ident!("{name}");
        quote!(#name)
    }
}

/// The path of a type that isn't generated, or of a function. A resource may be called like the crate that it is of.
pub(crate) fn external_path(api: &Api, path: &str) -> String {
    if api.package.form == Form::Module && !is_own(path) {
        return with_surrounding(path);
    }
    let root = path.split("::").next().unwrap_or_default();
    let is_shadowed = api.resources.iter().any(|it| it.module.as_str() == root);
    if is_shadowed {
        format!("::{path}")
    } else {
        path.to_owned()
    }
}

/// Stands for `crate` in paths of the configuration while the sources of a module are made: those lead to the crate
/// around it, and all others into it.
pub(crate) const SURROUNDING: &str = "crate_around_the_module";

/// A path, whose types may have others as arguments, to what the crate around a module has.
fn with_surrounding(path: &str) -> String {
    let mut text = String::new();
    for (at, part) in path.split("crate::").enumerate() {
        if at > 0 {
            let is_part = text.ends_with(|it: char| it.is_alphanumeric() || it == '_');
            text.push_str(if is_part { "crate" } else { SURROUNDING });
            text.push_str("::");
        }
        text.push_str(part);
    }
    text
}

/// Whether a path leads to what is emitted.
pub(crate) fn is_own(path: &str) -> bool {
    let mut segments = path.split("::");
    match (segments.next(), segments.next(), segments.next()) {
        (Some("crate"), Some("types"), _) => true,
        (Some("crate"), Some(name), None) => OWN.contains(&name),
        _ => false,
    }
}

/// Types at the root of a crate that fields have.
const OWN: [&str; 6] = [
    "Base64",
    "Base64Url",
    "Date",
    "DateTime",
    "Decimal",
    "Nullable",
];

/// The entries of a map, made of whatever gives pairs.
fn entries_made(name: &Ident) -> TokenStream {
    quote!(crate::runtime::tables::entries(#name))
}

/// Whether values of a type are made of texts, or of something else that holds the same.
fn is_text_like(ty: &Type) -> bool {
    matches!(
        ty,
        Type::String | Type::Decimal | Type::DateTime | Type::Date | Type::Base64 | Type::Base64Url
    )
}
