//! Pages and waiting: lists that go on to their end, and waits that end when the batch does.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use llama_cloud::MockResponse;
use llama_cloud::types::{Batch, BatchPage, BatchStatus};
use tests::sample::{BATCH, client};
use tests::server::{Recorded, Server, ServerResponse};

use crate::clock::{Clock, assert_jittered};

/// A batch with this id and status.
fn batch(id: &str, status: &str) -> String {
    BATCH.replace("bat-1", id).replace("PENDING", status)
}

/// A page of batches, with what stands behind its items: the next page's token, or nothing.
fn page(ids: &[&str], rest: &str) -> ServerResponse {
    let items: Vec<String> = ids.iter().map(|id| batch(id, "RUNNING")).collect();
    ServerResponse::json(200, format!(r#"{{"items":[{}]{rest}}}"#, items.join(",")))
}

/// What stands behind the items of a page that isn't the last.
fn next(token: &str) -> String {
    format!(r#","next_page_token":"{token}""#)
}

fn queries(server: &Server) -> Vec<String> {
    let requests = server.requests().into_iter();
    requests.map(|it| it.query.unwrap_or_default()).collect()
}

/// The ids of all batches that a list gives.
async fn ids(list: llama_cloud::batches::List) -> Vec<String> {
    let mut stream = list.into_stream();
    let mut ids = Vec::new();
    while let Some(batch) = stream.next().await {
        ids.push(batch.expect("a batch").id);
    }
    ids
}

#[tokio::test]
async fn pages_go_on_until_the_token_is_missing_null_or_empty() {
    for end in ["", r#","next_page_token":null"#, r#","next_page_token":"""#] {
        let responses = [
            page(&["a", "b"], &next("t2")),
            page(&["c"], &next("t3")),
            page(&["d"], end),
        ];
        let server = Server::start(responses).await;
        let list = client(&server).batches().list();
        assert_eq!(ids(list).await, ["a", "b", "c", "d"], "{end:?}");
        assert_eq!(queries(&server), ["", "page_token=t2", "page_token=t3"]);
    }
}

#[tokio::test]
async fn pages_go_on_over_an_empty_page() {
    let responses = || {
        [
            page(&[], &next("t2")),
            page(&["a"], &next("t3")),
            page(&[], &next("t4")),
            page(&[], &next("t5")),
            page(&["b"], ""),
        ]
    };
    let server = Server::start(responses()).await;
    assert_eq!(ids(client(&server).batches().list()).await, ["a", "b"]);

    let server = Server::start(responses()).await;
    let mut pages = client(&server).batches().list().into_pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push(page.expect("a page").items.len());
    }
    assert_eq!(sizes, [0, 1, 0, 0, 1]);
}

#[tokio::test]
async fn a_token_seen_before_is_an_error() {
    for tokens in [["t", "t"], ["t", "u"]] {
        let [first, second] = tokens.map(next);
        let responses = [
            page(&["a"], &first),
            page(&["b"], &second),
            page(&["c"], &first),
        ];
        let server = Server::start(responses).await;
        let mut batches = client(&server).batches().list().into_stream();
        let mut seen = String::new();
        let error = loop {
            match batches.next().await.expect("an error comes first") {
                Ok(batch) => seen.push_str(&batch.id),
                Err(error) => break error,
            }
        };
        assert!(["ab", "abc"].contains(&&*seen), "{seen}");
        assert_eq!(server.requests().len(), seen.len());
        assert!(error.is_pagination() && error.is_decode(), "{error}");
        assert!(error.to_string().contains("next_page_token"), "{error}");
        assert!(batches.next().await.is_none());
    }
}

#[tokio::test]
async fn the_token_that_a_stream_started_at_counts_as_seen() {
    let server = Server::start([page(&["a"], &next("t"))]).await;
    let mut batches = client(&server)
        .batches()
        .list()
        .page_token("t")
        .into_stream();
    batches.next().await.expect("an item").expect("a batch");
    let error = batches.next().await.expect("an error");
    assert!(error.expect_err("no end").is_pagination());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_stream_can_go_on_from_where_another_stopped() {
    let server = Server::start([page(&["a"], &next("t2")), page(&["b"], "")]).await;
    let mut batches = client(&server).batches().list().into_stream();
    batches.next().await.expect("an item").expect("a batch");
    let mark = batches.next_token().expect("there is more").to_owned();
    drop(batches);
    let list = client(&server).batches().list().page_token("t0");
    let mut batches = list.page_size(5).into_stream_from(mark);
    let second = batches.next().await.expect("an item").expect("a batch");
    assert_eq!(second.id, "b");
    assert!(batches.next().await.is_none());
    assert_eq!(queries(&server), ["", "page_size=5&page_token=t2"]);
}

#[tokio::test]
async fn a_token_in_a_query_of_the_callers_own_is_not_sent_twice() {
    let server = Server::start([page(&["b"], &next("t3")), page(&["c"], "")]).await;
    let list = client(&server)
        .batches()
        .list()
        .with_query("page_token", "t2");
    assert_eq!(ids(list).await, ["b", "c"]);
    assert_eq!(queries(&server), ["page_token=t2", "page_token=t3"]);
}

#[tokio::test]
async fn a_stream_can_start_at_a_token() {
    let server = Server::start([page(&["c"], &next("t9")), page(&["d"], "")]).await;
    let list = client(&server).batches().list().page_token("t3");
    assert_eq!(ids(list).await, ["c", "d"]);
    assert_eq!(queries(&server), ["page_token=t3", "page_token=t9"]);

    let server = Server::start([page(&["c"], "")]).await;
    let list = client(&server).batches().list().page_token("t3");
    let only: BatchPage = list
        .into_pages()
        .next()
        .await
        .expect("a page")
        .expect("sound");
    assert_eq!(only.items[0].id, "c");
    assert_eq!(queries(&server), ["page_token=t3"]);
}

#[tokio::test]
async fn options_travel_along_to_every_page() {
    let server = Server::start([page(&["a"], &next("t2")), page(&["b"], "")]).await;
    let list = client(&server).batches().list();
    let list = list
        .status(BatchStatus::Running)
        .page_size(1)
        .session("abc");
    let list = list.with_header("x-trace", "7").with_query("debug", true);
    assert_eq!(ids(list).await, ["a", "b"]);
    let first = "page_size=1&status=RUNNING&debug=true";
    let second = "page_size=1&page_token=t2&status=RUNNING&debug=true";
    assert_eq!(queries(&server), [first, second]);
    for request in server.requests() {
        assert_eq!(request.header("cookie"), Some("session=abc"));
        assert_eq!(request.header("x-trace"), Some("7"));
    }
}

#[tokio::test]
async fn the_number_of_retries_holds_for_every_page() {
    let failing = || ServerResponse::with(500, &[("retry-after-ms", "1")], "");
    let responses = [page(&["a"], &next("t2")), failing(), failing(), failing()];
    let server = Server::start(responses).await;
    let list = client(&server).batches().list().with_max_retries(1);
    let mut batches = list.into_stream();
    batches.next().await.expect("an item").expect("a batch");
    let error = batches.next().await.expect("an error").expect_err("500");
    assert_eq!((error.attempts(), server.requests().len()), (2, 3));
}

#[tokio::test]
async fn pages_are_fetched_as_needed() {
    let responses = [page(&["a", "b"], &next("t2")), page(&["c"], "")];
    let server = Server::start(responses).await;
    let mut batches = client(&server).batches().list().into_stream();
    assert_eq!(server.requests().len(), 0);
    for fetched in [1, 1, 2] {
        batches.next().await.expect("an item").expect("a batch");
        assert_eq!(server.requests().len(), fetched);
    }
    assert!(batches.next().await.is_none());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn wait_polls_until_the_batch_is_completed_and_gives_it() {
    let states = ["PENDING", "THROTTLED", "RUNNING", "COMPLETED", "RUNNING"];
    let server =
        Server::start(states.map(|state| ServerResponse::json(200, batch("bat-7", state)))).await;
    let wait = client(&server).batches().wait("bat-7").expand(["results"]);
    let wait = wait.with_poll_interval(Duration::from_millis(1));
    let done: Batch = wait.send().await.expect("it ends well");
    assert_eq!((&*done.id, done.status), ("bat-7", BatchStatus::Completed));
    let lines: Vec<String> = server.requests().iter().map(Recorded::line).collect();
    assert_eq!(lines, ["GET /api/v2/batches/bat-7?expand=results"; 4]);
}

/// The pauses of a wait for a batch that is done after so many questions; each response but the last
/// asks to wait so long, if it does.
async fn pauses(questions: usize, retry_after: Option<&str>) -> Vec<Duration> {
    let mut running = MockResponse::new(200).body(batch("bat-1", "RUNNING"));
    if let Some(wait) = retry_after {
        running = running.header("retry-after", wait);
    }
    let completed = MockResponse::new(200).body(batch("bat-1", "COMPLETED"));
    let clock = Clock::new(std::iter::repeat_n(running, questions).chain([completed]));
    let client = clock.builder().build().expect("a client");
    let sent = client.batches().wait("bat-1").send().await;
    sent.expect("it ends well");
    clock.pauses()
}

#[tokio::test(start_paused = true)]
async fn wait_polls_with_growing_jittered_pauses() {
    let mut first_ones = Vec::new();
    for _ in 0..20 {
        let pauses = pauses(20, None).await;
        first_ones.push(pauses[0]);
        let mut full = Duration::from_secs(1);
        for pause in pauses {
            assert_jittered(pause, full);
            full = full.mul_f64(1.5).min(Duration::from_secs(30));
        }
    }
    first_ones.sort();
    first_ones.dedup();
    assert!(first_ones.len() > 1, "{first_ones:?}");
}

#[tokio::test(start_paused = true)]
async fn wait_honours_retry_after() {
    assert_eq!(pauses(3, Some("45")).await, [Duration::from_secs(45); 3]);
    let nearly_at_once = pauses(1, Some("0.001")).await[0];
    assert_jittered(nearly_at_once, Duration::from_secs(1));
}

#[tokio::test]
async fn wait_ends_with_a_typed_error_that_holds_the_batch_when_it_failed_or_was_cancelled() {
    for state in ["FAILED", "CANCELLED"] {
        let responses =
            ["RUNNING", state].map(|state| ServerResponse::json(200, batch("bat-7", state)));
        let server = Server::start(responses).await;
        let wait = client(&server).batches().wait("bat-7");
        let wait = wait.with_poll_interval(Duration::from_millis(1));
        let error = wait.send().await.expect_err(state);
        assert!(
            error.is_operation_failed() && !error.is_timeout(),
            "{error}"
        );
        assert!(error.to_string().contains(state), "{error}");
        let batch: &Batch = error.last_polled().expect("the batch");
        assert_eq!((&*batch.id, batch.status.as_str()), ("bat-7", state));
    }
}

#[tokio::test]
async fn wait_ends_with_a_time_out_error_when_its_limit_passes() {
    let running = || ServerResponse::json(200, batch("bat-7", "RUNNING"));
    let server = Server::start(std::iter::repeat_with(running).take(10_000)).await;
    let wait = client(&server).batches().wait("bat-7");
    let wait = wait.with_poll_interval(Duration::from_millis(1));
    let error = wait
        .with_wait_timeout(Duration::from_millis(50))
        .send()
        .await;
    let error = error.expect_err("no time");
    assert!(
        error.is_timeout() && !error.is_operation_failed(),
        "{error}"
    );
    assert!(
        error.to_string().contains("polling timed out after 50ms"),
        "{error}"
    );
    let server = Server::start([ServerResponse::silence()]).await;
    let wait = client(&server).batches().wait("bat-7");
    let error = wait
        .with_wait_timeout(Duration::from_millis(50))
        .send()
        .await;
    assert!(error.expect_err("no time").is_timeout());
}

#[tokio::test]
async fn an_unknown_status_is_not_an_end_of_a_wait() {
    let states = ["A_NEW_ONE", "completed", "", "COMPLETED"];
    let server =
        Server::start(states.map(|state| ServerResponse::json(200, batch("bat-7", state)))).await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let watched = Arc::clone(&seen);
    let wait = client(&server).batches().wait("bat-7");
    let wait = wait.with_progress(move |batch: &Batch| {
        let mut seen = watched.lock().expect("no panic before");
        seen.push(batch.status.to_string());
    });
    let wait = wait.with_poll_interval(Duration::from_millis(1));
    let done = wait.send().await.expect("it ends well");
    assert_eq!(done.status, BatchStatus::Completed);
    assert_eq!(*seen.lock().expect("no panic before"), states);
}

#[tokio::test]
async fn wait_goes_on_over_a_failure_that_passes() {
    let soon = ServerResponse::with(503, &[("retry-after-ms", "1")], "");
    let responses = [soon, ServerResponse::json(200, batch("bat-7", "COMPLETED"))];
    let server = Server::start(responses).await;
    let done = client(&server).batches().wait("bat-7").send().await;
    assert_eq!(done.expect("it ends well").status, BatchStatus::Completed);
}
