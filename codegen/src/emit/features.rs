//! Cargo features of parts of the API: what is compiled with which.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Resource};

use super::docs;

/// The condition that stands in front of an item of a feature.
pub(super) fn gate(feature: Option<&String>) -> Option<TokenStream> {
    feature.map(|feature| quote!(#[cfg(feature = #feature)]))
}

/// The same in front of what an example hides.
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
        "- `{}` (default): all of the following. To compile less, turn the default features off and \
         name those that you call, beside one for TLS:\n",
        all.name
    );
    for feature in parts {
        let about = docs::paragraph(&feature.docs, "");
        let separator = if about.is_empty() { "" } else { ": " };
        let _ = writeln!(text, "    - `{}`{separator}{about}", feature.name);
    }
    text
}
