//! Lists that go on by tokens and by numbers, against a server.

use super::server::Server;
use super::shelves::{
    ByItem, ByOffset, ByOwnPage, ByPage, ByPageFromZero, ByToken, all, asked, read, request, serve,
    set, stuck,
};
use crate::runtime::pages::PagedRequest as _;
use crate::runtime::request::Request as _;

#[tokio::test]
async fn the_last_item_asks_for_the_next_page_while_there_is_more() {
    let server = serve([
        r#"{"items":[{"id":1},{"id":"b c"}],"more":true}"#,
        r#"{"items":[{"id":"d"}],"more":false}"#,
    ])
    .await;
    assert_eq!(
        all(request::<ByItem>(&server)).await,
        r#"{"id":1} {"id":"b c"} {"id":"d"}"#
    );
    assert_eq!(asked(&server), ["", "?after=b%20c"]);
    // Where nothing says whether there is more, an empty page does.
    let server = serve([r#"{"items":[{"id":7}]}"#, r#"{"items":[]}"#]).await;
    assert_eq!(all(request::<ByItem>(&server)).await, r#"{"id":7}"#);
    assert_eq!(asked(&server), ["", "?after=7"]);
}

#[tokio::test]
async fn a_token_counts_only_where_there_is_more() {
    let server = serve([
        r#"{"items":[1],"last":"x","more":true}"#,
        r#"{"items":[],"last":"y","more":true}"#,
        r#"{"items":[2],"last":"z","more":false}"#,
    ])
    .await;
    assert_eq!(all(request::<ByToken>(&server)).await, "1 2");
    assert_eq!(asked(&server), ["", "?after=x", "?after=y"]);
}

#[tokio::test]
async fn more_without_a_way_to_it_is_an_error() {
    for body in [
        r#"{"items":[],"more":true}"#,
        r#"{"items":[],"last":null,"more":true}"#,
        r#"{"items":[],"last":"","more":true}"#,
    ] {
        let server = serve([body]).await;
        let mut items = request::<ByToken>(&server).into_stream();
        let (_, text) = stuck(&mut items).await;
        assert_eq!(
            text,
            "the page says that more follow, but `last` is missing or empty"
        );
        assert_eq!(items.next_token(), None);
    }
    let server = serve([
        r#"{"items":[1],"more":true}"#,
        r#"{"items":[],"more":true}"#,
    ])
    .await;
    let mut items = request::<ByOffset>(&server).into_stream();
    let (read, text) = stuck(&mut items).await;
    assert_eq!(read, "1");
    assert_eq!(
        text,
        "the page says that more follow, but has no items to continue from"
    );
}

#[tokio::test]
async fn pages_are_counted_until_one_is_empty() {
    let server = serve(["[1,2]", "[3]", "[]"]).await;
    assert_eq!(all(request::<ByPage>(&server)).await, "1 2 3");
    assert_eq!(asked(&server), ["", "?page=2", "?page=3"]);
    let server = serve(["[1]", "[]"]).await;
    assert_eq!(all(request::<ByPageFromZero>(&server)).await, "1");
    assert_eq!(asked(&server), ["", "?page=1"]);
    // None at all is a list, too.
    let server = serve(["[]"]).await;
    assert_eq!(all(request::<ByPage>(&server)).await, "");
}

#[tokio::test]
async fn pages_end_where_they_say_so() {
    let server = serve([
        r#"{"items":[1],"more":true}"#,
        r#"{"items":[],"more":true}"#,
        r#"{"items":[2],"more":false}"#,
    ])
    .await;
    assert_eq!(all(request::<ByPage>(&server)).await, "1 2");
    assert_eq!(asked(&server), ["", "?page=2", "?page=3"]);
    // How many there are goes before one being empty: it may have been filtered.
    let pages = [
        r#"{"items":[1],"pages":3}"#,
        r#"{"items":[],"pages":3}"#,
        r#"{"items":[2],"pages":3}"#,
    ];
    let server = serve(pages).await;
    assert_eq!(all(request::<ByPage>(&server)).await, "1 2");
    assert_eq!(asked(&server), ["", "?page=2", "?page=3"]);
    let server = serve(pages).await;
    assert_eq!(all(request::<ByPageFromZero>(&server)).await, "1 2");
    assert_eq!(asked(&server), ["", "?page=1", "?page=2"]);
    let server = serve([r#"{"items":[],"pages":0}"#]).await;
    assert_eq!(all(request::<ByPage>(&server)).await, "");
}

#[tokio::test]
async fn counting_starts_at_the_callers_page() {
    for from in ["5", "5.0"] {
        let server = serve([r#"{"items":[1],"pages":6}"#, r#"{"items":[2],"pages":6}"#]).await;
        let request = set(request::<ByPage>(&server), "page", from);
        let items = request.into_stream();
        assert_eq!(items.next_token(), Some(from));
        let mut items = items;
        assert_eq!(read(&mut items).await.0, "1 2");
        assert_eq!(asked(&server)[1], "?page=6");
    }
    let server = serve(["[1,2]", "[3]", "[]"]).await;
    let request = set(request::<ByOffset>(&server), "offset", "10");
    assert_eq!(all(request).await, "1 2 3");
    assert_eq!(asked(&server), ["?offset=10", "?offset=12", "?offset=13"]);
}

#[tokio::test]
async fn a_page_that_says_its_number_is_believed() {
    // Nothing says that this server begins with 0, but its pages do.
    let server = serve([
        r#"{"items":[1],"page":0}"#,
        r#"{"items":[2],"page":1}"#,
        r#"{"items":[],"page":2}"#,
    ])
    .await;
    assert_eq!(all(request::<ByOwnPage>(&server)).await, "1 2");
    assert_eq!(asked(&server), ["", "?page=1", "?page=2"]);
    // One that stands still would be asked for again and again.
    let server = serve([
        r#"{"items":[1],"page":1}"#,
        r#"{"items":[2],"page":1}"#,
        r#"{"items":[3],"page":1}"#,
    ])
    .await;
    let (read, text) = stuck(&mut request::<ByOwnPage>(&server).into_stream()).await;
    assert_eq!(read, "1 2");
    assert_eq!(text, "pagination loop: page number repeated");
}

#[tokio::test]
async fn an_offset_counts_the_items_that_came() {
    // A page that is not full is not the last one.
    let server = serve(["[1,2,3]", "[4]", "[5,6]", "[]"]).await;
    assert_eq!(all(request::<ByOffset>(&server)).await, "1 2 3 4 5 6");
    assert_eq!(asked(&server), ["", "?offset=3", "?offset=4", "?offset=6"]);
    let server = serve([
        r#"{"items":[1],"more":true}"#,
        r#"{"items":[2],"more":false}"#,
    ])
    .await;
    assert_eq!(all(request::<ByOffset>(&server)).await, "1 2");
    assert_eq!(asked(&server), ["", "?offset=1"]);
}

#[tokio::test]
async fn a_server_that_doesnt_heed_the_number_is_an_error() {
    let server = serve(["[1,2]", "[1,2]", "[1,2]"]).await;
    let mut items = request::<ByPage>(&server).into_stream();
    let (read, text) = stuck(&mut items).await;
    // The same items aren't given twice.
    assert_eq!(read, "1 2");
    assert_eq!(
        text,
        "pagination loop: the server returned the same page twice, as if it ignored `page`"
    );
    assert_eq!(asked(&server), ["", "?page=2"]);
    assert_eq!(items.next_token(), Some("2"));
    let server = serve(["[1,2]", "[1,2]"]).await;
    let (read, text) = stuck(&mut request::<ByOffset>(&server).into_stream()).await;
    assert_eq!(read, "1 2");
    assert!(text.contains("`offset`"), "{text}");
}

#[tokio::test]
async fn what_is_no_number_cant_be_counted_from() {
    for request_of in [
        |server: &Server| set(request::<ByPage>(server), "page", "last").into_stream(),
        |server: &Server| {
            let request = request::<ByPage>(server);
            request.with_query("page", "last").into_stream()
        },
        |server: &Server| request::<ByPage>(server).into_stream_from("last"),
    ] {
        let server = serve([]).await;
        let (_, failed) = read(&mut request_of(&server)).await;
        let error = failed.expect("an error");
        assert!(error.is_invalid_input(), "{error}");
        assert!(
            error.to_string().contains("`page` is not a number"),
            "{error}"
        );
        assert!(server.requests().is_empty());
    }
}
