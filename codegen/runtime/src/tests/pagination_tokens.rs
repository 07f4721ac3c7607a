//! Lists that are gone on with from a mark, against a server.

use super::server::{Reply, Server};
use super::shelves::{
    ByItem, ByLink, ByOffset, ByPage, ByPageFromZero, ByToken, ByUrl, all, asked, linked, read,
    request, serve, set, stuck,
};
use crate::runtime::pages::PagedRequest;
use crate::runtime::request::Request;

#[tokio::test]
async fn what_the_caller_put_in_the_query_is_replaced_and_not_sent_twice() {
    let server = serve(["[1]", "[2]", "[]"]).await;
    let request_ = request::<ByPage>(&server)
        .with_query("page", 4)
        .with_query("debug", true);
    assert_eq!(all(request_).await, "1 2");
    assert_eq!(
        asked(&server),
        [
            "?page=4&debug=true",
            "?page=5&debug=true",
            "?page=6&debug=true"
        ]
    );
    let server = serve([r#"{"items":[1],"last":"y"}"#, r#"{"items":[2]}"#]).await;
    let request = request::<ByToken>(&server).with_query("after", "x");
    let mut items = request.into_stream();
    assert_eq!(items.next_token(), Some("x"));
    assert_eq!(read(&mut items).await.0, "1 2");
    assert_eq!(asked(&server), ["?after=x", "?after=y"]);
}

/// Reads the first page, then the rest by a new stream from the mark.
async fn resume<R: PagedRequest<Item = serde_json::Value>>(
    first: Reply,
    rest: Reply,
    target: &str,
) {
    let server = Server::start([first, rest]).await;
    let mut items = request::<R>(&server).into_stream();
    assert_eq!(items.next_token(), None);
    items.next().await.expect("an item").expect("an item");
    let mark = items.next_token().expect("there is more").to_owned();
    drop(items);
    // The mark goes before whatever page the request asks for.
    let again = set(request::<R>(&server), "after", "0");
    let again = set(set(again, "page", "1"), "offset", "0");
    let mut pages = again.into_pages_from(mark.as_str());
    assert_eq!(pages.next_token(), Some(mark.as_str()));
    pages.next().await.expect("a page").expect("a page");
    let last = server.requests().pop().expect("a request");
    assert!(last.line.ends_with(target), "{}", last.line);
}

#[tokio::test]
async fn a_mark_of_any_kind_is_gone_on_from() {
    let json = |body| Reply::json(200, body);
    let end = || json(r#"{"items":[{"id":2}],"more":false}"#);
    let first = || json(r#"{"items":[{"id":1}],"last":"x y","more":true,"next":"?page=7"}"#);
    resume::<ByToken>(first(), end(), "?page=1&offset=0&after=x%20y").await;
    resume::<ByItem>(first(), end(), "?page=1&offset=0&after=1").await;
    resume::<ByPage>(first(), end(), "?page=2&offset=0&after=0").await;
    resume::<ByPageFromZero>(first(), end(), "?page=1&offset=0&after=0").await;
    resume::<ByOffset>(first(), end(), "?page=1&offset=1&after=0").await;
    resume::<ByUrl>(first(), end(), "/shelves/top?page=7").await;
    let first = linked(r#"{"items":[1]}"#, "<?page=8>; rel=next");
    resume::<ByLink>(first, end(), "/shelves/top?page=8").await;
}

#[tokio::test]
async fn a_mark_may_be_a_path_and_is_never_empty() {
    let server = serve([r#"{"items":[1],"next":"/else?page=3"}"#]).await;
    let mut items = request::<ByUrl>(&server).into_stream_from("/else?page=3");
    let mark = format!("{}/else?page=3", server.url);
    assert_eq!(items.next_token(), Some(mark.as_str()));
    let (read, text) = stuck(&mut items).await;
    assert_eq!(read, "1");
    assert!(text.contains("pagination loop"), "{text}");
    let server = serve([]).await;
    let mut items = request::<ByToken>(&server).into_stream_from("");
    let (_, failed) = self::read(&mut items).await;
    assert!(failed.expect("an error").is_invalid_input());
    assert!(server.requests().is_empty());
}
