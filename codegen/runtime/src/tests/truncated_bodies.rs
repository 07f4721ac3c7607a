//! Bodies that are shorter or longer than their `Content-Length`.

use h2::Reason;

use super::doubles;
use super::http2_peer::{End, Http2Peer, Turn};
use super::pets::{self, Pet, Pets};
use super::server::{Reply, Server};
use super::streaming::GZIPPED;
use crate::runtime::error::Error;
use crate::runtime::mock::{MockResponse, MockTransport};

const PET: &str = r#"{"name":"Rex"}"#;
const BEGUN: &[u8] = b"{\"name\":\"Rex\",  ";
const CUT: End = End::Reset(Reason::NO_ERROR);

/// A response of which 16 of 1,000 bytes come.
fn cut() -> Turn {
    Turn::ok(&[("content-length", "1000")], &[BEGUN], CUT)
}

/// Asserts that an error is that of a body which broke off after 16 bytes.
fn assert_cut(error: &Error) {
    assert!(error.is_interrupted() && !error.is_decode(), "{error}");
    assert!(!error.is_connect() && !error.is_timeout() && !error.is_status());
    assert_eq!(error.status().unwrap(), 200);
    let text = error.to_string();
    let part = "response body truncated after 16 bytes";
    let cause = ": Content-Length is 1000 (200 OK";
    assert!(text.contains(part) && text.contains(cause), "{text}");
}

#[tokio::test]
async fn truncated_body_of_a_reset_stream_is_an_error() {
    let peer = Http2Peer::start((0..5).map(|_| cut())).await;
    let pets = peer.pets();
    let error = pets.get("1").with_max_retries(0).send().await.unwrap_err();
    assert_cut(&error);
    assert_eq!(error.body(), BEGUN);
    // A POST may have been carried out.
    assert_cut(&pets.create(&Pet::new("Rex")).send().await.unwrap_err());
    let raw = pets.get("1").with_max_retries(0).send_raw().await;
    assert_cut(&raw.unwrap_err());
    let custom = pets.0.request("GET", "x").with_max_retries(0);
    assert_cut(&custom.send_raw().await.unwrap_err());
    let response = pets.get("1").send_streaming().await.unwrap();
    let (bytes, error) = super::streaming::rest(response.into_body()).await;
    assert_eq!(bytes, BEGUN);
    assert_cut(&error.expect("it was cut"));
    assert_eq!(peer.count(), 5);
}

#[tokio::test]
async fn truncated_body_is_retried_for_idempotent_requests() {
    let peer = Http2Peer::start([cut(), cut(), Turn::json(PET)]).await;
    let response = peer.pets().get("1").send_with_response().await.unwrap();
    assert_eq!(response.attempts(), 3);
    assert_eq!(response.into_body(), Pet::new("Rex"));
    assert_eq!(peer.count(), 3);
}

#[tokio::test]
async fn truncated_body_stream_is_an_error() {
    let length = [("content-length", "20")];
    let turns = [
        Turn::ok(&length, &[BEGUN], End::Stream),
        Turn::ok(&length, &[BEGUN, BEGUN], End::Stream),
        Turn::ok(&length, &[BEGUN, BEGUN], CUT),
        Turn::ok(&length, &[BEGUN], End::Reset(Reason::CANCEL)),
        Turn::ok(&length, &[BEGUN], End::Reset(Reason::REFUSED_STREAM)),
        Turn::ok(&[], &[BEGUN], End::Reset(Reason::CANCEL)),
        // Nothing at all.
        Turn::ok(&length, &[], CUT),
        Turn::ok(&length, &[], End::Stream),
    ];
    let peer = Http2Peer::start(turns.clone()).await;
    let pets = peer.pets();
    for turn in &turns {
        let error = pets.create(&Pet::new("Rex")).send().await.unwrap_err();
        assert!(
            error.is_interrupted() && !error.is_decode(),
            "{turn:?}: {error}"
        );
        assert_eq!(error.attempts(), 1);
    }
    assert_eq!(peer.count(), turns.len());
}

#[tokio::test]
async fn truncated_event_stream_is_an_error() {
    let head = [
        ("content-length", "1000"),
        ("content-type", "text/event-stream"),
    ];
    let body = b"data: {\"name\":\"Rex\"}\n\ndata: {\"name\":\"";
    let peer = Http2Peer::start([Turn::ok(&head, &[body], CUT)]).await;
    let client = peer.settings().build().unwrap();
    let mut events = super::events::watch_with(&client).into_events();
    assert_eq!(events.next().await.unwrap().unwrap(), Pet::new("Rex"));
    let error = events.next().await.unwrap().unwrap_err();
    assert!(error.is_interrupted() && !error.is_decode(), "{error}");
    assert!(error.to_string().contains("Content-Length is 1000"));
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn complete_body_is_a_success_however_the_stream_ends() {
    let length = [("content-length", "14")];
    let turns = [
        Turn::ok(&length, &[PET.as_bytes()], End::Stream),
        Turn::ok(&length, &[PET.as_bytes()], CUT),
        Turn::ok(&[], &[PET.as_bytes()], CUT),
    ];
    let peer = Http2Peer::start(turns).await;
    for _ in 0..3 {
        peer.pets().get("1").send().await.unwrap();
    }
}

#[tokio::test]
async fn response_without_body_may_have_a_content_length() {
    let mut no_content = http::Response::builder().status(204);
    no_content = no_content.header("content-length", "5");
    let turns = [
        Turn::ok(&[("content-length", "1000")], &[], End::Stream),
        Turn::ok(&[("content-length", "1000")], &[], End::Stream),
        Turn::Respond(no_content.body(()).unwrap(), Vec::new(), End::Stream),
    ];
    let peer = Http2Peer::start(turns).await;
    let pets = peer.pets();
    let head = pets.0.request("HEAD", "x").send_raw().await.unwrap();
    assert_eq!(head.headers()["content-length"], "1000");
    assert!(head.body().is_empty());
    let head = pets.0.request("HEAD", "x").send_streaming().await.unwrap();
    let (bytes, error) = super::streaming::rest(head.into_body()).await;
    assert!(bytes.is_empty() && error.is_none(), "{error:?}");
    assert_eq!(pets.delete("1").send().await.unwrap(), None);
}

/// Its length counts the compressed bytes, which the HTTP library doesn't show.
#[tokio::test]
async fn compressed_body_has_its_own_end() {
    let head = [("content-encoding", "gzip"), ("content-length", "34")];
    let cuts = [1, 9, 15, 25, 33];
    let turns = cuts.map(|at| Turn::ok(&head, &[&GZIPPED[..at]], CUT));
    let whole = Turn::ok(&head, &[GZIPPED], End::Stream);
    let peer = Http2Peer::start(turns.into_iter().chain([whole])).await;
    let pets = peer.pets();
    for at in cuts {
        let error = pets.get("1").with_max_retries(0).send_raw().await;
        let error = error.expect_err("it was cut");
        assert!(
            error.is_interrupted() && !error.is_decode(),
            "{at}: {error}"
        );
    }
    assert_eq!(pets.get("1").send().await.unwrap(), Pet::new("Rex"));
}

#[tokio::test]
async fn corrupt_body_is_not_truncated() {
    for wrong in [0, 1, 10, 26, 30] {
        let mut body = GZIPPED.to_vec();
        body[wrong] ^= 0x16;
        let length = body.len();
        let head = format!("content-encoding: gzip\r\ncontent-length: {length}\r\n\r\n");
        let reply = [b"HTTP/1.1 200 OK\r\n", head.as_bytes(), &body].concat();
        let server = Server::start([Reply::Bytes(reply.clone()), Reply::Bytes(reply)]).await;
        let pets = Pets(pets::client(&server.url));
        let error = pets.get("1").with_max_retries(0).send().await;
        let error = error.expect_err("it is broken");
        assert!(error.is_decode() && !error.is_interrupted(), "{error}");
        let part = " can't be decompressed after ";
        assert!(error.to_string().contains(part), "{error}");
        let response = pets.get("1").send_streaming().await.unwrap();
        let (_, error) = super::streaming::rest(response.into_body()).await;
        assert!(error.expect("it is broken").is_decode());
    }
}

/// The HTTP library takes such a reset for the end, so nothing but the JSON tells.
#[tokio::test]
async fn truncated_body_without_length_is_a_decode_error() {
    let peer = Http2Peer::start([Turn::ok(&[], &[BEGUN], CUT)]).await;
    let error = peer.pets().get("1").send().await.unwrap_err();
    assert!(error.is_decode() && !error.is_interrupted(), "{error}");
}

#[tokio::test(start_paused = true)]
async fn truncated_body_of_any_transport_is_an_error() {
    let mock = MockTransport::new();
    let reply = |lengths: &[&str]| {
        let mut reply = MockResponse::new(200).body(PET);
        for length in lengths {
            reply = reply.header("content-length", length);
        }
        reply
    };
    let pets = Pets(doubles::client(&mock));
    for (lengths, cause) in [
        (&["1000"][..], "Content-Length is 1000 ("),
        (&["15, 15"], "Content-Length is 15 ("),
        (
            &["13", "13"],
            "Content-Length is 13, but more bytes were received (",
        ),
        (
            &["0"],
            "Content-Length is 0, but more bytes were received (",
        ),
    ] {
        mock.expect("POST", "/v1/pets").respond(reply(lengths));
        let error = pets.create(&Pet::new("Rex")).send().await.unwrap_err();
        assert!(error.is_interrupted() && !error.is_decode(), "{error}");
        assert!(error.to_string().contains(cause), "{error}");
        mock.expect("GET", "/v1/pets/1").respond(reply(lengths));
        let response = pets.get("1").send_streaming().await.unwrap();
        let (_, error) = super::streaming::rest(response.into_body()).await;
        assert!(error.expect("another length").is_interrupted());
    }
    // One that is no length, and none of the bytes that are to come.
    for reply in [
        reply(&["14"]),
        reply(&["14", "15"]),
        reply(&["+14"]),
        reply(&["x"]),
        reply(&["99999999999999999999"]),
        reply(&["5"]).header("transfer-encoding", "chunked"),
        reply(&["5"]).header("content-encoding", "gzip"),
    ] {
        mock.expect("GET", "/v1/pets/1").respond(reply);
        assert_eq!(pets.get("1").send().await.unwrap(), Pet::new("Rex"));
    }
    mock.expect("GET", "/v1/pets/1").respond(reply(&["1000"]));
    mock.expect("GET", "/v1/pets/1").respond(reply(&["14"]));
    let response = pets.get("1").send_with_response().await.unwrap();
    assert_eq!(response.attempts(), 2);
    mock.assert_done();
}

#[tokio::test]
async fn truncated_error_body_keeps_the_status() {
    let mock = MockTransport::new();
    let reply = MockResponse::new(404)
        .body("gone")
        .header("content-length", "9");
    mock.expect("GET", "/v1/pets/1").respond(reply);
    let error = Pets(doubles::client(&mock)).get("1").send().await;
    let error = error.unwrap_err();
    assert!(error.is_not_found() && !error.is_interrupted(), "{error}");
    assert_eq!(error.body(), b"gone");
}
