//! The runtime that every emitted crate carries along, unchanged.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::Api;

use super::{features, needs};

/// A module of the runtime.
struct Module {
    /// Path below `src/runtime/`, without its ending.
    path: &'static str,
    text: &'static str,
    /// What users of the crate see of it.
    public: &'static [&'static str],
    /// What emitted code calls of it.
    internal: &'static [&'static str],
}

macro_rules! modules {
    ($($path:literal $(pub [$($public:literal),*])? $(use [$($internal:literal),*])?,)*) => {
        &[$(Module {
            path: $path,
            text: include_str!(concat!("../../runtime/src/", $path, ".rs")),
            public: &[$($($public),*)?],
            internal: &[$($($internal),*)?],
        }),*]
    };
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
    "bucket",
    "builder" pub ["ClientBuilder"],
    "calendar",
    "call" use ["Call"],
    "call/bodies",
    "call/values",
    "client" pub ["Client"],
    "connections",
    "content",
    "content_length",
    "credential" pub ["Token"],
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
    "decode/keys",
    "decode/raw",
    "decode/reader",
    "decode/scalar",
    "decode/source",
    "decode/tally",
    "decode/values",
    "decode/whole",
    "deviation" pub ["Deviation"],
    "encode",
    "encoded_bytes",
    "environment",
    "error" pub ["Error"],
    "error_kind",
    "error_text",
    "event_text" use ["EventFormat"],
    "events" pub ["Events"],
    "execute",
    "fake" pub ["Expectation", "MockResponse", "MockTransport", "SentRequest"],
    "finite",
    "header",
    "header_value",
    "items" pub ["ItemStream"],
    "json_path",
    "keyring",
    "link_header",
    "media_type",
    "multipart" use ["Form"],
    "no_retry",
    "number",
    "nullable" pub ["Nullable"],
    "open_enum",
    "operation" use ["Method", "Operation", "Parameter", "Style"],
    "page_marks" use ["Paging"],
    "page_url",
    "pages" pub ["PageStream", "PagedRequest"],
    "paging",
    "path",
    "profile" use ["Auth", "Profile", "Scheme"],
    "query",
    "random",
    "reading" pub ["Reading"],
    "received",
    "redirect",
    "redirection" pub ["Redirection"],
    "request" pub ["Request"],
    "request_builder",
    "requests",
    "requests/methods",
    "requests/read",
    "response" pub ["Response"] use ["Payload"],
    "response_body",
    "retry" pub ["FailedAttempt", "AttemptOutcome", "RetryDecision", "RetryPolicy"],
    "retry_after",
    "scrub",
    "scrub/names",
    "scrub/spelling",
    "send_future" pub ["SendFuture"],
    "shared_future",
    "tables",
    "tables/enums",
    "tables/given",
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
];

impl Module {
    /// Whether an API has any use for it.
    fn is_needed(&self, api: &Api) -> bool {
        match self.path.split('/').next().unwrap_or_default() {
            "blocking_pages" | "items" | "page_marks" | "page_url" | "pages" | "paging" => {
                needs::pages(api)
            }
            "link_header" => needs::links(api),
            "base64" => needs::base64(api),
            "base64_url" => needs::base64_url(api),
            "decimal" => needs::decimals(api),
            "encoded_bytes" => needs::base64(api) || needs::base64_url(api),
            "calendar" => needs::dates(api),
            "date" => needs::days(api),
            "date_time" => needs::date_times(api),
            "environment" => needs::environment(api),
            "event_text" | "events" => needs::events(api),
            "multipart" => needs::multipart(api),
            "redirection" => needs::redirections(api),
            "upload" => needs::uploads(api),
            "urlencoded" => needs::forms(api),
            "nullable" => needs::nullable(api),
            "union" => needs::unions(api),
            "waiting" => needs::waits(api),
            _ => true,
        }
    }

    /// The feature of the emitted crate that it belongs to.
    fn feature(&self) -> Option<&'static str> {
        match self.path {
            "blocking" | "blocking_pages" => Some("blocking"),
            "fake" => Some("test-util"),
            _ => None,
        }
    }

    fn gate(&self) -> Option<TokenStream> {
        self.feature()
            .map(|feature| quote!(#[cfg(feature = #feature)]))
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
    let roots = || modules(api).filter(|module| !module.path.contains('/'));
    let declared = roots().map(|module| {
        let (gate, name) = (module.gate(), format_ident!("{}", module.path));
        quote!(#gate pub(crate) mod #name;)
    });
    let used = |names: fn(&Module) -> &'static [&'static str], reach: TokenStream| {
        roots()
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
        //! The machinery of the client, the same for every API.

        #![allow(
            dead_code,
            unused_imports,
            unused_macros,
            reason = "one runtime serves all APIs; not every API needs all of it"
        )]

        #(#declared)*

        #(#public)*

        #(#internal)*
    }
}

/// What the root of the crate shows of the runtime.
pub(super) fn exports(api: &Api) -> TokenStream {
    let names = |feature: Option<&str>| {
        let mut names: Vec<&str> = modules(api)
            .filter(|module| module.feature() == feature)
            .flat_map(|module| module.public.iter().copied())
            .collect();
        names.sort_unstable();
        names
            .into_iter()
            .map(|name| format_ident!("{name}"))
            .collect::<Vec<_>>()
    };
    let always = names(None);
    let gated = ["blocking", "test-util"].into_iter().filter_map(|feature| {
        let names = names(Some(feature));
        (!names.is_empty()).then(|| {
            quote! {
                #[cfg(feature = #feature)]
                pub use runtime::{#(#names),*};
            }
        })
    });
    quote! {
        pub use runtime::{#(#always),*};
        #(#gated)*
    }
}

/// Features of the runtime that are conversions of dates.
const DATE_FEATURES: [&str; 3] = ["jiff", "chrono", "time"];

/// A feature or a dependency of the runtime's manifest as an API has it; none where it has no use
/// for it.
pub(super) fn manifest_line(api: &Api, line: &str) -> Option<String> {
    let key = line.split(' ').next().unwrap_or_default();
    if key == "http-body" && !needs::uploads(api) {
        return None;
    }
    let mut line = line.to_owned();
    if let ("default", Some(all)) = (key, features::of_all(api)) {
        line = line.replace(']', &format!(", \"{all}\"]"));
    }
    if !needs::unions(api) && !needs::decimals(api) {
        line = line.replace(", \"raw_value\"", "");
    }
    if needs::dates(api) {
        return Some(line);
    }
    if DATE_FEATURES.contains(&key) {
        return None;
    }
    if key == "default" {
        for feature in DATE_FEATURES {
            line = line.replace(&format!(", \"{feature}\""), "");
        }
    }
    Some(line)
}

/// The features of the crate, as a list.
pub(super) fn feature_list(api: &Api) -> String {
    let mut text =
        "- `rustls` (default): TLS by rustls with ring and the platform's certificates\n\
         - `native-tls`: TLS by the platform's own library\n\
         - `aws-lc`: TLS by rustls with aws-lc\n"
            .to_owned();
    let dates = match (needs::date_times(api), needs::days(api)) {
        (true, true) => "[`DateTime`] and [`Date`]",
        (true, false) => "[`DateTime`]",
        (false, true) => "[`Date`]",
        (false, false) => "",
    };
    if !dates.is_empty() {
        text.push_str("- `jiff` (default), `chrono`, `time`: conversions of ");
        text.push_str(dates);
        text.push('\n');
    }
    text.push_str(
        "- `blocking`: calls without `async`, such as `send_blocking`\n\
         - `tracing`: a span for each call, and events for attempts and for calls that fail, without \
         keys, values and bodies\n\
         - `test-util`: `MockTransport`, which answers from a list in tests\n",
    );
    text.push_str(&features::list(api));
    text.push_str(
        "\n\
         Without any of the TLS features, bring a client of your own with \
         [`ClientBuilder::http_client`].",
    );
    text
}
