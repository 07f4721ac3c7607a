//! Chainable setters for what a struct may be made without.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Access, Field, Struct, TypeDef, Usage};
use crate::names::{Ident, Scope};

use super::super::docs;
use super::super::spelling::{Spelling, ident};
use super::structs::{argument, value_type};

/// Names that a setter can't have.
const TAKEN: &[&str] = &["new", "clone", "fmt", "eq", "ne", "default", "serialize"];

/// The setters of a struct.
#[derive(Default)]
pub(super) struct Setters {
    /// Those that are called like their fields: a line each.
    pub(super) table: Option<TokenStream>,
    /// The others.
    pub(super) methods: Vec<TokenStream>,
}

/// Whether the setter of a field has its place in the table.
pub(super) fn is_plain(field: &Field) -> bool {
    is_set(field) && !field.docs.deprecated && !TAKEN.contains(&field.name.as_str())
}

/// Whether a field has a setter: those that the server sets have none.
fn is_set(field: &Field) -> bool {
    !field.required && field.access != Access::ReadOnly
}

/// The setters of a struct that is sent.
pub(super) fn of(spelling: &Spelling<'_>, definition: &TypeDef, shape: &Struct) -> Setters {
    let mut scope = Scope::new(TAKEN);
    let mut rows = Vec::new();
    let mut methods = Vec::new();
    let some = spelling.std("Some");
    for field in shape.fields.iter().filter(|field| is_set(field)) {
        let name = ident(&field.name);
        let method = method_name(&mut scope, &field.name);
        let (declared, converted) = given(spelling, field);
        if is_plain(field) && method == name {
            rows.push(quote!(#name: #declared => #converted,));
            continue;
        }
        let doc = doc(&field.name);
        let deprecated = field.docs.deprecated.then(|| quote!(#[deprecated]));
        methods.push(quote! {
            #doc
            #deprecated
            #[must_use]
            pub fn #method(mut self, #name: #declared) -> Self {
                self.#name = #some(#converted);
                self
            }
        });
    }
    methods.extend(shape.rest.as_ref().map(|rest| {
        let name = ident(&rest.name);
        let method = method_name(&mut scope, &rest.name);
        let doc = doc(&rest.name);
        let (declared, converted) = spelling.argument(&rest.ty, &name);
        quote! {
            #doc
            #[must_use]
            pub fn #method(mut self, #name: #declared) -> Self {
                self.#name = #converted;
                self
            }
        }
    }));
    let name = ident(&definition.name);
    let table = (!rows.is_empty()).then(|| quote!(tables::setters!(#name { #(#rows)* });));
    Setters { table, methods }
}

fn method_name(scope: &mut Scope, field: &Ident) -> proc_macro2::Ident {
    ident(&scope.name(&[field.as_str(), &format!("set_{field}")], "set"))
}

fn doc(field: &Ident) -> TokenStream {
    docs::outer(&format!("Sets [`{field}`](Self::{field})."))
}

/// The argument of a setter, and the value that it becomes.
fn given(spelling: &Spelling<'_>, field: &Field) -> (TokenStream, TokenStream) {
    if field.nullable {
        let name = ident(&field.name);
        let into = spelling.std("Into");
        let nullable = spelling.nullable(&value_type(spelling, field));
        return (quote!(impl #into<#nullable>), quote!(#name.into()));
    }
    let sent = Usage {
        sent: true,
        received: false,
    };
    argument(spelling, sent, field)
}
