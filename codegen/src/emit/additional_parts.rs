//! Setters of parts whose names users choose.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::AdditionalParts;

use super::body::converted;
use super::spelling::{Spelling, ident};

/// The setters of files and values with any name.
pub(super) fn setters(spelling: &Spelling<'_>, additional: &AdditionalParts) -> TokenStream {
    let file = additional.file.as_ref().map(|name| {
        let setter = ident(name);
        quote! {
            /// Adds a file as the part `name`, also where the form has a part of this name.
            pub fn #setter(mut self, name: impl Into<String>, file: impl Into<crate::Upload>) -> Self {
                self.parts.add_file(name, file);
                self
            }
        }
    });
    let value = additional.values.as_ref().map(|values| {
        let setter = ident(&values.name);
        let (declared, turbofish, value) = converted(spelling, &values.ty, &format_ident!("value"));
        quote! {
            /// Adds a value as the part `name`, also where the form has a part of this name: an array as a part for
            /// each item, an object as JSON.
            pub fn #setter(mut self, name: impl Into<String>, #declared) -> Self {
                self.parts.add_value #turbofish(name, #value);
                self
            }
        }
    });
    quote!(#file #value)
}
