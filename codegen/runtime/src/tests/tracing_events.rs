//! What a program's logs tell of calls, and what they never do.

use std::convert::Infallible;
use std::fmt;
use std::future::ready;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use serde_json::Value;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{DefaultGuard, set_default};
use tracing::{Dispatch, Event, Metadata, Subscriber};

use super::doubles;
use super::pets::{self, BEARER, COOKIE, HEADER, Pet, Pets, QUERY};
use super::server::{Reply, Server};
use crate::runtime::mock::{MockResponse, MockTransport};
use crate::runtime::retry::RetryPolicy;

const PET: &str = r#"{"name":"Rex"}"#;

/// The fields of a span or an event, each as `name=value`.
type Fields = Vec<String>;

/// Everything that was logged on a thread, at every level and by every crate.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Records>>);

#[derive(Default)]
struct Records {
    spans: Vec<(&'static str, Fields)>,
    events: Vec<(&'static str, Fields)>,
}

/// A second subscriber beside that of a test. Where there is only one, a place in the code that a
/// thread without it reaches first is taken to interest nobody (`tracing-core`, `callsite`).
static SECOND: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(Log::default()));

/// Has places in the code interest somebody on every thread; see [`SECOND`].
pub(super) fn interest_all() {
    LazyLock::force(&SECOND);
}

impl Log {
    /// Begins to record what this thread logs.
    fn start() -> (Self, DefaultGuard) {
        interest_all();
        let log = Self::default();
        let guard = set_default(log.clone());
        (log, guard)
    }

    fn of_this_crate(records: &[(&'static str, Fields)]) -> Vec<Fields> {
        let own = records.iter();
        let own = own.filter(|(target, _)| *target == env!("CARGO_CRATE_NAME"));
        own.map(|(_, fields)| fields.clone()).collect()
    }

    /// The spans of calls so far.
    fn spans(&self) -> Vec<Fields> {
        Self::of_this_crate(&self.0.lock().unwrap().spans)
    }

    /// The events of tries so far.
    fn events(&self) -> Vec<Fields> {
        Self::of_this_crate(&self.0.lock().unwrap().events)
    }

    /// All that was logged.
    fn text(&self) -> String {
        let records = self.0.lock().unwrap();
        format!("{:?} {:?}", records.spans, records.events)
    }
}

struct Collect<'a>(&'a mut Fields);

impl Visit for Collect<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.push(format!("{field}={value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.push(format!("{field}={value}"));
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let mut fields = Fields::new();
        attributes.record(&mut Collect(&mut fields));
        let spans = &mut self.0.lock().unwrap().spans;
        spans.push((attributes.metadata().target(), fields));
        Id::from_u64(spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let index = usize::try_from(span.into_u64()).unwrap() - 1;
        values.record(&mut Collect(&mut self.0.lock().unwrap().spans[index].1));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = vec![format!("level={}", event.metadata().level())];
        event.record(&mut Collect(&mut fields));
        let target = event.metadata().target();
        self.0.lock().unwrap().events.push((target, fields));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// A policy whose waits are known.
fn steady() -> RetryPolicy {
    RetryPolicy {
        jitter: || 0.0,
        ..RetryPolicy::default()
    }
}

#[tokio::test(start_paused = true)]
async fn tracing_span_of_a_request_and_event_of_an_attempt() {
    let (log, _guard) = Log::start();
    let mock = MockTransport::new();
    mock.expect("GET", "/v1/pets/p-7")
        .respond(MockResponse::new(503));
    mock.expect("GET", "/v1/pets/p-7")
        .respond(MockResponse::connect_error());
    let response = MockResponse::new(200)
        .header("x-request-id", "r-1")
        .body(PET);
    mock.expect("GET", "/v1/pets/p-7").respond(response);
    let builder = doubles::settings(&BEARER, &mock).retry_policy(steady());
    Pets(builder.build().unwrap())
        .get("p-7")
        .send()
        .await
        .unwrap();
    assert_eq!(
        log.spans(),
        [[
            "operation=getPet",
            "method=GET",
            "path=/pets/{pet_id}",
            "status=200",
            "attempts=3",
            "request_id=r-1",
            "elapsed_ms=1500",
        ]]
    );
    let again = "message=request attempt failed, retrying";
    let expected: [&[&str]; 3] = [
        &[
            "level=WARN",
            again,
            "attempt=1",
            "error_kind=status",
            "status=503",
            "backoff_ms=500",
        ],
        &[
            "level=WARN",
            again,
            "attempt=2",
            "error_kind=connect",
            "backoff_ms=1000",
        ],
        &[
            "level=DEBUG",
            "message=request attempt succeeded",
            "attempt=3",
            "status=200",
        ],
    ];
    assert_eq!(log.events(), expected);
}

/// The span's fields and the last event of a GET that gets these responses.
async fn failed(responses: &[MockResponse]) -> (Fields, Fields) {
    let (log, _guard) = Log::start();
    let mock = MockTransport::new();
    for response in responses {
        mock.expect("GET", "/v1/pets/1").respond(response.clone());
    }
    let pets = Pets(doubles::client(&mock));
    let request = pets.get("1").with_max_retries(0);
    request.send().await.unwrap_err();
    mock.assert_done();
    let mut events = log.events();
    let ends = events
        .iter()
        .filter(|event| event[1] == "message=request failed");
    assert_eq!(ends.count(), 1, "{events:?}");
    (log.spans().remove(0), events.pop().unwrap())
}

#[tokio::test(start_paused = true)]
async fn tracing_failed_request_ends_with_one_event() {
    let moved = MockResponse::new(302).header("location", "https://elsewhere.test/");
    for (response, level, status, word) in [
        (MockResponse::new(404), "WARN", Some(404), "status"),
        (MockResponse::new(500), "ERROR", Some(500), "status"),
        (MockResponse::connect_error(), "ERROR", None, "connect"),
        (MockResponse::disconnect(), "ERROR", None, "interrupted"),
        (MockResponse::pending(), "ERROR", None, "timeout"),
        (moved, "ERROR", Some(302), "redirect"),
        (
            MockResponse::new(200).body("<p>"),
            "ERROR",
            Some(200),
            "decode",
        ),
    ] {
        let (span, event) = failed(&[response]).await;
        let mut expected = vec![
            format!("level={level}"),
            "message=request failed".to_owned(),
            format!("error_kind={word}"),
        ];
        expected.extend(status.map(|status| format!("status={status}")));
        expected.push("attempts=1".to_owned());
        assert_eq!(event[..expected.len()], expected);
        for field in [format!("error_kind={word}"), "attempts=1".to_owned()] {
            assert!(span.contains(&field), "{span:?}");
        }
    }
}

#[tokio::test]
async fn tracing_unsent_request_has_no_attempt() {
    let (log, _guard) = Log::start();
    let pets = Pets(doubles::client(&MockTransport::new()));
    pets.get("..").send().await.unwrap_err();
    let span = log.spans().remove(0);
    for field in [
        "attempts=0",
        "error_kind=invalid_input",
        "path=/pets/{pet_id}",
    ] {
        assert!(span.contains(&field.to_owned()), "{span:?}");
    }
}

#[tokio::test]
async fn tracing_truncated_stream_is_in_its_span() {
    let (log, _guard) = Log::start();
    let server = Server::start([Reply::broken(200, &[], "x")]).await;
    let pets = Pets(pets::client(&server.url));
    let mut body = pets.get("1").send_streaming().await.unwrap().into_body();
    while let Some(Ok(_)) = body.chunk().await {}
    let span = log.spans().remove(0);
    assert!(
        span.contains(&"error_kind=broken_body".to_owned()),
        "{span:?}"
    );
}

#[tokio::test]
async fn tracing_custom_request_has_its_path() {
    let (log, _guard) = Log::start();
    let mock = MockTransport::new();
    mock.expect("PURGE", "/v1/cache/7").respond_json(200, &1);
    let client = doubles::client(&mock);
    let request = client.request("PURGE", "cache/7?q=s3cret");
    request.send::<Value>().await.unwrap();
    let span = log.spans().remove(0);
    assert_eq!(
        span[..3],
        ["operation=request", "method=PURGE", "path=/v1/cache/7"]
    );
}

/// What a server hands back that read a request too well.
const ECHO: &str =
    r#"{"name":["k3y-one k3y-two b0dy-secret h3ader-value qu3ry-value c00kie-value"]}"#;
const ECHO_ID: &str = "x-request-id: k3y-two/c00kie-value/h3ader-value";
const SECRETS: [&str; 8] = [
    "k3y",
    "b0dy",
    "h3ader",
    "qu3ry",
    "c00kie",
    "p4th-value",
    "4nswer",
    "fr4gment",
];

/// Calls that end in every way, each with secrets in all places.
async fn talk(profile: &'static crate::runtime::profile::Profile) {
    let away = "location: http://elsewhere.example/k3y-one?q=qu3ry-value";
    let nearby = "location: /other?next=k3y-one#fr4gment";
    let server = Server::start([
        Reply::with(401, &["x-request-id: k3y-one"], ECHO),
        Reply::with(503, &["x-request-id: k3y-one"], ECHO),
        Reply::with(307, &[nearby], "4nswer"),
        Reply::with(
            200,
            &["x-request-id: k3y-one/k3y-two", "set-cookie: c00kie-value"],
            r#"{"name":"4nswer"}"#,
        ),
        Reply::with(422, &[ECHO_ID], ECHO),
        Reply::with(307, &[away], ECHO),
        Reply::broken(200, &[ECHO_ID], ECHO),
        Reply::with(200, &[ECHO_ID], ECHO),
        Reply::Close(Vec::new()),
        Reply::Hang(b"HTTP/1.1 200 OK\r\nx-request-id: k3y-two\r\n".to_vec()),
        Reply::with(200, &[ECHO_ID], ECHO),
    ])
    .await;
    let asked = AtomicU32::new(0);
    let builder = pets::settings(profile, &server.url)
        .header("authorization-of-ours", "h3ader-value")
        .token_provider(move || {
            let token = ["k3y-one", "k3y-two"].get(asked.fetch_add(1, Ordering::SeqCst) as usize);
            ready(Ok::<_, Infallible>(*token.expect("two are asked for")))
        });
    let pets = Pets(builder.build().unwrap());
    for _ in 0..5 {
        let request = pets.list().session("c00kie-value").kind("qu3ry-value");
        let request = request
            .with_header("x-api-token", "h3ader-value")
            .with_query("q", "qu3ry-value")
            .with_timeout(Duration::from_millis(50));
        let result = request.send().await;
        assert!(result.is_err(), "a list is an array");
    }
    for _ in 0..3 {
        let echo = "x-request-id: k3y-two/h3ader-value";
        server.push(Reply::with(400, &[echo], ECHO));
    }
    let _ = pets.create(&Pet::new("b0dy-secret")).send().await;
    let _ = pets.get("p4th-value").with_max_retries(0).send().await;
    let custom = pets.0.request("POST", "/k3y-two/x?q=qu3ry-value");
    let custom = custom.json("b0dy-secret").with_query("r", "qu3ry-value");
    let _ = custom.send::<Value>().await;
}

#[tokio::test]
async fn tracing_redacts_secrets() {
    for profile in [&BEARER, &HEADER, &QUERY, &COOKIE] {
        let (log, _guard) = Log::start();
        talk(profile).await;
        assert_eq!(log.spans().len(), 8);
        let text = log.text();
        assert!(text.contains("request_id=[redacted]/[redacted]"), "{text}");
        for secret in SECRETS {
            assert!(!text.contains(secret), "{secret} is in {text}");
        }
    }
}
