//! Settings of a client and options of a call: servers, keys, headers and HTTP clients of one's own.

use std::time::Duration;

use llama_cloud::{Client, servers};
use tests::sample::{BATCH, KEY, builder, client, new_batch};
use tests::server::{Recorded, Server, ServerResponse};

/// The request for a batch by a client with these headers and a call with those.
async fn request(of_client: &[(&str, &str)], of_call: &[(&str, &str)]) -> Recorded {
    let server = Server::start([ServerResponse::json(200, BATCH)]).await;
    let mut builder = builder(&server);
    for (name, value) in of_client {
        builder = builder.header(name, value);
    }
    let client = builder.build().expect("the headers are fine");
    let mut call = client.batches().get("bat-1").session("abc");
    for (name, value) in of_call {
        call = call.with_header(name, value);
    }
    call.send().await.expect("a response");
    server.request()
}

#[tokio::test]
async fn a_header_of_the_client_goes_with_every_call() {
    let request = request(&[("X-Team", "search")], &[]).await;
    assert_eq!(request.header("x-team"), Some("search"));
}

#[tokio::test]
async fn a_header_of_the_call_takes_the_place_of_the_same_one_of_the_client() {
    let request = request(&[("x-team", "a")], &[("X-Team", "b"), ("x-more", "c")]).await;
    assert_eq!(request.header("x-team"), Some("b"));
    assert_eq!(request.header("x-more"), Some("c"));
}

#[tokio::test]
async fn own_headers_can_replace_those_of_the_crate() {
    let own = [("user-agent", "mine/1"), ("Accept", "application/*")];
    for request in [request(&own, &[]).await, request(&[], &own).await] {
        assert_eq!(request.header("user-agent"), Some("mine/1"));
        assert_eq!(request.header("accept"), Some("application/*"));
    }
}

#[tokio::test]
async fn a_cookie_of_ones_own_shares_the_header_with_the_documented_one() {
    let request = request(&[("cookie", "a=b")], &[]).await;
    assert_eq!(request.header("cookie"), Some("a=b; session=abc"));
}

#[tokio::test]
async fn an_empty_header_is_sent_empty() {
    let request = request(&[], &[("x-empty", "")]).await;
    assert_eq!(request.header("x-empty"), Some(""));
}

/// Settings of an HTTP client. The library panics where nobody has said who does the cryptography.
pub fn own_http_client() -> reqwest::ClientBuilder {
    // It fails where another test was first, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
}

const UNSENDABLE: [(&str, &str); 7] = [
    ("", "value"),
    ("two words", "value"),
    ("x:y", "value"),
    ("é", "value"),
    ("x-line", "a\r\nb: c"),
    ("content-length", "5"),
    ("Transfer-Encoding", "chunked"),
];

#[test]
fn a_header_that_can_not_be_sent_is_refused_when_the_client_is_built() {
    for (name, value) in UNSENDABLE {
        let built = Client::builder().api_key(KEY).header(name, value).build();
        let error = built.expect_err(name);
        assert!(error.is_invalid_input(), "{name}: {error}");
        assert!(error.to_string().contains("header"), "{name}: {error}");
    }
}

#[tokio::test]
async fn a_header_that_can_not_be_sent_makes_the_call_fail_before_anything_is_sent() {
    for (name, value) in UNSENDABLE {
        let server = Server::start([]).await;
        let call = client(&server).batches().create(new_batch());
        let error = call.with_header(name, value).send().await;
        let error = error.expect_err(name);
        assert!(error.is_invalid_input(), "{name}: {error}");
        assert_eq!(server.requests(), []);
    }
}

#[tokio::test]
async fn an_http_client_of_ones_own_is_used() {
    let server = Server::start([ServerResponse::json(200, BATCH)]).await;
    let mut headers = reqwest::header::HeaderMap::new();
    headers.insert("x-mine", "yes".parse().expect("a value"));
    let http = own_http_client().default_headers(headers);
    let http = http.build().expect("a client");
    let client = builder(&server).http_client(http).build();
    let call = client.expect("a client").batches().get("bat-1");
    call.send().await.expect("a response");
    assert_eq!(server.request().header("x-mine"), Some("yes"));
}

#[tokio::test]
async fn the_limits_of_time_hold_for_an_http_client_of_ones_own() {
    let server = Server::start([ServerResponse::silence()]).await;
    let http = own_http_client().build().expect("a client");
    let client = builder(&server).http_client(http).max_retries(0);
    let call = client.build().expect("a client").batches().get("bat-1");
    let error = call.with_timeout(Duration::from_millis(50)).send().await;
    let error = error.expect_err("no response");
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test]
async fn a_connect_timeout_may_stand_beside_an_http_client_of_ones_own() {
    let server = Server::start([ServerResponse::json(200, BATCH)]).await;
    let http = own_http_client().build().expect("a client");
    let builder = builder(&server).connect_timeout(Duration::from_secs(1));
    let client = builder.http_client(http).build().expect("a client");
    assert!(client.batches().get("bat-1").send().await.is_ok());
}

#[test]
fn the_servers_of_the_description_are_taken() {
    for base_url in [servers::DEFAULT, servers::EUROPE] {
        let client = Client::builder().api_key(KEY).base_url(base_url).build();
        let shown = format!("{:?}", client.expect(base_url));
        assert!(shown.contains(base_url), "{shown}");
    }
}

#[test]
fn a_key_of_any_characters_that_a_header_takes_is_taken() {
    for key in ["x", "a b", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", "0"] {
        if let Err(error) = Client::new(key) {
            panic!("{key:?}: {error}");
        }
    }
}
