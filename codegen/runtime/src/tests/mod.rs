//! What the runtime promises, tried against values and real sockets.

mod answers;
mod argument;
#[cfg(any(feature = "jiff", feature = "chrono", feature = "time"))]
mod conversions;
mod date_time;
mod decode;
mod failures;
mod input;
mod json_path;
mod nullable;
mod pages;
mod paths;
mod pets;
mod redirects;
mod requests_properties;
mod retries;
mod retry_policy;
mod sample;
mod scrubbing;
mod server;
mod timeouts;
mod unions;
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

/// An HTTP client such as a user would give: with redirects of its own.
fn plain_http_client() -> reqwest::Client {
    let base_url = crate::base_url::BaseUrl::parse("http://localhost").expect("a base URL");
    let builder = crate::tls::configure(reqwest::Client::builder(), &base_url).expect("TLS");
    builder.build().expect("a client")
}
