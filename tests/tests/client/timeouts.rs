//! Limits of time end in an error that says which one passed.

use std::time::Duration;

use llama_cloud::Error;

use crate::sample::{BATCH, builder, client, new_batch};
use crate::server::{Answer, Server};

const SHORT: Duration = Duration::from_millis(50);

/// The error of a call, which has to end long before the limits that other tests rely on.
async fn failure<T>(call: impl Future<Output = Result<T, Error>>) -> Error {
    let ended = tokio::time::timeout(Duration::from_secs(10), call).await;
    match ended.expect("the call ends by its own limit") {
        Ok(_) => panic!("the call should have failed"),
        Err(error) => error,
    }
}

fn assert_timeout(error: &Error, name: &str) {
    assert!(error.is_timeout(), "{error}");
    assert!(!error.is_connect(), "{error}");
    let text = error.to_string();
    assert!(text.contains(name) && text.contains("50ms"), "{text}");
}

#[tokio::test]
async fn a_try_that_is_not_answered_in_time_is_an_error_that_names_the_timeout() {
    let server = Server::start([Answer::silence()]).await;
    let client = builder(&server).timeout(SHORT).max_retries(0).build();
    let call = client.expect("a client").batches().get("bat-1");
    let error = failure(call.send()).await;
    assert_timeout(&error, "timeout");
    assert!(!error.to_string().contains("total"), "{error}");
    assert_eq!(error.status(), None);
}

#[tokio::test]
async fn the_timeout_holds_for_the_body_too() {
    let server = Server::start([Answer::stalled(200, &BATCH[..20])]).await;
    let call = client(&server).batches().get("bat-1");
    let call = call.with_timeout(SHORT).with_max_retries(0);
    let error = failure(call.send()).await;
    assert_timeout(&error, "timeout");
}

#[tokio::test]
async fn the_timeout_is_for_one_try_and_the_next_one_has_its_own() {
    let server = Server::start([Answer::silence(), Answer::json(200, BATCH)]).await;
    let call = client(&server).batches().get("bat-1");
    let call = call.with_timeout(Duration::from_secs(1));
    let response = call.send_with_response().await.expect("the second answers");
    assert_eq!(response.attempts(), 2);
}

#[tokio::test]
async fn create_is_not_sent_again_after_a_timeout() {
    let server = Server::start([Answer::silence(), Answer::json(201, BATCH)]).await;
    let call = client(&server).batches().create(new_batch());
    let error = failure(call.with_timeout(SHORT).send()).await;
    assert_timeout(&error, "timeout");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn the_total_timeout_ends_the_call_with_its_waits() {
    let answer = || Answer::with(500, &[("retry-after-ms", "20")], "");
    let server = Server::start(std::iter::repeat_with(answer).take(100)).await;
    let client = builder(&server).total_timeout(SHORT).max_retries(99);
    let client = client.build().expect("a client");
    let error = failure(client.batches().get("bat-1").send()).await;
    assert_timeout(&error, "total timeout");
    assert!(server.requests().len() < 10);
}

#[tokio::test]
async fn a_wait_that_would_pass_the_total_timeout_is_not_begun() {
    let answer = Answer::with(500, &[("retry-after", "30")], "");
    let server = Server::start([answer]).await;
    let client = builder(&server).total_timeout(Duration::from_secs(10));
    let call = client.build().expect("a client").batches().get("bat-1");
    let error = failure(call.send()).await;
    assert!(error.is_timeout(), "{error}");
    assert!(error.to_string().contains("total timeout"), "{error}");
    assert!(error.to_string().contains("500"), "{error}");
}
