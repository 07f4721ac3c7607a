//! The servers that the document names: constants, and functions where parts of a URL vary.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Docs, ServerTemplate};

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
        let said = docs::text_of(&Docs::text(&*variable.description), "");
        let said = said.split("\n\n").next().unwrap_or_default();
        let mut words = Vec::new();
        if !said.is_empty() {
            words.push(said.trim_end_matches('.').replace('\n', " "));
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
    // Braces that are no variable stand for themselves in a format string when they are doubled.
    let mut pattern = template.url.replace('{', "{{").replace('}', "}}");
    for variable in &template.variables {
        pattern = pattern.replace(
            &format!("{{{{{}}}}}", variable.wire),
            &format!("{{{}}}", variable.name),
        );
    }
    quote! {
        #doc
        #[must_use]
        pub fn #name(#(#arguments),*) -> String {
            format!(#pattern)
        }
    }
}
