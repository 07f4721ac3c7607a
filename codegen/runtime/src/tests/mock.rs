//! The mock transport: what it expects, how it responds, and how it fails a test.

use std::time::Duration;

use serde_json::json;

use super::doubles;
use super::pets::{BEARER, KEY, Pet, Pets, QUERY};
use crate::runtime::mock::{MockResponse, MockTransport};

const SECOND: Duration = Duration::from_secs(1);

/// A mock and a resource that sends to it.
fn start() -> (MockTransport, Pets) {
    let mock = MockTransport::new();
    let pets = Pets(doubles::client(&mock));
    (mock, pets)
}

/// The message with which a task panics.
async fn panic_of<F>(work: F) -> String
where
    F: Future<Output: Send> + Send + 'static,
{
    let Err(failure) = tokio::spawn(work).await else {
        panic!("it was to panic");
    };
    let message = failure.into_panic();
    *message.downcast::<String>().expect("a text")
}

#[tokio::test]
async fn mock_responds_in_order() {
    let (mock, pets) = start();
    mock.expect("POST", "/v1/pets")
        .with_json(&json!({"tag": "x", "name": "Rex"}))
        .with_header("Content-Type", "application/json")
        .respond_json(201, &Pet::new("Rex"));
    mock.expect("GET", "/v1/pets/a%2Fb")
        .with_query("q", "x y")
        .with_query("page", 2)
        .respond(
            MockResponse::new(200)
                .header("x-request-id", "r-1")
                .body(r#"{"name":"Ada"}"#),
        );
    let rex = Pet {
        name: "Rex".to_owned(),
        tag: Some("x".to_owned()),
    };
    assert_eq!(pets.create(&rex).send().await.unwrap(), Pet::new("Rex"));
    let request = pets.get("a/b").with_query("page", 2).with_query("q", "x y");
    let response = request.send_with_response().await.unwrap();
    assert_eq!(response.request_id(), Some("r-1"));
    assert_eq!(response.into_body(), Pet::new("Ada"));
    mock.assert_done();
    let sent = mock.requests();
    assert_eq!(sent.len(), 2);
    assert_eq!(
        (sent[0].method.as_str(), sent[0].url.path()),
        ("POST", "/v1/pets")
    );
    assert_eq!(sent[0].json(), json!({"name": "Rex", "tag": "x"}));
    assert_eq!(sent[0].headers["authorization"], format!("Bearer {KEY}"));
    assert_eq!(sent[1].url.query(), Some("page=2&q=x%20y"));
    assert!(sent[1].body.is_empty() && sent[1].json().is_null());
}

#[tokio::test]
async fn mock_fails_the_test_for_another_request() {
    let (mock, pets) = start();
    let expected = || mock.expect("GET", "/v1/pets/1");
    expected().respond(MockResponse::new(200));
    let message = panic_of(pets.get("2").send()).await;
    assert_eq!(
        message,
        "unexpected request GET /v1/pets/2: expected GET /v1/pets/1"
    );

    expected().respond(MockResponse::new(200));
    let message = panic_of(pets.delete("1").send()).await;
    assert_eq!(
        message,
        "unexpected request DELETE /v1/pets/1: expected GET /v1/pets/1"
    );

    expected()
        .with_query("q", "a b")
        .respond(MockResponse::new(200));
    let message = panic_of(pets.get("1").with_query("q", "a c").send()).await;
    let end = ": expected the query parameter q=a b (decoded), found the query `q=a%20c`";
    assert!(message.ends_with(end), "{message}");

    expected()
        .with_header("x-a", "1")
        .respond(MockResponse::new(200));
    let message = panic_of(pets.get("1").send()).await;
    assert!(
        message.ends_with(": expected the header x-a: 1"),
        "{message}"
    );

    mock.expect("POST", "/v1/pets")
        .with_json(&Pet::new("Rex"))
        .respond(MockResponse::new(201));
    let message = panic_of(async move { pets.create(&Pet::new("Ada")).send().await }).await;
    let end = r#": expected the body {"name":"Rex"}, found {"name":"Ada"}"#;
    assert!(message.ends_with(end), "{message}");
}

#[tokio::test]
async fn mock_fails_the_test_for_more_requests() {
    let (mock, pets) = start();
    let message = panic_of(pets.get("1").send()).await;
    assert_eq!(
        message,
        "unexpected request GET /v1/pets/1: no further request was expected"
    );
    // Whoever caught that panic is told again, and the request was recorded.
    let clone = mock.clone();
    assert_eq!(panic_of(async move { clone.assert_done() }).await, message);
    assert_eq!(mock.requests().len(), 1);
}

#[test]
#[should_panic(expected = "2 expected requests were not sent, the first is DELETE /v1/pets/7")]
fn mock_fails_the_test_for_fewer_requests() {
    let (mock, _) = start();
    mock.expect("DELETE", "/v1/pets/7")
        .respond(MockResponse::new(204));
    mock.expect("GET", "/v1/pets/7")
        .respond(MockResponse::new(404));
    mock.assert_done();
}

#[test]
fn mock_expects_a_request_with_its_response_only() {
    let (mock, _) = start();
    let expectation = mock.expect("GET", "/x");
    assert_eq!(format!("{expectation:?}"), "Expectation(GET /x)");
    drop(expectation);
    mock.assert_done();
    assert_eq!(
        format!("{mock:?}"),
        "MockTransport { expected: 0, sent: 0, .. }"
    );
}

#[tokio::test(start_paused = true)]
async fn mock_connect_errors_are_retried_and_disconnects_are_errors() {
    let (mock, pets) = start();
    mock.expect("POST", "/v1/pets").connect_error();
    mock.expect("POST", "/v1/pets").connect_error();
    mock.expect("POST", "/v1/pets")
        .respond_json(201, &Pet::new("Rex"));
    let response = pets
        .create(&Pet::new("Rex"))
        .send_with_response()
        .await
        .unwrap();
    assert_eq!(response.attempts(), 3);
    // Half a second and a second, each less up to a quarter.
    let waits = SECOND * 9 / 8..=SECOND * 3 / 2 + Duration::from_millis(2);
    assert!(waits.contains(&response.elapsed()), "{response:?}");
    mock.assert_done();

    mock.expect("POST", "/v1/pets").disconnect();
    let error = pets.create(&Pet::new("Rex")).send().await.unwrap_err();
    assert!(!error.is_connect() && !error.is_timeout(), "{error}");
    assert!(
        error
            .to_string()
            .contains("connection closed before a response was received"),
        "{error}"
    );
    assert_eq!(error.attempts(), 1);
    mock.assert_done();
}

#[tokio::test(start_paused = true)]
async fn mock_pending_response_times_out() {
    let (mock, pets) = start();
    mock.expect("POST", "/v1/pets")
        .respond(MockResponse::pending());
    let error = pets.create(&Pet::new("Rex")).send().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    let part = "attempt timed out after 60s (1 attempt in 60.0s)";
    assert!(error.to_string().contains(part), "{error}");
    mock.assert_done();
}

#[tokio::test]
async fn mock_pagination() {
    let (mock, pets) = start();
    let page = |name, next| json!({"pets": [{"name": name}], "next": next});
    mock.expect("GET", "/v1/pets")
        .respond_json(200, &page("Rex", Some("t-2")));
    mock.expect("GET", "/v1/pets")
        .with_query("page", "t-2")
        .respond_json(200, &page("Ada", None));
    let mut items = pets.page().into_stream();
    for name in ["Rex", "Ada"] {
        assert_eq!(items.next().await.unwrap().unwrap(), Pet::new(name));
    }
    assert!(items.next().await.is_none());
    mock.assert_done();
}

#[tokio::test]
async fn mock_expects_credentials() {
    let mock = MockTransport::new();
    mock.expect("GET", "/v1/pets/1")
        .with_query("key", KEY)
        .respond_json(200, &Pet::new("Rex"));
    let pets = Pets(doubles::settings(&QUERY, &mock).build().unwrap());
    pets.get("1").send().await.unwrap();
    mock.assert_done();
    let other = doubles::settings(&BEARER, &mock).build().unwrap();
    let message = panic_of(Pets(other).get("1").send()).await;
    assert!(
        message.ends_with("no further request was expected"),
        "{message}"
    );
}

#[test]
fn mock_response_debug() {
    for (response, shown) in [
        (MockResponse::new(404), "MockResponse(404 Not Found)"),
        (MockResponse::connect_error(), "MockResponse(connect error)"),
        (
            MockResponse::disconnect().body("x"),
            "MockResponse(disconnect)",
        ),
        (
            MockResponse::pending().header("x-a", "1"),
            "MockResponse(pending)",
        ),
    ] {
        assert_eq!(format!("{response:?}"), shown);
    }
}
