//! Lists in pages, as streams, against a server.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use futures_core::Stream;
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

use super::pets::{self, KEY, PagePets, Pet, Pets};
use super::server::{Reply, Server};
use crate::runtime::error::Error;

/// A response with a page: the names on it, and its `next` as JSON.
fn page(names: &[&str], next: &str) -> Reply {
    let pets: Vec<String> = names
        .iter()
        .map(|name| format!(r#"{{"name":"{name}"}}"#))
        .collect();
    let body = format!(r#"{{"pets":[{}],"next":{next}}}"#, pets.join(","));
    Reply::json(200, &body)
}

fn request(server: &Server) -> PagePets {
    Pets(pets::client(&server.url)).page()
}

/// The targets of all requests so far.
fn targets(server: &Server) -> Vec<String> {
    let requests = server.requests().into_iter();
    requests
        .map(|request| request.line.trim_start_matches("GET ").to_owned())
        .collect()
}

/// All that a stream gives, by the trait.
async fn drain<S: Stream + Unpin>(mut stream: S) -> Vec<S::Item> {
    let mut all = Vec::new();
    while let Some(item) = poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await {
        all.push(item);
    }
    all
}

/// The names that a stream of items gives, and the error that ends it.
async fn names(stream: impl Stream<Item = Result<Pet, Error>> + Unpin) -> (String, Option<Error>) {
    let (mut names, mut failed) = (Vec::new(), None);
    for item in drain(stream).await {
        assert!(failed.is_none(), "the stream goes on behind an error");
        match item {
            Ok(pet) => names.push(pet.name),
            Err(error) => failed = Some(error),
        }
    }
    (names.join(" "), failed)
}

#[tokio::test]
async fn a_missing_null_or_empty_token_ends_the_list() {
    let last = [
        r#"{"pets":[{"name":"c"}]}"#,
        r#"{"pets":[{"name":"c"}],"next":null}"#,
        r#"{"pets":[{"name":"c"}],"next":""}"#,
    ];
    for last in last {
        let server = Server::start([page(&["a", "b"], r#""t 2""#), Reply::json(200, last)]).await;
        let mut items = request(&server).into_stream();
        let mut all = Vec::new();
        while let Some(pet) = items.next().await {
            all.push(pet.unwrap().name);
        }
        assert_eq!(all, ["a", "b", "c"]);
        assert!(items.next().await.is_none());
        assert_eq!(items.next_token(), None);
        assert_eq!(targets(&server), ["/pets", "/pets?page=t%202"]);
    }
}

#[tokio::test]
async fn an_empty_page_in_between_is_passed_over() {
    let pages = [
        page(&[], r#""2""#),
        page(&["a"], r#""3""#),
        page(&[], r#""4""#),
        page(&[], r#""5""#),
        page(&["b"], r#""6""#),
        page(&[], "null"),
    ];
    let server = Server::start(pages).await;
    let (names, failed) = names(request(&server).into_stream()).await;
    assert_eq!(names, "a b");
    assert!(failed.is_none());
    assert_eq!(server.requests().len(), 6);
}

#[tokio::test]
async fn empty_pages_without_end_are_an_error() {
    let tokens = (1..).map(|token| page(&[], &format!(r#""{token}""#)));
    // Those before an item don't count.
    let start = [
        page(&[], r#""x""#),
        page(&[], r#""y""#),
        page(&["a"], r#""0""#),
    ];
    let server = Server::start(start.into_iter().chain(tokens.take(9))).await;
    let mut items = request(&server).into_stream();
    items.most_empty = 4;
    assert_eq!(items.next().await.unwrap().unwrap().name, "a");
    let error = items.next().await.unwrap().unwrap_err();
    assert!(error.is_decode(), "{error}");
    let message = "this page and those before it, 4 in a row, are empty, and \
                   another one is named; to go on, start at `next_token`, or read pages with \
                   `into_pages` (200 OK, 1 attempt in ";
    assert!(error.to_string().contains(message), "{error}");
    assert!(items.next().await.is_none());
    assert_eq!(items.next_token(), Some("4"));
    assert_eq!(server.requests().len(), 7);
}

#[tokio::test]
async fn as_many_empty_pages_as_are_passed_over_may_be_the_last() {
    let server = Server::start([page(&[], r#""2""#), page(&[], "null")]).await;
    let mut items = request(&server).into_stream();
    items.most_empty = 2;
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn a_page_that_was_there_is_an_error_behind_the_items() {
    let t = |token: &str| format!(r#""{token}""#);
    // PageStream, the names on them, and how many are asked for before the error.
    let cases = [
        (vec![page(&["a"], &t("x")), page(&["b"], &t("x"))], "a b"),
        (
            vec![
                page(&["a"], &t("x")),
                page(&["b"], &t("y")),
                page(&["c"], &t("z")),
                page(&["d"], &t("x")),
            ],
            "a b c d",
        ),
        (vec![page(&["a"], &t("x")), page(&[], &t("x"))], "a"),
    ];
    for (pages, expected) in cases {
        let asked = pages.len();
        let server = Server::start(pages.into_iter().chain([page(&["more"], "null")])).await;
        let mut items = request(&server).into_stream();
        let (names, failed) = names(&mut items).await;
        assert_eq!(names, expected);
        let error = failed.expect("an error");
        assert!(error.is_decode() && !error.is_status(), "{error}");
        let message = format!(
            "GET {}/pets: pagination loop: page token repeated (`next`) (200 OK, 1 attempt in ",
            server.url
        );
        let which = format!(", page {asked}); ");
        assert!(error.to_string().contains(&which), "{error}");
        assert!(error.to_string().starts_with(&message), "{error}");
        assert!(error.to_string().contains("; body: {\"pets\":["), "{error}");
        assert_eq!(items.next_token(), Some("x"));
        assert_eq!(server.requests().len(), asked);
    }
}

#[tokio::test]
async fn a_list_starts_at_a_token() {
    let server = Server::start([page(&["b"], r#""3""#), page(&["c"], "null")]).await;
    let items = request(&server).page("2").into_stream();
    assert_eq!(items.next_token(), Some("2"));
    let (read, failed) = names(items).await;
    assert_eq!(read, "b c");
    assert!(failed.is_none());
    assert_eq!(targets(&server), ["/pets?page=2", "/pets?page=3"]);
    // The page at which it started was there, too.
    let server = Server::start([page(&["b"], r#""2""#)]).await;
    let (read, failed) = names(request(&server).page("2").into_stream()).await;
    assert_eq!(read, "b");
    assert!(failed.unwrap().is_decode());
    // An empty one is sent as it is given, and is the first page.
    let server = Server::start([page(&["a"], "null")]).await;
    let items = request(&server).page("").into_stream();
    assert_eq!(items.next_token(), None);
    assert_eq!(names(items).await.0, "a");
    assert_eq!(targets(&server), ["/pets?page="]);
}

#[tokio::test]
async fn parameters_and_options_travel_along() {
    let replies = [
        page(&["a"], r#""2""#),
        page(&["b"], r#""3""#),
        Reply::json(503, "{}"),
    ];
    let server = Server::start(replies).await;
    let list = request(&server)
        .kind("dog")
        .team("search")
        .with_header("x-trace", "7")
        .with_query("debug", true)
        .with_max_retries(0);
    let (names, failed) = names(list.into_stream()).await;
    assert_eq!(names, "a b");
    assert_eq!(failed.unwrap().attempts(), 1);
    let expected = [
        "/pets?kind=dog&debug=true",
        "/pets?kind=dog&page=2&debug=true",
        "/pets?kind=dog&page=3&debug=true",
    ];
    assert_eq!(targets(&server), expected);
    for request in server.requests() {
        assert_eq!(request.header("x-team").as_deref(), Some("search"));
        assert_eq!(request.header("x-trace").as_deref(), Some("7"));
        let authorization = request.header("authorization");
        assert_eq!(authorization, Some(format!("Bearer {KEY}")));
    }
}

#[tokio::test]
async fn a_page_is_fetched_when_it_is_needed() {
    let server = Server::start([page(&["a", "b"], r#""2""#), page(&["c"], "null")]).await;
    let client = pets::client(&server.url);
    let mut items = Pets(client.clone()).page().into_stream();
    assert_eq!(server.requests().len(), 0);
    for name in ["a", "b"] {
        assert_eq!(items.next().await.unwrap().unwrap().name, name);
    }
    assert_eq!(items.next_token(), Some("2"));
    // Whatever was under way by now would be at the server before the response to this.
    let (names, _) = names(Pets(client).page().page("other").into_stream()).await;
    assert_eq!(names, "c");
    drop(items);
    assert_eq!(targets(&server), ["/pets", "/pets?page=other"]);
}

#[tokio::test]
async fn an_error_in_the_middle_tells_where_to_go_on() {
    let no_json = Reply::with(200, &["content-type: text/html"], "<html>");
    for failing in [Reply::json(404, "{}"), no_json] {
        let server = Server::start([page(&["a"], r#""2""#), failing]).await;
        let mut items = request(&server).into_stream();
        let (read, failed) = names(&mut items).await;
        assert_eq!(read, "a");
        let error = failed.unwrap();
        assert!(error.is_not_found() || error.is_decode(), "{error}");
        assert!(items.next().await.is_none());
        server.push(page(&["b"], "null"));
        let rest = request(&server).page(items.next_token().unwrap());
        let (read, failed) = names(rest.into_stream()).await;
        assert_eq!(read, "b");
        assert!(failed.is_none());
        assert_eq!(
            targets(&server),
            ["/pets", "/pets?page=2", "/pets?page=2"],
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_page_has_retries_of_its_own() {
    let busy = || Reply::json(503, "{}");
    let replies = [
        busy(),
        busy(),
        page(&["a"], r#""2""#),
        busy(),
        busy(),
        page(&["b"], "null"),
    ];
    let server = Server::start(replies).await;
    let (names, failed) = names(request(&server).into_stream()).await;
    assert_eq!(names, "a b");
    assert!(failed.is_none());
    let (first, second) = ("/pets", "/pets?page=2");
    let expected = [first, first, first, second, second, second];
    assert_eq!(targets(&server), expected);
}

#[tokio::test]
async fn pages_hold_what_stands_beside_the_items() {
    let replies = [
        Reply::json(200, r#"{"pets":[{"name":"a"}],"total":2,"next":"2"}"#),
        Reply::json(200, r#"{"pets":[],"total":2,"next":"3"}"#),
        Reply::json(200, r#"{"pets":[{"name":"b"}],"total":3}"#),
    ];
    let server = Server::start(replies.clone()).await;
    let mut pages = request(&server).into_pages();
    let mut seen = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        seen.push((page.pets.len(), page.total));
    }
    assert_eq!(seen, [(1, Some(2)), (0, Some(2)), (1, Some(3))]);
    let server = Server::start(replies).await;
    let pages = drain(request(&server).into_pages()).await;
    assert_eq!(pages.len(), 3);
    assert_eq!(pages[2].as_ref().unwrap().pets, [Pet::new("b")]);
}

#[tokio::test]
async fn what_cant_be_sent_is_the_first_item() {
    let server = Server::start([]).await;
    let list = request(&server).with_header("bad name", "v");
    let (names, failed) = names(list.into_stream()).await;
    assert_eq!(names, "");
    assert!(failed.unwrap().is_invalid_input());
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_next_that_is_given_up_loses_nothing() {
    let server = Server::start([page(&["a"], r#""2""#), page(&["b"], "null")]).await;
    let mut items = request(&server).into_stream();
    {
        // Polled once and given up: a response takes more than that, whatever the machine's load.
        let mut next = std::pin::pin!(items.next());
        let once = poll_fn(|context| Poll::Ready(next.as_mut().poll(context).is_pending())).await;
        assert!(once, "no response is there at once");
    }
    assert_eq!(names(items).await.0, "a b");
    assert_eq!(targets(&server), ["/pets", "/pets?page=2"]);
}

#[tokio::test]
async fn a_dropped_stream_ends_its_call() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let mut pages = Pets(pets::client(&url)).page().into_pages();
    let mut received = vec![0; 4];
    let mut socket = tokio::select! {
        socket = async {
            let (mut socket, _) = listener.accept().await.unwrap();
            socket.read_exact(&mut received).await.unwrap();
            socket
        } => socket,
        _ = pages.next() => unreachable!("nothing responds"),
    };
    assert_eq!(received, b"GET ");
    drop(pages);
    // The end of what the client sends: it has closed the connection.
    let closed = socket.read_to_end(&mut received);
    let closed = tokio::time::timeout(Duration::from_secs(20), closed).await;
    closed.expect("the connection ends").unwrap();
}

#[tokio::test]
async fn streams_go_to_other_tasks_and_show_no_values() {
    let reply = page(&[KEY], r#""secret-token""#);
    let server = Server::start([reply.clone(), reply]).await;
    let list = request(&server).kind("hush").with_header("x-trace", "hush");
    let mut items = list.page("secret-start").into_stream();
    let task = tokio::spawn(async move {
        let first = items.next().await.unwrap().unwrap();
        assert_eq!(first.name, KEY);
        (format!("{items:?}"), drain(items).await)
    });
    let (shown, mut rest) = task.await.unwrap();
    assert!(
        shown.starts_with("ItemStream { pages: PageStream { call: Call { operation: \"pagePets\""),
        "{shown}"
    );
    assert!(!shown.contains("hush") && !shown.contains("secret"));
    let error = rest.pop().unwrap().unwrap_err();
    let text = format!("{error} {error:?}");
    assert!(text.contains("[redacted]") && !text.contains(KEY), "{text}");
}
