//! Keys and tokens that were sent, or were about to be, and are shown nowhere.

use std::convert::Infallible;
use std::future::ready;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::doubles::{self, Watched};
use super::everything_of;
use super::pets::{self, BEARER, COOKIE, HEADER, Pets, QUERY};
use super::server::{Reply, Server};
use crate::runtime::credential::Token;
use crate::runtime::error::Error;
use crate::runtime::mock::{MockResponse, MockTransport};

/// What a server hands back that read a request too well.
const ECHO: &str = r#"{"name":["s3cret-1","Bearer s3cret-2","s3cret%2D2","sid=s3cret-1"]}"#;

fn hides_all(error: &Error) {
    let shown = everything_of(error);
    assert!(!shown.contains("s3cret"), "{shown}");
}

#[tokio::test]
async fn redacts_rejected_and_renewed_tokens() {
    for profile in [&BEARER, &HEADER, &QUERY, &COOKIE] {
        let location = "location: http://elsewhere.example/s3cret-1?key=s3cret-2";
        let second = [
            Reply::json(401, ECHO),
            Reply::json(400, ECHO),
            Reply::with(200, &["x-request-id: s3cret-1"], ECHO),
            Reply::broken(200, &["x-request-id: s3cret-2"], ECHO),
            Reply::with(307, &[location], ECHO),
            Reply::Close(Vec::new()),
        ];
        for reply in second {
            let server = Server::start([Reply::json(401, ECHO), reply]).await;
            let asked = AtomicU32::new(0);
            let builder = pets::settings(profile, &server.url).token_provider(move || {
                let number = asked.fetch_add(1, Ordering::SeqCst) + 1;
                ready(Ok::<_, Infallible>(format!("s3cret-{number}")))
            });
            assert!(!format!("{builder:?}").contains("s3cret"));
            let client = builder.build().unwrap();
            let request = Pets(client.clone()).get("1").with_max_retries(0);
            let error = request.send().await.unwrap_err();
            assert_eq!(server.requests().len(), 2);
            hides_all(&error);
            let shown = format!("{client:?} {client:#?}");
            assert!(!shown.contains("s3cret"), "{shown}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn redacts_a_key_replaced_between_attempts() {
    let mock = MockTransport::new();
    mock.expect("GET", "/v1/pets/1")
        .respond(MockResponse::new(503));
    mock.expect("GET", "/v1/pets/1")
        .respond(MockResponse::new(400).body(ECHO));
    let client = doubles::settings(&BEARER, &mock)
        .credential(0, "s3cret-1".to_owned())
        .build()
        .unwrap();
    let call = tokio::spawn(Pets(client.clone()).get("1").send());
    tokio::time::sleep(Duration::from_millis(1)).await;
    client.replace_credential(0, "s3cret-2".to_owned()).unwrap();
    let error = call.await.unwrap().unwrap_err();
    assert!(error.is_bad_request(), "{error}");
    hides_all(&error);
    mock.assert_done();
}

#[tokio::test]
async fn redacts_errors_of_providers_and_transports() {
    let mock = MockTransport::new();
    mock.expect("GET", "/v1/pets/1")
        .respond(MockResponse::new(401));
    let asked = AtomicU32::new(0);
    let builder = doubles::settings(&BEARER, &mock).token_provider(move || {
        ready(match asked.fetch_add(1, Ordering::SeqCst) {
            0 => Ok(Token::new("s3cret-1")),
            _ => Err("no successor of s3cret-1"),
        })
    });
    let client = builder.build().unwrap();
    let error = Pets(client).get("1").send().await.unwrap_err();
    assert!(
        error.to_string().contains("no successor of [redacted]"),
        "{error}"
    );
    hides_all(&error);

    let client = doubles::settings(&BEARER, &MockTransport::new())
        .credential(0, "s3cret-1".to_owned())
        .transport(super::transports::Refusing("s3cret-1 got nowhere"))
        .build()
        .unwrap();
    let request = Pets(client).get("1").with_max_retries(0);
    let error = request.send().await.unwrap_err();
    assert!(
        error.to_string().contains("[redacted] got nowhere"),
        "{error}"
    );
    hides_all(&error);
}

#[tokio::test]
async fn redacts_the_key_in_polling_errors() {
    let dead = r#"{"health":"DEAD","auth":"s3cret-1"}"#;
    let server = Server::start([Reply::json(200, dead)]).await;
    let builder = pets::settings(&BEARER, &server.url).credential(0, "s3cret-1".to_owned());
    let waiting = Pets(builder.build().unwrap()).cure("1");
    let error = waiting.send().await.unwrap_err();
    assert!(error.is_operation_failed(), "{error}");
    hides_all(&error);
}

#[test]
fn token_debug_shows_its_lifetime_only() {
    let token = Token::from("s3cret-1".to_owned()).expires_in(Duration::from_secs(60));
    let shown = format!("{token:?} {:?}", token.clone());
    assert!(
        shown.starts_with("Token { lifetime: Some(60s), .. }"),
        "{shown}"
    );
    assert!(!shown.contains("s3cret"), "{shown}");
}

#[tokio::test]
async fn middleware_debug_shows_no_key() {
    let mock = MockTransport::new();
    mock.expect("GET", "/v1/pets/1")
        .respond(MockResponse::new(200));
    let builder = doubles::settings(&BEARER, &mock)
        .credential(0, "s3cret-1".to_owned())
        .wrap_transport(|inner| {
            let watch = |request: &mut reqwest::Request| {
                // A log line that somebody writes without a thought.
                let shown = format!("{request:?}");
                assert!(!shown.contains("s3cret"), "{shown}");
                assert!(request.headers().contains_key("authorization"));
            };
            Watched { inner, watch }
        });
    let error = Pets(builder.build().unwrap()).get("1").send().await;
    assert!(error.unwrap_err().is_decode());
    mock.assert_done();
}
