//! The key shows nowhere but in its header.

use std::error::Error as _;
use std::fmt::Debug;

use llama_cloud::types::Batch;
use llama_cloud::{Client, Error, Response};

use crate::sample::{BATCH, KEY, builder, client, new_batch};
use crate::server::{Answer, Server};

fn assert_hidden(shown: &str) {
    assert!(!shown.contains(KEY), "{shown}");
    assert!(!shown.contains("other-secret"), "{shown}");
}

fn assert_debug_hides(value: &impl Debug) {
    assert_hidden(&format!("{value:?}"));
    assert_hidden(&format!("{value:#?}"));
}

/// Everything that an error and what lies under it show of themselves.
fn assert_error_hides(error: &Error) {
    assert_hidden(&error.to_string());
    assert_debug_hides(error);
    let mut next = error.source();
    while let Some(source) = next {
        assert_hidden(&source.to_string());
        assert_debug_hides(&source);
        next = source.source();
    }
}

#[tokio::test]
async fn client_builder_and_request_do_not_show_secrets() {
    let server = Server::start([]).await;
    let builder = builder(&server).header("x-api-key", "other-secret");
    assert_debug_hides(&builder);
    let client = builder.build().expect("a client");
    assert_debug_hides(&client);
    assert_debug_hides(&client.batches());
    let call = client.batches().create(new_batch());
    let call = call.session("other-secret");
    assert_debug_hides(&call.with_header("authorization", "Basic other-secret"));
}

#[tokio::test]
async fn a_response_does_not_show_the_cookies_that_it_sets() {
    let headers = [("set-cookie", "session=other-secret")];
    let server = Server::start([Answer::with(200, &headers, BATCH)]).await;
    let call = client(&server).batches().get("bat-1");
    let response: Response<Batch> = call.send_with_response().await.expect("a batch");
    assert_debug_hides(&response);
    assert_eq!(response.headers()["set-cookie"], "session=other-secret");
}

#[tokio::test]
async fn an_error_does_not_show_a_key_that_the_server_sends_back() {
    let wrong = |text: &str| BATCH.replace("\"PENDING\"", &format!("{{\"{text}\":\"{text}\"}}"));
    for answer in [
        Answer::with(401, &[], format!("bad key {KEY} in session other-secret")),
        Answer::json(500, format!(r#"{{"Authorization": "Bearer {KEY}"}}"#)),
        Answer::json(200, format!("\"{KEY}\"")),
        Answer::json(200, wrong(KEY)),
        Answer::json(200, wrong("other-secret")),
        Answer::cut_off(200, format!("{{\"{KEY}\":")),
        Answer::with(200, &[("content-type", KEY)], "x"),
        Answer::with(500, &[("x-request-id", KEY)], "x"),
        Answer::with(
            307,
            &[("location", &format!("http://{KEY}.example.com"))],
            "",
        ),
        Answer::with(500, &[], format!("{}{KEY}", "x".repeat(190))),
        Answer::hang_up(),
    ] {
        let described = format!("{answer:?}");
        let server = Server::start([answer]).await;
        let call = client(&server).batches().get("bat-1");
        let call = call.session("other-secret").with_max_retries(0);
        let error = call.send().await.expect_err(&described);
        assert_error_hides(&error);
    }
}

#[tokio::test]
async fn a_key_in_a_path_or_a_query_by_mistake_is_not_shown() {
    let server = Server::start([Answer::with(404, &[], "")]).await;
    let call = client(&server).batches().get(KEY);
    let call = call.project_id(KEY).with_query("key", KEY);
    assert_debug_hides(&call);
    assert_error_hides(&call.send().await.expect_err("it isn't there"));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_without_the_key() {
    let client = Client::builder()
        .api_key(KEY)
        .base_url("http://127.0.0.1:1")
        .max_retries(0)
        .build()
        .expect("a client");
    let sent = client.batches().get("bat-1").project_id("prj-1").send();
    let error = sent.await.expect_err("nothing listens there");
    assert!(error.is_connect(), "{error}");
    assert!(error.to_string().contains("127.0.0.1:1"), "{error}");
    assert_error_hides(&error);
}
