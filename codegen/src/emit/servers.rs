//! The document's `servers`: constants, and functions for URL templates.

use std::collections::HashMap;
use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Docs, ServerTemplate};
use crate::names::Ident;

use super::docs;
use super::spelling::ident;

/// `servers.rs`, for a document that has servers.
pub(super) fn module(api: &Api) -> TokenStream {
    let servers = api.profile.servers.iter().map(|server| {
        let name = ident(&server.name);
        let doc = docs::of(&Docs::text(&*server.description), "A server of the API.");
        let constant = server
            .url
            .as_ref()
            .map(|url| quote!(#doc pub const #name: &str = #url;));
        // Without a constant, the description goes to the function.
        let about = if constant.is_none() {
            docs::paragraph(&Docs::text(&*server.description), "")
        } else {
            String::new()
        };
        let is_whole = server.url.is_some();
        let function = server
            .template
            .as_ref()
            .map(|it| function(it, &about, is_whole));
        quote!(#constant #function)
    });
    quote! {
        //! Servers of the API, for [`ClientBuilder::base_url`](crate::ClientBuilder::base_url).

        #(#servers)*
    }
}

/// The function that expands a URL template. If the template is `whole`, all its variables have defaults.
fn function(template: &ServerTemplate, about: &str, whole: bool) -> TokenStream {
    let name = ident(&template.function);
    let mut text = if about.is_empty() {
        String::new()
    } else {
        format!("{about}\n\n")
    };
    let _ = write!(
        text,
        "Expands the server URL template {}. Values are inserted verbatim, without percent-encoding.\n\n\
         # Arguments\n",
        docs::code(&template.url)
    );
    for variable in &template.variables {
        let description = docs::paragraph(&Docs::text(&*variable.description), "");
        let mut words = Vec::new();
        if !description.is_empty() {
            words.push(description.trim_end_matches('.').to_owned());
        }
        if !variable.values.is_empty() {
            let values: Vec<String> = variable.values.iter().map(|it| docs::code(it)).collect();
            words.push(format!("one of {}", values.join(", ")));
        }
        // A variable without a default may have no description either.
        if !variable.default.is_empty() {
            words.push(format!("{} by default", docs::code(&variable.default)));
        } else if whole {
            words.push("empty by default".to_owned());
        } else if words.is_empty() {
            let variable = docs::code(&format!("{{{}}}", variable.wire));
            words.push(format!("the value of {variable}"));
        }
        let _ = write!(text, "\n- `{}`: {}.", variable.name, words.join("; "));
    }
    let doc = docs::outer(&text);
    let arguments = template.variables.iter().map(|variable| {
        let name = ident(&variable.name);
        quote!(#name: &str)
    });
    let body = match template.variables.as_slice() {
        // Clippy has no use for a format of a single text (`useless_format`).
        [only] if template.url == format!("{{{}}}", only.wire) => {
            let name = ident(&only.name);
            quote!(#name.to_owned())
        }
        _ => {
            let pattern = pattern(template);
            quote!(format!(#pattern))
        }
    };
    quote! {
        #doc
        #[must_use]
        pub fn #name(#(#arguments),*) -> String {
            #body
        }
    }
}

/// The URL as a format string, with the Rust names of its variables.
fn pattern(template: &ServerTemplate) -> String {
    let names: HashMap<&str, &Ident> = template
        .variables
        .iter()
        .map(|variable| (variable.wire.as_str(), &variable.name))
        .collect();
    let mut pattern = String::with_capacity(template.url.len());
    let mut rest = template.url.as_str();
    while let Some(first) = rest.chars().next() {
        let inner = rest.strip_prefix('{').and_then(|it| it.split_once('}'));
        let variable = inner.and_then(|(wire, behind)| Some((names.get(wire)?, behind)));
        if let Some((name, behind)) = variable {
            pattern.extend(["{", name.as_str(), "}"]);
            rest = behind;
            continue;
        }
        pattern.push(first);
        // Braces that don't enclose a variable are escaped by doubling them.
        if matches!(first, '{' | '}') {
            pattern.push(first);
        }
        rest = &rest[first.len_utf8()..];
    }
    pattern
}

/// A call of the function, for examples: with the defaults, the first allowed values, or placeholders.
pub(super) fn sample(library: &TokenStream, template: &ServerTemplate) -> TokenStream {
    let function = ident(&template.function);
    let values = template.variables.iter().map(|variable| {
        let is_scheme = template
            .url
            .starts_with(&format!("{{{}}}://", variable.wire));
        let is_first = template.url.starts_with(&format!("{{{}}}", variable.wire));
        match (variable.default.as_str(), variable.values.first()) {
            ("", Some(value)) => value,
            ("", None) if is_scheme => "https",
            (default, None) if is_first && !is_scheme && !default.contains("://") => {
                "https://api.example.com"
            }
            ("", None) => &variable.wire,
            (default, _) => default,
        }
    });
    quote!(#library::servers::#function(#(#values),*))
}
