//! Calls that the API description doesn't have.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::everything_of;
use super::pets::{self, IDEMPOTENT, KEY, Pet, QUERY};
use super::server::{Reply, Server};
use crate::runtime::client::ClientCore;

const PET: &str = r#"{"name":"Rex"}"#;

/// A server and a client whose base URL has a prefix.
async fn start(replies: impl IntoIterator<Item = Reply>) -> (Server, ClientCore) {
    let server = Server::start(replies).await;
    let client = pets::client(&format!("{}/v1/", server.url));
    (server, client)
}

fn lines(server: &Server) -> Vec<String> {
    let requests = server.requests().into_iter();
    requests.map(|request| request.line).collect()
}

#[tokio::test]
async fn a_path_is_put_behind_the_base_url_as_it_is() {
    let cases = [
        ("/pets/7", "/v1/pets/7"),
        ("pets/7", "/v1/pets/7"),
        ("", "/v1/"),
        ("?page=2", "/v1/?page=2"),
        ("/pets?page=2&q=a%2Fb+c", "/v1/pets?page=2&q=a%2Fb+c"),
        ("/pets/a%2Fb%5C%3F/", "/v1/pets/a%2Fb%5C%3F/"),
        ("/pets//x;y=1/a:b@c", "/v1/pets//x;y=1/a:b@c"),
        ("/pets/...", "/v1/pets/..."),
        ("/pets/\u{e9} {id}", "/v1/pets/%C3%A9%20%7Bid%7D"),
        (
            "/go?to=http://elsewhere.example/../x\\y",
            "/v1/go?to=http://elsewhere.example/../x\\y",
        ),
        ("@elsewhere.example", "/v1/@elsewhere.example"),
        (":80/x", "/v1/:80/x"),
    ];
    let (server, client) = start(cases.map(|_| Reply::json(200, PET))).await;
    for (path, _) in cases {
        let _: Pet = client.request("GET", path).send().await.unwrap();
    }
    let expected = cases.map(|(_, target)| format!("GET {target}"));
    assert_eq!(lines(&server), expected);
    let request = &server.requests()[0];
    assert_eq!(
        request.header("authorization").unwrap(),
        format!("Bearer {KEY}")
    );
    assert_eq!(request.header("accept").unwrap(), "application/json");
    assert_eq!(request.header("content-type"), None);
    assert_eq!(request.body, "");
}

#[tokio::test]
async fn a_whole_url_of_the_same_origin_is_taken() {
    let (server, client) = start((0..2).map(|_| Reply::json(200, PET))).await;
    for url in [server.url.clone(), server.url.replace("http", "HTTP")] {
        let url = format!("{url}/v2/next?page=t%2F2");
        let _: Value = client.request("GET", url).send().await.unwrap();
    }
    assert_eq!(lines(&server), ["GET /v2/next?page=t%2F2"; 2]);
}

#[tokio::test]
async fn what_leads_elsewhere_or_isnt_sent_as_it_stands_is_refused() {
    let server = Server::start([]).await;
    let client = pets::client(&format!("{}/v1", server.url));
    let host = server.url.strip_prefix("http://").unwrap();
    let port = server.url.rsplit_once(':').unwrap().1;
    let other_origin = [
        "https://elsewhere.example/x?key=s3cret".to_owned(),
        format!("https://{host}/x?key=s3cret"),
        format!("http://localhost:{port}/x?key=s3cret"),
        format!("http://s3cret@{host}/x"),
        format!("http://me:s3cret@{host}/x"),
        format!("http://:s3cret@{host}/x"),
        format!("ftp://{host}/s3cret"),
        "file:///etc/s3cret".to_owned(),
        "http://127.0.0.1/x?s3cret".to_owned(),
    ];
    for url in &other_origin {
        refused(&client, url, "another origin").await;
    }
    refused(&client, &format!("//{host}/x?s3cret"), "starts with `//`").await;
    refused(&client, "http://?s3cret", "the path is invalid").await;
    refused(
        &client,
        &format!("http://{host}:x/?s3cret"),
        "the path is invalid",
    )
    .await;
    for fragment in ["/x#s3cret", "/x?q=1#s3cret", "#"] {
        refused(&client, fragment, "contains a fragment (`#`)").await;
    }
    let dots = [
        "..",
        "/..",
        "/../x",
        "/x/../../y?s3cret",
        "/x/.",
        "./x",
        "/%2e%2E/x",
        "/x/.%2e",
        "/%2E/x",
    ];
    for path in dots {
        refused(&client, path, "contains a segment `.` or `..`").await;
    }
    let whole = format!("{}/v1/../admin", server.url);
    refused(&client, &whole, "contains a segment `.` or `..`").await;
    for path in ["/x\\..\\y", "\\\\elsewhere.example", "/a\\b?s3cret"] {
        refused(&client, path, "contains a backslash").await;
    }
    // These are taken out of a URL before it is read, and dots would come together.
    for path in ["/x/.\t./y", "/x/.\n.", "/x/.. ", "/x\r\nhost: y", "/x?a=\0"] {
        refused(&client, path, "contains a control character").await;
    }
    assert!(server.requests().is_empty());
}

async fn refused(client: &ClientCore, path: &str, part: &str) {
    let request = client.request("GET", path);
    let error = request.send::<Value>().await.unwrap_err();
    assert!(error.is_invalid_input(), "{path}: {error}");
    assert_eq!(error.attempts(), 0);
    let text = error.to_string();
    assert!(
        text.starts_with("the GET can't be sent: the "),
        "{path}: {text}"
    );
    assert!(text.contains(part), "{path}: {text}");
    assert!(!everything_of(&error).contains("s3cret"), "{path}: {text}");
}

#[tokio::test]
async fn any_method_can_be_sent_and_none_that_cant_be_one() {
    let methods = ["PURGE", "patch", "OPTIONS", "X-Y"];
    let (server, client) = start(methods.map(|_| Reply::with(200, &[], "1"))).await;
    for method in methods {
        let one: i64 = client.request(method, "/x").send().await.unwrap();
        assert_eq!(one, 1);
    }
    assert_eq!(
        lines(&server),
        methods.map(|method| format!("{method} /v1/x"))
    );
    for method in ["", "GET /x", "G\r\nET", "G\u{e9}T"] {
        let error = client
            .request(method, "/x")
            .send::<Value>()
            .await
            .unwrap_err();
        assert!(error.is_invalid_input(), "{error}");
        assert!(error.to_string().contains("the method "), "{error}");
    }
    assert_eq!(server.requests().len(), methods.len());
}

#[tokio::test]
async fn a_body_is_json_or_any_bytes() {
    let (server, client) = start((0..4).map(|_| Reply::json(200, "{}"))).await;
    let request = client.request("POST", "/x").json(&json!({"a": [null]}));
    let _: Value = request.send().await.unwrap();
    let request = client
        .request("POST", "/x")
        .body("a,b\n", "text/csv; header=absent");
    let _: Value = request.send().await.unwrap();
    let request = client
        .request("DELETE", "/x")
        .body("", "text/plain")
        .json("last");
    let _: Value = request.send().await.unwrap();
    let request = client.request("POST", "/x").body("x", "text/csv\n");
    assert!(
        request
            .send::<Value>()
            .await
            .unwrap_err()
            .is_invalid_input()
    );
    // A map whose keys are no texts.
    let unwritable = BTreeMap::from([(vec![1], 2)]);
    let request = client.request("POST", "/x").json(&unwritable);
    assert!(
        request
            .send::<Value>()
            .await
            .unwrap_err()
            .is_invalid_input()
    );
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    let sent = |index: usize| {
        let request: &super::server::Recorded = &requests[index];
        (
            request.header("content-type").unwrap(),
            request.body.as_str(),
        )
    };
    assert_eq!(sent(0), ("application/json".to_owned(), r#"{"a":[null]}"#));
    assert_eq!(sent(1), ("text/csv; header=absent".to_owned(), "a,b\n"));
    assert_eq!(sent(2), ("application/json".to_owned(), "\"last\""));
}

#[tokio::test]
async fn the_response_is_of_any_type() {
    let headers = ["x-request-id: r-1"];
    let (_server, client) = start([
        Reply::with(201, &headers, "[1,2]"),
        Reply::json(200, PET),
        Reply::with(200, &["content-type: text/csv"], "a,b\u{ff}\n"),
        Reply::with(200, &["content-type: text/html"], "<html>"),
        Reply::with(204, &[], ""),
    ])
    .await;
    let request = client.request("GET", "/x");
    let response = request
        .clone()
        .send_with_response::<Vec<u8>>()
        .await
        .unwrap();
    assert_eq!(response.status(), 201);
    assert_eq!(response.request_id(), Some("r-1"));
    assert_eq!(response.into_body(), [1, 2]);
    assert_eq!(
        request.clone().send::<Pet>().await.unwrap(),
        Pet::new("Rex")
    );
    let raw = request.clone().send_raw().await.unwrap();
    assert_eq!(raw.headers()["content-type"], "text/csv");
    assert_eq!(raw.into_body(), "a,b\u{ff}\n");
    let error = request.clone().send::<Value>().await.unwrap_err();
    assert!(
        error.is_decode() && error.status().unwrap() == 200,
        "{error}"
    );
    let empty = request.send_raw().await.unwrap();
    assert!(empty.status() == 204 && empty.body().is_empty());
}

#[tokio::test]
async fn tries_limits_and_errors_are_those_of_all_calls() {
    for (method, tries) in [
        ("GET", 3),
        ("PUT", 3),
        ("POST", 1),
        ("PURGE", 1),
        ("get", 1),
    ] {
        let (server, client) = start((0..3).map(|_| Reply::json(500, "{}"))).await;
        let request = client
            .request(method, "/x/y?q=s3cret")
            .with_query("r", "s3cret");
        let error = request.send::<Value>().await.unwrap_err();
        assert!(error.is_server(), "{error}");
        assert_eq!(error.attempts(), tries, "{method}");
        assert_eq!(
            lines(&server)[0],
            format!("{method} /v1/x/y?q=s3cret&r=s3cret")
        );
        let text = error.to_string();
        let start = format!("{method} {}/v1/x/y: 500 ", server.url);
        assert!(text.starts_with(&start), "{text}");
        assert!(!everything_of(&error).contains("s3cret"), "{text}");
    }
    let (server, client) = start([Reply::Hang(Vec::new())]).await;
    let request = client
        .request("POST", "/x")
        .with_timeout(std::time::Duration::from_millis(20));
    let error = request.send::<Value>().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    // On a busy machine the time may pass before the server has read it.
    assert_eq!(error.attempts(), 1);
    assert!(server.requests().len() <= 1);
}

#[tokio::test]
async fn options_of_the_client_and_of_the_call_are_kept() {
    let server = Server::start((0..3).map(|_| Reply::json(500, PET))).await;
    let settings = pets::settings(&QUERY, &server.url).header("x-team", "search");
    let client = settings.build().unwrap();
    let request = client
        .request(reqwest::Method::GET, "/x?a=1")
        .with_header("x-call", "7")
        .with_query("b", "c d")
        .with_max_retries(0);
    let shown = format!("{request:?}");
    assert!(
        shown.contains("x-call") && !shown.contains("c d"),
        "{shown}"
    );
    request.send::<Value>().await.unwrap_err();
    let sent = server.request();
    assert_eq!(sent.line, format!("GET /x?a=1&key={KEY}&b=c%20d"));
    assert_eq!(sent.header("x-team").unwrap(), "search");
    assert_eq!(sent.header("x-call").unwrap(), "7");

    let server = Server::start([Reply::json(500, "{}"), Reply::json(200, PET)]).await;
    let client = pets::settings(&IDEMPOTENT, &server.url).build().unwrap();
    let response = client.request("POST", "/x").send_with_response::<Pet>();
    assert_eq!(response.await.unwrap().attempts(), 2);
    let keys: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.header("idempotency-key").unwrap())
        .collect();
    assert_eq!(keys[0], keys[1]);
}

#[test]
fn its_futures_cross_threads() {
    fn sends<T: Send>(_: &T) {}
    let client = pets::client("http://127.0.0.1:1");
    sends(&client.request("GET", "/").send::<Value>());
    sends(&client.request("GET", "/").send_streaming());
}
