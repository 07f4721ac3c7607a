//! Recordings: what is in them, what isn't, and how they are replayed.

use serde_json::{Value, json};

use super::doubles;
use super::pets::{self, BEARER, COOKIE, HEADER, KEY, Pet, Pets, QUERY};
use super::server::{Reply, Server};
use crate::runtime::mock::{MockResponse, MockTransport};
use crate::runtime::recording::Recording;

const PET: &str = r#"{"name":"Rex"}"#;

/// A resource whose calls are recorded.
fn recorded(mock: &MockTransport) -> (Recording, Pets) {
    let recording = Recording::new();
    let inner = recording.clone();
    let builder = doubles::settings(&BEARER, mock);
    let builder = builder.wrap_transport(move |transport| inner.transport(transport));
    (recording, Pets(builder.build().expect("good settings")))
}

fn entries(recording: &Recording) -> Vec<Value> {
    let document: Value = serde_json::from_str(&recording.to_har()).expect("JSON");
    assert_eq!(document["log"]["version"], "1.2");
    document["log"]["entries"]
        .as_array()
        .expect("entries")
        .clone()
}

#[tokio::test]
async fn recording_has_requests_and_responses() {
    let mock = MockTransport::new();
    mock.expect("POST", "/v1/pets")
        .respond_json(201, &Pet::new("Rex"));
    mock.expect("GET", "/v1/pets/a").connect_error();
    let (recording, pets) = recorded(&mock);
    assert!(recording.is_empty());
    pets.create(&Pet::new("Rex")).send().await.unwrap();
    let failed = pets.get("a").with_query("q", "x y").with_max_retries(0);
    assert!(failed.send().await.unwrap_err().is_connect());
    let entries = entries(&recording);
    assert_eq!((entries.len(), recording.len()), (2, 2));
    let (request, response) = (&entries[0]["request"], &entries[0]["response"]);
    assert_eq!(request["method"], "POST");
    assert_eq!(request["url"], "https://pets.test/v1/pets");
    assert_eq!(request["postData"]["text"], PET);
    assert_eq!(response["status"], 201);
    assert_eq!(response["content"]["text"], PET);
    assert_eq!(response["content"]["mimeType"], "application/json");
    assert_eq!(entries[1]["response"]["status"], 0);
    assert_eq!(
        entries[1]["request"]["queryString"],
        json!([{"name": "q", "value": "x y"}])
    );
    let started = entries[0]["startedDateTime"].as_str().expect("a time");
    assert!(
        started.len() == 24 && started.starts_with("20"),
        "{started}"
    );
}

#[tokio::test]
async fn recording_has_no_credentials() {
    for profile in [&BEARER, &HEADER, &QUERY, &COOKIE] {
        let mock = MockTransport::new();
        let body = json!({"name": KEY, "password": "hunter2", "count": 1});
        mock.expect("GET", "/v1/pets/a").respond(
            MockResponse::new(200)
                .header("x-next", &format!("/pets?key={KEY}"))
                .header("set-cookie", "sid=cookie-value")
                .json(&body),
        );
        let recording = Recording::new();
        let inner = recording.clone();
        let builder = doubles::settings(profile, &mock);
        let builder = builder.wrap_transport(move |transport| inner.transport(transport));
        let pets = Pets(builder.build().expect("good settings"));
        assert_eq!(pets.get("a").send().await.unwrap(), Pet::new(KEY));
        let har = recording.to_har();
        for secret in [KEY, "hunter2", "cookie-value"] {
            assert!(!har.contains(secret), "{secret}: {har}");
        }
        assert!(
            har.contains(r#"\"count\":1"#) && har.contains("[redacted]"),
            "{har}"
        );
        assert!(!format!("{recording:?}").contains(KEY));
    }
}

#[tokio::test]
async fn recording_redacts_further_names() {
    let mock = MockTransport::new();
    mock.expect("GET", "/v1/pets/a")
        .respond_json(200, &json!({"name": "Rex", "tag": "t-1"}));
    let (recording, pets) = recorded(&mock);
    recording.redact("Tag");
    recording.redact("q");
    let request = pets
        .get("a")
        .with_query("q", "query-value")
        .with_header("tag", "header-value");
    request.send().await.unwrap();
    let har = recording.to_har();
    for secret in ["t-1", "query-value", "header-value"] {
        assert!(!har.contains(secret), "{secret}: {har}");
    }
}

#[tokio::test]
async fn recording_is_replayed() {
    let server = Server::start([
        Reply::json(200, PET),
        Reply::with(
            404,
            &["content-type: application/json"],
            r#"{"error":"gone"}"#,
        ),
    ])
    .await;
    let recording = Recording::new();
    let inner = recording.clone();
    let builder = pets::settings(&QUERY, &server.url);
    let builder = builder.wrap_transport(move |transport| inner.transport(transport));
    let pets = Pets(builder.build().expect("good settings"));
    assert_eq!(
        pets.get("a").with_query("q", "x").send().await.unwrap(),
        Pet::new("Rex")
    );
    let error = pets.get("b").send().await.unwrap_err();
    assert_eq!(error.body(), br#"{"error":"gone"}"#);

    let mock = MockTransport::from_har(&recording.to_har());
    let replayed = Pets(
        pets::settings(&QUERY, &server.url)
            .transport(mock.clone())
            .build()
            .unwrap(),
    );
    assert_eq!(
        replayed.get("a").with_query("q", "x").send().await.unwrap(),
        Pet::new("Rex")
    );
    let again = replayed.get("b").send().await.unwrap_err();
    assert_eq!(
        (again.status(), again.body()),
        (error.status(), error.body())
    );
    mock.assert_done();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn recorded_bytes_are_replayed() {
    let bytes: &[u8] = &[0, 159, 146, 150];
    let mock = MockTransport::new();
    mock.expect("GET", "/v1/pets/a")
        .respond(MockResponse::new(200).body(bytes));
    mock.expect("GET", "/v1/pets/b").disconnect();
    let (recording, pets) = recorded(&mock);
    let response = pets.get("a").send_raw().await.unwrap();
    assert_eq!(response.body(), bytes);
    assert!(pets.get("b").with_max_retries(0).send_raw().await.is_err());
    assert_eq!(
        entries(&recording)[0]["response"]["content"]["encoding"],
        "base64"
    );
    let mock = MockTransport::from_har(&recording.to_har());
    let pets = Pets(doubles::client(&mock));
    assert_eq!(pets.get("a").send_raw().await.unwrap().body(), bytes);
    assert!(
        pets.get("b")
            .with_max_retries(0)
            .send_raw()
            .await
            .unwrap_err()
            .is_interrupted()
    );
    mock.assert_done();
}

#[tokio::test]
async fn recording_keeps_a_stream_and_its_errors() {
    let server = Server::start([Reply::json(200, PET), Reply::broken(200, &[], PET)]).await;
    let recording = Recording::new();
    let inner = recording.clone();
    let builder = pets::settings(&BEARER, &server.url);
    let builder = builder.wrap_transport(move |transport| inner.transport(transport));
    let pets = Pets(builder.build().expect("good settings"));
    let response = pets.get("a").send_streaming().await.unwrap();
    assert_eq!(recording.len(), 1);
    let (bytes, error) = super::streaming::rest(response.into_body()).await;
    assert!(bytes == PET.as_bytes() && error.is_none());
    let error = pets.get("a").with_max_retries(0).send().await.unwrap_err();
    assert!(error.is_interrupted(), "{error}");
    for entry in entries(&recording) {
        assert_eq!(entry["response"]["content"]["text"], PET);
    }
}

#[test]
#[should_panic(expected = "HAR has `log.entries`")]
fn replaying_something_else_panics() {
    let _ = MockTransport::from_har("{}");
}
