//! The runtime that every emitted crate carries along, unchanged.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// A module of the runtime.
struct Module {
    /// Path below `src/runtime/`, without its ending.
    path: &'static str,
    text: &'static str,
}

macro_rules! modules {
    ($($path:literal),* $(,)?) => {
        &[$(Module {
            path: $path,
            text: include_str!(concat!("../../runtime/src/", $path, ".rs")),
        }),*]
    };
}

/// All modules, in the order in which the runtime's own root lists them.
const MODULES: &[Module] = modules![
    "argument",
    "assemble",
    "base_url",
    "body",
    "bucket",
    "builder",
    "call",
    "client",
    "date_time",
    "date_time/chrono",
    "date_time/jiff",
    "date_time/rfc3339",
    "date_time/time",
    "deadline",
    "decode",
    "decode/keys",
    "decode/scalar",
    "decode/union",
    "decode/values",
    "encode",
    "error",
    "error_kind",
    "error_text",
    "execute",
    "header",
    "json_path",
    "nullable",
    "open_enum",
    "operation",
    "path",
    "profile",
    "query",
    "random",
    "redirect",
    "request",
    "response",
    "retry",
    "retry_after",
    "scrub",
    "tls",
];

/// The files of the runtime: path below `src/runtime/` and text.
pub(super) fn files() -> impl Iterator<Item = (String, &'static str)> {
    MODULES
        .iter()
        .map(|module| (format!("{}.rs", module.path), module.text))
}

/// `runtime/mod.rs`
pub(super) fn root() -> TokenStream {
    let modules = MODULES
        .iter()
        .filter(|module| !module.path.contains('/'))
        .map(|module| {
            let name = format_ident!("{}", module.path);
            quote!(pub(crate) mod #name;)
        });
    quote! {
        //! The machinery of the client, the same for every API.

        #![allow(
            dead_code,
            unused_imports,
            reason = "one runtime serves all APIs; not every API needs all of it"
        )]

        #(#modules)*

        pub use builder::ClientBuilder;
        pub use client::Client;
        pub use date_time::DateTime;
        pub use error::Error;
        pub use nullable::Nullable;
        pub use request::Request;
        pub use response::Response;

        pub(crate) use call::Call;
        pub(crate) use operation::{Endpoint, Method, Operation, Parameter, Style};
        pub(crate) use profile::{Auth, Profile};
        pub(crate) use response::Payload;
    }
}

/// The features of the crate, as a list.
pub(super) fn feature_list() -> String {
    "- `rustls` (default): TLS by rustls with ring and the platform's certificates\n\
     - `native-tls`: TLS by the platform's own library\n\
     - `aws-lc`: TLS by rustls with aws-lc\n\
     - `jiff` (default), `chrono`, `time`: conversions of [`DateTime`]\n\n\
     Without any of the TLS features, bring a client of your own with \
     [`ClientBuilder::http_client`]."
        .to_owned()
}
