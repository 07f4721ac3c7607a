//! Lists that go on by URLs, against a server.

use super::pets::{self, KEY, QUERY};
use super::server::{Reply, Server};
use super::shelves::{
    ByLink, ByUrl, all, asked, linked, next_link, read, request, serve, set, shelf, stuck,
};
use crate::runtime::pages::PagedRequest as _;
use crate::runtime::request::Request as _;

#[tokio::test]
async fn a_link_leads_to_the_next_page() {
    let server = Server::start([]).await;
    let absolute = format!("<{}/other?x=%20y&page=b>; rel=\"next\"", server.url);
    for reply in [
        linked("[1]", r#"</shelves/top?page=a>; rel="next""#),
        linked("[]", &absolute),
        linked("[2]", "<?page=c>; rel=next, <?page=a>; rel=prev"),
        linked("[3]", r#"<?page=a>; rel="prev""#),
    ] {
        server.push(reply);
    }
    // The query of a link holds all that the request's did.
    let request = set(request::<ByLink>(&server), "kind", "thin")
        .with_query("debug", 1)
        .with_header("x-trace", "7");
    assert_eq!(all(request).await, "1 2 3");
    let lines: Vec<String> = server.requests().iter().map(|it| it.line.clone()).collect();
    assert_eq!(
        lines,
        [
            "GET /shelves/top?kind=thin&debug=1",
            "GET /shelves/top?page=a",
            "GET /other?x=%20y&page=b",
            "GET /other?page=c",
        ]
    );
    for request in server.requests() {
        assert_eq!(request.header("x-trace").as_deref(), Some("7"));
        let authorization = request.header("authorization");
        assert_eq!(authorization, Some(format!("Bearer {KEY}")));
    }
}

#[test]
fn links_of_every_form() {
    for (values, expected) in [
        (&[r#"<a>; rel="next""#][..], Some("a")),
        (&["<a>;rel=next"], Some("a")),
        (&["< a b >; REL = \"NEXT\""], Some(" a b ")),
        (
            &[r#"<a>; rel="prev", <b?x=1,2;3>; rel="next""#],
            Some("b?x=1,2;3"),
        ),
        (&[r#"<a>; rel="prev""#, r#"<b>; rel="next""#], Some("b")),
        (
            &[r#"<a>; rel="prev first", <b>; rel="last  next""#],
            Some("b"),
        ),
        (&[r#"<a>; title="x, <y>; rel=next"; rel=prev"#], None),
        (&[r#"<a>; title="\"; rel=next"; rel="\next""#], Some("a")),
        (&[r#"<a>; rel="prev"; rel="next""#], None),
        (
            &[r#"<a>; rel="next"; anchor="/other", <b>; rel=next"#],
            Some("b"),
        ),
        (&["<a>; rel", "<b>; rel=next; crossorigin"], Some("b")),
        (&[",, <a>;; rel=next ;, <b>; rel=next"], Some("a")),
        (&["<>; rel=next"], Some("")),
        (&["<a>; rel=nextish, <b>; rev=next, <c>"], None),
        (&["a; rel=next, <b>; rel=next", "<c>; rel=next"], Some("c")),
        (&["<a; rel=next"], None),
        (&[r#"<a>; rel="next"#], Some("a")),
        (&["", "  ", ";", "<"], None),
        (&[], None),
    ] {
        assert_eq!(next_link(values).as_deref(), expected, "{values:?}");
    }
}

#[tokio::test]
async fn a_url_in_the_page_leads_to_the_next_one() {
    let server = Server::start([]).await;
    for next in [
        "\"?page=2\"".to_owned(),
        format!("\"{}/shelves/top?page=3#part\"", server.url),
        "\"//HOST/shelves/top?page=4\"".replace("HOST", server.url.trim_start_matches("http://")),
        "\"top?page=5\"".to_owned(),
        "null".to_owned(),
    ] {
        let body = format!(r#"{{"items":[],"next":{next}}}"#);
        server.push(Reply::json(200, &body));
    }
    assert_eq!(all(request::<ByUrl>(&server)).await, "");
    assert_eq!(
        asked(&server),
        ["", "?page=2", "?page=3", "?page=4", "?page=5"]
    );
}

#[tokio::test]
async fn credentials_stay_on_their_origin() {
    let other = Server::start([Reply::json(200, "[9]")]).await;
    let other_url = other.url.clone();
    let port = other_url.rsplit(':').next().unwrap_or_default();
    for next in [
        format!("{other_url}/shelves/top"),
        format!("//localhost:{port}/"),
        "https://127.0.0.1/".to_owned(),
        "file:///etc/passwd".to_owned(),
        "javascript:alert(1)".to_owned(),
    ] {
        let body = format!(r#"{{"items":[1],"next":"{next}"}}"#);
        let server = serve([&body]).await;
        let mut items = request::<ByUrl>(&server).into_stream();
        let (read, text) = stuck(&mut items).await;
        assert_eq!(read, "1");
        assert!(
            text.starts_with("`next` points to another origin (")
                && text.ends_with("), and credentials are only sent to the base URL's origin"),
            "{text}"
        );
        assert_eq!(server.requests().len(), 1);
        // A caller can't be made to go there, either.
        let mark = items.next_token().expect("it is told");
        let mut again = request::<ByUrl>(&server).into_stream_from(mark);
        let (_, failed) = self::read(&mut again).await;
        let error = failed.expect("an error");
        assert!(error.is_invalid_input(), "{error}");
        assert!(error.to_string().contains("another origin"), "{error}");
        assert_eq!(server.requests().len(), 1);
    }
    assert!(other.requests().is_empty());
    let server = serve([r#"{"items":[1],"next":"http://[nonsense"}"#]).await;
    let (_, text) = stuck(&mut request::<ByUrl>(&server).into_stream()).await;
    assert_eq!(text, "`next` is not a valid URL");
}

#[tokio::test]
async fn a_url_that_was_there_is_an_error() {
    // The first one's own, one from before, and one that differs in what is not sent alone.
    for (pages, expected) in [
        (vec!["?kind=a"], "0"),
        (vec!["?page=2", "?page=3", "?page=2"], "0 1 2"),
        (vec!["?page=2", "?page=2#x"], "0 1"),
    ] {
        let bodies = pages.iter().enumerate();
        let bodies = bodies.map(|(at, next)| format!(r#"{{"items":[{at}],"next":"{next}"}}"#));
        let server = Server::start(bodies.map(|body| Reply::json(200, &body))).await;
        let request = set(request::<ByUrl>(&server), "kind", "a");
        let (read, text) = stuck(&mut request.into_stream()).await;
        assert_eq!(read, expected);
        assert_eq!(text, "pagination loop: next page URL repeated (`next`)");
        assert_eq!(server.requests().len(), pages.len());
    }
    let server = Server::start([
        linked("[1]", "<?page=2>; rel=next"),
        linked("[2]", "<?page=2>; rel=next"),
    ])
    .await;
    let (_, text) = stuck(&mut request::<ByLink>(&server).into_stream()).await;
    assert!(
        text.ends_with("next page URL repeated (the header `Link`)"),
        "{text}"
    );
}

#[tokio::test]
async fn a_credential_of_the_query_is_sent_once_and_not_shown() {
    let server = serve([]).await;
    for next in [
        format!("?key={KEY}&page=2"),
        format!("?page=3&k%65y={KEY}"),
        format!(
            "http://user:word@{}/shelves/top?page=4",
            server.url.trim_start_matches("http://")
        ),
        format!("?key={KEY}"),
    ] {
        let body = format!(r#"{{"items":[1],"next":"{next}"}}"#);
        server.push(Reply::json(200, &body));
    }
    server.push(Reply::json(200, "[]"));
    let client = pets::settings(&QUERY, &server.url)
        .build()
        .expect("good settings");
    // The first page has a query of its own, so that a URL without one is another.
    let request = set(shelf::<ByUrl>(&client), "kind", "a");
    let mut items = request.into_stream();
    let mut marks = Vec::new();
    while let Some(item) = items.next().await {
        item.expect("an item");
        marks.extend(items.next_token().map(str::to_owned));
    }
    let key = format!("key={KEY}");
    let expected = [
        format!("?kind=a&{key}"),
        format!("?page=2&{key}"),
        format!("?page=3&{key}"),
        format!("?page=4&{key}"),
        format!("?{key}"),
    ];
    assert_eq!(asked(&server), expected);
    assert!(!marks.concat().contains(KEY) && !marks.concat().contains("word"));
    assert_eq!(marks[0], format!("{}/shelves/top?page=2", server.url));
    assert!(server.requests()[3].header("authorization").is_none());
}

#[tokio::test]
async fn an_error_at_a_url_shows_no_query_and_tells_where_to_go_on() {
    let first = r#"{"items":[1],"next":"/else/2?secret=hush"}"#;
    let server = Server::start([Reply::json(200, first), Reply::json(404, "{}")]).await;
    let mut items = request::<ByUrl>(&server).into_stream();
    let (_, failed) = read(&mut items).await;
    let text = failed.expect("an error").to_string();
    let url = format!("GET {}/else/2: 404", server.url);
    assert!(text.starts_with(&url) && !text.contains("hush"), "{text}");
    let mark = format!("{}/else/2?secret=hush", server.url);
    assert_eq!(items.next_token(), Some(mark.as_str()));
}

#[tokio::test]
async fn a_url_is_relative_to_the_prefix_of_the_base_url() {
    let server = serve([r#"{"items":[],"next":"top?page=2"}"#, "[]"]).await;
    let client = pets::client(&format!("{}/api/v1/", server.url));
    assert_eq!(all(shelf::<ByUrl>(&client)).await, "");
    let lines: Vec<String> = server.requests().iter().map(|it| it.line.clone()).collect();
    assert_eq!(
        lines,
        ["GET /api/v1/shelves/top", "GET /api/v1/shelves/top?page=2"]
    );
}
