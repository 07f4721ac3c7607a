//! Each class of errors: its predicates, its text, and what it doesn't show.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::time::Duration;

use super::error_of;
use super::pets::{self, BEARER, KEY, Pet, Pets};
use super::server::{Reply, Server};
use crate::runtime::error::Error;

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
async fn error_predicate_of_each_status() {
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
async fn error_message_of_a_status() {
    let headers = ["x-request-id: req-7", "retry-after: 2.5"];
    let error = error_of(Reply::with(
        404,
        &headers,
        "{\"detail\":\n  \"no pet\u{1b}[31m \u{202e}x\"}",
    ))
    .await;
    assert_eq!(
        text(&error),
        "GET http://127.0.0.1:PORT/pets/p%201: 404 Not Found (1 attempt, request id req-7); check the IDs in the \
         path and the base URL; body: {\"detail\": \"no pet\\u{1b}[31m \\u{202e}x\"}; not retried: a \
         retry would get the same response"
    );
    assert_eq!(error.request_id(), Some("req-7"));
    assert_eq!(error.retry_after(), Some(Duration::from_millis(2500)));
    assert_eq!(error.headers().unwrap()["retry-after"], "2.5");
    assert!(error.body().starts_with(b"{\"detail\":\n"));
    assert!(error.source().is_none());
}

#[tokio::test]
async fn error_message_of_a_rejected_key_names_the_variable() {
    let error = error_of(Reply::json(401, "")).await;
    assert_eq!(
        text(&error),
        "GET http://127.0.0.1:PORT/pets/p%201: 401 Unauthorized (1 attempt); check the API key (PETS_API_KEY), \
         it was not accepted; the body is empty; not retried: a retry would get the same response"
    );
}

#[tokio::test]
async fn error_body_decodes_as_its_documented_type() {
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
async fn error_with_a_truncated_body_keeps_the_status() {
    let error = error_of(Reply::broken(422, &[], "{\"det")).await;
    assert!(error.is_unprocessable(), "{error}");
    assert_eq!(error.body(), b"{\"det");
}

#[tokio::test]
async fn error_without_connection_is_a_connect_error() {
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
async fn error_of_a_closed_connection() {
    let error = error_of(Reply::Close(Vec::new())).await;
    assert!(!error.is_connect() && !error.is_timeout() && !error.is_status() && !error.is_decode());
    assert!(
        error
            .to_string()
            .contains("connection closed before a response was received"),
        "{error}"
    );
}

#[tokio::test]
async fn error_of_a_response_that_isnt_http() {
    let error = error_of(Reply::Close(b"SSH-2.0-OpenSSH_9.6\r\n".to_vec())).await;
    assert!(error.status().is_none() && !error.is_connect(), "{error}");
}

#[tokio::test]
async fn error_never_shows_the_key() {
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
fn error_is_small_and_everything_is_send() {
    fn crosses<T: Send + Sync + 'static>() {}
    fn sends<T: Send>(_: &T) {}
    crosses::<crate::runtime::client::ClientCore>();
    crosses::<Error>();
    crosses::<pets::GetPet>();
    crosses::<crate::runtime::response::Response<Pet>>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    let pets = Pets(pets::client("http://127.0.0.1:1"));
    sends(&pets.get("1").send());
    sends(&pets.get("1").clone().send_with_response());
}
