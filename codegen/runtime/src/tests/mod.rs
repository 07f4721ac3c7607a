//! What the runtime promises, tried against values and real sockets.

#![allow(
    dead_code,
    reason = "requests have all of their methods, and no test needs each"
)]

mod argument;
mod blocking;
mod call_options;
mod client_parameters;
mod content_types;
#[cfg(any(feature = "jiff", feature = "chrono", feature = "time"))]
mod conversions;
mod credentials;
mod credentials_rotation;
mod credentials_same_location;
mod credentials_shared_tokens;
mod custom_requests;
mod date_time;
mod decimals;
mod decode;
mod doubles;
mod empty_requests;
mod errors;
mod event_parts;
mod events;
mod formats;
mod forms;
mod given_names;
mod http2_peer;
mod input;
mod json_path;
mod memory;
mod mock;
mod no_retry;
mod nullable;
mod numbers;
mod pagination;
mod pagination_errors;
mod pagination_kinds;
mod pagination_links;
mod pagination_other_tokens;
mod pagination_tokens;
mod parameter_styles;
mod paths;
mod peer;
mod pets;
mod polling;
mod reading;
mod recording;
mod redaction;
mod redaction_credentials;
mod redaction_parameters;
mod redirects;
mod redirects_documented;
mod request_defaults;
mod request_tables;
mod request_wire;
mod requests_properties;
mod response_headers;
mod responses;
mod retry;
mod retry_contract;
mod retry_policy;
mod retry_unprocessed;
mod sample;
mod security;
mod server;
mod shelves;
mod sources;
mod streaming;
mod string_formats;
mod structs;
mod tables;
mod timeouts;
mod tracing_events;
mod tracing_lines;
mod transports;
mod truncated_bodies;
mod unions;
mod unions_by_kind;
mod uploads;
mod variants;
mod whole_queries;
#[cfg(feature = "xml")]
mod xml;

use crate::runtime::error::Error;

/// The error of one try that gets this response.
async fn error_of(reply: server::Reply) -> Error {
    let server = server::Server::start([reply]).await;
    pets::Pets(pets::client(&server.url))
        .get("p 1")
        .with_query("q", "v")
        .with_max_retries(0)
        .send()
        .await
        .unwrap_err()
}

/// All that an error and those under it show anywhere.
fn everything_of(error: &Error) -> String {
    let mut shown = format!("{error} {error:?} {error:#?}");
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        shown = format!("{shown} {cause} {cause:?} {cause:#?}");
        source = cause.source();
    }
    shown
}

/// An HTTP client such as a user would give: with redirects of its own.
fn plain_http_client() -> reqwest::Client {
    let base_url =
        crate::runtime::base_url::BaseUrl::parse("http://localhost").expect("a base URL");
    let builder =
        crate::runtime::tls::configure(reqwest::Client::builder(), &base_url).expect("TLS");
    builder.build().expect("a client")
}
