//! The servers that the document names: constants, and functions where parts of a URL vary.

use std::fmt::Write as _;

use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Docs, ServerTemplate};
use crate::names::Ident;

use super::docs;
use super::spelling::ident;

/// `servers.rs`, for a document that names any.
pub(super) fn module(api: &Api) -> TokenStream {
    let servers = api.profile.servers.iter().map(|server| {
        let (name, url) = (ident(&server.name), &server.url);
        let doc = docs::of(&Docs::text(&*server.description), "A server of the API.");
        let function = server.template.as_ref().map(function);
        quote! {
            #doc
            pub const #name: &str = #url;
            #function
        }
    });
    quote! {
        //! Servers of the API, for [`ClientBuilder::base_url`](crate::ClientBuilder::base_url).

        #(#servers)*
    }
}

/// The function that makes a URL of values.
fn function(template: &ServerTemplate) -> TokenStream {
    let name = ident(&template.function);
    let mut text = format!(
        "The URL {} with these values, which stand in it as they are.\n\n# Arguments\n",
        docs::code(&template.url)
    );
    for variable in &template.variables {
        let said = docs::paragraph(&Docs::text(&*variable.description), "");
        let mut words = Vec::new();
        if !said.is_empty() {
            words.push(said.trim_end_matches('.').to_owned());
        }
        if !variable.values.is_empty() {
            let values: Vec<String> = variable.values.iter().map(|it| docs::code(it)).collect();
            words.push(format!("one of {}", values.join(", ")));
        }
        let default = format!("{} by default", docs::code(&variable.default));
        words.push(default);
        let _ = write!(text, "\n- `{}`: {}.", variable.name, words.join("; "));
    }
    let doc = docs::outer(&text);
    let arguments = template.variables.iter().map(|variable| {
        let name = ident(&variable.name);
        quote!(#name: &str)
    });
    let pattern = pattern(template);
    quote! {
        #doc
        #[must_use]
        pub fn #name(#(#arguments),*) -> String {
            format!(#pattern)
        }
    }
}

/// The URL as a format string: its variables by their names in Rust.
fn pattern(template: &ServerTemplate) -> String {
    let mut pattern = String::with_capacity(template.url.len());
    let mut rest = template.url.as_str();
    let variables = template.variables.iter();
    let named: IndexMap<&str, &Ident> = variables.map(|it| (&*it.wire, &it.name)).collect();
    // A name can have braces itself.
    let odd: Vec<_> = named
        .iter()
        .filter(|(wire, _)| wire.contains(['{', '}']))
        .collect();
    while let Some(first) = rest.chars().next() {
        let braced = rest.strip_prefix('{').and_then(|it| {
            let odd = odd.iter().find_map(|(wire, name)| {
                let behind = it.strip_prefix(**wire)?.strip_prefix('}')?;
                Some((**name, behind))
            });
            let plain = || {
                let (wire, behind) = it.split_once('}')?;
                Some((*named.get(wire)?, behind))
            };
            odd.or_else(plain)
        });
        if let Some((name, behind)) = braced {
            pattern.extend(["{", name.as_str(), "}"]);
            rest = behind;
            continue;
        }
        pattern.push(first);
        // Braces that are no variable stand for themselves when they are doubled.
        if matches!(first, '{' | '}') {
            pattern.push(first);
        }
        rest = &rest[first.len_utf8()..];
    }
    pattern
}
