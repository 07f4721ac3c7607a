//! What becomes of successful responses: results, and bodies that aren't the documented ones.

use std::error::Error as _;
use std::time::Duration;

use super::error_of;
use super::pets::{self, BEARER, Pet, Pets};
use super::server::{Reply, Server};

#[tokio::test]
async fn response_has_status_headers_and_request_id() {
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
async fn response_of_any_success_and_content_type_is_decoded() {
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
async fn response_without_body_is_distinguished() {
    let replies = [
        Reply::with(204, &[], ""),
        Reply::with(200, &[], ""),
        Reply::json(200, r#"{"name":"Rex"}"#),
    ];
    let server = Server::start(replies).await;
    let pets = Pets(pets::client(&server.url));
    assert_eq!(pets.delete("1").send().await.unwrap(), None);
    assert_eq!(pets.delete("1").send().await.unwrap(), None);
    assert_eq!(
        pets.delete("1").send().await.unwrap(),
        Some(Pet::new("Rex"))
    );
}

#[tokio::test]
async fn decode_error_for_success_that_isnt_the_documented_json() {
    let cases = [
        (
            "text/html",
            "<html>hi</html>",
            "is not the documented JSON: expected value",
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
        assert!(
            text.contains("response body is not the documented JSON"),
            "{text}"
        );
        assert!(text.contains(what) && text.contains(excerpt), "{text}");
    }
}

#[tokio::test]
async fn decode_error_names_the_json_path() {
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
async fn truncated_body_is_interrupted_and_keeps_what_was_received() {
    let error = error_of(Reply::broken(200, &[], r#"{"name":"Rex","tag":"#)).await;
    assert!(error.is_interrupted() && !error.is_decode(), "{error}");
    assert!(!error.is_connect(), "{error}");
    assert!(
        error
            .to_string()
            .contains("response body truncated after 20 bytes at tag: "),
        "{error}"
    );
    assert_eq!(error.body(), br#"{"name":"Rex","tag":"#);
    assert!(error.source().is_some());
}

#[tokio::test]
async fn body_size_is_limited() {
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
            error.to_string().contains(&format!(
                "response body exceeds {} bytes (200 OK",
                long.len() - 1
            )),
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
async fn body_size_is_limited_after_decompression() {
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
async fn invalid_utf8_is_an_error_only_where_it_is_decoded() {
    let reply = |body: &[u8]| {
        let length = body.len();
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n");
        Reply::Bytes([head.as_bytes(), body].concat())
    };
    let read = [
        &b"{\"more\":1,\"name\":\"R\xe9x\"}"[..],
        // Neither an escape nor half a pair of surrogates before it makes it something else.
        b"{\"more\":1,\"name\":\"\\\xe9\"}",
        b"{\"more\":1,\"name\":\"\\ud800\xe9\"}",
    ];
    let replies: Vec<Reply> = read.into_iter().map(reply).collect();
    let passed_over = reply(b"{\"name\":\"Rex\",\"more\":[\"\xe9\",\"\xc3\"]}");
    let wrong_type = reply(b"{\"more\":\"\xe9\",\"name\":7}");
    let server = Server::start(replies.into_iter().chain([passed_over, wrong_type])).await;
    let pets = Pets(pets::client(&server.url));
    for body in read {
        let error = pets.get("1").send().await.unwrap_err();
        let shown = error.to_string();
        assert!(error.is_decode() && shown.contains(" at name: "), "{shown}");
        assert!(shown.contains("invalid utf-8"), "{shown}");
        assert_eq!(error.body(), body);
    }
    assert_eq!(pets.get("1").send().await.unwrap(), Pet::new("Rex"));
    let shown = pets.get("1").send().await.unwrap_err().to_string();
    assert!(shown.contains("integer `7`"), "{shown}");
}
