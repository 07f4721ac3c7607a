//! The runtime, which is copied into an emitted crate or is a crate that it depends on.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{Api, Form, Runtime};

use super::feature_flags::{self, FeatureFlag};
use super::needs;

/// A module of the runtime.
struct Module {
    /// Path below `src/runtime/`, without its ending.
    path: &'static str,
    text: &'static str,
    /// Items that are exported from the crate.
    public: &'static [&'static str],
    /// Items that emitted code uses.
    internal: &'static [&'static str],
}

macro_rules! modules {
    ($($path:literal $(pub [$($public:literal),*])? $(use [$($internal:literal),*])?,)*) => {
        &[$(Module {
            path: $path,
            text: text($path),
            public: &[$($($public),*)?],
            internal: &[$($($internal),*)?],
        }),*]
    };
}

/// The text of a module; one that the runtime doesn't have is an error of the compiler.
const fn text(path: &str) -> &'static str {
    match clientsmith_runtime::source(path) {
        Some(text) => text,
        None => panic!("the runtime has no such module"),
    }
}

/// All modules, in the order in which the runtime's own root lists them.
const MODULES: &[Module] = modules![
    "argument",
    "assemble",
    "attempt",
    "base64" pub ["Base64"],
    "base64_url" pub ["Base64Url"],
    "base_url",
    "basic",
    "blocking",
    "blocking_pages" pub ["BlockingItems", "BlockingPages"],
    "body",
    "body_stream" pub ["BodyStream"],
    "builder" use ["BuilderCore"],
    "calendar",
    "call" use ["Call"],
    "call/bodies",
    "call/values",
    "cause",
    "client" use ["ClientCore"],
    "client_methods",
    "connections",
    "content",
    "content_length",
    "credential" pub ["Token"],
    "cursor" use ["Paging"],
    "custom" pub ["CustomRequest"],
    "date" pub ["Date"],
    "date/convert",
    "date_time" pub ["DateTime"],
    "date_time/chrono",
    "date_time/jiff",
    "date_time/rfc3339",
    "date_time/time",
    "date_time/wire",
    "deadline",
    "decimal" pub ["Decimal"],
    "decode",
    "decode/constants",
    "decode/digits",
    "decode/fault",
    "decode/hint",
    "decode/input",
    "decode/integers",
    "decode/keys",
    "decode/raw",
    "decode/reader",
    "decode/scalar",
    "decode/source",
    "decode/tally",
    "decode/values",
    "decode_body",
    "deviation" pub ["Deviation"],
    "encode",
    "encoded_bytes",
    "environment",
    "error" pub ["Error"],
    "error_kind",
    "error_text",
    "event_parts",
    "event_text" use ["EventFormat"],
    "events" pub ["Events"],
    "execute",
    "external",
    "finite",
    "har",
    "header",
    "header_value",
    "items" pub ["ItemStream"],
    "json_path",
    "key_rotation",
    "keyring",
    "link_header",
    "media_type",
    "mock" pub ["Expectation", "MockResponse", "MockTransport", "SentRequest"],
    "multipart" use ["Form"],
    "no_retry",
    "number",
    "nullable" pub ["Nullable"],
    "open_enum",
    "operation" use ["Method", "Operation", "Parameter", "Style"],
    "page_body",
    "page_token",
    "page_url",
    "pages" pub ["PageStream", "PagedRequest"],
    "paging",
    "part_head",
    "path",
    "profile" use ["Auth", "ClientParameter", "Profile", "Scheme"],
    "query",
    "random",
    "raw_response",
    "reading" pub ["Reading"],
    "received",
    "recording" pub ["Recording", "RecordingTransport"],
    "redact",
    "redact/names",
    "redact/spelling",
    "redirect",
    "redirection" pub ["Redirection"],
    "request" pub ["Request"],
    "request_builder",
    "request_defaults",
    "requests",
    "requests/methods",
    "requests/read",
    "response" pub ["Response"] use ["Payload"],
    "response_body",
    "retry" pub ["FailedAttempt", "AttemptOutcome", "RetryDecision", "RetryPolicy"],
    "retry_after",
    "retry_budget",
    "send_future" pub ["SendFuture"],
    "shared_future",
    "tables",
    "tables/enums",
    "tables/objects",
    "tls",
    "token_provider",
    "trace",
    "transport" pub ["TransportFuture", "Transport", "TransportError"],
    "tree",
    "union",
    "union/choose",
    "union/fit",
    "union/tagged",
    "upload" pub ["Upload"],
    "urlencoded",
    "variables",
    "waiting" use ["PollOptions"],
    "waiting_defaults",
    "xml",
    "xml/document",
    "xml/nodes",
    "xml/reader",
    "xml/request",
    "xml/table",
    "xml/writer",
];

impl Module {
    /// Whether an API needs it.
    fn is_needed(&self, api: &Api) -> bool {
        match self.path.split('/').next().unwrap_or_default() {
            "blocking_pages" | "cursor" | "items" | "page_body" | "page_token" | "page_url"
            | "pages" | "paging" => needs::pages(api),
            "link_header" => needs::links(api),
            "base64" => needs::base64(api),
            "base64_url" => needs::base64_url(api),
            "decimal" => needs::decimals(api),
            "encoded_bytes" => needs::base64(api) || needs::base64_url(api),
            "calendar" => needs::dates(api),
            "date" => needs::days(api),
            "date_time" => needs::date_times(api),
            "environment" => needs::environment(api),
            "external" => needs::externals(api),
            "event_parts" | "event_text" | "events" => needs::events(api),
            "multipart" | "part_head" => needs::multipart(api),
            "request_defaults" => needs::request_defaults(api),
            "redirection" => needs::redirections(api),
            "upload" => needs::uploads(api),
            "urlencoded" => needs::forms(api),
            "nullable" => needs::nullable(api),
            "union" => needs::unions(api),
            "waiting" => needs::waits(api),
            "waiting_defaults" => needs::waiting_defaults(api),
            "xml" => needs::xml(api),
            _ => true,
        }
    }

    /// The condition that stands in front of what is taken from it.
    fn gate(&self) -> Option<TokenStream> {
        feature_flags::of_module(self.path).map(FeatureFlag::gate)
    }
}

/// The modules that an API needs.
fn modules(api: &Api) -> impl Iterator<Item = &'static Module> {
    MODULES.iter().filter(move |module| module.is_needed(api))
}

/// The files of the runtime: path below `src/runtime/` and text.
pub(super) fn files(api: &Api) -> impl Iterator<Item = (String, &'static str)> {
    modules(api).map(|module| (format!("{}.rs", module.path), module.text))
}

/// `runtime/mod.rs`
pub(super) fn root(api: &Api) -> TokenStream {
    let roots: Vec<&Module> = modules(api)
        .filter(|module| !module.path.contains('/'))
        .collect();
    let declared = roots.iter().map(|module| {
        let (gate, name) = (module.gate(), format_ident!("{}", module.path));
        quote!(#gate pub(crate) mod #name;)
    });
    let used = |names: fn(&Module) -> &'static [&'static str], reach: TokenStream| {
        roots
            .iter()
            .filter(|module| !names(module).is_empty())
            .map(|module| {
                let (gate, name) = (module.gate(), format_ident!("{}", module.path));
                let names = names(module).iter().map(|name| format_ident!("{name}"));
                quote!(#gate #reach use #name::{#(#names),*};)
            })
            .collect::<Vec<_>>()
    };
    let public = used(|module| module.public, quote!(pub));
    let internal = used(|module| module.internal, quote!(pub(crate)));
    quote! {
        //! The runtime of the client: HTTP, retries, errors and serialization, the same for every API.

        #![allow(
            dead_code,
            unused_imports,
            unused_macros,
            reason = "the runtime is the same for all APIs, and not every API uses all of it"
        )]

        #(#declared)*

        #(#public)*

        #(#internal)*
    }
}

/// The text of a module in an emitted crate.
///
/// What the crate of the runtime has to offer emitted code in other crates, hidden from everybody else,
/// an emitted crate has for itself.
pub(super) fn vendored(text: &str) -> String {
    const HIDDEN: &str = "#[doc(hidden)]\n";
    let mut copy = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(HIDDEN) {
        let (before, hidden) = rest.split_at(start);
        let behind = &hidden[HIDDEN.len()..];
        let item = behind.trim_start_matches(' ');
        copy.push_str(before);
        rest = match (
            item.strip_prefix("#[macro_export]\n"),
            item.strip_prefix("pub "),
        ) {
            (Some(macro_rules), _) => macro_rules,
            (None, Some(item)) => {
                copy.push_str("pub(crate) ");
                item
            }
            (None, None) => {
                copy.push_str(HIDDEN);
                behind
            }
        };
    }
    copy.push_str(rest);
    // What depends on a feature says so: it is that of the crate.
    let copy = copy.replace("#[cfg_attr(any(), cfg(", "#[cfg(");
    let copy = copy.replace(")] $item)*", "] $item)*");
    copy.replace(IGNORED, WITH_RUSTLS)
        .replace("\npub use ", "\npub(crate) use ")
}

/// An example that needs TLS, in the crate of the runtime.
const IGNORED: &str = "            /// ```ignore\n";

/// The same in a crate with features of its own.
const WITH_RUSTLS: &str = "            #[cfg_attr(feature = \"rustls\", doc = \"```\")]\n            \
                           #[cfg_attr(not(feature = \"rustls\"), doc = \"```ignore\")]\n";

/// `runtime.rs` of a crate that depends on the runtime.
pub(super) fn of_crate() -> TokenStream {
    quote! {
        //! The runtime of the client, which is a crate: other clients have the same.

        pub use clientsmith_runtime::runtime::*;
    }
}

/// The items of the runtime that the root of the crate exports.
pub(super) fn exports(api: &Api) -> TokenStream {
    let needed: Vec<&Module> = modules(api).collect();
    let names = |flag: Option<&str>| {
        let mut names: Vec<&str> = needed
            .iter()
            .filter(|module| feature_flags::of_module(module.path).map(|it| it.name) == flag)
            .flat_map(|module| module.public.iter().copied())
            .collect();
        names.sort_unstable();
        names
            .into_iter()
            .map(|name| format_ident!("{name}"))
            .collect::<Vec<_>>()
    };
    // Rustdoc shows the items of another crate only where it is asked to.
    let inline = (api.package.runtime == Runtime::Crate).then(|| quote!(#[doc(inline)]));
    let always = names(None);
    let gated = feature_flags::of(api).filter_map(|flag| {
        let (names, gate) = (names(Some(flag.name)), flag.gate());
        let export = quote!(pub use runtime::{#(#names),*};);
        (!names.is_empty()).then(|| match api.package.form {
            Form::Crate => quote!(#gate #inline #export),
            // The feature is that of the runtime, which has a macro of its name.
            Form::Module => {
                let name = format_ident!("{}", flag.name.replace('-', "_"));
                quote!(clientsmith_runtime::#name! { #export })
            }
        })
    });
    quote! {
        #inline
        pub use runtime::{#(#always),*};
        #(#gated)*
    }
}

/// Whether there is a module of this path.
#[cfg(test)]
pub(super) fn has(path: &str) -> bool {
    MODULES.iter().any(|module| module.path == path)
}
