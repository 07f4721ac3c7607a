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

/// The feature of all parts, if they have features.
pub(super) fn of_all(api: &Api) -> Option<&str> {
    api.features.last().map(|all| all.name.as_str())
}

/// The features as the manifest lists them.
pub(super) fn manifest_lines(api: &Api) -> String {
    let mut text = String::new();
    for feature in &api.features {
        let list = |separator: &str| {
            let names: Vec<String> = feature.needs.iter().map(|it| format!("{it:?}")).collect();
            names.join(separator)
        };
        let line = format!("{} = [{}]", feature.name, list(", "));
        if line.len() <= 100 {
            let _ = writeln!(text, "{line}");
        } else {
            let _ = writeln!(text, "{} = [\n    {},\n]", feature.name, list(",\n    "));
        }
    }
    text
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
