//! Lists that can't go on or would never end, and the predicate that tells them apart.

use super::pets;
use super::server::{Reply, Server};
use super::shelves::{
    ByItem, ByLink, ByOffset, ByPage, ByToken, ByUrl, linked, read, request, serve,
};
use crate::runtime::error::Error;
use crate::runtime::pages::PagedRequest;
use crate::runtime::request::Request as _;

/// How a list ends that should not: what was read of it, and why.
async fn ended<R: PagedRequest<Item = serde_json::Value>>(server: &Server) -> (String, Error) {
    let (read, error) = read(&mut request::<R>(server).into_stream()).await;
    let error = error.expect("an error");
    assert!(!error.is_invalid_input() && !error.is_status(), "{error}");
    (read, error)
}

#[tokio::test]
async fn each_list_without_an_end_is_an_error_of_pagination() {
    let server = serve([
        r#"{"items":[1],"last":"x"}"#,
        r#"{"items":[2],"last":"y"}"#,
        r#"{"items":[3],"last":"x"}"#,
    ])
    .await;
    let (read, error) = ended::<ByToken>(&server).await;
    assert_eq!(read, "1 2 3");
    assert!(error.is_pagination() && error.is_decode(), "{error}");

    let server = serve([r#"[{"id":1}]"#, r#"[{"id":1}]"#]).await;
    assert!(ended::<ByItem>(&server).await.1.is_pagination());
    let server = serve(["[1]", "[1]"]).await;
    assert!(ended::<ByPage>(&server).await.1.is_pagination());
    let server = serve(["[1]", "[1]"]).await;
    assert!(ended::<ByOffset>(&server).await.1.is_pagination());
    let server = serve([r#"{"items":[1],"next":"/shelves/top"}"#]).await;
    assert!(ended::<ByUrl>(&server).await.1.is_pagination());
    let server = serve([r#"{"items":[1],"next":"http://a.example/"}"#]).await;
    assert!(ended::<ByUrl>(&server).await.1.is_pagination());
    let server = Server::start([linked("[1]", "<http://[>; rel=next")]).await;
    assert!(ended::<ByLink>(&server).await.1.is_pagination());
    let server = serve([r#"{"items":[1],"more":true}"#]).await;
    assert!(ended::<ByToken>(&server).await.1.is_pagination());
}

#[tokio::test]
async fn other_errors_of_a_list_are_none_of_pagination() {
    let replies = [
        Reply::json(500, "{}"),
        Reply::json(200, "{"),
        Reply::broken(200, &[], "{}"),
    ];
    for reply in replies {
        let server = Server::start([reply]).await;
        let request = request::<ByToken>(&server).with_max_retries(0);
        let (_, error) = read(&mut request.into_stream()).await;
        let error = error.expect("an error");
        assert!(!error.is_pagination(), "{error}");
    }
}

#[tokio::test]
async fn empty_pages_without_an_end_are_an_error_of_pagination() {
    let pages: Vec<_> = (0..3)
        .map(|at| Reply::json(200, &format!(r#"{{"items":[],"last":"{at}"}}"#)))
        .collect();
    let server = Server::start(pages).await;
    let mut items = request::<ByToken>(&server).into_stream();
    items.most_empty = 3;
    let (_, error) = read(&mut items).await;
    assert!(error.expect("an error").is_pagination());
}

#[tokio::test]
async fn a_token_that_no_url_can_hold_says_so() {
    let token = "t".repeat(1_000_000);
    let page = format!(r#"{{"items":[1],"last":"{token}"}}"#);
    let server = serve([&page]).await;
    let mut items = request::<ByToken>(&server).into_stream();
    let (all, error) = read(&mut items).await;
    let error = error.expect("an error");
    assert_eq!(all, "1");
    assert!(error.is_pagination(), "{error}");
    let text = error.to_string();
    for part in [
        "`last` has 1000000 bytes",
        "the maximum is 65534",
        "(200 OK, 1 attempt in ",
    ] {
        assert!(text.contains(part), "{text}");
    }
    assert!(text.len() < 1000, "{text}");
    assert_eq!(server.requests().len(), 1);
    // Encoded it is three times as long.
    let page = format!(r#"{{"items":[1],"last":"{}"}}"#, "/".repeat(22_000));
    let (_, error) = ended::<ByToken>(&serve([&page]).await).await;
    assert!(error.is_pagination(), "{error}");
    let page = format!(r#"{{"items":[1],"next":"?after={token}"}}"#);
    let (_, error) = ended::<ByUrl>(&serve([&page]).await).await;
    assert!(
        error.is_pagination() && error.to_string().contains("`next` has 1000007"),
        "{error}"
    );
    let link = format!("<?after={}>; rel=next", "t".repeat(66_000));
    let (_, error) = ended::<ByLink>(&Server::start([linked("[1]", &link)]).await).await;
    assert!(
        error.is_pagination() && error.to_string().contains("header `Link`"),
        "{error}"
    );
}

#[tokio::test]
async fn a_token_that_a_url_can_just_hold_is_sent() {
    let end = r#"{"items":[2]}"#;
    let server = serve([end]).await;
    let room = 65_534 - format!("{}/v1/shelves/top?after=", server.url).len();
    let room = room + if server.url.ends_with("/v1") { 3 } else { 0 };
    let made = |length: usize| format!(r#"{{"items":[1],"last":"{}"}}"#, "t".repeat(length));
    for (length, fits) in [(room - 3, true), (room + 4, false)] {
        let server = serve([&made(length), end]).await;
        let (_, error) = read(&mut request::<ByToken>(&server).into_stream()).await;
        assert_eq!(error.is_none(), fits, "{error:?}");
        if let Some(error) = error {
            assert!(error.is_pagination(), "{error}");
        }
    }
}

#[tokio::test]
async fn what_the_caller_gives_and_no_url_can_hold_says_so() {
    let server = serve([]).await;
    let token = "t".repeat(1_000_000);
    let (_, error) = read(&mut request::<ByToken>(&server).into_stream_from(token.as_str())).await;
    let error = error.expect("an error");
    assert!(
        error.is_invalid_input() && !error.is_pagination(),
        "{error}"
    );
    let text = error.to_string();
    assert!(text.contains("the URL has 10000"), "{text}");
    assert!(
        text.contains("the maximum is 65534: the value of `after` has 1000000 of them"),
        "{text}"
    );
    let request = pets::client(&server.url).request("GET", format!("/{}", "p".repeat(70_000)));
    let error = request.send::<serde_json::Value>().await.unwrap_err();
    assert!(
        error.is_invalid_input() && error.to_string().len() < 2500,
        "{error}"
    );
    assert!(server.requests().is_empty());
}
