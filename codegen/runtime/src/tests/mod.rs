//! What the runtime promises, tried against values and real sockets.

#![allow(
    dead_code,
    reason = "requests have all of their methods, and no test needs each"
)]

mod answer_headers;
mod answers;
mod argument;
mod blocking;
mod call_options;
mod content_types;
#[cfg(any(feature = "jiff", feature = "chrono", feature = "time"))]
mod conversions;
mod credentials;
mod custom_requests;
mod cut_bodies;
mod date_time;
mod decimals;
mod decode;
mod documented_redirects;
mod doubles;
mod empty_requests;
mod events;
mod failures;
mod fakes;
mod formats;
mod forms;
mod given_names;
mod http2_peer;
mod input;
mod json_path;
mod key_rotation;
mod log_lines;
mod memory;
mod no_retry;
mod nullable;
mod numbers;
mod page_kinds;
mod page_links;
mod page_marks;
mod pages;
mod pagination_errors;
mod parameter_styles;
mod paths;
mod peer;
mod pets;
mod reading;
mod redirects;
mod request_tables;
mod requests_properties;
mod retries;
mod retry_contract;
mod retry_policy;
mod same_place;
mod sample;
mod scrubbing;
mod secret_parameters;
mod secrets;
mod security;
mod server;
mod shared_tokens;
mod shelves;
mod streaming;
mod structs;
mod tables;
mod text_formats;
mod timeouts;
mod traces;
mod transports;
mod unions;
mod unions_by_kind;
mod unprocessed;
mod uploads;
mod variants;
mod waiting;
mod wire;

use crate::error::Error;

/// The error of one try that is answered so.
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
    let base_url = crate::base_url::BaseUrl::parse("http://localhost").expect("a base URL");
    let builder = crate::tls::configure(reqwest::Client::builder(), &base_url).expect("TLS");
    builder.build().expect("a client")
}
