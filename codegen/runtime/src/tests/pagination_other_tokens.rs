//! Lists whose tokens come or go in headers or have to be asked for, and lists that say how long they
//! are, against a server.

use serde_json::{Value, json};
use tokio::runtime::Builder;

use super::server::{Reply, Server};
use super::shelves::{
    ByBody, ByHeaders, ByIndex, ByNumberInBody, ByStart, BySwitch, ByToken, all, asked, read,
    request, serve, set, stuck,
};
use crate::runtime::blocking_pages::BlockingItems;
use crate::runtime::pages::PagedRequest;

#[tokio::test]
async fn a_list_ends_with_the_number_of_its_items() {
    for total in ["3", "3.0"] {
        let pages = [
            format!(r#"{{"items":[1,2],"total":{total}}}"#),
            format!(r#"{{"items":[3],"total":{total}}}"#),
            r#"{"items":[]}"#.to_owned(),
        ];
        let server = serve([&pages[0], &pages[1], &pages[2]]).await;
        assert_eq!(all(request::<ByStart>(&server)).await, "1 2 3");
        // A number with a fraction isn't one of items, and an empty page ends the list.
        let requests = if total == "3" { 2 } else { 3 };
        assert_eq!(asked(&server).len(), requests, "{total}");
    }
}

#[tokio::test]
async fn a_number_of_items_that_is_less_than_there_are_is_not_believed() {
    let server = serve([
        r#"{"items":[1,2],"total":0}"#,
        r#"{"items":[3],"total":0}"#,
        r#"{"items":[],"total":0}"#,
    ])
    .await;
    assert_eq!(all(request::<ByStart>(&server)).await, "1 2 3");
    assert_eq!(asked(&server), ["", "?offset=2", "?offset=3"]);
}

#[tokio::test]
async fn counting_begins_where_the_page_says_it_does() {
    let server = serve([
        r#"{"items":[1,2],"start":1,"total":9}"#,
        r#"{"items":[],"start":3,"total":9}"#,
    ])
    .await;
    assert_eq!(all(request::<ByStart>(&server)).await, "1 2");
    assert_eq!(asked(&server), ["", "?offset=3"]);
}

#[tokio::test]
async fn the_first_item_may_have_the_number_one() {
    let server = serve([
        r#"{"items":["a","b"],"total":3}"#,
        r#"{"items":["c"],"total":3}"#,
    ])
    .await;
    assert_eq!(all(request::<ByIndex>(&server)).await, r#""a" "b" "c""#);
    assert_eq!(asked(&server), ["", "?offset=3"]);
}

#[tokio::test]
async fn tokens_come_and_go_in_headers() {
    let reply = |body: &str, next: &str| Reply::with(200, &[&format!("x-next-team: {next}")], body);
    let server = Server::start([reply("[1]", "t2"), reply("[]", "t3"), reply("[2]", "")]).await;
    let mut items = request::<ByHeaders>(&server).into_stream();
    assert_eq!(read(&mut items).await.0, "1 2");
    let teams: Vec<Option<String>> = server
        .requests()
        .iter()
        .map(|it| it.header("x-team"))
        .collect();
    assert_eq!(teams, [None, Some("t2".to_owned()), Some("t3".to_owned())]);
    // A header that is absent ends the list, too; a page can be named at the start.
    let server = serve(["[1]"]).await;
    let mut items = request::<ByHeaders>(&server).into_stream_from("t7");
    assert_eq!(items.next_token(), Some("t7"));
    assert_eq!(read(&mut items).await.0, "1");
    assert_eq!(server.requests()[0].header("x-team").as_deref(), Some("t7"));
}

/// The bodies that a server received.
fn bodies(server: &Server) -> Vec<String> {
    server.requests().into_iter().map(|it| it.body).collect()
}

/// A request with a JSON body.
fn with_body<R: PagedRequest>(server: &Server, body: &Value) -> R {
    R::from_builder(request::<R>(server).into_builder().json(body))
}

#[tokio::test]
async fn tokens_go_into_bodies() {
    let pages = [
        r#"{"items":[1,2],"last":"t\"2"}"#,
        r#"{"items":[],"last":"t3"}"#,
        r#"{"items":[3],"last":null}"#,
    ];
    let server = serve(pages).await;
    let query = json!({"filter": {"cursor": "not this", "a": [1, {"b": "}"}]}, "limit": 2});
    let items = all(with_body::<ByBody>(&server, &query)).await;
    assert_eq!(items, "1 2 3");
    let first = query.to_string();
    let with = |cursor: &str| {
        let start = first.strip_suffix('}').expect("an object");
        format!("{start},\"cursor\":{cursor}}}")
    };
    assert_eq!(
        bodies(&server),
        [first.clone(), with(r#""t\"2""#), with(r#""t3""#)]
    );
    // The page that the request asks for is the first, and its token is replaced where it stands.
    let server = serve([r#"{"items":[1],"last":"t5"}"#, r#"{"items":[2]}"#]).await;
    let query = json!({"cursor": "t4", "limit": 2});
    let mut items = with_body::<ByBody>(&server, &query).into_stream();
    assert_eq!(items.next_token(), Some("t4"));
    assert_eq!(read(&mut items).await.0, "1 2");
    assert_eq!(bodies(&server)[1], r#"{"cursor":"t5","limit":2}"#);
}

#[tokio::test]
async fn a_token_makes_a_body_and_may_be_a_number() {
    let server = serve([r#"{"items":[1],"last":7}"#, r#"{"items":[2]}"#]).await;
    assert_eq!(all(request::<ByNumberInBody>(&server)).await, "1 2");
    assert_eq!(bodies(&server), ["", r#"{"cursor":7}"#]);
    let second = &server.requests()[1];
    assert_eq!(
        second.header("content-type").as_deref(),
        Some("application/json")
    );
    let server = serve([r#"{"items":[1]}"#]).await;
    let mut items = request::<ByNumberInBody>(&server).into_stream_from("9");
    assert_eq!(read(&mut items).await.0, "1");
    assert_eq!(bodies(&server), [r#"{"cursor":9}"#]);
}

#[tokio::test]
async fn a_token_in_a_body_that_comes_again_is_an_error() {
    let server = serve([r#"{"items":[1],"last":"t"}"#, r#"{"items":[2],"last":"t"}"#]).await;
    let mut items = with_body::<ByBody>(&server, &json!({})).into_stream();
    let (read, text) = stuck(&mut items).await;
    assert_eq!(read, "1 2");
    assert!(text.contains("page token repeated (`last`)"), "{text}");
    // Another body than an object has no room for a token.
    let server = serve([]).await;
    let mut items = with_body::<ByBody>(&server, &json!([1])).into_stream_from("t");
    let error = items.next().await.expect("an error").expect_err("no page");
    assert!(error.is_invalid_input(), "{error}");
}

#[tokio::test]
async fn a_token_in_a_header_that_comes_again_is_an_error() {
    let reply = || Reply::with(200, &["x-next-team: t2"], "[1]");
    let server = Server::start([reply(), reply()]).await;
    let mut items = request::<ByHeaders>(&server).into_stream();
    let (read, text) = stuck(&mut items).await;
    assert_eq!(read, "1 1");
    assert_eq!(
        text,
        "pagination loop: page token repeated (the header `X-Next-Team`)"
    );
}

#[tokio::test]
async fn tokens_are_asked_for_unless_the_caller_says_otherwise() {
    let server = serve([r#"{"items":[1],"last":"x"}"#, r#"{"items":[2]}"#]).await;
    assert_eq!(all(request::<BySwitch>(&server)).await, "1 2");
    assert_eq!(asked(&server), ["?kind=true", "?kind=true&after=x"]);
    let server = serve([r#"{"items":[1]}"#]).await;
    let request = set(request::<BySwitch>(&server), "kind", "false");
    assert_eq!(all(request).await, "1");
    assert_eq!(asked(&server), ["?kind=false"]);
}

#[tokio::test]
async fn the_same_token_on_an_empty_page_ends_the_list() {
    let server = serve([r#"{"items":[1],"last":"x"}"#, r#"{"items":[],"last":"x"}"#]).await;
    assert_eq!(all(request::<ByToken>(&server)).await, "1");
    // On a page with items it may hide those behind it.
    let server = serve([r#"{"items":[1],"last":"x"}"#, r#"{"items":[2],"last":"x"}"#]).await;
    let mut items = request::<ByToken>(&server).into_stream();
    let (read, text) = stuck(&mut items).await;
    assert_eq!(read, "1 2");
    assert_eq!(text, "pagination loop: page token repeated (`last`)");
}

#[test]
fn iterators_end_where_streams_do() {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    let server = runtime.block_on(Server::start([
        Reply::with(200, &["x-next-team: t2"], "[1]"),
        Reply::json(200, "[2]"),
        Reply::json(200, r#"{"items":[1],"start":0,"total":2}"#),
        Reply::json(200, r#"{"items":[2],"start":1,"total":2}"#),
        Reply::json(200, r#"{"items":[1],"last":"x"}"#),
        Reply::json(200, r#"{"items":[],"last":"x"}"#),
    ]));
    let read = |items: BlockingItems<Value>| {
        let items = items.map(|item| item.expect("an item").to_string());
        items.collect::<Vec<String>>().join(" ")
    };
    let headers = request::<ByHeaders>(&server).into_stream();
    assert_eq!(read(BlockingItems::new(headers)), "1 2");
    let counted = request::<ByStart>(&server).into_stream();
    assert_eq!(read(BlockingItems::new(counted)), "1 2");
    let asked_for = request::<BySwitch>(&server).into_stream();
    assert_eq!(read(BlockingItems::new(asked_for)), "1");
    assert_eq!(server.requests().len(), 6);
}
