//! The runtime that every emitted crate carries along, unchanged.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{Api, PagesBy, Shape, Type};

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
    "items",
    "json_path",
    "link_header",
    "nullable",
    "open_enum",
    "operation",
    "page_marks",
    "page_url",
    "pages",
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
    "waiting",
];

/// Whether an API has operations that answer in pages.
pub(super) fn has_pages(api: &Api) -> bool {
    api.operations()
        .any(|(_, operation)| operation.pagination.is_some())
}

/// Whether an API has lists that go on by a `Link` header.
fn has_links(api: &Api) -> bool {
    api.operations().any(|(_, operation)| {
        let pagination = operation.pagination.as_ref();
        pagination.is_some_and(|pagination| matches!(pagination.by, PagesBy::Link))
    })
}

/// Whether an API has something to wait for.
pub(super) fn has_waits(api: &Api) -> bool {
    api.resources
        .iter()
        .any(|resource| !resource.waiters.is_empty())
}

/// Whether a type of an API holds any JSON value.
pub(super) fn has_free_values(api: &Api) -> bool {
    fn is_free(ty: &Type) -> bool {
        match ty {
            Type::Value => true,
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => is_free(inner),
            _ => false,
        }
    }
    api.types.iter().any(|definition| match &definition.shape {
        Shape::Struct(shape) => shape.fields.iter().any(|field| is_free(&field.ty)),
        Shape::Union(_) => true,
        Shape::Alias(ty) | Shape::Newtype(ty) => is_free(ty),
        Shape::TextEnum(_) | Shape::IntegerEnum(_) => false,
    })
}

/// The modules that an API needs.
fn modules(api: &Api) -> impl Iterator<Item = &'static Module> {
    let (pages, waits) = (has_pages(api), has_waits(api));
    let links = has_links(api);
    MODULES.iter().filter(move |module| match module.path {
        "items" | "page_marks" | "page_url" | "pages" => pages,
        "link_header" => links,
        "waiting" => waits,
        _ => true,
    })
}

/// The files of the runtime: path below `src/runtime/` and text.
pub(super) fn files(api: &Api) -> impl Iterator<Item = (String, &'static str)> {
    modules(api).map(|module| (format!("{}.rs", module.path), module.text))
}

/// `runtime/mod.rs`
pub(super) fn root(api: &Api) -> TokenStream {
    let modules = modules(api)
        .filter(|module| !module.path.contains('/'))
        .map(|module| {
            let name = format_ident!("{}", module.path);
            quote!(pub(crate) mod #name;)
        });
    let pages = has_pages(api);
    let waits = has_waits(api);
    let public_items = pages.then(|| {
        quote!(
            pub use items::Items;
        )
    });
    let public_pages = pages.then(|| {
        quote!(
            pub use pages::Pages;
        )
    });
    let public_waits = waits.then(|| {
        quote!(
            pub use waiting::Waiting;
        )
    });
    let own_pages = pages.then(|| {
        quote!(
            pub(crate) use page_marks::Paging;
            pub(crate) use pages::Paged;
        )
    });
    let own_waits = waits.then(|| {
        quote!(
            pub(crate) use waiting::Waited;
        )
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
        #public_items
        pub use nullable::Nullable;
        #public_pages
        pub use request::Request;
        pub use response::Response;
        #public_waits

        pub(crate) use call::Call;
        pub(crate) use operation::{Endpoint, Method, Operation, Parameter, Style};
        #own_pages
        pub(crate) use profile::{Auth, Profile};
        pub(crate) use response::Payload;
        #own_waits
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
