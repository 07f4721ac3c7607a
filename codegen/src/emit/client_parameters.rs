//! Parameters that a client sends with all requests: for each a method of the builder.

use std::fmt::Write as _;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::{Api, ClientParameter, Docs, Profile};

use super::docs;
use super::spelling::ident;

/// The parameters, as the runtime represents them.
pub(super) fn constants(profile: &Profile) -> TokenStream {
    let option = |value: &Option<String>| match value {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    };
    let parameters = profile.parameters.iter().map(|it| {
        let (name, wire, is_header) = (it.name.as_str(), &it.wire, it.is_header);
        let (env, default) = (option(&it.env), option(&it.default));
        quote! {
            ClientParameter {
                name: #name, wire: #wire, is_header: #is_header, env: #env, default: #default
            }
        }
    });
    quote!(&[#(#parameters),*])
}

/// The methods of the builder.
pub(super) fn settings(api: &Api) -> TokenStream {
    let parameters = &api.profile.parameters;
    let methods = parameters.iter().enumerate().map(|(index, parameter)| {
        let (name, index) = (ident(&parameter.name), Literal::usize_unsuffixed(index));
        let doc = docs::outer(&about(parameter));
        quote! {
            #doc
            pub fn #name(self, #name: impl AsRef<str>) -> Self {
                Self { core: self.core.parameter(#index, #name.as_ref()) }
            }
        }
    });
    quote!(#(#methods)*)
}

/// The documentation of a builder method.
fn about(parameter: &ClientParameter) -> String {
    let kind = if parameter.is_header {
        "header"
    } else {
        "query parameter"
    };
    let wire = docs::code(&parameter.wire);
    let mut text = match &parameter.default {
        Some(default) => format!(
            "Sets the {kind} {wire} of all requests: {} by default.",
            docs::code(default)
        ),
        None => format!(
            "Sets the {kind} {wire} of all requests. It is required: without it \
             [`build`](Self::build) returns an error."
        ),
    };
    let described = docs::text_of(&Docs::text(&*parameter.description), "");
    if !described.is_empty() {
        text.push_str("\n\n");
        text.push_str(&described);
    }
    if let Some(variable) = &parameter.env {
        // Writing to a string can't fail.
        let _ = write!(
            text,
            "\n\n[`from_env`](Self::from_env) reads it from the environment variable `{variable}`."
        );
    }
    text
}
