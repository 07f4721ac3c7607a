//! Streams of pages and waits, as CLIENT.md's sample calls them.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use llama_cloud::types::{Batch, BatchStatus};

use crate::sample::{BATCH, client};
use crate::server::{Answer, Server};

/// A batch with this id and status.
fn batch(id: &str, status: &str) -> String {
    format!(
        r#"{{"id":"{id}","config":{{"job":{{"configuration_id":"cfg","type":"parse_v2"}}}},
            "project_id":"prj","source_directory_id":"dir","status":"{status}"}}"#
    )
}

/// A page of batches and the JSON of its `next_page_token`.
fn page(ids: &[&str], next: &str) -> Answer {
    let items: Vec<String> = ids.iter().map(|id| batch(id, "RUNNING")).collect();
    Answer::json(
        200,
        format!(
            r#"{{"items":[{}],"next_page_token":{next}}}"#,
            items.join(",")
        ),
    )
}

#[tokio::test]
async fn a_stream_gives_the_batches_of_all_pages_and_asks_for_a_page_when_it_is_needed() {
    let answers = [
        page(&["a", "b"], r#""t2""#),
        page(&[], r#""t3""#),
        page(&["c"], "null"),
    ];
    let server = Server::start(answers).await;
    let list = client(&server)
        .batches()
        .list()
        .status(BatchStatus::Running);
    let mut batches = list.page_size(2).into_stream();
    let mut ids = Vec::new();
    while let Some(batch) = batches.next().await {
        ids.push(batch.expect("a batch").id);
        if ids.len() == 2 {
            assert_eq!(
                server.requests().len(),
                1,
                "the second page isn't needed yet"
            );
        }
    }
    assert_eq!(ids, ["a", "b", "c"]);
    let queries: Vec<String> = server
        .requests()
        .into_iter()
        .filter_map(|it| it.query)
        .collect();
    let second = "page_size=2&page_token=t2&status=RUNNING";
    let third = "page_size=2&page_token=t3&status=RUNNING";
    assert_eq!(queries, ["page_size=2&status=RUNNING", second, third]);
}

#[tokio::test]
async fn pages_keep_what_stands_beside_the_items_and_start_where_they_are_told() {
    let body = format!(r#"{{"items":[{BATCH}],"next_page_token":"","total_size":7}}"#);
    let server = Server::start([Answer::json(200, body)]).await;
    let mut pages = client(&server)
        .batches()
        .list()
        .page_token("t9")
        .into_pages();
    let only = pages.next().await.expect("a page").expect("a good page");
    assert_eq!(only.total_size, Some(7));
    assert!(pages.next().await.is_none(), "an empty token is the end");
    assert_eq!(server.request().query.as_deref(), Some("page_token=t9"));
}

#[tokio::test]
async fn a_list_is_gone_on_with_from_where_it_stopped() {
    let server = Server::start([page(&["a"], r#""t2""#), page(&["b"], "null")]).await;
    let mut batches = client(&server).batches().list().into_stream();
    assert_eq!(
        batches.next().await.expect("an item").expect("a batch").id,
        "a"
    );
    let mark = batches.next_token().expect("there is more").to_owned();
    drop(batches);
    let list = client(&server).batches().list().page_size(5);
    let mut batches = list.into_stream_from(mark);
    assert_eq!(
        batches.next().await.expect("an item").expect("a batch").id,
        "b"
    );
    assert!(batches.next().await.is_none());
    let again = server.requests().pop().expect("a request");
    assert_eq!(again.query.as_deref(), Some("page_size=5&page_token=t2"));
}

#[tokio::test]
async fn a_token_put_in_the_query_by_hand_is_not_sent_twice() {
    let server = Server::start([page(&["b"], r#""t3""#), page(&["c"], "null")]).await;
    let list = client(&server).batches().list();
    let mut batches = list.with_query("page_token", "t2").into_stream();
    while let Some(batch) = batches.next().await {
        batch.expect("a batch");
    }
    let queries = server.requests().into_iter().filter_map(|it| it.query);
    let queries: Vec<String> = queries.collect();
    assert_eq!(queries, ["page_token=t2", "page_token=t3"]);
}

#[tokio::test]
async fn a_token_that_comes_again_is_an_error_and_not_an_endless_list() {
    let server = Server::start([page(&["a"], r#""t""#), page(&["b"], r#""t""#)]).await;
    let mut batches = client(&server).batches().list().into_stream();
    assert_eq!(
        batches.next().await.expect("an item").expect("a batch").id,
        "a"
    );
    assert_eq!(
        batches.next().await.expect("an item").expect("a batch").id,
        "b"
    );
    let error = batches.next().await.expect("an error").expect_err("no end");
    assert!(error.to_string().contains("next_page_token"), "{error}");
    assert!(batches.next().await.is_none());
}

#[tokio::test]
async fn a_wait_goes_on_over_unknown_states_and_ends_with_the_batch() {
    let states = ["PENDING", "A_NEW_ONE", "RUNNING", "COMPLETED"];
    let server = Server::start(states.map(|state| Answer::json(200, batch("bat-1", state)))).await;
    let seen = Arc::new(Mutex::new(Vec::new()));
    let watched = Arc::clone(&seen);
    let wait = client(&server).batches().wait("bat-1").expand(["results"]);
    let wait = wait.on_progress(move |batch: &Batch| {
        watched
            .lock()
            .expect("no panic before")
            .push(batch.status.to_string());
    });
    let done = wait
        .poll_interval(Duration::from_millis(1))
        .send()
        .await
        .expect("it ends");
    assert_eq!(done.status, BatchStatus::Completed);
    assert_eq!(*seen.lock().expect("no panic before"), states);
    let expanded = |query: Option<String>| query.as_deref() == Some("expand=results");
    assert!(
        server
            .requests()
            .into_iter()
            .all(|request| expanded(request.query))
    );
}

#[tokio::test]
async fn a_wait_for_what_failed_or_was_cancelled_is_an_error_with_the_batch() {
    for state in ["FAILED", "CANCELLED"] {
        let server = Server::start([Answer::json(200, batch("bat-1", state))]).await;
        let error = client(&server)
            .batches()
            .wait("bat-1")
            .send()
            .await
            .expect_err(state);
        assert!(error.is_failed() && !error.is_timeout(), "{error}");
        assert!(error.to_string().contains(state), "{error}");
        let batch: &Batch = error.waited().expect("the batch");
        assert_eq!(batch.status.as_str(), state);
    }
}

#[tokio::test]
async fn a_wait_ends_with_its_limit() {
    let server = Server::start([Answer::json(200, batch("bat-1", "RUNNING"))]).await;
    let wait = client(&server)
        .batches()
        .wait("bat-1")
        .poll_interval(Duration::from_secs(60));
    let error = wait
        .limit(Duration::from_millis(1))
        .send()
        .await
        .expect_err("no time");
    assert!(error.is_timeout(), "{error}");
    assert!(error.to_string().contains("limit"), "{error}");
}
