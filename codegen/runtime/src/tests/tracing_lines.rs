//! What the plain subscriber of `tracing-subscriber` prints of calls that fail.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tracing::subscriber::{DefaultGuard, set_default};

use super::doubles;
use super::pets::{BEARER, KEY, Pets};
use super::tracing_events::interest_all;
use crate::runtime::client::ClientCore;
use crate::runtime::mock::{MockResponse, MockTransport};
use crate::runtime::retry::RetryPolicy;

/// What was printed on a thread.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Lines {
    /// Begins to print what this thread logs, as `tracing_subscriber::fmt().init()` would, but for
    /// times and colors.
    fn start() -> (Self, DefaultGuard) {
        interest_all();
        let lines = Self::default();
        let written = lines.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_writer(move || written.clone())
            .with_ansi(false)
            .without_time();
        (lines, set_default(subscriber.finish()))
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// The lines of this crate, without the blanks before them.
    fn own(&self) -> Vec<String> {
        let text = self.text();
        let own = format!(" {}: ", env!("CARGO_CRATE_NAME"));
        let lines = text.lines().filter(|line| line.contains(&own));
        lines.map(|line| line.trim_start().to_owned()).collect()
    }
}

fn client(mock: &MockTransport) -> ClientCore {
    let policy = RetryPolicy {
        jitter: || 0.0,
        ..RetryPolicy::default()
    };
    let builder = doubles::settings(&BEARER, mock).retry_policy(policy);
    builder.build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn tracing_prints_failed_requests_as_documented() {
    let (lines, _guard) = Lines::start();
    let mock = MockTransport::new();
    mock.expect("GET", "/v1/pets/p-7")
        .respond(MockResponse::new(503));
    let body = MockResponse::new(200).body(r#"{"name":["Rex"]}"#);
    mock.expect("GET", "/v1/pets/p-7").respond(body);
    mock.expect("GET", "/v1/pets/p-8")
        .respond(MockResponse::new(404));
    mock.expect("GET", "/v1/pets/p-9")
        .respond(MockResponse::pending());
    let pets = Pets(client(&mock));
    pets.get("p-7").send().await.unwrap_err();
    pets.get("p-8").send().await.unwrap_err();
    let request = pets.get("p-9").with_total_timeout(Duration::from_secs(5));
    request.send().await.unwrap_err();
    let printed = lines.own();
    let expected = [
        "WARN request{operation=\"getPet\" method=\"GET\" path=/pets/{pet_id}}: clientsmith_runtime: \
         request attempt failed, retrying attempt=1 error_kind=status status=503 backoff_ms=500",
        "ERROR request{operation=\"getPet\" method=\"GET\" path=/pets/{pet_id} status=200 attempts=2 \
         elapsed_ms=500}: clientsmith_runtime: request failed error_kind=decode status=200 attempts=2 \
         json_path=name elapsed_ms=500",
        "WARN request{operation=\"getPet\" method=\"GET\" path=/pets/{pet_id}}: clientsmith_runtime: \
         request failed error_kind=status status=404 attempts=1 elapsed_ms=0",
        "ERROR request{operation=\"getPet\" method=\"GET\" path=/pets/{pet_id}}: clientsmith_runtime: \
         request failed error_kind=timeout attempts=1 elapsed_ms=5000",
    ];
    assert_eq!(printed, expected);
    let readme = include_str!("../../README.md");
    for line in expected {
        assert!(readme.contains(line), "README.md doesn't show `{line}`");
    }
}

#[tokio::test(start_paused = true)]
async fn tracing_prints_nothing_for_a_success() {
    let (lines, _guard) = Lines::start();
    let mock = MockTransport::new();
    mock.expect("GET", "/v1/pets/1")
        .respond_json(200, &super::pets::Pet::new("Rex"));
    Pets(client(&mock)).get("1").send().await.unwrap();
    assert_eq!(lines.text(), "");
}

#[tokio::test(start_paused = true)]
async fn tracing_prints_page_numbers_and_polling_failures() {
    let (lines, _guard) = Lines::start();
    let mock = MockTransport::new();
    let page = MockResponse::new(200).body(r#"{"pets":[],"next":"x"}"#);
    mock.expect("GET", "/v1/pets").respond(page.clone());
    mock.expect("GET", "/v1/pets").respond(page);
    let mut items = Pets(client(&mock)).page().into_stream();
    items.next().await.unwrap().unwrap_err();
    let dead = MockResponse::new(200).body(r#"{"health":"DEAD"}"#);
    mock.expect("GET", "/v1/patients/1").respond(dead);
    Pets(client(&mock)).cure("1").send().await.unwrap_err();
    for _ in 0..2 {
        let ill = MockResponse::new(200).body(r#"{"health":"ILL"}"#);
        mock.expect("GET", "/v1/patients/1").respond(ill);
    }
    let wait = Pets(client(&mock))
        .cure("1")
        .with_wait_timeout(Duration::from_secs(1));
    let wait = wait.with_poll_interval(Duration::from_secs(60));
    assert!(wait.send().await.unwrap_err().is_timeout());
    let printed = lines.own();
    assert_eq!(printed.len(), 3, "{printed:#?}");
    for (line, starts, parts) in [
        (
            &printed[0],
            "ERROR request{operation=\"pagePets\" method=\"GET\" path=/pets page=2 status=200",
            [
                "request failed error_kind=pagination status=200 attempts=1",
                "",
            ],
        ),
        (
            &printed[1],
            "ERROR polling{operation=\"getPatient\" method=\"GET\" path=/patients/{pet_id}}: ",
            [
                "request failed error_kind=operation_failed status=200 attempts=1",
                "",
            ],
        ),
        (
            &printed[2],
            "ERROR polling{operation=\"getPatient\" method=\"GET\" path=/patients/{pet_id}}: ",
            [
                "request failed error_kind=timeout attempts=2",
                "elapsed_ms=",
            ],
        ),
    ] {
        assert!(line.starts_with(starts), "{line}");
        assert!(parts.iter().all(|part| line.contains(part)), "{line}");
    }
}

/// What has names of data at every depth.
type Maps = BTreeMap<String, BTreeMap<String, BTreeMap<String, u8>>>;

#[tokio::test]
async fn tracing_paths_contain_fields_and_no_data() {
    let (lines, _guard) = Lines::start();
    let mock = MockTransport::new();
    let client = client(&mock);
    for (body, path) in [
        (
            r#"{"items":{"fields":{"n":"s3cret"}}}"#.to_owned(),
            "items.fields.n",
        ),
        (
            r#"{"a@s3cret.test":{"x":{"n":"s3cret"}}}"#.to_owned(),
            "[*].x.n",
        ),
        (r#"{"s3cret\"].[-1":{"x":{"n":1e9}}}"#.to_owned(), "[*].x.n"),
        (
            r#"{"cus_s3cret9s6X42":{"x":{"n":"s3cret"}}}"#.to_owned(),
            "*.x.n",
        ),
        (format!(r#"{{"a":{{"{KEY}":{{"n":"s3cret"}}}}}}"#), "a[*].n"),
        (
            format!(r#"{{"a":{{"{}":{{"n":-1}}}}}}"#, "s3cret".repeat(20)),
            "a.*.n",
        ),
    ] {
        mock.expect("POST", "/v1/maps")
            .respond(MockResponse::new(200).body(body));
        let request = client.request("POST", "maps?q=s3cret").json("s3cret");
        let error = request.send::<Maps>().await.unwrap_err();
        assert!(error.is_decode(), "{error}");
        let printed = lines.own().pop().unwrap();
        let part = format!(" json_path={path} elapsed_ms=");
        assert!(printed.contains(&part), "{printed}");
    }
    assert!(!lines.text().contains("s3cret"), "{}", lines.text());
    assert!(!lines.text().contains(KEY), "{}", lines.text());
}

#[tokio::test]
async fn tracing_prints_one_line_for_a_failed_stream() {
    let (lines, _guard) = Lines::start();
    let mock = MockTransport::new();
    let mut body = String::new();
    for _ in 0..3 {
        body.push_str("data: [\"s3cret\"]\n\n");
    }
    let response = MockResponse::new(200).body(body);
    let response = response.header("content-type", "text/event-stream");
    mock.expect("GET", "/v1/pets/watch").respond(response);
    let mut events = super::events::events_of(&client(&mock));
    let mut failed = 0;
    while let Some(event) = events.next().await {
        failed += usize::from(event.is_err());
    }
    assert_eq!(failed, 3);
    let printed = lines.own();
    assert_eq!(printed.len(), 1, "{printed:#?}");
    assert!(
        printed[0].contains("request failed error_kind=decode status=200"),
        "{printed:#?}"
    );
    assert!(!lines.text().contains("s3cret"), "{}", lines.text());
}
