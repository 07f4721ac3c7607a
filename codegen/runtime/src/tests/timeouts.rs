//! Limits of time, and errors that say which one passed.

use std::error::Error as _;
use std::time::Duration;

use tokio::time::Instant;

use super::doubles;
use super::pets::{self, BEARER, Pets};
use super::server::{Reply, Server};
use crate::runtime::error::Error;
use crate::runtime::mock::{MockResponse, MockTransport};

const SHORT: Duration = Duration::from_millis(30);

fn is_timeout(error: &Error, part: &str) {
    assert!(
        error.is_timeout() && !error.is_status() && !error.is_decode(),
        "{error}"
    );
    assert!(
        error.to_string().contains(part),
        "`{error}` has no `{part}`"
    );
}

#[tokio::test]
async fn timeout_of_an_attempt_includes_the_body() {
    for reply in [Reply::Hang(Vec::new()), Reply::stalled(200, &[], "{\"na")] {
        let server = Server::start([reply.clone(), reply]).await;
        let client = pets::settings(&BEARER, &server.url)
            .timeout(SHORT)
            .build()
            .unwrap();
        let error = Pets(client)
            .get("1")
            .with_max_retries(1)
            .send()
            .await
            .unwrap_err();
        is_timeout(&error, "attempt timed out after 30ms (2 attempts in ");
        assert!(
            error
                .to_string()
                .contains("raise it with `timeout` or `with_timeout`"),
            "{error}"
        );
        assert!(!error.is_connect());
        assert_eq!(error.attempts(), 2);
    }
}

#[tokio::test]
async fn timeout_of_the_request_replaces_the_clients() {
    let server = Server::start([Reply::Hang(Vec::new())]).await;
    let client = pets::settings(&BEARER, &server.url)
        .timeout(Duration::MAX)
        .build()
        .unwrap();
    let error = Pets(client)
        .get("1")
        .with_timeout(SHORT)
        .with_max_retries(0)
        .send()
        .await
        .unwrap_err();
    is_timeout(&error, "attempt timed out after 30ms (1 attempt in ");
}

#[tokio::test]
async fn timeout_of_an_error_body_keeps_the_status() {
    // More than one, for a machine so busy that the head of a response isn't there in time.
    let server = Server::start((0..3).map(|_| Reply::stalled(404, &[], "{\"det"))).await;
    let client = pets::settings(&BEARER, &server.url)
        .timeout(SHORT)
        .build()
        .unwrap();
    let error = Pets(client).get("1").send().await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    assert_eq!(error.body(), b"{\"det");
}

#[tokio::test]
async fn total_timeout() {
    let server = Server::start([Reply::Hang(Vec::new()), Reply::Hang(Vec::new())]).await;
    let client = pets::settings(&BEARER, &server.url)
        .total_timeout(SHORT)
        .build()
        .unwrap();
    let error = Pets(client.clone()).get("1").send().await.unwrap_err();
    is_timeout(&error, "total timeout elapsed after 30ms (1 attempt in ");
    let longer = Duration::from_millis(45);
    let error = Pets(client)
        .get("1")
        .with_total_timeout(longer)
        .send()
        .await
        .unwrap_err();
    is_timeout(&error, "total timeout elapsed after 45ms");
}

#[tokio::test(start_paused = true)]
async fn total_timeout_prevents_a_longer_backoff() {
    let mock = MockTransport::new();
    let busy = MockResponse::new(429).header("retry-after", "20");
    mock.expect("GET", "/v1/pets/1").respond(busy);
    let started = Instant::now();
    let client = doubles::settings(&BEARER, &mock)
        .total_timeout(Duration::from_secs(10))
        .build()
        .unwrap();
    let error = Pets(client).get("1").send().await.unwrap_err();
    assert_eq!(started.elapsed(), Duration::ZERO);
    assert!(error.is_rate_limited() && !error.is_timeout(), "{error}");
    assert_eq!(error.status().unwrap(), 429);
    assert_eq!(error.headers().unwrap()["retry-after"], "20");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(20)));
    assert_eq!(error.attempts(), 1);
    let reason = "; not retried: a backoff of 20 s would exceed the total timeout of 10s";
    assert!(error.to_string().ends_with(reason), "{error}");
}

#[tokio::test(start_paused = true)]
async fn timeout_of_an_attempt_is_kept_if_the_backoff_doesnt_fit() {
    let mock = MockTransport::new();
    mock.expect("GET", "/v1/pets/1")
        .respond(MockResponse::pending());
    let builder = doubles::settings(&BEARER, &mock).timeout(SHORT);
    let client = builder.total_timeout(SHORT * 2).build().unwrap();
    let error = Pets(client).get("1").send().await.unwrap_err();
    is_timeout(&error, "attempt timed out after 30ms (1 attempt in ");
    let reason = "would exceed the total timeout of 60ms";
    assert!(error.to_string().ends_with(reason), "{error}");
    mock.assert_done();
}

#[tokio::test(start_paused = true)]
async fn total_timeout_keeps_the_last_response() {
    let mock = MockTransport::new();
    let busy = MockResponse::new(429).header("retry-after", "2");
    mock.expect("GET", "/v1/pets/1").respond(busy);
    mock.expect("GET", "/v1/pets/1")
        .respond(MockResponse::pending());
    let client = doubles::settings(&BEARER, &mock)
        .total_timeout(Duration::from_secs(10))
        .build()
        .unwrap();
    let started = Instant::now();
    let error = Pets(client).get("1").send().await.unwrap_err();
    assert_eq!(started.elapsed(), Duration::from_secs(10));
    is_timeout(
        &error,
        "total timeout elapsed after 10s (2 attempts in 10.0s), last: GET \
         https://pets.test/v1/pets/1: 429 Too Many Requests (1 attempt in ",
    );
    let last = error.source().unwrap().downcast_ref::<Error>().unwrap();
    assert!(last.is_rate_limited());
    assert_eq!(last.retry_after(), Some(Duration::from_secs(2)));
    mock.assert_done();
}

/// A listener whose queue is full leaves further connections without a response; how it does is the
/// system's matter.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn connect_timeout() {
    use tokio::net::{TcpSocket, TcpStream};

    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let full = socket.local_addr().unwrap();
    let _listener = socket.listen(1).unwrap();
    let mut queue = Vec::new();
    while let Ok(Ok(stream)) = tokio::time::timeout(SHORT, TcpStream::connect(full)).await {
        queue.push(stream);
    }
    let builder = pets::settings(&BEARER, &format!("http://{full}")).connect_timeout(SHORT);
    let request = Pets(builder.build().unwrap()).get("1");
    let error = request.with_max_retries(0).send().await.unwrap_err();
    is_timeout(&error, "connecting timed out after 30ms");
    assert!(error.is_connect());
}

#[tokio::test]
async fn timeout_of_a_custom_client() {
    for reply in [Reply::Hang(Vec::new()), Reply::stalled(200, &[], "{\"na")] {
        let server = Server::start([reply]).await;
        let base = crate::runtime::base_url::BaseUrl::parse(&server.url).unwrap();
        let http = crate::runtime::tls::configure(reqwest::Client::builder().timeout(SHORT), &base)
            .unwrap();
        let builder = pets::settings(&BEARER, &server.url).http_client(http.build().unwrap());
        let request = Pets(builder.build().unwrap()).get("1");
        let error = request.with_max_retries(0).send().await.unwrap_err();
        is_timeout(&error, "the custom HTTP client's timeout elapsed");
    }
}
