//! Names of the runtime that other people's code is written against.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use futures_core::Stream;
use llama_cloud::batches::List;
use llama_cloud::types::{Batch, BatchPage, BatchStatus};
use llama_cloud::{
    AttemptOutcome, BlockingItems, BlockingPages, Client, Deviation, Error, FailedAttempt,
    MockResponse, MockTransport, Reading, Response, RetryDecision, RetryPolicy, SentRequest, Token,
    Transport, TransportError, TransportFuture,
};
use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};
use tests::sample::{BATCH, KEY, PAGE};

const SECOND: Duration = Duration::from_secs(1);
const PATH: &str = "/api/v2/batches/bat-1";

fn client(mock: &MockTransport, policy: RetryPolicy) -> Client {
    let builder = Client::builder().api_key(KEY).retry_policy(policy);
    let client = builder.transport(mock.clone()).build();
    client.expect("the settings are fine")
}

#[test]
fn retry_policy_has_its_fields() {
    let mut policy = RetryPolicy::default();
    policy.max_retries = 4;
    policy.initial_backoff = SECOND;
    policy.max_backoff = SECOND * 4;
    policy.max_retry_after = SECOND * 30;
    policy.jitter = || 0.0;
    assert_eq!(policy.clone().backoff(2, 0.0), SECOND * 2);
    assert_eq!(RetryPolicy::none().max_retries, 0);
}

#[test]
fn retry_decision_of_each_attempt_outcome() {
    let headers = HeaderMap::new();
    let policy = RetryPolicy::default();
    for (outcome, decision) in [
        (AttemptOutcome::ConnectError, RetryDecision::Retry),
        (AttemptOutcome::NoResponse, RetryDecision::Stop),
        (
            AttemptOutcome::Status(StatusCode::TOO_MANY_REQUESTS, &headers),
            RetryDecision::Retry,
        ),
        (AttemptOutcome::NotRetryable, RetryDecision::Stop),
    ] {
        let failed = FailedAttempt::new(&Method::POST, outcome);
        assert!(failed.attempt == 1 && failed.now <= SystemTime::now());
        assert_eq!(policy.default_decision(&failed), decision, "{outcome:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn retry_policy_decide_with_takes_a_closure_that_captures() {
    let counter = Arc::new(AtomicU32::new(0));
    let seen = Arc::clone(&counter);
    let policy = RetryPolicy::default().decide_with(move |policy, failed| {
        seen.fetch_add(1, Ordering::Relaxed);
        match failed.outcome {
            AttemptOutcome::Status(status, _) if status == 404 => RetryDecision::RetryAfter(SECOND),
            _ => policy.default_decision(failed),
        }
    });
    let mock = MockTransport::new();
    mock.expect("GET", PATH).respond(MockResponse::new(404));
    mock.expect("GET", PATH).respond(MockResponse::new(400));
    let batch = client(&mock, policy).batches().get("bat-1").send().await;
    assert!(batch.expect_err("no batch").is_bad_request());
    assert_eq!(counter.load(Ordering::Relaxed), 2);
    mock.assert_done();
}

#[tokio::test(start_paused = true)]
async fn mock_transport_responds_and_fails() {
    let mock = MockTransport::new();
    mock.expect("GET", PATH).connect_error();
    mock.expect("GET", PATH).disconnect();
    let batch = MockResponse::new(200)
        .header("x-request-id", "r-1")
        .body(BATCH);
    mock.expect("GET", PATH).respond(batch);
    let batches = client(&mock, RetryPolicy::default()).batches();
    let response = batches.get("bat-1").send_with_response().await;
    let response: Response<Batch> = response.expect("the third attempt succeeds");
    assert_eq!(response.attempts(), 3);
    mock.expect("GET", PATH)
        .respond_json(404, &["no such batch"]);
    let error = batches.get("bat-1").send().await.expect_err("it is gone");
    assert!(error.is_not_found(), "{error}");
    mock.assert_done();
    let sent: Vec<SentRequest> = mock.requests();
    assert_eq!((sent.len(), sent[3].method.as_str()), (4, "GET"));
}

#[tokio::test]
async fn mock_transport_can_replace_any_transport() {
    struct Refusing;
    impl Transport for Refusing {
        fn send(&self, _: reqwest::Request) -> TransportFuture<'_> {
            Box::pin(async { Err(TransportError::connect("no network")) })
        }
    }
    let client = Client::builder().api_key(KEY).transport(Refusing).build();
    let request = client.expect("it is fine").batches().get("bat-1");
    let error = request.with_max_retries(0).send().await;
    assert!(error.expect_err("no network").is_connect());
}

#[tokio::test(start_paused = true)]
async fn polling_that_fails_holds_what_was_last_polled() {
    let mock = MockTransport::new();
    let failed = BATCH.replace("PENDING", "FAILED");
    mock.expect("GET", PATH)
        .respond(MockResponse::new(200).body(failed));
    let batches = client(&mock, RetryPolicy::none()).batches();
    let error = batches.wait("bat-1").send().await.expect_err("it failed");
    assert!(error.is_operation_failed() && !error.is_pagination());
    let batch = error.last_polled::<Batch>().expect("it was polled");
    assert_eq!(batch.status, BatchStatus::Failed);
    let text = error.to_string();
    assert!(
        text.contains("operation failed: status is FAILED"),
        "{text}"
    );
}

#[tokio::test]
async fn pagination_that_loops_is_an_error_of_its_own() {
    let mock = MockTransport::new();
    let page = r#"{"items": [], "next_page_token": "t"}"#;
    for _ in 0..2 {
        mock.expect("GET", "/api/v2/batches")
            .respond(MockResponse::new(200).body(page));
    }
    let mut items = client(&mock, RetryPolicy::none())
        .batches()
        .list()
        .into_stream();
    let error = items.next().await.expect("an error").expect_err("a loop");
    assert!(error.is_pagination() && !error.is_operation_failed());
    let text = error.to_string();
    assert!(
        text.contains("pagination loop: page token repeated"),
        "{text}"
    );
}

#[test]
fn pagination_streams_and_iterators_have_their_types() {
    fn items<S: Stream<Item = Result<Batch, Error>>>(_: &S) {}
    fn pages<S: Stream<Item = Result<BatchPage, Error>>>(_: &S) {}
    fn blocking_items<I: Iterator<Item = Result<Batch, Error>>>(_: &I) {}
    fn blocking_pages<I: Iterator<Item = Result<BatchPage, Error>>>(_: &I) {}
    let batches = client(&MockTransport::new(), RetryPolicy::none()).batches();
    items(&batches.list().into_stream());
    pages(&batches.list().into_pages());
    let iterator: BlockingItems<_> = batches.list().into_iter_blocking();
    blocking_items(&iterator);
    let iterator: BlockingPages<_> = batches.list().into_pages_blocking();
    blocking_pages(&iterator);
}

#[tokio::test]
async fn credentials_are_replaced_and_provided() {
    let mock = MockTransport::new();
    for token in ["first", "second"] {
        mock.expect("GET", PATH)
            .with_header("authorization", &format!("Bearer {token}"))
            .respond(MockResponse::new(200).body(BATCH));
    }
    let builder = Client::builder()
        .token_provider(async || Ok::<_, Error>(Token::new("first").expires_in(SECOND * 60)));
    let provided = builder.transport(mock.clone()).build();
    let provided = provided.expect("the settings are fine");
    let replaced = client(&mock, RetryPolicy::none());
    replaced.set_api_key("second").expect("it can be sent");
    for client in [provided, replaced] {
        let batch = client.batches().get("bat-1").send().await;
        batch.expect("the credential is the expected one");
    }
}

#[tokio::test]
async fn optional_parameters_and_deviations() {
    let mock = MockTransport::new();
    mock.expect("GET", "/api/v2/batches")
        .with_query("status", "COMPLETED")
        .respond(MockResponse::new(200).body(PAGE));
    let builder = Client::builder().api_key(KEY).reading(Reading::Lenient);
    let client = builder.transport(mock.clone()).build();
    let client = client.expect("the settings are fine");
    let list = client
        .batches()
        .list()
        .with_option(Some(BatchStatus::Completed), List::status)
        .with_option(None::<String>, List::page_token);
    let response = list.send_with_response().await.expect("a page");
    let deviations: &[Deviation] = response.deviations();
    assert!(deviations.is_empty(), "{deviations:?}");
    mock.assert_done();
}
