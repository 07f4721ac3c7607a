//! Retries: which failures are tried again, how often and when, and what ends a call that takes long.
//!
//! Waits are measured on a clock that stands still for them, or are the millisecond that the server or
//! the policy says.

use std::time::Duration;

use codegen::Source;
use llama_cloud::{Client, Error, MockResponse, Response, types::Batch};
use tests::sample::{BATCH, KEY, builder, client, new_batch, without_delay};
use tests::server::{Server, ServerResponse};

use crate::clock::{Clock, assert_jittered};

const SOON: (&str, &str) = ("retry-after-ms", "1");
const SHORT: Duration = Duration::from_millis(50);

fn failure(status: u16) -> ServerResponse {
    ServerResponse::with(status, &[SOON], "")
}

fn success() -> ServerResponse {
    ServerResponse::json(200, BATCH)
}

async fn get(client: &Client) -> Result<Response<Batch>, Error> {
    client.batches().get("bat-1").send_with_response().await
}

async fn create(client: &Client) -> Result<Response<Batch>, Error> {
    let call = client.batches().create(new_batch());
    call.send_with_response().await
}

#[tokio::test]
async fn two_retries_are_made_by_default() {
    let responses = [failure(500), failure(502), failure(503), success()];
    let server = Server::start(responses).await;
    let error = get(&client(&server)).await.expect_err("three failures");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert_eq!((error.attempts(), server.requests().len()), (3, 3));
    assert!(error.to_string().contains("3 attempts"), "{error}");
}

#[tokio::test]
async fn max_retries_can_be_set_for_a_client_and_for_a_call() {
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

/// The pauses of a call whose first tries fail, each with these headers, and whose next one doesn't.
async fn pauses(failures: usize, headers: &[(&str, &str)]) -> Vec<Duration> {
    let failure = headers
        .iter()
        .fold(MockResponse::new(500), |response, (name, value)| {
            response.header(name, value)
        });
    let success = MockResponse::new(200).body(BATCH);
    let clock = Clock::new(std::iter::repeat_n(failure, failures).chain([success]));
    let client = clock.builder().max_retries(99).build().expect("a client");
    let sent = get(&client).await;
    sent.unwrap_or_else(|error| panic!("{headers:?}: {error}"));
    clock.pauses()
}

#[tokio::test(start_paused = true)]
async fn waits_double_from_half_a_second_up_to_eight_less_up_to_a_quarter_at_random() {
    let mut first_ones = Vec::new();
    for _ in 0..20 {
        let pauses = pauses(8, &[]).await;
        first_ones.push(pauses[0]);
        let full = [500, 1000, 2000, 4000, 8000, 8000, 8000, 8000];
        assert_eq!(pauses.len(), full.len());
        for (pause, full) in pauses.into_iter().zip(full) {
            assert_jittered(pause, Duration::from_millis(full));
        }
    }
    first_ones.sort();
    first_ones.dedup();
    assert!(first_ones.len() > 1, "{first_ones:?}");
}

/// Asserts that a wait which is asked for so takes the place of the client's own.
async fn assert_replaces_the_wait(headers: &[(&str, &str)], milliseconds: u64) {
    let asked = Duration::from_millis(milliseconds);
    assert_eq!(pauses(2, headers).await, [asked; 2], "{headers:?}");
}

#[tokio::test(start_paused = true)]
async fn retry_after_ms_replaces_the_wait() {
    assert_replaces_the_wait(&[("retry-after-ms", "1")], 1).await;
    assert_replaces_the_wait(&[("retry-after-ms", "31000")], 31_000).await;
    assert_replaces_the_wait(&[("retry-after-ms", "60000")], 60_000).await;
}

#[tokio::test(start_paused = true)]
async fn retry_after_in_seconds_and_fractions_of_them_replaces_the_wait() {
    assert_replaces_the_wait(&[("retry-after", "0.001")], 1).await;
    assert_replaces_the_wait(&[("retry-after", "7")], 7_000).await;
    assert_replaces_the_wait(&[("retry-after", "45.5")], 45_500).await;
    assert_replaces_the_wait(&[("retry-after", "60")], 60_000).await;
}

#[tokio::test(start_paused = true)]
async fn retry_after_ms_goes_before_retry_after() {
    let both = [("retry-after", "30"), ("retry-after-ms", "7")];
    assert_replaces_the_wait(&both, 7).await;
    let first_is_too_long = [("retry-after", "3600"), ("retry-after-ms", "7")];
    assert_replaces_the_wait(&first_is_too_long, 7).await;
    let second_is_no_number = [("retry-after", "30"), ("retry-after-ms", "soon")];
    assert_replaces_the_wait(&second_is_no_number, 30_000).await;
}

/// `Retry-After` as a date, so many seconds from now.
fn date_in(seconds: i64) -> String {
    let date = jiff::Timestamp::now() + jiff::SignedDuration::from_secs(seconds);
    date.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[tokio::test(start_paused = true)]
async fn retry_after_as_an_http_date_replaces_the_wait() {
    // A date counts from the clock of the machine, which goes on.
    let pause = pauses(1, &[("retry-after", &date_in(50))]).await[0];
    let (least, most) = (Duration::from_secs(20), Duration::from_secs(51));
    assert!(least < pause && pause <= most, "{pause:?}");
}

#[tokio::test(start_paused = true)]
async fn a_wait_of_zero_or_of_no_sense_replaces_nothing() {
    let past = date_in(-50);
    for value in [
        "0", "0.0", "-1", "nan", "inf", "1e1", "soon", "", "+1", &past,
    ] {
        for name in ["retry-after", "retry-after-ms"] {
            let pause = pauses(1, &[(name, value)]).await[0];
            assert_jittered(pause, Duration::from_millis(500));
        }
    }
}

#[tokio::test]
async fn above_a_minute_the_error_comes_back_at_once_and_says_retry_after() {
    for (header, seconds) in [
        (("retry-after", "61"), 61),
        (("retry-after", "60.001"), 60),
        (("retry-after", "3600"), 3600),
        (("retry-after-ms", "60001"), 60),
        (("retry-after", "99999999999999999999999"), 60),
        (("retry-after", &*date_in(90)), 80),
        (
            ("retry-after", "Fri, 31 Dec 2199 23:59:59 GMT"),
            365 * 24 * 3600,
        ),
    ] {
        for status in [429, 503] {
            let server =
                Server::start([ServerResponse::with(status, &[header], ""), success()]).await;
            let error = get(&client(&server)).await.expect_err("no retry");
            assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
            assert_eq!((error.attempts(), server.requests().len()), (1, 1));
            let wait = error.retry_after().expect("the server names a wait");
            assert!(wait >= Duration::from_secs(seconds), "{wait:?}");
        }
    }
}

#[tokio::test]
async fn get_is_retried_on_408_409_429_and_5xx() {
    for status in [408, 409, 429, 500, 501, 502, 503, 504, 529, 599] {
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
async fn put_delete_head_and_options_are_retried_like_get_and_patch_is_not() {
    for (method, tries) in [
        ("GET", 2),
        ("HEAD", 2),
        ("PUT", 2),
        ("DELETE", 2),
        ("OPTIONS", 2),
        ("PATCH", 1),
        ("POST", 1),
    ] {
        let server = Server::start([failure(500), ServerResponse::with(200, &[], "")]).await;
        let sent = client(&server).request(method, "/any").send_raw().await;
        assert_eq!(sent.is_ok(), tries == 2, "{method}: {sent:?}");
        assert_eq!(server.requests().len(), tries, "{method}");
        assert_eq!(server.requests()[0].method, method);
    }
}

#[tokio::test]
async fn get_is_not_retried_on_other_statuses() {
    for status in [400, 401, 403, 404, 410, 418, 422, 304, 600] {
        let server = Server::start([failure(status), success()]).await;
        let error = get(&client(&server)).await.expect_err("a failure");
        assert_eq!((error.attempts(), server.requests().len()), (1, 1));
    }
}

#[tokio::test]
async fn get_is_retried_on_a_broken_connection_and_a_broken_body() {
    for first in [
        ServerResponse::hang_up(),
        ServerResponse::cut_off(200, &BATCH[..20]),
    ] {
        let server = Server::start([first, success()]).await;
        let client = builder(&server).retry_policy(without_delay()).build();
        let response = get(&client.expect("a client")).await;
        let response = response.expect("the second is sound");
        assert_eq!((response.attempts(), server.requests().len()), (2, 2));
    }
}

#[tokio::test]
async fn get_is_retried_on_a_time_out() {
    let server = Server::start([ServerResponse::silence(), ServerResponse::silence()]).await;
    let client = builder(&server).retry_policy(without_delay()).build();
    let call = client.expect("a client").batches().get("bat-1");
    let call = call.with_timeout(SHORT).with_max_retries(1);
    let error = call.send().await.expect_err("no response");
    assert!(error.is_timeout(), "{error}");
    assert_eq!(error.attempts(), 2);
}

#[tokio::test]
async fn connect_errors_are_retried_whatever_the_method() {
    let client = Client::builder()
        .api_key(KEY)
        .base_url("http://127.0.0.1:1")
        .retry_policy(without_delay())
        .max_retries(1)
        .build()
        .expect("a client");
    for result in [get(&client).await, create(&client).await] {
        let error = result.expect_err("nobody is there");
        assert!(error.is_connect(), "{error}");
        assert_eq!(error.attempts(), 2);
    }
}

#[tokio::test]
async fn create_is_not_retried_where_it_may_have_been_carried_out() {
    for response in [
        failure(500),
        failure(502),
        failure(504),
        failure(408),
        failure(409),
        ServerResponse::with(503, &[], ""),
        ServerResponse::hang_up(),
        ServerResponse::cut_off(201, &BATCH[..20]),
    ] {
        let described = format!("{response:?}");
        let server = Server::start([response, success()]).await;
        let error = create(&client(&server)).await.expect_err(&described);
        assert_eq!(error.attempts(), 1, "{described}");
        assert_eq!(server.requests().len(), 1, "{described}");
    }
}

#[tokio::test]
async fn create_is_not_replayed_where_a_connection_that_was_used_before_ends() {
    let responses = [
        success(),
        ServerResponse::hang_up(),
        ServerResponse::json(201, BATCH),
    ];
    let server = Server::start(responses).await;
    let client = client(&server);
    get(&client).await.expect("a batch");
    let error = create(&client).await.expect_err("no response");
    assert_eq!((error.attempts(), server.requests().len()), (1, 2));
}

#[tokio::test]
async fn create_is_not_retried_on_a_time_out() {
    let server = Server::start([ServerResponse::silence(), ServerResponse::json(201, BATCH)]).await;
    let call = client(&server).batches().create(new_batch());
    let error = call.with_timeout(SHORT).send().await;
    let error = error.expect_err("no response");
    assert!(error.is_timeout(), "{error}");
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));
}

#[tokio::test]
async fn create_is_retried_on_429_and_on_503_with_retry_after() {
    for first in [
        failure(429),
        failure(503),
        ServerResponse::with(503, &[("retry-after", "0.001")], ""),
    ] {
        let server = Server::start([first, success()]).await;
        let response = create(&client(&server)).await;
        let response = response.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(response.attempts(), 2);
        let requests = server.requests();
        assert_eq!(requests[0], requests[1]);
        assert!(!requests[1].body.is_empty());
    }
}

#[test]
fn sdk_toml_can_name_an_idempotency_header() {
    let read = |file: &str| {
        let path = format!("{}/../spec/{file}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_to_string(path).expect("the file is there")
    };
    let (spec, config) = (read("batches.yaml"), read("sdk.toml"));
    let named = config.replace(
        "[client]",
        "[client]\nidempotency-header = \"Idempotency-Key\"",
    );
    for (config, expected) in [(config, "None"), (named, r#"Some("Idempotency-Key")"#)] {
        let source = |name, text| Source { name, text };
        let generated = codegen::generate(source("spec", &spec), source("config", &config));
        let generated = generated.expect("both are sound");
        let client = generated.files.iter().find(|it| it.path == "src/client.rs");
        let line = format!("idempotency_header: {expected},");
        assert!(client.expect("a client").text.contains(&line), "{line}");
    }
}

fn says(status: u16, word: &str) -> ServerResponse {
    ServerResponse::with(status, &[SOON, ("x-should-retry", word)], BATCH)
}

#[tokio::test]
async fn x_should_retry_decides_for_errors() {
    for status in [408, 409, 429, 500, 503] {
        let server = Server::start([says(status, "false"), success()]).await;
        let error = get(&client(&server)).await.expect_err("no retry");
        assert_eq!((error.attempts(), server.requests().len()), (1, 1));
    }
    for status in [400, 404, 422, 500] {
        let server = Server::start([
            says(status, "true"),
            success(),
            says(status, "true"),
            success(),
        ])
        .await;
        let client = client(&server);
        assert_eq!(get(&client).await.expect("a retry").attempts(), 2);
        assert_eq!(create(&client).await.expect("a retry").attempts(), 2);
    }
}

#[tokio::test]
async fn x_should_retry_never_decides_for_a_2xx() {
    let server = Server::start([says(200, "true"), says(201, "true"), success()]).await;
    let first = get(&client(&server)).await.expect("a success");
    let second = create(&client(&server)).await.expect("a success");
    assert_eq!((first.attempts(), second.attempts()), (1, 1));
    assert_eq!(server.requests().len(), 2);

    let wrong = ServerResponse::with(200, &[SOON, ("x-should-retry", "true")], "{}");
    let server = Server::start([wrong, success()]).await;
    let error = get(&client(&server)).await.expect_err("it is no batch");
    assert!(error.is_decode(), "{error}");
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));

    let broken = "HTTP/1.1 201 Created\r\nx-should-retry: true\r\ncontent-length: 9\r\n\r\n{";
    let server = Server::start([ServerResponse::raw(broken), success()]).await;
    let error = create(&client(&server)).await.expect_err("half a batch");
    assert_eq!((error.attempts(), server.requests().len()), (1, 1));
}

#[tokio::test]
async fn a_token_bucket_shared_by_the_clones_of_a_client_stops_retry_storms() {
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
    let error = get(&first).await.expect_err("a failure");
    assert_eq!(error.attempts(), 1);
    assert!(
        error.to_string().contains("retry budget exhausted"),
        "{error}"
    );
    let other = get(&client(&server)).await.expect_err("a failure");
    assert_eq!(
        other.attempts(),
        3,
        "another client has a bucket of its own"
    );
}

#[tokio::test]
async fn timeout_is_for_one_try() {
    // A status whose body stalls: it is retried as soon as its own time is over.
    let head = "HTTP/1.1 500 No\r\nretry-after-ms: 1\r\ncontent-length: 9\r\n\r\n{";
    let server = Server::start([head; 3].map(ServerResponse::raw_stalled)).await;
    let call = client(&server).batches().get("bat-1");
    let error = call.with_timeout(SHORT).send().await;
    assert_eq!(error.expect_err("three failures").attempts(), 3);
}

#[tokio::test]
async fn timeout_includes_the_body() {
    let server = Server::start([ServerResponse::stalled(200, &BATCH[..20])]).await;
    let call = client(&server).batches().get("bat-1");
    let call = call.with_timeout(SHORT).with_max_retries(0);
    let error = call.send().await.expect_err("half a batch");
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test]
async fn total_timeout_is_for_the_call_with_its_waits() {
    let response = || ServerResponse::with(500, &[("retry-after-ms", "20")], "");
    let server = Server::start(std::iter::repeat_with(response).take(100)).await;
    let client = builder(&server).total_timeout(SHORT).max_retries(99);
    let client = client.build().expect("a client");
    let error = get(&client).await.expect_err("no time");
    // What the server said last, unless an attempt was under way when the time was up.
    assert!(error.is_server() || error.is_timeout(), "{error}");
    assert!(
        error.to_string().contains("total timeout of 50ms"),
        "{error}"
    );
    assert!(server.requests().len() < 10);

    let server = Server::start([ServerResponse::silence()]).await;
    let call = tests::sample::client(&server).batches().get("bat-1");
    let error = call.with_total_timeout(SHORT).send().await;
    assert!(error.expect_err("no time").is_timeout());
}

#[tokio::test]
async fn a_wait_that_would_pass_the_total_timeout_is_not_begun() {
    let response = ServerResponse::with(500, &[("retry-after", "30")], "");
    let server = Server::start([response]).await;
    let client = builder(&server).total_timeout(Duration::from_secs(10));
    let error = get(&client.build().expect("a client")).await;
    let error = error.expect_err("no room");
    assert!(error.is_server() && !error.is_timeout(), "{error}");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(500));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
    let reason = "not retried: a backoff of 30 s would exceed the total timeout of 10s";
    assert!(error.to_string().ends_with(reason), "{error}");
}

#[tokio::test]
async fn both_timeouts_end_in_an_error_that_says_which() {
    let server = Server::start([ServerResponse::silence(), ServerResponse::silence()]).await;
    let batches = client(&server).batches();
    let call = batches.get("bat-1").with_max_retries(0);
    let of_try = call.clone().with_timeout(SHORT).send().await;
    let of_call = call.with_total_timeout(SHORT).send().await;
    for (error, name) in [
        (of_try, "attempt timed out after 50ms"),
        (of_call, "total timeout elapsed after 50ms"),
    ] {
        let error = error.expect_err("no response");
        assert!(error.is_timeout() && !error.is_connect(), "{error}");
        assert_eq!(error.status(), None);
        let text = error.to_string();
        assert!(text.contains(name), "{text}");
    }
}
