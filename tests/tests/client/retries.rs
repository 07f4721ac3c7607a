//! Which failures are tried again, how often, and when.
//!
//! The waits are those that the server asks for, of a millisecond. Only where no answer can carry
//! that word does a test wait for the client's own pause, half a second.

use std::time::{Duration, Instant};

use llama_cloud::{Client, Error, Response, types::Batch};

use crate::sample::{BATCH, builder, client, new_batch};
use crate::server::{Answer, Server};

const SOON: (&str, &str) = ("retry-after-ms", "1");

fn failure(status: u16) -> Answer {
    Answer::with(status, &[SOON], "")
}

fn success() -> Answer {
    Answer::json(200, BATCH)
}

async fn get(client: &Client) -> Result<Response<Batch>, Error> {
    client.batches().get("bat-1").send_with_response().await
}

async fn create(client: &Client) -> Result<Response<Batch>, Error> {
    let call = client.batches().create(new_batch());
    call.send_with_response().await
}

#[tokio::test]
async fn get_is_tried_again_after_what_may_pass() {
    for status in [408, 409, 429, 500, 502, 503, 504, 529] {
        let server = Server::start([failure(status), success()]).await;
        let response = get(&client(&server)).await;
        let response = response.unwrap_or_else(|error| panic!("{status}: {error}"));
        assert_eq!(response.attempts(), 2);
        let requests = server.requests();
        assert_eq!(requests.len(), 2);
        assert_eq!(requests[0], requests[1], "a repetition is the same request");
    }
}

#[tokio::test]
async fn get_is_not_tried_again_after_what_will_not_pass() {
    for status in [400, 401, 403, 404, 410, 422] {
        let server = Server::start([failure(status), success()]).await;
        let error = get(&client(&server)).await.expect_err("a failure");
        assert_eq!((error.attempts(), server.requests().len()), (1, 1));
    }
}

#[tokio::test]
async fn get_is_tried_again_when_the_connection_breaks() {
    for answer in [Answer::hang_up(), Answer::cut_off(200, &BATCH[..20])] {
        let server = Server::start([answer, success()]).await;
        let response = get(&client(&server)).await.expect("the second is sound");
        assert_eq!((response.attempts(), server.requests().len()), (2, 2));
    }
}

#[tokio::test]
async fn two_retries_are_made_and_the_last_failure_is_the_error() {
    let answers = [failure(500), failure(502), failure(503), success()];
    let server = Server::start(answers).await;
    let error = get(&client(&server)).await.expect_err("three failures");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert_eq!((error.attempts(), server.requests().len()), (3, 3));
    assert!(error.to_string().contains("3 tries"), "{error}");
}

#[tokio::test]
async fn the_number_of_retries_can_be_set_for_a_client_and_for_a_call() {
    let failures = || std::iter::repeat_with(|| failure(500)).take(10);
    let server = Server::start(failures()).await;
    let client = builder(&server).max_retries(4).build().expect("a client");
    let error = get(&client).await.expect_err("five failures");
    assert_eq!((error.attempts(), server.requests().len()), (5, 5));

    let server = Server::start(failures()).await;
    let client = builder(&server).max_retries(4).build().expect("a client");
    let call = client.batches().get("bat-1").with_max_retries(0);
    let error = call.send().await.expect_err("one failure");
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));
}

#[tokio::test]
async fn create_is_not_tried_again_where_it_may_have_been_carried_out() {
    for answer in [
        failure(500),
        failure(502),
        failure(504),
        failure(408),
        failure(409),
        Answer::with(503, &[], ""),
        Answer::hang_up(),
        Answer::cut_off(201, &BATCH[..20]),
    ] {
        let described = format!("{answer:?}");
        let server = Server::start([answer, success()]).await;
        let error = create(&client(&server)).await.expect_err(&described);
        assert_eq!(error.attempts(), 1, "{described}");
        assert_eq!(server.requests().len(), 1, "{described}");
    }
}

#[tokio::test]
async fn create_is_tried_again_where_it_was_surely_not_carried_out() {
    for status in [429, 503] {
        let server = Server::start([failure(status), success()]).await;
        let response = create(&client(&server)).await;
        let response = response.unwrap_or_else(|error| panic!("{status}: {error}"));
        assert_eq!(response.attempts(), 2);
        let requests = server.requests();
        assert_eq!(requests[0], requests[1]);
        assert!(!requests[1].body.is_empty());
    }
}

#[tokio::test]
async fn a_connection_that_was_refused_is_tried_again_whatever_the_method() {
    let client = Client::builder()
        .api_key("llx-key")
        .base_url("http://127.0.0.1:1")
        .max_retries(1)
        .build()
        .expect("a client");
    for answered in [get(&client).await, create(&client).await] {
        let error = answered.expect_err("nobody is there");
        assert!(error.is_connect(), "{error}");
        assert_eq!(error.attempts(), 2);
    }
}

#[tokio::test]
async fn the_server_has_the_last_word_about_failures_and_none_about_successes() {
    let says = |status, word| Answer::with(status, &[SOON, ("x-should-retry", word)], BATCH);
    let server = Server::start([says(500, "false"), success()]).await;
    let error = get(&client(&server)).await.expect_err("no retry");
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));

    let server = Server::start([says(400, "true"), success()]).await;
    let response = get(&client(&server)).await.expect("a retry");
    assert_eq!(response.attempts(), 2);

    let server = Server::start([says(500, "true"), success()]).await;
    let response = create(&client(&server)).await.expect("a retry");
    assert_eq!(response.attempts(), 2);

    let server = Server::start([says(200, "true"), success()]).await;
    let response = get(&client(&server)).await.expect("a success");
    assert_eq!((response.attempts(), server.requests().len()), (1, 1));
}

#[tokio::test]
async fn a_short_wait_that_the_server_asks_for_takes_the_place_of_the_own_pause() {
    for header in [("retry-after-ms", "1"), ("retry-after", "0.001")] {
        let failures = std::iter::repeat_with(|| Answer::with(500, &[header], ""));
        let server = Server::start(failures.take(4).chain([success()])).await;
        let client = builder(&server).max_retries(4).build().expect("a client");
        let started = Instant::now();
        get(&client).await.expect("the fifth is sound");
        // Four pauses of the client's own are more than five seconds.
        assert!(started.elapsed() < Duration::from_secs(5), "{header:?}");
    }
}

#[tokio::test]
async fn a_wait_of_some_length_is_kept() {
    let answers = [
        Answer::with(429, &[("retry-after-ms", "120")], ""),
        success(),
    ];
    let server = Server::start(answers).await;
    let started = Instant::now();
    get(&client(&server)).await.expect("the second is sound");
    assert!(started.elapsed() >= Duration::from_millis(120));
}

#[tokio::test]
async fn a_wait_above_a_minute_comes_back_at_once_as_an_error() {
    for (header, seconds) in [
        (("retry-after", "61"), 61),
        (("retry-after", "3600"), 3600),
        (("retry-after-ms", "60001"), 60),
        (("retry-after", "99999999999999999999999"), 60),
    ] {
        for status in [429, 503] {
            let server = Server::start([Answer::with(status, &[header], ""), success()]).await;
            let error = get(&client(&server)).await.expect_err("no retry");
            assert_eq!((error.attempts(), server.requests().len()), (1, 1));
            let wait = error.retry_after().expect("the server names a wait");
            assert!(wait >= Duration::from_secs(seconds), "{wait:?}");
        }
    }
    let date = ("retry-after", "Fri, 31 Dec 2199 23:59:59 GMT");
    let server = Server::start([Answer::with(503, &[date], ""), success()]).await;
    let error = get(&client(&server)).await.expect_err("no retry");
    let wait = error.retry_after().expect("the server names a date");
    assert!(wait > Duration::from_secs(365 * 24 * 60 * 60), "{wait:?}");
}

#[tokio::test]
async fn when_nearly_all_calls_fail_the_clones_of_a_client_stop_trying_again() {
    let failures = std::iter::repeat_with(|| failure(500)).take(1000);
    let server = Server::start(failures).await;
    let first = client(&server);
    let mut attempts = Vec::new();
    for _ in 0..200 {
        let error = get(&first.clone()).await.expect_err("a failure");
        attempts.push(error.attempts());
    }
    assert_eq!(attempts.first(), Some(&3));
    assert_eq!(attempts.last(), Some(&1), "{attempts:?}");
}
