//! The root of the crate.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{Api, Docs, Package, Resource};
use crate::names::Ident;

use super::common::Common;
use super::spelling::ident;
use super::{docs, feature_flags, features, guide, needs, nesting, readme, runtime};

/// What the root of a crate or of a module declares and exports.
fn items(api: &Api) -> TokenStream {
    let modules = api.top_resources().map(|resource| {
        let (gate, name) = (features::gate_of(resource), ident(&resource.module));
        quote!(#gate pub mod #name;)
    });
    let servers = (!api.profile.servers.is_empty()).then(|| {
        quote!(
            pub mod servers;
        )
    });
    let types = (!api.modules.is_empty()).then(|| {
        quote!(
            pub mod types;
        )
    });
    let webhooks = api.webhooks.as_ref().map(|webhooks| {
        let module = ident(&webhooks.module);
        quote!(pub mod #module;)
    });
    let own = api.package.modules.iter().map(|module| {
        let module = format_ident!("{module}");
        quote!(pub mod #module;)
    });
    let exports = runtime::exports(api);
    // The documentation has the methods of a request in the order of the modules: parameters and `send` come first, the
    // options that all requests have, which are in `wire`, after them.
    quote! {
        mod client;
        mod runtime;
        #(#modules)*
        #servers
        #types
        #webhooks
        mod wire;
        #(#own)*

        pub use client::{Client, ClientBuilder};

        /// The JSON crate: its `Value` holds any JSON value.
        pub use serde_json;

        /// The HTTP crate: its types are used for statuses, headers and HTTP clients.
        pub use reqwest;

        #exports
    }
}

/// `lib.rs` of a module: what a crate says once for all of it, the module says of itself.
pub(super) fn module_root(api: &Api) -> TokenStream {
    let items = items(api);
    quote! {
        #![forbid(unsafe_code)]
        #![allow(
            clippy::all,
            clippy::pedantic,
            dead_code,
            unreachable_pub,
            unused_imports,
            reason = "names, documentation and sizes come from the API, and not everybody uses all of it"
        )]

        #items
    }
}

/// `lib.rs`
pub(super) fn root(api: &Api, common: &Common<'_>) -> Result<TokenStream, String> {
    let text = front_page(api, common)?;
    let doc = docs::inner(&text);
    let items = items(api);
    // Letters of one script can look like those of another.
    let scripts = needs::letters_beyond_ascii(api).then(|| {
        quote! {
            #![allow(
                confusable_idents,
                mixed_script_confusables,
                uncommon_codepoints,
                reason = "names come from the API, in any script"
            )]
        }
    });
    let recursion_limit = nesting::recursion_limit(api).map(|steps| {
        let steps = steps.to_string();
        quote!(#![recursion_limit = #steps])
    });
    Ok(quote! {
        #doc
        #recursion_limit
        #![forbid(unsafe_code)]
        #![warn(missing_docs)]
        #![allow(
            clippy::disallowed_names,
            clippy::doc_lazy_continuation,
            clippy::doc_markdown,
            clippy::just_underscores_and_digits,
            clippy::large_enum_variant,
            clippy::module_inception,
            clippy::needless_pass_by_value,
            clippy::self_named_constructors,
            clippy::should_implement_trait,
            clippy::too_many_arguments,
            clippy::type_complexity,
            reason = "names, documentation and sizes come from the API; requests take ownership of their arguments"
        )]
        #scripts
        #![cfg_attr(docsrs, feature(doc_cfg))]

        #items
    })
}

/// The path of the accessor method of a resource, for a link.
pub(super) fn accessor_link(resource: &Resource) -> String {
    let module = &resource.module;
    match &resource.parent_handle {
        None => format!("crate::Client::{module}"),
        Some(handle) => {
            let parents: Vec<&str> = resource.parents.iter().map(Ident::as_str).collect();
            format!("crate::{}::{handle}::{module}", parents.join("::"))
        }
    }
}

/// The front page of the crate's documentation.
fn front_page(api: &Api, common: &Common<'_>) -> Result<String, String> {
    let package = &api.package;
    let mut text = docs::text_of(&Docs::text(&*package.description), "A client.");
    // Behind the end of a block of code it would keep the block open.
    if text.ends_with(char::is_alphanumeric) {
        text.push('.');
    }
    let about = docs::text_of(&api.docs, "");
    if !about.is_empty() {
        let _ = write!(text, "\n\n{about}");
    }
    if let Some(call) = readme::first_call(api)? {
        text.push_str("\n\n# Getting started\n\n");
        text.push_str(&call);
    }
    text.push_str("\n\n# Resources\n\n");
    for resource in &api.resources {
        let indent = "    ".repeat(resource.parents.len());
        let module = &resource.module;
        if resource.is_client {
            text.push_str("- [`Client`]");
        } else {
            let link = accessor_link(resource).replace("crate::", "");
            let _ = write!(text, "{indent}- [`{module}`]({link})");
        }
        let about = docs::paragraph(&resource.docs, "");
        if !about.is_empty() {
            let _ = write!(text, ": {about}");
        }
        text.push('\n');
    }
    if let Some(url) = listing_url(package) {
        let _ = writeln!(
            text,
            "\nAll methods and types are listed in [api.md]({url})."
        );
    }
    text.push_str(
        "\n# Errors\n\n\
         Every request returns the same [`Error`] type. Its predicates distinguish the kinds of errors, \
         for example [`Error::is_not_found`]; [`Error::status`], [`Error::request_id`] and \
         [`Error::body`] return what the server sent. [`Error::body_as`] decodes a documented error \
         body.",
    );
    if let Some(failures) = &common.failures {
        let _ = write!(
            text,
            " Most operations document the following error responses; operations with others list their own:\n{failures}"
        );
    }
    text.push_str(&guide::sections(api)?);
    text.push_str("\n\n# Feature flags\n\n");
    text.push_str(&feature_flags::list(api));
    let _ = write!(
        text,
        "\n\n# MSRV\n\nThe minimum supported Rust version is {}.",
        package.rust_version
    );
    Ok(text)
}

/// The URL of `api.md` in the published crate: rustdoc doesn't include it.
fn listing_url(package: &Package) -> Option<String> {
    let documentation = package.documentation.as_deref();
    documentation
        .is_none_or(|url| url.starts_with("https://docs.rs/"))
        .then(|| {
            let name = &package.name;
            format!("https://docs.rs/crate/{name}/latest/source/api.md")
        })
}
