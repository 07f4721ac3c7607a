//! The feature flags that emitted crates have apart from those of their resources, each a row of one table.
//!
//! A new flag is a row here. The runtime has the same `[features]` in its own manifest, for it is compiled and tested with
//! them: a test says what has to stand there.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Api;

use super::{features, needs};

/// A feature flag of emitted crates.
pub(super) struct FeatureFlag {
    /// Its name in `Cargo.toml`.
    pub(super) name: &'static str,
    /// Whether it is one of the default features.
    pub(super) is_default: bool,
    /// What it turns on: optional dependencies (`dep:chrono`), features of dependencies (`tokio/rt-multi-thread`).
    pub(super) enables: &'static [&'static str],
    /// Modules of the runtime, right below its root, that are compiled only with it.
    modules: &'static [&'static str],
    /// Whether docs.rs documents the crate with it. Other ways to do TLS add nothing to see, and would need libraries
    /// of C.
    pub(super) on_docs_rs: bool,
    /// Whether a crate for this API has it.
    is_needed: fn(&Api) -> bool,
    /// What it is for, as the front page and the README list it.
    docs: fn(&Api) -> String,
}

/// All flags, in the order of the manifest and of the documentation.
pub(super) const FEATURE_FLAGS: [FeatureFlag; 10] = [
    FeatureFlag {
        name: "rustls",
        is_default: true,
        enables: &[
            "dep:rustls",
            "dep:rustls-platform-verifier",
            "reqwest/rustls-no-provider",
        ],
        modules: &[],
        on_docs_rs: false,
        is_needed: always,
        docs: |_| {
            "TLS by rustls with its ring backend and the certificates of the platform".to_owned()
        },
    },
    FeatureFlag {
        name: "native-tls",
        is_default: false,
        enables: &["reqwest/native-tls"],
        modules: &[],
        on_docs_rs: false,
        is_needed: always,
        docs: |_| "TLS by the platform's own library".to_owned(),
    },
    FeatureFlag {
        name: "aws-lc",
        is_default: false,
        enables: &["reqwest/rustls"],
        modules: &[],
        on_docs_rs: false,
        is_needed: always,
        docs: |_| "TLS by rustls with its aws-lc backend".to_owned(),
    },
    FeatureFlag {
        name: "jiff",
        is_default: true,
        enables: &["dep:jiff"],
        modules: &[],
        on_docs_rs: true,
        is_needed: needs::dates,
        docs: |api| conversions(api, "jiff"),
    },
    FeatureFlag {
        name: "chrono",
        is_default: false,
        enables: &["dep:chrono"],
        modules: &[],
        on_docs_rs: true,
        is_needed: needs::dates,
        docs: |api| conversions(api, "chrono"),
    },
    FeatureFlag {
        name: "time",
        is_default: false,
        enables: &["dep:time"],
        modules: &[],
        on_docs_rs: true,
        is_needed: needs::dates,
        docs: |api| conversions(api, "time"),
    },
    FeatureFlag {
        name: "xml",
        is_default: true,
        enables: &["dep:quick-xml"],
        modules: &[],
        on_docs_rs: true,
        is_needed: needs::xml,
        docs: |_| "reading of responses that are XML; without it, they are errors".to_owned(),
    },
    FeatureFlag {
        name: "blocking",
        is_default: false,
        enables: &["tokio/rt-multi-thread"],
        modules: &["blocking", "blocking_pages"],
        on_docs_rs: true,
        is_needed: always,
        docs: |_| "the blocking API, such as `send_blocking`".to_owned(),
    },
    FeatureFlag {
        name: "tracing",
        is_default: false,
        enables: &["dep:tracing"],
        modules: &[],
        on_docs_rs: true,
        is_needed: always,
        docs: |_| {
            "a span for each request and an event for each attempt, without credentials, values and bodies"
                .to_owned()
        },
    },
    FeatureFlag {
        name: "test-util",
        is_default: false,
        enables: &["dep:http"],
        modules: &["har", "mock", "recording"],
        on_docs_rs: true,
        is_needed: always,
        docs: |_| {
            "`MockTransport`, which replays scripted or recorded responses in tests, and `RecordingTransport`, \
             which records them".to_owned()
        },
    },
];

fn always(_: &Api) -> bool {
    true
}

/// What a crate for dates adds.
fn conversions(api: &Api, package: &str) -> String {
    let types = match (needs::date_times(api), needs::days(api)) {
        (true, true) => "[`DateTime`] and [`Date`]",
        (false, true) => "[`Date`]",
        (_, false) => "[`DateTime`]",
    };
    format!("conversions between {types} and the types of the crate `{package}`")
}

/// The flags that a crate for this API has.
pub(super) fn of(api: &Api) -> impl Iterator<Item = &'static FeatureFlag> {
    FEATURE_FLAGS.iter().filter(|flag| (flag.is_needed)(api))
}

/// The flag that a module of the runtime is compiled with.
pub(super) fn of_module(path: &str) -> Option<&'static FeatureFlag> {
    FEATURE_FLAGS
        .iter()
        .find(|flag| flag.modules.contains(&path))
}

impl FeatureFlag {
    /// The condition that stands in front of an item of it.
    pub(super) fn gate(&self) -> TokenStream {
        let name = self.name;
        quote!(#[cfg(feature = #name)])
    }
}

/// All features of the crate as its documentation lists them, those of its resources behind the others.
pub(super) fn list(api: &Api) -> String {
    let mut text = String::new();
    for flag in of(api) {
        let default = if flag.is_default { " (default)" } else { "" };
        // Writing to a String can't fail.
        let _ = writeln!(text, "- `{}`{default}: {}", flag.name, (flag.docs)(api));
    }
    text.push_str(&features::list(api));
    text.push_str(
        "\nWithout any of the TLS features, supply your own HTTP client with [`ClientBuilder::http_client`].",
    );
    text
}

#[cfg(test)]
mod tests {
    use super::super::runtime;
    use super::*;

    #[test]
    fn feature_flags_are_those_of_the_runtime_manifest() {
        let mut expected = String::from("[features]\n");
        let quoted = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
            names.join(", ")
        };
        let default: Vec<&str> = FEATURE_FLAGS
            .iter()
            .filter(|flag| flag.is_default)
            .map(|flag| flag.name)
            .collect();
        let _ = writeln!(expected, "default = [{}]", quoted(&default));
        for flag in &FEATURE_FLAGS {
            let _ = writeln!(expected, "{} = [{}]", flag.name, quoted(flag.enables));
        }
        assert!(
            clientsmith_runtime::MANIFEST.contains(&format!("\n{expected}\n")),
            "codegen/runtime/emitted.toml needs\n\n{expected}"
        );
    }

    #[test]
    fn feature_flags_name_modules_that_the_runtime_has() {
        for module in FEATURE_FLAGS.iter().flat_map(|flag| flag.modules) {
            assert!(runtime::has(module), "there is no module `{module}`");
        }
    }
}
