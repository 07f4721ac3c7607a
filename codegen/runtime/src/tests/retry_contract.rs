//! The promises about retries, a row each, and what a program can change about them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, StatusCode};
use tokio::time::Instant;

use super::doubles;
use super::pets::{BEARER, Pet, Pets};
use crate::runtime::client::ClientCore;
use crate::runtime::mock::{MockResponse, MockTransport};
use crate::runtime::retry::{AttemptOutcome, FailedAttempt, RetryDecision, RetryPolicy};

const SECOND: Duration = Duration::from_secs(1);

/// How a try ended.
#[derive(Clone, Copy)]
enum End {
    ConnectError,
    /// A time-out, or a connection that broke before or within the body.
    NoResponse,
    /// A status, and headers.
    Status(u16, &'static [(&'static str, &'static str)]),
}

use End::{ConnectError, NoResponse, Status};

const RETRY: RetryDecision = RetryDecision::Retry;
const STOP: RetryDecision = RetryDecision::Stop;
const ASKED: &[(&str, &str)] = &[("retry-after", "3")];
const AGAIN: &[(&str, &str)] = &[("x-should-retry", "true")];
const NEVER: &[(&str, &str)] = &[("x-should-retry", "false"), ("retry-after", "1")];
/// Without a key for repetitions, and with one.
const BARE: bool = false;
const KEYED: bool = true;

fn after(seconds: f64) -> RetryDecision {
    RetryDecision::RetryAfter(Duration::from_secs_f64(seconds))
}

/// The default decision after try `attempt` of a call that may be tried twice again.
fn decided(method: &str, keyed: bool, attempt: u32, end: End) -> RetryDecision {
    let mut headers = HeaderMap::new();
    let outcome = match end {
        ConnectError => AttemptOutcome::ConnectError,
        NoResponse => AttemptOutcome::NoResponse,
        Status(status, pairs) => {
            for (name, value) in pairs {
                let name = HeaderName::from_static(name);
                headers.insert(name, HeaderValue::from_static(value));
            }
            AttemptOutcome::Status(StatusCode::from_u16(status).unwrap(), &headers)
        }
    };
    let method = method.parse::<Method>().unwrap();
    let mut failed = FailedAttempt::new(&method, outcome);
    failed.has_idempotency_key = keyed;
    failed.attempt = attempt;
    // 1994-11-06T08:49:37Z
    failed.now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
    let policy = RetryPolicy::default();
    policy.default_decision(&failed)
}

#[test]
#[rustfmt::skip]
fn retry_decisions_of_the_contract() {
    let rows = [
        ("two retries by default", "GET", BARE, 1, ConnectError, RETRY),
        ("two retries by default", "GET", BARE, 2, ConnectError, RETRY),
        ("two retries by default", "GET", BARE, 3, ConnectError, STOP),
        // The waits that a server asks for.
        ("retry-after-ms", "GET", BARE, 1, Status(429, &[("retry-after-ms", "250")]), after(0.25)),
        ("retry-after-ms goes first", "GET", BARE, 1,
            Status(429, &[("retry-after-ms", "250"), ("retry-after", "9")]), after(0.25)),
        ("Retry-After in seconds", "GET", BARE, 1, Status(503, ASKED), after(3.0)),
        ("Retry-After with a fraction", "GET", BARE, 1, Status(503, &[("retry-after", "1.5")]), after(1.5)),
        ("Retry-After as a date", "GET", BARE, 1,
            Status(503, &[("retry-after", "Sun, 06 Nov 1994 08:49:39 GMT")]), after(2.0)),
        ("not a wait of zero", "GET", BARE, 1, Status(503, &[("retry-after", "0")]), RETRY),
        ("not a date that has passed", "GET", BARE, 1,
            Status(503, &[("retry-after", "Sun, 06 Nov 1994 08:49:00 GMT")]), RETRY),
        ("not what isn't a wait", "GET", BARE, 1, Status(503, &[("retry-after", "-1")]), RETRY),
        ("not what isn't a wait", "GET", BARE, 1, Status(503, &[("retry-after", "nan")]), RETRY),
        ("not what isn't a wait", "GET", BARE, 1, Status(503, &[("retry-after", "inf")]), RETRY),
        ("not what isn't a wait", "GET", BARE, 1, Status(503, &[("retry-after", "1e9")]), RETRY),
        ("not what isn't a wait", "GET", BARE, 1, Status(503, &[("retry-after", "abc")]), RETRY),
        ("up to a minute", "GET", BARE, 1, Status(429, &[("retry-after", "60")]), after(60.0)),
        ("above a minute the error at once", "GET", BARE, 1, Status(429, &[("retry-after", "61")]), STOP),
        ("above a minute the error at once", "POST", KEYED, 1, Status(429, &[("retry-after-ms", "60001")]), STOP),
        // Calls that can be repeated safely.
        ("GET", "GET", BARE, 1, NoResponse, RETRY),
        ("HEAD", "HEAD", BARE, 1, NoResponse, RETRY),
        ("PUT", "PUT", BARE, 1, NoResponse, RETRY),
        ("DELETE", "DELETE", BARE, 1, NoResponse, RETRY),
        ("OPTIONS", "OPTIONS", BARE, 1, NoResponse, RETRY),
        ("408", "GET", BARE, 1, Status(408, &[]), RETRY),
        ("409", "PUT", BARE, 1, Status(409, &[]), RETRY),
        ("429", "DELETE", BARE, 1, Status(429, &[]), RETRY),
        ("5xx", "GET", BARE, 1, Status(500, &[]), RETRY),
        ("5xx", "HEAD", BARE, 1, Status(599, &[]), RETRY),
        ("no other status", "GET", BARE, 1, Status(400, ASKED), STOP),
        ("no other status", "GET", BARE, 1, Status(404, &[]), STOP),
        ("no other status", "GET", BARE, 1, Status(422, &[]), STOP),
        ("no other status", "GET", BARE, 1, Status(600, &[]), STOP),
        // Calls that can't.
        ("no connection", "POST", BARE, 1, ConnectError, RETRY),
        ("429", "POST", BARE, 1, Status(429, &[]), RETRY),
        ("503 with Retry-After", "PATCH", BARE, 1, Status(503, ASKED), after(3.0)),
        ("503 with a Retry-After that has passed", "POST", BARE, 1, Status(503, &[("retry-after", "0")]), RETRY),
        ("503 without", "POST", BARE, 1, Status(503, &[]), STOP),
        ("carried out, perhaps", "POST", BARE, 1, NoResponse, STOP),
        ("carried out, perhaps", "POST", BARE, 1, Status(408, &[]), STOP),
        ("carried out, perhaps", "POST", BARE, 1, Status(409, &[]), STOP),
        ("carried out, perhaps", "PATCH", BARE, 1, Status(500, ASKED), STOP),
        ("a method that isn't known", "PURGE", BARE, 1, NoResponse, STOP),
        ("a method in other letters is another", "get", BARE, 1, NoResponse, STOP),
        // One key for all tries.
        ("with a key", "POST", KEYED, 1, NoResponse, RETRY),
        ("with a key", "POST", KEYED, 2, Status(500, &[]), RETRY),
        ("with a key, and no other status", "POST", KEYED, 1, Status(404, &[]), STOP),
        // The server's word.
        ("x-should-retry: true", "POST", BARE, 1, Status(400, AGAIN), RETRY),
        ("x-should-retry: false", "GET", BARE, 1, Status(503, NEVER), STOP),
        ("x-should-retry: true, and no retries left", "GET", BARE, 3, Status(503, AGAIN), STOP),
    ];
    for (promise, method, keyed, attempt, end, expected) in rows {
        let decision = decided(method, keyed, attempt, end);
        assert_eq!(decision, expected, "{promise}: {method}, try {attempt}");
    }
}

#[test]
fn retry_after_is_never_too_long_for_the_clock() {
    let mut policy = RetryPolicy {
        initial_backoff: Duration::MAX,
        max_backoff: Duration::MAX,
        ..RetryPolicy::default()
    };
    for attempt in [1, 2, u32::MAX] {
        assert_eq!(policy.backoff(attempt, 0.0), Duration::MAX);
        assert!(policy.backoff(attempt, 1.0) < Duration::MAX);
    }
    policy = RetryPolicy::default();
    for odd in [f64::NAN, -1.0, f64::NEG_INFINITY] {
        assert_eq!(policy.backoff(1, odd), SECOND / 2);
    }
    assert_eq!(policy.backoff(1, f64::INFINITY), SECOND * 3 / 8);
    policy.initial_backoff = Duration::ZERO;
    assert_eq!(policy.backoff(9, 0.5), Duration::ZERO);
}

/// A mock of these responses, one after another, and a client of this policy.
fn client(policy: RetryPolicy, responses: &[MockResponse]) -> (MockTransport, ClientCore) {
    let mock = MockTransport::new();
    for response in responses {
        mock.expect("POST", "/v1/pets").respond(response.clone());
    }
    let builder = doubles::settings(&BEARER, &mock).retry_policy(policy);
    (mock, builder.build().unwrap())
}

fn created() -> MockResponse {
    MockResponse::new(201).json(&Pet::new("Rex"))
}

#[tokio::test(start_paused = true)]
async fn retry_decision_may_capture_and_leave_the_rest_to_the_policy() {
    let seen = Arc::new(AtomicU32::new(0));
    let (counter, delay) = (Arc::clone(&seen), SECOND);
    let policy = RetryPolicy::default().decide_with(move |policy, failed| {
        counter.fetch_add(1, Ordering::Relaxed);
        match failed.outcome {
            AttemptOutcome::Status(status, _) if status == 418 => {
                RetryDecision::RetryAfter(delay * failed.attempt)
            }
            _ => policy.default_decision(failed),
        }
    });
    let shown = format!("{policy:?}");
    assert!(shown.contains("has_custom_decision: true"), "{shown}");
    let teapot = MockResponse::new(418);
    let responses = [teapot.clone(), teapot, MockResponse::new(500)];
    let (mock, client) = client(policy, &responses);
    let started = Instant::now();
    let request = Pets(client).create(&Pet::new("Rex"));
    let error = request.send().await.unwrap_err();
    assert!(error.is_server(), "{error}");
    assert_eq!(error.attempts(), 3);
    assert_eq!(started.elapsed(), SECOND * 3);
    assert_eq!(seen.load(Ordering::Relaxed), 3);
    mock.assert_done();
}

#[tokio::test(start_paused = true)]
async fn retry_budget_stops_a_decision_that_never_stops() {
    let policy = RetryPolicy::default().decide_with(|_, _| RetryDecision::Retry);
    let (mock, client) = client(policy, &vec![MockResponse::new(400); 101]);
    let error = Pets(client)
        .create(&Pet::new("Rex"))
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.attempts(), 101);
    let part = "; retry budget exhausted: too many requests of this client failed recently";
    assert!(error.to_string().ends_with(part), "{error}");
    mock.assert_done();
}

#[tokio::test(start_paused = true)]
async fn retry_policy_none_makes_no_retries() {
    let (mock, client) = client(RetryPolicy::none(), &[MockResponse::connect_error()]);
    let pets = Pets(client);
    let error = pets.create(&Pet::new("Rex")).send().await.unwrap_err();
    assert_eq!(error.attempts(), 1);
    mock.assert_done();
    // A call's own number wins.
    for _ in 0..2 {
        mock.expect("POST", "/v1/pets")
            .respond(MockResponse::connect_error());
    }
    let request = pets.create(&Pet::new("Rex")).with_max_retries(1);
    assert_eq!(request.send().await.unwrap_err().attempts(), 2);
    mock.assert_done();
}

#[tokio::test(start_paused = true)]
async fn retry_backoff_uses_the_policys_bounds_and_jitter() {
    let policy = RetryPolicy {
        initial_backoff: SECOND * 8,
        max_backoff: SECOND * 12,
        jitter: || 1.0,
        ..RetryPolicy::default()
    };
    let busy = MockResponse::new(429);
    let (mock, client) = client(policy, &[busy.clone(), busy, created()]);
    let started = Instant::now();
    let request = Pets(client).create(&Pet::new("Rex"));
    request.send().await.unwrap();
    // Each less a quarter.
    assert_eq!(started.elapsed(), SECOND * 6 + SECOND * 9);
    mock.assert_done();
}

#[tokio::test(start_paused = true)]
async fn retry_after_uses_the_policys_maximum() {
    let busy = |wait| MockResponse::new(429).header("retry-after", wait);
    let policy = RetryPolicy {
        max_retry_after: SECOND * 3600,
        ..RetryPolicy::default()
    };
    let (mock, client) = client(policy, &[busy("3600"), busy("3601")]);
    let started = Instant::now();
    let request = Pets(client).create(&Pet::new("Rex"));
    let error = request.send().await.unwrap_err();
    assert_eq!(error.retry_after(), Some(SECOND * 3601));
    assert_eq!(error.attempts(), 2);
    assert_eq!(started.elapsed(), SECOND * 3600);
    mock.assert_done();
}
