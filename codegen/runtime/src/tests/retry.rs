//! The loop of tries, against a server.

use std::time::Duration;

use tokio::time::Instant;

use super::doubles;
use super::pets::{self, BEARER, Pet, Pets};
use super::server::{Reply, Server};
use crate::runtime::mock::{MockResponse, MockTransport};

const PET: &str = r#"{"name":"Rex"}"#;

fn failure(status: u16) -> Reply {
    Reply::json(status, "{}")
}

#[tokio::test]
async fn retry_of_a_get_up_to_three_attempts() {
    for failing in [
        failure(503),
        Reply::Close(Vec::new()),
        Reply::broken(200, &[], "{"),
        failure(429),
    ] {
        let server = Server::start([failing.clone(), failing.clone(), Reply::json(200, PET)]).await;
        let response = Pets(pets::client(&server.url))
            .get("1")
            .send_with_response()
            .await
            .unwrap();
        assert_eq!(response.attempts(), 3);
        let requests = server.requests();
        assert_eq!(requests.len(), 3);
        assert!(requests.iter().all(|request| request.line == "GET /pets/1"));
        let server =
            Server::start([failing.clone(), failing.clone(), failing.clone(), failing]).await;
        let error = Pets(pets::client(&server.url))
            .get("1")
            .send()
            .await
            .unwrap_err();
        assert_eq!(error.attempts(), 3);
        assert!(error.to_string().contains("3 attempts in "), "{error}");
        assert_eq!(server.requests().len(), 3);
    }
}

#[tokio::test]
async fn retry_of_a_post_only_if_it_wasnt_processed() {
    for failing in [
        failure(500),
        failure(503),
        failure(409),
        Reply::Close(Vec::new()),
        Reply::broken(200, &[], "{"),
    ] {
        let server = Server::start([failing, Reply::json(200, PET)]).await;
        let error = Pets(pets::client(&server.url))
            .create(&Pet::new("Rex"))
            .send()
            .await
            .unwrap_err();
        assert_eq!(error.attempts(), 1, "{error}");
        assert_eq!(server.requests().len(), 1);
    }
    for failing in [
        failure(429),
        Reply::with(503, &["retry-after: 0"], ""),
        Reply::with(500, &["x-should-retry: true"], ""),
    ] {
        let server = Server::start([failing, Reply::json(200, PET)]).await;
        let response = Pets(pets::client(&server.url))
            .create(&Pet::new("Rex"))
            .send_with_response()
            .await
            .unwrap();
        assert_eq!(response.attempts(), 2);
        let requests = server.requests();
        assert_eq!(requests[0].body, requests[1].body);
    }
}

#[tokio::test]
async fn retry_count_is_the_clients_or_the_requests() {
    for (of_client, of_call, expected) in [
        (None, None, 3),
        (Some(0), None, 1),
        (Some(4), None, 5),
        (Some(4), Some(1), 2),
        (None, Some(0), 1),
    ] {
        let server = Server::start((0..9).map(|_| failure(500))).await;
        let mut builder = pets::settings(&BEARER, &server.url);
        if let Some(retries) = of_client {
            builder = builder.max_retries(retries);
        }
        let mut request = Pets(builder.build().unwrap()).get("1");
        if let Some(retries) = of_call {
            request = request.with_max_retries(retries);
        }
        let error = request.send().await.unwrap_err();
        assert_eq!(error.attempts(), expected);
        assert_eq!(server.requests().len(), expected as usize);
    }
}

#[tokio::test]
async fn retry_never_follows_a_success() {
    for reply in [
        Reply::with(200, &["x-should-retry: true"], PET),
        Reply::with(200, &["x-should-retry: true"], "null"),
    ] {
        let server = Server::start([reply]).await;
        let _ = Pets(pets::client(&server.url)).get("1").send().await;
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_honored() {
    let mock = MockTransport::new();
    let asked = MockResponse::new(429).header("retry-after-ms", "40250");
    mock.expect("GET", "/v1/pets/1").respond(asked);
    mock.expect("GET", "/v1/pets/1")
        .respond_json(200, &Pet::new("Rex"));
    let started = Instant::now();
    Pets(doubles::client(&mock)).get("1").send().await.unwrap();
    assert_eq!(started.elapsed(), Duration::from_millis(40_250));
    mock.assert_done();
}

#[tokio::test]
async fn retry_after_above_a_minute_is_an_error() {
    let server = Server::start([Reply::with(429, &["retry-after: 3600"], "")]).await;
    let error = Pets(pets::client(&server.url))
        .get("1")
        .send()
        .await
        .unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    assert_eq!(error.attempts(), 1);
    assert!(
        error.to_string().ends_with(
            "; not retried: the server asks to retry after 3600 s, more than `max_retry_after` of 60 s"
        ),
        "{error}"
    );
}

#[tokio::test]
async fn retry_budget_is_exhausted_when_most_requests_fail() {
    let server = Server::start((0..400).map(|_| failure(500))).await;
    let pets = pets::client(&server.url);
    let mut tries = Vec::new();
    let mut last = None;
    for _ in 0..60 {
        // Clones share the limit.
        let error = Pets(pets.clone()).get("1").send().await.unwrap_err();
        tries.push(error.attempts());
        last = Some(error);
    }
    assert_eq!(tries.iter().sum::<u32>(), 60 + 100);
    assert_eq!(tries[0], 3);
    assert_eq!(tries[59], 1);
    let text = last.unwrap().to_string();
    assert!(
        text.ends_with(
            "; retry budget exhausted: too many requests of this client failed recently"
        ),
        "{text}"
    );
}
