//! Why there was no other attempt, as an error says it, and which page failed.

use std::time::Duration;

use bytes::Bytes;

use super::doubles;
use super::error_of;
use super::pets::{self, BEARER, IDEMPOTENT, Pet, Pets};
use super::server::{Reply, Server};
use crate::runtime::error::Error;
use crate::runtime::mock::{MockResponse, MockTransport};
use crate::runtime::no_retry::show_delay;
use crate::runtime::retry::{RetryDecision, RetryPolicy};

fn ends(error: &Error, reason: &str) {
    let text = error.to_string();
    let end = format!("; {reason}");
    assert!(text.ends_with(&end), "`{text}` doesn't end with `{reason}`");
    assert_eq!(
        text.matches("retried:").count(),
        usize::from(reason.contains("retried:")),
        "{text}"
    );
}

/// The error of a GET or a POST that ends so, with a policy of two retries.
async fn after(method: &str, response: MockResponse, times: usize) -> Error {
    let mock = MockTransport::new();
    let pets = Pets(doubles::client(&mock));
    let path = if method == "GET" {
        "/v1/pets/1"
    } else {
        "/v1/pets"
    };
    for _ in 0..times {
        mock.expect(method, path).respond(response.clone());
    }
    let result = match method {
        "GET" => pets.get("1").send().await,
        _ => pets.create(&Pet::new("Rex")).send().await,
    };
    mock.assert_done();
    result.unwrap_err()
}

#[tokio::test(start_paused = true)]
async fn no_retry_reason_ends_the_message() {
    let asked = |wait| MockResponse::new(429).header("retry-after", wait);
    let never = MockResponse::new(500).header("x-should-retry", "false");
    let moved = MockResponse::new(302).header("location", "https://elsewhere.test/");
    let same = "not retried: a retry would get the same response";
    let done = "not retried: the server may have processed the request";
    let success = "not retried: the server reported success";
    let spent = "retries exhausted: `max_retries` is 2";
    for (method, response, times, reason) in [
        ("GET", MockResponse::new(400), 1, same),
        ("GET", MockResponse::new(404), 1, same),
        ("POST", MockResponse::new(422), 1, same),
        ("GET", moved, 1, same),
        ("POST", MockResponse::new(500), 1, done),
        ("POST", MockResponse::new(503), 1, done),
        ("POST", MockResponse::new(409), 1, done),
        ("POST", MockResponse::disconnect(), 1, done),
        ("POST", MockResponse::pending(), 1, done),
        ("POST", MockResponse::connect_error(), 3, spent),
        ("POST", asked("1"), 3, spent),
        ("GET", MockResponse::new(500), 3, spent),
        ("GET", MockResponse::pending(), 3, spent),
        ("GET", MockResponse::new(200).body("<p>"), 1, success),
        ("POST", MockResponse::new(200).body("{}"), 1, success),
        (
            "GET",
            never,
            1,
            "not retried: the server says not to (`x-should-retry: false`)",
        ),
        (
            "GET",
            asked("60.2"),
            1,
            "not retried: the server asks to retry after 61 s, more than `max_retry_after` of 60 s",
        ),
    ] {
        let error = after(method, response, times).await;
        ends(&error, reason);
        assert_eq!(error.attempts() as usize, times);
    }
}

#[tokio::test(start_paused = true)]
async fn no_retry_reason_shows_retry_after_once() {
    let error = after("GET", MockResponse::new(503).header("retry-after", "61"), 1).await;
    let text = error.to_string();
    assert_eq!(text.matches("retry after").count(), 1, "{text}");
    let error = after(
        "GET",
        MockResponse::new(503).header("retry-after", "2.5"),
        3,
    )
    .await;
    let hint = "; the server asks to retry after 3 s; the body is empty; retries exhausted";
    assert!(error.to_string().contains(hint), "{error}");
}

#[tokio::test(start_paused = true)]
async fn no_retry_because_of_max_retries() {
    let mock = MockTransport::new();
    mock.expect("GET", "/v1/pets/1")
        .respond(MockResponse::new(500));
    let request = Pets(doubles::client(&mock)).get("1").with_max_retries(0);
    ends(
        &request.send().await.unwrap_err(),
        "not retried: `max_retries` is 0",
    );

    // What wouldn't be worth one is told before what there is no room for.
    mock.expect("POST", "/v1/pets")
        .respond(MockResponse::new(500));
    let request = Pets(doubles::client(&mock)).create(&Pet::new("Rex"));
    let error = request.with_max_retries(0).send().await.unwrap_err();
    ends(
        &error,
        "not retried: the server may have processed the request",
    );

    mock.expect("POST", "/v1/pets")
        .respond(MockResponse::new(500));
    let client = doubles::settings(&IDEMPOTENT, &mock).max_retries(0);
    let request = Pets(client.build().unwrap()).create(&Pet::new("Rex"));
    ends(
        &request.send().await.unwrap_err(),
        "not retried: `max_retries` is 0",
    );
}

#[tokio::test(start_paused = true)]
async fn no_retry_because_of_decide_with() {
    let mock = MockTransport::new();
    let policy = RetryPolicy::default().decide_with(|_, _| RetryDecision::Stop);
    for (status, reason) in [
        (
            500,
            "not retried: the function given to `RetryPolicy::decide_with` stopped",
        ),
        (404, "not retried: a retry would get the same response"),
    ] {
        mock.expect("GET", "/v1/pets/1")
            .respond(MockResponse::new(status));
        let builder = doubles::settings(&BEARER, &mock).retry_policy(policy.clone());
        let request = Pets(builder.build().unwrap()).get("1");
        ends(&request.send().await.unwrap_err(), reason);
    }
}

#[tokio::test(start_paused = true)]
async fn no_retry_because_of_the_total_timeout() {
    let mock = MockTransport::new();
    let client = || {
        let builder = doubles::settings(&BEARER, &mock);
        builder
            .total_timeout(Duration::from_millis(700))
            .build()
            .unwrap()
    };
    let busy = MockResponse::new(503).header("retry-after", "30");
    for method in ["GET", "PURGE"] {
        mock.expect(method, "/v1/pets").respond(busy.clone());
        let error = client()
            .request(method, "pets")
            .send_raw()
            .await
            .unwrap_err();
        assert!(error.is_server() && !error.is_timeout(), "{error}");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
        ends(
            &error,
            "not retried: a backoff of 30 s would exceed the total timeout of 700ms",
        );
    }
    mock.expect("GET", "/v1/pets")
        .respond(MockResponse::pending());
    let error = client()
        .request("GET", "pets")
        .send_raw()
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error}");
    ends(&error, "not retried: the total timeout has elapsed");
}

#[tokio::test]
async fn no_retry_because_of_streams() {
    let stalled = Server::start([Reply::broken(200, &[], "{\"na")]).await;
    let request = Pets(pets::client(&stalled.url)).get("1");
    let mut body = request.send_streaming().await.unwrap().into_body();
    body.chunk().await.unwrap().unwrap();
    let error = body.chunk().await.unwrap().unwrap_err();
    ends(
        &error,
        "not retried: part of the response body was already returned",
    );

    for (status, reason) in [
        (
            429,
            "not retried: the request body is a stream, which can be sent only once",
        ),
        (422, "not retried: a retry would get the same response"),
    ] {
        let server = Server::start([Reply::json(status, "{}")]).await;
        let mut request = Pets(pets::client(&server.url)).create(&Pet::new("Rex"));
        let piece = futures(Ok::<_, std::io::Error>(Bytes::from_static(b"{}")));
        request
            .0
            .call
            .upload("application/json", crate::runtime::Upload::stream(piece));
        ends(&request.send().await.unwrap_err(), reason);
    }
}

/// A stream of one item.
fn futures<T: Unpin>(item: T) -> impl futures_core::Stream<Item = T> {
    struct Once<T>(Option<T>);
    impl<T: Unpin> futures_core::Stream for Once<T> {
        type Item = T;
        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<T>> {
            std::task::Poll::Ready(self.0.take())
        }
    }
    Once(Some(item))
}

#[tokio::test]
async fn error_hint_names_ids_only_if_the_path_has_any() {
    let hint = |error: &Error| {
        let text = error.to_string();
        let at = text.find("; check ").map_or(text.len(), |at| at + 2);
        text[at..].split(';').next().unwrap_or_default().to_owned()
    };
    let error = error_of(Reply::json(404, "{}")).await;
    assert_eq!(hint(&error), "check the IDs in the path and the base URL");
    let server = Server::start([Reply::json(404, "{}"), Reply::json(404, "{}")]).await;
    let client = pets::client(&server.url);
    let error = Pets(client.clone()).list().send().await.unwrap_err();
    assert_eq!(hint(&error), "check the base URL");
    let error = client.request("GET", "x").send_raw().await.unwrap_err();
    assert_eq!(hint(&error), "check the path and the base URL");
}

#[test]
fn delays_are_shown_in_whole_seconds() {
    for (nanos, reported) in [
        (0, "0 ms"),
        (1, "1 ms"),
        (20_000_000, "20 ms"),
        (999_000_001, "1000 ms"),
        (1_000_000_000, "1 s"),
        (1_000_000_001, "2 s"),
        (29_123_456_789, "30 s"),
        (61_000_000_000, "61 s"),
    ] {
        assert_eq!(show_delay(Duration::from_nanos(nanos)), reported);
    }
    assert_eq!(show_delay(Duration::MAX), format!("{} s", u64::MAX));
}

#[tokio::test]
async fn error_of_a_page_has_its_number() {
    let page = |next: &str| {
        Reply::json(
            200,
            &format!(r#"{{"pets":[{{"name":"a"}}],"next":{next}}}"#),
        )
    };
    let failing = || Reply::with(400, &["x-request-id: r-1"], "{}");
    for (replies, number) in [
        (vec![failing()], 1),
        (vec![page("\"x\""), failing()], 2),
        (
            vec![page("\"x\""), page("\"y\""), Reply::json(200, "[]")],
            3,
        ),
    ] {
        let server = Server::start(replies).await;
        let mut items = Pets(pets::client(&server.url)).page().into_stream();
        let error = loop {
            match items.next().await.expect("an error") {
                Ok(_) => {}
                Err(error) => break error,
            }
        };
        let part = format!(", page {number}");
        assert!(error.to_string().contains(&part), "{error}");
    }
    // One that can't be sent, too; and a call that is no page of a stream has no number.
    let mut pages = Pets(pets::client("http://127.0.0.1:1"))
        .page()
        .into_pages_from("");
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("GET /pets (page 1) can't be sent: "),
        "{error}"
    );
    let server = Server::start([failing()]).await;
    let error = Pets(pets::client(&server.url))
        .page()
        .send()
        .await
        .unwrap_err();
    assert!(!error.to_string().contains("page"), "{error}");
}
