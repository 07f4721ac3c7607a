//! The module of webhooks and callbacks: functions that decode the bodies of their requests.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Webhook, Webhooks};

use super::docs;
use super::failures::type_link;
use super::spelling::Spelling;

/// `webhooks.rs`
pub(super) fn module(api: &Api, webhooks: &Webhooks) -> TokenStream {
    let mut text = String::from(
        "Webhook payloads: the functions of this module decode the bodies of requests that the API \
         sends to your server. This module does not verify signatures.",
    );
    for (heading, list) in [
        ("Webhooks", &webhooks.offered),
        ("Callbacks", &webhooks.callbacks),
    ] {
        if !list.is_empty() {
            let _ = write!(text, "\n\n# {heading}\n");
        }
        for webhook in list {
            text.push_str(&line(api, webhook));
        }
    }
    let doc = docs::inner(&text);
    let spelling = Spelling::elsewhere(api);
    let event = webhooks.event.as_ref().map(|ty| {
        let ty = spelling.ty(ty);
        quote! {
            /// Decodes the body of a webhook.
            ///
            /// # Errors
            ///
            /// Returns the decoding error if the body isn't that of a documented webhook.
            pub fn decode(body: impl AsRef<[u8]>) -> Result<#ty, serde_json::Error> {
                decode_as(body)
            }
        }
    });
    let imports = spelling.imports();
    let types = names_types(webhooks).then(|| {
        quote!(
            use crate::types;
        )
    });
    quote! {
        #doc

        #imports
        use serde::de::DeserializeOwned;
        #types

        #event

        /// Decodes the body of a webhook or callback of a known type.
        ///
        /// # Errors
        ///
        /// Returns the decoding error if the body isn't of this type.
        pub fn decode_as<T: DeserializeOwned>(body: impl AsRef<[u8]>) -> Result<T, serde_json::Error> {
            serde_json::from_slice(body.as_ref())
        }
    }
}

fn line(api: &Api, webhook: &Webhook) -> String {
    let about = match docs::paragraph(&webhook.docs, "") {
        none if none.is_empty() => none,
        about => format!(". {about}"),
    };
    let ty = type_link(api, &webhook.ty).unwrap_or_else(|| "any JSON value".to_owned());
    format!("\n- {}: {ty}{about}", docs::code(&webhook.name))
}

/// Whether the code uses a type of the API; links of the documentation don't count.
fn names_types(webhooks: &Webhooks) -> bool {
    webhooks
        .event
        .as_ref()
        .is_some_and(super::request::names_a_type)
}
