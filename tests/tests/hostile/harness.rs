//! What every test here holds a call to: it ends, it stays small, it tells no secret.

use std::error::Error as StdError;
use std::panic::resume_unwind;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use llama_cloud::types::{Batch, BatchConfig, BatchCreate, BatchJob, JobType};
use llama_cloud::{Client, ClientBuilder, Error};
use tokio::runtime;

use crate::server::{Script, Server};

/// The key of all clients here; no other text of a test has a part of it.
pub const KEY: &str = "llx-Zq8vXw3RtK7mPn5sLd2h";

/// The cookie of all calls that `get` makes.
pub const COOKIE: &str = "Bj4yHc9uFg6eWa1oTi0k";

/// A batch as the service sends one.
pub const BATCH: &str = r#"{"id":"bat-1","config":{"job":{"configuration_id":"cfg-1","type":"parse_v2"}},"project_id":"prj-1","source_directory_id":"dir-1","status":"PENDING","created_at":"2026-01-02T03:04:05.678Z","results":null,"updated_at":null}"#;

/// The head of a success, to which more headers and the blank line have to be added.
pub const OK: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";

/// The time for a try where the subject is that it passes.
pub const SHORT: Duration = Duration::from_millis(300);

/// The time for a try where something else has to end it, on a busy machine too.
const LONG: Duration = Duration::from_secs(15);

/// A test that takes longer than this hangs.
const HANGS: Duration = Duration::from_secs(20);

/// What a test may hold in memory at once, unless its subject is a larger response.
const SMALL: u64 = 32 * 1024 * 1024;

/// How many bytes of a secret in a row count as a leak.
const PART: usize = 8;

/// Runs a test on a thread of its own, so that one which hangs fails, even where it never yields.
pub fn run(test: impl Future<Output = ()> + Send + 'static) {
    run_within(SMALL, test);
}

/// The same for a test that may hold this many bytes in memory at once.
pub fn run_within(bytes: u64, test: impl Future<Output = ()> + Send + 'static) {
    run_on(runtime::Builder::new_current_thread(), bytes, test);
}

/// The same on a clock that stands still while there is work to do, and jumps to the end of each wait.
///
/// Only what waits may set timers: one around I/O passes as soon as nothing else is left to do.
pub fn run_on_virtual_clock(test: impl Future<Output = ()> + Send + 'static) {
    let mut builder = runtime::Builder::new_current_thread();
    builder.start_paused(true);
    run_on(builder, SMALL, test);
}

fn run_on(
    mut builder: runtime::Builder,
    bytes: u64,
    test: impl Future<Output = ()> + Send + 'static,
) {
    let (ended, end) = mpsc::channel();
    let thread = thread::spawn(move || {
        let runtime = builder.enable_all().build().expect("a runtime");
        // The client's tasks run on this thread too, and the server doesn't.
        let memory = allocation_counter::measure(|| runtime.block_on(test));
        // The other end has gone where it was said already that the test hangs.
        let _ = ended.send(());
        memory.bytes_max
    });
    // A disconnected channel is a test that has panicked.
    let waited = end.recv_timeout(HANGS);
    assert_ne!(waited, Err(mpsc::RecvTimeoutError::Timeout), "it hangs");
    let most = thread.join().unwrap_or_else(|panic| resume_unwind(panic));
    assert!(most <= bytes, "it held {most} bytes");
}

/// Settings of a client for this server, which never tries twice.
pub fn builder(server: &Server) -> ClientBuilder {
    Client::builder()
        .api_key(KEY)
        .base_url(server.url())
        .timeout(LONG)
        .max_retries(0)
}

/// A client for this server, which never tries twice.
pub fn client(server: &Server) -> Client {
    builder(server).build().expect("the settings are fine")
}

/// A client whose one timer is the wait between two tries; it tries twice.
pub fn timeless_client(server: &Server) -> Client {
    let http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .tls_backend_preconfigured(no_tls())
        .build();
    Client::builder()
        .api_key(KEY)
        .base_url(server.url())
        .http_client(http.expect("an HTTP client"))
        .timeout(Duration::MAX)
        .max_retries(1)
        .build()
        .expect("a client")
}

/// A configuration that is never used, because nothing here is encrypted.
fn no_tls() -> rustls::ClientConfig {
    let provider = rustls::crypto::ring::default_provider();
    rustls::ClientConfig::builder_with_provider(provider.into())
        .with_safe_default_protocol_versions()
        .expect("ring has them")
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth()
}

/// One call that sends all kinds of secrets.
pub async fn get(client: &Client) -> Result<Batch, Error> {
    let sent = client.batches().get("bat-1").session(COOKIE).send().await;
    sent.inspect_err(assert_presentable)
}

/// A body for `create`.
pub fn new_batch() -> BatchCreate {
    BatchCreate::new(
        BatchConfig::new(BatchJob::new("cfg-1", JobType::ParseV2)),
        "dir-1",
    )
}

/// The error of a call that gets this response, where no limit of time is what ends it.
pub async fn error_of(script: Script) -> Error {
    let server = Server::start([script]);
    let error = get(&client(&server)).await.expect_err("it is no batch");
    assert!(!error.is_timeout(), "{error}");
    assert_eq!(error.attempts(), 1, "{error}");
    error
}

/// Asserts that a call which gets this response ends in an error, before a response was understood.
pub async fn assert_no_response(script: Script) {
    let shown = format!("{script:?}");
    let error = error_of(script).await;
    assert_eq!(error.status(), None, "{shown}: {error}");
    assert!(!error.is_decode() && !error.is_status(), "{shown}: {error}");
}

/// The error of a success whose body isn't what the API documents.
pub async fn undecoded(script: Script) -> Error {
    let error = error_of(script).await;
    assert!(error.is_decode() && !error.is_status(), "{error}");
    assert_eq!(status(&error), Some(200), "{error}");
    error
}

/// The error of a success whose body broke off before its end.
pub async fn broken_off(script: Script) -> Error {
    let error = error_of(script).await;
    assert!(error.is_interrupted() && !error.is_decode(), "{error}");
    assert_eq!(status(&error), Some(200), "{error}");
    error
}

/// Asserts that a call ends at its time-out, and that nothing of it goes on behind it.
pub async fn assert_times_out(script: Script) {
    let server = Server::start([script]);
    let client = builder(&server).timeout(SHORT).build().expect("a client");
    let error = get(&client).await.expect_err("it is no batch");
    assert!(error.is_timeout() && !error.is_connect(), "{error}");
    assert_eq!(error.attempts(), 1);
    server.abandoned().await;
}

/// Asserts that a call gets a batch from this response.
pub async fn assert_batch(script: Script) {
    let shown = format!("{script:?}");
    let server = Server::start([script]);
    let batch = get(&client(&server)).await;
    let batch = batch.unwrap_or_else(|error| panic!("{shown}: {error}"));
    assert_eq!(batch.id, "bat-1");
}

/// The status of an error's response.
pub fn status(error: &Error) -> Option<u16> {
    error.status().map(|status| status.as_u16())
}

/// Asserts that an error can be shown to anybody: whatever it shows of itself, and of what lies
/// under it, is short and without secrets, and its text is one line.
pub fn assert_presentable(error: &Error) {
    let text = error.to_string();
    assert!(!text.contains(char::is_control), "{text:?}");
    assert!(text.len() <= 3000, "{} bytes: {text:.300}", text.len());
    let mut shown = vec![text, format!("{error:?}"), format!("{error:#?}")];
    let mut next = error.source();
    while let Some(source) = next {
        shown.extend([source.to_string(), format!("{source:?}")]);
        next = source.source();
    }
    for text in shown {
        assert!(text.len() <= 10_000, "{} bytes: {text:.300}", text.len());
        assert_tells_no_secret(&text);
    }
}

fn assert_tells_no_secret(text: &str) {
    let text = text.to_lowercase();
    for secret in [KEY, COOKIE] {
        let secret = secret.to_lowercase();
        for part in secret.as_bytes().windows(PART) {
            let part = std::str::from_utf8(part).expect("secrets are ASCII");
            assert!(!text.contains(part), "{part}: {text}");
        }
    }
}
