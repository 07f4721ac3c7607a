//! Cargo features for parts of the API.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Resource};

use super::docs;

/// The `cfg` attribute of an item that requires a feature.
pub(super) fn gate(feature: Option<&String>) -> Option<TokenStream> {
    feature.map(|feature| quote!(#[cfg(feature = #feature)]))
}

/// The same for a resource. One within another is compiled with the one that leads to it anyway.
pub(super) fn gate_of(resource: &Resource) -> Option<TokenStream> {
    gate(resource.feature.as_ref()).filter(|_| resource.parents.is_empty())
}

/// The same as a hidden line of an example.
pub(super) fn hidden_gate(resource: &Resource) -> String {
    match &resource.feature {
        Some(feature) => format!("# #[cfg(feature = \"{feature}\")]\n"),
        None => String::new(),
    }
}

/// The features as the documentation lists them.
pub(super) fn list(api: &Api) -> String {
    let Some((all, parts)) = api.features.split_last() else {
        return String::new();
    };
    let mut text = format!(
        "- `{}` (default): all of the following. To compile less, disable the default features, and \
         enable the ones you use and one for TLS:\n",
        all.name
    );
    for feature in parts {
        let about = docs::paragraph(&feature.docs, "");
        let separator = if about.is_empty() { "" } else { ": " };
        let _ = writeln!(text, "    - `{}`{separator}{about}", feature.name);
    }
    text
}
