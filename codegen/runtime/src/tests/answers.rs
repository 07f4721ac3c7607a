//! What becomes of answers: results, and each class of errors.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::time::Duration;

use super::pets::{self, BEARER, KEY, Pet, Pets};
use super::server::{Reply, Server};
use crate::error::Error;
use crate::request::Request;

async fn error_of(reply: Reply) -> Error {
    let server = Server::start([reply]).await;
    Pets(pets::client(&server.url))
        .get("p 1")
        .with_query("q", "v")
        .with_max_retries(0)
        .send()
        .await
        .unwrap_err()
}

/// An error's text without its times, which differ from run to run.
fn text(error: &Error) -> String {
    let text = error.to_string();
    let (Some(from), Some(to)) = (
        text.find(" in "),
        text.find("s)").or_else(|| text.find("s, ")),
    ) else {
        return text;
    };
    let (start, end) = (&text[..from], &text[to + 1..]);
    let url = start.find("127.0.0.1:").map_or(0, |at| at + 10);
    let port = start[url..].find('/').unwrap_or(0);
    format!("{}PORT{}{end}", &start[..url], &start[url + port..])
}

#[tokio::test]
async fn a_response_tells_status_headers_and_the_request_id() {
    let headers = ["x-request-id: req-7", "x-b: c"];
    let server = Server::start([Reply::with(201, &headers, r#"{"name":"Rex","more":[1]}"#)]).await;
    let response = Pets(pets::client(&server.url))
        .create(&Pet::new("Rex"))
        .send_with_response()
        .await
        .unwrap();
    assert_eq!(response.status().as_u16(), 201);
    assert_eq!(response.headers()["x-b"], "c");
    assert_eq!(response.request_id(), Some("req-7"));
    assert_eq!(response.attempts(), 1);
    assert!(response.elapsed() > Duration::ZERO);
    assert_eq!(response.body(), &Pet::new("Rex"));
    assert!(format!("{response:?}").starts_with("Response { status: 201, attempts: 1, "));
    assert_eq!(response.into_body(), Pet::new("Rex"));
}

#[tokio::test]
async fn any_success_and_any_content_type_will_do() {
    for (status, headers, body) in [
        (200, &["content-type: text/plain"][..], r#"{"name":"Rex"}"#),
        (206, &[], " {\"name\" : \"Rex\"}\r\n"),
        (
            299,
            &["content-type: application/problem+json"],
            "\u{feff}{\"name\":\"Rex\",\"tag\":null}",
        ),
    ] {
        let server = Server::start([Reply::with(status, headers, body)]).await;
        assert_eq!(
            Pets(pets::client(&server.url))
                .get("1")
                .send()
                .await
                .unwrap(),
            Pet::new("Rex")
        );
    }
}

#[tokio::test]
async fn each_status_has_its_predicate() {
    type Predicate = fn(&Error) -> bool;
    let cases: [(u16, Predicate); 9] = [
        (400, Error::is_bad_request),
        (401, Error::is_authentication),
        (403, Error::is_permission_denied),
        (404, Error::is_not_found),
        (409, Error::is_conflict),
        (422, Error::is_unprocessable),
        (429, Error::is_rate_limited),
        (500, Error::is_server),
        (503, Error::is_server),
    ];
    for (status, predicate) in cases {
        let error = error_of(Reply::json(status, "{}")).await;
        assert!(predicate(&error) && error.is_status(), "{error}");
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(error.attempts(), 1);
        let holding = cases
            .iter()
            .filter(|(_, predicate)| predicate(&error))
            .count();
        assert_eq!(holding, if status >= 500 { 2 } else { 1 });
        assert!(
            !error.is_timeout()
                && !error.is_connect()
                && !error.is_decode()
                && !error.is_invalid_input()
        );
    }
}

#[tokio::test]
async fn a_status_error_tells_all_that_is_known() {
    let headers = ["x-request-id: req-7", "retry-after: 2.5"];
    let error = error_of(Reply::with(
        404,
        &headers,
        "{\"detail\":\n  \"no pet\u{1b}[31m \u{202e}x\"}",
    ))
    .await;
    assert_eq!(
        text(&error),
        "GET http://127.0.0.1:PORT/pets/p%201 answered 404 Not Found (1 try, request id req-7); check the ids in the \
         path and the base URL; body: {\"detail\": \"no pet\\u{1b}[31m \\u{202e}x\"}"
    );
    assert_eq!(error.request_id(), Some("req-7"));
    assert_eq!(error.retry_after(), Some(Duration::from_millis(2500)));
    assert_eq!(error.headers().unwrap()["retry-after"], "2.5");
    assert!(error.body().starts_with(b"{\"detail\":\n"));
    assert!(error.source().is_none());
}

#[tokio::test]
async fn a_rejected_key_names_the_variable_to_mend() {
    let error = error_of(Reply::json(401, "")).await;
    assert_eq!(
        text(&error),
        "GET http://127.0.0.1:PORT/pets/p%201 answered 401 Unauthorized (1 try); check the API key (PETS_API_KEY), \
         it was not accepted; the body is empty"
    );
}

#[tokio::test]
async fn a_documented_error_body_is_read_as_its_type() {
    let error = error_of(Reply::json(422, r#"{"detail":"bad name"}"#)).await;
    let body: BTreeMap<String, String> = error.body_as().unwrap();
    assert_eq!(body["detail"], "bad name");
    let wrong = error.body_as::<Vec<Pet>>().unwrap_err();
    assert!(wrong.is_decode() && !wrong.is_status(), "{wrong:?}");
    assert_eq!(wrong.status().unwrap().as_u16(), 422);
    assert!(wrong.to_string().contains("invalid type: map"), "{wrong}");
    let none = pets::client("http://127.0.0.1:1");
    let none = Pets(none)
        .get("..")
        .send()
        .await
        .unwrap_err()
        .body_as::<Pet>()
        .unwrap_err();
    assert!(none.is_invalid_input(), "{none}");
}

#[tokio::test]
async fn a_success_that_isnt_the_documented_json_is_a_decode_error() {
    let cases = [
        (
            "text/html",
            "<html>hi</html>",
            "(text/html) is not the documented JSON: expected value",
            "body: <html>hi</html>",
        ),
        (
            "application/json",
            "",
            "EOF while parsing",
            "the body is empty",
        ),
        (
            "application/json",
            r#"{"name":"Re"#,
            "EOF while parsing a string",
            r#"body: {"name":"Re"#,
        ),
        (
            "application/json",
            "null",
            "invalid type: null, expected object Pet",
            "body: null",
        ),
        (
            "application/json",
            "[]",
            "invalid type: sequence, expected object Pet",
            "body: []",
        ),
        (
            "application/json",
            r#"{"name":1}"#,
            "at name: invalid type: integer `1`, expected a string",
            "body: {",
        ),
        (
            "application/json",
            r#"{"tag":"a"}"#,
            "missing field `name`",
            "body: {",
        ),
        (
            "application/json",
            r#"{"name":"Rex"} x"#,
            "trailing characters",
            "body: {",
        ),
        (
            "application/json",
            "\u{0}\u{1}",
            "expected value",
            "body: \\u{0}\\u{1}",
        ),
    ];
    for (content_type, body, what, excerpt) in cases {
        let header = format!("content-type: {content_type}");
        let error = error_of(Reply::with(200, &[&header], body)).await;
        assert!(error.is_decode() && !error.is_status(), "{error}");
        assert_eq!(error.status().unwrap().as_u16(), 200);
        assert_eq!(error.body(), body.as_bytes());
        assert!(error.source().unwrap().is::<serde_json::Error>());
        let text = error.to_string();
        assert!(text.contains("answered 200 OK, but the body ("), "{text}");
        assert!(text.contains(what) && text.contains(excerpt), "{text}");
    }
}

#[tokio::test]
async fn a_decode_error_names_the_place_in_the_json() {
    let server = Server::start([Reply::json(
        200,
        r#"[{"name":"a"},{"tag":"x","name":{"y":1}}]"#,
    )])
    .await;
    let error = Pets(pets::client(&server.url))
        .list()
        .send()
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("JSON at [1].name: invalid type: map, expected a string"),
        "{error}"
    );
}

#[tokio::test]
async fn a_body_that_breaks_off_is_a_decode_error_with_what_came() {
    let error = error_of(Reply::broken(200, &[], r#"{"name":"Rex","tag":"#)).await;
    assert!(error.is_decode() && !error.is_connect(), "{error}");
    assert!(
        error
            .to_string()
            .contains("answered 200 OK, but the body broke off after 20 bytes"),
        "{error}"
    );
    assert_eq!(error.body(), br#"{"name":"Rex","tag":"#);
    assert!(error.source().is_some());
}

#[tokio::test]
async fn an_errors_body_that_breaks_off_leaves_the_status() {
    let error = error_of(Reply::broken(422, &[], "{\"det")).await;
    assert!(error.is_unprocessable(), "{error}");
    assert_eq!(error.body(), b"{\"det");
}

#[tokio::test]
async fn bodies_are_capped() {
    let long = format!("{{\"name\":\"{}\"}}", "x".repeat(300_000));
    let chunked = |status| {
        let half = long.len() / 2;
        let chunks = format!(
            "{half:x}\r\n{}\r\n{:x}\r\n{}\r\n0\r\n\r\n",
            &long[..half],
            long.len() - half,
            &long[half..]
        );
        Reply::Bytes(
            format!("HTTP/1.1 {status} X\r\ntransfer-encoding: chunked\r\n\r\n{chunks}")
                .into_bytes(),
        )
    };
    for (reply, error_reply) in [
        (Reply::json(200, &long), Reply::json(404, &long)),
        (chunked(200), chunked(404)),
    ] {
        let server = Server::start([reply.clone(), reply.clone(), reply, error_reply]).await;
        let with_cap = |cap: usize| {
            let builder = pets::settings(&BEARER, &server.url)
                .max_retries(0)
                .max_body_size(cap);
            Pets(builder.max_error_body_size(1000).build().unwrap())
        };
        assert_eq!(
            with_cap(usize::MAX)
                .get("1")
                .send()
                .await
                .unwrap()
                .name
                .len(),
            300_000
        );
        assert_eq!(
            with_cap(long.len())
                .get("1")
                .send()
                .await
                .unwrap()
                .name
                .len(),
            300_000
        );
        let error = with_cap(long.len() - 1).get("1").send().await.unwrap_err();
        assert!(error.is_decode(), "{error}");
        assert!(
            error
                .to_string()
                .contains(&format!("a body of more than {} bytes", long.len() - 1)),
            "{error}"
        );
        assert!(error.to_string().len() < 700, "{error}");
        assert_eq!(error.body().len(), long.len() - 1);
        let error = with_cap(5).get("1").send().await.unwrap_err();
        assert!(error.is_not_found(), "{error}");
        assert_eq!(error.body(), &long.as_bytes()[..1000]);
    }
}

#[tokio::test]
async fn a_small_body_that_unpacks_to_a_big_one_is_capped() {
    // gzip of {"name":"xxx..."} with 200,000 x: 243 bytes, most of them zero.
    let head = "1f8b0800000000000203edc1310d00201004302f2703370c3fc24c42f0fe1ad8dbdeecb92a2307";
    let tail = "f896d7643298634b0d0300";
    let bytes = |hex: &str| -> Vec<u8> {
        let digits = hex.as_bytes().chunks(2);
        let byte = |pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
        digits.map(byte).collect()
    };
    let (head, tail) = (bytes(head), bytes(tail));
    let body = [head.clone(), vec![0; 243 - head.len() - tail.len()], tail].concat();
    let mut reply =
        b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 243\r\n\r\n".to_vec();
    reply.extend(body);
    let server = Server::start([Reply::Bytes(reply.clone()), Reply::Bytes(reply)]).await;
    let pet = Pets(pets::client(&server.url))
        .get("1")
        .send()
        .await
        .unwrap();
    assert_eq!(pet.name.len(), 200_000);
    let builder = pets::settings(&BEARER, &server.url).max_body_size(10_000);
    let error = Pets(builder.build().unwrap())
        .get("1")
        .send()
        .await
        .unwrap_err();
    assert!(error.is_decode() && error.body().len() == 10_000, "{error}");
}

#[tokio::test]
async fn no_connection_is_a_connect_error() {
    // The port was free a moment ago and nobody listens there.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = Pets(pets::client(&url)).get("1").send().await.unwrap_err();
    assert!(
        error.is_connect() && !error.is_timeout() && !error.is_status(),
        "{error}"
    );
    assert_eq!(error.attempts(), 3);
    assert!(error.status().is_none() && error.body().is_empty());
    assert!(
        error
            .to_string()
            .contains("could not connect: Connection refused"),
        "{error}"
    );
    assert!(
        error
            .to_string()
            .contains("check the base URL and the network"),
        "{error}"
    );
    assert!(error.source().unwrap().is::<reqwest::Error>());
}

#[tokio::test]
async fn a_lost_connection_says_so() {
    let error = error_of(Reply::Close(Vec::new())).await;
    assert!(!error.is_connect() && !error.is_timeout() && !error.is_status() && !error.is_decode());
    assert!(
        error
            .to_string()
            .contains("lost the connection before an answer came"),
        "{error}"
    );
}

#[tokio::test]
async fn what_isnt_http_is_no_answer() {
    let error = error_of(Reply::Close(b"SSH-2.0-OpenSSH_9.6\r\n".to_vec())).await;
    assert!(error.status().is_none() && !error.is_connect(), "{error}");
}

#[tokio::test]
async fn the_key_never_shows() {
    let echo = format!(
        r#"{{"name":["{KEY}"],"again":"{KEY}{KEY}","cookie":"s3cr3t cookie","auth":"Bearer {KEY}"}}"#
    );
    let location = format!("location: http://elsewhere.example/{KEY}?key={KEY}");
    for profile in [&BEARER, &pets::HEADER, &pets::QUERY, &pets::COOKIE] {
        let replies = [
            Reply::json(400, &echo),
            Reply::json(200, &echo),
            Reply::json(200, &format!("[\"{KEY}\"]")),
            Reply::with(302, &[&location], &echo),
            Reply::broken(200, &[&format!("x-request-id: {KEY}")], &echo),
            Reply::Close(Vec::new()),
        ];
        let count = replies.len();
        let server = Server::start(replies).await;
        let builder = pets::settings(profile, &server.url).header("x-auth-token", "t0k3n-9");
        assert!(!format!("{builder:?}").contains(KEY));
        let client = builder.build().unwrap();
        assert!(!format!("{client:?} {client:#?}").contains(KEY));
        for _ in 0..count {
            let request = Pets(client.clone())
                .list()
                .session("s3cr3t cookie")
                .with_max_retries(0);
            let request = request
                .with_header("authorization", "Basic bXk6cHc9")
                .with_query("q", KEY);
            let shown = format!("{request:?}");
            assert!(!shown.contains(KEY) && !shown.contains("s3cr3t"), "{shown}");
            let error = request.send().await.unwrap_err();
            let mut shown = format!("{error} {error:?} {error:#?}");
            let mut source = error.source();
            while let Some(next) = source {
                shown = format!("{shown} {next} {next:?}");
                source = next.source();
            }
            for secret in [KEY, "s3cr3t", "bXk6cHc9", "t0k3n-9"] {
                assert!(!shown.contains(secret), "{shown}");
            }
        }
    }
}

#[test]
fn everything_can_cross_threads_and_errors_are_small() {
    fn crosses<T: Send + Sync + 'static>() {}
    fn sends<T: Send>(_: &T) {}
    crosses::<crate::client::Client>();
    crosses::<Error>();
    crosses::<Request<pets::GetPet>>();
    crosses::<crate::response::Response<Pet>>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    let pets = Pets(pets::client("http://127.0.0.1:1"));
    sends(&pets.get("1").send());
    sends(&pets.get("1").clone().send_with_response());
}
